//! The ledger: what happened to a document. One file per document, append-only.

use jiff::civil::Date;

use super::id::{DocumentId, Version};
use crate::source::{FileId, Place, Span, Spanned};

/// Registers that are approved like documents: names of ledgers that belong to no document.
pub const APPROVED_RECORDS: [&str; 2] = ["RISK-PLAN", "SOA"];

/// How an approval came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ApprovalKind {
    /// The usual way.
    #[default]
    Regular,
    /// 専決: in force at once, to be ratified.
    Provisional,
}

/// One `[[approval]]`: a text, bound by its digest, was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Approved version.
    pub version: Spanned<Version>,
    /// Digest of the normative text, `kitei1-sha256:…`.
    pub digest: Spanned<String>,
    /// 承認日.
    pub approved_on: Spanned<Date>,
    /// 施行日.
    pub effective: Spanned<Date>,
    /// Capacity in which it was approved (role id).
    pub role: Spanned<String>,
    /// Person id; absent where the role is a body.
    pub approver: Option<Spanned<String>>,
    /// Chair of the body (person id).
    pub chair: Option<Spanned<String>>,
    /// 作成 (person ids).
    pub drafters: Vec<Spanned<String>>,
    /// 審査 (person ids).
    pub checked_by: Vec<Spanned<String>>,
    /// Who wrote the entry (person id).
    pub recorded_by: Option<Spanned<String>>,
    /// 改訂内容.
    pub changes: Option<Spanned<String>>,
    /// Why.
    pub reason: Option<Spanned<String>>,
    /// Minutes or other decision reference.
    pub decision: Option<Spanned<String>>,
    /// Versions in force of what it implements, as read at approval.
    pub against: Vec<(Spanned<String>, Spanned<Version>)>,
    /// Address of the pull request.
    pub pull_request: Option<Spanned<String>>,
    /// Regular or provisional.
    pub kind: ApprovalKind,
    /// Until when a provisional approval must be ratified.
    pub ratify_by: Option<Spanned<Date>>,
    /// Why 施行日 lies before 承認日.
    pub retroactive: Option<Spanned<String>>,
    /// Recorded exception under which a drafter approved, naming the department that monitors.
    pub self_approval: Option<Spanned<String>>,
    /// The original outside the repository from which the approval was adopted; what it says is only asserted.
    pub adopted_from: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

/// What a review found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewOutcome {
    /// Still right.
    NoChange,
    /// To be revised.
    Revise,
    /// To be retired.
    Retire,
}

impl ReviewOutcome {
    /// Allowed values, as written.
    pub const NAMES: [&str; 3] = ["no-change", "revise", "retire"];

    /// The outcome of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::NoChange, Self::Revise, Self::Retire]
            .into_iter()
            .zip(Self::NAMES)
            .find_map(|(outcome, n)| (n == name).then_some(outcome))
    }

    /// The name as written.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// One `[[review]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Day of the review.
    pub reviewed_on: Spanned<Date>,
    /// Person id.
    pub reviewer: Spanned<String>,
    /// What it found.
    pub outcome: Spanned<ReviewOutcome>,
    /// Why.
    pub reason: Option<Spanned<String>>,
    /// Versions in force of what the document implements, as read at the review.
    pub against: Vec<(Spanned<String>, Spanned<Version>)>,
    /// The whole entry.
    pub span: Span,
}

/// One `[[retirement]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retirement {
    /// Day of the decision.
    pub approved_on: Spanned<Date>,
    /// First day on which the document is no longer in force.
    pub effective: Spanned<Date>,
    /// Capacity (role id).
    pub role: Spanned<String>,
    /// Person id; absent where the role is a body.
    pub approver: Option<Spanned<String>>,
    /// Decision reference.
    pub decision: Option<Spanned<String>>,
    /// Successors (document ids).
    pub replaced_by: Vec<Spanned<String>>,
    /// Why.
    pub reason: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

/// One `[[announcement]]` (周知).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Announced version.
    pub version: Spanned<Version>,
    /// Day.
    pub on: Spanned<Date>,
    /// Role ids.
    pub to: Vec<Spanned<String>>,
    /// How.
    pub means: Option<Spanned<String>>,
    /// Where the evidence lies.
    pub evidence: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

/// One `[[history]]`: a version of times before the repository, asserted only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVersion {
    /// Version as the paper original states it.
    pub version: Spanned<Version>,
    /// 承認日, where known.
    pub approved_on: Option<Spanned<Date>>,
    /// 施行日.
    pub effective: Spanned<Date>,
    /// 改訂内容.
    pub changes: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Span,
}

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
    pub approvals: Vec<Approval>,
    /// Entries in file order.
    pub reviews: Vec<Review>,
    /// Entries in file order.
    pub retirements: Vec<Retirement>,
    /// Entries in file order.
    pub announcements: Vec<Announcement>,
    /// Entries in file order.
    pub past: Vec<PastVersion>,
}

impl Approval {
    /// Whether two entries approve the same version with the same text.
    pub fn same_text(&self, other: &Self) -> bool {
        self.version.value == other.version.value && self.digest.value == other.digest.value
    }
}

impl Ledger {
    /// The ratification (追認) of the provisional approval at an index: the first regular approval of the same version
    /// and text behind it. Further ones approve the text again.
    pub fn ratification(&self, index: usize) -> Option<&Approval> {
        let provisional = self.approvals.get(index).filter(|approval| approval.kind == ApprovalKind::Provisional)?;
        let later = &self.approvals[index + 1..];
        later.iter().find(|later| later.kind == ApprovalKind::Regular && later.same_text(provisional))
    }

    /// The provisional approval that an entry ratifies. The entry then stands where that one stands: a ratification
    /// puts nothing into force.
    pub fn ratified(&self, approval: &Approval) -> Option<&Approval> {
        let by_it = |index: &usize| self.ratification(*index).is_some_and(|found| found.span == approval.span);
        let index = (0..self.approvals.len()).filter(|_| approval.kind == ApprovalKind::Regular).find(by_it)?;
        self.approvals.get(index)
    }

    /// The place of a span in the ledger file.
    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    /// Approvals that stand for themselves: those whose version and text no later entry approves again. Since
    /// entries are never rewritten, approving again is how a faulty one is mended.
    pub fn standing_approvals(&self) -> impl Iterator<Item = &Approval> {
        self.approvals.iter().enumerate().filter_map(|(index, approval)| {
            (!self.approvals[index + 1..].iter().any(|later| later.same_text(approval))).then_some(approval)
        })
    }
}
