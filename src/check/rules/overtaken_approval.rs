//! overtaken-approval: what was decided earlier takes effect later, and so replaces the later decision. Only today and
//! the dates to come are judged: what was wrong for a time and is superseded can no longer be mended.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, Ledger, LedgerEntry};
use crate::locale::Text;

rule!("LED009", "overtaken-approval", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for ledger in handbook.ledgers.values().chain(&handbook.other_ledgers) {
        let to_come = ledger.approvals.iter().map(|approval| approval.effective);
        let mut dates: BTreeSet<Date> = to_come.filter(|date| *date > handbook.today).collect();
        dates.insert(handbook.today);
        let mut reported = BTreeSet::new();
        for date in dates {
            let Some(in_force) = DocumentStatus::on(ledger, date).in_force else { continue };
            if reported.insert(in_force.span) {
                judge(sink, ledger, in_force, date);
            }
        }
    }
}

/// Compares what is in force on a date with what was decided last.
fn judge(sink: &mut Sink, ledger: &Ledger, in_force: &LedgerEntry<Approval>, date: Date) {
    let in_force = ledger.ratified(in_force).unwrap_or(in_force);
    let effective = in_force.effective;
    // A ratification decides nothing new about what is in force.
    let decided = ledger.approvals.iter().filter(|approval| ledger.ratified(approval).is_none());
    let come = decided.enumerate().filter(|(_, approval)| approval.effective <= date);
    let last = come.max_by_key(|(index, approval)| (approval.approved_on, *index)).map(|(_, approval)| approval);
    if let Some(last) = last.filter(|last| last.effective < effective) {
        let message = Text::new("overtaken-approval")
            .arg("version", last.version.to_string())
            .arg("earlier", in_force.version.to_string())
            .arg("date", effective);
        sink.report(ledger.place(last.span_of("effective")), message)
            .related(ledger.place(in_force.span_of("effective")), Text::new("overtaken-approval-earlier"))
            .help(Text::new("overtaken-approval-help").arg("date", effective));
        return;
    }
    let mut retired = ledger.retirements.iter();
    if let Some(retirement) = retired.find(|r| r.effective < effective && r.approved_on > in_force.approved_on) {
        let message =
            Text::new("overtaken-approval-retired").arg("version", in_force.version.to_string()).arg("date", effective);
        sink.report(ledger.place(in_force.span_of("effective")), message)
            .related(ledger.place(retirement.span), Text::new("overtaken-approval-retirement"))
            .help(Text::new("overtaken-approval-retired-help").arg("date", effective));
    }
}
