//! Approved copies as the tree of one commit holds them: found by id and version, held against the digest that the ledger
//! keeps, read when something first asks for them. Must not judge who decided, and reads nothing of history.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::Handbook;
use super::version::PublishedVersion;
use crate::approved_copy::{self, CopiedDocument, CopyDigest, Refusal};
use crate::ledger::{Approval, LedgerEntry};
use crate::load::CopyFile;
use crate::model::document::{Document, Implementation};
use crate::model::id::{DocumentId, Version};
use crate::source::{FileId, SourceDb, Span, Spanned};

/// One approved copy of a document.
#[derive(Debug)]
pub struct StoredCopy {
    /// Its text.
    pub file: FileId,
    /// Where it lies.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub digest: CopyDigest,
    /// How far the controls are that its document decides on, by number.
    states: States,
    read: OnceLock<Result<Box<CopiedDocument>, Vec<Refusal>>>,
}

impl StoredCopy {
    /// Its whole text.
    pub fn text<'s>(&self, sources: &'s SourceDb) -> &'s str {
        sources.file(self.file).text()
    }

    /// The copy as read.
    ///
    /// # Errors
    /// Where it is not letter by letter an approved copy.
    pub fn read(&self, sources: &SourceDb) -> Result<&CopiedDocument, &[Refusal]> {
        let read = || {
            let copy = approved_copy::read(self.file, &self.path, self.text(sources))?;
            Ok(Box::new(with_states(with_in_effect(copy), &self.states)))
        };
        self.read.get_or_init(read).as_ref().map(Box::as_ref).map_err(Vec::as_slice)
    }
}

/// A copy whose document states what was in effect: label and interval are those of its approval, whatever the tier gives by
/// now.
fn with_in_effect(mut copy: CopiedDocument) -> CopiedDocument {
    let front = &mut copy.document.front;
    let label = || copy.in_effect.classification.clone().map(|label| Spanned::new(label, Span::default()));
    front.classification = front.classification.take().or_else(label);
    let interval = || copy.in_effect.review_every.map(|interval| Spanned::new(interval, Span::default()));
    front.review_every = front.review_every.take().or_else(interval);
    copy
}

/// States of implementation by control, which change without an approval and stand in the tree alone.
type States = Arc<BTreeMap<String, Spanned<Implementation>>>;

fn states(document: &Document) -> States {
    let states = document
        .front
        .soa
        .iter()
        .filter_map(|decision| Some((decision.control.value.clone(), decision.implementation.clone()?)));
    Arc::new(states.collect())
}

fn with_states(mut copy: CopiedDocument, states: &States) -> CopiedDocument {
    for decision in &mut copy.document.front.soa {
        decision.implementation = states.get(&decision.control.value).cloned();
    }
    copy
}

/// Every approved copy of a handbook's documents.
#[derive(Debug, Default)]
pub struct Copies {
    known: BTreeMap<DocumentId, BTreeMap<Version, StoredCopy>>,
    /// Files of the folder that are named as no approved copy is.
    pub misnamed: Vec<FileId>,
}

impl Copies {
    /// Finds the copies among the files of their folder. Their texts are only hashed.
    pub(super) fn of(files: &[CopyFile], documents: &[Document], sources: &SourceDb) -> Self {
        let known: BTreeMap<&DocumentId, States> =
            documents.iter().filter_map(|document| Some((document.id()?, states(document)))).collect();
        let digests: Vec<CopyDigest> =
            files.par_iter().map(|copy| CopyDigest::of(sources.file(copy.file).text().as_bytes())).collect();
        let mut copies = Self::default();
        for (CopyFile { file, path, subject, name }, digest) in files.iter().zip(digests) {
            let id = DocumentId::parse(subject).filter(|id| id.as_str() == subject);
            let version = name.strip_suffix(".md").and_then(Version::parse);
            match (id, version) {
                (Some(id), Some(version)) if format!("{version}.md") == *name => {
                    let states = known.get(&id).cloned().unwrap_or_default();
                    let copy = StoredCopy { file: *file, path: path.clone(), digest, states, read: OnceLock::new() };
                    copies.known.entry(id).or_default().insert(version, copy);
                }
                _ => copies.misnamed.push(*file),
            }
        }
        copies
    }

    /// The copy of a version.
    pub fn get(&self, id: &DocumentId, version: Version) -> Option<&StoredCopy> {
        self.known.get(id)?.get(&version)
    }

    /// The copy that an approval is of: its version, and letter by letter what the ledger says.
    pub fn of_approval(&self, id: &DocumentId, approval: &Approval) -> Option<&StoredCopy> {
        self.get(id, approval.version).filter(|copy| copy.digest == approval.digest)
    }

    /// Every copy, by id and version.
    pub fn all(&self) -> impl Iterator<Item = (&DocumentId, Version, &StoredCopy)> {
        self.known.iter().flat_map(|(id, copies)| copies.iter().map(move |(version, copy)| (id, *version, copy)))
    }

    /// Keeps the copies that `keep` picks, each changed by `change`.
    pub(super) fn redacted(
        self,
        sources: &SourceDb,
        keep: impl Fn(&DocumentId, CopyDigest) -> bool,
        change: impl Fn(CopiedDocument) -> CopiedDocument,
    ) -> Self {
        let mut kept = Self::default();
        for (id, copies) in self.known {
            for (version, copy) in copies {
                if !keep(&id, copy.digest) {
                    continue;
                }
                let Ok(read) = copy.read(sources) else { continue };
                let read = OnceLock::from(Ok(Box::new(change(read.clone()))));
                kept.known.entry(id.clone()).or_default().insert(version, StoredCopy { read, ..copy });
            }
        }
        kept
    }
}

impl Handbook {
    /// The text of an approval, from its copy; `None` where there is no copy, or another one than was approved, or one that
    /// cannot be read.
    pub fn approved_version<'h>(
        &'h self,
        id: &DocumentId,
        approval: &'h LedgerEntry<Approval>,
    ) -> Option<PublishedVersion<'h>> {
        let copy = self.copies.of_approval(id, approval)?;
        let document = &copy.read(&self.sources).ok()?.document;
        Some(PublishedVersion { document, approval: Some(approval), copy: Some(copy) })
    }

    /// The same for judging it: where the tree still holds what was approved, the tree's own text, so that findings point
    /// into the file that somebody can edit.
    pub fn judged_version<'h>(
        &'h self,
        id: &DocumentId,
        approval: &'h LedgerEntry<Approval>,
    ) -> Option<PublishedVersion<'h>> {
        let copied = self.approved_version(id, approval)?;
        match self.index(id).filter(|index| self.digests[*index] == Some(approval.digest)) {
            Some(index) => {
                Some(PublishedVersion { document: &self.documents[index], approval: Some(approval), copy: None })
            }
            None => Some(copied),
        }
    }

    /// Where the text of a published version can be read in the repository: the document's own file where it is still the
    /// same, else its approved copy.
    pub fn source_path<'h>(&'h self, id: &DocumentId, version: &PublishedVersion<'h>) -> &'h str {
        let same = |index: &usize| version.approval.is_some_and(|a| self.digests[*index] == Some(a.digest));
        let own = self.index(id).filter(same).map(|index| &self.documents[index]);
        own.map_or(&version.document.path, |document| &document.path)
    }
}
