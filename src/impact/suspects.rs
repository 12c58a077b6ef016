//! Documents that have to be read again because what they implement changes in substance.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::approval::{Need, Step};
use super::documents::DocumentChange;
use super::stated_id;
use crate::handbook::Handbook;
use crate::model::id::{DocumentId, Version};

/// From when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// On the date by which the change is judged.
    Now,
    /// On the 施行日 of an approval that is recorded.
    Later,
    /// As soon as the new version is approved and in force.
    Approval,
}

/// A document that has to be read again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SuspectChange {
    /// The document above, which changes.
    pub above: String,
    /// Its new version.
    pub version: String,
    /// The document to be read again.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Role that answers for it.
    pub owner: Option<String>,
    /// The version above that it was read against.
    pub read: String,
    /// From when on.
    pub when: When,
    /// That day, where it is known.
    pub on: Option<Date>,
}

/// Every document that becomes suspect by the change and is not revised with it.
pub(super) fn changes(base: &Handbook, head: &Handbook, documents: &[DocumentChange]) -> Vec<SuspectChange> {
    let revised = |id: &DocumentId| {
        let own = documents.iter().find(|document| DocumentId::parse(&document.id).as_ref() == Some(id));
        own.and_then(|own| own.approval.as_ref()).is_some_and(|approval| approval.need == Need::Needed)
    };
    let mut coming: BTreeMap<DocumentId, (Version, When, Option<Date>)> = BTreeMap::new();
    for document in documents {
        let Some(id) = DocumentId::parse(&document.id) else { continue };
        let Some(approval) = &document.approval else { continue };
        let Some(version) = Version::parse(&approval.version) else { continue };
        let when = match (approval.need, approval.effective) {
            (Need::Needed, _) if approval.step != Some(Step::Minor) => (When::Approval, None),
            (Need::Recorded, Some(day)) if day > head.today => (When::Later, Some(day)),
            _ => continue,
        };
        coming.insert(id, (version, when.0, when.1));
    }
    let mut found = Vec::new();
    for id in head.ledgers.keys().filter(|id| !revised(id)) {
        let before = base.suspects(id);
        let told = |above: &DocumentId, read: Version, version: Version, when, on| SuspectChange {
            above: stated_id(head, above),
            version: version.to_string(),
            id: stated_id(head, id),
            title: head.published_or_tree(id).map(|document| document.title().to_owned()).unwrap_or_default(),
            owner: head
                .published_or_tree(id)
                .and_then(|document| Some(head.role_name(&document.front.owner.as_ref()?.value).to_owned())),
            read: read.to_string(),
            when,
            on,
        };
        for suspect in head.suspects(id).into_iter().filter(|suspect| !before.contains(suspect)) {
            found.push(told(&suspect.id, suspect.read, suspect.in_force, When::Now, None));
        }
        for (above, read) in head.read_against(id) {
            if let Some((version, when, on)) = coming.get(&above).filter(|(version, ..)| version.major > read.major) {
                found.push(told(&above, read, *version, *when, *on));
            }
        }
    }
    found.sort_by_key(|suspect| (DocumentId::parse(&suspect.above), DocumentId::parse(&suspect.id)));
    found
}
