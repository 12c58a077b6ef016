//! not-nfc: letters written as a base and a separate mark (か + ゛). They look alike and are found by no search.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Span;

rule!("TXT003", "not-nfc", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        if is_nfc(text) {
            continue;
        }
        let mut paths = document.references.iter().map(|reference| reference.raw.span).peekable();
        for span in decomposed(text) {
            let composed: String = text[span.start..span.end].nfc().collect();
            while paths.next_if(|path| path.end <= span.start).is_some() {}
            let in_path = paths.peek().is_some_and(|path| path.start < span.end);
            let finding = sink.report(document.place(span), Text::new("not-nfc").arg("composed", &composed));
            finding.help(Text::new("not-nfc-help"));
            // A path has to stay the name that the file has.
            if !in_path {
                finding.fix(span, composed);
            }
        }
    }
}

/// Runs of letters with separate marks that have a form in one piece. Compatibility ideographs are left alone:
/// they are one character, and the spelling of names.
fn decomposed(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut marked = false;
    let mut close = |start: usize, end: usize, marked: bool| {
        let cluster = &text[start..end];
        if !marked || cluster.nfc().eq(cluster.chars()) {
            return;
        }
        match found.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => found.push(Span::new(start, end)),
        }
    };
    for (at, c) in text.char_indices() {
        if is_combining_mark(c) {
            marked = true;
            continue;
        }
        close(start, at, marked);
        (start, marked) = (at, false);
    }
    close(start, text.len(), marked);
    found
}
