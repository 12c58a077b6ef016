//! Whether an entry may be appended: a request is validated before anything is written, so that the ledger never holds
//! an entry that could not count. Every reason against it is found, not only the first.
//!
//! Stands between what a command was asked to record and the text that is appended. What the handbook says of a subject
//! is given with the request; pure, prompts nobody, writes nothing.

mod announcement;
mod approval;
mod authority;
mod retirement;
mod review;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::lifecycle::DocumentStatus;
use super::{BasedOn, Ledger, NewEntry, Subject};
use crate::locale::Text;
use crate::model::id::{DocumentId, Version};
use crate::model::people::{Person, Role};

pub use announcement::{AnnouncementRequest, validate_announcement};
pub use approval::{ApprovableText, ApprovalBasis, ApprovalRequest, Approvers, validate_approvals};
pub use retirement::{RetirementRequest, validate_retirement};
pub use review::{ReviewRequest, validate_review};

/// An entry that may be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidatedEntry {
    /// What it is about.
    pub subject: Subject,
    /// What to write.
    pub entry: NewEntry,
    /// Whether the ledger holds this very entry already, as after a run that died half-way.
    pub recorded: bool,
}

impl ValidatedEntry {
    fn new(subject: &Subject, entry: NewEntry, ledger: Option<&Ledger>) -> Self {
        let recorded = ledger.is_some_and(|ledger| entry.is_in(ledger));
        Self { subject: subject.clone(), entry, recorded }
    }
}

/// What may be appended, or every reason against it.
pub type Validation = Result<ValidatedEntry, Vec<Text>>;

/// A version and the day from which it is in force.
pub type InForce = (DocumentId, Date, Version);

/// Whom and what every request is validated against.
#[derive(Debug, Clone, Copy)]
pub struct ValidationContext<'h> {
    /// The day.
    pub today: Date,
    /// Roles of the organisation.
    pub roles: &'h [Role],
    /// Its people.
    pub people: &'h [Person],
    /// Ledgers of documents.
    pub ledgers: &'h BTreeMap<DocumentId, Ledger>,
    /// All other ledgers, those of approved records among them.
    pub other_ledgers: &'h [Ledger],
}

impl<'h> ValidationContext<'h> {
    /// The ledger of a subject.
    pub fn ledger(&self, subject: &Subject) -> Option<&'h Ledger> {
        match subject {
            Subject::Document(id) => self.ledgers.get(id),
            Subject::Record(name) => self.other_ledgers.iter().find(|ledger| ledger.name == *name),
        }
    }

    /// Whether nobody has a person's id.
    pub fn is_unknown_person(&self, id: &str) -> bool {
        self.person(id).is_none()
    }

    /// Whether a day cannot have come yet anywhere on earth: time zones differ by about a day.
    pub fn is_in_future(&self, day: Date) -> bool {
        self.today.checked_add(1.day()).is_ok_and(|tomorrow| day > tomorrow)
    }

    fn role(&self, id: &str) -> Option<&'h Role> {
        self.roles.iter().find(|role| role.id.value == id)
    }

    fn person(&self, id: &str) -> Option<&'h Person> {
        self.people.iter().find(|person| person.id.value == id)
    }

    fn role_name<'a>(&self, id: &'a str) -> &'a str
    where
        'h: 'a,
    {
        self.role(id).map_or(id, |role| &role.name.value)
    }

    fn person_name<'a>(&self, id: &'a str) -> &'a str
    where
        'h: 'a,
    {
        self.person(id).map_or(id, |person| &person.name.value)
    }

    fn status_on(&self, id: &DocumentId, date: Date) -> DocumentStatus<'h> {
        self.ledgers.get(id).map(|ledger| DocumentStatus::on(ledger, date)).unwrap_or_default()
    }

    /// Versions in force, on a date, of the documents that one implements: by their ledgers, by their versions of times
    /// before the repository, and by what is known beside them.
    pub fn based_on(&self, implements: &[DocumentId], date: Date, known: &[InForce]) -> BasedOn {
        let mut found: Vec<(DocumentId, Version)> = implements
            .iter()
            .filter_map(|above| {
                let status = self.status_on(above, date);
                let approved = status.in_force.map(|approval| (approval.effective, approval.version));
                let past = self.ledgers.get(above).into_iter().flat_map(|ledger| &ledger.past);
                let past = past.map(|past| (past.effective, past.version));
                let new =
                    known.iter().filter(|(id, ..)| id == above).map(|(_, effective, version)| (*effective, *version));
                let come = past.chain(new).filter(|(effective, _)| *effective <= date && status.retired.is_none());
                Some((above.clone(), approved.into_iter().chain(come).max()?.1))
            })
            .collect();
        found.sort();
        found.dedup();
        found.into_iter().collect()
    }
}

/// The reason against a request that does not say what an option would.
fn flag_needed(flag: &'static str) -> Text {
    Text::new("flag-needed").arg("flag", flag)
}

#[cfg(test)]
mod tests;
