//! approved-text-missing: an approval in force or pending whose text is neither in the tree nor in history.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("LED003", "approved-text-missing", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let help = match handbook.wordings.incomplete() {
        Some(why) => Text::new("approved-text-missing-help-incomplete").arg("why", Text::new(why)),
        None => Text::new("approved-text-missing-help"),
    };
    for (id, ledger) in &handbook.ledgers {
        let standing = handbook.status(id);
        let in_tree = handbook.index(id).and_then(|index| handbook.digests[index]);
        for approval in standing.in_force.into_iter().chain(standing.pending) {
            let digest = approval.digest;
            if in_tree == Some(digest) || handbook.wordings.get(id, digest).is_some() {
                continue;
            }
            let message = Text::new("approved-text-missing")
                .arg("version", approval.version.to_string())
                .arg("date", approval.effective);
            sink.report(ledger.place(approval.span_of("digest")), message).help(help.clone());
        }
    }
}
