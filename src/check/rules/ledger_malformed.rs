//! ledger-malformed: entries that are well formed one by one and contradict themselves or each other, and a file name
//! that spells the id otherwise than the document does.

use crate::check::mentions::ledgers;
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::{ApprovalKind, Ledger};
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::source::Span;

rule!("LED016", "ledger-malformed", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, ledger) in &handbook.ledgers {
        spelling(handbook, sink, id, ledger);
    }
    for ledger in ledgers(handbook) {
        ratification(sink, ledger);
        retirements(sink, ledger);
        announcements(sink, ledger);
    }
}

fn spelling(handbook: &Handbook, sink: &mut Sink, id: &DocumentId, ledger: &Ledger) {
    let Some(own) = handbook.document(id).and_then(|document| document.id()) else { return };
    if own.as_str() != ledger.name {
        let message = Text::new("ledger-malformed-name").arg("name", ledger.name.as_str()).arg("id", own.as_str());
        sink.report(ledger.place(Span::new(0, 0)), message)
            .help(Text::new("ledger-malformed-name-help").arg("id", own.as_str()));
    }
}

fn ratification(sink: &mut Sink, ledger: &Ledger) {
    for approval in &ledger.approvals {
        match (approval.ratify_by, approval.kind) {
            (Some(_), ApprovalKind::Regular) => {
                sink.report(ledger.place(approval.span_of("ratify_by")), Text::new("ledger-malformed-ratify"))
                    .help(Text::new("ledger-malformed-ratify-help"));
            }
            (None, ApprovalKind::Provisional) => {
                sink.report(ledger.place(approval.span), Text::new("ledger-malformed-ratify-missing"))
                    .help(Text::new("ledger-malformed-ratify-missing-help"));
            }
            (Some(day), ApprovalKind::Provisional) if day < approval.approved_on => {
                let message =
                    Text::new("ledger-malformed-ratify-early").arg("day", day).arg("approved", approval.approved_on);
                sink.report(ledger.place(approval.span_of("ratify_by")), message)
                    .help(Text::new("ledger-malformed-date-help"));
            }
            _ => {}
        }
    }
}

fn retirements(sink: &mut Sink, ledger: &Ledger) {
    for retirement in &ledger.retirements {
        if retirement.effective < retirement.approved_on {
            let message = Text::new("ledger-malformed-retired-early")
                .arg("effective", retirement.effective)
                .arg("approved", retirement.approved_on);
            sink.report(ledger.place(retirement.span_of("effective")), message)
                .help(Text::new("ledger-malformed-date-help"));
        }
        let own = |id: &str| ledger.id.is_some() && DocumentId::parse(id) == ledger.id;
        for (successor, span) in retirement.placed("replaced_by", &retirement.replaced_by).filter(|(id, _)| own(id)) {
            let message = Text::new("ledger-malformed-successor").arg("id", successor.as_str());
            sink.report(ledger.place(span), message).help(Text::new("ledger-malformed-successor-help"));
        }
    }
}

fn announcements(sink: &mut Sink, ledger: &Ledger) {
    for announcement in &ledger.announcements {
        let version = announcement.version;
        let approved = ledger.approvals.iter().map(|approval| approval.version);
        let past = ledger.past.iter().map(|past| past.version);
        if !approved.chain(past).any(|known| known == version) {
            let message = Text::new("ledger-malformed-announced").arg("version", version.to_string());
            sink.report(ledger.place(announcement.span_of("version")), message)
                .help(Text::new("ledger-malformed-announced-help"));
        }
    }
}
