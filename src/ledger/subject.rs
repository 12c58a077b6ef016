//! What an entry is about: a document or an approved record.

use std::fmt;

use crate::model::id::DocumentId;

/// A document or an approved record, each with a ledger of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A document of the tree or the ledger.
    Document(DocumentId),
    /// One of [`APPROVED_RECORDS`](crate::model::config::APPROVED_RECORDS).
    Record(&'static str),
}

impl Subject {
    /// The name of its ledger.
    pub fn name(&self) -> &str {
        match self {
            Self::Document(id) => id.as_str(),
            Self::Record(name) => name,
        }
    }

    /// The document's id.
    pub fn id(&self) -> Option<&DocumentId> {
        match self {
            Self::Document(id) => Some(id),
            Self::Record(_) => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
