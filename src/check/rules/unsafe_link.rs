//! unsafe-link: a link whose address a browser must not follow; it is rendered as text.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;

rule!("REF008", "unsafe-link", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (document, reference, broken) in mentions::broken(handbook) {
        if *broken == Broken::Unsafe {
            let place = document.place(reference.raw.span);
            sink.report(place, Text::new("unsafe-link").arg("address", &reference.raw.value))
                .help(Text::new("unsafe-link-help"));
        }
    }
}
