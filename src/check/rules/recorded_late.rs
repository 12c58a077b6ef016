//! recorded-late: an approval or retirement that came into the default branch later than the organisation allows. What
//! is not committed yet is judged as if it were committed today.

use jiff::civil::Date;

use crate::check::mentions::ledgers;
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{Span, Spanned};

rule!("LED013", "recorded-late", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let Some(limit) = handbook.config.limits.recorded_within.as_ref().filter(|_| handbook.has_whole_history()) else {
        return;
    };
    for ledger in ledgers(handbook) {
        // What was adopted was decided before the repository was.
        let approvals = ledger.approvals.iter().filter(|approval| approval.adopted_from.is_none());
        let approvals = approvals.map(|approval| (&approval.approved_on, approval.span));
        let retirements = ledger.retirements.iter().map(|retirement| (&retirement.approved_on, retirement.span));
        let decisions: Vec<(&Spanned<Date>, Span)> = approvals.chain(retirements).collect();
        for (approved_on, span) in decisions {
            let recorded = handbook.recorded(ledger, span);
            let day = recorded.map_or(handbook.today, |recorded| handbook.day(recorded));
            let due = limit.after(approved_on.value);
            if day <= due {
                continue;
            }
            let message = Text::new("recorded-late").arg("approved", approved_on.value).arg("due", due).arg("day", day);
            let finding = sink.report(ledger.place(approved_on.span), message);
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
