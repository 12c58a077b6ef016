//! link-to-retired: a document that refers to a retired one and not to what replaced it.

use std::collections::BTreeSet;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::{Handbook, Link};
use crate::ledger::lifecycle::State;
use crate::locale::Text;

rule!("REF013", "link-to-retired", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let retired = |index: usize| {
        let id = handbook.documents[index].id()?;
        handbook.status(id).retired.filter(|_| handbook.status(id).state() == State::Retired)
    };
    // Few documents are retired; each is asked for once.
    let retired: Vec<_> = (0..handbook.documents.len()).map(retired).collect();
    for ((document, links), own) in handbook.documents.iter().zip(&handbook.links).zip(&retired) {
        if own.is_some() {
            continue;
        }
        let linked: BTreeSet<usize> = links
            .iter()
            .filter_map(|link| match link {
                Link::Document(index, _) => Some(*index),
                _ => None,
            })
            .collect();
        for (reference, link) in document.references.iter().zip(links) {
            let Link::Document(index, _) = link else { continue };
            let Some(retirement) = retired[*index] else { continue };
            let successors = &retirement.replaced_by;
            if successors.iter().any(|id| handbook.index_of(id).is_some_and(|index| linked.contains(&index))) {
                continue;
            }
            let id = handbook.documents[*index].id().map_or("", |id| id.as_str());
            let message = Text::new("link-to-retired").arg("id", id).arg("date", retirement.effective);
            let names: Vec<&str> = successors.iter().map(|id| id.as_str()).collect();
            let help = match names.is_empty() {
                true => Text::new("link-to-retired-help"),
                false => Text::new("link-to-retired-help-successor").arg("successors", names.join(", ")),
            };
            sink.report(document.place(reference.raw.span), message).help(help);
        }
    }
}
