//! waiver-without-reason: a waiver that does not say why, who accepted it or until when. It has no effect.

use crate::check::registry::rule;
use crate::check::waiver::missing_keys;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Place;

rule!("CFG003", "waiver-without-reason", Basis::OwnRule, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for waiver in &handbook.config.waivers {
        let missing = missing_keys(waiver);
        if missing.is_empty() {
            continue;
        }
        let place = Place { file: handbook.config.file, span: waiver.rule.span };
        let message = Text::new("waiver-without-reason")
            .arg("rule", &waiver.rule.value)
            .arg("document", &waiver.document.value)
            .arg("keys", missing.join(", "));
        sink.report(place, message).help(Text::new("waiver-without-reason-help").arg("keys", missing.join(", ")));
    }
}
