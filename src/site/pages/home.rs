//! The first page, and the page for addresses that lead nowhere.

use jiff::civil::Date;
use serde::Serialize;

use super::{Page, base_path, is_kept, list_address};
use crate::ledger::{Approval, ApprovalKind, LedgerEntry};
use crate::model::document::Tier;
use crate::model::id::DocumentId;
use crate::site::Site;
use crate::site::index::DocumentLink;

/// How many changes the first page names.
const RECENT: usize = 8;

#[derive(Serialize)]
struct HomePage<'a> {
    tiers: Vec<TierView>,
    /// What took effect last, newest first.
    recent: Vec<ChangeView<'a>>,
    /// What is approved and takes effect later, soonest first.
    upcoming: Vec<ChangeView<'a>>,
    /// In a preview: texts that are approved by nothing.
    drafts: Vec<&'a DocumentLink>,
    documents: usize,
    roles: usize,
    terms: usize,
    controls: usize,
    quizzes: usize,
    covered: usize,
}

#[derive(Serialize)]
struct TierView {
    tier: Tier,
    address: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    number: String,
    title: String,
    /// Relative to the site; `None` for a document of which nothing is published yet.
    address: Option<&'a str>,
    version: String,
    effective: String,
    changes: Option<&'a str>,
    /// Whether it is the first version.
    first: bool,
    provisional: bool,
}

pub(super) fn home(site: &Site<'_, '_>) -> Page {
    let edition = site.edition;
    let handbook = edition.handbook;
    let count = |tier| edition.entries.values().filter(|entry| entry.document.tier == tier).count();
    let mut recent: Vec<(Date, ChangeView<'_>)> = edition
        .entries
        .iter()
        .filter_map(|(id, entry)| Some((id, entry.approval?)))
        .filter(|(_, approval)| approval.effective <= edition.date)
        .map(|(id, approval)| (approval.effective, change(site, id, approval)))
        .collect();
    // Of one day, what changed under people's hands comes before what is new.
    recent.sort_by_key(|(day, change)| (std::cmp::Reverse(*day), change.first));
    recent.truncate(RECENT);
    let mut upcoming: Vec<(Date, ChangeView<'_>)> = handbook
        .ledgers
        .keys()
        .flat_map(|id| handbook.status_on(id, edition.date).pending.into_iter().map(move |approval| (id, approval)))
        .filter(|(_, approval)| approval.approved_on <= edition.date)
        .map(|(id, approval)| (approval.effective, change(site, id, approval)))
        .collect();
    upcoming.sort_by_key(|(day, _)| *day);
    let page = HomePage {
        tiers: Tier::ALL
            .into_iter()
            .filter(|tier| is_kept(site.edition, list_address(*tier)))
            .map(|tier| TierView { tier, address: list_address(tier), count: count(tier) })
            .collect(),
        recent: recent.into_iter().map(|(_, change)| change).collect(),
        upcoming: upcoming.into_iter().map(|(_, change)| change).collect(),
        drafts: site.index.links.values().filter(|link| link.draft).collect(),
        documents: edition.entries.len(),
        roles: handbook.roles.len(),
        terms: handbook.terms.len(),
        controls: crate::standard::controls().len(),
        quizzes: handbook.registers.quizzes.len(),
        covered: site.index.controls.len(),
    };
    Page::new("home.html", "home", page)
}

fn change<'a>(site: &'a Site<'_, '_>, id: &DocumentId, approval: &'a LedgerEntry<Approval>) -> ChangeView<'a> {
    let (number, title) = name(site, id, approval);
    let ledger = site.edition.handbook.ledgers.get(id);
    let first = ledger.is_some_and(|ledger| ledger.past.is_empty() && ledger.approvals.first() == Some(approval));
    ChangeView {
        number,
        title,
        address: site.index.links.get(id).map(|link| link.address.as_str()),
        version: approval.version.to_string(),
        effective: approval.effective.to_string(),
        changes: approval.changes.as_deref(),
        first,
        provisional: approval.kind == ApprovalKind::Provisional,
    }
}

/// Number and title of the wording that an approval is about; its id where that wording cannot be found.
fn name(site: &Site<'_, '_>, id: &DocumentId, approval: &LedgerEntry<Approval>) -> (String, String) {
    let handbook = site.edition.handbook;
    let document = handbook.approved_version(id, approval).map(|version| version.document);
    match document {
        Some(document) => (document.number().to_owned(), document.title().to_owned()),
        None => match site.index.links.get(id) {
            Some(link) => (link.number.clone(), link.title.clone()),
            None => (id.to_string(), String::new()),
        },
    }
}

/// The page for addresses that lead nowhere. It may be shown at any address, so its links start at the root.
pub(super) fn not_found(site: &Site<'_, '_>) -> Page {
    Page { root: base_path(&site.edition.handbook.config), ..Page::new("404.html", "", ()) }
}
