//! One version of a document as it is published: its text, and the approval behind it. Plain values, below both the approved
//! copies and the edition that is made of them.

use super::Handbook;
use super::copies::StoredCopy;
use crate::ledger::{Approval, LedgerEntry};
use crate::model::document::Document;

/// One document of an edition.
#[derive(Debug, Clone, Copy)]
pub struct PublishedVersion<'h> {
    /// The wording.
    pub document: &'h Document,
    /// The approval it is published under; `None` for a draft in a preview.
    pub approval: Option<&'h LedgerEntry<Approval>>,
    /// The approved copy that holds the wording; `None` for the text of the tree.
    pub copy: Option<&'h StoredCopy>,
}

impl<'h> PublishedVersion<'h> {
    /// The whole file that the document was read from.
    pub fn text(&self, handbook: &'h Handbook) -> &'h str {
        handbook.sources.file(self.document.file).text()
    }
}
