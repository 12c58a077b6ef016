//! One version of a document as it is published: its text, and the approval behind it. Plain values, below both the search
//! for earlier texts and the edition that is made of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Handbook;
use crate::ledger::{Approval, LedgerEntry};
use crate::model::document::Document;
use crate::model::id::DocumentId;
use crate::source::SourceFile;

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

impl<'h> PublishedVersion<'h> {
    /// The whole file that the document was read from.
    pub fn text(&self, handbook: &'h Handbook) -> &'h str {
        match self.past {
            Some(past) => past.source.text(),
            None => handbook.sources.file(self.document.file).text(),
        }
    }
}

/// An approved wording from history.
#[derive(Debug)]
pub struct PastDocument {
    /// The document as that commit states it. Of one that is in force or pending, places belong to the handbook's sources.
    pub document: Document,
    /// The whole file.
    pub source: Arc<SourceFile>,
    /// The commit.
    pub commit: String,
    /// For each reference that is a path: the document it meant.
    pub meant: BTreeMap<String, DocumentId>,
    /// Images and attachments it links to, as the commit holds them, by path.
    pub files: BTreeMap<String, Vec<u8>>,
}
