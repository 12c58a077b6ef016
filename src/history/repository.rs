//! The repository around a handbook: opening it, naming commits, and reading what a commit holds.
//!
//! All paths are relative to the handbook's root, which may be a folder of the work tree.

#![expect(clippy::disallowed_methods, reason = "this module alone reads git's own files")]

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use super::commit::{message, signature};
use super::git_objects::ObjectKind;
use super::git_objects::tree::{self, EntryMode, FolderScope};
use super::git_objects::{ObjectReader, ObjectStore};
use super::id::ObjectId;
use super::walk_cache::hash;
use super::{BlobId, Commit, CommitId, CommitSignature, HistoryError};

/// A git repository, seen from a handbook's root. Reading is possible from several threads at once.
pub struct Repository {
    git: Mutex<git2::Repository>,
    git_dir: PathBuf,
    common_dir: PathBuf,
    /// The handbook's root as folders below the work tree.
    root: Vec<Vec<u8>>,
    /// Opened at the first object: finding a head needs none.
    store: OnceLock<Arc<ObjectStore>>,
    readers: Mutex<Vec<ObjectReader>>,
}

/// One entry of a commit's tree that is no folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TreeEntry {
    /// Path from the handbook's root.
    pub path: String,
    /// What it is.
    pub kind: TreeEntryKind,
    /// The name of its bytes; for a submodule, of its commit.
    pub blob: BlobId,
}

/// What an entry of a commit's tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TreeEntryKind {
    /// A regular file.
    File,
    /// A symbolic link; its bytes are its target.
    Symlink,
    /// Another repository's commit.
    Submodule,
    /// A name that is not UTF-8; the path has it with replacement characters and cannot be read by it.
    Unnameable,
}

impl Repository {
    /// Opens the repository that holds the folder `root`; `None` where there is none.
    pub fn discover(root: &Path) -> Result<Option<Self>, HistoryError> {
        let open =
            |error: &dyn std::fmt::Display| HistoryError::Open { path: root.to_owned(), reason: error.to_string() };
        let root_dir = root.canonicalize().map_err(|error| open(&error))?;
        let git_dir = match git2::Repository::discover_path(root, std::iter::empty::<&Path>()) {
            Ok(found) => found,
            Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(refusal(root, &error)),
        };
        let git = match git2::Repository::open(&git_dir) {
            Ok(git) => git,
            Err(error) => return Err(refusal(&git_dir, &error)),
        };
        if git.config().and_then(|config| config.get_string("extensions.objectformat")).is_ok_and(|form| form != "sha1")
        {
            return Err(HistoryError::Sha256 { path: git_dir });
        }
        let inside = match git.workdir().map(Path::canonicalize) {
            Some(Ok(work)) => root_dir.strip_prefix(&work).map(Path::to_owned).map_err(|error| open(&error))?,
            Some(Err(error)) => return Err(open(&error)),
            None => PathBuf::new(),
        };
        let root = inside.components().map(|part| part.as_os_str().as_encoded_bytes().to_vec()).collect();
        let common_dir = git.commondir().to_owned();
        Ok(Some(Self {
            git_dir: git.path().to_owned(),
            git: Mutex::new(git),
            common_dir,
            root,
            store: OnceLock::new(),
            readers: Mutex::default(),
        }))
    }

    /// The commit checked out; `None` before the first commit.
    pub fn head(&self) -> Result<Option<CommitId>, HistoryError> {
        let head = lock(&self.git).head().map(|head| head.target());
        let id = match head {
            Ok(Some(id)) => CommitId(id.into()),
            Ok(None) => return Ok(None),
            Err(error) if matches!(error.code(), git2::ErrorCode::UnbornBranch) => return Ok(None),
            Err(error) => return Err(refusal(&self.git_dir, &error)),
        };
        self.commit_info(id).map(|commit| Some(commit.id))
    }

    /// The commit that a revision names, in git's notation: `HEAD~2`, `v1.0`, `main@{yesterday}`, a shortened name.
    pub fn resolve(&self, revision: &str) -> Result<CommitId, HistoryError> {
        let git = lock(&self.git);
        let commit = git.revparse_single(revision).and_then(|object| object.peel_to_commit());
        match commit {
            Ok(commit) => Ok(CommitId(commit.id().into())),
            Err(_) => Err(HistoryError::UnknownRevision { revision: revision.to_owned() }),
        }
    }

    /// Whether history was cut off when the repository was cloned.
    pub fn is_shallow(&self) -> bool {
        !self.shallow_commits().is_empty()
    }

