//! What registers need to know of the handbook around them.

use jiff::civil::Date;

/// What a written document reference came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentLookup {
    /// The document, and the place in it where one is named.
    Found,
    /// No such document.
    NoDocument,
    /// The document has no such place.
    NoPlace,
}

/// Names of one kind that the handbook defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// People, by id.
    Person,
    /// Roles, by id.
    Role,
    /// Labels, by id.
    Classification,
    /// Terms, by wording.
    Term,
    /// Documents, by id.
    Document,
}

/// The handbook around registers, on a day.
pub trait Surroundings {
    /// The day on which everything is judged.
    fn today(&self) -> Date;
    /// Whether a name is defined; `true` too where the file that would define it cannot be read.
    fn is_known(&self, kind: NameKind, name: &str) -> bool;
    /// Every name of a kind.
    fn names(&self, kind: NameKind) -> Vec<&str>;
    /// A document, or a place in one, as written.
    fn document(&self, written: &str) -> DocumentLookup;
    /// Whether an id is that of a document of own controls.
    fn is_own_control(&self, written: &str) -> bool;
    /// Whether there is a file at a path.
    fn is_file(&self, path: &str) -> bool;
    /// Whether somebody holds a role on a day.
    fn holds(&self, person: &str, role: &str, day: Date) -> bool;
    /// Departments of a person between two days, by id or name.
    fn departments(&self, person: &str, from: Date, until: Date) -> Vec<&str>;
    /// Name of every person.
    fn names_of_people(&self) -> Vec<&str>;
}
