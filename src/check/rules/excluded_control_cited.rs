//! excluded-control-cited: a document names a control that the statement of applicability excludes.

use std::collections::BTreeMap;

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::Handbook;
use crate::ledger::lifecycle::State;
use crate::locale::Text;

rule!("COV004", "excluded-control-cited", Basis::Clause("6.1.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let mut excluded = BTreeMap::new();
    for document in &handbook.documents {
        for entry in document.front.soa.iter().filter(|entry| !entry.applicable.value) {
            excluded.insert(entry.control.value.as_str(), (document, document.place(entry.control.span)));
        }
    }
    if excluded.is_empty() {
        return;
    }
    for document in &handbook.documents {
        if document.id().is_some_and(|id| handbook.status(id).state() == State::Retired) {
            continue;
        }
        for mention in mentions::annex_numbers(document).filter(|mention| !mention.decided) {
            let Some((decider, place)) = excluded.get(mention.number) else { continue };
            // The document that explains an exclusion has to name the control.
            if decider.path == document.path {
                continue;
            }
            let message = Text::new("excluded-control-cited").arg("number", mention.number);
            sink.report(mention.place, message)
                .related(*place, Text::new("excluded-control-cited-related"))
                .help(Text::new("excluded-control-cited-help"));
        }
    }
}
