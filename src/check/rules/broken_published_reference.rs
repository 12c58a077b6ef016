//! broken-published-reference: a reference that is right in the tree, and leads nowhere in what readers see, today or
//! on a named day to come.

use crate::check::days::{Asked, Flaw, faults};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("REF018", "broken-published-reference", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for found in faults(handbook, Asked::References) {
        let (message, help) = match &found.flaw {
            Flaw::NoPlace(id, version) => (
                Text::new("broken-published-reference")
                    .arg("id", id.as_str())
                    .arg("version", version.to_string())
                    .arg("since", found.since(handbook)),
                "broken-published-reference-help",
            ),
            Flaw::Gone => (Text::new("broken-published-reference-gone"), "broken-published-reference-gone-help"),
            Flaw::Unpublished(_) | Flaw::Above(_) => continue,
        };
        let message = message.arg("holder", found.holder()).arg("written", found.written);
        sink.report(found.place, message).help(Text::new(help));
    }
}
