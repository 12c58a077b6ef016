//! The cache of a walk, in the repository for the next one: every commit reachable then, what it changed, and which
//! document each file is. All of this follows from the names of commits, so that it stays true whatever is committed,
//! amended or dropped later; a walk takes from it what its own head reaches and reads the rest.
//!
//! It never changes a result. What is damaged, made by another version or for other folders, or made while the
//! repository showed another part of its history (a shallow clone since deepened, replaced commits) counts as nothing
//! there and is made anew, as when an object of it has gone. Evidence does not rest on it: an audit reads the objects.
//!
//! This module reads; the bytes to be written go to whoever writes ([`Keep`]).

#![expect(clippy::disallowed_methods, reason = "this module alone reads git's own files")]

mod format;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::changes::{Change, Changed, Files};
use super::git_objects::ObjectStore;
use super::id::{ObjectId, ObjectMap};
use super::walk::Walk;
use super::{Commit, CommitId, Identify, Repository};

/// Writes what is kept. Whoever does it may fail in silence: then it is read again next time.
pub trait Keep: Sync {
    /// Puts these bytes at this path inside the git directory in one step, in place of what stands there.
    fn keep(&self, path: &Path, bytes: &[u8]);
}

/// What an earlier walk found.
#[derive(Debug, Default)]
pub(super) struct CachedWalk {
    pub(super) commits: Vec<Commit>,
    pub(super) numbers: ObjectMap<u32>,
    /// Of each commit, its changes.
    pub(super) changed: Vec<Changed>,
    pub(super) files: Files,
    /// Of each file, the id that it states.
    pub(super) ids: Vec<Option<Arc<str>>>,
    pub(super) holders: Holders,
    /// The objects lie elsewhere by now, as after `git gc`: looking for them takes longer until that is kept.
    pub(super) moved: bool,
}

impl CachedWalk {
    /// The number of a commit that is known. Of one that is, all that it follows is known too.
    pub(super) fn number(&self, commit: CommitId) -> Option<u32> {
        self.numbers.get(&commit.0).copied()
    }

    /// Forgets what cannot be reached from these commits, so that nothing is told that history no longer holds.
    pub(super) fn keep_reachable(&mut self, mut from: Vec<u32>) {
        // One walk wrote it all, and its head came first.
        if from.contains(&0) {
            return;
        }
        let mut reached = vec![false; self.commits.len()];
        while let Some(number) = from.pop() {
            if !std::mem::replace(&mut reached[number as usize], true) {
                from.extend(self.commits[number as usize].parents.iter().filter_map(|parent| self.number(*parent)));
            }
        }
        let mut of = reached.iter();
        self.commits.retain(|_| of.next().is_some_and(|reached| *reached));
        let mut of = reached.iter();
        self.changed.retain(|_| of.next().is_some_and(|reached| *reached));
        self.numbers = (0..).zip(&self.commits).map(|(number, commit)| (commit.id.0, number)).collect();
        let mut used = vec![false; self.files.files.len()];
        for file in self.changed.iter().flat_map(Changed::files) {
            used[file as usize] = true;
        }
        let numbers = self.files.keep(&used);
        let mut of = used.iter();
        self.ids.retain(|_| of.next().is_some_and(|used| *used));
        for change in self.changed.iter_mut().flat_map(Changed::changes_mut) {
            let now = |file: Option<u32>| file.and_then(|file| numbers[file as usize]);
            *change = Change { old: now(change.old), new: now(change.new) };
        }
    }

    /// Whether all that is known hangs together: every commit's parents are known, unless the clone ends there.
    fn is_closed(&self, repository: &Repository) -> bool {
        let shallow = repository.shallow_commits();
        self.commits.iter().all(|commit| {
            shallow.contains(&commit.id) || commit.parents.iter().all(|parent| self.numbers.contains_key(&parent.0))
        })
    }

    /// Whether the repository still has it. A walk that met a missing object would say so, and so must this one.
    fn is_there(&self, store: &ObjectStore) -> bool {
        if self.moved {
            return objects(&self.commits, &self.files).all(|id| store.has(id));
        }
        self.holders.loose.iter().all(|id| store.has(*id))
    }
}

/// Where the objects lie that something was read from. A pack never changes, so that one which is still there says as
/// much of all its objects.
#[derive(Debug, Default)]
pub(super) struct Holders {
    packs: Vec<ObjectId>,
    /// Objects that lay in no pack.
    loose: Vec<ObjectId>,
}

impl Holders {
    fn of(walk: &Walk, store: &ObjectStore) -> Self {
        let loose = objects(&walk.commits, &walk.files).filter(|id| !store.is_packed(*id)).collect();
        Self { packs: store.packs(), loose }
    }

    fn are_in(&self, store: &ObjectStore) -> bool {
        let packs = store.packs();
        self.packs.iter().all(|pack| packs.contains(pack))
    }
}

/// Every object that was read.
fn objects(commits: &[Commit], files: &Files) -> impl ParallelIterator<Item = ObjectId> {
    let of_commits = commits.par_iter().with_min_len(1024).flat_map_iter(|commit| [commit.id.0, commit.tree]);
    of_commits.chain(files.files.par_iter().with_min_len(1024).map(|file| file.blob))
}

/// The place of what is kept for some folders.
#[derive(Debug)]
pub(super) struct CacheFile {
    path: PathBuf,
    /// What has to be the same for it to hold.
    key: [u8; 32],
}

impl CacheFile {
    /// `None` where nothing may be kept, since answers have no name under which they would stay the same.
    pub(super) fn of(repository: &Repository, folders: &[String], identify: &dyn Identify) -> Option<Self> {
        let name = identify.name()?;
        let place = hash(&[&[repository.root_path().as_bytes()], &folders_in(folders)[..]].concat());
        let state = repository.state();
        let key = hash(&[&place, env!("CARGO_PKG_VERSION").as_bytes(), name.as_bytes(), &state]);
        let file: String = place[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        // Beside the objects, so that all work trees of a repository share it.
        Some(Self { path: repository.common_dir().join("kitei").join(format!("history-{file}")), key })
    }

    /// What is kept there; `None` where it is not to be used.
    pub(super) fn take(&self, repository: &Repository) -> Option<CachedWalk> {
        // Anything but a file could keep its reader waiting.
        if !std::fs::symlink_metadata(&self.path).ok()?.is_file() {
            return None;
        }
        let bytes = std::fs::read(&self.path).ok()?;
        let (known, store) = rayon::join(|| format::read(&self.key, &bytes), || repository.store());
        let mut known = known?;
        known.moved = !known.holders.are_in(store);
        (known.is_closed(repository) && known.is_there(store)).then_some(known)
    }

    /// Has what a walk found written there.
    pub(super) fn put(&self, repository: &Repository, walk: &Walk, keep: &dyn Keep) {
        let holders = Holders::of(walk, repository.store());
        if let Some(bytes) = format::write(&self.key, walk, &holders) {
            keep.keep(&self.path, &bytes);
        }
    }
}

/// Folders as parts of a key; their order says nothing.
fn folders_in(folders: &[String]) -> Vec<&[u8]> {
    let mut folders: Vec<&[u8]> = folders.iter().map(String::as_bytes).collect();
    folders.sort_unstable();
    folders
}

/// A hash of parts, none of which can be taken for two.
pub(super) fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
