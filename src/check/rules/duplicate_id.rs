//! duplicate-id: several documents with one id.

use std::collections::BTreeMap;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Document;
use crate::model::id::DocumentId;

rule!("ID001", "duplicate-id", Basis::Clause("7.5.2"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let mut by_id: BTreeMap<&DocumentId, Vec<&Document>> = BTreeMap::new();
    for document in &handbook.documents {
        if let Some(id) = document.id() {
            by_id.entry(id).or_default().push(document);
        }
    }
    for documents in by_id.into_values() {
        let [first, second, ..] = documents.as_slice() else { continue };
        for document in &documents {
            let other = if document.path == first.path { second } else { first };
            let id = document.id().map_or("", |id| id.as_str());
            let message = Text::new("duplicate-id").arg("id", id).arg("path", &other.path);
            sink.report(document.head_place(), message)
                .related(other.head_place(), Text::new("duplicate-id-related"))
                .help(Text::new("duplicate-id-help"));
        }
    }
}
