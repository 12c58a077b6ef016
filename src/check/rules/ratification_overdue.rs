//! ratification-overdue: a provisional approval in force that was not ratified by its date.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::ApprovalKind;
use crate::locale::Text;

rule!("DUE004", "ratification-overdue", Basis::Clause("7.5.2"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, ledger) in &handbook.ledgers {
        let standing = handbook.status(id);
        let current: Vec<_> = standing.in_force.into_iter().chain(standing.pending).map(|entry| entry.span).collect();
        for (index, approval) in ledger.approvals.iter().enumerate() {
            // What is superseded or retired meanwhile can no longer be ratified to any effect.
            let open = approval.kind == ApprovalKind::Provisional && current.contains(&approval.span);
            let Some(ratify_by) = approval.ratify_by.filter(|day| open && *day < handbook.today) else {
                continue;
            };
            if ledger.ratification(index).is_none() {
                let version = approval.version.to_string();
                let message = Text::new("ratification-overdue")
                    .arg("id", id.as_str())
                    .arg("version", &version)
                    .arg("due", ratify_by);
                let help = Text::new("ratification-overdue-help").arg("version", version).arg("id", id.as_str());
                sink.report(ledger.place(approval.span_of("ratify_by")), message).help(help);
            }
        }
    }
}
