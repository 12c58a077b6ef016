//! `records/terms.toml`, the glossary, and the titles of other registers.

use super::problem::Problem;
use super::register::pointer;
use super::toml_table::{Context, read_toml};
use crate::model::term::Term;
use crate::source::{FileId, Place};

/// Reads the glossary.
pub fn terms(file: FileId, text: &str) -> (Vec<Term>, Vec<Problem>) {
    let context = Context::new(file, 0);
    let terms = read_toml(&context, text, |top| {
        top.string("title");
        top.tables("term", |entry| {
            let place = Place { file, span: entry.span() };
            let term = entry.required("term");
            let reading = entry.string("reading");
            let definition = entry.string("definition");
            let variants = entry.strings("variants");
            let keywords = entry.strings("keywords");
            let see = entry.strings("see").into_iter().map(|written| pointer(file, written)).collect();
            Some(Term { term: term?, reading, definition, variants, keywords, see, place })
        })
    });
    (terms, context.into_problems())
}

/// The `title` of a register, and the faults of its TOML.
pub fn record_title(file: FileId, text: &str) -> (Option<String>, Vec<Problem>) {
    let context = Context::new(file, 0);
    let title = read_toml(&context, text, |top| {
        // Registers of other kinds have keys of their own; their readers check them.
        top.ignore_unknown();
        top.string("title")
    });
    (title.map(|title| title.value), context.into_problems())
}
