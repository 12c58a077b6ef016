//! A handbook's history out of git: timelines of documents and the records along first parents, each read once and only
//! when something asks for it. Must not judge what it reads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::history::{HandbookHistory, HistoricalText};
use super::recorded::{RecordHistory, Recorded, records_path};
use crate::apart::apart;
use crate::approved_copy::{Attachment, FileAt, PathMeaning};
use crate::history::{BlobId, CommitId, HistoryError, Identify, Keep, Obstacle, Progress, Repository, Timelines};
use crate::load::CONFIG_FILE;
use crate::model::config::Config;
use crate::model::document::Tier;
use crate::model::id::DocumentId;
use crate::parse::front_matter;

/// The history of a handbook in a repository.
pub struct GitHistory {
    repository: Arc<Repository>,
    /// The commit from which history is read; none before the first commit.
    head: Option<CommitId>,
    folders: Vec<String>,
    records_path: String,
    timelines: OnceLock<Result<Timelines, HistoryError>>,
    records: OnceLock<Result<Option<Arc<RecordHistory>>, HistoryError>>,
    /// The first text that could not be read.
    failed: Mutex<Option<HistoryError>>,
    /// Whether every commit counts as shared, wherever the remote's default branch is.
    for_evidence: bool,
    progress: Box<dyn Progress + Send>,
    cache: Option<Box<dyn Keep + Send>>,
}

/// Tells documents apart by the `id` of their front matter.
#[derive(Debug, Clone, Copy)]
pub struct ByFrontMatter;

impl Identify for ByFrontMatter {
    fn id(&self, _: &str, bytes: &[u8]) -> Option<String> {
        front_matter::id_in(bytes)
    }

    fn name(&self) -> Option<&str> {
        Some("front matter")
    }
}

/// Folders of documents by a configuration.
fn document_folders(config: &Config) -> Vec<String> {
    let mut folders: Vec<String> = Tier::ALL.iter().map(|tier| config.folder(*tier).to_owned()).collect();
    folders.sort();
    folders.dedup();
    folders
}

impl GitHistory {
    /// History reachable from `head`, in the document folders of a configuration.
    pub fn new(
        repository: Arc<Repository>,
        head: Option<CommitId>,
        config: &Config,
        progress: Box<dyn Progress + Send>,
    ) -> Self {
        Self {
            repository,
            head,
            folders: document_folders(config),
            records_path: config.records_path.clone(),
            timelines: OnceLock::new(),
            records: OnceLock::new(),
            failed: Mutex::default(),
            for_evidence: false,
            progress,
            cache: None,
        }
    }

    /// The same, using what earlier runs have cached in the repository, and caching what this one reads.
    #[must_use]
    pub fn cached(self, cache: Box<dyn Keep + Send>) -> Self {
        Self { cache: Some(cache), ..self }
    }

    /// The same, read from objects alone, and every commit counts as shared: what evidence says depends on its commit
    /// alone, and not on what some clone has cached or knows of a remote.
    #[must_use]
    pub fn for_evidence(self) -> Self {
        Self { for_evidence: true, cache: None, ..self }
    }
}

impl HandbookHistory for GitHistory {
    fn texts(&self, id: &DocumentId) -> Box<dyn Iterator<Item = HistoricalText<'_>> + '_> {
        let timelines = match self.timelines() {
            Ok(timelines) => timelines,
            Err(error) => {
                self.note(error);
                None
            }
        };
        let Some(timelines) = timelines else { return Box::new(std::iter::empty()) };
        let repository = &self.repository;
        let revisions = timelines.revisions(&id.as_str().to_ascii_uppercase());
        Box::new(revisions.iter().filter_map(move |revision| {
            let path = revision.path.as_ref()?.to_string();
            let bytes = repository.read_blob(revision.blob?).inspect_err(|error| self.note(error));
            let text = String::from_utf8(bytes.ok()?).ok()?;
            let meaning = CommitMeaning { repository, timelines, commit: revision.commit };
            Some(HistoricalText { commit: revision.commit.to_string(), path, text, meaning: Box::new(meaning) })
        }))
    }

