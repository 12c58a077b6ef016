//! Roles and the people appointed to them over time.

use jiff::civil::Date;

use crate::source::{Place, Span, Spanned};

/// An office, department or body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Id used everywhere else.
    pub id: Spanned<String>,
    /// Name as printed.
    pub name: Spanned<String>,
    /// A board or committee that decides as a body.
    pub body: bool,
    /// What it answers for, in plain sentences.
    pub responsibilities: Vec<Spanned<String>>,
    /// Where it is defined.
    pub place: Place,
}

/// One appointment of a person to a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Role id.
    pub role: Spanned<String>,
    /// First day in office.
    pub from: Spanned<Date>,
    /// Last day in office; open where absent.
    pub until: Option<Spanned<Date>>,
    /// The whole entry.
    pub span: Span,
}

impl Appointment {
    /// Whether the office is held on a day; both ends count.
    pub fn covers(&self, day: Date) -> bool {
        self.from.value <= day && self.until.as_ref().is_none_or(|until| day <= until.value)
    }
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id used everywhere else; may be opaque.
    pub id: Spanned<String>,
    /// Name as printed.
    pub name: Spanned<String>,
    /// Mail addresses, as they appear in commits.
    pub emails: Vec<Spanned<String>>,
    /// Account on the git host.
    pub forge: Option<Spanned<String>>,
    /// Department id or name.
    pub department: Option<Spanned<String>>,
    /// Offices over time.
    pub roles: Vec<Appointment>,
    /// Where the person is defined.
    pub place: Place,
}

impl Person {
    /// Whether the person holds any role on a day.
    pub fn is_in_office(&self, day: Date) -> bool {
        self.roles.iter().any(|appointment| appointment.covers(day))
    }

    /// Whether the person holds a role on a day.
    pub fn holds(&self, role: &str, day: Date) -> bool {
        self.roles.iter().any(|appointment| appointment.role.value == role && appointment.covers(day))
    }
}
