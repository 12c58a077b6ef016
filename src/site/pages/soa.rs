//! The statement of applicability: every control of Annex A with its decision, its reasons, how far it is carried out,
//! and the sections that carry it out.

use serde::Serialize;

use super::standard::{DecisionView, decision};
use super::{Approver, Page};
use crate::export::soa::{self, Row};
use crate::markup::html::address_part;
use crate::model::document::Implementation;
use crate::numbering::heading_name;
use crate::site::Site;
use crate::site::index::DocumentLink;
use crate::site::reference::annex_address;
use crate::standard::{Control, Theme};

/// How many decisions are of a kind.
#[derive(Debug, Default, Serialize)]
pub(super) struct Tally {
    pub total: usize,
    pub applicable: usize,
    pub implemented: usize,
    pub partial: usize,
    pub planned: usize,
    pub none: usize,
    pub excluded: usize,
    pub undecided: usize,
}

#[derive(Serialize)]
struct SoaPage<'a> {
    tally: Tally,
    themes: Vec<ThemeView<'a>>,
    approval: Option<ApprovalView>,
}

#[derive(Serialize)]
struct ApprovalView {
    version: String,
    effective: String,
    approver: Approver,
    /// Whether what is shown differs from what was approved.
    changed: bool,
}

#[derive(Serialize)]
struct ThemeView<'a> {
    number: u8,
    name: &'static str,
    controls: Vec<ControlView<'a>>,
}

#[derive(Serialize)]
struct ControlView<'a> {
    anchor: String,
    title: &'static str,
    /// Its place in the matrix of Annex A.
    address: String,
    decisions: Vec<DecisionView>,
    documents: Vec<Carrier<'a>>,
}

/// A document that carries a control out, and the sections of it that say so.
#[derive(Serialize)]
struct Carrier<'a> {
    document: &'a DocumentLink,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    name: String,
    address: String,
}

pub(super) fn soa_page(site: &Site<'_, '_>) -> Page {
    let language = site.options.language;
    let mut tally = Tally::default();
    let statement = soa::statement(site.edition);
    let themes = Theme::ALL
        .into_iter()
        .map(|theme| {
            let rows = statement.rows.iter().filter(|row| row.control.theme == theme);
            ThemeView {
                number: theme.number(),
                name: theme.title().get(language),
                controls: rows.map(|row| view(site, row, &mut tally)).collect(),
            }
        })
        .collect();
    let approval = statement.approval.map(|approved| ApprovalView {
        version: approved.version,
        effective: approved.effective.to_string(),
        approver: Approver { role: approved.role, person: approved.person },
        changed: approved.changed,
    });
    Page::new("soa.html", "overview", SoaPage { tally, themes, approval })
}

impl Tally {
    /// Counts the decisions about one control.
    pub(super) fn add(&mut self, site: &Site<'_, '_>, control: &Control) {
        let decided = site.index.decisions.get(control.id).map(Vec::as_slice).unwrap_or_default();
        let applicable = decided.iter().any(|decision| decision.soa.applicable.value);
        // Of several decisions about one control the one that is furthest behind counts.
        let states = decided.iter().filter(|decision| decision.soa.applicable.value);
        let state = states.filter_map(|decision| decision.soa.implementation.as_ref()).map(|state| state.value);
        self.total += 1;
        self.applicable += usize::from(applicable);
        self.excluded += usize::from(!applicable && !decided.is_empty());
        self.undecided += usize::from(decided.is_empty());
        match state.max_by_key(|state| match state {
            Implementation::Implemented => 0,
            Implementation::Partial => 1,
            Implementation::Planned => 2,
            Implementation::None => 3,
        }) {
            Some(Implementation::Implemented) => self.implemented += 1,
            Some(Implementation::Partial) => self.partial += 1,
            Some(Implementation::Planned) => self.planned += 1,
            Some(Implementation::None) => self.none += 1,
            None => {}
        }
    }
}

fn view<'a>(site: &'a Site<'_, '_>, row: &Row<'_>, tally: &mut Tally) -> ControlView<'a> {
    let control = row.control;
    tally.add(site, control);
    ControlView {
        anchor: format!("A.{}", control.id),
        title: control.title.get(site.options.language),
        address: annex_address(control.id),
        decisions: row.decisions.iter().filter_map(|found| decision(site, &found.entry, found.soa)).collect(),
        documents: carriers(site, row),
    }
}

/// What carries a control out, as links.
fn carriers<'a>(site: &'a Site<'_, '_>, row: &Row<'_>) -> Vec<Carrier<'a>> {
    let carrier = |carrier: &soa::Carrier<'_>| {
        let document = site.index.links.get(&carrier.id)?;
        let sections = carrier.sections.iter().map(|heading| Section {
            name: heading_name(heading, site.options.language),
            address: format!("{}#{}", document.address, address_part(&heading.anchor)),
        });
        Some(Carrier { document, sections: sections.collect() })
    };
    row.carriers.iter().filter_map(carrier).collect()
}
