//! unknown-term: a reference to a term that the glossary lacks.

use std::collections::BTreeMap;

use crate::check::nearest::nearest;
use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;

rule!("REF005", "unknown-term", Basis::OwnRule, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    if form::is_register_unread(handbook, "terms.toml") {
        return;
    }
    let mut meant_by: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoTerm(name) = broken else { continue };
        let finding = sink.report(document.place(reference.raw.span), Text::new("unknown-term").arg("term", name));
        let terms = handbook.terms.iter().map(|term| term.term.value.as_str());
        match *meant_by.entry(name).or_insert_with(|| nearest(name, terms)) {
            Some(meant) => finding.help(Text::new("unknown-term-help-nearest").arg("meant", meant)),
            None => finding.help(Text::new("unknown-term-help")),
        };
    }
}
