//! `kitei check` as people and CI run it: corrections, baselines, and whole handbooks with their expected findings.

mod baseline;
mod corpus;
mod fixes;
mod formats;
