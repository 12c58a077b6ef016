//! duplicate-anchor: two headings of one document with the same id.

use std::collections::BTreeMap;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::outline::Heading;

rule!("REF009", "duplicate-anchor", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let span = |heading: &Heading| heading.id.as_ref().map_or(heading.span, |id| id.span);
    for document in &handbook.documents {
        let mut first: BTreeMap<&str, &Heading> = BTreeMap::new();
        for heading in &document.outline.headings {
            let earlier = *first.entry(&heading.anchor).or_insert(heading);
            if earlier.span == heading.span {
                continue;
            }
            sink.report(document.place(span(heading)), Text::new("duplicate-anchor").arg("anchor", &heading.anchor))
                .related(document.place(span(earlier)), Text::new("duplicate-anchor-related"))
                .help(Text::new("duplicate-anchor-help"));
        }
    }
}
