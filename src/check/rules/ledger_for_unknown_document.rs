//! ledger-for-unknown-document: a ledger file that belongs to no document and to no approved record.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::Ledger;
use crate::locale::Text;
use crate::model::config::APPROVED_RECORDS;
use crate::source::{Place, Span};

rule!("LED011", "ledger-for-unknown-document", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, ledger) in &handbook.ledgers {
        if handbook.document(id).is_none() && ledger.retirements.is_empty() {
            report(sink, ledger);
        }
    }
    for ledger in &handbook.other_ledgers {
        let twin = ledger.id.as_ref().and_then(|id| handbook.ledgers.get(id));
        if let Some(twin) = twin {
            sink.report(start(ledger), Text::new("ledger-for-unknown-document-twice").arg("name", &ledger.name))
                .related(start(twin), Text::new("ledger-for-unknown-document-twin"))
                .help(Text::new("ledger-for-unknown-document-twice-help"));
        } else if !APPROVED_RECORDS.contains(&ledger.name.as_str()) {
            report(sink, ledger);
        }
    }
}

fn report(sink: &mut Sink, ledger: &Ledger) {
    sink.report(start(ledger), Text::new("ledger-for-unknown-document").arg("name", &ledger.name))
        .help(Text::new("ledger-for-unknown-document-help").arg("name", &ledger.name));
}

/// The fault is the file's name: its first byte stands for it.
fn start(ledger: &Ledger) -> Place {
    ledger.place(Span::new(0, 0))
}
