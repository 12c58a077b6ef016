//! emphasis-not-rendered: `**…**` that CommonMark leaves as asterisks because full-width punctuation stands beside
//! the marks. The fix moves punctuation out of the emphasis, and is offered only where a second reading agrees.

use pulldown_cmark::{Event, Tag};

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::markdown::events;
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
const WINDOW: usize = 8 << 10;

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for span in &document.literal_emphasis {
            let written = text.get(std::ops::Range::from(*span)).unwrap_or("");
            let message = Text::new("emphasis-not-rendered").arg("written", written);
            let finding = sink.report(document.place(*span), message);
            match corrected(text, *span) {
                Some(fixed) => {
                    finding.help(Text::new("emphasis-not-rendered-help-fix").arg("fixed", &fixed));
                    finding.fix(*span, fixed);
                }
                None => {
                    finding.help(Text::new("emphasis-not-rendered-help"));
                }
            }
        }
    }
}

/// The emphasis with as little punctuation as possible moved out of it, so that it renders.
fn corrected(text: &str, span: Span) -> Option<String> {
    let inner = text.get(span.start + 2..span.end.checked_sub(2)?)?;
    let (before, after) = around(text, span)?;
    let opening: Vec<char> = inner.chars().take_while(|c| is_punctuation(*c)).collect();
    let closing = inner.chars().rev().take_while(|c| is_punctuation(*c)).count();
    let letters: Vec<char> = inner.chars().collect();
    let mut choices: Vec<(usize, usize)> =
        (0..=opening.len()).flat_map(|start| (0..=closing).map(move |end| (start, end))).collect();
    choices.sort_by_key(|(start, end)| (start + end, *end));
    choices.into_iter().filter(|(start, end)| start + end < letters.len()).find_map(|(start, end)| {
        let (head, rest) = letters.split_at(start);
        let (kept, tail) = rest.split_at(rest.len() - end);
        let moved: String = head.iter().chain(tail).collect();
        let (head, kept, tail): (String, String, String) =
            (head.iter().collect(), kept.iter().collect(), tail.iter().collect());
        // Half a pair of brackets in bold looks like a mistake.
        let fixed = format!("{head}**{kept}**{tail}");
        let good = is_balanced(&kept) && is_balanced(&moved) && renders(before, written(text, span), &fixed, after);
        good.then_some(fixed)
    })
}

fn written(text: &str, span: Span) -> &str {
    text.get(std::ops::Range::from(span)).unwrap_or("")
}

/// Whether the text with the correction has one emphasis more and the same words as before.
fn renders(before: &str, old: &str, new: &str, after: &str) -> bool {
    let read = |middle: &str| {
        let block = format!("{before}{middle}{after}");
        let (mut strong, mut literal, mut words) = (0usize, 0usize, String::new());
        for (event, _) in events(&block) {
            match event {
                Event::Start(Tag::Strong) => strong += 1,
                Event::Text(piece) | Event::Code(piece) => {
                    literal += piece.matches('*').count();
                    words.extend(piece.chars().filter(|c| *c != '*'));
                }
                _ => {}
            }
        }
        (strong, literal, words)
    };
    let ((strong_old, literal_old, words_old), (strong_new, literal_new, words_new)) = (read(old), read(new));
    strong_new == strong_old + 1 && literal_new + 4 == literal_old && words_new == words_old
}

/// The lines before and after a span up to the nearest blank ones.
fn around(text: &str, span: Span) -> Option<(&str, &str)> {
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let start = before.rfind("\n\n").max(before.rfind("\n\r\n")).map_or(0, |at| at + 1);
    let end = [after.find("\n\n"), after.find("\n\r\n")].into_iter().flatten().min().unwrap_or(after.len());
    (before.len() - start <= WINDOW && end <= WINDOW).then(|| (&before[start..], &after[..end]))
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
