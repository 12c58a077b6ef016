//! unknown-key: a key that means nothing where it stands.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;

rule!("FMT006", "unknown-key", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in form::faults(handbook) {
        let ProblemKind::UnknownKey { key, table, suggestion } = &problem.kind else { continue };
        let message = if table.is_empty() {
            Text::new("unknown-key").arg("key", key)
        } else {
            Text::new("unknown-key-table").arg("key", key).arg("table", table)
        };
        let finding = sink.report(problem.place, message);
        match suggestion {
            Some(meant) => {
                finding.help(Text::new("unknown-key-help-nearest").arg("meant", *meant));
                finding.fix(problem.place.span, *meant);
            }
            None => {
                finding.help(Text::new("unknown-key-help"));
            }
        }
    }
}
