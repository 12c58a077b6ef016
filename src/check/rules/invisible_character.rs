//! invisible-character: characters without a shape. They break searches, and marks of direction can make a text read
//! otherwise than it is stored.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Span;

rule!("TXT005", "invisible-character", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        let mut rest = 0;
        while let Some(start) = text[rest..].find(is_invisible).map(|at| rest + at) {
            let end = text[start..].find(|c| !is_invisible(c)).map_or(text.len(), |at| start + at);
            rest = end;
            // At the start of a file it tells the encoding.
            if start == 0 && text[..end] == *"\u{feff}" {
                continue;
            }
            let codes: Vec<String> = text[start..end].chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
            let span = Span::new(start, end);
            sink.report(document.place(span), Text::new("invisible-character").arg("codes", codes.join(" ")))
                .help(Text::new("invisible-character-help"))
                .fix(span, "");
        }
    }
}

/// Spaces without width, soft hyphens, marks of direction, and control characters that are no line break or tab.
/// Joiners are left alone: emoji are made with them.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    ) || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
