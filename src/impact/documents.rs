//! Documents that a change touches: old and new version and state, what differs, what has to be approved, who has to
//! be told.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::approval::{self, ApprovalChange, Need};
use super::{Between, stated_id};
use crate::changelog::{ChangelogItem, items};
use crate::compare::table::{Layout, Subject, Table};
use crate::compare::{Comparison, text};
use crate::handbook::Handbook;
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::ledger::lifecycle::State;
use crate::ledger::validate::InForce;
use crate::locale::{Catalogue, Text};
use crate::model::document::{Document, Tier};
use crate::model::id::DocumentId;
use crate::parse::entries::entries;

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// It is new.
    Added,
    /// Its approved copy differs.
    Changed,
    /// Only what needs no approval differs.
    Particulars,
    /// It lies elsewhere and is the same.
    Moved,
    /// Only its ledger differs.
    Ledger,
    /// Its file is gone.
    Removed,
}

impl DocumentKind {
    /// Its name, as a catalogue key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Added => "impact-document-added",
            Self::Changed => "impact-document-changed",
            Self::Particulars => "impact-document-particulars",
            Self::Moved => "impact-document-moved",
            Self::Ledger => "impact-document-ledger",
            Self::Removed => "impact-document-removed",
        }
    }
}

/// Where a document stands on one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Version of the tree's text.
    pub version: Option<String>,
    /// State by the ledger.
    pub state: State,
    /// Version in force on the date.
    pub in_force: Option<String>,
    /// Versions that come into force later, with their 施行日.
    pub pending: Vec<(String, Date)>,
}

/// A role that has to know a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audience {
    /// Role id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One document.
#[derive(Debug, Serialize)]
pub struct DocumentChange {
    /// Its id.
    pub id: String,
    /// 文書番号.
    pub number: String,
    /// Title after the change; before it where the document is gone.
    pub title: String,
    /// Its tier.
    pub tier: Tier,
    /// Path from the root; before the change where the document is gone.
    pub path: String,
    /// Path before the change, where it differs.
    pub moved_from: Option<String>,
    /// What became of it.
    pub kind: DocumentKind,
    /// Before the change.
    pub old: Option<Standing>,
    /// After the change.
    pub new: Option<Standing>,
    /// What differs, in words.
    pub items: Vec<ChangelogItem>,
    /// What has to be approved; none where nothing has.
    pub approval: Option<ApprovalChange>,
    /// Whether its readers have to be told.
    pub announce: bool,
    /// Roles that have to know it; everyone where empty.
    pub audience: Vec<Audience>,
    /// The versions to name to `kitei compare`, where two texts can be compared by name.
    pub compare: Option<(String, String)>,
    /// Both wordings side by side.
    #[serde(skip)]
    pub table: Option<Table>,
}

/// Every document that differs, by id.
pub(super) fn changes(
    base: &Handbook,
    head: &Handbook,
    between: &Between,
    catalogue: &Catalogue,
) -> Vec<DocumentChange> {
    let ids: BTreeSet<&DocumentId> = [base, head]
        .into_iter()
        .flat_map(|handbook| handbook.by_id().map(|(id, _)| id).chain(handbook.ledgers.keys()))
        .collect();
    let touched: Vec<(&DocumentId, DocumentKind)> =
        ids.into_iter().filter_map(|id| Some((id, kind(base, head, id)?))).collect();
    // What is approved together is read against each other's new versions.
    let known: Vec<InForce> = touched
        .iter()
        .filter_map(|(id, _)| {
            let version = head.document(id)?.front.version.as_ref()?.value;
            let newest = head.status(id).newest.map(|approval| approval.version);
            newest.is_none_or(|newest| newest < version).then(|| ((*id).clone(), head.today, version))
        })
        .collect();
    let editions = (Edition::preview(base), Edition::preview(head));
    let one = |(id, kind): (&DocumentId, DocumentKind)| change(&editions, id, kind, between, &known, catalogue);
    touched.into_iter().map(one).collect()
}

fn kind(base: &Handbook, head: &Handbook, id: &DocumentId) -> Option<DocumentKind> {
    let source = |handbook: &Handbook| {
        let document = handbook.document(id)?;
        Some((document.path.clone(), handbook.sources.file(document.file).text().to_owned()))
    };
    let digest = |handbook: &Handbook| handbook.index(id).and_then(|index| handbook.digests[index]);
    match (source(base), source(head)) {
        (None, Some(_)) => Some(DocumentKind::Added),
        (Some(_), None) => Some(DocumentKind::Removed),
        (Some(_), Some(_)) if digest(base) != digest(head) && !same_text(base, head, id) => Some(DocumentKind::Changed),
        (Some(old), Some(new)) if old.1 != new.1 => Some(DocumentKind::Particulars),
        (Some(old), Some(new)) if old.0 != new.0 => Some(DocumentKind::Moved),
        _ => {
            let said = |handbook: &Handbook| {
                let ledger = handbook.ledgers.get(id)?;
                let found = entries(handbook.sources.file(ledger.file).text())?;
                Some(found.into_iter().map(|(entry, _)| entry).collect::<Vec<_>>())
            };
            let exists = |handbook: &Handbook| handbook.ledgers.contains_key(id);
            (exists(base) != exists(head) || said(base) != said(head)).then_some(DocumentKind::Ledger)
        }
    }
}

