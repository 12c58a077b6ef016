//! missing-key: a required key that is absent.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;

rule!("FMT005", "missing-key", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in form::faults(handbook) {
        let ProblemKind::MissingKey { key, table } = &problem.kind else { continue };
        let help = if table.is_empty() {
            Text::new("missing-key-help")
        } else {
            Text::new("missing-key-help-table").arg("table", table)
        };
        sink.report(problem.place, Text::new("missing-key").arg("key", *key)).help(help.arg("line", line(key)));
    }
}

/// What the missing line looks like.
fn line(key: &str) -> String {
    match key {
        "handbook" => "[handbook]".to_owned(),
        "id" => "id = \"P-01\"".to_owned(),
        "version" => "version = \"1.0\"".to_owned(),
        "applicable" => "applicable = true".to_owned(),
        "approved_on" | "effective" | "reviewed_on" | "on" | "from" => format!("{key} = 2026-04-01"),
        _ => format!("{key} = \"…\""),
    }
}
