//! Why history could not be read. Every case is a message of the catalogue.

use std::fmt;
use std::path::{Path, PathBuf};

use super::CommitId;
use super::id::ObjectId;
use crate::locale::{Catalogue, Language, Text};

/// Why history could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryError {
    /// The repository belongs to another user and is not among git's `safe.directory` entries.
    NotTrusted {
        /// Its work tree; for a bare repository its git directory.
        path: PathBuf,
    },
    /// The repository names its objects by SHA-256.
    Sha256 {
        /// Its git directory.
        path: PathBuf,
    },
    /// The repository is marked as a partial clone in a way that libgit2 refuses.
    Partial {
        /// Its git directory.
        path: PathBuf,
    },
    /// The repository could not be opened.
    Open {
        /// What was to be opened.
        path: PathBuf,
        /// libgit2's or the system's own words.
        reason: String,
    },
    /// No commit goes by this name.
    UnknownRevision {
        /// The name as given.
        revision: String,
    },
    /// A commit that is not among those walked.
    NotInHistory {
        /// The commit.
        commit: CommitId,
    },
    /// An object is not in the repository: a damaged, shallow or partial clone.
    Missing {
        /// Its name, 40 hexadecimal digits.
        object: String,
    },
    /// An object is there and cannot be understood.
    Corrupt {
        /// Its name, 40 hexadecimal digits.
        object: String,
        /// What is wrong, for whoever repairs the repository.
        reason: String,
    },
}

impl HistoryError {
    /// The message.
    pub fn text(&self) -> Text {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::NotTrusted { path } => Text::new("history-not-trusted").arg("path", shown(path)),
            Self::Sha256 { path } => Text::new("history-sha256").arg("path", shown(path)),
            Self::Partial { path } => Text::new("history-partial").arg("path", shown(path)),
            Self::Open { path, reason } => {
                Text::new("history-open").arg("path", shown(path)).arg("reason", reason.as_str())
            }
            Self::UnknownRevision { revision } => {
                Text::new("history-unknown-revision").arg("revision", revision.as_str())
            }
            Self::NotInHistory { commit } => Text::new("history-not-in-history").arg("commit", commit.to_string()),
            Self::Missing { object } => Text::new("history-missing").arg("object", object.as_str()),
            Self::Corrupt { object, reason } => {
                Text::new("history-corrupt").arg("object", object.as_str()).arg("reason", reason.as_str())
            }
        }
    }

    pub(super) fn missing(id: ObjectId) -> Self {
        Self::Missing { object: id.to_string() }
    }

    pub(super) fn corrupt(id: ObjectId, reason: impl Into<String>) -> Self {
        Self::Corrupt { object: id.to_string(), reason: reason.into() }
    }
}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Catalogue::new(Language::En).text(&self.text()))
    }
}

impl std::error::Error for HistoryError {}
