//! An edition: the wording of every document that is published for a date.
//!
//! The in-force edition takes each document's text by its ledger from its approved copy. The preview
//! edition shows the tree as it stands and marks what is not approved. References inside an edition resolve
//! against that same edition, so that a page never cites a number that its readers cannot see.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Handbook;
use super::links::{Link, Lookup, lookup, resolve_target};
use super::version::PublishedVersion;
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, LedgerEntry};
use crate::model::id::{DocumentId, Version};
use crate::model::reference::{Form, Fragment, Reference, Target};
use crate::paths;

/// A document that an edition leaves out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// Never approved, or approved for a later date.
    NotInForce,
    /// Retired.
    Retired,
    /// In force, and its approved copy is missing, another one, or cannot be read.
    TextMissing,
}

/// The published documents of a date.
#[derive(Debug)]
pub struct Edition<'h> {
    /// The handbook it is made from.
    pub handbook: &'h Handbook,
    /// Its date.
    pub date: Date,
    /// Published documents.
    pub entries: BTreeMap<DocumentId, PublishedVersion<'h>>,
    /// Documents of the tree or ledger that are not published.
    pub left_out: BTreeMap<DocumentId, LeftOut>,
    /// Newer drafts in the tree of documents that are published in an older wording: id and draft version.
    pub drafts: BTreeMap<DocumentId, Version>,
    /// Whether it shows the tree instead of what is in force.
    pub preview: bool,
    /// Whether a text that stands in the tree as it was approved is the tree's, so that findings point into its file.
    judged: bool,
}

/// Where a reference leads inside an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A published document, and a place in it.
    Document(DocumentId, Option<Fragment>),
    /// A document that is not published: its title where known.
    Unpublished(String),
    /// Anything that is no document.
    Other(Link),
}

impl Handbook {
    /// Days after the handbook's date on which the published set changes, as far as the ledger knows, each with the
    /// documents that it changes: a 施行日 or a retirement.
    pub fn days_ahead(&self) -> BTreeMap<Date, BTreeSet<&DocumentId>> {
        let mut days: BTreeMap<Date, BTreeSet<&DocumentId>> = BTreeMap::new();
        for (id, ledger) in &self.ledgers {
            let approvals = ledger.approvals.iter().map(|approval| approval.effective);
            let retirements = ledger.retirements.iter().map(|retirement| retirement.effective);
            for day in approvals.chain(retirements).filter(|day| *day > self.today) {
                days.entry(day).or_default().insert(id);
            }
        }
        days
    }
}

impl<'h> Edition<'h> {
    /// What is in force on the handbook's date.
    pub fn in_force(handbook: &'h Handbook) -> Self {
        Self::on(handbook, handbook.today)
    }

    /// What is in force on a date that is the handbook's or later.
    pub fn on(handbook: &'h Handbook, date: Date) -> Self {
        Self { judged: false, ..Self::empty(handbook, date, false) }.filled()
    }

    /// What is in force on the handbook's date, to be judged: see [`Handbook::judged_version`].
    pub fn judged(handbook: &'h Handbook) -> Self {
        Self { judged: true, ..Self::empty(handbook, handbook.today, false) }.filled()
    }

    fn filled(mut self) -> Self {
        let handbook = self.handbook;
        for id in handbook.by_id().map(|(id, _)| id).chain(handbook.ledgers.keys()) {
            self.place(id);
        }
        self
    }

