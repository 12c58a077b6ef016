//! What a handbook asks of history: the texts that documents had, for evidence, and how its ledgers came about.
//!
//! [`GitHistory`](super::git_history::GitHistory) answers from a repository, [`NoHistory`] where there is none, and tests
//! from memory. Every snapshot has one from the start. Implementations must not judge; rules do that.

use std::sync::{Arc, OnceLock};

use super::authority::Provenance;
use super::recorded::{RecordHistory, Recorded};
use crate::approved_copy::PathMeaning;
use crate::history::{BlobId, CommitId, HistoryError, Obstacle, Timelines};
use crate::model::config::Config;
use crate::model::id::DocumentId;

/// A text of a document as some commit holds it.
pub struct HistoricalText<'p> {
    /// Hexadecimal id of the commit.
    pub commit: String,
    /// Path in that commit.
    pub path: String,
    /// The whole file.
    pub text: String,
    /// What paths mean in that commit.
    pub meaning: Box<dyn PathMeaning + 'p>,
}

/// The history of a handbook. Everything is read when it is first asked for.
pub trait HandbookHistory: Send + Sync {
    /// Every text that the document had in reachable history, newest first.
    fn texts(&self, id: &DocumentId) -> Box<dyn Iterator<Item = HistoricalText<'_>> + '_>;
    /// Why history may not hold everything, as a catalogue key; `None` where it is complete.
    fn incomplete(&self) -> Option<&'static str>;
    /// What could not be read of it while texts were looked for; `None` where everything could.
    fn failure(&self) -> Option<HistoryError> {
        None
    }
    /// The records along first parents; `None` where there is no history.
    fn recorded(&self) -> Option<Arc<RecordHistory>> {
        None
    }
    /// Why the records along first parents cannot be read; `None` where they can be, or where there is no history.
    fn unread(&self) -> Option<HistoryError> {
        None
    }
    /// Path and text of the document with an id at a commit. It is looked for at `path` first.
    fn document_at(&self, _commit: CommitId, _id: &DocumentId, _path: Option<&str>) -> Option<(String, String)> {
        None
    }
    /// The text under an id after each commit that changed it, newest first: the commit, and the text, or nothing where
    /// the commit removed it.
    fn bearers(&self, _id: &DocumentId) -> Vec<(String, Option<String>)> {
        Vec::new()
    }
    /// The text of some bytes; `None` where they are gone or no text.
    fn text(&self, _blob: BlobId) -> Option<String> {
        None
    }
    /// A commit's whole message.
    fn message(&self, _commit: CommitId) -> Option<String> {
        None
    }
    /// What hides a part of history, or shows another one than was recorded.
    fn obstacles(&self) -> Vec<Obstacle> {
        Vec::new()
    }
    /// The newest commit and its time.
    fn newest(&self) -> Option<Recorded> {
        None
    }
    /// Documents over time; `None` where there is no history.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    fn timelines(&self) -> Result<Option<&Timelines>, &HistoryError> {
        Ok(None)
    }
    /// Whether this is the history that ends in a commit, read by these settings and in the same way, so that another
    /// snapshot can share it.
    fn is_of(&self, _commit: CommitId, _config: &Config, _for_evidence: bool) -> bool {
        false
    }
}

/// No history at all: a folder outside git.
#[derive(Debug, Clone, Copy)]
pub struct NoHistory;

impl HandbookHistory for NoHistory {
    fn texts(&self, _: &DocumentId) -> Box<dyn Iterator<Item = HistoricalText<'_>> + '_> {
        Box::new(std::iter::empty())
    }
    fn incomplete(&self) -> Option<&'static str> {
        Some("history-none")
    }
}

/// A handbook's history, and what was made of it.
pub(super) struct HistoryHandle {
    pub(super) history: Arc<dyn HandbookHistory>,
    pub(super) provenance: OnceLock<Option<Provenance>>,
}

impl HistoryHandle {
    pub(super) fn new(history: Arc<dyn HandbookHistory>) -> Self {
        Self { history, provenance: OnceLock::new() }
    }
}

impl std::fmt::Debug for HistoryHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HistoryHandle").finish_non_exhaustive()
    }
}
