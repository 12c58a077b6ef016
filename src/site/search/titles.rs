//! `search/titles.json`: titles, headings, numbers and terms, which a reader's browser holds against what is typed.
//!
//! Everything stands in its own writing; folding width, case and kana is the reader's side (`site/assets/search.js`), so
//! that there is one place that says what counts as the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{document_controls, document_roles, id_of, section_roles, sections};
use crate::compare::unit::label;
use crate::handbook::Handbook;
use crate::handbook::edition::Edition;
use crate::handbook::reading::control_name;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;
use crate::model::document::Tier;
use crate::model::reference::Pointer;
use crate::model::term::Term;
use crate::site::reference::{annex_address, role_address, term_address};
use crate::standard;

/// Its address.
pub const TITLES: &str = "search/titles.json";

#[derive(Serialize)]
struct Titles<'a> {
    documents: Vec<DocumentTitle<'a>>,
    terms: Vec<TermTitle<'a>>,
    /// Places on other pages: kind, name, address.
    places: Vec<(&'static str, String, String)>,
}

#[derive(Serialize)]
struct DocumentTitle<'a> {
    id: &'a str,
    number: &'a str,
    title: &'a str,
    tier: Tier,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    roles: BTreeSet<&'a str>,
    controls: Vec<&'static str>,
    sections: Vec<SectionTitle<'a>>,
}

/// Anchor, label, caption, and the roles it names beside those of the document.
#[derive(Serialize)]
struct SectionTitle<'a>(&'a str, String, &'a str, BTreeSet<&'a str>);

#[derive(Serialize)]
struct TermTitle<'a> {
    term: &'a str,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<&'a str>,
    variants: Vec<&'a str>,
    keywords: Vec<&'a str>,
    /// Documents by their position above, and the anchor.
    see: Vec<(usize, &'a str)>,
}

/// The index as JSON.
pub fn titles(edition: &Edition<'_>, catalogue: &Catalogue) -> Vec<u8> {
    let handbook = edition.handbook;
    let positions: BTreeMap<&str, usize> =
        edition.entries.keys().enumerate().map(|(position, id)| (id.as_str(), position)).collect();
    let titles = Titles {
        documents: edition.entries.values().map(|entry| document_title(handbook, entry, catalogue)).collect(),
        terms: handbook.terms.iter().map(|term| term_title(edition, &positions, term)).collect(),
        places: places(edition, catalogue),
    };
    // Strings and numbers in structs: nothing that JSON has not.
    let mut text = serde_json::to_string(&titles).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

fn document_title<'h>(
    handbook: &'h Handbook,
    entry: &PublishedVersion<'h>,
    catalogue: &Catalogue,
) -> DocumentTitle<'h> {
    let document = entry.document;
    let sections = sections(document).map(|(index, heading)| {
        let roles = section_roles(handbook, document, index);
        SectionTitle(&heading.anchor, label(heading, catalogue), &heading.text, roles)
    });
    DocumentTitle {
        id: id_of(entry),
        number: document.number(),
        title: document.title(),
        tier: document.tier,
        summary: document.front.summary.as_ref().map(|summary| summary.value.as_str()),
        roles: document_roles(handbook, document),
        controls: document_controls(handbook, document),
        sections: sections.collect(),
    }
}

fn term_title<'a>(edition: &Edition<'_>, positions: &BTreeMap<&str, usize>, term: &'a Term) -> TermTitle<'a> {
    let place = |pointer: &'a Pointer| {
        let id = pointer.document.as_ref()?;
        let outline = &edition.entries.get(id)?.document.outline;
        let anchor = pointer.fragment.as_ref().map(|fragment| fragment.anchor.as_str()).unwrap_or_default();
        // A place that the published wording lacks leads to the whole document.
        let anchor = if outline.heading(anchor).is_some() { anchor } else { "" };
        Some((*positions.get(id.as_str())?, anchor))
    };
    TermTitle {
        term: &term.term.value,
        address: term_address(&term.term.value),
        reading: term.reading.as_ref().map(|reading| reading.value.as_str()),
        definition: term.definition.as_ref().map(|definition| definition.value.as_str()),
        variants: term.variants.iter().map(|variant| variant.value.as_str()).collect(),
        keywords: term.keywords.iter().map(|word| word.value.as_str()).collect(),
        see: term.see.iter().filter_map(place).collect(),
    }
}

/// Annex A controls and roles, which have a place on a page of their own; an edition for some readers has no such pages.
fn places(edition: &Edition<'_>, catalogue: &Catalogue) -> Vec<(&'static str, String, String)> {
    if edition.handbook.edition.is_some() {
        return Vec::new();
    }
    let controls = standard::controls().iter();
    let controls =
        controls.map(|control| ("annex", control_name(control, catalogue.language()), annex_address(control.id)));
    let roles = edition.handbook.roles.iter();
    let roles = roles.map(|role| ("role", role.name.value.clone(), role_address(&role.id.value)));
    controls.chain(roles).collect()
}
