//! empty-section: a heading with nothing below it.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("STR004", "empty-section", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        let headings = &document.outline.headings;
        for (index, heading) in headings.iter().enumerate() {
            let next = headings.get(index + 1);
            let end = next.map_or(document.body.end, |next| next.span.start);
            let body = text.get(heading.span.end..end).unwrap_or("");
            let holds_headings = next.is_some_and(|next| next.rank() > heading.rank());
            if body.trim().is_empty() && !holds_headings && !heading.deleted {
                sink.report(document.place(heading.span), Text::new("empty-section").arg("heading", &heading.text))
                    .help(Text::new("empty-section-help"));
            }
        }
    }
}
