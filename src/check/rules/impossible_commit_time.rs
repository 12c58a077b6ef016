//! impossible-commit-time: an entry of the ledger that came with a commit whose clock says an earlier day than one that
//! it follows.

use crate::check::mentions::ledgers;
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Span;

rule!("LED020", "impossible-commit-time", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for ledger in ledgers(handbook) {
        let approvals = ledger.approvals.iter().map(|approval| approval.span);
        let retirements = ledger.retirements.iter().map(|retirement| retirement.span);
        let spans: Vec<Span> =
            approvals.chain(ledger.reviews.iter().map(|review| review.span)).chain(retirements).collect();
        for span in spans {
            let Some(ran_back) = handbook.ran_back(ledger, span) else { continue };
            let (commit, before) = ran_back.names();
            let message = Text::new("impossible-commit-time")
                .arg("day", handbook.day(ran_back.recorded))
                .arg("later", handbook.day(ran_back.before));
            let finding = sink.report(ledger.place(Span::new(span.start, span.start)), message);
            finding.label(Text::new("impossible-commit-time-commit").arg("commit", commit).arg("before", before));
            finding.help(Text::new("impossible-commit-time-help"));
        }
    }
}
