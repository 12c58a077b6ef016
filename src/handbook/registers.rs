//! What registers may know of the handbook around them, and what was found in them.

use jiff::civil::Date;

use super::{Handbook, Lookup, lookup};
use crate::model::document::Tier;
use crate::model::reference::Target;
use crate::parse::ProblemKind;
use crate::parse::reference::short_target;
use crate::register::RegisterFinding;
use crate::register::judge::Judgement;
use crate::register::surroundings::{DocumentLookup, NameKind, Surroundings};

impl Handbook {
    /// Everything that is wrong with definitions and rows, on the handbook's day.
    pub fn register_findings(&self) -> impl Iterator<Item = &RegisterFinding> {
        self.register_set.findings(self)
    }

    /// What the rows of registers come to, on the handbook's day.
    pub fn register_judgement(&self) -> &Judgement {
        self.register_set.judgement(self)
    }

    /// Whether a file of the records folder is there and cannot be read, so that what it defines is unknown.
    fn is_unread(&self, name: &str) -> bool {
        let path = format!("{}/{name}", self.config.records_path);
        let file = self.sources.by_path(&path);
        let unread = |kind: &ProblemKind| {
            matches!(kind, ProblemKind::Unreadable(_) | ProblemKind::NotUtf8(_) | ProblemKind::Toml(_))
                || matches!(kind, ProblemKind::SymbolicLink | ProblemKind::Special | ProblemKind::TooLarge { .. })
        };
        file.is_some_and(|file| self.problems.iter().any(|p| p.place.file == file && unread(&p.kind)))
    }
}

impl Surroundings for Handbook {
    fn today(&self) -> Date {
        self.today
    }

    fn is_known(&self, kind: NameKind, name: &str) -> bool {
        match kind {
            NameKind::Person => self.person(name).is_some() || self.is_unread("people.toml"),
            NameKind::Role => self.role(name).is_some() || self.is_unread("roles.toml"),
            NameKind::Classification => self.config.classifications.iter().any(|label| label.id.value == name),
            NameKind::Term => self.term(name).is_some() || self.is_unread("terms.toml"),
            NameKind::Document => self.index_of(name).is_some(),
        }
    }

    fn names(&self, kind: NameKind) -> Vec<&str> {
        match kind {
            NameKind::Person => self.people.iter().map(|person| person.id.value.as_str()).collect(),
            NameKind::Role => self.roles.iter().map(|role| role.id.value.as_str()).collect(),
            NameKind::Classification => {
                self.config.classifications.iter().map(|label| label.id.value.as_str()).collect()
            }
            NameKind::Term => self.terms.iter().map(|term| term.term.value.as_str()).collect(),
            NameKind::Document => self.by_id().map(|(id, _)| id.as_str()).collect(),
        }
    }

    fn document(&self, written: &str) -> DocumentLookup {
        let Target::Document { id: Some(id), fragment } = short_target(written) else {
            return DocumentLookup::NoDocument;
        };
        let Some(index) = self.index_of(&id) else { return DocumentLookup::NoDocument };
        match fragment.map(|fragment| lookup(&self.documents[index].outline, &fragment)) {
            None | Some(Lookup::Found) => DocumentLookup::Found,
            Some(Lookup::NoAnchor | Lookup::NoItem) => DocumentLookup::NoPlace,
        }
    }

    fn is_own_control(&self, written: &str) -> bool {
        self.index_of(written).is_some_and(|index| self.documents[index].tier == Tier::Control)
    }

    fn is_file(&self, path: &str) -> bool {
        self.attachments.contains_key(path) || self.sources.by_path(path).is_some()
    }

    fn holds(&self, person: &str, role: &str, day: Date) -> bool {
        self.person(person).is_some_and(|person| person.holds(role, day))
    }

    /// People state one department, without the days on which they belonged to it.
    fn departments(&self, person: &str, _from: Date, _until: Date) -> Vec<&str> {
        let department = self.person(person).and_then(|person| person.department.as_ref());
        department.into_iter().map(|department| department.value.as_str()).collect()
    }

    fn names_of_people(&self) -> Vec<&str> {
        self.people.iter().map(|person| person.name.value.as_str()).collect()
    }
}
