//! The tables of a pack, each with the columns that are its contract. `docs/evidence.md` explains every one.

pub mod approvals;
pub mod bypasses;
pub mod changes;
pub mod claims;
pub mod documents;
pub mod duties;
pub mod exceptions;
pub mod integrity;
pub mod overdue;
pub mod records;
pub mod signatures;

use super::material::Material;
use super::table::Table;

/// All tables, in the order in which an auditor reads them; the claims of all others come last.
pub fn tables(material: &Material<'_>) -> Vec<Table> {
    let bypasses = bypasses::table(material);
    let mut tables = vec![
        documents::table(material),
        approvals::table(material),
        records::table(material),
        changes::table(material),
        bypasses,
        overdue::table(material),
        exceptions::table(material),
        duties::table(material),
        signatures::table(material),
        integrity::table(material),
    ];
    tables.push(claims::table(&tables));
    tables
}

/// A person's id and name as one text, the name alone where they are the same.
pub(super) fn named(id: &str, name: &str) -> String {
    if id == name || name.is_empty() { id.to_owned() } else { format!("{name} ({id})") }
}
