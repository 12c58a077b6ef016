//! control-without-standard: controls of Annex A that no control document covers and that are not excluded either.
//! Asked only where a statement of applicability has been begun; one finding for all, since a handbook grows.

use std::collections::BTreeSet;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Tier;
use crate::source::{Place, Span};
use crate::standard::{Control, controls};

rule!("COV001", "control-without-standard", Basis::Clause("6.1.3"), Note);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let documents = &handbook.documents;
    if documents.iter().all(|document| document.front.soa.is_empty()) {
        return;
    }
    let excluded = documents.iter().flat_map(|document| &document.front.soa).filter(|entry| !entry.applicable.value);
    let mut settled: BTreeSet<&str> = excluded.map(|entry| entry.control.value.as_str()).collect();
    for document in documents.iter().filter(|document| document.tier == Tier::Control) {
        settled.extend(handbook.annex_controls(document).iter().map(|control| control.id));
    }
    let is_open = |control: &&Control| !settled.contains(control.id);
    let open = controls().iter().filter(is_open).count();
    if open == 0 {
        return;
    }
    let span = handbook.config.tiers.get(&Tier::Control).map_or(Span::new(0, 0), |tier| tier.span);
    let message = Text::new("control-without-standard").arg("count", open).arg("total", controls().len());
    sink.report(Place { file: handbook.config.file, span }, message)
        .help(Text::new("control-without-standard-help").arg("controls", listed(is_open)));
}

/// The numbers of open controls, three and more that follow each other within a theme as `5.1–5.37`.
fn listed(is_open: impl Fn(&&Control) -> bool) -> String {
    let runs = controls().chunk_by(|one, next| one.theme == next.theme && is_open(&one) == is_open(&next));
    let open = runs.filter(|run| run.first().as_ref().is_some_and(&is_open));
    let numbers = open.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{}–{}", first.id, last.id)],
        few => few.iter().map(|control| control.id.to_owned()).collect(),
    });
    numbers.collect::<Vec<_>>().join(", ")
}
