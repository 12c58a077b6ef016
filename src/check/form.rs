//! Faults of form as rules report them: each cause once, without the faults that only follow from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::handbook::Handbook;
use crate::parse::{Problem, ProblemKind};
use crate::source::{FileId, Place};

/// Every fault of form but those that follow from another: a key lost to a syntax error is not missing, and a
/// value that is no TOML is not of the wrong type besides.
pub fn faults(handbook: &Handbook) -> impl Iterator<Item = &Problem> {
    let mut broken: BTreeMap<FileId, BTreeSet<usize>> = BTreeMap::new();
    for problem in &handbook.problems {
        if is_unreadable(&problem.kind) {
            broken.entry(problem.place.file).or_default().insert(problem.place.span.start);
        }
    }
    handbook.problems.iter().filter(move |problem| {
        let Some(starts) = broken.get(&problem.place.file) else { return true };
        match problem.kind {
            ProblemKind::MissingKey { .. } => false,
            _ if is_unreadable(&problem.kind) => true,
            _ => !starts.contains(&problem.place.span.start),
        }
    })
}

/// Whether a file is there but could not be read as a whole. What it defines is then unknown, so that nothing
/// can be said to be missing from it.
pub fn is_unread(handbook: &Handbook, path: &str) -> bool {
    let Some(file) = handbook.sources.by_path(path) else { return false };
    handbook.problems.iter().any(|problem| problem.place.file == file && is_unreadable(&problem.kind))
}

/// Faults that keep a file, or part of it, from being read.
fn is_unreadable(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::Unreadable(_)
            | ProblemKind::SymbolicLink
            | ProblemKind::Special
            | ProblemKind::NotAFolder
            | ProblemKind::TooLarge { .. }
            | ProblemKind::NotUtf8(_)
            | ProblemKind::Toml(_)
    )
}

/// Whether a file of the records folder could not be read; see [`is_unread`].
pub fn is_register_unread(handbook: &Handbook, name: &str) -> bool {
    is_unread(handbook, &format!("{}/{name}", handbook.config.records_path))
}

/// What replaces a written value by another: the same quotation marks around it, where it has any. `None` where
/// the place holds anything else, such as a string with escapes.
pub fn rewrite(handbook: &Handbook, place: Place, written: &str, new: &str) -> Option<String> {
    let text = handbook.sources.text_at(place);
    ["", "\"", "'"]
        .into_iter()
        .find(|mark| text.len() == written.len() + 2 * mark.len() && text == format!("{mark}{written}{mark}"))
        .map(|mark| format!("{mark}{new}{mark}"))
}
