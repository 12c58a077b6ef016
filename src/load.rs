//! The only reader of the disk: files of a handbook → [`Loaded`], from the working tree or from a commit.
//!
//! Nothing outside the root is read: symbolic links are reported and never followed. Any bytes are accepted; what
//! cannot be text is reported as a [`Problem`] and left out. Must not judge content.
#![expect(clippy::disallowed_methods, reason = "this is the reader of the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::history::{CommitId, HistoryError, Repository, TreeEntryKind};
use crate::locale::{Arg, Text};
use crate::model::config::Config;
use crate::model::document::Tier;
use crate::parse::{self, Problem, ProblemKind};
use crate::source::{FileId, Place, SourceDb, Span};

/// The configuration's file name, which marks the root of a handbook.
pub const CONFIG_FILE: &str = "kitei.toml";

/// Where the forges look for `CODEOWNERS`.
const CODEOWNERS: [&str; 4] = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// Largest text that is read, in bytes. A regulation of a thousand pages stays far below.
pub const TEXT_LIMIT: u64 = 8 << 20;

/// Largest attachment that is read, in bytes.
pub const ATTACHMENT_LIMIT: u64 = 64 << 20;

/// A path without links, as seen from `start`; `None` where nothing stands there.
pub fn absolute(start: &Path, path: &Path) -> Option<PathBuf> {
    start.join(path).canonicalize().ok()
}

