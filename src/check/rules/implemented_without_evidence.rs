//! implemented-without-evidence: a control declared as implemented that no procedure carries out and whose standard points
//! at no record, so that nothing can show it.

use std::collections::BTreeSet;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::{Handbook, Link};
use crate::locale::Text;
use crate::model::document::{Implementation, Tier};
use crate::standard;

rule!("COV007", "implemented-without-evidence", Basis::Clause("8.1"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let mut documents = BTreeSet::new();
    let mut controls = BTreeSet::new();
    let records = format!("{}/", handbook.config.records_path);
    for (index, document) in handbook.documents.iter().enumerate() {
        let shows = document.tier == Tier::Procedure
            || handbook.links[index].iter().any(|link| match link {
                Link::Record(_) => true,
                Link::Attachment(path) => path.starts_with(&records),
                _ => false,
            });
        if !shows {
            continue;
        }
        documents.insert(index);
        if document.tier == Tier::Procedure {
            documents.extend(handbook.implements(document).filter_map(|(id, _)| handbook.index_of(id)));
        }
        // A document of many decisions says of none of them where its record lies.
        if document.front.soa.len() <= 1 {
            controls.extend(handbook.annex_controls(document).iter().map(|control| control.id));
        }
    }
    for (index, document) in handbook.documents.iter().enumerate() {
        let single = document.front.soa.len() == 1;
        for entry in &document.front.soa {
            let implemented = entry.applicable.value
                && entry.implementation.as_ref().is_some_and(|state| state.value == Implementation::Implemented);
            let Some(control) = standard::control(entry.control.value.as_str()).filter(|_| implemented) else {
                continue;
            };
            if controls.contains(control.id) || (single && documents.contains(&index)) {
                continue;
            }
            let span = entry.implementation.as_ref().map_or(entry.control.span, |state| state.span);
            let message = Text::new("implemented-without-evidence").arg("number", control.id);
            let id = document.id().map_or("", |id| id.as_str());
            sink.report(document.place(span), message)
                .help(Text::new("implemented-without-evidence-help").arg("id", id).arg("number", control.id));
        }
    }
}
