//! unknown-clause: a number that is no clause of ISO/IEC 27001, in front matter or in a reference.

use unicode_normalization::UnicodeNormalization;

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;
use crate::source::{Place, Span};
use crate::standard;

rule!("STD003", "unknown-clause", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let mut report = |written: &str, place: Place| {
        let (number, rest) = number_in(written);
        let known = standard::clause(&number).is_some();
        let message = Text::new(if known { "unknown-clause-form" } else { "unknown-clause" });
        let finding = sink.report(place, message.arg("number", written));
        if known {
            finding.help(Text::new("unknown-clause-help-form").arg("meant", &number));
            // An item such as `a)` says more than its clause; it is not dropped without being asked.
            let text = form::rewrite(handbook, place, written, &number).filter(|_| !rest);
            if let Some(text) = text {
                finding.fix(place.span, text);
            }
        } else if standard::control(&number).is_some() {
            finding.help(Text::new("unknown-clause-help-annex").arg("number", &number));
        } else {
            finding.help(Text::new("unknown-clause-help"));
        }
    };
    for document in &handbook.documents {
        for number in document.front.clauses.iter().filter(|number| standard::clause(&number.value).is_none()) {
            report(&number.value, document.place(number.span));
        }
    }
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoClause(number) = broken else { continue };
        let raw = &reference.raw;
        let span = raw
            .value
            .find(number.as_str())
            .map_or(raw.span, |at| Span::new(raw.span.start + at, raw.span.start + at + number.len()));
        report(number, document.place(span));
    }
}

/// The number in what people write, `7.5.3` of `箇条７．５．３` or `7.5.3 a)`, and whether something follows it.
fn number_in(written: &str) -> (String, bool) {
    let text: String = written.nfkc().collect();
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (number.trim_end_matches('.').to_owned(), !rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_found_in_what_people_write() {
        assert_eq!(number_in("箇条７．５．３"), ("7.5.3".to_owned(), false));
        assert_eq!(number_in("7.5.3 a)"), ("7.5.3".to_owned(), true));
        assert_eq!(number_in("方針"), (String::new(), false));
    }
}
