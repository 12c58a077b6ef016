//! waiver-expired: a waiver whose last day is over. What it accepted is reported again beside it.

use crate::check::registry::rule;
use crate::check::waiver::is_expired;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Place;

rule!("CFG002", "waiver-expired", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for waiver in &handbook.config.waivers {
        let Some(expires) = waiver.expires.as_ref().filter(|_| is_expired(handbook, waiver)) else { continue };
        let place = Place { file: handbook.config.file, span: expires.span };
        let message = Text::new("waiver-expired")
            .arg("rule", &waiver.rule.value)
            .arg("document", &waiver.document.value)
            .arg("date", expires.value);
        sink.report(place, message).help(Text::new("waiver-expired-help"));
    }
}
