//! absolute-path: a link that begins with `/`. What it means depends on where the text is read.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::{Handbook, Link};
use crate::locale::Text;
use crate::model::reference::Target;
use crate::paths;
use crate::source::Span;

rule!("REF012", "absolute-path", Basis::Format, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (document, links) in handbook.documents.iter().zip(&handbook.links) {
        for (reference, link) in document.references.iter().zip(links) {
            let (Target::Path { path, .. }, false) = (&reference.target, matches!(link, Link::Broken(_))) else {
                continue;
            };
            if !path.starts_with('/') {
                continue;
            }
            let raw = &reference.raw;
            let right = paths::relative(&document.path, path.trim_start_matches('/'));
            let finding = sink.report(document.place(raw.span), Text::new("absolute-path").arg("path", path));
            finding.help(Text::new("absolute-path-help").arg("path", &right));
            let written = raw.value.split('#').next().unwrap_or("");
            if written == path {
                finding.fix(Span::new(raw.span.start, raw.span.start + written.len()), right);
            }
        }
    }
}
