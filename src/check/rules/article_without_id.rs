//! article-without-id: an article without an id of its own, so that no reference to it survives a new article
//! before it.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::outline::HeadingKind;

rule!("STR002", "article-without-id", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        for heading in &document.outline.headings {
            if heading.kind == HeadingKind::Article && heading.id.is_none() {
                sink.report(
                    document.place(heading.span),
                    Text::new("article-without-id").arg("heading", &heading.text),
                )
                .help(Text::new("article-without-id-help").arg("heading", &heading.text));
            }
        }
    }
}
