//! Registers that pages are made of: `year-plan.toml`, `ciso-practices.toml`, `contacts.toml` and `quizzes/*.toml`.

use super::problem::Problem;
use super::reference::short_target;
use super::toml_table::{Context, TableReader, read_toml};
use super::{contact, quiz};
use crate::model::id::DocumentId;
use crate::model::reference::Pointer;
use crate::model::reference::Target;
use crate::model::register::{Practice, Registers, Task};
use crate::source::{FileId, Place, Spanned};

/// Reads a register that pages are made of, by its path below the records folder; `None` where it is of another kind.
pub fn register(
    name: &str,
    file: FileId,
    text: &str,
    registers: &mut Registers,
) -> Option<(Option<String>, Vec<Problem>)> {
    let context = Context::new(file, 0);
    let title = match name {
        "year-plan.toml" => read_toml(&context, text, |top| {
            let title = top.string("title");
            registers.tasks = top.tables("task", |entry| task(file, entry));
            title
        }),
        "ciso-practices.toml" => read_toml(&context, text, |top| {
            let title = top.string("title");
            registers.practices = top.tables("practice", |entry| practice(file, entry));
            title
        }),
        "contacts.toml" => read_toml(&context, text, |top| {
            let (title, contacts) = contact::contacts(file, top);
            registers.contacts = Some(contacts);
            title
        }),
        _ => {
            let name = name.strip_prefix("quizzes/").and_then(|name| name.strip_suffix(".toml"));
            let name = name.filter(|name| !name.contains('/'))?;
            read_toml(&context, text, |top| {
                let title = top.required("title");
                if let Some(quiz) = quiz::quiz(file, title.as_ref(), top) {
                    registers.quizzes.insert(name.to_owned(), quiz);
                }
                title
            })
        }
    };
    Some((title.map(|title| title.value), context.into_problems()))
}

fn task(file: FileId, entry: &mut TableReader<'_, '_>) -> Option<Task> {
    let place = Place { file, span: entry.span() };
    let name = entry.required("name");
    let months = entry.numbers("months", 1..=12);
    let roles = entry.strings("roles");
    let document = entry.string("document").map(|written| pointer(file, written));
    let record = entry.string("record").map(|record| record.value);
    let months = months.into_iter().filter_map(|month| u8::try_from(month.value).ok()).collect();
    Some(Task { name: name?, months, roles, document, record, place })
}

fn practice(file: FileId, entry: &mut TableReader<'_, '_>) -> Option<Practice> {
    let place = Place { file, span: entry.span() };
    let (id, name) = (entry.required("id"), entry.required("name"));
    let roles = entry.strings("roles");
    let [activities, inputs, outputs] = ["activities", "inputs", "outputs"].map(|key| texts(entry.strings(key)));
    let documents = entry.strings("documents").into_iter().map(|written| pointer(file, written)).collect();
    Some(Practice { id: id?, name: name?, roles, activities, inputs, outputs, documents, place })
}

/// Strings whose places nobody asks for.
pub(super) fn texts(strings: Vec<Spanned<String>>) -> Vec<String> {
    strings.into_iter().map(|text| text.value).collect()
}

/// A document or a place in one, as written.
pub fn pointer(file: FileId, written: Spanned<String>) -> Pointer {
    let place = Place { file, span: written.span };
    let (document, fragment) = match short_target(&written.value) {
        Target::Document { id: Some(id), fragment } => (DocumentId::parse(&id), fragment),
        _ => (None, None),
    };
    Pointer { written: written.value, document, fragment, place }
}
