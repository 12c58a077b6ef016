//! The story as `story.toml` tells it: steps in their order, each a commit.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;

use super::Fault;
use crate::publish::Signature;

/// The branch that a handbook is published from.
pub const MAIN: &str = "main";

/// The whole story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Name and address of everybody who commits, by person id.
    people: BTreeMap<String, (String, String)>,
    /// The commits, oldest first.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One commit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// A tag on the commit: the state that people come back to.
    pub tag: Option<String>,
    /// Name by which a later step reverts this one.
    pub key: Option<String>,
    /// The branch it is made on.
    #[serde(default = "main")]
    pub branch: String,
    /// The branch that a new branch starts from.
    pub from: Option<String>,
    /// When it was written, `2024-03-22T17:30:00+09:00`.
    pub at: String,
    /// When it came into history, where that was later: a squash, a rebase.
    pub committed_at: Option<String>,
    /// Who wrote it.
    pub by: String,
    /// Who put it into history, where that was somebody else.
    pub committer: Option<String>,
    /// The message.
    pub message: String,
    /// A branch to join, as a second parent.
    pub merge: Option<String>,
    /// A branch whose changes are taken over without it.
    pub squash: Option<String>,
    /// The step whose changes are taken back.
    pub revert: Option<String>,
    /// Files that take the path on the right.
    #[serde(default, rename = "move")]
    pub moves: BTreeMap<String, String>,
    /// Files that go.
    #[serde(default)]
    pub remove: Vec<String>,
    /// Files of the story's folder, by the path they get.
    #[serde(default)]
    pub put: BTreeMap<String, String>,
    /// Files and folders that become what they are today.
    #[serde(default)]
    pub now: Vec<String>,
    /// Documents, or folders of them, that take the wording whose approval is the last one given until `until`.
    #[serde(default)]
    pub texts: Vec<String>,
    /// Whether the ledgers of the documents in the tree get what happened until `until`.
    #[serde(default)]
    pub ledger: bool,
    /// Registers of which only what was approved until `until` is taken.
    #[serde(default)]
    pub registers: Vec<String>,
    /// The last day of `texts`, `ledger` and `registers`; for ever where absent.
    #[serde(default)]
    until: Option<toml::value::Datetime>,
    /// Words that are replaced, at the end.
    #[serde(default)]
    pub edit: Vec<Edit>,
}

/// A replacement of words in a file; they must be there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Path.
    pub file: String,
    /// The words, wherever they stand in the file.
    pub find: String,
    /// What takes their place.
    pub with: String,
}

fn main() -> String {
    MAIN.to_owned()
}

/// Reads the story.
pub fn read(text: &str) -> Result<Story, Fault> {
    toml::from_str(text).map_err(|error| Fault::new(format!("story.toml: {error}")))
}

impl Story {
    /// Who made a commit at a time.
    fn signature(&self, person: &str, at: &str) -> Result<Signature, Fault> {
        let (name, email) =
            self.people.get(person).ok_or_else(|| Fault::new(format!("story.toml names no person {person}")))?;
        let at = moment(at)?;
        let minutes = i32::from(i16::try_from(at.offset().seconds() / 60).unwrap_or(0));
        Ok(Signature { name: name.clone(), email: email.clone(), seconds: at.timestamp().as_second(), minutes })
    }

    /// Author and committer of a step.
    pub fn signatures(&self, step: &Step) -> Result<(Signature, Signature), Fault> {
        let committer = step.committer.as_ref().unwrap_or(&step.by);
        let committed = step.committed_at.as_ref().unwrap_or(&step.at);
        Ok((self.signature(&step.by, &step.at)?, self.signature(committer, committed)?))
    }
}

impl Step {
    /// The last day that counts, as a date.
    pub fn until(&self) -> Result<Date, Fault> {
        let Some(until) = &self.until else { return Ok(Date::MAX) };
        until.to_string().parse().map_err(|_| Fault::new(format!("{until} is no date")))
    }
}

/// A moment with the offset that it was written with.
fn moment(text: &str) -> Result<Zoned, Fault> {
    let bad = || Fault::new(format!("{text} is no time with an offset"));
    let timestamp: Timestamp = text.parse().map_err(|_| bad())?;
    let offset = jiff::fmt::temporal::Pieces::parse(text).ok().and_then(|pieces| pieces.to_numeric_offset());
    Ok(timestamp.to_zoned(TimeZone::fixed(offset.ok_or_else(bad)?)))
}
