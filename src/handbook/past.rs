//! Old wordings out of git: the timelines of documents, read once and only when something asks for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::authority::PastRecords;
use super::recorded::{RecordHistory, Recorded, records_path};
use super::wording::{PastMeaning, PastText, PastWordings};
use crate::apart::apart;
use crate::digest::{LinkMeaning, sha256_hex};
use crate::history::{BlobId, CommitId, HistoryError, Identify, Keep, Obstacle, Progress, Repository, Timelines};
use crate::load::CONFIG_FILE;
use crate::model::config::Config;
use crate::model::document::Tier;
use crate::model::id::DocumentId;
use crate::parse::front_matter;

/// The history that a handbook's old wordings come from; empty outside git.
pub struct Past {
    repository: Option<Arc<Repository>>,
    head: Option<CommitId>,
    folders: Vec<String>,
    records_path: String,
    timelines: OnceLock<Result<Timelines, HistoryError>>,
    records: OnceLock<Result<Option<Arc<RecordHistory>>, HistoryError>>,
    /// The first text that could not be read.
    failed: Mutex<Option<HistoryError>>,
    /// Whether every commit counts as shared, wherever the remote's default branch stands.
    settled: bool,
    progress: Box<dyn Progress + Send>,
    keep: Option<Box<dyn Keep + Send>>,
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

impl Past {
    /// History reachable from `head`, in the document folders of a configuration.
    pub fn new(
        repository: Option<Arc<Repository>>,
        head: Option<CommitId>,
        config: &Config,
        progress: Box<dyn Progress + Send>,
    ) -> Self {
        let mut folders: Vec<String> = Tier::ALL.iter().map(|tier| config.folder(*tier).to_owned()).collect();
        folders.sort();
        folders.dedup();
        Self {
            repository,
            head,
            folders,
            records_path: config.records_path.clone(),
            timelines: OnceLock::new(),
            records: OnceLock::new(),
            failed: Mutex::default(),
            settled: false,
            progress,
            keep: None,
        }
    }

    /// The same, using what earlier runs have kept in the repository and having kept what this one reads.
    #[must_use]
    pub fn keeping(self, keep: Box<dyn Keep + Send>) -> Self {
        Self { keep: Some(keep), ..self }
    }

    /// Has every commit count as shared: what evidence says depends on its commit alone, and not on what some clone
    /// knows of a remote.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.settled = true;
        self
    }

    /// The commit from which history is read.
    pub fn head(&self) -> Option<CommitId> {
        self.head
    }

    /// The commit from which history is read, and its time.
    pub fn newest(&self) -> Option<Recorded> {
        let commit = self.repository.as_ref()?.commit_info(self.head?).ok()?;
        Some(Recorded { commit: commit.id, time: commit.committer.time, certain: true })
    }

    /// Timelines of all documents; `None` outside git and before the first commit.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub fn timelines(&self) -> Result<Option<&Timelines>, &HistoryError> {
        let (Some(repository), Some(head)) = (&self.repository, self.head) else { return Ok(None) };
        let (folders, progress) = (&self.folders, self.progress.as_ref());
        let read = || match &self.keep {
            Some(keep) => Timelines::read_kept(repository, head, folders, &ByFrontMatter, progress, keep.as_ref()),
            None => Timelines::read(repository, head, folders, &ByFrontMatter, progress),
        };
        self.timelines.get_or_init(|| apart(read)).as_ref().map(Some)
    }
}

impl PastWordings for Past {
    fn texts(&self, id: &DocumentId) -> Box<dyn Iterator<Item = PastText<'_>> + '_> {
        let timelines = match self.timelines() {
            Ok(timelines) => timelines,
            Err(error) => {
                self.note(error);
                None
            }
        };
        let (Some(repository), Some(timelines)) = (&self.repository, timelines) else {
            return Box::new(std::iter::empty());
        };
        let revisions = timelines.revisions(&id.as_str().to_ascii_uppercase());
        Box::new(revisions.iter().filter_map(move |revision| {
            let path = revision.path.as_ref()?.to_string();
            let bytes = repository.read_blob(revision.blob?).inspect_err(|error| self.note(error));
            let text = String::from_utf8(bytes.ok()?).ok()?;
            let meaning = CommitMeaning { repository, timelines, commit: revision.commit };
            Some(PastText { commit: revision.commit.to_string(), path, text, meaning: Box::new(meaning) })
        }))
    }

    fn incomplete(&self) -> Option<&'static str> {
        let Some(repository) = &self.repository else { return Some("history-none") };
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
}

impl PastRecords for Past {
    fn recorded(&self, config: &Config) -> Option<Arc<RecordHistory>> {
        self.records_of(config).ok().flatten()
    }

    fn text(&self, blob: BlobId) -> Option<String> {
        self.read_text(blob)
    }

    fn message(&self, commit: CommitId) -> Option<String> {
        self.repository.as_ref()?.message(commit).ok()
    }

    fn obstacles(&self) -> Vec<Obstacle> {
        self.repository.as_ref().map(|repository| repository.obstacles()).unwrap_or_default()
    }

    fn unread(&self, config: &Config) -> Option<HistoryError> {
        self.records_of(config).err()
    }

    fn document_at(&self, commit: CommitId, id: &DocumentId, path: Option<&str>) -> Option<(String, String)> {
        let repository = self.repository.as_ref()?;
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

impl Past {
    fn read_text(&self, blob: BlobId) -> Option<String> {
        String::from_utf8(self.repository.as_ref()?.read_blob(blob).ok()?).ok()
    }

    /// Remembers what could not be read, the first time.
    fn note(&self, error: &HistoryError) {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| error.clone());
    }

    fn records_of(&self, config: &Config) -> Result<Option<Arc<RecordHistory>>, HistoryError> {
        if config.records_path == self.records_path {
            return self.records.get_or_init(|| apart(|| self.read_records(&self.records_path))).clone();
        }
        // The setting was changed since this history was opened.
        self.read_records(&config.records_path)
    }

    fn read_records(&self, records: &str) -> Result<Option<Arc<RecordHistory>>, HistoryError> {
        let (Some(repository), Some(head)) = (&self.repository, self.head) else { return Ok(None) };
        // A ledger that cannot be read is not an empty one. Of several, told is the same at every run.
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
        if self.settled {
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

impl LinkMeaning for CommitMeaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        DocumentId::parse(self.timelines.document_at(self.repository, self.commit, path).ok()??.0)
    }
    fn file_hash(&self, path: &str) -> Option<String> {
        self.file(path).map(|bytes| sha256_hex(&bytes))
    }
}

impl PastMeaning for CommitMeaning<'_> {
    fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.repository.read(self.commit, path).ok().flatten()
    }
}
