//! unknown-document: a document id that no document has, in a reference, in `implements` or in a ledger.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use crate::check::nearest::Folded;
use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::source::{Place, Span};

rule!("REF003", "unknown-document", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    // Only findings need it.
    let ids = LazyCell::new(|| Folded::new(handbook.by_id().map(|(id, _)| id.as_str())));
    let mut report = |written: &str, place: Place, help: &'static str| {
        let finding = sink.report(place, Text::new("unknown-document").arg("id", written));
        if let Some(meant) = ids.get(written) {
            finding.help(Text::new("unknown-document-help-nearest").arg("meant", meant));
            if let Some(text) = form::rewrite(handbook, place, written, meant) {
                finding.fix(place.span, text);
            }
        } else {
            finding.help(Text::new(help));
        }
    };
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoDocument(id) = broken else { continue };
        let raw = &reference.raw;
        let span =
            if raw.value.starts_with(id) { Span::new(raw.span.start, raw.span.start + id.len()) } else { raw.span };
        report(id, document.place(span), "unknown-document-help");
    }
    for document in &handbook.documents {
        for mention in mentions::implemented(document) {
            if handbook.index_of(mention.written).is_some() {
                continue;
            }
            let annex = mention.written.starts_with("A.");
            report(
                mention.written,
                mention.place,
                if annex { "unknown-document-help-annex" } else { "unknown-document-help" },
            );
        }
    }
    for pointer in mentions::pointers(handbook) {
        let known = pointer.document.as_ref().is_some_and(|id| handbook.index(id).is_some());
        if !known {
            let id = pointer.written.split('#').next().unwrap_or_default();
            report(id, pointer.place, "unknown-document-help");
        }
    }
    let other: BTreeSet<&str> = handbook.other_ledgers.iter().map(|ledger| ledger.name.as_str()).collect();
    for mention in mentions::recorded_documents(handbook) {
        // A document that was retired and removed still has its ledger.
        let known = handbook.index_of(mention.written).is_some()
            || DocumentId::parse(mention.written).is_some_and(|id| handbook.ledgers.contains_key(&id))
            || other.contains(mention.written);
        if !known {
            report(mention.written, mention.place, "unknown-document-help-ledger");
        }
    }
}
