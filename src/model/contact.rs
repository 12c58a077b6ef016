//! `records/contacts.toml`: whom to tell when something has happened, and what to do in the first minutes.

use super::reference::Pointer;
use crate::source::{Place, Span, Spanned};

/// One way to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Who answers.
    pub name: String,
    /// What for.
    pub purpose: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// Telephone numbers as people dial them.
    pub phone: Vec<Spanned<String>>,
    /// A channel or room.
    pub chat: Option<String>,
    /// A mail address.
    pub mail: Option<Spanned<String>>,
    /// Whether it stands on the card that people carry.
    pub card: bool,
    /// The whole table.
    pub span: Span,
}

/// How bad something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severity {
    /// What the level is called.
    pub name: String,
    /// How it is told from the others.
    pub meaning: String,
    /// What is to be done by when.
    pub action: Option<String>,
}

/// The register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    /// Its title.
    pub title: Option<String>,
    /// The first minutes, in order.
    pub first: Vec<String>,
    /// What nobody may do then.
    pub never: Vec<String>,
    /// Contacts, the most important first.
    pub contacts: Vec<Contact>,
    /// Levels, the worst first.
    pub severities: Vec<Severity>,
    /// The procedure that says more.
    pub procedure: Option<Pointer>,
    /// The file.
    pub place: Place,
}
