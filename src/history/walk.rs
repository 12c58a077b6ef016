//! The one walk: every commit reachable from a head, in order, and what each changed against each of its parents.

use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::id::{ObjectId, ObjectMap};
use super::objects::Reader;
use super::pack::Kind;
use super::repository::Repository;
use super::tree::{self, Scope};
use super::{Commit, CommitId, HistoryError, Identify, Progress, Stage};

/// What one walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Children before parents; of several that could come next the latest by commit date, then the lowest name.
    pub(super) commits: Vec<Commit>,
    /// Of each commit, the changes against each parent that is in the repository; a commit without one is compared with
    /// nothing. No entry where the commit equals one of its parents.
    pub(super) changes: Vec<Vec<Vec<Change>>>,
    /// Every distinct path with its bytes that ever stood in the scope.
    pub(super) files: Vec<File>,
    /// Commits whose parents the clone does not have.
    pub(super) boundary: Vec<CommitId>,
    /// Paths that are not UTF-8, with replacement characters.
    pub(super) unnameable: BTreeSet<String>,
}

/// A path and the bytes that stood there, whatever commit it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// Path from the handbook's root.
    pub(super) path: Arc<str>,
    pub(super) blob: ObjectId,
}

/// One path that differs between a commit and a parent; numbers into [`Walk::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) old: Option<u32>,
    pub(super) new: Option<u32>,
}

/// Walks everything reachable from `head`.
pub(super) fn walk(
    repository: &Repository,
    head: CommitId,
    folders: &[String],
    identify: &dyn Identify,
    progress: &dyn Progress,
) -> Result<Walk, HistoryError> {
    let (commits, boundary) = commits(repository, head, progress)?;
    let trees: ObjectMap<ObjectId> = commits.iter().map(|commit| (commit.id.0, commit.tree)).collect();
    let scope = repository.scope(folders);
    let skip = repository.root_length();
    let done = AtomicUsize::new(0);
    // Long shares: neighbours in history share folder listings, and a share's reader remembers them.
    let share = commits.len().div_ceil(rayon::current_num_threads() * 4).max(64);
    let shares: Vec<Share<'_>> = commits
        .par_chunks(share)
        .map(|commits| {
            let mut share = Share::new(&scope, skip, identify);
            repository.with_reader(|reader| commits.iter().try_for_each(|commit| share.add(reader, commit, &trees)))?;
            let before = done.fetch_add(commits.len(), Ordering::Relaxed);
            progress.report(Stage::Changes, before + commits.len(), Some(trees.len()));
            Ok(share)
        })
        .collect::<Result<_, HistoryError>>()?;
    let mut walk = Walk { boundary, ..Walk::default() };
    let mut numbers: HashMap<Arc<str>, ObjectMap<u32>> = HashMap::new();
    for share in shares {
        let translated: Vec<u32> = share
            .files
            .into_iter()
            .map(|(path, blob)| {
                let same_path = match numbers.get_mut(share.paths[path].as_str()) {
                    Some(found) => found,
                    None => numbers.entry(Arc::from(share.paths[path].as_str())).or_default(),
                };
                *same_path.entry(blob).or_insert_with(|| {
                    walk.files.push(File { path: Arc::from(share.paths[path].as_str()), blob });
                    count(walk.files.len() - 1)
                })
            })
            .collect();
        let global = |file: Option<u32>| file.and_then(|file| translated.get(file as usize).copied());
        walk.changes.extend(share.changes.into_iter().map(|mut against| {
            for change in against.iter_mut().flatten() {
                *change = Change { old: global(change.old), new: global(change.new) };
            }
            against
        }));
        walk.unnameable.extend(share.unnameable);
    }
    walk.commits = commits;
    Ok(walk)
}

/// Numbers of files fit 32 bits: each stands for an object, and git's own packs count those in 32 bits.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A run of commits compared by one thread.
struct Share<'a> {
    scope: &'a Scope,
    /// Bytes of a path before the handbook's root.
    skip: usize,
    identify: &'a dyn Identify,
    /// `None` for a path that is no document's.
    path_numbers: HashMap<Vec<u8>, Option<usize>>,
    paths: Vec<String>,
    file_numbers: HashMap<(usize, ObjectId), u32>,
    files: Vec<(usize, ObjectId)>,
    changes: Vec<Vec<Vec<Change>>>,
    unnameable: BTreeSet<String>,
}

impl<'a> Share<'a> {
    fn new(scope: &'a Scope, skip: usize, identify: &'a dyn Identify) -> Self {
        Self {
            scope,
            skip,
            identify,
            path_numbers: HashMap::new(),
            paths: Vec::new(),
            file_numbers: HashMap::new(),
            files: Vec::new(),
            changes: Vec::new(),
            unnameable: BTreeSet::new(),
        }
    }

