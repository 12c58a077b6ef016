//! The pages of the standard: the controls of Annex A and the clauses, with the documents that answer to them.

use serde::Serialize;

use super::Page;
use super::registers::{self, Evidence};
use super::soa::Tally;
use crate::export::soa::Decision;
use crate::handbook::version::PublishedVersion;
use crate::model::document::SoaEntry;
use crate::site::Site;
use crate::site::index::DocumentLink;
use crate::site::reference::annex_address;
use crate::standard::{self, Theme};

#[derive(Serialize)]
struct AnnexPage<'a> {
    themes: Vec<ThemeView<'a>>,
    tally: Tally,
    /// By what the controls can be picked.
    attributes: Vec<AttributeView>,
}

/// One of the attributes of controls and its values: name and what stands for it in [`ControlView::attributes`].
#[derive(Serialize)]
struct AttributeView {
    id: &'static str,
    name: &'static str,
    values: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
struct ThemeView<'a> {
    name: &'static str,
    number: u8,
    controls: Vec<ControlView<'a>>,
}

#[derive(Serialize)]
struct ControlView<'a> {
    /// `A.5.12`.
    anchor: String,
    title: &'static str,
    decisions: Vec<DecisionView>,
    documents: Vec<&'a DocumentLink>,
    /// Values of its attributes: what stands for each, and its name.
    attributes: Vec<(String, &'static str)>,
}

/// A decision of the statement of applicability.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DecisionView {
    /// `A.5.12 情報の分類`.
    control: String,
    /// Address of the control relative to the site.
    address: String,
    applicable: bool,
    /// `implemented`, `partial`, `planned`, `none`; for a control that does not apply `excluded`; `unknown`.
    state: &'static str,
    reasons: Vec<String>,
    justification: Option<String>,
    /// The document that states it.
    number: String,
}

/// A decision as pages show it; `None` where it names no control.
pub(super) fn decision(site: &Site<'_, '_>, entry: &PublishedVersion<'_>, soa: &SoaEntry) -> Option<DecisionView> {
    let control = standard::control(&soa.control.value)?;
    Some(DecisionView {
        control: site.control_name(control),
        address: annex_address(control.id),
        applicable: soa.applicable.value,
        state: Decision { entry: *entry, soa }.state(),
        reasons: soa.reasons.iter().map(|reason| reason.value.clone()).collect(),
        justification: soa.justification.as_ref().map(|text| text.value.clone()),
        number: entry.document.number().to_owned(),
    })
}

pub(super) fn annex_a(site: &Site<'_, '_>) -> Page {
    let language = site.options.language;
    let name = |attribute: &str, value: &str| format!("{attribute}:{value}");
    let attributes = standard::attributes().iter().map(|attribute| AttributeView {
        id: attribute.id,
        name: attribute.name.get(language),
        values: attribute.values.iter().map(|v| (name(attribute.id, v.id), v.name.get(language))).collect(),
    });
    let mut page = AnnexPage { themes: Vec::new(), tally: Tally::default(), attributes: attributes.collect() };
    for theme in Theme::ALL {
        let controls = standard::controls().iter().filter(|control| control.theme == theme);
        let mut views = Vec::new();
        for control in controls {
            page.tally.add(site, control);
            let decided = site.index.decisions.get(control.id).map(Vec::as_slice).unwrap_or_default();
            let values = standard::attributes().iter().flat_map(|attribute| {
                let known = control.attribute_values(attribute.id).iter().filter_map(|id| attribute.value(id));
                known.map(|value| (name(attribute.id, value.id), value.name.get(language)))
            });
            views.push(ControlView {
                anchor: format!("A.{}", control.id),
                title: control.title.get(language),
                decisions: decided.iter().filter_map(|found| decision(site, &found.entry, found.soa)).collect(),
                documents: site.index.links_of(site.index.controls.get(control.id)),
                attributes: values.collect(),
            });
        }
        page.themes.push(ThemeView { name: theme.title().get(language), number: theme.number(), controls: views });
    }
    Page::new("annex-a.html", "overview", page)
}

#[derive(Serialize)]
struct ClausesPage<'a> {
    clauses: Vec<ClauseView<'a>>,
}

#[derive(Serialize)]
struct ClauseView<'a> {
    id: &'static str,
    title: &'static str,
    /// 1 for 4 to 10, 2 for 4.1, 3 for 6.1.1.
    depth: usize,
    /// Whether the amendment of 2024 added to it.
    amended: bool,
    documented: Vec<DocumentedView>,
    documents: Vec<&'a DocumentLink>,
    /// Registers that hold what the clause demands, kept or not.
    registers: Vec<Evidence>,
}

#[derive(Serialize)]
struct DocumentedView {
    item: Option<&'static str>,
    name: &'static str,
}

pub(super) fn clauses(site: &Site<'_, '_>) -> Page {
    let language = site.options.language;
    let clauses = standard::clauses()
        .iter()
        .map(|clause| ClauseView {
            id: clause.id,
            title: clause.title.get(language),
            depth: clause.id.split('.').count(),
            amended: clause.amended_2024,
            documented: clause
                .documented
                .iter()
                .map(|information| DocumentedView { item: information.item, name: information.name.get(language) })
                .collect(),
            documents: site.index.links_of(site.index.clauses.get(clause.id)),
            registers: registers::evidence(site, &format!("clause:{}", clause.id)),
        })
        .collect();
    Page::new("clauses.html", "overview", ClausesPage { clauses })
}
