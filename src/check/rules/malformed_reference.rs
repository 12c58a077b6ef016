//! malformed-reference: double brackets around something that is no reference.

use unicode_normalization::UnicodeNormalization;

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::{Broken, Handbook, Link, resolve_target};
use crate::locale::Text;
use crate::model::document::Document;
use crate::model::reference::Reference;
use crate::parse::reference::short_target;

rule!("REF007", "malformed-reference", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (document, reference, broken) in mentions::broken(handbook) {
        if *broken == Broken::Malformed {
            // The span of an empty target would point at nothing.
            let span = if reference.raw.value.is_empty() { reference.span } else { reference.raw.span };
            let message = Text::new("malformed-reference").arg("written", &reference.raw.value);
            let finding = sink.report(document.place(span), message);
            match meant(handbook, document, reference) {
                Some(meant) => finding
                    .help(Text::new("malformed-reference-help-meant").arg("meant", &meant))
                    .fix(reference.raw.span, meant),
                None => finding.help(Text::new("malformed-reference-help")),
            };
        }
    }
}

/// The target in half-width characters and without blanks, where that is one and leads somewhere: `ｒｏｌｅ:ciso`.
fn meant(handbook: &Handbook, document: &Document, reference: &Reference) -> Option<String> {
    let plain: String = reference.raw.value.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = match plain.split_once(':') {
        Some((kind, name)) => format!("{}:{name}", kind.to_ascii_lowercase()),
        None => plain,
    };
    let target = short_target(&plain);
    let read = Reference { target, ..reference.clone() };
    let leads = !matches!(resolve_target(handbook, document, &read), Link::Broken(_));
    (leads && plain != reference.raw.value).then_some(plain)
}
