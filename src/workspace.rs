//! The one door to a handbook: a folder, the files that it or one of its commits holds, and what they say on a day.
//!
//! ```no_run
//! # fn main() -> Result<(), kitei::workspace::WorkspaceError> {
//! use kitei::workspace::{TreeRef, Workspace};
//! let snapshot = Workspace::open("handbook")?.at(TreeRef::Revision("HEAD~3"))?.on(jiff::civil::date(2026, 4, 1));
//! println!("{} documents", snapshot.handbook().documents.len());
//! # Ok(()) }
//! ```
//!
//! A [`Snapshot`] is whole when it is made and never changes: history is inside, and whatever takes long to read is read
//! when something first asks for it. Nothing else loads, parses or resolves a handbook. Must not judge what it opens.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::handbook::git_history::GitHistory;
use crate::handbook::history::{HandbookHistory, NoHistory};
use crate::handbook::{Handbook, parse};
use crate::history::{CommitId, HistoryError, Keep, Progress, Repository};
use crate::load::{CommitTree, Files, Loaded, WorkTree, load};
use crate::locale::{Arg, Text};
use crate::model::config::{Config, EditionSetting};
use crate::publish::write_atomic;

/// Why a handbook cannot be opened.
#[derive(Debug, Clone)]
pub enum WorkspaceError {
    /// The repository, or an object of it, cannot be read.
    History(HistoryError),
    /// A revision of a folder that is in no repository.
    NoRepository,
    /// There is no configuration, or it cannot be read; the reason.
    Configuration(Arg),
}

impl WorkspaceError {
    /// The message.
    pub fn text(&self) -> Text {
        match self {
            Self::History(error) => error.text(),
            Self::NoRepository => Text::new("rev-needs-git"),
            Self::Configuration(reason) => Text::new("config-unreadable").arg("reason", reason.clone()),
        }
    }
}

impl From<HistoryError> for WorkspaceError {
    fn from(error: HistoryError) -> Self {
        Self::History(error)
    }
}

/// Which files of a workspace are meant.
#[derive(Debug, Clone, Copy)]
pub enum TreeRef<'r> {
    /// Those of the folder.
    WorkingTree,
    /// Those of a commit, as people name it: a branch, a tag, `HEAD~3`, a hash.
    Revision(&'r str),
    /// Those of a commit.
    Commit(CommitId),
}

impl<'r> From<Option<&'r str>> for TreeRef<'r> {
    fn from(revision: Option<&'r str>) -> Self {
        revision.map_or(Self::WorkingTree, Self::Revision)
    }
}

/// Where a handbook is kept: a folder, with its repository where it has one, or files from elsewhere, such as memory.
pub struct Workspace(Kept);

enum Kept {
    Folder { root: PathBuf, repository: Option<Arc<Repository>> },
    Files { files: Arc<dyn Files>, history: Arc<dyn HandbookHistory> },
}

impl Workspace {
    /// The handbook whose `kitei.toml` is in a folder.
    ///
    /// # Errors
    /// Where there is a repository that cannot be opened.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, WorkspaceError> {
        let root = root.into();
        let repository = Repository::discover(&root)?.map(Arc::new);
        Ok(Self(Kept::Folder { root, repository }))
    }

    /// Files of a handbook without history.
    pub fn of_files(files: impl Files + 'static) -> Self {
        Self::of_files_with(files, NoHistory)
    }

    /// Files of a handbook, and a history of its own.
    pub fn of_files_with(files: impl Files + 'static, history: impl HandbookHistory + 'static) -> Self {
        Self(Kept::Files { files: Arc::new(files), history: Arc::new(history) })
    }

    /// The repository around its folder.
    pub fn repository(&self) -> Option<&Arc<Repository>> {
        match &self.0 {
            Kept::Folder { repository, .. } => repository.as_ref(),
            Kept::Files { .. } => None,
        }
    }

    /// The files that are meant, and the commit that history ends in: theirs, or the one that is checked out.
    ///
    /// # Errors
    /// Where there is no such commit, or it cannot be read.
    pub fn files<'r>(
        &self,
        tree: impl Into<TreeRef<'r>>,
    ) -> Result<(Arc<dyn Files>, Option<CommitId>), WorkspaceError> {
        let (root, repository) = match &self.0 {
            Kept::Folder { root, repository } => (root, repository),
            Kept::Files { files, .. } => return Ok((Arc::clone(files), None)),
        };
        let repository = repository.as_ref();
        let commit = match tree.into() {
            TreeRef::WorkingTree => {
                let head = repository.map(|repository| repository.head()).transpose()?.flatten();
                return Ok((Arc::new(WorkTree::new(root)), head));
            }
            TreeRef::Revision(revision) => repository.ok_or(WorkspaceError::NoRepository)?.resolve(revision)?,
            TreeRef::Commit(commit) => commit,
        };
        let repository = repository.ok_or(WorkspaceError::NoRepository)?;
        Ok((Arc::new(CommitTree::new(Arc::clone(repository), commit)?), Some(commit)))
    }

    /// Reads the files that are meant.
    ///
    /// # Errors
    /// Where they cannot be read, or hold no configuration.
    pub fn at<'r>(&self, tree: impl Into<TreeRef<'r>>) -> Result<WorkspaceTree, WorkspaceError> {
        let (files, commit) = self.files(tree)?;
        let loaded = load(files.as_ref()).map_err(WorkspaceError::Configuration)?;
        let (root, source) = match &self.0 {
            Kept::Folder { root, repository: Some(repository) } => {
                (root.clone(), HistorySource::Repository(Arc::clone(repository)))
            }
            Kept::Folder { root, repository: None } => (root.clone(), HistorySource::Given(Arc::new(NoHistory))),
            Kept::Files { history, .. } => (PathBuf::new(), HistorySource::Given(Arc::clone(history))),
        };
        let progress = Box::new(());
        Ok(WorkspaceTree { root, files, commit, loaded, source, earlier: None, progress, for_evidence: false })
    }
}

