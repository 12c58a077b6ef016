//! reference-to-restricted: a document that refers to one with a stricter classification than its own, so that some
//! of its readers may not follow the reference.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::{Handbook, Link};
use crate::locale::Text;
use crate::model::document::Document;

rule!("REF014", "reference-to-restricted", Basis::AnnexA("5.12"), Note);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let order: BTreeMap<&str, usize> = handbook
        .config
        .classifications
        .iter()
        .enumerate()
        .map(|(rank, label)| (label.id.value.as_str(), rank))
        .collect();
    let rank = |document: &Document| order.get(handbook.classification_of(document)?).copied();
    for (document, links) in handbook.documents.iter().zip(&handbook.links) {
        let Some(own) = rank(document) else { continue };
        // Each document above is named once, however often the text refers to it.
        let mut named = BTreeSet::new();
        for (reference, link) in document.references.iter().zip(links) {
            let Link::Document(index, _) = link else { continue };
            let target = &handbook.documents[*index];
            if rank(target).is_none_or(|other| other <= own) || !named.insert(*index) {
                continue;
            }
            let name = |document: &Document| {
                handbook.classification_of(document).map_or("", |id| handbook.classification_name(id)).to_owned()
            };
            let message = Text::new("reference-to-restricted")
                .arg("id", target.id().map_or("", |id| id.as_str()))
                .arg("other", name(target))
                .arg("own", name(document));
            sink.report(document.place(reference.raw.span), message).help(Text::new("reference-to-restricted-help"));
        }
    }
}
