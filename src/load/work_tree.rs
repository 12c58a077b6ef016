//! The files of a handbook as they lie in its folder.
#![expect(clippy::disallowed_methods, reason = "this reads the disk")]

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{ATTACHMENT_LIMIT, CONFIG_FILE, Entry, EntryKind, Files, is_near_root};

/// The working tree below a root.
#[derive(Debug, Clone)]
pub struct WorkTree {
    root: PathBuf,
}

impl WorkTree {
    /// Files below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The nearest folder at or above `start` that holds `kitei.toml`, be it a file or a link, which [`load`] refuses.
    pub fn find_root(start: &Path) -> Option<PathBuf> {
        let marks = |data: std::fs::Metadata| data.is_file() || data.is_symlink();
        start
            .ancestors()
            .find(|folder| std::fs::symlink_metadata(folder.join(CONFIG_FILE)).is_ok_and(marks))
            .map(Path::to_owned)
    }

    /// What stands in the way to a folder. A link in any part of its path leads out of what the organisation keeps in
    /// the repository.
    fn obstacle(&self, folder: &str) -> Option<Entry> {
        let mut path = String::new();
        for part in folder.split('/') {
            path = if path.is_empty() { part.to_owned() } else { format!("{path}/{part}") };
            let kind = match std::fs::symlink_metadata(self.root.join(&path)) {
                Ok(data) if data.is_symlink() => EntryKind::SymbolicLink,
                Ok(data) if !data.is_dir() => EntryKind::NotAFolder,
                Ok(_) => continue,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
                Err(error) => EntryKind::Unreadable(error.to_string()),
            };
            return Some(Entry { path, kind });
        }
        None
    }

    fn entry(&self, found: &walkdir::DirEntry) -> Option<Entry> {
        let relative = found.path().strip_prefix(&self.root).ok()?;
        let path = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let kind = found.file_type();
        if kind.is_symlink() {
            return Some(Entry { path, kind: EntryKind::SymbolicLink });
        }
        if kind.is_dir() {
            return None;
        }
        if !kind.is_file() {
            return Some(Entry { path, kind: EntryKind::Special });
        }
        let kind = match found.metadata() {
            Ok(data) => EntryKind::File(data.len()),
            Err(error) => EntryKind::Unreadable(error.to_string()),
        };
        Some(Entry { path, kind })
    }
}

impl Files for WorkTree {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let start = self.root.join(folder);
        if let Some(obstacle) = self.obstacle(folder) {
            return vec![obstacle];
        }
        if !start.is_dir() {
            return Vec::new();
        }
        let mut entries = Vec::new();
        for found in walkdir::WalkDir::new(&start).follow_links(false).sort_by_file_name() {
            match found {
                Ok(found) => entries.extend(self.entry(&found)),
                Err(error) => {
                    let path = error.path().and_then(|p| p.strip_prefix(&self.root).ok()).unwrap_or(Path::new(folder));
                    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    entries.push(Entry {
                        path: path.to_string_lossy().replace('\\', "/"),
                        kind: EntryKind::Unreadable(reason),
                    });
                }
            }
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        // A file may be endless or grow meanwhile; whoever asks sees that there is more than is ever read.
        let mut bytes = Vec::new();
        std::fs::File::open(self.root.join(path))
            .and_then(|file| file.take(ATTACHMENT_LIMIT + 1).read_to_end(&mut bytes))
            .map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    fn exists(&self, path: &str) -> bool {
        let inside = path.rsplit_once('/').is_none_or(|(folder, _)| self.obstacle(folder).is_none());
        inside && std::fs::symlink_metadata(self.root.join(path)).is_ok_and(|data| data.is_file())
    }

    fn markdown_near_root(&self) -> Vec<String> {
        let hidden =
            |found: &walkdir::DirEntry| found.depth() > 0 && found.file_name().to_string_lossy().starts_with('.');
        let walk = walkdir::WalkDir::new(&self.root).max_depth(2).sort_by_file_name().into_iter();
        let files = walk.filter_entry(|found| !hidden(found)).flatten().filter(|found| found.file_type().is_file());
        let mut paths: Vec<String> = files.filter_map(|found| Some(self.entry(&found)?.path)).collect();
        paths.retain(|path| is_near_root(path));
        paths.sort();
        paths
    }
}
