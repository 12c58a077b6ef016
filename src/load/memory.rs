//! The files of a handbook that exist nowhere but in memory.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, EntryKind, Files, is_near_root};

/// Files that exist in memory only: starters, examples of rule pages, tests.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Vec<u8>>,
    links: BTreeSet<String>,
}

impl MemoryFiles {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// Gives the files away, by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files
    }

    /// Adds a symbolic link, which leads nowhere since it is never followed.
    pub fn insert_link(&mut self, path: impl Into<String>) {
        self.links.insert(path.into());
    }
}

impl Files for MemoryFiles {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let prefix = format!("{folder}/");
        let files = self.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let links = self.links.range(prefix.clone()..).take_while(|path| path.starts_with(&prefix));
        let mut entries: Vec<Entry> = files
            .map(|(path, content)| Entry { path: path.clone(), kind: EntryKind::File(content.len() as u64) })
            .chain(links.map(|path| Entry { path: path.clone(), kind: EntryKind::SymbolicLink }))
            .collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.get(path).cloned().ok_or_else(|| "no such file".to_owned())
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn markdown_near_root(&self) -> Vec<String> {
        self.files.keys().filter(|path| is_near_root(path)).cloned().collect()
    }
}
