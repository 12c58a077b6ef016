//! The whole at a glance: the pyramid of documents, and where everything else is found.

use serde::Serialize;

use super::{Page, list_address};
use crate::model::document::Tier;
use crate::site::Site;
use crate::site::index::DocumentLink;

#[derive(Serialize)]
struct OverviewPage<'a> {
    tiers: Vec<TierView<'a>>,
    total: usize,
    controls: usize,
    covered: usize,
    roles: usize,
    terms: usize,
    exceptions: usize,
    practices: usize,
    rules: usize,
    quizzes: usize,
    registers: usize,
    /// Title of the register of contacts, where it is kept.
    contacts: Option<String>,
}

#[derive(Serialize)]
struct TierView<'a> {
    tier: Tier,
    address: &'static str,
    count: usize,
    documents: Vec<&'a DocumentLink>,
}

pub(super) fn overview(site: &Site<'_, '_>) -> Page {
    let handbook = site.edition.handbook;
    let tiers: Vec<TierView<'_>> = Tier::ALL
        .into_iter()
        .map(|tier| {
            let documents: Vec<&DocumentLink> = site.index.links.values().filter(|link| link.tier == tier).collect();
            TierView { tier, address: list_address(tier), count: documents.len(), documents }
        })
        .collect();
    let page = OverviewPage {
        total: site.edition.entries.len(),
        tiers,
        controls: crate::standard::controls().len(),
        covered: site.index.controls.len(),
        roles: handbook.roles.len(),
        terms: handbook.terms.len(),
        exceptions: super::records::shown(site).count(),
        practices: handbook.registers.practices.len(),
        rules: crate::check::RULES.len(),
        quizzes: handbook.registers.quizzes.len(),
        registers: super::registers::shown(site.edition).len(),
        contacts: handbook
            .registers
            .contacts
            .as_ref()
            .map(|contacts| contacts.title.clone().unwrap_or_else(|| site.catalogue.get("site-incident"))),
    };
    Page::new("overview.html", "overview", page)
}
