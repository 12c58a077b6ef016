//! What a change comes to before it is merged: who gets other powers, what has to be approved by whom, what has to be
//! read again, which citations now read otherwise, and which findings come and go.
//!
//! Stands behind two handbooks, the one before and the one after the change, both resolved for the same date. Pure:
//! reads no files and no history, and writes nothing.

mod approval;
mod authority;
mod citations;
mod coverage;
mod documents;
mod findings;
pub mod markdown;
mod settings;
mod suspects;
pub mod watched;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::check::Report;
use crate::handbook::Handbook;
use crate::history::Authors;
use crate::locale::Catalogue;
use crate::model::id::DocumentId;

pub use approval::{ApprovalChange, Eligible, Need, Step};
pub use authority::{Area, AuthorityChange};
pub use citations::{CitationChange, CitationKind, CitedBy};
pub use coverage::{CoverageChange, SoaChange};
pub use documents::{DocumentChange, DocumentKind, Standing};
pub use findings::{Finding, Findings};
pub use suspects::{SuspectChange, When};
use watched::Watched;

/// Raised only when a field changes its meaning; a field that is added raises nothing.
pub const SCHEMA: u32 = 1;

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It is gone.
    Removed,
}

impl Change {
    fn key(self) -> &'static str {
        match self {
            Self::Added => "impact-added",
            Self::Changed => "impact-changed",
            Self::Removed => "impact-removed",
        }
    }

    /// What became of something that was there before or is there now.
    fn of<T: PartialEq>(old: Option<&T>, new: Option<&T>) -> Option<Self> {
        match (old, new) {
            (None, Some(_)) => Some(Self::Added),
            (Some(_), None) => Some(Self::Removed),
            (Some(old), Some(new)) if old != new => Some(Self::Changed),
            _ => None,
        }
    }
}

/// One side of a change.
#[derive(Debug)]
pub struct Side<'h> {
    /// The handbook.
    pub handbook: &'h Handbook,
    /// Its findings; none where there was no handbook before.
    pub report: Option<&'h Report>,
    /// Files beside the handbook that decide what happens to it.
    pub watched: &'h Watched,
    /// Which revision it is.
    pub revision: Revision,
}

/// A revision, as typed and as a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// As typed.
    pub name: String,
    /// Its commit; none for the working tree.
    pub commit: Option<String>,
}

/// What the history between both sides tells beside them.
#[derive(Debug, Clone, Default)]
pub struct Between {
    /// How many commits of the base are not in the head: the change was begun before them.
    pub behind: usize,
    /// Mail addresses of those who wrote the changes of each path.
    pub authors: Authors,
}

/// Another file of the handbook that changed: a register, an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileChange {
    /// Path from the root.
    pub path: String,
    /// What became of it.
    pub change: Change,
}

/// What a change comes to. The field names are a contract; see `docs/impact.md`.
#[derive(Debug, Serialize)]
pub struct Impact {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The date by which both sides were judged.
    pub as_of: Date,
    /// Where the change begins: the newest commit that both revisions have.
    pub base: Revision,
    /// What it comes to.
    pub head: Revision,
    /// How many commits of the base the head does not have.
    pub behind: usize,
    /// What decides who may decide.
    pub authority: Vec<AuthorityChange>,
    /// Documents that changed, by id.
    pub documents: Vec<DocumentChange>,
    /// Documents that have to be read again.
    pub suspects: Vec<SuspectChange>,
    /// Controls of Annex A that other documents cover than before.
    pub coverage: Vec<CoverageChange>,
    /// Decisions of the statement of applicability.
    pub soa: Vec<SoaChange>,
    /// Places that others cite and that are called otherwise now.
    pub citations: Vec<CitationChange>,
    /// Findings that came and went.
    pub findings: Findings,
    /// Registers and attachments that changed.
    pub files: Vec<FileChange>,
}

impl Impact {
    /// Compares two sides.
    pub fn new(base: &Side<'_>, head: &Side<'_>, between: &Between, catalogue: &Catalogue) -> Self {
        let documents = documents::changes(base.handbook, head.handbook, between, catalogue);
        Self {
            schema: SCHEMA,
            as_of: head.handbook.today,
            base: base.revision.clone(),
            head: head.revision.clone(),
            behind: between.behind,
            authority: authority::changes(base, head, catalogue),
            suspects: suspects::changes(base.handbook, head.handbook, &documents),
            coverage: coverage::controls(base.handbook, head.handbook),
            soa: coverage::decisions(base.handbook, head.handbook, catalogue),
            citations: citations::changes(base.handbook, head.handbook, catalogue),
            findings: findings::changes(base, head, catalogue),
            files: files(base.handbook, head.handbook),
            documents,
        }
    }

    /// Whether nothing changed that the handbook knows of.
    pub fn is_empty(&self) -> bool {
        self.authority.is_empty()
            && self.documents.is_empty()
            && self.files.is_empty()
            && self.findings.new.is_empty()
            && self.findings.gone.is_empty()
    }

    /// Documents that somebody has to approve.
    pub fn to_approve(&self) -> impl Iterator<Item = (&DocumentChange, &ApprovalChange)> {
        let needed = |document| -> Option<(&DocumentChange, &ApprovalChange)> {
            let document: &DocumentChange = document;
            Some((document, document.approval.as_ref().filter(|approval| approval.need == Need::Needed)?))
        };
        self.documents.iter().filter_map(needed)
    }

    /// Documents whose readers have to be told: a new version, a document that is gone.
    pub fn to_announce(&self) -> impl Iterator<Item = &DocumentChange> {
        self.documents.iter().filter(|document| document.announce)
    }
}

/// The id of a document as its own text writes it.
fn stated_id(handbook: &Handbook, id: &DocumentId) -> String {
    handbook.document(id).and_then(|document| document.id()).unwrap_or(id).to_string()
}

/// Registers and attachments whose content changed. Texts that other sections tell of are left out.
fn files(base: &Handbook, head: &Handbook) -> Vec<FileChange> {
    let register = |handbook: &Handbook| -> BTreeMap<String, String> {
        let own = ["roles.toml", "people.toml"].map(|name| format!("{}/{name}", handbook.config.records_path));
        let records = handbook.records.iter().map(|record| record.path.clone());
        let rows = handbook.register_set.files().map(|file| handbook.sources.file(file).path().to_owned());
        let terms = [format!("{}/terms.toml", handbook.config.records_path)];
        let texts = records.chain(rows).chain(terms).filter(|path| !own.contains(path)).filter_map(|path| {
            let file = handbook.sources.by_path(&path)?;
            Some((path, handbook.sources.file(file).text().to_owned()))
        });
        let hashes = handbook
            .attachments
            .iter()
            .map(|(path, hash)| (path.clone(), hash.as_ref().map(|file| file.sha256.clone()).unwrap_or_default()));
        texts.chain(hashes).collect()
    };
    let (old, new) = (register(base), register(head));
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |path: &String| {
        let change = match (old.get(path), new.get(path)) {
            // An attachment that nothing points at on one side was not read there.
            (Some(old), Some(new)) if old.is_empty() != new.is_empty() => None,
            (old, new) => Change::of(old, new),
        };
        change.map(|change| FileChange { path: path.clone(), change })
    };
    paths.into_iter().filter_map(change).collect()
}
