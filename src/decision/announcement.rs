//! An announcement (周知) that is about to be recorded.

use jiff::civil::Date;

use super::{Judged, Judgement, Subject, not_yet};
use crate::export::ledger::{NewAnnouncement, NewEntry};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::Version;

/// What somebody wants to record as announced.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What was announced.
    pub subject: Subject,
    /// Which version; the newest one approved by that day where absent.
    pub version: Option<Version>,
    /// Day.
    pub on: Date,
    /// Role ids; the document's audience where empty, and everyone where it has none.
    pub to: Vec<String>,
    /// How.
    pub means: String,
    /// Where the evidence lies.
    pub evidence: Option<String>,
}

/// Judges one announcement.
pub fn judge(handbook: &Handbook, wish: &Wish) -> Judgement {
    let mut reasons = Vec::new();
    let unknown = wish.to.iter().filter(|role| handbook.role(role).is_none());
    reasons.extend(unknown.map(|role| Text::new("approve-unknown-role").arg("role", role)));
    if not_yet(handbook, wish.on) {
        reasons.push(Text::new("approve-in-future").arg("date", wish.on).arg("today", handbook.today));
    }
    let ledger = wish.subject.ledger(handbook);
    let approvals = || ledger.into_iter().flat_map(|ledger| &ledger.approvals);
    let known = approvals().filter(|approval| wish.version.is_none_or(|version| version == approval.version.value));
    let newest = known.clone().filter(|a| a.approved_on.value <= wish.on).max_by_key(|a| a.version.value);
    let Some(approval) = newest else {
        // Approved later than it was announced, or never.
        let first = known.min_by_key(|approval| approval.approved_on.value);
        reasons.push(match (first, wish.version) {
            (Some(first), _) => {
                let text = Text::new("announce-before-approval").arg("version", first.version.to_string());
                text.arg("approved", first.approved_on.value).arg("on", wish.on)
            }
            (None, Some(version)) => Text::new("announce-unknown-version").arg("version", version.to_string()),
            (None, None) => Text::new("announce-never-approved"),
        });
        return Err(reasons);
    };
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let to = if wish.to.is_empty() { audience(handbook, &wish.subject) } else { wish.to.clone() };
    let entry = NewAnnouncement {
        version: approval.version.value,
        on: wish.on,
        to,
        means: Some(wish.means.clone()),
        evidence: wish.evidence.clone(),
    };
    Ok(Judged::new(&wish.subject, NewEntry::Announcement(entry), ledger))
}

fn audience(handbook: &Handbook, subject: &Subject) -> Vec<String> {
    let document = subject.id().and_then(|id| handbook.document(id));
    document.into_iter().flat_map(|document| &document.front.audience).map(|role| role.value.clone()).collect()
}
