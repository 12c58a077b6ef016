//! The files of a handbook as a commit holds them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Entry, EntryKind, Files, is_near_root};
use crate::history::{CommitId, HistoryError, Repository, TreeEntryKind};

/// The files of one commit.
pub struct CommitTree {
    repository: Arc<Repository>,
    commit: CommitId,
    entries: BTreeMap<String, EntryKind>,
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
                (entry.path, kind)
            })
            .collect();
        Ok(Self { repository, commit, entries })
    }
}

impl Files for CommitTree {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let mut ways = folder.match_indices('/').map(|(at, _)| &folder[..at]).chain([folder]);
        if let Some((path, kind)) = ways.find_map(|way| self.entries.get_key_value(way)) {
            let kind = if matches!(kind, EntryKind::File(_)) { EntryKind::NotAFolder } else { kind.clone() };
            return vec![Entry { path: path.clone(), kind }];
        }
        let prefix = format!("{folder}/");
        self.entries
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .map(|(path, kind)| Entry { path: path.clone(), kind: kind.clone() })
            .collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match self.repository.read(self.commit, path) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(format!("not in commit {}", self.commit)),
            // Git's own words; the frame around them is ours.
            Err(error) => Err(error.to_string()),
        }
    }

    fn exists(&self, path: &str) -> bool {
        matches!(self.entries.get(path), Some(EntryKind::File(_)))
    }

    fn markdown_near_root(&self) -> Vec<String> {
        let files = self.entries.iter().filter(|(_, kind)| matches!(kind, EntryKind::File(_)));
        files.map(|(path, _)| path).filter(|path| is_near_root(path)).cloned().collect()
    }
}
