//! What tier and configuration gave a document when it was approved: kept in its approved copy, so that a default that
//! changes later changes no text that was decided.

use super::document::{FrontMatter, Numbering, Tier};
use super::id::Interval;

/// The settings under which a document is approved. Where the document itself states one of them, its own counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InEffect {
    /// Its tier.
    pub tier: Tier,
    /// Classification id.
    pub classification: Option<String>,
    /// Ids of the roles that approve major versions.
    pub approver: Vec<String>,
    /// Ids of the roles that approve minor versions.
    pub minor_approver: Vec<String>,
    /// Review interval.
    pub review_every: Option<Interval>,
    /// How headings are numbered.
    pub numbering: Numbering,
}

impl InEffect {
    /// The same settings, with what the document itself states in the place of what its tier gave.
    #[must_use]
    pub fn with_stated(mut self, front: &FrontMatter) -> Self {
        if let Some(label) = &front.classification {
            self.classification = Some(label.value.clone());
        }
        if let Some(approver) = &front.approver {
            self.approver = vec![approver.value.clone()];
        }
        if let Some(interval) = &front.review_every {
            self.review_every = Some(interval.value);
        }
        if let Some(numbering) = &front.numbering {
            self.numbering = numbering.value;
        }
        self
    }
}
