//! duplicate-version: two approvals of one version, each for another text, and no higher version approved since.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("LED007", "duplicate-version", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for ledger in handbook.ledgers.values().chain(&handbook.other_ledgers) {
        for (index, approval) in ledger.approvals.iter().enumerate() {
            let earlier = ledger.approvals[..index]
                .iter()
                .find(|earlier| earlier.version == approval.version && earlier.digest != approval.digest);
            let raised = ledger.approvals[index + 1..].iter().any(|later| later.version > approval.version);
            let Some(earlier) = earlier.filter(|_| !raised) else { continue };
            let message = Text::new("duplicate-version").arg("version", approval.version.to_string());
            let first = Text::new("duplicate-version-first").arg("date", earlier.approved_on);
            sink.report(ledger.place(approval.span_of("version")), message)
                .related(ledger.place(earlier.span_of("version")), first)
                .help(Text::new("duplicate-version-help"));
        }
    }
}