    fn incomplete(&self) -> Option<&'static str> {
        let repository = &self.repository;
        if repository.is_shallow() {
            return Some("history-shallow");
        }
        if repository.is_partial() {
            return Some("history-in-part");
        }
        self.failure().map(|_| "history-unreadable")
    }

    fn failure(&self) -> Option<HistoryError> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn recorded(&self) -> Option<Arc<RecordHistory>> {
        self.records().as_ref().ok().cloned().flatten()
    }

    fn text(&self, blob: BlobId) -> Option<String> {
        self.read_text(blob)
    }

    fn message(&self, commit: CommitId) -> Option<String> {
        self.repository.message(commit).ok()
    }

    fn obstacles(&self) -> Vec<Obstacle> {
        self.repository.obstacles()
    }

    fn unread(&self) -> Option<HistoryError> {
        self.records().as_ref().err().cloned()
    }

    fn newest(&self) -> Option<Recorded> {
        let commit = self.repository.commit_info(self.head?).ok()?;
        Some(Recorded { commit: commit.id, time: commit.committer.time, certain: true })
    }

    fn timelines(&self) -> Result<Option<&Timelines>, &HistoryError> {
        let Some(head) = self.head else { return Ok(None) };
        let (repository, folders, progress) = (&self.repository, &self.folders, self.progress.as_ref());
        let read = || match &self.cache {
            Some(cache) => Timelines::read_kept(repository, head, folders, &ByFrontMatter, progress, cache.as_ref()),
            None => Timelines::read(repository, head, folders, &ByFrontMatter, progress),
        };
        self.timelines.get_or_init(|| apart(read)).as_ref().map(Some)
    }

    fn is_of(&self, commit: CommitId, config: &Config, for_evidence: bool) -> bool {
        self.head == Some(commit)
            && self.for_evidence == for_evidence
            && self.records_path == config.records_path
            && self.folders == document_folders(config)
    }

    fn document_at(&self, commit: CommitId, id: &DocumentId, path: Option<&str>) -> Option<(String, String)> {
        let repository = &self.repository;
        let timelines = self.timelines().ok().flatten();
        let read = |path: &str| {
            let known = timelines.map(|timelines| timelines.document_at(repository, commit, path));
            let blob = match known {
                Some(Ok(found)) => found?.1,
                // A branch that cannot be read hides nothing of what this commit holds.
                _ => repository.blob_at(commit, path).ok().flatten()?,
            };
            let text = self.read_text(blob)?;
            let stated = front_matter::id_in(text.as_bytes()).and_then(|id| DocumentId::parse(&id));
            (stated.as_ref() == Some(id)).then(|| (path.to_owned(), text))
        };
        path.and_then(read).or_else(|| {
            let revisions = timelines?.revisions(&id.as_str().to_ascii_uppercase()).iter();
            let paths: BTreeSet<&str> = revisions.filter_map(|revision| revision.path.as_deref()).collect();
            paths.into_iter().find_map(read)
        })
    }

    fn bearers(&self, id: &DocumentId) -> Vec<(String, Option<String>)> {
        let Ok(Some(timelines)) = self.timelines() else { return Vec::new() };
        let revisions = timelines.revisions(&id.as_str().to_ascii_uppercase()).iter();
        revisions
            .map(|revision| (revision.commit.to_string(), revision.blob.and_then(|blob| self.read_text(blob))))
            .collect()
    }
}

impl GitHistory {
    fn read_text(&self, blob: BlobId) -> Option<String> {
        String::from_utf8(self.repository.read_blob(blob).ok()?).ok()
    }

    /// Remembers what could not be read, the first time.
    fn note(&self, error: &HistoryError) {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| error.clone());
    }

    fn records(&self) -> &Result<Option<Arc<RecordHistory>>, HistoryError> {
        self.records.get_or_init(|| apart(|| self.read_records()))
    }

    fn read_records(&self) -> Result<Option<Arc<RecordHistory>>, HistoryError> {
        let Some(head) = self.head else { return Ok(None) };
        let (repository, records) = (&self.repository, self.records_path.as_str());
        // An unreadable ledger is not an empty one. Of several, the same is reported at every run.
        let failed: Mutex<BTreeMap<String, HistoryError>> = Mutex::default();
        let blob = |id: BlobId| {
            let note = |error: &HistoryError| {
                let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                failed.insert(id.to_string(), error.clone());
            };
            repository.read_blob(id).inspect_err(note).ok()
        };
        let files = [CONFIG_FILE.to_owned()];
        let mut folders = vec![records.to_owned()];
        let mut line = repository.line(head, &folders, &files, self.progress.as_ref())?;
        // Where the records lay elsewhere once, those folders count too.
        let configs = line.steps.iter().flat_map(|step| &step.changed).filter(|(path, _)| path == CONFIG_FILE);
        let texts = configs.filter_map(|(_, id)| String::from_utf8(blob((*id)?)?).ok());
        folders.extend(texts.map(|text| records_path(&text)));
        folders.sort();
        folders.dedup();
        if folders.len() > 1 {
            line = repository.line(head, &folders, &files, self.progress.as_ref())?;
        }
        if self.for_evidence {
            line.steps.iter_mut().for_each(|step| step.shared = true);
        }
        let history = RecordHistory::read(&line, records, &blob);
        repository.forget();
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().next() {
            Some(error) => Err(error),
            None => Ok(Some(Arc::new(history))),
        }
    }
}

/// What paths mean in one commit.
struct CommitMeaning<'p> {
    repository: &'p Repository,
    timelines: &'p Timelines,
    commit: CommitId,
}

impl PathMeaning for CommitMeaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        DocumentId::parse(self.timelines.document_at(self.repository, self.commit, path).ok()??.0)
    }

    fn file_at(&self, path: &str) -> FileAt {
        match self.repository.read(self.commit, path) {
            Ok(Some(bytes)) => Attachment::of(path, &bytes),
            Ok(None) => FileAt::Missing,
            Err(error) => FileAt::Unreadable(error.text()),
        }
    }
}
