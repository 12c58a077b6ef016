//! A retirement that is about to be recorded, also of documents that are split or merged.

use jiff::civil::Date;

use super::authority::{self, Decider};
use super::{Judged, Judgement, Subject, not_yet};
use crate::digest::Digest;
use crate::export::ledger::{NewEntry, NewRetirement};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Document;
use crate::model::id::DocumentId;

/// What somebody wants to record as retired: several documents by one decision, with the same successors.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What is retired.
    pub subjects: Vec<Subject>,
    /// Day of the decision.
    pub approved_on: Date,
    /// First day on which they are no longer in force.
    pub effective: Date,
    /// Capacity (role id); the usual approver of each where absent.
    pub role: Option<String>,
    /// Person id.
    pub approver: Option<String>,
    /// Decision reference.
    pub decision: Option<String>,
    /// Successors, as typed.
    pub replaced_by: Vec<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Judges a retirement, for each of its subjects in their order.
pub fn judge(handbook: &Handbook, wish: &Wish) -> Vec<Judgement> {
    let repeated = |index: usize| wish.subjects[..index].contains(&wish.subjects[index]);
    (0..wish.subjects.len())
        .map(|index| match repeated(index) {
            true => Err(vec![Text::new("approve-twice")]),
            false => one(handbook, wish, &wish.subjects[index]),
        })
        .collect()
}

/// The role that would usually decide on the retirement of a document.
pub fn usual_role(handbook: &Handbook, id: &DocumentId, on: Date) -> Option<String> {
    handbook.approver_of(wording(handbook, id, on)?, false)
}

/// The document as it is in force, or as the tree has it.
fn wording<'h>(handbook: &'h Handbook, id: &DocumentId, on: Date) -> Option<&'h Document> {
    let approval = handbook.standing_on(id, on).in_force;
    let digest = approval.and_then(|approval| Digest::parse(&approval.digest.value));
    let past = digest.and_then(|digest| handbook.wordings.get(id, digest)).map(|past| &past.document);
    handbook.document(id).or(past)
}

fn one(handbook: &Handbook, wish: &Wish, subject: &Subject) -> Judgement {
    let Some(id) = subject.id() else { return Err(vec![Text::new("retire-record")]) };
    let (approved, effective) = (wish.approved_on, wish.effective);
    let usual = usual_role(handbook, id, effective);
    let Some(role) = wish.role.clone().or_else(|| usual.clone()) else {
        return Err(vec![Text::new("flag-needed").arg("flag", "--role")]);
    };
    let mut reasons = Vec::new();
    let replaced_by = successors(handbook, wish, &mut reasons);
    let decider = Decider { role: &role, approver: wish.approver.as_deref(), chair: None, on: approved };
    authority::check(handbook, decider, &mut reasons);
    authority::check_rank(handbook, &role, usual.as_slice(), &subject.approver_table(handbook), &mut reasons);
    if not_yet(handbook, approved) {
        reasons.push(Text::new("approve-in-future").arg("date", approved).arg("today", handbook.today));
    }
    if effective < approved {
        let text = Text::new("retire-before-decision").arg("effective", effective);
        reasons.push(text.arg("approved", approved));
    }
    let entry = NewRetirement {
        approved_on: approved,
        effective,
        role,
        approver: wish.approver.clone(),
        decision: wish.decision.clone(),
        replaced_by,
        reason: wish.reason.clone(),
    };
    let ledger = subject.ledger(handbook);
    let judged = Judged::new(subject, NewEntry::Retirement(entry), ledger);
    if !judged.recorded {
        in_force(handbook, id, effective, &mut reasons);
    }
    if reasons.is_empty() { Ok(judged) } else { Err(reasons) }
}

/// Something must be in force until then, and nothing may bring the document back by itself.
fn in_force(handbook: &Handbook, id: &DocumentId, effective: Date, reasons: &mut Vec<Text>) {
    let standing = handbook.standing_on(id, effective);
    if let Some(retirement) = standing.retired {
        reasons.push(Text::new("retire-already").arg("date", retirement.effective.value));
    } else if standing.in_force.is_none() {
        reasons.push(Text::new("retire-nothing-in-force").arg("date", effective));
    }
    if let Some(pending) = standing.pending.first() {
        let text = Text::new("retire-pending").arg("version", pending.version.to_string());
        reasons.push(text.arg("date", pending.effective.value));
    }
}

/// Successors as their documents write their ids.
fn successors(handbook: &Handbook, wish: &Wish, reasons: &mut Vec<Text>) -> Vec<String> {
    let mut found = Vec::new();
    for written in &wish.replaced_by {
        let known = Subject::parse(handbook, written).ok().filter(|subject| subject.id().is_some());
        match known {
            None => reasons.push(Text::new("retire-unknown-successor").arg("id", written)),
            Some(successor) if wish.subjects.contains(&successor) => {
                reasons.push(Text::new("retire-own-successor").arg("id", successor.name()));
            }
            Some(successor) => {
                let standing = successor.id().map(|id| handbook.standing_on(id, wish.effective));
                if let Some(retirement) = standing.and_then(|standing| standing.retired) {
                    let text = Text::new("retire-retired-successor").arg("id", successor.name());
                    reasons.push(text.arg("date", retirement.effective.value));
                }
                found.push(successor.name().to_owned());
            }
        }
    }
    found
}
