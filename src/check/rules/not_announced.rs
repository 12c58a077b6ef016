//! not-announced: a new version in force that was not announced within the organisation's limit.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::lifecycle::major_approvals;
use crate::locale::Text;

rule!("DUE005", "not-announced", Basis::AnnexA("5.1"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let Some(limit) = &handbook.config.limits.announced_within else { return };
    for (id, ledger) in &handbook.ledgers {
        let Some(in_force) = handbook.status(id).in_force else { continue };
        // An editorial change need not be announced; the content it belongs to must have been.
        let major = in_force.version.major;
        let Some(content) = major_approvals(ledger).find(|approval| approval.version.major == major) else { continue };
        let due = limit.after(content.effective);
        if due >= handbook.today || ledger.announcements.iter().any(|entry| entry.version.major == major) {
            continue;
        }
        let version = content.version.to_string();
        let message = Text::new("not-announced").arg("id", id.as_str()).arg("version", &version).arg("due", due);
        let help = Text::new("not-announced-help")
            .arg("version", version)
            .arg("path", handbook.sources.file(ledger.file).path());
        sink.report(ledger.place(content.span_of("effective")), message).help(help);
    }
}
