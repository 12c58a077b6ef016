//! policy-not-implemented: a regulation that no control and no procedure implements.

use std::collections::BTreeSet;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::ledger::lifecycle::State;
use crate::locale::Text;
use crate::model::document::Tier;

rule!("COV003", "policy-not-implemented", Basis::AnnexA("5.1"), Note);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let implemented: BTreeSet<usize> = handbook
        .documents
        .iter()
        .flat_map(|document| handbook.implements(document))
        .filter_map(|(id, _)| handbook.index_of(id))
        .collect();
    for (index, document) in handbook.documents.iter().enumerate() {
        let Some(id) = document.id().filter(|_| document.tier == Tier::Policy) else { continue };
        if implemented.contains(&index) || handbook.status(id).state() == State::Retired {
            continue;
        }
        sink.report(document.head_place(), Text::new("policy-not-implemented").arg("id", id.as_str()))
            .help(Text::new("policy-not-implemented-help").arg("id", id.as_str()));
    }
}
