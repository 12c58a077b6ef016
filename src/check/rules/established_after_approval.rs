//! established-after-approval: a 制定日 that lies after the first version was approved and in force.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("ID004", "established-after-approval", Basis::Clause("7.5.2"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, document) in handbook.by_id() {
        let (Some(ledger), Some(established)) = (handbook.ledgers.get(id), &document.front.established) else {
            continue;
        };
        // Some count the day of approval, some the day of effect: both are right.
        let approved = ledger.approvals.iter().map(|a| a.approved_on.max(a.effective));
        let past = ledger.past.iter().map(|past| past.effective);
        let Some(first) = approved.chain(past).min() else { continue };
        if established.value > first {
            let message = Text::new("established-after-approval").arg("date", established.value).arg("first", first);
            sink.report(document.place(established.span), message)
                .help(Text::new("established-after-approval-help").arg("first", first));
        }
    }
}
