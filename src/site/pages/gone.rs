//! The page that stays at the address of a retired document: since when it is no longer in force, what took its place,
//! and which versions there were. Nothing of its text, which stands on the pages that compare two versions alone.

use serde::Serialize;

use super::Page;
use super::changes::comparison;
use crate::changelog::published;
use crate::model::id::DocumentId;
use crate::site::Site;

#[derive(Serialize)]
struct GonePage {
    number: String,
    title: String,
    since: String,
    successors: Vec<Successor>,
    versions: Vec<Version>,
}

#[derive(Serialize)]
struct Successor {
    number: String,
    title: String,
    /// Relative to the site; `None` where nothing is published under its id.
    address: Option<String>,
}

/// A version that was in force, or is to be again.
#[derive(Serialize)]
struct Version {
    version: String,
    effective: String,
    changes: Option<String>,
    /// Address of the comparison with the version before, relative to the site.
    compare: Option<String>,
    pending: bool,
}

/// Its address, relative to the site: the one that the document had.
pub(in crate::site) fn address(id: &DocumentId) -> String {
    format!("documents/{id}.html")
}

/// The page of a retired document.
pub(in crate::site) fn gone(site: &Site<'_, '_>, id: &DocumentId) -> Page {
    let handbook = site.edition.handbook;
    let retirement = handbook.status_on(id, site.edition.date).retired;
    let (number, title) = name(site, id);
    let page = GonePage {
        number,
        title,
        since: retirement.map(|retirement| retirement.effective.to_string()).unwrap_or_default(),
        successors: retirement
            .into_iter()
            .flat_map(|retirement| &retirement.replaced_by)
            .map(|named| successor(site, named))
            .collect(),
        versions: versions(site, id),
    };
    Page { root: "../".to_owned(), ..Page::new("gone.html", "", page) }
}

/// Number and title of the last approved wording, or what is known of it.
fn name(site: &Site<'_, '_>, id: &DocumentId) -> (String, String) {
    let versions = published(site.edition.handbook, id, site.edition.date);
    match versions.iter().rev().find_map(|version| version.text) {
        Some(text) => (text.document.number().to_owned(), text.document.title().to_owned()),
        None => (id.to_string(), String::new()),
    }
}

/// All versions that were decided by the date of the edition, newest first.
fn versions(site: &Site<'_, '_>, id: &DocumentId) -> Vec<Version> {
    let date = site.edition.date;
    let approved =
        published(site.edition.handbook, id, date).into_iter().rev().map(|known| known.approval).map(|approval| {
            Version {
                version: approval.version.to_string(),
                effective: approval.effective.to_string(),
                changes: approval.changes.clone(),
                compare: comparison(site, id, approval),
                pending: approval.effective > date,
            }
        });
    let ledger = site.edition.handbook.ledgers.get(id);
    let past = ledger.into_iter().flat_map(|ledger| ledger.past.iter().rev()).map(|past| Version {
        version: past.version.to_string(),
        effective: past.effective.to_string(),
        changes: past.changes.clone(),
        compare: None,
        pending: false,
    });
    approved.chain(past).collect()
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
    match id.filter(|id| site.edition.retired().any(|retired| retired == id)) {
        Some(id) => {
            let (number, title) = name(site, &id);
            Successor { number, title, address: Some(address(&id)) }
        }
        None => Successor { number: written.to_owned(), title: String::new(), address: None },
    }
}
