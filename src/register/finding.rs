//! What is wrong with a register, wherever it was found: kind of fault, place, words. Rules of [`crate::check`] report
//! them; each kind of fault is one rule.

use crate::locale::Text;
use crate::model::config::Level;
use crate::source::Place;

/// Kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A definition says what it cannot mean.
    Definition,
    /// A key that the definition does not have.
    UnknownField,
    /// A field that a row must have and does not.
    MissingField,
    /// A value of another type.
    WrongType,
    /// A value of the right type that is not allowed.
    InvalidValue,
    /// A reference to something that is not there.
    UnknownReference,
    /// Two rows with one id.
    DuplicateRow,
    /// A stated value that is not the computed one.
    StatedOtherwise,
    /// A value that cannot be computed from what is there.
    NotComputable,
    /// A rule of a definition applies.
    Rule,
    /// A date of a row has passed.
    Overdue,
    /// A row names somebody who does not hold the office.
    OutOfOffice,
    /// A text says of persons what the register may not.
    Personal,
}

/// One fault.
#[derive(Debug, Clone)]
pub struct RegisterFinding {
    /// Its kind.
    pub fault: Fault,
    /// Where it stands.
    pub place: Place,
    /// What is wrong: one phrase.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// Other places that matter, each with what to say there.
    pub related: Vec<(Place, Text)>,
    /// What the text at the place should be, where there is no doubt.
    pub replacement: Option<String>,
    /// How much it counts at most, where a definition says so.
    pub level: Option<Level>,
}

impl RegisterFinding {
    /// A fault at a place.
    pub fn new(fault: Fault, place: Place, message: Text, help: Text) -> Self {
        Self { fault, place, message, help, related: Vec::new(), replacement: None, level: None }
    }

    /// The same with another place that matters.
    #[must_use]
    pub fn related(mut self, place: Place, text: Text) -> Self {
        self.related.push((place, text));
        self
    }

    /// The same with a correction.
    #[must_use]
    pub fn replaced_by(mut self, text: Option<String>) -> Self {
        self.replacement = text;
        self
    }
}
