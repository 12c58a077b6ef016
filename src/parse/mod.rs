//! Text → facts. Parsing never fails: every function returns what it could read and pushes a [`Problem`] with
//! its place for what it could not. Rules turn problems into findings ([`crate::check`]).

pub mod config;
pub mod contact;
pub mod content;
pub mod csv;
pub mod date;
pub mod document;
mod emphasis;
pub mod entries;
pub mod exception;
pub mod front_matter;
pub mod markdown;
pub mod outline;
pub mod people;
pub mod problem;
mod prose;
pub mod quiz;
pub mod reference;
pub mod register;

pub mod term;
pub mod toml_table;

pub use problem::{Problem, ProblemKind};
