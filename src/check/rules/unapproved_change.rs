//! unapproved-change: the tree's text has the version of the newest approval and is not what was approved; or an
//! approved record has changed since.

use crate::check::registry::rule;
use crate::check::{Basis, Severity, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::config::APPROVED_RECORDS;

rule!("LED001", "unapproved-change", Basis::Clause("7.5.2"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    records(handbook, sink);
    for (id, document) in handbook.by_id() {
        let (Some(version), Some(ledger)) = (&document.front.version, handbook.ledgers.get(id)) else { continue };
        let Some(newest) = handbook.status(id).newest.filter(|newest| newest.version == version.value) else {
            continue;
        };
        let digest = handbook.index(id).and_then(|index| handbook.digests[index]);
        let mut same_version = ledger.approvals.iter().filter(|approval| approval.version == version.value);
        if same_version.any(|approval| Some(approval.digest) == digest) {
            continue;
        }
        let message = Text::new("unapproved-change").arg("version", version.to_string());
        let approval = Text::new("unapproved-change-approval").arg("date", newest.approved_on);
        let help = Text::new("unapproved-change-help")
            .arg("minor", version.next_minor().to_string())
            .arg("major", version.next_major().to_string());
        sink.report(document.place(version.span), message)
            .related(ledger.place(newest.span_of("digest")), approval)
            .help(help);
    }
}

/// Approved records: nothing unapproved is published by their change, so that it is a warning at most.
fn records(handbook: &Handbook, sink: &mut Sink) {
    for name in APPROVED_RECORDS {
        let (Some(ledger), Some(record)) = (handbook.record_ledger(name), handbook.record_standing(name)) else {
            continue;
        };
        for approval in record.changed {
            let message = Text::new("unapproved-change-record").arg("name", name);
            let message = message.arg("version", approval.version.to_string());
            let finding = sink.report(ledger.place(approval.span_of("digest")), message);
            finding.help(Text::new("unapproved-change-record-help").arg("name", name));
            finding.severity = Severity::Warning;
        }
    }
}
