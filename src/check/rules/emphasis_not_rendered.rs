//! emphasis-not-rendered: `**…**` that CommonMark leaves as asterisks because full-width punctuation stands beside
//! the marks. The fix moves punctuation out of the emphasis, and is offered only where a second reading agrees.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::content::{Inline, Kind};
use crate::model::document::Numbering;
use crate::parse::content::read;
use crate::source::Span;

rule!("TXT001", "emphasis-not-rendered", Basis::Format, Warn);

/// Brackets that may stand around or inside an emphasis.
const BRACKETS: [(char, char); 10] = [
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
    ('〈', '〉'),
    ('《', '》'),
    ('［', '］'),
    ('(', ')'),
    ('“', '”'),
];

/// How much text around an emphasis is read for its fix, in bytes each way. A paragraph that is longer gets none.
const WINDOW: usize = 4 << 10;

/// How many characters are moved out at each end, and how many findings of a document get a fix. More is no text
/// that people write, and would be slow to try.
const MOVED: usize = 4;
const FIXES: usize = 1_000;

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for (number, span) in document.literal_emphasis.iter().enumerate() {
            let written = text.get(std::ops::Range::from(*span)).unwrap_or("");
            let message = Text::new("emphasis-not-rendered").arg("written", written);
            let finding = sink.report(document.place(*span), message);
            let fixed = if number < FIXES { corrected(text, *span) } else { None };
            if let Some(fixed) = fixed {
                finding.help(Text::new("emphasis-not-rendered-help-fix").arg("fixed", &fixed));
                finding.fix(*span, fixed);
            } else {
                finding.help(Text::new("emphasis-not-rendered-help"));
            }
        }
    }
}

/// The emphasis with as little punctuation as possible moved out of it, so that it renders.
fn corrected(text: &str, span: Span) -> Option<String> {
    let old = text.get(std::ops::Range::from(span))?;
    let inner = old.strip_prefix("**")?.strip_suffix("**")?;
    let (before, after) = around(text, span)?;
    // Where the emphasis may begin and end: behind each leading and before each trailing punctuation mark.
    let leading = inner.char_indices().take_while(|(_, c)| is_punctuation(*c)).map(|(at, c)| at + c.len_utf8());
    let trailing = inner.char_indices().rev().take_while(|(_, c)| is_punctuation(*c)).map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(0).chain(leading).take(MOVED + 1).collect();
    let ends: Vec<usize> = std::iter::once(inner.len()).chain(trailing).take(MOVED + 1).collect();
    let mut choices: Vec<(usize, usize)> =
        starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end))).filter(|(s, e)| s < e).collect();
    choices.sort_by_key(|(start, end)| (std::cmp::Reverse(end - start), *start));
    choices.into_iter().find_map(|(start, end)| {
        let (head, kept, tail) = (&inner[..start], &inner[start..end], &inner[end..]);
        let fixed = format!("{head}**{kept}**{tail}");
        // Half a pair of brackets in bold looks like a mistake.
        let whole = is_balanced(kept) && is_balanced(&format!("{head}{tail}"));
        (whole && renders(before, old, &fixed, after)).then_some(fixed)
    })
}

/// Whether the text with the correction has one emphasis more and the same words as before.
fn renders(before: &str, old: &str, new: &str, after: &str) -> bool {
    let counted = |middle: &str| {
        let block = format!("{before}{middle}{after}");
        let (mut strong, mut literal, mut words) = (0usize, 0usize, String::new());
        let content = read(&block, Span::new(0, block.len()), Numbering::Plain).content;
        for node in content.nodes() {
            match node.kind {
                Kind::Inline(Inline::Strong) => strong += 1,
                Kind::Inline(Inline::Text(piece) | Inline::Code(piece) | Inline::Typed(piece)) => {
                    let piece = content.words(node, piece, &block);
                    literal += piece.matches('*').count();
                    words.extend(piece.chars().filter(|c| *c != '*'));
                }
                Kind::Block(_) | Kind::Inline(_) => {}
            }
        }
        (strong, literal, words)
    };
    let ((strong_old, literal_old, words_old), (strong_new, literal_new, words_new)) = (counted(old), counted(new));
    strong_new == strong_old + 1 && literal_new + 4 == literal_old && words_new == words_old
}

/// The lines before and after a span up to the nearest blank ones.
fn around(text: &str, span: Span) -> Option<(&str, &str)> {
    let first = text.floor_char_boundary(span.start.saturating_sub(WINDOW));
    let last = text.ceil_char_boundary(span.end + WINDOW);
    let (before, after) = (text.get(first..span.start)?, text.get(span.end..last)?);
    let start = before.rfind("\n\n").max(before.rfind("\n\r\n")).map(|at| at + 1);
    let end = [after.find("\n\n"), after.find("\n\r\n")].into_iter().flatten().min();
    let start = start.or((first == 0).then_some(0))?;
    let end = end.or((last == text.len()).then_some(after.len()))?;
    Some((&before[start..], &after[..end]))
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric()
        && !c.is_whitespace()
        && !matches!(c, '*' | '`' | '[' | ']' | '<' | '>' | '!' | '\\' | '_' | '~')
}

fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        if let Some((_, closing)) = BRACKETS.iter().find(|(opening, _)| *opening == c) {
            open.push(*closing);
        } else if BRACKETS.iter().any(|(_, closing)| *closing == c) && open.pop() != Some(c) {
            return false;
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Option<String> {
        let start = text.find("**").unwrap();
        let end = start + 2 + text[start + 2..].find("**").unwrap() + 2;
        corrected(text, Span::new(start, end))
    }

    #[test]
    fn punctuation_moves_out_as_little_as_needed() {
        for (text, expected) in [
            ("**注意：**次", "**注意**："),
            ("これは**「重要」**です", "「**重要**」"),
            ("記録を**残す。**次", "**残す**。"),
        ] {
            assert_eq!(fixed(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_fix_splits_a_pair_of_brackets() {
        assert_eq!(fixed("これは**重要（必須）**です"), None);
        assert_eq!(fixed("は**「A」と「B」**を"), None);
    }

    #[test]
    fn the_words_around_stay() {
        assert_eq!(fixed("- 一つ\n- これは**「重要」**です。**よい**。\n").as_deref(), Some("「**重要**」"));
        assert_eq!(fixed("| a | b |\n|---|---|\n| x**「y」**z | `**` |\n").as_deref(), Some("「**y**」"));
    }
}
