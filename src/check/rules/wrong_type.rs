//! wrong-type: a value of another type than the one that is read, such as a date in quotation marks.

use jiff::civil::Date;

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;
use crate::parse::problem::ValueType;

rule!("FMT007", "wrong-type", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in form::faults(handbook) {
        let ProblemKind::WrongType { key, expected, found } = &problem.kind else { continue };
        let message = Text::new("wrong-type")
            .arg("key", key)
            .arg("expected", Text::new(expected.key()))
            .arg("found", Text::new(found.key()));
        let example = example(key, *expected);
        let finding = sink.report(problem.place, message);
        finding.help(Text::new("wrong-type-help").arg("example", example));
        if let Some(text) = converted(handbook.sources.text_at(problem.place), *expected, *found) {
            finding.fix(problem.place.span, text);
        }
    }
}

/// How a value of the type is written.
fn example(key: &str, expected: ValueType) -> String {
    match expected {
        ValueType::String if key == "version" => "version = \"1.0\"".to_owned(),
        // An entry of a list: the key holds the list.
        ValueType::String if matches!(key, "annex_a" | "clauses") => format!("{key} = [\"5.10\", \"5.12\"]"),
        ValueType::String => format!("{key} = \"…\""),
        ValueType::Integer => format!("{key} = 3"),
        ValueType::Float => format!("{key} = 1.5"),
        ValueType::Boolean => format!("{key} = true"),
        ValueType::Date => format!("{key} = 2026-04-01"),
        ValueType::DateTime => format!("{key} = 2026-04-01T09:00:00"),
        ValueType::Array | ValueType::Strings => format!("{key} = [\"…\", \"…\"]"),
        ValueType::Table => format!("[{key}]"),
        ValueType::Tables => format!("[[{key}]]"),
    }
}

/// The same value as the expected type, where that is a matter of quotation marks or brackets only.
fn converted(text: &str, expected: ValueType, found: ValueType) -> Option<String> {
    let inner = || text.strip_prefix('"')?.strip_suffix('"');
    match (expected, found) {
        (ValueType::String, ValueType::Integer | ValueType::Float | ValueType::Boolean | ValueType::Date) => {
            Some(format!("\"{text}\""))
        }
        (ValueType::Strings, ValueType::String) => Some(format!("[{text}]")),
        (ValueType::Boolean, ValueType::String) => {
            inner().filter(|text| matches!(*text, "true" | "false")).map(str::to_owned)
        }
        (ValueType::Date, ValueType::String) => inner()?.parse::<Date>().ok().map(|date| date.to_string()),
        (ValueType::Tables, ValueType::Table) if text.starts_with('[') => Some(format!("[{text}]")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_around_a_value_change() {
        use ValueType::{Boolean, Date, Float, String, Strings, Tables};
        assert_eq!(converted("1.10", String, Float).as_deref(), Some("\"1.10\""));
        assert_eq!(converted("\"2026-04-01\"", Date, String).as_deref(), Some("2026-04-01"));
        assert_eq!(converted("\"2026-02-30\"", Date, String), None);
        assert_eq!(converted("\"P-01\"", Strings, String).as_deref(), Some("[\"P-01\"]"));
        assert_eq!(converted("\"yes\"", Boolean, String), None);
        assert_eq!(converted("[soa]", Tables, ValueType::Table).as_deref(), Some("[[soa]]"));
    }
}
