//! missing-item: a reference to a 項 or 号 that its article does not have.

use super::broken_anchor::anchor_span;
use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;
use crate::model::outline::{Heading, HeadingKind};
use crate::model::reference::Fragment;
use crate::source::Span;

rule!("REF004", "missing-item", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoItem(index, fragment) = broken else { continue };
        let target = &handbook.documents[*index];
        let Some(heading) = target.outline.heading(&fragment.anchor) else { continue };
        let (message, help) = explain(heading, fragment);
        let anchor = anchor_span(reference, &fragment.anchor);
        // What stands behind the anchor is at fault.
        let rest = Span::new(anchor.end + 1, reference.raw.span.end);
        let span = if anchor == reference.raw.span || rest.start >= rest.end { reference.raw.span } else { rest };
        sink.report(document.place(span), message.arg("heading", &heading.text))
            .related(target.place(heading.span), Text::new("missing-item-related"))
            .help(help);
    }
}

/// What is missing, and what is there instead.
fn explain(heading: &Heading, fragment: &Fragment) -> (Text, Text) {
    if let Some(rest) = &fragment.malformed {
        return (Text::new("missing-item-malformed").arg("rest", rest), Text::new("missing-item-malformed-help"));
    }
    if !matches!(heading.kind, HeadingKind::Article | HeadingKind::Supplement) {
        return (Text::new("missing-item-plain"), Text::new("missing-item-plain-help"));
    }
    let number = fragment.paragraph.unwrap_or_default();
    let Some(paragraph) = heading.paragraphs.iter().find(|paragraph| paragraph.number == number) else {
        return (
            Text::new("missing-item-paragraph").arg("number", i64::from(number)),
            Text::new("missing-item-paragraph-help").arg("count", heading.paragraphs.len()),
        );
    };
    let mut items = &paragraph.items;
    for (depth, wanted) in fragment.items.iter().enumerate() {
        let Some(item) = items.iter().find(|item| item.number == *wanted) else {
            let written = fragment.items[..=depth].iter().map(u32::to_string).collect::<Vec<_>>().join("/");
            return (
                Text::new("missing-item-item").arg("paragraph", i64::from(number)).arg("item", written),
                Text::new("missing-item-item-help").arg("count", items.len()),
            );
        };
        items = &item.items;
    }
    // The graph found it missing, so one of the above has returned; the words stay true in any case.
    (Text::new("missing-item-malformed").arg("rest", number.to_string()), Text::new("missing-item-malformed-help"))
}
