//! Mechanical corrections of findings as new texts of files, and the approvals that they would end.
//!
//! Stands behind the rules and decides nothing about writing: `kitei check --fix` shows or writes what is planned
//! here. Edits replace spans, so that comments and formatting around them stay byte for byte.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit, Report};
use crate::handbook::Handbook;
use crate::model::id::{DocumentId, Version};

/// A file with its corrections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// Path from the root.
    pub path: String,
    /// Its text as read.
    pub old: String,
    /// Its text with the corrections.
    pub new: String,
    /// How many findings are corrected.
    pub count: usize,
    /// The approval that the new text no longer has: the document and the version. Absent where the file holds no
    /// approved text, or its approved copy stays the same.
    pub ends: Option<(DocumentId, Version)>,
}

/// Every file with findings that can be corrected, by path. Of two corrections that overlap the first is taken; the
/// other stays for the next run.
pub fn plan(handbook: &Handbook, report: &Report) -> Vec<FixedFile> {
    let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.diagnostics.iter().filter(|finding| finding.fix.is_some()) {
        by_file.entry(handbook.sources.file(finding.place.file).path()).or_default().push(finding);
    }
    let mut files = Vec::new();
    for (path, findings) in by_file {
        let Some(file) = handbook.sources.by_path(path) else { continue };
        let old = handbook.sources.file(file).text().to_owned();
        let (new, count) = fixed(&old, &findings);
        let ends = ends(handbook, path, &new);
        files.push(FixedFile { path: path.to_owned(), old, new, count, ends });
    }
    files
}

/// A text with the corrections of its findings, and how many were applied.
pub fn fixed(text: &str, findings: &[&Diagnostic]) -> (String, usize) {
    let mut taken: BTreeMap<(usize, usize), Vec<&Edit>> = BTreeMap::new();
    let mut count = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let free = |edit: &Edit| {
            let (start, end) = (edit.span.start, edit.span.end);
            let before = taken.range(..=(start, end)).next_back().is_none_or(|(span, _)| span.1 <= start);
            let behind = taken.range((start, end)..).next().is_none_or(|(span, _)| end <= span.0);
            before && behind
        };
        if fix.edits.iter().all(free) {
            for edit in &fix.edits {
                taken.entry((edit.span.start, edit.span.end)).or_default().push(edit);
            }
            count += 1;
        }
    }
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken.values().flatten() {
        new.push_str(&text[at..edit.span.start]);
        new.push_str(&edit.replacement);
        at = edit.span.end;
    }
    new.push_str(&text[at..]);
    (new, count)
}

/// The approval of the tree's text at a path that another text would not have.
fn ends(handbook: &Handbook, path: &str, new: &str) -> Option<(DocumentId, Version)> {
    let index = handbook.index_at(path)?;
    let document = &handbook.documents[index];
    let (id, digest) = (document.id()?, handbook.digests[index]?);
    let approvals = handbook.ledgers.get(id)?.approvals.iter();
    let approval = approvals.rev().find(|approval| approval.digest == digest)?;
    (handbook.digest_with(index, new) != Some(digest)).then(|| (id.clone(), approval.version))
}
