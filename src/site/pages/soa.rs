//! The statement of applicability: every control of Annex A with its decision, its reasons, how far it is carried out,
//! and the sections that carry it out.

use serde::Serialize;

use super::standard::{DecisionView, decision};
use super::{Approver, Page};
use crate::model::document::{Implementation, Tier};
use crate::model::id::DocumentId;
use crate::site::Site;
use crate::site::html::address_part;
use crate::site::index::DocumentLink;
use crate::site::reference::annex_address;
use crate::standard::{self, Control, Theme};

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

pub(super) fn soa(site: &Site<'_, '_>) -> Page {
    let language = site.options.language;
    let mut tally = Tally::default();
    let themes = Theme::ALL
        .into_iter()
        .map(|theme| {
            let controls = standard::controls().iter().filter(|control| control.theme == theme);
            ThemeView {
                number: theme.number(),
                name: theme.title().get(language),
                controls: controls.map(|control| view(site, control, &mut tally)).collect(),
            }
        })
        .collect();
    let standing = site.edition.handbook.record_standing("SOA");
    let approval = standing.and_then(|record| {
        let approval = record.standing.in_force?;
        Some(ApprovalView {
            version: approval.version.to_string(),
            effective: approval.effective.to_string(),
            approver: Approver::of(site, approval),
            changed: record.changed.iter().any(|changed| std::ptr::eq(*changed, approval)),
        })
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

fn view<'a>(site: &'a Site<'_, '_>, control: &'static Control, tally: &mut Tally) -> ControlView<'a> {
    tally.add(site, control);
    let decided = site.index.decisions.get(control.id).map(Vec::as_slice).unwrap_or_default();
    ControlView {
        anchor: format!("A.{}", control.id),
        title: control.title.get(site.options.language),
        address: annex_address(control.id),
        decisions: decided.iter().filter_map(|found| decision(site, &found.entry, found.soa)).collect(),
        documents: carriers(site, control),
    }
}

/// Documents that cover a control, then the sections below them that implement a standard of this control alone.
fn carriers<'a>(site: &'a Site<'_, '_>, control: &Control) -> Vec<Carrier<'a>> {
    let named = format!("A.{}", control.id);
    let covering = site.index.controls.get(control.id).map(Vec::as_slice).unwrap_or_default();
    let mut found: Vec<(&DocumentId, Vec<usize>)> = Vec::new();
    for id in covering {
        let headings = site.edition.entries[id].document.outline.headings.iter().enumerate();
        let own = headings.filter(|(_, heading)| heading.implements.iter().any(|above| above.value == named));
        found.push((id, own.map(|(at, _)| at).collect()));
    }
    for id in covering.iter().filter(|id| site.edition.entries[*id].document.tier == Tier::Control) {
        for below in site.index.implemented_by.get(id).into_iter().flatten() {
            let known = found.iter().position(|(known, _)| **known == below.id);
            let at = known.unwrap_or_else(|| {
                found.push((&below.id, Vec::new()));
                found.len() - 1
            });
            found[at].1.extend(&below.headings);
        }
    }
    found.sort_by_key(|(id, _)| (site.edition.entries[*id].document.tier, *id));
    found.iter_mut().for_each(|(_, headings)| {
        headings.sort_unstable();
        headings.dedup();
    });
    let carrier = |(id, headings): (&DocumentId, Vec<usize>)| {
        let document = site.index.links.get(id)?;
        let outline = &site.edition.entries.get(id)?.document.outline;
        let sections = headings.into_iter().filter_map(|at| outline.headings.get(at)).map(|heading| Section {
            name: super::document::heading_name(site, heading),
            address: format!("{}#{}", document.address, address_part(&heading.anchor)),
        });
        Some(Carrier { document, sections: sections.collect() })
    };
    found.into_iter().filter_map(carrier).collect()
}
