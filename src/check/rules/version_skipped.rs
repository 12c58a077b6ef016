//! version-skipped: a draft whose version leaves one out above the newest approved one.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::Version;

rule!("ID003", "version-skipped", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, document) in handbook.by_id() {
        let (Some(ledger), Some(version)) = (handbook.ledgers.get(id), &document.front.version) else { continue };
        let approved = ledger.approvals.iter().map(|approval| approval.version);
        let past = ledger.past.iter().map(|past| past.version);
        let Some(newest) = approved.chain(past).max() else { continue };
        let written = version.value;
        let minor = Version { major: newest.major, minor: newest.minor.saturating_add(1) };
        let major = Version { major: newest.major.saturating_add(1), minor: 0 };
        if written <= newest || written == minor || written == major {
            continue;
        }
        let message =
            Text::new("version-skipped").arg("version", written.to_string()).arg("newest", newest.to_string());
        let help = Text::new("version-skipped-help").arg("major", major.to_string()).arg("minor", minor.to_string());
        sink.report(document.place(version.span), message).help(help);
    }
}
