//! `kitei check` as people and CI run it: corrections, baselines, and whole handbooks with their expected findings.
#![expect(clippy::disallowed_methods, reason = "tests prepare files and look at what was written")]

#[path = "../support/mod.rs"]
mod support;

mod baseline;
mod corpus;
mod fixes;
mod formats;
