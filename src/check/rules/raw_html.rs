//! raw-html: HTML in a document; it is always rendered as text.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("TXT002", "raw-html", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        for span in &document.raw_html {
            let place = document.place(*span);
            let comment = handbook.sources.text_at(place).trim_start().starts_with("<!--");
            let (message, help) =
                if comment { ("raw-html-comment", "raw-html-comment-help") } else { ("raw-html", "raw-html-help") };
            sink.report(place, Text::new(message)).help(Text::new(help));
        }
    }
}
