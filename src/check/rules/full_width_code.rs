//! full-width-code: an id, a number of Annex A or a date in full-width letters and digits. Programs and searches take
//! it for another word.

use unicode_normalization::UnicodeNormalization;

use crate::check::registry::rule;
use crate::check::wording::{front_words, words};
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::source::Span;

rule!("TXT006", "full-width-code", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for (place, words) in front_words(document, text).chain(self::words(document, text)) {
            if !words.contains(is_full_width) {
                continue;
            }
            for (start, end, narrow) in codes(words) {
                let span = Span::new(place.start + start, place.start + end);
                sink.report(document.place(span), Text::new("full-width-code").arg("written", &words[start..end]))
                    .help(Text::new("full-width-code-help").arg("narrow", &narrow))
                    .fix(span, narrow);
            }
        }
    }
}

fn is_full_width(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Every code in a text that has full-width characters in it, with the same in plain ones.
fn codes(text: &str) -> Vec<(usize, usize, String)> {
    let is_part = |c: char| {
        is_full_width(c)
            || c.is_ascii_alphanumeric()
            || matches!(c, '－' | '−' | '‐' | '-' | '．' | '.' | '年' | '月' | '日')
    };
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(is_part).map(|at| rest + at) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |at| start + at);
        rest = end;
        let written = text[start..end].trim_end_matches(['．', '.', '－', '-', '月', '年']);
        let narrow: String = written.nfkc().map(|c| if matches!(c, '−' | '‐') { '-' } else { c }).collect();
        if written.contains(is_full_width) && is_code(&narrow) {
            found.push((start, start + written.len(), narrow));
        }
    }
    found
}

fn is_code(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let dotted = |text: &str| text.contains('.') && text.split('.').all(number);
    let date = |text: &str| {
        let mut parts = text.split(['-', '年', '月', '日']).filter(|part| !part.is_empty());
        let first = parts.next().is_some_and(|year| number(year) && year.len() == 4);
        first && text.contains(['-', '年']) && parts.clone().count() == 2 && parts.all(number)
    };
    DocumentId::parse(text).is_some_and(|id| id.as_str().bytes().any(|b| b.is_ascii_digit()))
        || text.strip_prefix("A.").is_some_and(dotted)
        || date(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_numbers_and_dates_are_codes_and_words_are_not() {
        let narrow = |text| codes(text).into_iter().map(|(.., narrow)| narrow).collect::<Vec<_>>();
        assert_eq!(narrow("文書Ｐ－０１とＡ．５．１２"), ["P-01", "A.5.12"]);
        assert_eq!(narrow("２０２６年４月１日から"), ["2026年4月1日"]);
        assert_eq!(narrow("２０２６-０４-０１"), ["2026-04-01"]);
        for word in ["第３条", "ＩＳＭＳ", "２０２６年度", "毎年４月", "P-01", "１０年"] {
            assert!(narrow(word).is_empty(), "{word}");
        }
    }
}
