//! missing-image: a picture that is not in the repository.

use crate::check::files::{Files, Missing, missing};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("REF010", "missing-image", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let files = Files::new(handbook);
    for (document, reference, path) in missing(handbook) {
        if files.missing(reference, path) == Missing::Image {
            sink.report(document.place(reference.raw.span), Text::new("missing-image").arg("path", path))
                .help(Text::new("missing-image-help"));
        }
    }
}
