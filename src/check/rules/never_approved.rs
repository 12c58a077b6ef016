//! never-approved: a document of the tree that no approval was ever recorded for.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("LED006", "never-approved", Basis::Clause("7.5.2"), Note);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, document) in handbook.by_id() {
        if handbook.ledgers.get(id).is_none_or(|ledger| ledger.approvals.is_empty()) {
            sink.report(document.head_place(), Text::new("never-approved").arg("id", id.as_str()))
                .help(Text::new("never-approved-help").arg("id", id.as_str()));
        }
    }
}
