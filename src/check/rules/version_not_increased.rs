//! version-not-increased: the tree's version is lower than that of the newest approval.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("LED002", "version-not-increased", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, document) in handbook.by_id() {
        let (Some(version), Some(ledger)) = (&document.front.version, handbook.ledgers.get(id)) else { continue };
        let Some(newest) = handbook.status(id).newest.filter(|newest| version.value < newest.version) else {
            continue;
        };
        let digest = handbook.index(id).and_then(|index| handbook.digests[index]);
        let mut same_version = ledger.approvals.iter().filter(|a| a.version == version.value).peekable();
        let taken = same_version.peek().is_some();
        let message = if taken && same_version.all(|a| Some(a.digest) != digest) {
            "version-not-increased-taken"
        } else {
            "version-not-increased"
        };
        let (number, highest) = (version.to_string(), newest.version.to_string());
        let help = Text::new("version-not-increased-help")
            .arg("newest", highest.as_str())
            .arg("minor", newest.version.next_minor().to_string())
            .arg("major", newest.version.next_major().to_string());
        sink.report(document.place(version.span), Text::new(message).arg("version", number).arg("newest", highest))
            .related(ledger.place(newest.span_of("version")), Text::new("version-not-increased-approval"))
            .help(help);
    }
}
