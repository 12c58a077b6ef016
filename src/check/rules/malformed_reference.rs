//! malformed-reference: double brackets around something that is no reference.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;

rule!("REF007", "malformed-reference", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (document, reference, broken) in mentions::broken(handbook) {
        if *broken == Broken::Malformed {
            // The span of an empty target would point at nothing.
            let span = if reference.raw.value.is_empty() { reference.span } else { reference.raw.span };
            sink.report(document.place(span), Text::new("malformed-reference").arg("written", &reference.raw.value))
                .help(Text::new("malformed-reference-help"));
        }
    }
}
