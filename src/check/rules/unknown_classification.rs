//! unknown-classification: a classification that the configuration does not define.

use crate::check::nearest::{Known, Meant};
use crate::check::registry::rule;
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::load::CONFIG_FILE;
use crate::locale::Text;
use crate::source::Place;

rule!("ORG003", "unknown-classification", Basis::AnnexA("5.12"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    if form::is_unread(handbook, CONFIG_FILE) {
        return;
    }
    let labels = &handbook.config.classifications;
    let mut known = Known::new(labels.iter().map(|label| (label.id.value.as_str(), label.name.value.as_str())));
    let all = labels.iter().map(|label| label.id.value.as_str()).collect::<Vec<_>>().join(", ");
    let file = handbook.config.file;
    let tiers = handbook.config.tiers.values().flat_map(|tier| &tier.classification).map(|label| (file, label));
    let editions = handbook.config.editions.values().map(|edition| (file, &edition.highest));
    let documents = handbook.documents.iter();
    let documents = documents.filter_map(|document| Some((document.file, document.front.classification.as_ref()?)));
    for (file, label) in tiers.chain(editions).chain(documents) {
        if known.contains(&label.value) {
            continue;
        }
        let place = Place { file, span: label.span };
        let finding = sink.report(place, Text::new("unknown-classification").arg("id", &label.value));
        match known.meant(&label.value) {
            _ if labels.is_empty() => {
                finding.help(Text::new("unknown-classification-help-none"));
            }
            Meant::Certainly(meant) => {
                finding.help(Text::new("unknown-classification-help-form").arg("meant", meant));
                if let Some(text) = form::rewrite(handbook, place, &label.value, meant) {
                    finding.fix(place.span, text);
                }
            }
            Meant::Perhaps(_) | Meant::Nothing => {
                finding.help(Text::new("unknown-classification-help").arg("all", &all));
            }
        }
    }
}
