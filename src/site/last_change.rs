//! What each published wording was last changed by, from history. Beside the edition, before its pages; reads no git
//! itself.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::handbook::edition::Edition;
use crate::handbook::history::HistoricalText;
use crate::handbook::version::PublishedVersion;
use crate::history::{Revision, Timelines};
use crate::model::id::DocumentId;
use crate::parse::front_matter::{front_matter, split};
use crate::source::FileId;

/// What a document's file last changed by, from history.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LastChange {
    /// Day of the commit.
    pub date: Date,
    /// Author as the commit names them.
    pub author: String,
    /// Hexadecimal id of the commit.
    pub commit: String,
    /// First line of its message.
    pub summary: String,
    /// How many commits have changed the document.
    pub commits: usize,
}

/// The newest revision that holds a published wording: that of the tree where it is the same, else the newest of its version.
fn position(
    edition: &Edition<'_>,
    id: &DocumentId,
    entry: &PublishedVersion<'_>,
    revisions: &[Revision],
) -> Option<usize> {
    let handbook = edition.handbook;
    let in_tree = handbook.index(id).and_then(|index| handbook.digests[index]);
    let Some(approval) = entry.approval.filter(|approval| Some(approval.digest) != in_tree) else { return Some(0) };
    let stated = |text: &str| front_matter(FileId::DETACHED, text, split(text)).0.version;
    let of_version = |text: &HistoricalText<'_>| stated(&text.text).is_some_and(|v| v.value == approval.version);
    let commit = handbook.history().texts(id).find(of_version)?.commit;
    revisions.iter().position(|revision| revision.commit.to_string() == commit)
}

/// The last change of each published wording: later commits, which hold text that is not published, do not count.
pub fn last_changes(edition: &Edition<'_>, timelines: &Timelines) -> BTreeMap<DocumentId, LastChange> {
    let mut changes = BTreeMap::new();
    for (id, entry) in &edition.entries {
        let revisions = timelines.revisions(id.as_str());
        let Some(rest) = position(edition, id, entry, revisions).and_then(|at| revisions.get(at..)) else { continue };
        let Some(commit) = rest.first().and_then(|revision| timelines.commit(revision.commit)) else { continue };
        changes.insert(
            id.clone(),
            LastChange {
                date: commit.author.date(),
                author: commit.author.name.to_string(),
                commit: commit.id.to_string(),
                summary: commit.summary.clone(),
                commits: rest.len(),
            },
        );
    }
    changes
}
