//! Expression → words and signs, each with its place.

use super::tree::At;
use super::{ExpressionFault, FaultKind};
use crate::register::number::Number;

/// A word or sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A number.
    Number(Number),
    /// A text between single quotation marks.
    Text(String),
    /// A name or a word of the language.
    Word(String),
    /// `+`, `<=`, `(` and the like.
    Sign(&'static str),
}

/// Longer signs first.
const SIGNS: [&str; 16] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."];

/// Words and signs that one expression may have. Whoever needs more has two fields before them; and no expression is
/// deep enough to exhaust a stack.
const LONGEST: usize = 400;

/// Takes an expression apart.
pub fn tokens(text: &str) -> Result<Vec<(Token, At)>, ExpressionFault> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (token, length) =
            token(&text[at..], c).map_err(|(kind, length)| ExpressionFault::new(at..at + length, kind))?;
        found.push((token, at..at + length));
        at += length;
        if found.len() > LONGEST {
            return Err(ExpressionFault::new(at..text.len(), FaultKind::TooLong(LONGEST)));
        }
    }
    Ok(found)
}

/// The first token of a text that begins with a character, and its length in bytes.
fn token(text: &str, first: char) -> Result<(Token, usize), (FaultKind, usize)> {
    if first == '\'' {
        let Some(length) = text[1..].find('\'') else { return Err((FaultKind::OpenQuote, text.len())) };
        return Ok((Token::Text(text[1..=length].to_owned()), length + 2));
    }
    if first.is_ascii_digit() {
        let length = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(text.len());
        let number = Number::parse(&text[..length]).ok_or((FaultKind::NoNumber, length))?;
        return Ok((Token::Number(number), length));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let length = word(text);
        return Ok((Token::Word(text[..length].to_owned()), length));
    }
    let sign = SIGNS.into_iter().find(|sign| text.starts_with(sign));
    let sign = sign.ok_or((FaultKind::OddCharacter(first), first.len_utf8()))?;
    Ok((Token::Sign(sign), sign.len()))
}

/// Length of the word that a text begins with. A hyphen belongs to it where a letter follows at once: `risk-plan` is a
/// name, `a - b` a difference.
fn word(text: &str) -> usize {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let mut at = 0;
    while bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        || (bytes.get(at) == Some(&b'-') && letter(at + 1))
    {
        at += 1;
    }
    at
}
