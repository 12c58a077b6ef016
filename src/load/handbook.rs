//! What a handbook is made of: its configuration says where documents, records and ledgers lie, and all of them are read.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{ATTACHMENT_LIMIT, CONFIG_FILE, Entry, EntryKind, Files, TEXT_LIMIT};
use crate::locale::{Arg, Text};
use crate::model::config::Config;
use crate::model::document::Tier;
use crate::parse::{self, Problem, ProblemKind};
use crate::source::{FileId, Place, SourceDb, Span};

/// The folder of approved copies, below that of the records.
pub const APPROVED_FOLDER: &str = "approved";

/// Where the forges look for `CODEOWNERS`.
const CODEOWNERS: [&str; 4] = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

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

/// A text in the folder of approved copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyFile {
    /// Its text.
    pub file: FileId,
    /// Path from the root.
    pub path: String,
    /// The folder that holds it: what the copy is of.
    pub subject: String,
    /// Its name in that folder.
    pub name: String,
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
    /// TOML files of the records folder outside `ledger/` and `approved/`: file and path.
    pub records: Vec<(FileId, String)>,
    /// Texts of `approved/`, by path; pictures and attachments of copies are among the attachments.
    pub copies: Vec<CopyFile>,
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
        copies: Vec::new(),
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
    let approved_folder = format!("{records}/{APPROVED_FOLDER}/");
    let records_folder = format!("{records}/");
    let is_text = |path: &str| {
        let beside_copy = path.strip_prefix(&approved_folder).is_some_and(|rest| rest.contains("/files/"));
        !beside_copy && (path.ends_with(".md") || path.ends_with(".toml"))
    };
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
        } else if let Some(rest) = entry.path.strip_prefix(&approved_folder) {
            let (subject, name) = rest.split_once('/').unwrap_or(("", rest));
            let (subject, name) = (subject.to_owned(), name.to_owned());
            loaded.copies.push(CopyFile { file, path: entry.path, subject, name });
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
