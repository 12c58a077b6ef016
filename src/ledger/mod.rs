//! The ledger: what was decided about a document. One file per document, append-only.
//!
//! A kind of entry is one type, declared in a file of its own: `approval`, `review`, `retirement`, `announcement`, and
//! `past_version` for the time before the repository. From that declaration it is read with the place of each key,
//! asked for by a command, and written. `lifecycle` says what the entries of a ledger put into force on a date,
//! `validate` which new entry may be appended, `append` how its text follows that of the file.
//!
//! Stands on the forms that `parse` reads; knows neither the handbook nor history, and does no I/O.

pub mod adoption;
mod announcement;
pub mod append;
mod approval;
mod entry;
pub mod lifecycle;
mod past_version;
mod retirement;
mod review;
mod subject;
pub mod validate;

use crate::model::config::APPROVED_RECORDS;
use crate::model::id::DocumentId;
use crate::parse::Problem;
use crate::parse::toml_table::{Context, read_toml};
use crate::source::{FileId, Place, Span};

pub use announcement::{Announcement, PartialAnnouncement};
pub use append::NewEntry;
pub use approval::{Approval, ApprovalKind, EvidenceFile, PartialApproval};
pub use entry::{BasedOn, EntryKind, KeyValue, LedgerEntry};
pub use past_version::{PartialPastVersion, PastVersion};
pub use retirement::{PartialRetirement, Retirement};
pub use review::{PartialReview, Review, ReviewOutcome};
pub use subject::Subject;

/// The ledger file of one document or approved record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Document id, from the file name; `None` for approved records such as `SOA`.
    pub id: Option<DocumentId>,
    /// File name without folder and ending.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// Entries in file order.
    pub approvals: Vec<LedgerEntry<Approval>>,
    /// Entries in file order.
    pub reviews: Vec<LedgerEntry<Review>>,
    /// Entries in file order.
    pub retirements: Vec<LedgerEntry<Retirement>>,
    /// Entries in file order.
    pub announcements: Vec<LedgerEntry<Announcement>>,
    /// Entries in file order.
    pub past: Vec<LedgerEntry<PastVersion>>,
}

impl Ledger {
    /// Reads a ledger file; `name` is its file name without folder and ending.
    pub fn read(file: FileId, name: &str, text: &str) -> (Self, Vec<Problem>) {
        let context = Context::new(file, 0);
        let ledger = read_toml(&context, text, |top| Self {
            id: DocumentId::parse(name).filter(|_| !APPROVED_RECORDS.contains(&name)),
            name: name.to_owned(),
            file,
            approvals: top.tables(Approval::TABLE, LedgerEntry::read),
            reviews: top.tables(Review::TABLE, LedgerEntry::read),
            retirements: top.tables(Retirement::TABLE, LedgerEntry::read),
            announcements: top.tables(Announcement::TABLE, LedgerEntry::read),
            past: top.tables(PastVersion::TABLE, LedgerEntry::read),
        });
        (ledger, context.into_problems())
    }

    /// The ratification (追認) of the provisional approval at an index: the first regular approval of the same version
    /// and text behind it. Further ones approve the text again.
    pub fn ratification(&self, index: usize) -> Option<&LedgerEntry<Approval>> {
        let provisional = self.approvals.get(index).filter(|approval| approval.kind == ApprovalKind::Provisional)?;
        let later = &self.approvals[index + 1..];
        later.iter().find(|later| later.kind == ApprovalKind::Regular && later.same_text(provisional))
    }

    /// The provisional approval that an entry ratifies. The entry then takes the place of that one: a ratification
    /// puts nothing into force.
    pub fn ratified(&self, approval: &LedgerEntry<Approval>) -> Option<&LedgerEntry<Approval>> {
        let by_it = |index: &usize| self.ratification(*index).is_some_and(|found| found.span == approval.span);
        let index = (0..self.approvals.len()).filter(|_| approval.kind == ApprovalKind::Regular).find(by_it)?;
        self.approvals.get(index)
    }

    /// The place of a span in the ledger file.
    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    /// Approvals that count: those whose version and text no later entry approves again. Since entries are never
    /// rewritten, approving again is how a faulty one is corrected.
    pub fn standing_approvals(&self) -> impl Iterator<Item = &LedgerEntry<Approval>> {
        self.approvals.iter().enumerate().filter_map(|(index, approval)| {
            (!self.approvals[index + 1..].iter().any(|later| later.same_text(approval))).then_some(approval)
        })
    }
}
