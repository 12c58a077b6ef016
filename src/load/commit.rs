//! The files of a handbook as a commit holds them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Entry, EntryKind, Files, is_near_root};
use crate::history::{BlobId, CommitId, HistoryError, Repository, TreeEntryKind};

/// The files of one commit.
pub struct CommitTree {
    repository: Arc<Repository>,
    commit: CommitId,
    /// What stands at each path, and the name of its bytes.
    entries: BTreeMap<String, (EntryKind, BlobId)>,
}

impl CommitTree {
    /// Files of `commit`, below the handbook's root.
    ///
    /// # Errors
    /// Where the commit's trees cannot be read.
    pub fn new(repository: Arc<Repository>, commit: CommitId) -> Result<Self, HistoryError> {
        let entries = repository
            .list_files(commit)?
            .into_iter()
            .map(|entry| {
                let kind = match entry.kind {
                    TreeEntryKind::File => EntryKind::File(0),
                    TreeEntryKind::Symlink => EntryKind::SymbolicLink,
                    TreeEntryKind::Submodule | TreeEntryKind::Unnameable => {
                        EntryKind::Unreadable(format!("{:?}", entry.kind))
                    }
                };
                (entry.path, (kind, entry.blob))
            })
            .collect();
        Ok(Self { repository, commit, entries })
    }
}

impl Files for CommitTree {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let mut ways = folder.match_indices('/').map(|(at, _)| &folder[..at]).chain([folder]);
        if let Some((path, (kind, _))) = ways.find_map(|way| self.entries.get_key_value(way)) {
            let kind = if matches!(kind, EntryKind::File(_)) { EntryKind::NotAFolder } else { kind.clone() };
            return vec![Entry { path: path.clone(), kind }];
        }
        let prefix = format!("{folder}/");
        self.entries
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .map(|(path, (kind, _))| Entry { path: path.clone(), kind: kind.clone() })
            .collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match self.entries.get(path) {
            // Git's own words; the frame around them is ours.
            Some((EntryKind::File(_), blob)) => self.repository.read_blob(*blob).map_err(|error| error.to_string()),
            _ => Err(format!("not in commit {}", self.commit)),
        }
    }

    fn exists(&self, path: &str) -> bool {
        matches!(self.entries.get(path), Some((EntryKind::File(_), _)))
    }

    fn markdown_near_root(&self) -> Vec<String> {
        let files = self.entries.iter().filter(|(_, (kind, _))| matches!(kind, EntryKind::File(_)));
        files.map(|(path, _)| path).filter(|path| is_near_root(path)).cloned().collect()
    }
}