/// Reads a table that a person names, from anywhere: UTF-8 with or without a byte order mark.
///
/// # Errors
/// The operating system's words, or where it stops being UTF-8.
pub fn read_table(path: &Path) -> Result<String, Text> {
    let size = std::fs::metadata(path).map(|data| data.len());
    let bytes = size.and_then(|size| if size > TEXT_LIMIT { Ok(None) } else { std::fs::read(path).map(Some) });
    let bytes = bytes.map_err(|error| Text::new("csv-io").arg("error", error.to_string()))?;
    let bytes = bytes.ok_or_else(|| Text::new("csv-too-large"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        Text::new("csv-not-utf8").arg("line", valid.iter().filter(|byte| **byte == b'\n').count() + 1)
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// A pack of evidence as it was found.
#[derive(Debug)]
pub enum FoundPack {
    /// The files of a folder by path, and what lies there that is no file.
    Folder(BTreeMap<String, Vec<u8>>, Vec<String>),
    /// The bytes of an archive.
    Archive(Vec<u8>),
}

/// Reads a pack that a person names, from anywhere. Links in it are not followed.
///
/// # Errors
/// The operating system's words, or that there is more than `limit` bytes.
pub fn read_pack(path: &Path, limit: u64) -> Result<FoundPack, Text> {
    let failed = |error: &dyn std::fmt::Display| {
        Text::new("verify-unreadable").arg("path", path.display().to_string()).arg("reason", error.to_string())
    };
    let mut left = limit;
    let mut read = |path: &Path| {
        let mut bytes = Vec::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(left + 1).read_to_end(&mut bytes))
            .map_err(|error| failed(&error))?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| Text::new("verify-archive-too-large"))?;
        Ok::<_, Text>(bytes)
    };
    let data = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if data.is_file() {
        return read(path).map(FoundPack::Archive);
    }
    if !data.is_dir() {
        return Err(failed(&"-"));
    }
    let (mut files, mut strange) = (BTreeMap::new(), Vec::new());
    for found in walkdir::WalkDir::new(path).min_depth(1).follow_links(false).sort_by_file_name() {
        let found = found.map_err(|error| failed(&error))?;
        let relative = found.path().strip_prefix(path).unwrap_or(found.path());
        let name = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if found.file_type().is_file() {
            files.insert(name, read(found.path())?);
        } else if !found.file_type().is_dir() {
            strange.push(name);
        }
    }
    Ok(FoundPack::Folder(files, strange))
}

/// Reads a text that a person names, from anywhere.
///
/// # Errors
/// The operating system's words, or that it is no text.
pub fn read_named(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > TEXT_LIMIT {
        return Err(format!("> {TEXT_LIMIT}"));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

/// One entry of a folder, found but not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path from the root, with `/`.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What an [`Entry`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file of so many bytes.
    File(u64),
    /// A symbolic link.
    SymbolicLink,
    /// A pipe, a socket or a device.
    Special,
    /// Anything but a folder where a folder is configured.
    NotAFolder,
    /// Cannot be listed; the operating system's reason.
    Unreadable(String),
}

/// Where files come from.
pub trait Files: Sync {
    /// Everything below a folder that is no folder, sorted by path; nothing where the folder does not exist. What
    /// stands in the way to the folder is told in its place.
    fn list(&self, folder: &str) -> Vec<Entry>;
    /// A file's bytes; the reason where it cannot be read.
    ///
    /// # Errors
    /// The operating system's or git's words.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
    /// Whether a regular file stands at a path.
    fn exists(&self, path: &str) -> bool;
    /// Markdown files at the root and in the folders right below it, hidden ones apart, by path: where a document is
    /// saved by mistake. None where the source cannot tell.
    fn markdown_near_root(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Whether [`Files::markdown_near_root`] tells of a path.
fn is_near_root(path: &str) -> bool {
    path.ends_with(".md") && !path.starts_with('.') && path.bytes().filter(|byte| *byte == b'/').count() <= 1
}

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

/// A Markdown file in a tier's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFile {
    /// Its text.
    pub file: FileId,
    /// Path from the root.
    pub path: String,
    /// The tier whose folder holds it.
    pub tier: Tier,
}

/// Everything read, nothing parsed but the configuration.
#[derive(Debug)]
pub struct Loaded {
    /// All texts.
    pub sources: SourceDb,
    /// `kitei.toml`.
    pub config: Config,
    /// Documents, by path.
    pub documents: Vec<DocumentFile>,
    /// TOML files of the records folder outside `ledger/`: file and path.
    pub records: Vec<(FileId, String)>,
    /// TOML files of `ledger/`: file and path.
    pub ledgers: Vec<(FileId, String)>,
    /// Other files beside documents, which links may point at.
    pub attachments: Vec<String>,
    /// The organisation's own files under `site/`: path below `site/` and content.
    pub site: BTreeMap<String, Vec<u8>>,
    /// `CODEOWNERS`, wherever a forge would find it.
    pub codeowners: Vec<FileId>,
    /// Faults met while reading.
    pub problems: Vec<Problem>,
}

/// Reads a handbook.
///
/// # Errors
/// Where there is no readable `kitei.toml`, without which nothing else can be found: the reason.
pub fn load(files: &dyn Files) -> Result<Loaded, Arg> {
    let mut sources = SourceDb::default();
    let mut problems = Vec::new();
    if !files.exists(CONFIG_FILE) {
        return Err(Text::new("config-no-file").into());
    }
    let bytes = files.read(CONFIG_FILE)?;
    let (config_file, good) = add_text(&mut sources, &mut problems, CONFIG_FILE, Ok(bytes));
    let text = if good { sources.file(config_file).text().to_owned() } else { String::new() };
    let (config, config_problems) = parse::config::config(config_file, &text);
    problems.extend(config_problems);

    let mut loaded = Loaded {
        sources,
        documents: Vec::new(),
        records: Vec::new(),
        ledgers: Vec::new(),
        attachments: Vec::new(),
        site: BTreeMap::new(),
        codeowners: Vec::new(),
        problems,
        config,
    };
    let mut folders: Vec<String> = Tier::ALL.iter().map(|tier| loaded.config.folder(*tier).to_owned()).collect();
    folders.sort();
    folders.dedup();
    let mut entries: Vec<Entry> = folders.iter().flat_map(|folder| files.list(folder)).collect();
    let records = loaded.config.records_path.clone();
    entries.extend(files.list(&records));
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries.dedup();

    let ledger_folder = format!("{records}/ledger/");
    let records_folder = format!("{records}/");
    let is_text = |path: &str| path.ends_with(".md") || path.ends_with(".toml");
    let contents: Vec<Option<Result<Vec<u8>, ProblemKind>>> = entries
        .par_iter()
        .map(|entry| match &entry.kind {
            EntryKind::File(_) if entry.path == ledger_folder.trim_end_matches('/') => {
                Some(Err(ProblemKind::NotAFolder))
            }
            EntryKind::File(_) if !is_text(&entry.path) => None,
            EntryKind::File(bytes) if *bytes > TEXT_LIMIT => {
                Some(Err(ProblemKind::TooLarge { bytes: *bytes, limit: TEXT_LIMIT }))
            }
            EntryKind::File(_) => Some(files.read(&entry.path).map_err(ProblemKind::Unreadable)),
            other => fault(other).map(Err),
        })
        .collect();
    for (entry, content) in entries.into_iter().zip(contents) {
        let Some(content) = content else {
            loaded.attachments.push(entry.path);
            continue;
        };
        let (file, good) = add_text(&mut loaded.sources, &mut loaded.problems, &entry.path, content);
        if !good {
            continue;
        }
        if entry.path.starts_with(&ledger_folder) && entry.path.ends_with(".toml") {
            loaded.ledgers.push((file, entry.path));
        } else if entry.path.starts_with(&records_folder) && entry.path.ends_with(".toml") {
            loaded.records.push((file, entry.path));
        } else if let Some(tier) = loaded.config.tier_of(&entry.path).filter(|_| entry.path.ends_with(".md")) {
            loaded.documents.push(DocumentFile { file, path: entry.path, tier });
        } else {
            loaded.attachments.push(entry.path);
        }
    }
    find_misplaced(files, &mut loaded);
    for path in CODEOWNERS.into_iter().filter(|path| files.exists(path)) {
        let content = files.read(path).map_err(ProblemKind::Unreadable);
        let (file, good) = add_text(&mut loaded.sources, &mut loaded.problems, path, content);
        loaded.codeowners.extend(good.then_some(file));
    }
    for entry in files.list("site") {
        let content = match fault(&entry.kind) {
            Some(kind) => Err(kind),
            None => files.read(&entry.path).map_err(ProblemKind::Unreadable),
        };
        match (content, entry.path.strip_prefix("site/")) {
            (Ok(bytes), Some(name)) if bytes.len() as u64 <= ATTACHMENT_LIMIT => {
                loaded.site.insert(name.to_owned(), bytes);
            }
            (content, _) => {
                let bytes = content.as_ref().map_or(0, |bytes| bytes.len() as u64);
                let kind = content.err().unwrap_or(ProblemKind::TooLarge { bytes, limit: ATTACHMENT_LIMIT });
                add_text(&mut loaded.sources, &mut loaded.problems, &entry.path, Err(kind));
            }
        }
    }
    Ok(loaded)
}

/// Documents that stand where no tier looks for them: text with an `id` in its front matter, outside every tier's folder.
fn find_misplaced(files: &dyn Files, loaded: &mut Loaded) {
    for path in files.markdown_near_root() {
        if loaded.config.tier_of(&path).is_some() {
            continue;
        }
        let Ok(bytes) = files.read(&path) else { continue };
        let Some(id) = parse::front_matter::id_in(&bytes).filter(|_| bytes.len() as u64 <= TEXT_LIMIT) else {
            continue;
        };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let file = loaded.sources.by_path(&path).unwrap_or_else(|| loaded.sources.add(&path, text));
        loaded
            .problems
            .push(Problem { kind: ProblemKind::Misplaced { id }, place: Place { file, span: Span::default() } });
    }
}

/// Why an entry is not read; `None` for a file.
fn fault(kind: &EntryKind) -> Option<ProblemKind> {
    match kind {
        EntryKind::File(_) => None,
        EntryKind::SymbolicLink => Some(ProblemKind::SymbolicLink),
        EntryKind::Special => Some(ProblemKind::Special),
        EntryKind::NotAFolder => Some(ProblemKind::NotAFolder),
        EntryKind::Unreadable(reason) => Some(ProblemKind::Unreadable(reason.clone())),
    }
}

/// Adds a text, or an empty one in its place; tells whether it can be parsed.
fn add_text(
    sources: &mut SourceDb,
    problems: &mut Vec<Problem>,
    path: &str,
    content: Result<Vec<u8>, ProblemKind>,
) -> (FileId, bool) {
    let (text, fault) = match content {
        Ok(bytes) if bytes.len() as u64 > TEXT_LIMIT => {
            (String::new(), Some(ProblemKind::TooLarge { bytes: bytes.len() as u64, limit: TEXT_LIMIT }))
        }
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(ProblemKind::NotUtf8(valid)))
            }
        },
        Err(kind) => (String::new(), Some(kind)),
    };
    let good = fault.is_none();
    let file = sources.add(path, text);
    if let Some(kind) = fault {
        let at = if let ProblemKind::NotUtf8(valid) = kind { valid } else { 0 };
        problems.push(Problem { kind, place: Place { file, span: Span::new(at, at) } });
    }
    (file, good)
}
