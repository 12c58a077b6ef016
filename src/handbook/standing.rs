//! Where a document stands on a date, by its ledger: in force, approved and pending, retired, draft.
//!
//! In force is the approval with the latest 施行日 that has come; of two with the same 施行日 the later entry.
//! A retirement that has come ends what took effect before it.

use jiff::civil::Date;

use super::Handbook;
use crate::model::document::Document;
use crate::model::id::{DocumentId, Version};
use crate::model::ledger::{Approval, Ledger, Retirement};

/// The state of a document, as `list` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// An approved version is in force.
    InForce,
    /// Approved, nothing in force yet.
    Pending,
    /// Nothing approved that is in force or pending.
    Draft,
    /// Retired.
    Retired,
}

impl State {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Pending => "pending",
            Self::Draft => "draft",
            Self::Retired => "retired",
        }
    }
}

/// Where a ledger stands on a date.
#[derive(Debug, Clone, Default)]
pub struct Standing<'l> {
    /// What is in force.
    pub in_force: Option<&'l Approval>,
    /// Approved, in force from a later date; by that date.
    pub pending: Vec<&'l Approval>,
    /// The retirement that has come.
    pub retired: Option<&'l Retirement>,
    /// The approval of the highest version; of equal versions the later entry.
    pub newest: Option<&'l Approval>,
}

impl<'l> Standing<'l> {
    /// Where `ledger` stands on `date`.
    pub fn on(ledger: &'l Ledger, date: Date) -> Self {
        let latest = ledger
            .approvals
            .iter()
            .enumerate()
            .filter(|(_, approval)| approval.effective.value <= date)
            .max_by_key(|(index, approval)| (approval.effective.value, *index))
            .map(|(_, approval)| approval);
        let retired = ledger
            .retirements
            .iter()
            .filter(|retirement| retirement.effective.value <= date)
            .max_by_key(|retirement| retirement.effective.value)
            .filter(|retirement| latest.is_none_or(|approval| approval.effective.value <= retirement.effective.value));
        let mut pending: Vec<_> =
            ledger.approvals.iter().filter(|approval| approval.effective.value > date).collect();
        pending.sort_by_key(|approval| approval.effective.value);
        let newest = ledger
            .approvals
            .iter()
            .enumerate()
            .max_by_key(|(index, approval)| (approval.version.value, *index))
            .map(|(_, approval)| approval);
        Self { in_force: if retired.is_some() { None } else { latest }, pending, retired, newest }
    }

    /// The state in one word.
    pub fn state(&self) -> State {
        match self {
            Self { in_force: Some(_), .. } => State::InForce,
            Self { pending, .. } if !pending.is_empty() => State::Pending,
            Self { retired: Some(_), .. } => State::Retired,
            _ => State::Draft,
        }
    }
}

/// Review dates of a document in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewDates {
    /// The last major approval or review.
    pub last: Date,
    /// When the next review is due; `None` without an interval.
    pub next: Option<Date>,
}

/// A document it implements whose newer major version was not looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The document above.
    pub id: DocumentId,
    /// The version that was read.
    pub read: Version,
    /// The version in force.
    pub in_force: Version,
}

impl Handbook {
    /// Where a document stands on the handbook's date.
    pub fn standing(&self, id: &DocumentId) -> Standing<'_> {
        self.standing_on(id, self.today)
    }

    /// Where a document stands on a date.
    pub fn standing_on(&self, id: &DocumentId, date: Date) -> Standing<'_> {
        self.ledgers.get(id).map(|ledger| Standing::on(ledger, date)).unwrap_or_default()
    }

    /// Review dates of a document as published, by major approvals and reviews up to the handbook's date.
    pub fn review_dates(&self, id: &DocumentId, published: &Document) -> Option<ReviewDates> {
        let ledger = self.ledgers.get(id)?;
        let reviews = ledger.reviews.iter().map(|review| review.reviewed_on.value);
        let last = major_approvals(ledger)
            .map(|approval| approval.approved_on.value)
            .chain(reviews)
            .filter(|day| *day <= self.today)
            .max()?;
        Some(ReviewDates { last, next: self.review_every(published).map(|interval| interval.after(last)) })
    }

    /// Documents above whose major version in force is newer than what the approval in force, or a later
    /// review, was read against.
    pub fn suspects(&self, id: &DocumentId) -> Vec<Suspect> {
        let Some(ledger) = self.ledgers.get(id) else { return Vec::new() };
        let Some(approval) = self.standing(id).in_force else { return Vec::new() };
        let mut read: Vec<(&str, Version)> =
            approval.against.iter().map(|(id, version)| (id.value.as_str(), version.value)).collect();
        for review in ledger.reviews.iter().filter(|r| r.reviewed_on.value <= self.today) {
            for (id, version) in &review.against {
                match read.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&id.value)) {
                    Some((_, known)) => *known = (*known).max(version.value),
                    None => read.push((&id.value, version.value)),
                }
            }
        }
        read.into_iter()
            .filter_map(|(above, read)| {
                let above = DocumentId::parse(above)?;
                let in_force = self.standing(&above).in_force?.version.value;
                (in_force.major > read.major).then_some(Suspect { id: above, read, in_force })
            })
            .collect()
    }
}

/// Approvals that raised the major version: the first one, and each whose major number is higher than that of
/// every earlier entry.
pub fn major_approvals(ledger: &Ledger) -> impl Iterator<Item = &Approval> {
    let mut highest = ledger.past.iter().map(|past| past.version.value.major).max();
    // An adopted body of documents: what was approved before the repository is no new content.
    let mut first = true;
    ledger.approvals.iter().filter(move |approval| {
        let major = approval.version.value.major;
        let raised = first || highest.is_none_or(|highest| major > highest);
        first = false;
        highest = highest.max(Some(major));
        raised
    })
}
