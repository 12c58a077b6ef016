//! An announcement (周知) that is about to be recorded.

use super::{ValidatedEntry, Validation, ValidationContext, flag_needed};
use crate::ledger::{NewEntry, PartialAnnouncement, Subject};
use crate::locale::Text;

/// What somebody wants to record as announced.
#[derive(Debug, Clone)]
pub struct AnnouncementRequest {
    /// What was announced.
    pub subject: Subject,
    /// The entry as far as it was asked for. Without a version it is of the newest one approved by its day; without
    /// roles it is to the document's audience, and to everyone where that is empty.
    pub entry: PartialAnnouncement,
}

/// Validates one announcement; `audience` are the roles that the document is for.
pub fn validate_announcement(
    context: &ValidationContext<'_>,
    request: &AnnouncementRequest,
    audience: &[String],
) -> Validation {
    let AnnouncementRequest { subject, entry } = request;
    let Some(on) = entry.on else { return Err(vec![flag_needed("--on")]) };
    let mut reasons = Vec::new();
    let unknown = entry.to.iter().filter(|role| context.role(role).is_none());
    reasons.extend(unknown.map(|role| Text::new("approve-unknown-role").arg("role", role)));
    if context.is_in_future(on) {
        reasons.push(Text::new("approve-in-future").arg("date", on).arg("today", context.today));
    }
    let ledger = context.ledger(subject);
    let approvals = ledger.into_iter().flat_map(|ledger| &ledger.approvals);
    let known = approvals.filter(|approval| entry.version.is_none_or(|version| version == approval.version));
    let newest = known.clone().filter(|approval| approval.approved_on <= on).max_by_key(|approval| approval.version);
    let Some(approval) = newest else {
        // Approved later than it was announced, or never.
        let first = known.min_by_key(|approval| approval.approved_on);
        reasons.push(match (first, entry.version) {
            (Some(first), _) => Text::new("announce-before-approval")
                .arg("version", first.version.to_string())
                .arg("approved", first.approved_on)
                .arg("on", on),
            (None, Some(version)) => Text::new("announce-unknown-version").arg("version", version.to_string()),
            (None, None) => Text::new("announce-never-approved"),
        });
        return Err(reasons);
    };
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let to = if entry.to.is_empty() { audience.to_vec() } else { entry.to.clone() };
    let entry = PartialAnnouncement { version: Some(approval.version), to, ..entry.clone() };
    let entry = entry.complete().ok_or_else(|| vec![flag_needed("--on")])?;
    Ok(ValidatedEntry::new(subject, NewEntry::Announcement(entry), ledger))
}
