//! waiver-unused: a waiver that accepts nothing any more.

use crate::check::registry::rule;
use crate::check::waiver::{State, states};
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Place;

rule!("CFG001", "waiver-unused", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    if handbook.config.waivers.is_empty() {
        return;
    }
    for (waiver, state) in handbook.config.waivers.iter().zip(states(handbook)) {
        if state != State::Unused {
            continue;
        }
        let place = Place { file: handbook.config.file, span: waiver.rule.span };
        let message =
            Text::new("waiver-unused").arg("rule", &waiver.rule.value).arg("document", &waiver.document.value);
        let known = handbook.index_of(&waiver.document.value).is_some();
        let help = if known { "waiver-unused-help" } else { "waiver-unused-help-document" };
        sink.report(place, message).help(Text::new(help).arg("document", &waiver.document.value));
    }
}
