//! A review that is about to be recorded, also of many documents after what they implement has changed.

use jiff::civil::Date;

use super::authority::known_people;
use super::{Judged, Judgement, Subject, approval, not_yet};
use crate::export::ledger::{NewEntry, NewReview};
use crate::handbook::Handbook;
use crate::handbook::standing::Standing;
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::model::ledger::ReviewOutcome;

/// What somebody wants to record as reviewed.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What was reviewed.
    pub subject: Subject,
    /// Day of the review.
    pub reviewed_on: Date,
    /// Person id.
    pub reviewer: String,
    /// What it found.
    pub outcome: ReviewOutcome,
    /// Why.
    pub reason: Option<String>,
}

/// Judges one review. It counts against what is in force above the document on that day.
pub fn judge(handbook: &Handbook, wish: &Wish) -> Judgement {
    let on = wish.reviewed_on;
    let mut reasons = Vec::new();
    known_people(handbook, [wish.reviewer.as_str()], &mut reasons);
    if not_yet(handbook, on) {
        reasons.push(Text::new("approve-in-future").arg("date", on).arg("today", handbook.today));
    }
    let ledger = wish.subject.ledger(handbook);
    if ledger.is_none_or(|ledger| Standing::on(ledger, on).in_force.is_none()) {
        reasons.push(Text::new("review-nothing-in-force").arg("date", on));
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let entry = NewReview {
        reviewed_on: on,
        reviewer: wish.reviewer.clone(),
        outcome: wish.outcome,
        reason: wish.reason.clone(),
        against: wish.subject.id().map(|id| approval::against(handbook, id, on, &[])).unwrap_or_default(),
    };
    Ok(Judged::new(&wish.subject, NewEntry::Review(entry), ledger))
}

/// Documents in force that were not read again since a document above them changed.
pub fn suspects_of(handbook: &Handbook, above: &DocumentId) -> Vec<Subject> {
    let suspect = |id: &&DocumentId| handbook.suspects(id).iter().any(|suspect| suspect.id == *above);
    handbook.ledgers.keys().filter(suspect).cloned().map(Subject::Document).collect()
}
