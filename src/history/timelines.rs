//! Documents over time: what a walk says about each id.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::changes::Files;
use super::id::{ObjectId, ObjectMap};
use super::identify::{Identify, normal, stated_ids};
use super::path_history::{PathHistory, PathState};
use super::resolve::{Found, resolve};
use super::walk::walk;
use super::walk_cache::{CacheFile, Keep};
use super::{BlobId, Commit, CommitId, HistoryError, Progress, Repository, TreeEntryKind};

/// As long as only one commit in so many is new, what is kept stays as it is.
const SHARE_READ_AGAIN: usize = 64;

/// What the walk over history says about every document.
///
/// A document is what states an id, wherever it lies. Let `M(c)` give for each id the path and bytes that state it in
/// commit `c`; where several files of one commit state the same id, the alphabetically first path (by its bytes) wins. A
/// document has a revision at `c` exactly if `M(c)` differs, for its id, from `M(p)` for every parent `p`; at a commit
/// without parents, if it stands there at all. So a merge has a revision only where its result was not taken over from
/// one of its parents, and a removal is a revision too.
#[derive(Debug)]
pub struct Timelines {
    commits: Vec<Commit>,
    numbers: ObjectMap<u32>,
    /// Of each commit, the number of its first parent.
    first_parents: Vec<Option<u32>>,
    /// Of each commit, the number of the one on the main line that brought it in; found when first asked for.
    arrivals: OnceLock<Vec<u32>>,
    /// All ids, sorted.
    ids: Vec<String>,
    /// Of each id, its revisions.
    revisions: Vec<Vec<Revision>>,
    folders: Vec<String>,
    files: Files,
    /// Of each file, the number of its id.
    documents: Vec<Option<u32>>,
    stood: PathHistory,
    boundary: Vec<CommitId>,
    unnameable: BTreeSet<String>,
}

/// A document's state after a commit that changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The commit.
    pub commit: CommitId,
    /// Where the document lies, from the handbook's root; `None` where the commit removed it.
    pub path: Option<Arc<str>>,
    /// Its bytes; `None` where the commit removed it.
    pub blob: Option<BlobId>,
}

impl Revision {
    /// Whether the commit removed the document.
    pub fn is_removal(&self) -> bool {
        self.blob.is_none()
    }
}

impl Timelines {
    /// Walks all commits reachable from `head` and follows every document in `folders` (from the handbook's root; an
    /// empty string is the root itself).
    pub fn read(
        repository: &Repository,
        head: CommitId,
        folders: &[String],
        identify: &dyn Identify,
        progress: &dyn Progress,
    ) -> Result<Self, HistoryError> {
        Self::read_beyond(repository, head, folders, identify, progress, None)
    }

    /// As [`Timelines::read`], and with the same result: does not read again what an earlier run has kept in the
    /// repository, and has kept what it read itself.
    pub fn read_kept(
        repository: &Repository,
        head: CommitId,
        folders: &[String],
        identify: &dyn Identify,
        progress: &dyn Progress,
        keep: &dyn Keep,
    ) -> Result<Self, HistoryError> {
        let shelf = CacheFile::of(repository, folders, identify);
        Self::read_beyond(repository, head, folders, identify, progress, shelf.as_ref().map(|shelf| (shelf, keep)))
    }

    fn read_beyond(
        repository: &Repository,
        head: CommitId,
        folders: &[String],
        identify: &dyn Identify,
        progress: &dyn Progress,
        kept: Option<(&CacheFile, &dyn Keep)>,
    ) -> Result<Self, HistoryError> {
        let known = kept.and_then(|(shelf, _)| shelf.take(repository)).unwrap_or_default();
        let moved = known.moved;
        let mut walk = walk(repository, head, folders, identify, progress, known)?;
        let new = walk.files.files.iter().skip(walk.ids.len());
        let new: Vec<(&str, ObjectId)> =
            new.map(|file| (walk.files.paths[file.path as usize].as_ref(), file.blob)).collect();
        let stated = stated_ids(repository, &new, identify, progress);
        repository.forget();
        walk.ids.extend(stated?);
        // Writing everything because of a few commits would cost more than reading them again.
        if let Some((shelf, keep)) = kept.filter(|_| moved || walk.fresh > walk.commits.len() / SHARE_READ_AGAIN) {
            shelf.put(repository, &walk, keep);
        }
        let (ids, documents, found) = resolve(&walk);
        let mut revisions = vec![Vec::new(); ids.len()];
        for Found { document, commit, file } in found {
            let file = file.map(|file| walk.files.files[file as usize]);
            revisions[document as usize].push(Revision {
                commit: walk.commits[commit as usize].id,
                path: file.map(|file| walk.files.paths[file.path as usize].clone()),
                blob: file.map(|file| BlobId(file.blob)),
            });
        }
        let unnameable = walk.changed.iter().flat_map(|changed| &changed.unnameable).map(ToString::to_string).collect();
        Ok(Self {
            numbers: (0..).zip(&walk.commits).map(|(number, commit)| (commit.id.0, number)).collect(),
            commits: walk.commits,
            first_parents: walk.first_parents,
            arrivals: OnceLock::new(),
            ids,
            revisions,
            folders: folders.to_vec(),
            files: walk.files,
            documents,
            boundary: walk.boundary.into_iter().collect(),
            unnameable,
            stood: PathHistory::new(walk.changed),
        })
    }

