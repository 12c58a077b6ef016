//! Ledger entries that are about to be written, and as TOML text, ready to be appended or pasted.

mod read;
mod table;
mod write;

use jiff::civil::Date;

use crate::digest::Digest;
use crate::model::id::{DocumentId, Version};
use crate::model::ledger::{ApprovalKind, Ledger, ReviewOutcome};

/// What `kitei approve` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApproval {
    /// Approved version.
    pub version: Version,
    /// Digest of the normative text.
    pub digest: Digest,
    /// 承認日.
    pub approved_on: Date,
    /// 施行日.
    pub effective: Date,
    /// Capacity (role id).
    pub role: String,
    /// Person id, unless the role is a body.
    pub approver: Option<String>,
    /// Chair of the body (person id).
    pub chair: Option<String>,
    /// 作成 (person ids).
    pub drafters: Vec<String>,
    /// 審査 (person ids).
    pub checked_by: Vec<String>,
    /// Who writes the entry (person id).
    pub recorded_by: Option<String>,
    /// 改訂内容.
    pub changes: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Decision reference.
    pub decision: Option<String>,
    /// Versions in force of what it implements.
    pub against: Vec<(DocumentId, Version)>,
    /// Address of the pull request.
    pub pull_request: Option<String>,
    /// Regular or provisional.
    pub kind: ApprovalKind,
    /// Until when a provisional approval must be ratified.
    pub ratify_by: Option<Date>,
    /// Why 施行日 lies before 承認日.
    pub retroactive: Option<String>,
    /// Exception under which a drafter approves.
    pub self_approval: Option<String>,
    /// The original outside the repository from which it is adopted.
    pub adopted_from: Option<String>,
}

/// What `kitei review` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReview {
    /// Day of the review.
    pub reviewed_on: Date,
    /// Person id.
    pub reviewer: String,
    /// What it found.
    pub outcome: ReviewOutcome,
    /// Why.
    pub reason: Option<String>,
    /// Versions in force of what the document implements.
    pub against: Vec<(DocumentId, Version)>,
}

/// What `kitei retire` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRetirement {
    /// Day of the decision.
    pub approved_on: Date,
    /// First day on which the document is no longer in force.
    pub effective: Date,
    /// Capacity (role id).
    pub role: String,
    /// Person id, unless the role is a body.
    pub approver: Option<String>,
    /// Decision reference.
    pub decision: Option<String>,
    /// Successors.
    pub replaced_by: Vec<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What `kitei announce` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnnouncement {
    /// Announced version.
    pub version: Version,
    /// Day.
    pub on: Date,
    /// Role ids; everyone where empty.
    pub to: Vec<String>,
    /// How.
    pub means: Option<String>,
    /// Where the evidence lies.
    pub evidence: Option<String>,
}

/// A version of times before the repository, as `kitei approve --adopt` writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPastVersion {
    /// Version as the original states it.
    pub version: Version,
    /// 承認日, where known.
    pub approved_on: Option<Date>,
    /// 施行日.
    pub effective: Date,
    /// 改訂内容.
    pub changes: Option<String>,
}

/// An entry to be appended. Two are equal where they would read back as the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewEntry {
    /// `[[history]]`.
    Past(NewPastVersion),
    /// `[[approval]]`.
    Approval(Box<NewApproval>),
    /// `[[review]]`.
    Review(NewReview),
    /// `[[retirement]]`.
    Retirement(NewRetirement),
    /// `[[announcement]]`.
    Announcement(NewAnnouncement),
}

impl NewEntry {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        match self {
            Self::Past(entry) => entry.to_toml(),
            Self::Approval(entry) => entry.to_toml(),
            Self::Review(entry) => entry.to_toml(),
            Self::Retirement(entry) => entry.to_toml(),
            Self::Announcement(entry) => entry.to_toml(),
        }
    }

    /// Whether a ledger holds this very entry: a run that died after writing it is then simply repeated.
    pub fn is_in(&self, ledger: &Ledger) -> bool {
        match self {
            Self::Past(entry) => ledger.past.iter().any(|old| NewPastVersion::from(old) == *entry),
            Self::Approval(entry) => ledger.approvals.iter().any(|old| NewApproval::of(old).as_ref() == Some(entry)),
            Self::Review(entry) => ledger.reviews.iter().any(|old| NewReview::from(old) == *entry),
            Self::Retirement(entry) => ledger.retirements.iter().any(|old| NewRetirement::from(old) == *entry),
            Self::Announcement(entry) => ledger.announcements.iter().any(|old| NewAnnouncement::from(old) == *entry),
        }
    }
}

/// A ledger file's text with an entry behind it. What stands there, comments included, stays byte for byte.
pub fn appended(old: &str, entry: &str) -> String {
    let mut text = old.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    text.push_str(entry);
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse;
    use crate::source::SourceDb;

    #[test]
    fn an_entry_reads_back_as_written_whatever_its_texts_hold() {
        let entry = NewApproval {
            version: Version { major: 2, minor: 0 },
            digest: Digest::of("x"),
            approved_on: date(2026, 3, 20),
            effective: date(2026, 4, 1),
            role: "board".into(),
            approver: None,
            chair: Some("tanaka".into()),
            drafters: vec!["sato".into(), "a\"b\\c".into()],
            checked_by: vec![],
            recorded_by: None,
            changes: Some("第8条を\n新設\u{1}\u{7f}".into()),
            reason: None,
            decision: Some("取締役会議事録".into()),
            against: vec![(DocumentId::parse("C-5.12").unwrap(), Version { major: 1, minor: 3 })],
            pull_request: None,
            kind: ApprovalKind::Provisional,
            ratify_by: Some(date(2026, 5, 19)),
            retroactive: None,
            self_approval: None,
            adopted_from: Some("規程集".into()),
        };
        let old = "# 手で書いた注記\n[[review]]\nreviewed_on = 2025-01-01\nreviewer = \"x\"\noutcome = \"no-change\"";
        let text = appended(old, &entry.to_toml());
        let entry = NewEntry::Approval(Box::new(entry));
        assert!(text.starts_with(old));
        let file = SourceDb::default().add("x", text.clone());
        let (ledger, problems) = parse::ledger::ledger(file, "P-01", &text);
        assert!(problems.is_empty(), "{problems:?}\n{text}");
        let read = &ledger.approvals[0];
        assert_eq!(read.drafters[1].value, "a\"b\\c");
        assert_eq!(read.changes.as_ref().unwrap().value, "第8条を\n新設\u{1}\u{7f}");
        assert_eq!(read.against[0].0.value, "C-5.12");
        assert_eq!(read.effective.value, date(2026, 4, 1));
        assert_eq!(ledger.reviews.len(), 1);
        assert!(entry.is_in(&ledger));
    }
}
