//! The only writer of the disk: puts a built site, an evidence pack or a single file in place.
//!
//! A site arrives whole as [`Artifacts`]. [`Target`] stages it in a folder beside the one that is replaced, on the
//! same file system, and swaps the two in one step where the system can, else with two renames. A run that dies at
//! any moment leaves the last good site or, between the two renames, a folder from which the next start restores it.
//! A folder for a new handbook is filled the same way by [`NewFolder`]. Single files ([`write_atomic`], [`append_atomic`]) are old or new, never half, whatever happens to the machine.
//!
//! This module decides nothing about content and reads only what it needs to refuse or to restore.

#![expect(clippy::disallowed_methods, reason = "the module that writes")]

mod artifacts;
mod commits;
mod decision;
mod disk;
mod error;
mod file;
mod fresh;
#[cfg(test)]
mod kill_tests;
mod lock;
mod repository;
mod target;
pub mod zip;

use std::path::Path;

pub use artifacts::Artifacts;
pub use commits::{NewCommit, NewHistory, Signature, write_history};
pub use decision::{Appended, DecisionFiles, write_decision};
pub use error::{Action, PublishError};
pub use file::{append_atomic, create_all, sweep, write_atomic};
pub use fresh::NewFolder;
pub use repository::new_repository;
pub use target::{Published, Target, outside_sources};

/// Publishes in one go; see [`Target`] for refusing early.
pub fn publish(artifacts: &Artifacts, out: &Path, root: &Path) -> Result<Published, PublishError> {
    Target::open(out, root)?.publish(artifacts)
}

/// Whether a file name is one that this module uses while it works, so that nothing else reads or watches it.
pub fn is_transient(name: &str) -> bool {
    name.starts_with('.') && name.contains(".kitei-")
}
