//! Registers that pages are made of: the year plan, the practices of the CISO, contacts for an emergency, quizzes. Each
//! is one TOML file of the records folder; what they state is not approved like a document and is shown as it is.

use std::collections::BTreeMap;

use super::contact::Contacts;
use super::quiz::Quiz;
use super::reference::Pointer;
use crate::source::{Place, Spanned};

/// One `[[task]]` of `year-plan.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is done.
    pub name: Spanned<String>,
    /// Months from 1 to 12; empty: every month.
    pub months: Vec<u8>,
    /// Who does it (role ids).
    pub roles: Vec<Spanned<String>>,
    /// Where it is laid down.
    pub document: Option<Pointer>,
    /// What remains of it.
    pub record: Option<String>,
    /// Where it is defined.
    pub place: Place,
}

impl Task {
    /// Whether it falls into a month.
    pub fn falls_into(&self, month: i8) -> bool {
        self.months.is_empty() || self.months.iter().any(|known| i8::try_from(*known) == Ok(month))
    }
}

/// One `[[practice]]` of `ciso-practices.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// Its letter.
    pub id: Spanned<String>,
    /// What it is called.
    pub name: Spanned<String>,
    /// Who takes part (role ids).
    pub roles: Vec<Spanned<String>>,
    /// What is done, in order.
    pub activities: Vec<String>,
    /// What it starts from.
    pub inputs: Vec<String>,
    /// What comes out of it.
    pub outputs: Vec<String>,
    /// The documents that say how.
    pub documents: Vec<Pointer>,
    /// Where it is defined.
    pub place: Place,
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registers {
    /// The year plan, in file order.
    pub tasks: Vec<Task>,
    /// Practices of the CISO, in file order.
    pub practices: Vec<Practice>,
    /// Whom to tell in an emergency.
    pub contacts: Option<Contacts>,
    /// Quizzes by the name of their file.
    pub quizzes: BTreeMap<String, Quiz>,
}

impl Registers {
    /// Everything that names a document or a place in one.
    pub fn pointers(&self) -> impl Iterator<Item = &Pointer> {
        let tasks = self.tasks.iter().flat_map(|task| &task.document);
        let practices = self.practices.iter().flat_map(|practice| &practice.documents);
        let contacts = self.contacts.iter().flat_map(|contacts| &contacts.procedure);
        let questions = self.quizzes.values().flat_map(|quiz| &quiz.questions);
        tasks.chain(practices).chain(contacts).chain(questions.flat_map(|question| &question.article))
    }

    /// Every role that is named, with its file.
    pub fn roles(&self) -> impl Iterator<Item = (Place, &Spanned<String>)> {
        let tasks = self.tasks.iter().flat_map(|task| task.roles.iter().map(|role| (task.place, role)));
        let practices =
            self.practices.iter().flat_map(|practice| practice.roles.iter().map(|role| (practice.place, role)));
        let quizzes = self.quizzes.values().flat_map(|quiz| quiz.audience.iter().map(|role| (quiz.place, role)));
        tasks.chain(practices).chain(quizzes)
    }
}
