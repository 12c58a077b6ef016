//! `records/exceptions.toml`: approved exceptions (例外申請) to an article of a document.

use jiff::civil::Date;

use super::reference::Fragment;
use crate::source::{Place, Span, Spanned};

/// One `[[exception]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Its number in the register.
    pub id: Spanned<String>,
    /// Document id.
    pub document: Spanned<String>,
    /// The article, as in a reference: `password` or `password/2/1`.
    pub article: Spanned<String>,
    /// The article as a place in the document.
    pub fragment: Fragment,
    /// Who applied (person id).
    pub applicant: Spanned<String>,
    /// Why the article cannot be followed.
    pub reason: Spanned<String>,
    /// What is done instead.
    pub measure: Spanned<String>,
    /// How it is brought to an end.
    pub plan: Option<Spanned<String>>,
    /// Who approved (person id).
    pub approver: Spanned<String>,
    /// Day of the approval.
    pub approved_on: Spanned<Date>,
    /// Last day on which it holds.
    pub expires: Spanned<Date>,
    /// Day from which it is no longer needed.
    pub closed: Option<Spanned<Date>>,
    /// Where it is defined.
    pub place: Place,
}

impl Exception {
    /// Whether it is on record as needed on a day: approved, and not closed.
    pub fn is_open(&self, day: Date) -> bool {
        self.approved_on.value <= day && self.closed.as_ref().is_none_or(|closed| day < closed.value)
    }

    /// Whether its time is over on a day, although it is still open.
    pub fn is_expired(&self, day: Date) -> bool {
        self.is_open(day) && self.expires.value < day
    }

    /// The place of one of its values.
    pub fn at(&self, span: Span) -> Place {
        Place { file: self.place.file, span }
    }
}
