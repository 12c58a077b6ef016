//! missing-classification: a document without a label of its own or of its tier.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("SEC003", "missing-classification", Basis::AnnexA("5.13"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    // An organisation that has not named its labels cannot use them.
    if handbook.config.classifications.is_empty() {
        return;
    }
    for document in &handbook.documents {
        if handbook.classification_of(document).is_none() {
            sink.report(document.head_place(), Text::new("missing-classification").arg("title", document.title()))
                .help(Text::new("missing-classification-help").arg("tier", document.tier.name()));
        }
    }
}
