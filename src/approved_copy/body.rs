//! The body of a copy: the author's own Markdown, line by line, with targets by what they mean and without what differs
//! from file to file and is not seen.

use std::collections::BTreeSet;

use super::meaning::Targets;
use crate::model::content::{Inline, Kind};
use crate::model::document::Document;
use crate::model::reference::Target;
use crate::source::Span;

/// A canonical body.
pub struct Body {
    /// Empty, or lines that each end in LF, the first and the last of them not empty.
    pub text: String,
    /// Where its lines come from.
    pub places: Places,
}

/// For each line of a body where it begins there, and its span in the source.
#[derive(Debug, Default)]
pub struct Places(Vec<(usize, Span)>);

impl Places {
    /// The line of the source that a byte of the body comes from.
    pub fn source(&self, at: usize) -> Span {
        let number = self.0.partition_point(|(start, _)| *start <= at);
        number.checked_sub(1).map_or_else(Span::default, |number| self.0[number].1)
    }
}

impl Body {
    /// The canonical body of a document; `text` is its whole file.
    pub fn of(document: &Document, text: &str, targets: &Targets) -> Self {
        let edits = edits(document, text, targets);
        let breaks = breaks(document, text);
        let mut out = String::with_capacity(document.body.end - document.body.start);
        let mut places = Places::default();
        let mut edits = edits.into_iter().peekable();
        let mut at = document.body.start;
        // Empty lines wait for one that is not: those at the end are left out.
        let mut empty = 0;
        for line in text[document.body.start..document.body.end].split_inclusive('\n') {
            let span = Span::new(at, at + line.len());
            at = span.end;
            let end = span.start + line.trim_end_matches(['\n', '\r', ' ', '\t']).len();
            let mut content = String::with_capacity(line.len());
            let mut done = span.start;
            while let Some((edit, written)) = edits.next_if(|(edit, _)| edit.start < span.end) {
                if edit.start < done || edit.end > end {
                    continue;
                }
                content.push_str(&text[done..edit.start]);
                content.push_str(&written);
                done = edit.end;
            }
            content.push_str(&text[done..end]);
            if content.is_empty() {
                empty += usize::from(!out.is_empty());
                continue;
            }
            out.extend(std::iter::repeat_n('\n', std::mem::take(&mut empty)));
            places.0.push((out.len(), span));
            out.push_str(&content);
            if breaks.contains(&span.end) {
                out.push_str("  ");
            }
            out.push('\n');
        }
        Self { text: out, places }
    }
}

/// The targets that a copy writes otherwise, in text order.
fn edits(document: &Document, text: &str, targets: &Targets) -> Vec<(Span, String)> {
    let mut edits: Vec<(Span, String)> = Vec::new();
    for (index, reference) in document.references.iter().enumerate() {
        if !matches!(reference.target, Target::Path { .. }) {
            continue;
        }
        let Some(written) = targets.get(index).and_then(super::meaning::Meant::written) else { continue };
        let mut span = reference.raw.span;
        // What is written instead needs no brackets around it.
        if text[..span.start].ends_with('<') && text[span.end..].starts_with('>') {
            span = Span::new(span.start - 1, span.end + 1);
        }
        edits.push((span, written));
    }
    edits.sort();
    // Several links may share one definition.
    edits.dedup();
    edits
}

/// Ends of the lines that blanks at their end break for readers.
fn breaks(document: &Document, text: &str) -> BTreeSet<usize> {
    let nodes = document.content.nodes().iter();
    let broken = nodes.filter(|node| node.kind == Kind::Inline(Inline::HardBreak));
    let by_blanks = broken.filter(|node| text[node.span.start..].starts_with(' '));
    by_blanks.map(|node| line_end(text, node.span.start)).collect()
}

/// Where the line of a byte ends, with its line end.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
