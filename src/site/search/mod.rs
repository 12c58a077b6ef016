//! What readers search: every document, section and term of an edition.
//!
//! There are two indexes. The one made here, `search/titles.json`, holds titles, headings, terms and numbers; it is small
//! enough to be read whole by the reader's browser, which looks there first (`site/assets/search.js`). The one of all the
//! text, [`full_text`], is cut into pieces of which a search loads the few it needs. Both hold the edition's text only.

mod full_text;
mod text;
mod titles;

use std::collections::{BTreeMap, BTreeSet};

pub use full_text::{FOLDER, full_text};
pub use text::{SectionText, texts};
pub(super) use titles::{TITLES, titles};

use rayon::prelude::*;

use crate::handbook::Handbook;
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;
use crate::markup::html::address_part;
use crate::model::document::Document;
use crate::model::outline::Heading;
use crate::model::reference::Target;
use crate::standard;

/// The text of every section by its address.
pub(super) fn section_texts(edition: &Edition<'_>, catalogue: &Catalogue) -> BTreeMap<String, String> {
    let of_document = |entry: &PublishedVersion<'_>| {
        let id = address_part(id_of(entry));
        let sections = text::texts(edition, entry, catalogue).into_iter();
        let placed = move |section: text::SectionText| {
            let anchor = section.anchor.map(|anchor| format!("#{}", address_part(&anchor))).unwrap_or_default();
            (format!("documents/{id}.html{anchor}"), section.text)
        };
        sections.map(placed).collect::<Vec<_>>()
    };
    let entries: Vec<_> = edition.entries.values().collect();
    entries.into_par_iter().flat_map_iter(of_document).collect()
}

/// The headings that have a place of their own on the page, with their index in the outline: of two with one anchor the
/// first, and none of which only the number is left.
fn sections(document: &Document) -> impl Iterator<Item = (usize, &Heading)> {
    let mut seen = BTreeSet::new();
    let headings = document.outline.headings.iter().enumerate();
    headings.filter(move |(_, heading)| seen.insert(heading.anchor.as_str()) && !heading.deleted)
}

/// Where the text of a heading ends: at the next heading of any level.
fn own_end(document: &Document, index: usize) -> usize {
    document.outline.headings.get(index + 1).map_or(document.body.end, |next| next.span.start)
}

/// Roles that a document concerns as a whole: its owner and those it is addressed to, as far as the register has them.
fn document_roles<'d>(handbook: &Handbook, document: &'d Document) -> BTreeSet<&'d str> {
    let front = &document.front;
    let roles = front.owner.iter().chain(&front.audience).map(|role| role.value.as_str());
    roles.filter(|id| handbook.role(id).is_some()).collect()
}

/// Roles that a section names, beside those of its document.
fn section_roles<'d>(handbook: &Handbook, document: &'d Document, index: usize) -> BTreeSet<&'d str> {
    let of_document = document_roles(handbook, document);
    let range = document.outline.headings[index].span.start..own_end(document, index);
    let inside = document.references.iter().filter(|reference| range.contains(&reference.span.start));
    inside
        .filter_map(|reference| match &reference.target {
            Target::Role(id) => Some(id.as_str()),
            _ => None,
        })
        .filter(|id| !of_document.contains(id) && handbook.role(id).is_some())
        .collect()
}

/// Annex A controls that a document covers as a whole.
fn document_controls(handbook: &Handbook, document: &Document) -> Vec<&'static str> {
    handbook.annex_controls(document).into_iter().map(|control| control.id).collect()
}

/// The id that pages and filters know a document by.
fn id_of<'h>(entry: &PublishedVersion<'h>) -> &'h str {
    entry.document.id().map(crate::model::id::DocumentId::as_str).unwrap_or_default()
}

/// Roles and Annex A controls that some document of the edition names, in the order of the register and of the standard.
pub(super) fn filters(edition: &Edition<'_>) -> (Vec<(String, String)>, Vec<&'static standard::Control>) {
    let (mut roles, mut controls) = (BTreeSet::new(), BTreeSet::new());
    for entry in edition.entries.values() {
        roles.extend(document_roles(edition.handbook, entry.document));
        for (index, _) in sections(entry.document) {
            roles.extend(section_roles(edition.handbook, entry.document, index));
        }
        controls.extend(document_controls(edition.handbook, entry.document));
    }
    let roles = edition.handbook.roles.iter().filter(|role| roles.contains(role.id.value.as_str()));
    let roles = roles.map(|role| (role.id.value.clone(), role.name.value.clone())).collect();
    (roles, standard::controls().iter().filter(|control| controls.contains(control.id)).collect())
}
