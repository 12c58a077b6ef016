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
            let mut drafters = approval.placed("drafters", &approval.drafters);
            let Some((_, drafted)) = drafters.find(|(drafter, _)| *drafter == approver) else { continue };
            let message = Text::new("self-approval").arg("person", handbook.person_name(approver));
            sink.report(ledger.place(approval.span_of("approver")), message)
                .related(ledger.place(drafted), Text::new("self-approval-drafter"))
                .help(Text::new("self-approval-help"));
        }
    }
}
