//! invalid-toml: front matter, configuration or a register that breaks the syntax of TOML.

use jiff::civil::Date;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;

rule!("FMT003", "invalid-toml", Basis::Format, Deny);

/// What to do, by what the parser's words contain. The words stay in the message; a change of theirs only costs
/// the better help.
const HELP: [(&str, &str); 7] = [
    ("duplicate key", "invalid-toml-help-duplicate"),
    ("invalid date", "invalid-toml-help-date"),
    ("must be quoted", "invalid-toml-help-quote"),
    ("escaped value", "invalid-toml-help-backslash"),
    ("unclosed array", "invalid-toml-help-array"),
    ("basic string", "invalid-toml-help-string"),
    ("key", "invalid-toml-help-key"),
];

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in &handbook.problems {
        let ProblemKind::Toml(detail) = &problem.kind else { continue };
        let known = HELP.iter().find(|(part, _)| detail.contains(part));
        let written = handbook.sources.text_at(problem.place).trim();
        let unquoted = known.is_some_and(|(part, _)| *part == "must be quoted");
        let date = if unquoted { date(written) } else { None };
        let help = if date.is_some() { "invalid-toml-help-date" } else { known.map_or("invalid-toml-help", |k| k.1) };
        let finding = sink.report(problem.place, Text::new("invalid-toml").arg("detail", detail));
        finding.help(Text::new(help));
        if let Some(date) = date {
            finding.fix(problem.place.span, date.to_string());
        } else if let Some(text) = Some(written).filter(|_| unquoted).and_then(quoted) {
            finding.fix(problem.place.span, text);
        }
    }
}

/// A date in one of the ways people write it: `2026/4/1`, `2026年4月1日`, `2026.4.1`.
fn date(written: &str) -> Option<Date> {
    let mut parts = written.trim_end_matches('日').split(['/', '.', '年', '月', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A text in straight quotation marks instead of none or typographic ones.
fn quoted(written: &str) -> Option<String> {
    let inner = written.trim_matches(['“', '”', '„', '＂', '「', '」']);
    let plain = !inner.is_empty() && !inner.contains(['"', '\'', '\\', '#', '\n', ',', '[', ']', '=']);
    plain.then(|| format!("\"{inner}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for written in ["2026/4/1", "2026年4月1日", "2026.04.01"] {
            assert_eq!(date(written), Some(jiff::civil::date(2026, 4, 1)), "{written}");
        }
        for written in ["2026/2/30", "4/1/2026", "令和8年4月1日", "2026-4", ""] {
            assert_eq!(date(written), None, "{written}");
        }
    }
}
