//! skipped-heading-level: a heading more than one level below the one before it.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Numbering;

rule!("STR003", "skipped-heading-level", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        // Articles may stand without chapters; other text begins with the second level, below the title.
        let articles = document.outline.numbering == Numbering::Articles;
        let mut before = if articles { 2 } else { 1 };
        for heading in &document.outline.headings {
            if heading.level > before + 1 {
                let message = Text::new("skipped-heading-level")
                    .arg("level", usize::from(heading.level))
                    .arg("expected", usize::from(before + 1));
                let marks = "#".repeat(usize::from(before + 1));
                sink.report(document.place(heading.span), message)
                    .help(Text::new("skipped-heading-level-help").arg("marks", marks));
            }
            before = heading.level;
        }
    }
}
