//! Old wordings out of git: the timelines of documents, read once and only when something asks for them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::wording::{PastMeaning, PastText, PastWordings};
use crate::digest::{LinkMeaning, sha256_hex};
use crate::history::{CommitId, HistoryError, Identify, Progress, Repository, Timelines};
use crate::model::config::Config;
use crate::model::document::Tier;
use crate::model::id::DocumentId;
use crate::parse::front_matter;

/// The history that a handbook's old wordings come from; empty outside git.
pub struct Past {
    repository: Option<Arc<Repository>>,
    head: Option<CommitId>,
    folders: Vec<String>,
    timelines: OnceLock<Result<Timelines, HistoryError>>,
    progress: Box<dyn Progress + Send>,
}

/// Tells documents apart by the `id` of their front matter.
#[derive(Debug, Clone, Copy)]
pub struct ByFrontMatter;

impl Identify for ByFrontMatter {
    fn id(&self, _: &str, bytes: &[u8]) -> Option<String> {
        front_matter::id_in(bytes)
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
        Self { repository, head, folders, timelines: OnceLock::new(), progress }
    }

    /// The commit from which history is read.
    pub fn head(&self) -> Option<CommitId> {
        self.head
    }

    /// Timelines of all documents; `None` outside git and before the first commit.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub fn timelines(&self) -> Result<Option<&Timelines>, &HistoryError> {
        let (Some(repository), Some(head)) = (&self.repository, self.head) else { return Ok(None) };
        self.timelines
            .get_or_init(|| Timelines::read(repository, head, &self.folders, &ByFrontMatter, self.progress.as_ref()))
            .as_ref()
            .map(Some)
    }
}

impl PastWordings for Past {
    fn texts(&self, id: &DocumentId) -> Box<dyn Iterator<Item = PastText<'_>> + '_> {
        let (Some(repository), Ok(Some(timelines))) = (&self.repository, self.timelines()) else {
            return Box::new(std::iter::empty());
        };
        let revisions = timelines.revisions(&id.as_str().to_ascii_uppercase());
        Box::new(revisions.iter().filter_map(move |revision| {
            let path = revision.path.as_ref()?.to_string();
            let text = String::from_utf8(repository.read_blob(revision.blob?).ok()?).ok()?;
            let meaning = CommitMeaning { repository, timelines, commit: revision.commit, ids: OnceLock::new() };
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
        match self.timelines.get() {
            Some(Err(_)) => Some("history-unreadable"),
            _ => None,
        }
    }
}

/// What paths mean in one commit.
struct CommitMeaning<'p> {
    repository: &'p Repository,
    timelines: &'p Timelines,
    commit: CommitId,
    /// Read for texts whose version fits only.
    ids: OnceLock<BTreeMap<String, String>>,
}

impl LinkMeaning for CommitMeaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        let read = || self.timelines.ids_at(self.repository, self.commit).unwrap_or_default();
        DocumentId::parse(self.ids.get_or_init(read).get(path)?)
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