    fn add(&mut self, reader: &mut Reader, commit: &Commit, trees: &ObjectMap<ObjectId>) -> Result<(), HistoryError> {
        let parents: Vec<ObjectId> = commit.parents.iter().filter_map(|parent| trees.get(&parent.0).copied()).collect();
        let mut against = Vec::new();
        if parents.is_empty() {
            against.push(self.compare(reader, None, commit.tree)?);
        } else if !parents.contains(&commit.tree) {
            for parent in parents {
                against.push(self.compare(reader, Some(parent), commit.tree)?);
                if against.last().is_some_and(Vec::is_empty) {
                    break;
                }
            }
        }
        if against.iter().any(Vec::is_empty) {
            against.clear();
        }
        self.changes.push(against);
        Ok(())
    }

    fn compare(
        &mut self,
        reader: &mut Reader,
        old: Option<ObjectId>,
        new: ObjectId,
    ) -> Result<Vec<Change>, HistoryError> {
        let mut changes = Vec::new();
        let scope = self.scope;
        tree::compare(reader, scope, old, Some(new), &mut |path, old, new| {
            if let Some(path) = self.path(path) {
                let mut file = |blob: Option<ObjectId>| blob.map(|blob| self.file(path, blob));
                changes.push(Change { old: file(old), new: file(new) });
            }
        })?;
        Ok(changes)
    }

    fn path(&mut self, path: &[u8]) -> Option<usize> {
        let path = path.get(self.skip..)?;
        if let Some(number) = self.path_numbers.get(path) {
            return *number;
        }
        let number = match std::str::from_utf8(path) {
            Ok(name) if self.identify.is_document(name) => {
                self.paths.push(name.to_owned());
                Some(self.paths.len() - 1)
            }
            Ok(_) => None,
            Err(_) => {
                self.unnameable.insert(String::from_utf8_lossy(path).into_owned());
                None
            }
        };
        self.path_numbers.insert(path.to_owned(), number);
        number
    }

    fn file(&mut self, path: usize, blob: ObjectId) -> u32 {
        *self.file_numbers.entry((path, blob)).or_insert_with(|| {
            self.files.push((path, blob));
            count(self.files.len() - 1)
        })
    }
}

/// Reads all commits and puts them in order.
fn commits(
    repository: &Repository,
    head: CommitId,
    progress: &dyn Progress,
) -> Result<(Vec<Commit>, Vec<CommitId>), HistoryError> {
    let shallow: BTreeSet<CommitId> = repository.shallow_commits().into_iter().collect();
    let mut numbers: ObjectMap<usize> = ObjectMap::default();
    let mut found: Vec<Commit> = Vec::new();
    let mut boundary = Vec::new();
    let mut waiting = vec![head];
    repository.with_reader(|reader| {
        while let Some(id) = waiting.pop() {
            if numbers.contains_key(&id.0) {
                continue;
            }
            let commit = Commit::parse(id, &reader.read(id.0, Kind::Commit)?)?;
            if shallow.contains(&id) {
                boundary.push(id);
            } else {
                waiting.extend(commit.parents.iter().rev().filter(|parent| !numbers.contains_key(&parent.0)));
            }
            numbers.insert(id.0, found.len());
            found.push(commit);
            if found.len().is_multiple_of(1024) {
                progress.report(Stage::Commits, found.len(), None);
            }
        }
        Ok(())
    })?;
    boundary.sort();
    let known = |commit: &Commit| -> Vec<usize> {
        commit.parents.iter().filter_map(|parent| numbers.get(&parent.0).copied()).collect()
    };
    let mut children = vec![0_usize; found.len()];
    for parent in found.iter().flat_map(&known) {
        children[parent] += 1;
    }
    let mut ready = BinaryHeap::new();
    let entry = |number: usize| {
        let commit: &Commit = &found[number];
        (commit.committer.time, std::cmp::Reverse(commit.id), number)
    };
    ready.extend((0..found.len()).filter(|number| children[*number] == 0).map(entry));
    let mut order = Vec::with_capacity(found.len());
    while let Some((_, _, number)) = ready.pop() {
        order.push(number);
        for parent in known(&found[number]) {
            children[parent] -= 1;
            if children[parent] == 0 {
                ready.push(entry(parent));
            }
        }
    }
    let mut found: Vec<Option<Commit>> = found.into_iter().map(Some).collect();
    // Each number stands in the order once, for each commit becomes ready once.
    let ordered = order.into_iter().filter_map(|number| found[number].take()).collect();
    Ok((ordered, boundary))
}
