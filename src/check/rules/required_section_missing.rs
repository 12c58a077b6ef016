//! required-section-missing: a document without a heading that its tier demands.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("STR001", "required-section-missing", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let Some(tier) = handbook.config.tiers.get(&document.tier) else { continue };
        for section in &tier.required_sections {
            if document.outline.heading(&section.value).is_some() {
                continue;
            }
            let message =
                Text::new("required-section-missing").arg("anchor", &section.value).arg("title", document.title());
            let required = crate::source::Place { file: handbook.config.file, span: section.span };
            sink.report(document.head_place(), message)
                .related(required, Text::new("required-section-missing-related"))
                .help(Text::new("required-section-missing-help").arg("anchor", &section.value));
        }
    }
}
