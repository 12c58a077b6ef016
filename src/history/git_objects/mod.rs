//! A sealed room: git objects by name, read from packs and loose files without libgit2.
//!
//! **Why it exists.** A walk over history reads every tree object that ever was. libgit2 verifies the hash of each object
//! and caches few delta bases; with git2 0.21 the same walk takes 1.3–1.8 s for 1,000 documents and 5,000 commits where
//! `git log --name-only` takes 0.16–0.26 s, and 65–100 s against 2.2–2.7 s for 10,000 and 50,000. This reader takes 0.125 s
//! and 0.95 s (README, "Speed"; `cargo bench --bench handbook` makes the figures again).
//!
//! **What it promises.** Read-only; never follows anything but `objects/` and its alternates; bounded memory (each
//! [`cache::BoundedCache`] has a budget in bytes). Whatever it does not know (another pack version, a promised object) goes
//! to libgit2 or is an error with its place: nothing is guessed. A reader made by [`ObjectReader::checking`] compares every
//! object with its name, as evidence needs.
//!
//! **How it is tested.** Unit tests beside the code; random histories against a plain libgit2 oracle
//! (`history/tests/random.rs`, `KITEI_HISTORIES=150` for more of them); damaged packs, indexes and loose objects in
//! `tests/it/bad_input`; forged objects are refused.
//!
//! | file | holds |
//! |---|---|
//! | `store` | which packs and folders there are; objects by name |
//! | `pack`, `inflate` | one pack: index, deltas, zlib streams |
//! | `loose` | one loose object |
//! | `tree` | the entries of tree objects: listed, found, compared top-down |
//! | `cache` | least recently used, by size in bytes |
//!
//! Nothing here knows documents, commits or handbooks; no name of this room is used elsewhere.

mod cache;
mod inflate;
mod loose;
mod pack;
mod store;
pub(super) mod tree;

pub(super) use pack::ObjectKind;
pub(super) use store::{BlobHead, ObjectReader, ObjectStore};