    /// The ids of all documents that ever were, in capitals, sorted.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// A document's revisions, newest first; none for an id that never was.
    pub fn revisions(&self, id: &str) -> &[Revision] {
        self.ids.binary_search(&normal(id)).map_or(&[], |at| &self.revisions[at])
    }

    /// The newest revision of a document and its commit.
    pub fn last_change(&self, id: &str) -> Option<(&Commit, &Revision)> {
        let revision = self.revisions(id).first()?;
        Some((self.commit(revision.commit)?, revision))
    }

    /// A commit that was walked.
    pub fn commit(&self, id: CommitId) -> Option<&Commit> {
        self.commits.get(*self.numbers.get(&id.0)? as usize)
    }

    /// All commits that were walked: children before parents; of several that could come next the latest by commit date,
    /// then the lowest name.
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// The main line: the head, its first parent, that one's first parent and so on, newest first.
    pub fn main_line(&self) -> impl Iterator<Item = &Commit> {
        self.main_line_numbers().map(|number| &self.commits[number as usize])
    }

    /// The commit of the main line with which a commit became part of it: the merge that brought it in, or itself.
    pub fn arrival(&self, id: CommitId) -> Option<&Commit> {
        let number = *self.numbers.get(&id.0)?;
        let arrivals = self.arrivals.get_or_init(|| self.find_arrivals());
        self.commits.get(*arrivals.get(number as usize)? as usize)
    }

    fn main_line_numbers(&self) -> impl Iterator<Item = u32> {
        // The head is the only commit without children, so it comes first.
        std::iter::successors(Some(0), |number| *self.first_parents.get(*number as usize)?)
    }

    fn find_arrivals(&self) -> Vec<u32> {
        const UNKNOWN: u32 = u32::MAX;
        let mut arrivals = vec![UNKNOWN; self.commits.len()];
        let main_line: Vec<u32> = self.main_line_numbers().collect();
        // From the oldest on, so that each commit meets the first that reaches it.
        for arrival in main_line.into_iter().rev() {
            let mut waiting = vec![arrival];
            while let Some(number) = waiting.pop() {
                if arrivals[number as usize] == UNKNOWN {
                    arrivals[number as usize] = arrival;
                    let parents = &self.commits[number as usize].parents;
                    waiting.extend(parents.iter().filter_map(|parent| self.numbers.get(&parent.0).copied()));
                }
            }
        }
        arrivals
    }

    /// Which document lies at which path at a commit that was walked. Where two paths have the same id, both are told.
    pub fn ids_at(&self, repository: &Repository, commit: CommitId) -> Result<BTreeMap<String, String>, HistoryError> {
        if self.commit(commit).is_none() {
            return Err(HistoryError::NotInHistory { commit });
        }
        let files = repository.list_folders(commit, &self.folders)?;
        let id = |path: &str, blob: BlobId| {
            let document = self.documents[self.files.find(path, blob.0)? as usize]?;
            self.ids.get(document as usize).cloned()
        };
        let files = files.into_iter().filter(|file| file.kind == TreeEntryKind::File);
        Ok(files.filter_map(|file| id(&file.path, file.blob).map(|id| (file.path, id))).collect())
    }

    /// The document that lies at one path at a commit that was walked, and its bytes; `None` where the path has none.
    pub fn document_at(
        &self,
        repository: &Repository,
        commit: CommitId,
        path: &str,
    ) -> Result<Option<(&str, BlobId)>, HistoryError> {
        let Some(number) = self.numbers.get(&commit.0) else { return Err(HistoryError::NotInHistory { commit }) };
        // Where no commit ever changed a path, none has a document there.
        let Some(path_number) = self.files.number(path) else { return Ok(None) };
        let line = || self.main_line_numbers();
        let file = match self.stood.at((*number, path_number), &self.files, &self.first_parents, line) {
            PathState::Known(file) => file,
            PathState::TooFar => repository.blob_at(commit, path)?.and_then(|blob| self.files.find(path, blob.0)),
        };
        let document = |file: u32| {
            let id = self.ids.get(self.documents[file as usize]? as usize)?;
            Some((id.as_str(), BlobId(self.files.files[file as usize].blob)))
        };
        Ok(file.and_then(document))
    }

    /// The commits whose parents a shallow clone does not have. What stands there may be older than it seems.
    pub fn boundary(&self) -> &[CommitId] {
        &self.boundary
    }

    /// Paths in the folders walked that are not UTF-8, with replacement characters: no document was looked for there.
    pub fn unnameable(&self) -> &BTreeSet<String> {
        &self.unnameable
    }
}
