//! Documents over time.
//!
//! A document is what states an id, wherever it lies. Let `M(c)` give for each id the path and bytes that state it in
//! commit `c`; where several files of one commit state the same id, the alphabetically first path wins. A document has a
//! revision at `c` exactly if `M(c)` differs, for its id, from `M(p)` for every parent `p` (for a commit without parents:
//! from nothing). So a merge has a revision only where its result was not taken over from one of its parents, and a
//! removal is a revision too.
//!
//! Whether an id is affected shows in the paths that changed, except where a file that did *not* change wins or loses
//! because another file with its id came or went. Only ids that ever stood at two paths can do that; for those, the
//! paths that did not change are looked up in the commit.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::id::{ObjectId, ObjectMap};
use super::identify::{Identify, identify, normal};
use super::objects::Reader;
use super::walk::{Change, File, Walk, walk};
use super::{BlobId, Commit, CommitId, HistoryError, Progress, Repository, TreeEntryKind};

/// What the walk over history says about every document.
#[derive(Debug)]
pub struct Timelines {
    commits: Vec<Commit>,
    numbers: ObjectMap<u32>,
    documents: BTreeMap<String, Vec<Revision>>,
    folders: Vec<String>,
    /// Which id each path with each bytes states.
    ids: HashMap<Arc<str>, ObjectMap<Option<Arc<str>>>>,
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
        let walk = walk(repository, head, folders, identify, progress)?;
        let timelines = Self::from_walk(repository, walk, folders, identify, progress);
        repository.forget();
        timelines
    }

    fn from_walk(
        repository: &Repository,
        walk: Walk,
        folders: &[String],
        by: &dyn Identify,
        progress: &dyn Progress,
    ) -> Result<Self, HistoryError> {
        let files: Vec<(&str, ObjectId)> = walk.files.iter().map(|file| (file.path.as_ref(), file.blob)).collect();
        let ids = identify(repository, &files, by, progress)?;
        let resolver = Resolver::new(&walk.files, &ids);
        let share = walk.commits.len().div_ceil(rayon::current_num_threads() * 4).max(64);
        let found: Vec<Vec<(u32, Revision)>> = walk
            .commits
            .par_chunks(share)
            .zip(walk.changes.par_chunks(share))
            .map(|(commits, changes)| {
                repository.with_reader(|reader| {
                    let mut found = Vec::new();
                    for (commit, against) in commits.iter().zip(changes) {
                        resolver.resolve(repository, reader, commit, against, &mut found)?;
                    }
                    Ok(found)
                })
            })
            .collect::<Result<_, HistoryError>>()?;
        let names = resolver.names;
        let mut revisions: Vec<Vec<Revision>> = vec![Vec::new(); names.len()];
        for (document, revision) in found.into_iter().flatten() {
            revisions[document as usize].push(revision);
        }
        let documents = names.iter().map(|name| name.to_string()).zip(revisions).collect();
        let mut by_file: HashMap<Arc<str>, ObjectMap<Option<Arc<str>>>> = HashMap::new();
        for (file, document) in walk.files.iter().zip(&resolver.documents) {
            let name = document.map(|document| names[document as usize].clone());
            by_file.entry(file.path.clone()).or_default().insert(file.blob, name);
        }
        let numbers = (0..).zip(&walk.commits).map(|(number, commit)| (commit.id.0, number)).collect();
        Ok(Self {
            commits: walk.commits,
            numbers,
            documents,
            folders: folders.to_vec(),
            ids: by_file,
            boundary: walk.boundary,
            unnameable: walk.unnameable,
        })
    }

    /// The ids of all documents that ever were, in capitals, sorted.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// A document's revisions, newest first; none for an id that never was.
    pub fn revisions(&self, id: &str) -> &[Revision] {
        self.documents.get(&normal(id)).map_or(&[], Vec::as_slice)
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

    /// Which document lies at which path at a commit that was walked. Where two paths have the same id, both are told.
    pub fn ids_at(&self, repository: &Repository, commit: CommitId) -> Result<BTreeMap<String, String>, HistoryError> {
        if self.commit(commit).is_none() {
            return Err(HistoryError::NotInHistory { commit });
        }
        let files = repository.list_folders(commit, &self.folders)?;
        let id = |path: &str, blob: BlobId| self.ids.get(path)?.get(&blob.0)?.as_ref().map(ToString::to_string);
        let files = files.into_iter().filter(|file| file.kind == TreeEntryKind::File);
        Ok(files.filter_map(|file| id(&file.path, file.blob).map(|id| (file.path, id))).collect())
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

/// Turns changed paths into changed documents.
struct Resolver<'a> {
    files: &'a [File],
    /// All ids, sorted.
    names: Vec<Arc<str>>,
    /// Of each file, the number of its id.
    documents: Vec<Option<u32>>,
    /// Of each file, the number of its path; numbers grow alphabetically.
    paths: Vec<u32>,
    /// Of each id, the paths it ever had.
    homes: Vec<BTreeSet<u32>>,
    /// All paths, sorted.
    path_names: Vec<Arc<str>>,
    by_place: HashMap<u32, ObjectMap<u32>>,
}

/// A path at which an id stood before a commit, after it, or both.
#[derive(Debug, Clone, Copy)]
struct Touched {
    document: u32,
    path: u32,
    old: Option<u32>,
    new: Option<u32>,
}

impl<'a> Resolver<'a> {
    fn new(files: &'a [File], ids: &[Option<String>]) -> Self {
        let names: BTreeSet<&str> = ids.iter().filter_map(Option::as_deref).collect();
        let names: Vec<Arc<str>> = names.into_iter().map(Arc::from).collect();
        let path_names: BTreeSet<&Arc<str>> = files.iter().map(|file| &file.path).collect();
        let path_names: Vec<Arc<str>> = path_names.into_iter().cloned().collect();
        let name_numbers: HashMap<&str, u32> =
            (0..).zip(&names).map(|(number, name)| (name.as_ref(), number)).collect();
        let path_numbers: HashMap<&str, u32> =
            (0..).zip(&path_names).map(|(number, path)| (path.as_ref(), number)).collect();
        let documents: Vec<Option<u32>> =
            ids.iter().map(|id| id.as_deref().and_then(|id| name_numbers.get(id).copied())).collect();
        let paths: Vec<u32> = files.iter().map(|file| path_numbers[file.path.as_ref()]).collect();
        let mut homes = vec![BTreeSet::new(); names.len()];
        let mut by_place: HashMap<u32, ObjectMap<u32>> = HashMap::new();
        for (number, (document, path)) in (0..).zip(documents.iter().zip(&paths)) {
            if let Some(document) = document {
                homes[*document as usize].insert(*path);
            }
            by_place.entry(*path).or_default().insert(files[number as usize].blob, number);
        }
        Self { files, names, documents, paths, homes, path_names, by_place }
    }

    /// Adds the revisions of one commit.
    fn resolve(
        &self,
        repository: &Repository,
        reader: &mut Reader,
        commit: &Commit,
        against: &[Vec<Change>],
        found: &mut Vec<(u32, Revision)>,
    ) -> Result<(), HistoryError> {
        let touched: Vec<Vec<Touched>> = against.iter().map(|changes| self.touched(changes)).collect();
        let Some((first, others)) = touched.split_first() else { return Ok(()) };
        for of_first in first.chunk_by(|a, b| a.document == b.document) {
            let document = of_first[0].document;
            let mut of_parents = vec![of_first];
            of_parents.extend(others.iter().map(|touched| of_document(touched, document)));
            if of_parents.iter().any(|touched| touched.is_empty()) {
                continue;
            }
            let mut unchanged = |path: u32| self.at_commit(repository, reader, commit, document, path);
            let now = self.winner(document, of_first, |touched| touched.new, &mut unchanged)?;
            let mut differs = true;
            for touched in of_parents {
                differs &= now != self.winner(document, touched, |touched| touched.old, &mut unchanged)?;
            }
            if differs {
                let file = now.map(|file| &self.files[file as usize]);
                let revision = Revision {
                    commit: commit.id,
                    path: file.map(|file| file.path.clone()),
                    blob: file.map(|file| BlobId(file.blob)),
                };
                found.push((document, revision));
            }
        }
        Ok(())
    }

    /// The changes as seen by each id, sorted by id and path.
    fn touched(&self, changes: &[Change]) -> Vec<Touched> {
        let mut touched = Vec::with_capacity(changes.len());
        for change in changes {
            let Some(path) = change.new.or(change.old).map(|file| self.paths[file as usize]) else { continue };
            let document = |file: Option<u32>| file.and_then(|file| self.documents[file as usize]);
            let (before, after) = (document(change.old), document(change.new));
            if let Some(document) = after {
                let old = change.old.filter(|_| before == after);
                touched.push(Touched { document, path, old, new: change.new });
            }
            if let Some(document) = before.filter(|_| before != after) {
                touched.push(Touched { document, path, old: change.old, new: None });
            }
        }
        touched.sort_by_key(|touched| (touched.document, touched.path));
        touched
    }

    /// The alphabetically first file with the id, on one side of a comparison.
    fn winner(
        &self,
        document: u32,
        touched: &[Touched],
        side: impl Fn(&Touched) -> Option<u32>,
        unchanged: &mut impl FnMut(u32) -> Result<Option<u32>, HistoryError>,
    ) -> Result<Option<u32>, HistoryError> {
        for path in &self.homes[document as usize] {
            let found = match touched.binary_search_by_key(path, |touched| touched.path) {
                Ok(at) => side(&touched[at]),
                Err(_) => unchanged(*path)?,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The file at a path of a commit, if it has the id.
    fn at_commit(
        &self,
        repository: &Repository,
        reader: &mut Reader,
        commit: &Commit,
        document: u32,
        path: u32,
    ) -> Result<Option<u32>, HistoryError> {
        let Some(blob) = repository.blob_in(reader, commit.tree, &self.path_names[path as usize])? else {
            return Ok(None);
        };
        let file = self.by_place.get(&path).and_then(|files| files.get(&blob.0).copied());
        Ok(file.filter(|file| self.documents[*file as usize] == Some(document)))
    }
}

/// The part of a sorted list that is about one id.
fn of_document(touched: &[Touched], document: u32) -> &[Touched] {
    let start = touched.partition_point(|touched| touched.document < document);
    let end = touched.partition_point(|touched| touched.document <= document);
    &touched[start..end]
}