    /// Moves on to a later day, on which the standing of only these documents changes; see
    /// [`Handbook::days_ahead`].
    pub fn move_to<'i>(&mut self, date: Date, ids: impl IntoIterator<Item = &'i DocumentId>) {
        self.date = date;
        for id in ids {
            self.entries.remove(id);
            self.left_out.remove(id);
            self.drafts.remove(id);
            self.place(id);
        }
    }

    /// Takes a document in, or notes why it is left out.
    fn place(&mut self, id: &DocumentId) {
        if self.entries.contains_key(id) || self.left_out.contains_key(id) {
            return;
        }
        let handbook = self.handbook;
        let standing = handbook.status_on(id, self.date);
        match (standing.in_force, standing.retired) {
            (Some(approval), _) => match self.version(id, approval) {
                Some(entry) => {
                    self.entries.insert(id.clone(), entry);
                    self.note_draft(id, &standing);
                }
                None => {
                    self.left_out.insert(id.clone(), LeftOut::TextMissing);
                }
            },
            (None, Some(_)) => {
                self.left_out.insert(id.clone(), LeftOut::Retired);
            }
            (None, None) => {
                self.left_out.insert(id.clone(), LeftOut::NotInForce);
                self.note_draft(id, &standing);
            }
        }
    }

    fn version(&self, id: &DocumentId, approval: &'h LedgerEntry<Approval>) -> Option<PublishedVersion<'h>> {
        match self.judged {
            true => self.handbook.judged_version(id, approval),
            false => self.handbook.approved_version(id, approval),
        }
    }

    /// The tree as it stands, approved or not.
    pub fn preview(handbook: &'h Handbook) -> Self {
        let mut edition = Self::empty(handbook, handbook.today, true);
        for (id, document) in handbook.by_id() {
            let standing = handbook.status(id);
            if standing.retired.is_some() {
                edition.left_out.insert(id.clone(), LeftOut::Retired);
                continue;
            }
            let digest = handbook.index(id).and_then(|index| handbook.digests[index]);
            let approval = standing
                .in_force
                .into_iter()
                .chain(standing.pending.iter().copied())
                .find(|approval| Some(approval.digest) == digest);
            edition.entries.insert(id.clone(), PublishedVersion { document, approval, copy: None });
            edition.note_draft(id, &standing);
        }
        // Their files may have gone from the tree; what is told of them stays.
        for (id, ledger) in &handbook.ledgers {
            if !edition.entries.contains_key(id) && DocumentStatus::on(ledger, edition.date).retired.is_some() {
                edition.left_out.insert(id.clone(), LeftOut::Retired);
            }
        }
        edition
    }

    /// Retired documents of which no newer version is in force.
    pub fn retired(&self) -> impl Iterator<Item = &DocumentId> {
        self.left_out.iter().filter(|(_, why)| **why == LeftOut::Retired).map(|(id, _)| id)
    }

    fn empty(handbook: &'h Handbook, date: Date, preview: bool) -> Self {
        let (entries, left_out, drafts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { handbook, date, entries, left_out, drafts, preview, judged: false }
    }

    fn note_draft(&mut self, id: &DocumentId, standing: &DocumentStatus<'_>) {
        let in_tree = self.handbook.document(id).and_then(|document| document.front.version.as_ref());
        if let Some(version) = in_tree
            && standing.newest.is_none_or(|newest| version.value > newest.version)
        {
            self.drafts.insert(id.clone(), version.value);
        }
    }

    /// Whether an entry is a draft: its text is approved by nothing.
    pub fn is_draft(&self, id: &DocumentId) -> bool {
        self.entries.get(id).is_some_and(|entry| entry.approval.is_none())
    }

    /// Where a reference of one of the edition's documents leads.
    pub fn destination(&self, entry: &PublishedVersion<'_>, reference: &Reference) -> Destination {
        let (id, fragment) = match &reference.target {
            Target::Path { path, fragment } if reference.form != Form::Image => {
                let Some(path) = paths::resolve(&entry.document.path, path) else {
                    return self.other(entry, reference);
                };
                let id = self.handbook.index_at(&path).and_then(|index| self.handbook.documents[index].id().cloned());
                let Some(id) = id else { return self.other(entry, reference) };
                let fragment =
                    fragment.as_ref().map(|anchor| Fragment { anchor: anchor.clone(), ..Fragment::default() });
                (id, fragment)
            }
            Target::Document { id: Some(id), fragment } => match DocumentId::parse(id) {
                Some(id) => (id, fragment.clone()),
                None => return self.other(entry, reference),
            },
            Target::Document { id: None, fragment } => match entry.document.id() {
                Some(id) => (id.clone(), fragment.clone()),
                None => return self.other(entry, reference),
            },
            _ => return self.other(entry, reference),
        };
        if entry.document.id() == Some(&id) {
            // A wording cites its own numbers, also where the edition shows another one.
            let fragment = fragment.filter(|f| lookup(&entry.document.outline, f) == Lookup::Found);
            return Destination::Document(id, fragment);
        }
        match self.entries.get_key_value(&id) {
            Some((id, target)) => {
                let fragment = fragment.filter(|f| lookup(&target.document.outline, f) == Lookup::Found);
                Destination::Document(id.clone(), fragment)
            }
            None => {
                let title = self.handbook.document(&id).map(|document| document.title().to_owned());
                Destination::Unpublished(title.unwrap_or_else(|| id.to_string()))
            }
        }
    }

    fn other(&self, entry: &PublishedVersion<'_>, reference: &Reference) -> Destination {
        Destination::Other(resolve_target(self.handbook, entry.document, reference))
    }
}
