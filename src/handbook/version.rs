//! One version of a document as it is published: its text, and the approval behind it. Plain values, below both the search
//! for earlier texts and the edition that is made of them.

use std::collections::BTreeMap;

use crate::ledger::{Approval, LedgerEntry};
use crate::model::document::Document;
use crate::model::id::DocumentId;

/// One document of an edition.
#[derive(Debug, Clone, Copy)]
pub struct PublishedVersion<'h> {
    /// The wording.
    pub document: &'h Document,
    /// The approval it is published under; `None` for a draft in a preview.
    pub approval: Option<&'h LedgerEntry<Approval>>,
    /// The wording from history, where it is not the tree's.
    pub past: Option<&'h PastDocument>,
}

/// An approved wording from history.
#[derive(Debug)]
pub struct PastDocument {
    /// The document as that commit states it; its file is a text of its own in the handbook's sources.
    pub document: Document,
    /// The commit.
    pub commit: String,
    /// For each reference that is a path: the document it meant.
    pub meant: BTreeMap<String, DocumentId>,
    /// Images and attachments it links to, as the commit holds them, by path.
    pub files: BTreeMap<String, Vec<u8>>,
}
