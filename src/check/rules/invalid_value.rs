//! invalid-value: a value of the right type that is not one of those allowed.

use crate::check::nearest::nearest;
use crate::check::registry::rule;
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;
use crate::parse::problem::Expected;

rule!("FMT008", "invalid-value", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in form::faults(handbook) {
        let ProblemKind::InvalidValue { key, found, expected } = &problem.kind else { continue };
        let message = if found.trim().is_empty() {
            Text::new("invalid-value-empty").arg("key", key)
        } else {
            Text::new("invalid-value").arg("key", key).arg("found", found)
        };
        let finding = sink.report(problem.place, message);
        finding.help(Text::new("invalid-value-help").arg("expected", in_words(expected)));
        if let Expected::OneOf(allowed) = expected
            && let Some(meant) = nearest(found, allowed.iter().map(String::as_str))
            && let Some(text) = form::rewrite(handbook, problem.place, found, meant)
        {
            finding.fix(problem.place.span, text);
        }
    }
}

fn in_words(expected: &Expected) -> Text {
    match expected {
        Expected::DocumentId => Text::new("expected-document-id"),
        Expected::Interval => Text::new("expected-interval"),
        Expected::OneOf(allowed) => Text::new("expected-one-of").arg("allowed", allowed.join(", ")),
        Expected::InnerPath => Text::new("expected-inner-path"),
        Expected::TimeZone => Text::new("expected-time-zone"),
        Expected::Digest => Text::new("expected-digest"),
        Expected::SourceAddress => Text::new("expected-source-address"),
        Expected::ReportAddress => Text::new("expected-report-address"),
        Expected::EditionName => Text::new("expected-edition-name"),
        Expected::NotEmpty => Text::new("expected-not-empty"),
    }
}
