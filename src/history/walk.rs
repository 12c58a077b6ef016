//! The one walk: every commit reachable from a head, in order, with what it changed.

use std::collections::{BTreeSet, BinaryHeap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::changes::{Changed, Changes, Files, Job, Run};
use super::id::ObjectMap;
use super::pack::Kind;
use super::repository::Repository;
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
    /// Commits whose parents the clone does not have.
    pub(super) boundary: BTreeSet<CommitId>,
    /// Paths that are not UTF-8, with replacement characters.
    pub(super) unnameable: BTreeSet<String>,
}

/// Commits in the first run handed to another thread; each further run is twice as long, up to the longest.
const SHORTEST_RUN: usize = 512;
/// Neighbours in history share folder listings, and a run's reader remembers them; but no thread should wait for another.
const LONGEST_RUN: usize = 4096;

/// Walks everything reachable from `head`. While one thread still reads commits, others compare those it has read.
pub(super) fn walk(
    repository: &Repository,
    head: CommitId,
    folders: &[String],
    identify: &dyn Identify,
    progress: &dyn Progress,
) -> Result<Walk, HistoryError> {
    let scope = repository.scope(folders);
    let skip = repository.root_length();
    let runs: Mutex<Vec<(usize, Result<Run<'_>, HistoryError>)>> = Mutex::default();
    let (compared, total) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let loaded = rayon::in_place_scope(|threads| {
        let (runs, compared, total, scope) = (&runs, &compared, &total, &scope);
        let loaded = load(repository, head, progress, &mut |first, jobs| {
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
    let mut runs = runs.into_inner().unwrap_or_else(PoisonError::into_inner);
    runs.sort_unstable_by_key(|(first, _)| *first);
    let mut changes = Changes::default();
    for (_, run) in runs {
        changes.append(run?);
    }
    let order = loaded.order();
    let mut places = vec![0; order.len()];
    for (place, number) in (0..).zip(&order) {
        places[*number] = place;
    }
    let first_parents = order.iter().map(|number| Some(places[*loaded.parents[*number].first()?])).collect();
    Ok(Walk {
        first_parents,
        changed: in_order(changes.changed, &order),
        commits: in_order(loaded.commits, &order),
        files: changes.files,
        boundary: loaded.boundary,
        unnameable: changes.unnameable,
    })
}

/// Puts things in an order that names each of them once.
fn in_order<T>(things: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.iter().filter_map(|number| things[*number].take()).collect()
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
    commits: Vec<Commit>,
    /// Of each commit, the numbers of its parents; none where the clone ends.
    parents: Vec<Vec<usize>>,
    boundary: BTreeSet<CommitId>,
}

/// Reads all commits and hands them on in runs, each with the number of its first.
fn load(
    repository: &Repository,
    head: CommitId,
    progress: &dyn Progress,
    hand_on: &mut dyn FnMut(usize, Vec<Job>),
) -> Result<Loaded, HistoryError> {
    let shallow = repository.shallow_commits();
    let mut numbers: ObjectMap<usize> = ObjectMap::default();
    let mut commits: Vec<Commit> = Vec::new();
    let mut boundary = BTreeSet::new();
    let mut run: Vec<Job> = Vec::new();
    let mut run_length = SHORTEST_RUN;
    repository.with_reader(|reader| {
        // By date, like the final order as far as dates can be trusted: what lies together in time shares listings.
        let mut waiting = BinaryHeap::new();
        let mut seen: ObjectMap<()> = ObjectMap::default();
        let mut read = |id: CommitId| Commit::parse(id, &reader.read(id.0, Kind::Commit)?);
        waiting.push(Dated(read(head)?));
        while let Some(Dated(commit)) = waiting.pop() {
            let id = commit.id;
            let ends = shallow.contains(&id) && boundary.insert(id);
            let parents = if ends { &[][..] } else { &commit.parents };
            for parent in parents {
                if seen.insert(parent.0, ()).is_none() {
                    waiting.push(Dated(read(*parent)?));
                }
            }
            run.push(Job { id, tree: commit.tree, parents: parents.to_vec() });
            numbers.insert(id.0, commits.len());
            commits.push(commit);
            if run.len() == run_length {
                run_length = LONGEST_RUN.min(run_length * 2);
                hand_on(commits.len() - run.len(), std::mem::take(&mut run));
                progress.report(Stage::Commits, commits.len(), None);
            }
        }
        Ok(())
    })?;
    hand_on(commits.len() - run.len(), run);
    let parents = commits.iter().map(|commit| {
        let parents = if boundary.contains(&commit.id) { &[][..] } else { &commit.parents };
        parents.iter().filter_map(|parent| numbers.get(&parent.0).copied()).collect()
    });
    Ok(Loaded { parents: parents.collect(), commits, boundary })
}

impl Loaded {
    /// The commits' numbers in the order of [`Walk::commits`].
    fn order(&self) -> Vec<usize> {
        let mut children = vec![0_usize; self.commits.len()];
        for parent in self.parents.iter().flatten() {
            children[*parent] += 1;
        }
        let entry = |number: usize| {
            let commit = &self.commits[number];
            (commit.committer.time, std::cmp::Reverse(commit.id), number)
        };
        let mut ready: BinaryHeap<_> =
            (0..self.commits.len()).filter(|number| children[*number] == 0).map(entry).collect();
        let mut order = Vec::with_capacity(self.commits.len());
        while let Some((_, _, number)) = ready.pop() {
            order.push(number);
            for parent in &self.parents[number] {
                children[*parent] -= 1;
                if children[*parent] == 0 {
                    ready.push(entry(*parent));
                }
            }
        }
        order
    }
}
