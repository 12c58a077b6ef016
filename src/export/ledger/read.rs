//! Entries that were read, as what would be written for them: by this a repeated command knows its own entry.

use super::{NewAnnouncement, NewApproval, NewPastVersion, NewRetirement, NewReview};
use crate::digest::Digest;
use crate::model::id::{DocumentId, Version};
use crate::model::ledger::{Announcement, Approval, PastVersion, Retirement, Review};
use crate::source::Spanned;

fn one(value: &Option<Spanned<String>>) -> Option<String> {
    value.as_ref().map(|text| text.value.clone())
}

fn many(values: &[Spanned<String>]) -> Vec<String> {
    values.iter().map(|text| text.value.clone()).collect()
}

fn versions(values: &[(Spanned<String>, Spanned<Version>)]) -> Vec<(DocumentId, Version)> {
    let mut found: Vec<_> =
        values.iter().filter_map(|(id, version)| Some((DocumentId::parse(&id.value)?, version.value))).collect();
    found.sort();
    found
}

impl NewApproval {
    /// What would be written for an entry that was read; `None` where its digest is none of ours.
    pub fn of(entry: &Approval) -> Option<Box<Self>> {
        Some(Box::new(Self {
            version: entry.version.value,
            digest: Digest::parse(&entry.digest.value)?,
            approved_on: entry.approved_on.value,
            effective: entry.effective.value,
            role: entry.role.value.clone(),
            approver: one(&entry.approver),
            chair: one(&entry.chair),
            drafters: many(&entry.drafters),
            checked_by: many(&entry.checked_by),
            recorded_by: one(&entry.recorded_by),
            changes: one(&entry.changes),
            reason: one(&entry.reason),
            decision: one(&entry.decision),
            against: versions(&entry.against),
            pull_request: one(&entry.pull_request),
            kind: entry.kind,
            ratify_by: entry.ratify_by.as_ref().map(|day| day.value),
            retroactive: one(&entry.retroactive),
            self_approval: one(&entry.self_approval),
            adopted_from: one(&entry.adopted_from),
        }))
    }
}

impl From<&Review> for NewReview {
    fn from(entry: &Review) -> Self {
        Self {
            reviewed_on: entry.reviewed_on.value,
            reviewer: entry.reviewer.value.clone(),
            outcome: entry.outcome.value,
            reason: one(&entry.reason),
            against: versions(&entry.against),
        }
    }
}

impl From<&Retirement> for NewRetirement {
    fn from(entry: &Retirement) -> Self {
        Self {
            approved_on: entry.approved_on.value,
            effective: entry.effective.value,
            role: entry.role.value.clone(),
            approver: one(&entry.approver),
            decision: one(&entry.decision),
            replaced_by: many(&entry.replaced_by),
            reason: one(&entry.reason),
        }
    }
}

impl From<&Announcement> for NewAnnouncement {
    fn from(entry: &Announcement) -> Self {
        Self {
            version: entry.version.value,
            on: entry.on.value,
            to: many(&entry.to),
            means: one(&entry.means),
            evidence: one(&entry.evidence),
        }
    }
}

impl From<&PastVersion> for NewPastVersion {
    fn from(entry: &PastVersion) -> Self {
        Self {
            version: entry.version.value,
            approved_on: entry.approved_on.as_ref().map(|day| day.value),
            effective: entry.effective.value,
            changes: one(&entry.changes),
        }
    }
}
