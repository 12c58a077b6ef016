//! Each kind of entry as TOML, its keys in the order in which people read them.

use super::table::Entry;
use super::{NewAnnouncement, NewApproval, NewPastVersion, NewRetirement, NewReview};
use crate::model::ledger::ApprovalKind;

impl NewApproval {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        let mut entry = Entry::new("approval");
        entry.string("version", &self.version.to_string());
        entry.string("digest", &self.digest.to_string());
        entry.date("approved_on", self.approved_on);
        entry.date("effective", self.effective);
        entry.string("role", &self.role);
        entry.optional("approver", self.approver.as_ref());
        entry.optional("chair", self.chair.as_ref());
        entry.strings("drafters", &self.drafters);
        entry.strings("checked_by", &self.checked_by);
        entry.optional("recorded_by", self.recorded_by.as_ref());
        entry.optional("changes", self.changes.as_ref());
        entry.optional("reason", self.reason.as_ref());
        entry.optional("decision", self.decision.as_ref());
        entry.versions("against", &self.against);
        entry.optional("pull_request", self.pull_request.as_ref());
        if self.kind == ApprovalKind::Provisional {
            entry.string("kind", "provisional");
        }
        if let Some(day) = self.ratify_by {
            entry.date("ratify_by", day);
        }
        entry.optional("retroactive", self.retroactive.as_ref());
        entry.optional("self_approval", self.self_approval.as_ref());
        entry.optional("adopted_from", self.adopted_from.as_ref());
        entry.into_text()
    }
}

impl NewReview {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        let mut entry = Entry::new("review");
        entry.date("reviewed_on", self.reviewed_on);
        entry.string("reviewer", &self.reviewer);
        entry.string("outcome", self.outcome.name());
        entry.optional("reason", self.reason.as_ref());
        entry.versions("against", &self.against);
        entry.into_text()
    }
}

impl NewRetirement {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        let mut entry = Entry::new("retirement");
        entry.date("approved_on", self.approved_on);
        entry.date("effective", self.effective);
        entry.string("role", &self.role);
        entry.optional("approver", self.approver.as_ref());
        entry.optional("decision", self.decision.as_ref());
        entry.strings("replaced_by", &self.replaced_by);
        entry.optional("reason", self.reason.as_ref());
        entry.into_text()
    }
}

impl NewAnnouncement {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        let mut entry = Entry::new("announcement");
        entry.string("version", &self.version.to_string());
        entry.date("on", self.on);
        entry.strings("to", &self.to);
        entry.optional("means", self.means.as_ref());
        entry.optional("evidence", self.evidence.as_ref());
        entry.into_text()
    }
}

impl NewPastVersion {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        let mut entry = Entry::new("history");
        entry.string("version", &self.version.to_string());
        if let Some(day) = self.approved_on {
            entry.date("approved_on", day);
        }
        entry.date("effective", self.effective);
        entry.optional("changes", self.changes.as_ref());
        entry.into_text()
    }
}
