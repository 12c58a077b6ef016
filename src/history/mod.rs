//! History: the only module that reads git.
//!
//! It stands beside [`crate::source`] at the start of the flow and turns git's objects into our own types: nothing of
//! git2 leaves this module. [`Repository`] reads single commits, trees and blobs; [`Timelines`] holds what one walk over
//! all commits reachable from a head says about every document. Both read objects only: no configuration, no attributes,
//! no filters, no mail map, no replacement refs, so that the same commit always says the same.
//!
//! | file | holds |
//! |---|---|
//! | `repository` | opening, revisions, listing and reading at a commit |
//! | `timelines` | documents by id over time |
//! | `walk`, `changes` | the commits in order, and what each changed against each of its parents |
//! | `first_parent_log` | the commits along first parents, and what each changed in some folders |
//! | `integrity` | whether what is here can be evidence: obstacles, uncommitted changes, clocks, objects held against their names |
//! | `range` | where two revisions part, and who wrote what since |
//! | `pull_request` | the pull request that a merge says it is of |
//! | `identify` | which document a file's bytes belong to |
//! | `resolve` | from changed paths to changed documents |
//! | `path_history` | what was at a path at a commit |
//! | `walk_cache` | what a walk found, stored for the next one |
//! | `commit` | commit objects |
//! | `git_objects` | a sealed room: objects by name, read fast, with libgit2 behind it for whatever else there is |
//!
//! History is never written here; a new repository is made by [`crate::publish`].

mod changes;
mod commit;
mod error;
mod first_parent_log;
mod git_objects;
mod id;
mod identify;
mod integrity;
mod path_history;
mod pull_request;
mod range;
mod repository;
mod resolve;
mod timelines;
mod walk;
mod walk_cache;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use commit::{Actor, Commit, CommitSignature};
pub use error::HistoryError;
pub use first_parent_log::{FirstParentCommit, FirstParentLog};
pub use id::{BlobId, CommitId, InvalidId};
pub use identify::Identify;
pub use integrity::{ClockAnomaly, ClockFault, Obstacle, clock_anomalies};
pub use pull_request::pull_request;
pub use range::Authors;
pub use repository::{Repository, TreeEntry, TreeEntryKind};
pub use timelines::{Revision, Timelines};
pub use walk_cache::Keep;

/// What a long walk is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading commits; how many there are is not known yet.
    Commits,
    /// Comparing each commit with its parents.
    Changes,
    /// Reading which document each changed file is.
    Documents,
    /// Comparing each commit of the line of first parents with the one before, for its records.
    Records,
}

/// Receives how far a walk has come. Called from several threads.
pub trait Progress: Sync {
    /// `done` of `total` steps of a stage are done; the total is `None` while it is not known.
    fn report(&self, stage: Stage, done: usize, total: Option<usize>);
}

/// No progress is wanted.
impl Progress for () {
    fn report(&self, _: Stage, _: usize, _: Option<usize>) {}
}
