//! applicable-without-procedure: a control that applies and that no procedure, or section of one, implements.

use std::collections::BTreeSet;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Tier;
use crate::standard;

rule!("COV002", "applicable-without-procedure", Basis::Clause("8.1"), Note);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let mut documents = BTreeSet::new();
    let mut controls = BTreeSet::new();
    for procedure in handbook.documents.iter().filter(|document| document.tier == Tier::Procedure) {
        documents.extend(handbook.implements(procedure).filter_map(|(id, _)| handbook.index_of(id)));
        controls.extend(handbook.annex_controls(procedure).iter().map(|control| control.id));
    }
    for (index, document) in handbook.documents.iter().enumerate() {
        // One document may hold every decision: then each control has to be named by a procedure itself.
        let single = document.front.soa.len() == 1;
        for entry in &document.front.soa {
            let number = entry.control.value.as_str();
            let carried_out = controls.contains(number) || (single && documents.contains(&index));
            // A number that Annex A does not have has a finding of its own.
            let Some(control) = standard::control(number).filter(|_| entry.applicable.value && !carried_out) else {
                continue;
            };
            let message = Text::new("applicable-without-procedure").arg("number", control.id);
            let help = Text::new("applicable-without-procedure-help")
                .arg("number", control.id)
                .arg("id", document.id().map_or("", |id| id.as_str()));
            sink.report(document.place(entry.control.span), message).help(help);
        }
    }
}
