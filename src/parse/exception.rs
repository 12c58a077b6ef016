//! `records/exceptions.toml`.

use super::problem::Problem;
use super::reference::parse_fragment;
use super::toml_table::{Context, read_toml};
use crate::model::exception::Exception;
use crate::source::{FileId, Place};

/// Reads the title and the exceptions of a file.
pub fn exceptions(file: FileId, text: &str) -> (Option<String>, Vec<Exception>, Vec<Problem>) {
    let context = Context::new(file, 0);
    let (title, exceptions) = read_toml(&context, text, |top| {
        let title = top.string("title").map(|title| title.value);
        let exceptions = top.tables("exception", |entry| {
            let place = Place { file, span: entry.span() };
            let (id, document) = (entry.required("id"), entry.required("document"));
            let (article, applicant) = (entry.required::<String>("article"), entry.required("applicant"));
            let (reason, measure) = (entry.required("reason"), entry.required("measure"));
            let plan = entry.string("plan");
            let (approver, approved_on) = (entry.required("approver"), entry.required("approved_on"));
            let (expires, closed) = (entry.required("expires"), entry.date("closed"));
            let article = article?;
            Some(Exception {
                id: id?,
                document: document?,
                fragment: parse_fragment(article.value.trim_start_matches('#')),
                article,
                applicant: applicant?,
                reason: reason?,
                measure: measure?,
                plan,
                approver: approver?,
                approved_on: approved_on?,
                expires: expires?,
                closed,
                place,
            })
        });
        (title, exceptions)
    });
    (title, exceptions, context.into_problems())
}
