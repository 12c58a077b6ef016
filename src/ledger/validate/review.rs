//! A review that is about to be recorded.

use super::authority::known_people;
use super::{ValidatedEntry, Validation, ValidationContext, flag_needed};
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{NewEntry, PartialReview, Subject};
use crate::locale::Text;
use crate::model::id::DocumentId;

/// What somebody wants to record as reviewed.
#[derive(Debug, Clone)]
pub struct ReviewRequest {
    /// What was reviewed.
    pub subject: Subject,
    /// The entry as far as it was asked for. What it is based on is what is in force on its day.
    pub entry: PartialReview,
}

/// Validates one review; `implements` are the documents that the subject implements.
pub fn validate_review(
    context: &ValidationContext<'_>,
    request: &ReviewRequest,
    implements: &[DocumentId],
) -> Validation {
    let ReviewRequest { subject, entry } = request;
    let Some(on) = entry.reviewed_on else { return Err(vec![flag_needed("--on")]) };
    let mut reasons = Vec::new();
    known_people(context, entry.reviewer.as_deref(), &mut reasons);
    let reviewer = entry.reviewer.as_deref().and_then(|id| context.person(id));
    if let Some(person) = reviewer.filter(|person| !person.is_in_office(on)) {
        reasons.push(Text::new("review-without-office").arg("person", person.name.value.as_str()).arg("date", on));
    }
    if context.is_in_future(on) {
        reasons.push(Text::new("approve-in-future").arg("date", on).arg("today", context.today));
    }
    let ledger = context.ledger(subject);
    if ledger.is_none_or(|ledger| DocumentStatus::on(ledger, on).in_force.is_none()) {
        reasons.push(Text::new("review-nothing-in-force").arg("date", on));
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let entry = PartialReview { based_on: context.based_on(implements, on, &[]), ..entry.clone() };
    let missing = || vec![flag_needed(if request.entry.reviewer.is_none() { "--reviewer" } else { "--outcome" })];
    Ok(ValidatedEntry::new(subject, NewEntry::Review(entry.complete().ok_or_else(missing)?), ledger))
}
