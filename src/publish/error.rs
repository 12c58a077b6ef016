//! Why something was not written, and the words for it.

use std::io;
use std::path::{Path, PathBuf};

use crate::locale::Text;

/// Why something was not written. Whatever it is, the last good state stands.
#[derive(Debug)]
pub enum PublishError {
    /// The path of an artifact cannot be written or served everywhere.
    BadPath {
        /// The path.
        path: String,
    },
    /// Two artifacts would be the same file or folder on a file system without case.
    PathTaken {
        /// The later path.
        path: String,
        /// The earlier one.
        other: String,
    },
    /// The artifacts lack the record by which a later run recognises the folder as ours.
    NoRecord,
    /// The folder to replace is the repository or lies above it.
    AboveRoot {
        /// The folder.
        out: PathBuf,
    },
    /// What is to be written lies in a folder that the handbook is read from.
    InSource {
        /// The path.
        out: PathBuf,
        /// The folder, from the root.
        folder: String,
    },
    /// What is to be replaced is a file or a link, or no path of a folder.
    NotAFolder {
        /// The path.
        out: PathBuf,
    },
    /// The folder to replace has content that is not an earlier build.
    Foreign {
        /// The folder.
        out: PathBuf,
    },
    /// The folder for evidence, which replaces nothing, has content.
    Occupied {
        /// The folder.
        out: PathBuf,
    },
    /// The folder to replace holds a git repository.
    HoldsRepository {
        /// The folder.
        out: PathBuf,
    },
    /// The folder to fill for the first time has content and is no git repository.
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// Git refused.
    Git {
        /// The folder.
        path: PathBuf,
        /// What git says.
        reason: String,
    },
    /// Another run is working on the same folder or file.
    Busy {
        /// The folder or file.
        out: PathBuf,
    },
    /// The file is no longer what the caller has read.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The file was to be new and there is one.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file to write is a link, a folder or something else that is not a file.
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The system refused.
    Io {
        /// What was tried.
        action: Action,
        /// On which file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// What the system was asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Look at something.
    Read,
    /// Create, write, flush or remove something.
    Write,
    /// Put the new in the place of the old.
    Replace,
}

impl PublishError {
    /// The message.
    pub fn text(&self) -> Text {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::BadPath { path } => Text::new("publish-bad-path").arg("path", path),
            Self::PathTaken { path, other } => Text::new("publish-path-taken").arg("path", path).arg("other", other),
            Self::NoRecord => Text::new("publish-no-record"),
            Self::AboveRoot { out } => Text::new("publish-above-root").arg("path", shown(out)),
            Self::InSource { out, folder } => {
                Text::new("publish-in-source").arg("path", shown(out)).arg("folder", folder)
            }
            Self::NotAFolder { out } => Text::new("publish-not-a-folder").arg("path", shown(out)),
            Self::Foreign { out } => Text::new("publish-foreign").arg("path", shown(out)),
            Self::Occupied { out } => Text::new("publish-occupied").arg("path", shown(out)),
            Self::HoldsRepository { out } => Text::new("publish-holds-repository").arg("path", shown(out)),
            Self::NotEmpty { path } => Text::new("publish-not-empty").arg("path", shown(path)),
            Self::Git { path, reason } => Text::new("publish-git").arg("path", shown(path)).arg("error", reason),
            Self::Busy { out } => Text::new("publish-busy").arg("path", shown(out)),
            Self::Changed { path } => Text::new("publish-changed").arg("path", shown(path)),
            Self::Exists { path } => Text::new("publish-exists").arg("path", shown(path)),
            Self::NotAFile { path } => Text::new("publish-not-a-file").arg("path", shown(path)),
            Self::Io { action, path, error } => {
                let key = match action {
                    Action::Read => "publish-cannot-read",
                    Action::Write => "publish-cannot-write",
                    // A folder on which a file system is mounted cannot be moved.
                    Action::Replace if error.kind() == io::ErrorKind::ResourceBusy => "publish-mount-point",
                    Action::Replace => "publish-cannot-replace",
                };
                Text::new(key).arg("path", shown(path)).arg("error", error.to_string())
            }
        }
    }
}

/// Turns an error of the system into ours.
pub(super) fn on(action: Action, path: &Path) -> impl Fn(io::Error) -> PublishError {
    move |error| PublishError::Io { action, path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Catalogue, Language};

    #[test]
    fn every_error_has_words_in_both_languages() {
        let (path, out) = (PathBuf::from("a/b"), PathBuf::from("a/b"));
        let io = |action, kind| PublishError::Io { action, path: "a/b".into(), error: io::Error::from(kind) };
        let errors = [
            PublishError::BadPath { path: "a/b".into() },
            PublishError::PathTaken { path: "a/b".into(), other: "A/B".into() },
            PublishError::NoRecord,
            PublishError::AboveRoot { out: out.clone() },
            PublishError::InSource { out: out.clone(), folder: "site".to_owned() },
            PublishError::NotAFolder { out: out.clone() },
            PublishError::Foreign { out: out.clone() },
            PublishError::Occupied { out: out.clone() },
            PublishError::HoldsRepository { out: out.clone() },
            PublishError::NotEmpty { path: path.clone() },
            PublishError::Git { path: path.clone(), reason: "x".into() },
            PublishError::Busy { out },
            PublishError::Changed { path: path.clone() },
            PublishError::Exists { path: path.clone() },
            PublishError::NotAFile { path },
            io(Action::Read, io::ErrorKind::PermissionDenied),
            io(Action::Write, io::ErrorKind::StorageFull),
            io(Action::Replace, io::ErrorKind::PermissionDenied),
            io(Action::Replace, io::ErrorKind::ResourceBusy),
        ];
        for catalogue in Language::ALL.map(Catalogue::new) {
            for error in &errors {
                let words = catalogue.text(&error.text());
                assert_ne!(words, error.text().key());
                assert!(words.contains("a/b") || matches!(error, PublishError::NoRecord), "{words}");
            }
        }
    }
}
