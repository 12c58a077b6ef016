//! unpublished-target: a published text, or a register, that refers to a document which is not published, today or on a
//! named day to come. Readers see its title as plain text.

use crate::check::days::{Asked, Flaw, faults};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("REF017", "unpublished-target", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for found in faults(handbook, Asked::References) {
        let Flaw::Unpublished(id) = &found.flaw else { continue };
        let message = Text::new("unpublished-target")
            .arg("holder", found.holder())
            .arg("id", id.as_str())
            .arg("since", found.since(handbook));
        sink.report(found.place, message).help(Text::new("unpublished-target-help"));
    }
}
