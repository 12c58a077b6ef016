//! approved-text-missing: an approval whose approved copy is not there, or lies in the folder while the commit that holds the
//! approval lacks it.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::load::APPROVED_FOLDER;
use crate::locale::Text;

rule!("LED003", "approved-text-missing", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let history = handbook.history().recorded();
    for (id, ledger) in &handbook.ledgers {
        for approval in &ledger.approvals {
            if let Some(copy) = handbook.copies.get(id, approval.version) {
                let is_lacking = history.as_ref().is_some_and(|history| !history.holds_copy(&copy.path));
                if is_lacking && handbook.recorded(ledger, approval.span).is_some() {
                    let message = Text::new("approved-text-missing-uncommitted").arg("path", &copy.path);
                    let help = Text::new("approved-text-missing-uncommitted-help").arg("path", &copy.path);
                    sink.report(ledger.place(approval.span_of("digest")), message).help(help);
                }
                continue;
            }
            let (records, version) = (&handbook.config.records_path, approval.version);
            let path = format!("{records}/{APPROVED_FOLDER}/{id}/{version}.md");
            let message = Text::new("approved-text-missing")
                .arg("version", version.to_string())
                .arg("date", approval.effective)
                .arg("path", &path);
            let help = Text::new("approved-text-missing-help").arg("path", path);
            sink.report(ledger.place(approval.span_of("digest")), message).help(help);
        }
    }
}
