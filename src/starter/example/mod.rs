//! The example company as a repository with a past: three years of the handbook of 例示データサービス株式会社, told by
//! `examples/company/story.toml` and written by `kitei init --example`.
//!
//! Today's documents are the ones of this repository, embedded in the program; the story's folder holds earlier wordings
//! alone, so that no text stands twice. Pure: what comes out is a [`NewHistory`], which `publish` writes. Dates and
//! authors are the story's own, so that the commits have the same names wherever it is told.

mod ledger;
mod story;
mod teller;
#[cfg(test)]
mod tests;

use std::fmt;

use include_dir::{Dir, include_dir};

use super::handbook::{Texts, handbook, texts};
use crate::publish::NewHistory;

static COMPANY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/company");

/// Why the story cannot be told: a fault of this program's own files, which its tests find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(String);

impl Fault {
    fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// The same fault, told with the step of the story at which it shows.
    fn at(self, step: &story::Step) -> Self {
        let title = step.message.lines().next().unwrap_or_default();
        Self(format!("{} ({title}): {}", step.at, self.0))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

/// The whole history, oldest commit first.
pub fn history() -> Result<NewHistory, Fault> {
    let company = texts("", &COMPANY);
    let story = company.get("story.toml").ok_or_else(|| Fault::new("examples/company/story.toml is missing"))?;
    let story = story::read(story)?;
    teller::tell(&story, &handbook(), &company)
}
