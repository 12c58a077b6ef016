//! self-approval: a drafter approved the own draft, and no exception is recorded.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("LED005", "self-approval", Basis::AnnexA("5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for ledger in handbook.ledgers.values().chain(&handbook.other_ledgers) {
        for approval in ledger.standing_approvals().filter(|approval| approval.self_approval.is_none()) {
            let Some(approver) = &approval.approver else { continue };
            let Some(drafter) = approval.drafters.iter().find(|drafter| drafter.value == approver.value) else {
                continue;
            };
            let message = Text::new("self-approval").arg("person", handbook.person_name(approver));
            sink.report(ledger.place(approver.span), message)
                .related(ledger.place(drafter.span), Text::new("self-approval-drafter"))
                .help(Text::new("self-approval-help"));
        }
    }
}
