//! What each published wording was last changed by, from history. Beside the edition, before its pages; reads no git
//! itself.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::handbook::edition::Edition;
use crate::history::Timelines;
use crate::model::id::DocumentId;

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

/// The last change of each published wording: later commits, which hold text that is not published, do not count.
pub fn last_changes(edition: &Edition<'_>, timelines: &Timelines) -> BTreeMap<DocumentId, LastChange> {
    let mut changes = BTreeMap::new();
    for (id, entry) in &edition.entries {
        let revisions = timelines.revisions(id.as_str());
        let at = match entry.past {
            Some(past) => revisions.iter().position(|revision| revision.commit.to_string() == past.commit),
            None => Some(0),
        };
        let Some(rest) = at.and_then(|at| revisions.get(at..)) else { continue };
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
