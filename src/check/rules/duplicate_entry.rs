//! duplicate-entry: a role, person, term, classification or register that is defined twice, so that what points at it is
//! ambiguous.

use std::collections::BTreeMap;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{Place, Span};

rule!("ORG008", "duplicate-entry", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let at = |place: Place, span: Span| Place { file: place.file, span };
    let roles = handbook.roles.iter().map(|role| (role.id.value.as_str(), at(role.place, role.id.span)));
    let people = handbook.people.iter().map(|person| (person.id.value.as_str(), at(person.place, person.id.span)));
    let terms = handbook.terms.iter().map(|term| (term.term.value.as_str(), at(term.place, term.term.span)));
    let labels = handbook
        .config
        .classifications
        .iter()
        .map(|label| (label.id.value.as_str(), Place { file: handbook.config.file, span: label.id.span }));
    let records = handbook.records.iter().filter_map(|record| {
        Some((record.id.as_str(), Place { file: handbook.sources.by_path(&record.path)?, span: Span::default() }))
    });
    twice(roles, "duplicate-entry-role", sink);
    twice(people, "duplicate-entry-person", sink);
    twice(terms, "duplicate-entry-term", sink);
    variants(handbook, sink);
    twice(labels, "duplicate-entry-classification", sink);
    twice(records, "duplicate-entry-record", sink);
}

/// Wordings that two entries of the glossary claim, so that nobody can tell which of the two terms is meant.
fn variants(handbook: &Handbook, sink: &mut Sink) {
    let mut claimed: BTreeMap<&str, (usize, Place)> = BTreeMap::new();
    for (index, term) in handbook.terms.iter().enumerate() {
        let place = Place { file: term.place.file, span: term.term.span };
        claimed.entry(term.term.value.as_str()).or_insert((index, place));
    }
    for (index, term) in handbook.terms.iter().enumerate() {
        for variant in &term.variants {
            let place = Place { file: term.place.file, span: variant.span };
            let (first, earlier) = *claimed.entry(variant.value.as_str()).or_insert((index, place));
            if first != index {
                sink.report(place, Text::new("duplicate-entry-variant").arg("name", &variant.value))
                    .related(earlier, Text::new("duplicate-entry-related"))
                    .help(Text::new("duplicate-entry-help"));
            }
        }
    }
}

/// Reports every later entry with a name that an earlier one has.
fn twice<'h>(entries: impl Iterator<Item = (&'h str, Place)>, key: &'static str, sink: &mut Sink) {
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    for (name, place) in entries {
        match first.get(name) {
            None => {
                first.insert(name, place);
            }
            Some(earlier) => {
                sink.report(place, Text::new(key).arg("name", name))
                    .related(*earlier, Text::new("duplicate-entry-related"))
                    .help(Text::new("duplicate-entry-help"));
            }
        }
    }
}
