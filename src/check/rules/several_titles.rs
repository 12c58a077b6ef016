//! several-titles: a first-level heading in the text, beside the title of the front matter.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("STR006", "several-titles", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        for heading in document.outline.headings.iter().filter(|heading| heading.level == 1) {
            let title = document.front.title.as_ref().map_or("", |title| title.value.trim());
            let help = if heading.text == title { "several-titles-help-same" } else { "several-titles-help" };
            sink.report(document.place(heading.span), Text::new("several-titles").arg("heading", &heading.text))
                .help(Text::new(help));
        }
    }
}
