//! supplement-without-date: 附則 that do not say from which day the regulation applies.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::outline::HeadingKind;

rule!("STR005", "supplement-without-date", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for heading in &document.outline.headings {
            if heading.kind != HeadingKind::Supplement {
                continue;
            }
            let body = text.get(heading.span.end..heading.end).unwrap_or("");
            if !takes_effect(body) || !has_date(body) {
                sink.report(document.place(heading.span), Text::new("supplement-without-date"))
                    .help(Text::new("supplement-without-date-help"));
            }
        }
    }
}

/// Whether a text says that something takes effect; in English with that word.
fn takes_effect(text: &str) -> bool {
    text.contains("施行") || text.to_ascii_lowercase().contains("effect")
}

/// Whether a text holds a day: 2026年4月1日, in any width, in kanji, or of an era; or 2026-04-01.
fn has_date(text: &str) -> bool {
    let plain: String = unicode_normalization::UnicodeNormalization::nfkc(text).collect();
    let is_numeral = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十元".contains(c);
    let numeral_before = |at: usize| plain[..at].trim_end().ends_with(is_numeral);
    let year = plain.match_indices('年').any(|(at, _)| {
        let rest: String = plain[at..].chars().skip(1).take(12).collect();
        numeral_before(at) && rest.contains('月') && rest.contains('日')
    });
    let bytes = plain.as_bytes();
    year || bytes
        .windows(10)
        .any(|w| w.iter().enumerate().all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regulations_in_english_take_effect_too() {
        assert!(takes_effect("This policy takes effect on 2026-04-01."));
        assert!(takes_effect("この規程は、2026年4月1日から施行する。"));
        assert!(!takes_effect("Approved on 2026-04-01."));
    }

    #[test]
    fn a_day_is_found_in_every_way_of_writing() {
        for day in ["2026年4月1日", "２０２６年４月１日", "令和八年四月一日", "令和元年5月1日", "2026-04-01"]
        {
            assert!(has_date(day), "{day}");
        }
        for none in ["公布の日", "毎年4月", "年月日", "2026年度"] {
            assert!(!has_date(none), "{none}");
        }
    }
}
