//! The one walk: every commit reachable from a head, in order, with what it changed.

use std::collections::{BTreeSet, BinaryHeap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::changes::{Changed, Changes, Files, Job, Run};
use super::git_objects::ObjectKind;
use super::id::ObjectMap;
use super::repository::Repository;
use super::walk_cache::CachedWalk;
use super::{Commit, CommitId, HistoryError, Identify, Progress, Stage};

/// What one walk found.
#[derive(Debug)]
pub(super) struct Walk {
    /// Children before parents; of several that could come next the latest by commit date, then the lowest name.
    pub(super) commits: Vec<Commit>,
    /// Of each commit, its first parent's place in `commits`.
    pub(super) first_parents: Vec<Option<u32>>,
    /// Of each commit, its changes.
    pub(super) changed: Vec<Changed>,
    pub(super) files: Files,
    /// Of the first files, the id that each states, as an earlier walk found it; later of all files.
    pub(super) ids: Vec<Option<Arc<str>>>,
    /// Commits whose parents the clone does not have.
    pub(super) boundary: BTreeSet<CommitId>,
    /// How many commits no earlier walk had met.
    pub(super) fresh: usize,
}

/// Commits in the first run handed to another thread; each further run is twice as long, up to the longest.
const SHORTEST_RUN: usize = 512;
/// Neighbours in history share folder listings, and a run's reader remembers them; but no thread should wait for another.
const LONGEST_RUN: usize = 4096;

/// Walks everything reachable from `head`. What is known already is not read again. While one thread still reads commits,
/// others compare those it has read.
pub(super) fn walk(
    repository: &Repository,
    head: CommitId,
    folders: &[String],
    identify: &dyn Identify,
    progress: &dyn Progress,
    mut known: CachedWalk,
) -> Result<Walk, HistoryError> {
    let scope = repository.scope(folders);
    let skip = repository.root_length();
    let shallow = repository.shallow_commits();
    let runs: Mutex<Vec<(usize, Result<Run<'_>, HistoryError>)>> = Mutex::default();
    let (compared, total) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let loaded = rayon::in_place_scope(|threads| {
        let (runs, compared, total, scope) = (&runs, &compared, &total, &scope);
        let loaded = load(repository, head, &shallow, &known, progress, &mut |first, jobs| {
            threads.spawn(move |_| {
                let mut run = Run::new(scope, skip, identify);
                let result = repository.with_reader(|reader| run.compare_all(reader, &jobs));
                let done = compared.fetch_add(jobs.len(), Ordering::Relaxed) + jobs.len();
                // Until all commits are read, their number is the progress to show.
                let total = total.load(Ordering::Relaxed);
                if total > 0 {
                    progress.report(Stage::Changes, done, Some(total));
                }
                runs.lock().unwrap_or_else(PoisonError::into_inner).push((first, result.map(|()| run)));
            });
        });
        total.store(loaded.as_ref().map_or(0, |loaded| loaded.commits.len()), Ordering::Relaxed);
        loaded
    })?;
    let fresh = loaded.commits.len();
    let ahead = is_ahead(&loaded, &known, &shallow);
    known.keep_reachable(loaded.known);
    let mut runs = runs.into_inner().unwrap_or_else(PoisonError::into_inner);
    runs.sort_unstable_by_key(|(first, _)| *first);
    let mut changes = Changes { files: known.files, changed: known.changed };
    for (_, run) in runs {
        changes.append(run?);
    }
    let known_commits = known.commits.len();
    let mut commits = known.commits;
    commits.extend(loaded.commits);
    let mut numbers: ObjectMap<u32> = known.numbers;
    numbers.extend((0..).zip(&commits).skip(known_commits).map(|(number, commit)| (commit.id.0, number)));
    // All that is new may follow on what is known, which stands in order already.
    let settled = if ahead { known_commits } else { 0 };
    let parents = parents(&commits[settled..], &shallow, |id| (*numbers.get(&id.0)? as usize).checked_sub(settled));
    let order = order(&commits[settled..], &parents);
    let commits = in_order(commits, settled, &order);
    let changed = in_order(changes.changed, settled, &order);
    let mut places = vec![0; commits.len()];
    for (place, commit) in (0..).zip(&commits) {
        places[numbers[&commit.id.0] as usize] = place;
    }
    let first_parent = |commit: &Commit| {
        let parent = commit.parents.iter().find_map(|parent| numbers.get(&parent.0));
        parent.filter(|_| !shallow.contains(&commit.id)).map(|parent| places[*parent as usize])
    };
    let first_parents = commits.iter().map(first_parent).collect();
    let boundary = commits.iter().map(|commit| commit.id).filter(|id| shallow.contains(id)).collect();
    Ok(Walk { first_parents, changed, commits, files: changes.files, ids: known.ids, boundary, fresh })
}

/// Whether every commit that was not known follows, over one or more others, on the newest that was.
fn is_ahead(loaded: &Loaded, known: &CachedWalk, shallow: &BTreeSet<CommitId>) -> bool {
    let new: HashSet<CommitId> = loaded.commits.iter().map(|commit| commit.id).collect();
    let follows = |parent: &CommitId| new.contains(parent) || known.number(*parent) == Some(0);
    let has_one = |commit: &Commit| !shallow.contains(&commit.id) && commit.parents.iter().any(follows);
    loaded.known.iter().all(|number| *number == 0) && !loaded.known.is_empty() && loaded.commits.iter().all(has_one)
}

/// Puts the first things, which are in order, behind the others, and those in an order that names each of them once.
fn in_order<T>(mut things: Vec<T>, settled: usize, order: &[usize]) -> Vec<T> {
    let mut others: Vec<Option<T>> = things.drain(settled..).map(Some).collect();
    let mut sorted = Vec::with_capacity(settled + others.len());
    sorted.extend(order.iter().filter_map(|number| others[*number].take()));
    sorted.append(&mut things);
    sorted
}

/// A commit in the order of dates, later ones greater.
struct Dated(Commit);

impl Dated {
    fn key(&self) -> (jiff::Timestamp, std::cmp::Reverse<CommitId>) {
        (self.0.committer.time, std::cmp::Reverse(self.0.id))
    }
}

impl Ord for Dated {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Dated {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Dated {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Dated {}

/// Commits as they were found.
struct Loaded {
    /// Those that were not known.
    commits: Vec<Commit>,
    /// CachedWalk commits from which the rest can be reached.
    known: Vec<u32>,
}

/// Reads all commits that are not known and hands them on in runs, each with the number of its first.
fn load(
    repository: &Repository,
    head: CommitId,
    shallow: &BTreeSet<CommitId>,
    known: &CachedWalk,
    progress: &dyn Progress,
    hand_on: &mut dyn FnMut(usize, Vec<Job>),
) -> Result<Loaded, HistoryError> {
    let mut loaded = Loaded { commits: Vec::new(), known: Vec::new() };
    let mut run: Vec<Job> = Vec::new();
    let mut run_length = SHORTEST_RUN;
    repository.with_reader(|reader| {
        // By date, like the final order as far as dates can be trusted: what lies together in time shares listings.
        let mut waiting = BinaryHeap::new();
        let mut seen: ObjectMap<()> = ObjectMap::default();
        let mut read = |id: CommitId| Commit::parse(id, &reader.read(id.0, ObjectKind::Commit)?);
        match known.number(head) {
            Some(number) => loaded.known.push(number),
            None => waiting.push(Dated(read(head)?)),
        }
        while let Some(Dated(commit)) = waiting.pop() {
            let id = commit.id;
            let parents = if shallow.contains(&id) { &[][..] } else { &commit.parents };
            for parent in parents {
                if seen.insert(parent.0, ()).is_none() {
                    match known.number(*parent) {
                        Some(number) => loaded.known.push(number),
                        None => waiting.push(Dated(read(*parent)?)),
                    }
                }
            }
            run.push(Job { id, tree: commit.tree, parents: parents.to_vec() });
            loaded.commits.push(commit);
            if run.len() == run_length {
                run_length = LONGEST_RUN.min(run_length * 2);
                hand_on(loaded.commits.len() - run.len(), std::mem::take(&mut run));
                progress.report(Stage::Commits, loaded.commits.len(), None);
            }
        }
        Ok(())
    })?;
    if !run.is_empty() {
        hand_on(loaded.commits.len() - run.len(), run);
    }
    Ok(loaded)
}

/// Of each commit, the numbers of its parents as far as they have one; none where the clone ends.
fn parents(
    commits: &[Commit],
    shallow: &BTreeSet<CommitId>,
    number: impl Fn(&CommitId) -> Option<usize>,
) -> Vec<Vec<usize>> {
    let of = |commit: &Commit| {
        let parents = if shallow.contains(&commit.id) { &[][..] } else { &commit.parents };
        parents.iter().filter_map(&number).collect()
    };
    commits.iter().map(of).collect()
}

/// The commits' numbers in the order of [`Walk::commits`].
fn order(commits: &[Commit], parents: &[Vec<usize>]) -> Vec<usize> {
    let mut children = vec![0_usize; commits.len()];
    for parent in parents.iter().flatten() {
        children[*parent] += 1;
    }
    let entry = |number: usize| (commits[number].committer.time, std::cmp::Reverse(commits[number].id), number);
    let mut ready: BinaryHeap<_> = (0..commits.len()).filter(|number| children[*number] == 0).map(entry).collect();
    let mut order = Vec::with_capacity(commits.len());
    while let Some((_, _, number)) = ready.pop() {
        order.push(number);
        for parent in &parents[number] {
            children[*parent] -= 1;
            if children[*parent] == 0 {
                ready.push(entry(*parent));
            }
        }
    }
    order
}
