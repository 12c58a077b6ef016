//! The page that stays at the address of a retired document: since when it is no longer in force, and what took its
//! place. Nothing of its text.

use serde::Serialize;

use super::Page;
use crate::handbook::edition::LeftOut;
use crate::model::id::DocumentId;
use crate::site::Site;
use crate::site::index::number;

#[derive(Serialize)]
struct GonePage {
    number: String,
    title: String,
    since: String,
    successors: Vec<Successor>,
}

#[derive(Serialize)]
struct Successor {
    number: String,
    title: String,
    /// Relative to the site; `None` where nothing is published under its id.
    address: Option<String>,
}

/// Retired documents of which no newer version is in force.
pub(in crate::site) fn ids<'a>(site: &'a Site<'_, '_>) -> impl Iterator<Item = &'a DocumentId> {
    site.edition.left_out.iter().filter(|(_, why)| **why == LeftOut::Retired).map(|(id, _)| id)
}

/// Its page.
pub(in crate::site) fn gone(site: &Site<'_, '_>, id: &DocumentId) -> Page {
    let handbook = site.edition.handbook;
    let retirement = handbook.standing_on(id, site.edition.date).retired;
    let (number, title) = name(site, id);
    let page = GonePage {
        number,
        title,
        since: retirement.map(|retirement| retirement.effective.to_string()).unwrap_or_default(),
        successors: retirement
            .into_iter()
            .flat_map(|retirement| &retirement.replaced_by)
            .map(|named| successor(site, &named.value))
            .collect(),
    };
    Page { root: "../".to_owned(), ..Page::new("gone.html", "", page) }
}

/// Number and title of the last approved wording, or what is known of it.
fn name(site: &Site<'_, '_>, id: &DocumentId) -> (String, String) {
    let handbook = site.edition.handbook;
    let last = handbook.ledgers.get(id).and_then(|ledger| ledger.approvals.last());
    let entry = last.and_then(|approval| handbook.approved_entry(id, approval));
    match entry.map(|entry| entry.document).or_else(|| handbook.document(id)) {
        Some(document) => (number(document).to_owned(), document.title().to_owned()),
        None => (id.to_string(), String::new()),
    }
}

fn successor(site: &Site<'_, '_>, written: &str) -> Successor {
    let id = DocumentId::parse(written);
    if let Some(link) = id.as_ref().and_then(|id| site.index.links.get(id)) {
        return Successor {
            number: link.number.clone(),
            title: link.title.clone(),
            address: Some(link.address.clone()),
        };
    }
    // The successor may be retired itself, and then names its own.
    match id.filter(|id| site.edition.left_out.get(id) == Some(&LeftOut::Retired)) {
        Some(id) => {
            let (number, title) = name(site, &id);
            Successor { number, title, address: Some(format!("documents/{id}.html")) }
        }
        None => Successor { number: written.to_owned(), title: String::new(), address: None },
    }
}
