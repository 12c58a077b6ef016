//! ambiguous-path: two files whose paths differ in upper and lower case only, or in how a voiced kana is stored. On many
//! machines one of them hides the other.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::{Handbook, Link};
use crate::locale::Text;
use crate::source::Place;

rule!("REF019", "ambiguous-path", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let documents = handbook.documents.iter().map(|document| document.path.as_str());
    let attachments = handbook.attachments.keys().map(String::as_str);
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in documents.chain(attachments) {
        alike.entry(folded(path)).or_default().push(path);
    }
    alike.retain(|_, paths| paths.len() > 1);
    if alike.is_empty() {
        return;
    }
    let mut report = |place: Place, path: &str| {
        let Some(others) = alike.get(&folded(path)) else { return };
        let others: Vec<&str> = others.iter().copied().filter(|other| *other != path).collect();
        sink.report(place, Text::new("ambiguous-path").arg("path", path).arg("others", others.join(", ")))
            .help(Text::new("ambiguous-path-help"));
    };
    for (document, links) in handbook.documents.iter().zip(&handbook.links) {
        report(document.head_place(), &document.path);
        // A file that is no document has no place of its own: it is told where the text first leads to it.
        let mut told = BTreeSet::new();
        for (reference, link) in document.references.iter().zip(links) {
            if let Link::Attachment(path) = link
                && told.insert(path)
            {
                report(document.place(reference.raw.span), path);
            }
        }
    }
}

/// A path as a file system that knows no case, or stores kana in parts, takes it.
fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}
