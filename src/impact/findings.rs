//! Findings that a change brings and those that it ends. A finding that only stands on another line is the same one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Side;
use crate::check::{Diagnostic, Severity};
use crate::emit::words;
use crate::locale::Catalogue;
use crate::model::id::DocumentId;
use crate::source::FileId;

/// One finding, as `check --format json` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Code of its rule.
    pub code: &'static str,
    /// Name of its rule.
    pub name: &'static str,
    /// How much it counts.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// File, from the root.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// Whether it is about what decides who may decide.
    pub authority: bool,
}

/// Findings of both sides that the other one does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// Only after the change.
    pub new: Vec<Finding>,
    /// Only before the change.
    pub gone: Vec<Finding>,
    /// How many errors there are after the change in all.
    pub errors: usize,
    /// How many warnings there are after the change in all.
    pub warnings: usize,
}

/// What makes two findings the same one: rule, what it is about, message, the words at its place.
type Name = (&'static str, String, String, String);

pub(super) fn changes(base: &Side<'_>, head: &Side<'_>, catalogue: &Catalogue) -> Findings {
    let (old, new) = (named(base, catalogue), named(head, catalogue));
    let count = |severity| head.report.map_or(0, |report| report.count(severity));
    Findings {
        new: without(&new, &old, head, catalogue),
        gone: without(&old, &new, base, catalogue),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    }
}

fn named<'s>(side: &Side<'s>, catalogue: &Catalogue) -> Vec<(Name, &'s Diagnostic)> {
    let handbook = side.handbook;
    // A document that moved keeps its findings.
    let documents: BTreeMap<FileId, &DocumentId> =
        handbook.documents.iter().filter_map(|document| Some((document.file, document.id()?))).collect();
    let name = |finding: &'s Diagnostic| {
        let about = match documents.get(&finding.place.file) {
            Some(id) => id.to_string(),
            None => handbook.sources.file(finding.place.file).path().to_owned(),
        };
        let at_place = handbook.sources.text_at(finding.place).to_owned();
        ((finding.rule.code, about, words(catalogue, &finding.message), at_place), finding)
    };
    side.report.into_iter().flat_map(|report| &report.diagnostics).map(name).collect()
}

fn without(
    these: &[(Name, &Diagnostic)],
    those: &[(Name, &Diagnostic)],
    side: &Side<'_>,
    catalogue: &Catalogue,
) -> Vec<Finding> {
    let mut left: BTreeMap<&Name, usize> = BTreeMap::new();
    for (name, _) in those {
        *left.entry(name).or_default() += 1;
    }
    let mut found: Vec<&Diagnostic> = Vec::new();
    for (name, finding) in these {
        match left.get_mut(name).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => found.push(finding),
        }
    }
    let mut found: Vec<Finding> = found.into_iter().map(|diagnostic| finding(diagnostic, side, catalogue)).collect();
    found.sort_by_key(|finding| (!finding.authority, std::cmp::Reverse(finding.severity)));
    found
}

fn finding(diagnostic: &Diagnostic, side: &Side<'_>, catalogue: &Catalogue) -> Finding {
    let file = side.handbook.sources.file(diagnostic.place.file);
    let position = file.position(diagnostic.place.span.start);
    Finding {
        code: diagnostic.rule.code,
        name: diagnostic.rule.name,
        severity: diagnostic.severity,
        message: words(catalogue, &diagnostic.message),
        help: diagnostic.help.as_ref().map(|help| words(catalogue, help)),
        file: file.path().to_owned(),
        line: position.line,
        column: position.column,
        authority: side.handbook.is_authority(diagnostic.place.file),
    }
}