    /// Whether the repository leaves objects at a remote until they are asked for.
    pub fn is_partial(&self) -> bool {
        let git = lock(&self.git);
        let Ok(mut config) = git.config() else { return false };
        let Ok(config) = config.snapshot() else { return false };
        let promised = config.entries(Some(r"^remote\..*\.(promisor|partialclonefilter)$")).is_ok_and(|mut entries| {
            // A key without a value means yes; asking such an entry for its value is not allowed.
            entries
                .next()
                .is_some_and(|entry| entry.is_ok_and(|entry| !entry.has_value() || entry.value() != Ok("false")))
        });
        promised || config.get_string("extensions.partialclone").is_ok()
    }

    /// Whether git itself would show other parents or contents than the commits record (`git replace`, grafts). This
    /// module never does: it reads what the names vouch for.
    pub fn has_replacements(&self) -> bool {
        let grafts = std::fs::read(self.common_dir.join("info/grafts")).unwrap_or_default();
        let replaced = lock(&self.git).references_glob("refs/replace/*").is_ok_and(|mut found| found.next().is_some());
        replaced || !grafts.trim_ascii().is_empty()
    }

    /// A commit without its files.
    pub fn commit_info(&self, id: CommitId) -> Result<Commit, HistoryError> {
        let bytes = self.with_reader(|reader| reader.read(id.0, ObjectKind::Commit))?;
        Commit::parse(id, &bytes)
    }

    /// A commit's whole message, with its trailers.
    pub fn message(&self, id: CommitId) -> Result<String, HistoryError> {
        Ok(message(&self.with_reader(|reader| reader.read(id.0, ObjectKind::Commit))?))
    }

