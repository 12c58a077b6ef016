//! `records/contacts.toml`.

use super::register::{pointer, texts};
use super::toml_table::TableReader;
use crate::model::contact::{Contact, Contacts, Severity};
use crate::source::{FileId, Place, Spanned};

/// Reads the title and everything else.
pub fn contacts(file: FileId, top: &mut TableReader<'_, '_>) -> (Option<Spanned<String>>, Contacts) {
    let title = top.string("title");
    let (first, never) = (texts(top.strings("first")), texts(top.strings("never")));
    let procedure = top.string("procedure").map(|written| pointer(file, written));
    let contacts = top.tables("contact", |entry| {
        let name = entry.required("name");
        let mut text = |key| entry.string(key).map(|text| text.value);
        let (purpose, hours, chat) = (text("purpose"), text("hours"), text("chat"));
        let (mail, phone) = (entry.string("mail"), entry.strings("phone"));
        let card = entry.boolean("card").is_some_and(|card| card.value);
        Some(Contact { name: name?.value, purpose, hours, phone, chat, mail, card, span: entry.span() })
    });
    let severities = top.tables("severity", |entry| {
        let (name, meaning) = (entry.required("name"), entry.required("meaning"));
        let action = entry.string("action").map(|action| action.value);
        Some(Severity { name: name?.value, meaning: meaning?.value, action })
    });
    let place = Place { file, span: top.span() };
    let named = title.as_ref().map(|title| title.value.clone());
    (title, Contacts { title: named, first, never, contacts, severities, procedure, place })
}
