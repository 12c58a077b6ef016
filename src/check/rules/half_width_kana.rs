//! half-width-kana: ｱｲｳ in running text. Other programs show and find it as other characters.

use unicode_normalization::UnicodeNormalization;

use crate::check::registry::rule;
use crate::check::wording::{front_words, words};
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Span;

rule!("TXT004", "half-width-kana", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for (place, words) in front_words(document, text).chain(self::words(document, text)) {
            let mut rest = 0;
            while let Some(start) = words[rest..].find(is_half_width).map(|at| rest + at) {
                let end = words[start..].find(|c| !is_half_width(c)).map_or(words.len(), |at| start + at);
                let full: String = words[start..end].nfkc().collect();
                let span = Span::new(place.start + start, place.start + end);
                sink.report(document.place(span), Text::new("half-width-kana").arg("written", &words[start..end]))
                    .help(Text::new("half-width-kana-help").arg("full", &full))
                    .fix(span, full);
                rest = end;
            }
        }
    }
}

/// Half-width kana with their punctuation.
fn is_half_width(c: char) -> bool {
    matches!(c, '\u{ff61}'..='\u{ff9f}')
}
