//! What a decision is about: a document or an approved record.

use std::fmt;

use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::model::ledger::{APPROVED_RECORDS, Ledger};

/// A document or an approved record, each with a ledger of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A document of the tree or the ledger.
    Document(DocumentId),
    /// One of [`APPROVED_RECORDS`].
    Record(&'static str),
}

impl Subject {
    /// What a name means that a person typed.
    ///
    /// # Errors
    /// Where neither the tree nor the ledger knows it.
    pub fn parse(handbook: &Handbook, written: &str) -> Result<Self, Text> {
        if let Some(name) = APPROVED_RECORDS.iter().find(|name| name.eq_ignore_ascii_case(written)) {
            return Ok(Self::Record(name));
        }
        let id = DocumentId::parse(written)
            .filter(|id| handbook.document(id).is_some() || handbook.ledgers.contains_key(id))
            .ok_or_else(|| Text::new("no-such-document").arg("id", written))?;
        // As its document writes it: the ledger's file name follows the document.
        let own = handbook.document(&id).and_then(|document| document.id()).cloned();
        Ok(Self::Document(own.unwrap_or(id)))
    }

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

    /// The table of `kitei.toml` that says who approves it.
    pub fn approver_table(&self, handbook: &Handbook) -> String {
        match self {
            Self::Document(id) => match handbook.document(id) {
                Some(document) => format!("[tiers.{}]", document.tier.name()),
                None => "[tiers]".to_owned(),
            },
            Self::Record(name) => format!("[records.{name}]"),
        }
    }

    /// Its ledger, where there is one.
    pub fn ledger<'h>(&self, handbook: &'h Handbook) -> Option<&'h Ledger> {
        match self {
            Self::Document(id) => handbook.ledgers.get(id),
            Self::Record(name) => handbook.record_ledger(name),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
