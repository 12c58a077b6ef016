//! recorded-late: an approval or retirement that came into the default branch later than the organisation allows. What
//! is not committed yet is judged as if it were committed today.

use jiff::civil::Date;

use crate::check::mentions::ledgers;
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Span;

rule!("LED013", "recorded-late", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let Some(limit) = handbook.config.limits.recorded_within.as_ref().filter(|_| handbook.has_whole_history()) else {
        return;
    };
    for ledger in ledgers(handbook) {
        // What was adopted was decided before the repository was.
        let approvals = ledger.approvals.iter().filter(|approval| approval.adopted_from.is_none());
        let approvals = approvals.map(|entry| (entry.approved_on, entry.span_of("approved_on"), entry.span));
        let retirements = ledger.retirements.iter();
        let retirements = retirements.map(|entry| (entry.approved_on, entry.span_of("approved_on"), entry.span));
        let decisions: Vec<(Date, Span, Span)> = approvals.chain(retirements).collect();
        for (approved_on, at, span) in decisions {
            let recorded = handbook.recorded(ledger, span);
            let day = recorded.map_or(handbook.today, |recorded| handbook.day(recorded));
            let due = limit.after(approved_on);
            if day <= due {
                continue;
            }
            let message = Text::new("recorded-late").arg("approved", approved_on).arg("due", due).arg("day", day);
            let finding = sink.report(ledger.place(at), message);
            match recorded {
                Some(recorded) => {
                    finding.label(Text::new("recorded-late-commit").arg("commit", recorded.name()));
                    finding.help(Text::new("recorded-late-help").arg("limit", limit.value.text()));
                }
                None => {
                    finding.help(Text::new("recorded-late-help-open").arg("limit", limit.value.text()));
                }
            }
        }
    }
}
