//! first-paragraph-citation: 第1項 cited of an article that has no 第2項. Such an article has no numbered paragraphs.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::{Handbook, Link};
use crate::locale::Text;
use crate::source::Span;

rule!("REF016", "first-paragraph-citation", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (document, links) in handbook.documents.iter().zip(&handbook.links) {
        let text = handbook.sources.file(document.file).text();
        for (reference, link) in document.references.iter().zip(links) {
            let Link::Document(index, Some(fragment)) = link else { continue };
            let heading = handbook.documents[*index].outline.heading(&fragment.anchor);
            let Some(heading) = heading.filter(|heading| heading.paragraphs.len() == 1) else { continue };
            let behind = text.get(reference.span.end..).unwrap_or("");
            let typed = ["第1項", "第１項", "第一項"].into_iter().find(|typed| behind.starts_with(typed));
            let span = match (fragment.paragraph, typed) {
                // Items are counted below a paragraph, so that 第1項 has to be written to reach them.
                (Some(1), None) if fragment.items.is_empty() && reference.raw.value.ends_with("/1") => {
                    Span::new(reference.raw.span.end - "/1".len(), reference.raw.span.end)
                }
                (None, Some(typed)) => Span::new(reference.span.end, reference.span.end + typed.len()),
                _ => continue,
            };
            let message = Text::new("first-paragraph-citation").arg("heading", &heading.text);
            sink.report(document.place(span), message).help(Text::new("first-paragraph-citation-help")).fix(span, "");
        }
    }
}
