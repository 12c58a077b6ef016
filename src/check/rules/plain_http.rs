//! plain-http: a link that is not encrypted.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::reference::Target;

rule!("SEC002", "plain-http", Basis::AnnexA("5.14"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        for reference in &document.references {
            let Target::External(address) = &reference.target else { continue };
            let Some(rest) = address.get(..7).filter(|s| s.eq_ignore_ascii_case("http://")).map(|_| &address[7..])
            else {
                continue;
            };
            let host = rest.split(['/', ':', '?', '#']).next().unwrap_or("");
            // A machine's own address never leaves it.
            if matches!(host, "localhost" | "127.0.0.1" | "[") {
                continue;
            }
            sink.report(document.place(reference.raw.span), Text::new("plain-http").arg("host", host))
                .help(Text::new("plain-http-help").arg("address", format!("https://{rest}")));
        }
    }
}
