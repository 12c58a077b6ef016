//! A retirement that is about to be recorded, also of documents that are split or merged.

use jiff::civil::Date;

use super::authority::{self, Decider};
use super::{ValidatedEntry, Validation, ValidationContext, flag_needed};
use crate::ledger::{NewEntry, PartialRetirement, Subject};
use crate::locale::Text;
use crate::model::id::DocumentId;

/// What somebody wants to record as retired: several documents by one decision, with the same successors.
#[derive(Debug, Clone)]
pub struct RetirementRequest {
    /// What is retired.
    pub subjects: Vec<Subject>,
    /// The entry as far as it was asked for, the same for all of them. Without a role it is the usual approver of each;
    /// its successors stand as they were typed.
    pub entry: PartialRetirement,
}

/// Validates a retirement, for each of its subjects in their order. `usual_roles` are the roles that usually decide on
/// them, each with the table of `kitei.toml` that states it, or would; `named` gives the document that a typed successor means.
pub fn validate_retirement(
    context: &ValidationContext<'_>,
    request: &RetirementRequest,
    usual_roles: &[(Option<String>, String)],
    named: impl Fn(&str) -> Option<DocumentId>,
) -> Vec<Validation> {
    let repeated = |index: usize| request.subjects[..index].contains(&request.subjects[index]);
    let subjects = request.subjects.iter().zip(usual_roles).enumerate();
    subjects
        .map(|(index, (subject, usual))| match repeated(index) {
            true => Err(vec![Text::new("approve-twice")]),
            false => one(context, request, subject, usual, &named),
        })
        .collect()
}

fn one(
    context: &ValidationContext<'_>,
    request: &RetirementRequest,
    subject: &Subject,
    (usual, table): &(Option<String>, String),
    named: &impl Fn(&str) -> Option<DocumentId>,
) -> Validation {
    let Some(id) = subject.id() else { return Err(vec![Text::new("retire-record")]) };
    let entry = &request.entry;
    let Some(approved) = entry.approved_on else { return Err(vec![flag_needed("--on")]) };
    let effective = entry.effective.unwrap_or(approved);
    let Some(role) = entry.role.clone().or_else(|| usual.clone()) else {
        return Err(vec![flag_needed("--role")]);
    };
    let mut reasons = Vec::new();
    let replaced_by = successors(context, request, effective, named, &mut reasons);
    let decider = Decider { role: &role, approver: entry.approver.as_deref(), chair: None, on: approved };
    authority::check(context, decider, &mut reasons);
    authority::check_rank(context, &role, usual.as_slice(), table, &mut reasons);
    if context.is_in_future(approved) {
        reasons.push(Text::new("approve-in-future").arg("date", approved).arg("today", context.today));
    }
    if effective < approved {
        let text = Text::new("retire-before-decision").arg("effective", effective);
        reasons.push(text.arg("approved", approved));
    }
    let entry = PartialRetirement { effective: Some(effective), role: Some(role), replaced_by, ..entry.clone() };
    let entry = entry.complete().ok_or_else(|| vec![flag_needed("--on")])?;
    let validated = ValidatedEntry::new(subject, NewEntry::Retirement(entry), context.ledger(subject));
    if !validated.recorded {
        in_force(context, id, effective, &mut reasons);
    }
    if reasons.is_empty() { Ok(validated) } else { Err(reasons) }
}

/// Something must be in force until then, and nothing may bring the document back by itself.
fn in_force(context: &ValidationContext<'_>, id: &DocumentId, effective: Date, reasons: &mut Vec<Text>) {
    let status = context.status_on(id, effective);
    if let Some(retirement) = status.retired {
        reasons.push(Text::new("retire-already").arg("date", retirement.effective));
    } else if status.in_force.is_none() {
        reasons.push(Text::new("retire-nothing-in-force").arg("date", effective));
    }
    if let Some(pending) = status.pending.first() {
        let text = Text::new("retire-pending").arg("version", pending.version.to_string());
        reasons.push(text.arg("date", pending.effective));
    }
}

/// Successors as their documents write their ids.
fn successors(
    context: &ValidationContext<'_>,
    request: &RetirementRequest,
    effective: Date,
    named: &impl Fn(&str) -> Option<DocumentId>,
    reasons: &mut Vec<Text>,
) -> Vec<String> {
    let mut found = Vec::new();
    for written in &request.entry.replaced_by {
        match named(written) {
            None => reasons.push(Text::new("retire-unknown-successor").arg("id", written)),
            Some(successor) if request.subjects.iter().any(|subject| subject.id() == Some(&successor)) => {
                reasons.push(Text::new("retire-own-successor").arg("id", successor.as_str()));
            }
            Some(successor) => {
                if let Some(retirement) = context.status_on(&successor, effective).retired {
                    let text = Text::new("retire-retired-successor").arg("id", successor.as_str());
                    reasons.push(text.arg("date", retirement.effective));
                }
                found.push(successor.as_str().to_owned());
            }
        }
    }
    found
}
