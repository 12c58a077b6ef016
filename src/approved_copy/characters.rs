//! Characters that cannot stand in a copy: what is not seen, what turns the direction of other characters, and blanks that
//! Markdown does not count as such, at the end of a line or as a line.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::body::Places;
use super::refusal::{Refusal, RefusalKind};
use crate::source::Span;

/// Checks the body of a text.
pub fn check(text: &str, body: Span, refusals: &mut Vec<Refusal>) {
    let mut at = body.start;
    for line in text[body.start..body.end].split_inclusive('\n') {
        check_line(line, at, refusals);
        at += line.len();
    }
}

fn check_line(line: &str, start: usize, refusals: &mut Vec<Refusal>) {
    // Most lines of most texts hold nothing that could be refused.
    if line.is_ascii() && !line.bytes().any(|b| b.is_ascii_control() && !matches!(b, b'\n' | b'\r' | b'\t')) {
        let inner = without_end(line);
        if let Some(at) = inner.find('\r') {
            let span = Span::new(start + at, start + at + 1);
            refusals.push(Refusal { span, kind: RefusalKind::Character('\r') });
        }
        return;
    }
    let inner = without_end(line);
    for (at, c) in inner.char_indices().filter(|(_, c)| is_refused(*c)) {
        let span = Span::new(start + at, start + at + c.len_utf8());
        refusals.push(Refusal { span, kind: RefusalKind::Character(c) });
    }
    let counted = inner.trim_end_matches([' ', '\t']);
    if let Some(c) = counted.chars().next_back().filter(|c| c.is_whitespace() && !is_refused(*c)) {
        let span = Span::new(start + counted.len() - c.len_utf8(), start + counted.len());
        refusals.push(Refusal { span, kind: RefusalKind::BlankAtEnd(c) });
    } else if !counted.is_empty() && counted.chars().all(|c| c.is_whitespace() || c == '>' || is_unseen(c)) {
        // Markers of quotations alone are an empty line of a quotation.
        if counted.chars().any(is_unseen) {
            refusals.push(Refusal { span: Span::new(start, start + inner.len()), kind: RefusalKind::LooksEmpty });
        }
    }
    if !is_nfc(inner) {
        let at = inner.chars().zip(inner.nfc()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
        let width = inner[at..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(start + at, start + at + width);
        refusals.push(Refusal { span, kind: RefusalKind::NotNfc });
    }
}

/// A line without its end: LF, or CR LF. A carriage return alone ends none.
fn without_end(line: &str) -> &str {
    line.strip_suffix("\r\n").or(line.strip_suffix('\n')).unwrap_or(line)
}

/// Checks that what was put into a body did not join a character beside it.
pub fn check_composed(text: &str, body: &str, places: &Places, refusals: &mut Vec<Refusal>) {
    if body.is_ascii() || is_nfc(body) {
        return;
    }
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let span = places.source(at);
        if !is_nfc(line) && is_nfc(&text[span.start..span.end]) {
            refusals.push(Refusal { span, kind: RefusalKind::NotNfc });
        }
        at += line.len();
    }
}

/// Whether a character cannot stand in a copy. Specified in `docs/approved-copy.md`.
pub fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'
            | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Characters that may stand beside others and show nothing by themselves: joiners and selectors of variants.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
