//! broken-anchor: a link to a heading that its document does not have.

use crate::check::nearest::{folded, nearest};
use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::{Broken, Handbook, Lookup, lookup};
use crate::locale::Text;
use crate::model::reference::Reference;
use crate::source::Span;

rule!("REF002", "broken-anchor", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    exceptions(handbook, sink);
    pointers(handbook, sink);
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoAnchor(index, anchor) = broken else { continue };
        let target = &handbook.documents[*index];
        let ids = || target.outline.headings.iter().filter_map(|heading| Some(heading.id.as_ref()?.value.as_str()));
        let span = anchor_span(reference, anchor);
        let message = Text::new("broken-anchor").arg("anchor", anchor).arg("title", target.title());
        let finding = sink.report(document.place(span), message);
        match nearest(anchor, ids()) {
            Some(meant) => {
                finding.help(Text::new("broken-anchor-help-nearest").arg("meant", meant));
                // Only the manner of writing differs: nothing else can have been meant.
                if folded(meant) == folded(anchor) && reference.raw.value.contains(anchor.as_str()) {
                    finding.fix(span, meant);
                }
            }
            None => {
                finding.help(Text::new("broken-anchor-help"));
            }
        }
    }
}

/// Articles that an exception names.
fn exceptions(handbook: &Handbook, sink: &mut Sink) {
    for exception in &handbook.exceptions {
        let Some(target) = handbook.index_of(&exception.document).map(|index| &handbook.documents[index]) else {
            continue;
        };
        if lookup(&target.outline, &exception.fragment) == Lookup::Found {
            continue;
        }
        let message = Text::new("broken-anchor").arg("anchor", &exception.article.value).arg("title", target.title());
        sink.report(exception.at(exception.article.span), message).help(Text::new("broken-anchor-help"));
    }
}

/// Articles that a register or the configuration names.
fn pointers(handbook: &Handbook, sink: &mut Sink) {
    for pointer in mentions::pointers(handbook) {
        let target = pointer.document.as_ref().and_then(|id| handbook.document(id));
        let (Some(target), Some(fragment)) = (target, &pointer.fragment) else { continue };
        if lookup(&target.outline, fragment) == Lookup::Found {
            continue;
        }
        let message = Text::new("broken-anchor").arg("anchor", &fragment.anchor).arg("title", target.title());
        sink.report(pointer.place, message).help(Text::new("broken-anchor-help"));
    }
}

/// The anchor within a reference as written, or the whole target where it is written with escapes.
pub(super) fn anchor_span(reference: &Reference, anchor: &str) -> Span {
    let raw = &reference.raw;
    let found = raw.value.find('#').filter(|at| !anchor.is_empty() && raw.value[at + 1..].starts_with(anchor));
    found.map_or(raw.span, |at| Span::new(at + 1, at + 1 + anchor.len()).shift(raw.span.start))
}