enum HistorySource {
    Given(Arc<dyn HandbookHistory>),
    Repository(Arc<Repository>),
}

/// The files of a handbook, read and not yet related: its settings are known, a day is still to be named.
pub struct WorkspaceTree {
    root: PathBuf,
    files: Arc<dyn Files>,
    commit: Option<CommitId>,
    loaded: Loaded,
    source: HistorySource,
    /// History of an earlier snapshot, used again where it is the same.
    earlier: Option<Arc<dyn HandbookHistory>>,
    progress: Box<dyn Progress + Send>,
    for_evidence: bool,
}

impl WorkspaceTree {
    /// Its configuration.
    pub fn config(&self) -> &Config {
        &self.loaded.config
    }

    /// Reports how far reading history has come.
    #[must_use]
    pub fn with_progress(self, progress: impl Progress + Send + 'static) -> Self {
        Self { progress: Box::new(progress), ..self }
    }

    /// Reads history from its objects alone: nothing is cached, and no remote counts. What is shown then depends on the
    /// commit and nothing else.
    #[must_use]
    pub fn for_evidence(self) -> Self {
        Self { for_evidence: true, ..self }
    }

    /// Reads nothing of history again that an earlier snapshot of the same commit has read.
    #[must_use]
    pub fn sharing_history_of(self, earlier: &Snapshot) -> Self {
        Self { earlier: Some(earlier.handbook.shared_history()), ..self }
    }

    /// What the handbook says on a day.
    pub fn on(self, date: Date) -> Snapshot {
        let Self { root, files, commit, loaded, source, earlier, progress, for_evidence } = self;
        let history = history(&loaded.config, commit, source, earlier, progress, for_evidence);
        let handbook = Handbook::resolve(parse(loaded), files.as_ref(), date, history);
        Snapshot { root, handbook, files, commit }
    }

    /// Its history alone.
    pub fn into_history(self) -> Arc<dyn HandbookHistory> {
        let Self { commit, loaded, source, earlier, progress, for_evidence, .. } = self;
        history(&loaded.config, commit, source, earlier, progress, for_evidence)
    }
}

fn history(
    config: &Config,
    commit: Option<CommitId>,
    source: HistorySource,
    earlier: Option<Arc<dyn HandbookHistory>>,
    progress: Box<dyn Progress + Send>,
    for_evidence: bool,
) -> Arc<dyn HandbookHistory> {
    let repository = match source {
        HistorySource::Given(history) => return history,
        HistorySource::Repository(repository) => repository,
    };
    if let (Some(earlier), Some(commit)) = (earlier, commit)
        && earlier.is_of(commit, config, for_evidence)
    {
        return earlier;
    }
    let history = GitHistory::new(repository, commit, config, progress);
    Arc::new(if for_evidence { history.for_evidence() } else { history.cached(Box::new(GitFolder)) })
}

/// Caches what was read of history in the repository's own folder, for the next run to read less.
struct GitFolder;

impl Keep for GitFolder {
    fn keep(&self, path: &Path, bytes: &[u8]) {
        // A repository that cannot be written is read in full each time; nothing else depends on it.
        let _ = write_atomic(path, bytes);
    }
}

/// A handbook on a day, with its history and the files it was read from. Reads as its [`Handbook`].
pub struct Snapshot {
    root: PathBuf,
    handbook: Handbook,
    files: Arc<dyn Files>,
    commit: Option<CommitId>,
}

impl Snapshot {
    /// The resolved graph.
    pub fn handbook(&self) -> &Handbook {
        &self.handbook
    }

    /// The root folder; empty where there is none.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files it was read from.
    pub fn files(&self) -> &dyn Files {
        self.files.as_ref()
    }

    /// The commit it was read from, or the one that is checked out in the working tree.
    pub fn commit(&self) -> Option<CommitId> {
        self.commit
    }

    /// What readers of an edition may see of it.
    #[must_use]
    pub fn redacted(self, edition: &EditionSetting) -> Self {
        Self { handbook: self.handbook.redacted(edition), ..self }
    }
}

impl Deref for Snapshot {
    type Target = Handbook;

    fn deref(&self) -> &Handbook {
        &self.handbook
    }
}
