//! effective-before-approval: 施行日 lies before 承認日, and no reason is given.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("LED010", "effective-before-approval", Basis::Clause("7.5.2"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for ledger in handbook.ledgers.values().chain(&handbook.other_ledgers) {
        for approval in ledger.standing_approvals().filter(|approval| approval.retroactive.is_none()) {
            let (effective, approved) = (approval.effective, approval.approved_on);
            if effective < approved {
                let message =
                    Text::new("effective-before-approval").arg("effective", effective).arg("approved", approved);
                sink.report(ledger.place(approval.span_of("effective")), message)
                    .related(
                        ledger.place(approval.span_of("approved_on")),
                        Text::new("effective-before-approval-approved"),
                    )
                    .help(Text::new("effective-before-approval-help"));
            }
        }
    }
}
