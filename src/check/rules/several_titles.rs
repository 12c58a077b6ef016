//! several-titles: a first-level heading in the text, beside the title of the front matter.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Span;

rule!("STR006", "several-titles", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        for heading in document.outline.headings.iter().filter(|heading| heading.level == 1) {
            let title = document.front.title.as_ref().map_or("", |title| title.value.trim());
            let help = if heading.text == title { "several-titles-help-same" } else { "several-titles-help" };
            let message = Text::new("several-titles").arg("heading", &heading.text);
            let finding = sink.report(document.place(heading.span), message);
            finding.help(Text::new(help));
            if heading.text == title && heading.id.is_none() {
                // With the empty line behind it: what stood above keeps its distance from what stands below.
                let text = handbook.sources.file(document.file).text();
                let behind = text.get(heading.span.end..).unwrap_or("");
                let end = heading.span.end + (behind.len() - behind.trim_start_matches(['\r', '\n']).len());
                finding.fix(Span::new(heading.span.start, end), "");
            }
        }
    }
}
