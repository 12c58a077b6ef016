//! clause-information-missing: clauses of the standard that demand something in writing and that no document names.
//! One finding for all of them: a handbook grows, and records may be kept elsewhere.

use std::collections::BTreeSet;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{Place, Span};
use crate::standard::clauses;

rule!("COV006", "clause-information-missing", Basis::Clause("7.5.1"), Note);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let named: BTreeSet<&str> = handbook
        .documents
        .iter()
        .flat_map(|document| &document.front.clauses)
        .map(|clause| clause.value.as_str())
        .collect();
    // A handbook that names no clause at all does not use the key.
    if named.is_empty() {
        return;
    }
    let open: Vec<&str> = clauses()
        .iter()
        .filter(|clause| !clause.documented.is_empty() && !named.contains(clause.id))
        .map(|clause| clause.id)
        .collect();
    if open.is_empty() {
        return;
    }
    let place = Place { file: handbook.config.file, span: Span::new(0, 0) };
    sink.report(place, Text::new("clause-information-missing").arg("count", open.len()))
        .help(Text::new("clause-information-missing-help").arg("clauses", open.join(", ")));
}
