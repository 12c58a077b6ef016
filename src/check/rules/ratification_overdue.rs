//! ratification-overdue: a provisional approval in force that was not ratified by its date.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::ledger::{Approval, ApprovalKind, Ledger};

rule!("DUE004", "ratification-overdue", Basis::Clause("7.5.2"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, ledger) in &handbook.ledgers {
        let standing = handbook.standing(id);
        for approval in standing.in_force.into_iter().chain(standing.pending) {
            let Some(ratify_by) = approval.ratify_by.as_ref().filter(|day| day.value < handbook.today) else {
                continue;
            };
            if approval.kind == ApprovalKind::Provisional && !is_ratified(ledger, approval) {
                let version = approval.version.to_string();
                let message = Text::new("ratification-overdue")
                    .arg("id", id.as_str())
                    .arg("version", &version)
                    .arg("due", ratify_by.value);
                let help = Text::new("ratification-overdue-help").arg("version", version).arg("id", id.as_str());
                sink.report(ledger.place(ratify_by.span), message).help(help);
            }
        }
    }
}

/// A later regular approval of the same text is the ratification.
fn is_ratified(ledger: &Ledger, provisional: &Approval) -> bool {
    ledger.approvals.iter().any(|later| {
        later.span.start > provisional.span.start
            && later.kind == ApprovalKind::Regular
            && later.version.value == provisional.version.value
            && later.digest.value == provisional.digest.value
    })
}
