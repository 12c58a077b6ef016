//! `records/roles.toml` and `records/people.toml`.

use super::problem::Problem;
use super::toml_table::{Context, TableReader, read_toml};
use crate::model::people::{Appointment, Person, Role};
use crate::source::{FileId, Place};

/// Reads the roles of a file.
pub fn roles(file: FileId, text: &str) -> (Vec<Role>, Vec<Problem>) {
    let context = Context::new(file, 0);
    let roles = read_toml(&context, text, |top| {
        top.string("title");
        top.tables("role", |role| {
            let place = Place { file, span: role.span() };
            let (id, name) = (role.required("id"), role.required("name"));
            let body = role.boolean("body").is_some_and(|body| body.value);
            let responsibilities = role.strings("responsibilities");
            Some(Role { id: id?, name: name?, body, responsibilities, place })
        })
    });
    (roles, context.into_problems())
}

/// Reads the people of a file.
pub fn people(file: FileId, text: &str) -> (Vec<Person>, Vec<Problem>) {
    let context = Context::new(file, 0);
    let people = read_toml(&context, text, |top| {
        top.string("title");
        top.tables("person", |person| {
            let place = Place { file, span: person.span() };
            let (id, name) = (person.required("id"), person.required("name"));
            let emails = person.strings("emails");
            let forge = person.string("forge");
            let department = person.string("department");
            let roles = person.tables("roles", appointment);
            Some(Person { id: id?, name: name?, emails, forge, department, roles, place })
        })
    });
    (people, context.into_problems())
}

fn appointment(entry: &mut TableReader<'_, '_>) -> Option<Appointment> {
    let (role, from) = (entry.required("role"), entry.required("from"));
    let until = entry.date("until");
    Some(Appointment { role: role?, from: from?, until, span: entry.span() })
}