/// Whether a document reads the same under the same settings: a default that changed is told with the settings.
fn same_text(base: &Handbook, head: &Handbook, id: &DocumentId) -> bool {
    let (Some(old), Some(new)) = (base.index(id), head.index(id)) else { return false };
    let in_effect = base.config.in_effect(base.documents[old].tier);
    let digest = base.digest_under(old, &in_effect);
    digest.is_some() && digest == head.digest_under(new, &in_effect)
}

fn standing(handbook: &Handbook, id: &DocumentId) -> Option<Standing> {
    let document = handbook.document(id);
    if document.is_none() && !handbook.ledgers.contains_key(id) {
        return None;
    }
    let standing = handbook.status(id);
    Some(Standing {
        version: document.and_then(|document| Some(document.front.version.as_ref()?.value.to_string())),
        state: standing.state(),
        in_force: standing.in_force.map(|approval| approval.version.to_string()),
        pending: standing.pending.iter().map(|a| (a.version.to_string(), a.effective)).collect(),
    })
}

fn change(
    (old, new): &(Edition<'_>, Edition<'_>),
    id: &DocumentId,
    kind: DocumentKind,
    between: &Between,
    known: &[InForce],
    catalogue: &Catalogue,
) -> DocumentChange {
    let (base, head) = (old.handbook, new.handbook);
    let (before, after) = (base.document(id), head.document(id));
    let named = after.or(before).or_else(|| head.published(id)).or_else(|| base.published(id));
    let comparison = before.zip(after).map(|(before, after)| {
        let units = |edition: &Edition<'_>, document: &Document| {
            text::units(edition, &PublishedVersion { document, approval: None, copy: None }, catalogue)
        };
        Comparison::of_units(&units(old, before), &units(new, after))
    });
    let comparison = comparison.filter(|comparison| !comparison.is_empty());
    let (stood, stands) = (standing(base, id), standing(head, id));
    let approval = matches!(kind, DocumentKind::Added | DocumentKind::Changed | DocumentKind::Ledger)
        .then(|| approval::of_document((base, head), id, between, known, catalogue))
        .flatten();
    let retired = stands.as_ref().is_some_and(|stands| stands.state == State::Retired)
        && stood.as_ref().is_some_and(|stood| stood.state != State::Retired);
    let comes = approval.as_ref().is_some_and(|approval| matches!(approval.need, Need::Needed | Need::Recorded));
    let audience = named.into_iter().flat_map(|document| &document.front.audience);
    let path = |document: Option<&Document>| document.map(|document| document.path.clone());
    DocumentChange {
        id: stated_id(if after.is_some() { head } else { base }, id),
        number: named.map_or_else(|| id.to_string(), |document| document.number().to_owned()),
        title: named.map(|document| document.title().to_owned()).unwrap_or_default(),
        tier: named.map_or(Tier::Policy, |document| document.tier),
        path: path(after).or(path(before)).unwrap_or_default(),
        moved_from: path(before).filter(|before| path(after).is_some_and(|after| after != *before)),
        kind,
        items: comparison.as_ref().map(|comparison| items(comparison, catalogue)).unwrap_or_default(),
        announce: comes || retired,
        audience: audience
            .map(|role| Audience { id: role.value.clone(), name: head.role_name(&role.value).to_owned() })
            .collect(),
        compare: stands
            .as_ref()
            .and_then(|stands| Some((stands.in_force.clone()?, stands.version.clone()?)))
            .filter(|(in_force, version)| in_force != version),
        table: comparison.map(|comparison| {
            let named = |standing: &Option<Standing>| {
                let version = standing.as_ref().and_then(|standing| standing.version.clone()).unwrap_or_default();
                catalogue.text(&Text::new("site-version").arg("version", version))
            };
            let subject = Subject {
                language: catalogue.language(),
                title: String::new(),
                old: named(&stood),
                new: named(&stands),
            };
            Table::new(&comparison, &subject, Layout::default(), catalogue)
        }),
        old: stood,
        new: stands,
        approval,
    }
}
