//! exception-expired: an exception to an article that is still open although its time is over.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("DUE006", "exception-expired", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for exception in handbook.exceptions.iter().filter(|exception| exception.is_expired(handbook.today)) {
        let message = Text::new("exception-expired")
            .arg("id", &exception.id.value)
            .arg("document", &exception.document.value)
            .arg("date", exception.expires.value);
        sink.report(exception.at(exception.expires.span), message).help(Text::new("exception-expired-help"));
    }
}
