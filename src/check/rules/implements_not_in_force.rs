//! implements-not-in-force: a published document that implements one which is not in force, today or on a named day to
//! come.

use crate::check::days::{Asked, Flaw, faults};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("ORG010", "implements-not-in-force", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for found in faults(handbook, Asked::Implements) {
        let Flaw::Above(id) = &found.flaw else { continue };
        let message = Text::new("implements-not-in-force")
            .arg("holder", found.holder())
            .arg("id", id.as_str())
            .arg("since", found.since(handbook));
        sink.report(found.place, message).help(Text::new("implements-not-in-force-help"));
    }
}