    /// The trailers at the end of a commit's message, such as `Reviewed-by`, in their order.
    pub fn trailers(&self, id: CommitId) -> Result<Vec<(String, String)>, HistoryError> {
        let message = self.message(id)?;
        // A message that libgit2 cannot take (one with a NUL byte) has none.
        let Ok(trailers) = git2::message_trailers_strs(&message) else { return Ok(Vec::new()) };
        Ok(trailers.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    /// The signature that a commit carries, unverified.
    pub fn signature(&self, id: CommitId) -> Result<Option<CommitSignature>, HistoryError> {
        Ok(signature(&self.with_reader(|reader| reader.read(id.0, ObjectKind::Commit))?))
    }

    /// Everything below the handbook's root at a commit that is no folder, sorted by path.
    pub fn list_files(&self, commit: CommitId) -> Result<Vec<TreeEntry>, HistoryError> {
        self.list_folders(commit, &[String::new()])
    }

    /// The same inside some folders only, each named from the handbook's root.
    pub fn list_folders(&self, commit: CommitId, folders: &[String]) -> Result<Vec<TreeEntry>, HistoryError> {
        let tree = self.commit_info(commit)?.tree;
        let skip = self.root_length();
        let mut files = Vec::new();
        self.with_reader(|reader| {
            tree::list(reader, &self.scope(folders), tree, &mut |path, mode, id| {
                let path = path.get(skip..).unwrap_or_default();
                let (kind, path) = match (std::str::from_utf8(path), mode) {
                    (Err(_), _) => (TreeEntryKind::Unnameable, String::from_utf8_lossy(path).into_owned()),
                    (Ok(path), EntryMode::Symlink) => (TreeEntryKind::Symlink, path.to_owned()),
                    (Ok(path), EntryMode::Submodule) => (TreeEntryKind::Submodule, path.to_owned()),
                    (Ok(path), EntryMode::File | EntryMode::Folder) => (TreeEntryKind::File, path.to_owned()),
                };
                files.push(TreeEntry { path, kind, blob: BlobId(id) });
            })
        })?;
        files.sort();
        Ok(files)
    }

    /// The name of a file's bytes at a commit; `None` where no regular file stands at the path.
    pub fn blob_at(&self, commit: CommitId, path: &str) -> Result<Option<BlobId>, HistoryError> {
        let tree = self.commit_info(commit)?.tree;
        self.with_reader(|reader| self.blob_in(reader, tree, path))
    }

    /// A file's bytes at a commit; `None` where no regular file stands at the path.
    pub fn read(&self, commit: CommitId, path: &str) -> Result<Option<Vec<u8>>, HistoryError> {
        self.blob_at(commit, path)?.map(|blob| self.read_blob(blob)).transpose()
    }

    /// The bytes that a name stands for.
    pub fn read_blob(&self, blob: BlobId) -> Result<Vec<u8>, HistoryError> {
        let bytes = self.with_reader(|reader| reader.read(blob.0, ObjectKind::Blob))?;
        Ok(Arc::unwrap_or_clone(bytes))
    }

    /// The folder of objects and refs.
    pub(super) fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    /// The handbook's root from the work tree: empty, or a path that ends with a slash.
    pub(super) fn root_path(&self) -> String {
        self.root.iter().map(|part| String::from_utf8_lossy(part).into_owned() + "/").collect()
    }

    pub(super) fn git(&self) -> std::sync::MutexGuard<'_, git2::Repository> {
        lock(&self.git)
    }

    /// An error of libgit2 about this repository.
    pub(super) fn refused(&self, error: &git2::Error) -> HistoryError {
        refusal(&self.git_dir, error)
    }

    pub(super) fn blob_in(
        &self,
        reader: &mut ObjectReader,
        tree: ObjectId,
        path: &str,
    ) -> Result<Option<BlobId>, HistoryError> {
        let root = self.root.iter().map(Vec::as_slice);
        let path: Vec<&[u8]> = root.chain(path.split('/').map(str::as_bytes)).collect();
        let found = tree::find(reader, tree, &path)?;
        Ok(found.filter(|(mode, _)| *mode == EntryMode::File).map(|(_, id)| BlobId(id)))
    }

    /// Folders of the handbook as a scope of the work tree.
    pub(super) fn scope(&self, folders: &[String]) -> FolderScope {
        let root = || self.root.iter().map(Vec::as_slice);
        FolderScope::of(folders.iter().map(|folder| {
            let parts = Path::new(folder).components().filter_map(|part| match part {
                Component::Normal(name) => Some(name.as_encoded_bytes()),
                _ => None,
            });
            root().chain(parts).collect()
        }))
    }

    /// How many bytes of a path from the work tree lead to the handbook's root.
    pub(super) fn root_length(&self) -> usize {
        self.root.iter().map(|part| part.len() + 1).sum()
    }

    /// The commits whose parents this clone does not have.
    pub(super) fn shallow_commits(&self) -> BTreeSet<CommitId> {
        let listed = std::fs::read_to_string(self.common_dir.join("shallow")).unwrap_or_default();
        listed.lines().filter_map(|line| line.parse().ok()).collect()
    }

    /// What decides how much of its history a repository shows, as a hash: where a shallow clone ends, and what git
    /// would show in place of something else.
    pub(super) fn state(&self) -> [u8; 32] {
        let file = |name: &str| std::fs::read(self.common_dir.join(name)).unwrap_or_default();
        let mut replaced = Vec::new();
        if let Ok(references) = lock(&self.git).references_glob("refs/replace/*") {
            for reference in references.flatten() {
                replaced.extend_from_slice(reference.name_bytes());
                replaced.extend_from_slice(reference.target().unwrap_or(git2::Oid::ZERO_SHA1).as_bytes());
            }
        }
        hash(&[&file("shallow"), &file("info/grafts"), &replaced])
    }

    pub(super) fn store(&self) -> &Arc<ObjectStore> {
        self.store.get_or_init(|| Arc::new(ObjectStore::open(&self.git_dir, &self.common_dir)))
    }

    /// Lends a reader with whatever it remembers from before.
    pub(super) fn with_reader<T>(&self, work: impl FnOnce(&mut ObjectReader) -> T) -> T {
        let kept = lock(&self.readers).pop();
        let mut reader = kept.unwrap_or_else(|| ObjectReader::new(self.store().clone()));
        let result = work(&mut reader);
        lock(&self.readers).push(reader);
        result
    }

    /// Lets go of what the readers remember, without waiting for it.
    pub fn forget(&self) {
        let readers = std::mem::take(&mut *lock(&self.readers));
        rayon::spawn(move || drop(readers));
    }
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository").field("git_dir", &self.git_dir).finish_non_exhaustive()
    }
}

/// A panic of another thread leaves nothing half-done behind these locks.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn refusal(path: &Path, error: &git2::Error) -> HistoryError {
    let reason = error.message().to_owned();
    if error.code() == git2::ErrorCode::Owner {
        // `safe.directory` names the work tree.
        let work_tree = path.parent().filter(|_| path.ends_with(".git"));
        HistoryError::NotTrusted { path: work_tree.unwrap_or(path).to_owned() }
    } else if reason.contains("objectformat") || reason.contains("object format") {
        HistoryError::Sha256 { path: path.to_owned() }
    } else if reason.contains("partialclone") {
        HistoryError::Partial { path: path.to_owned() }
    } else {
        HistoryError::Open { path: path.to_owned(), reason }
    }
}
