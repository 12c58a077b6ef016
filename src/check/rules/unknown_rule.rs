//! unknown-rule: a name in `[rules]` or in a waiver that no rule has.

use crate::check::nearest::{folded, nearest};
use crate::check::registry::{RULES, find, rule};
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{Place, Spanned};

rule!("CFG004", "unknown-rule", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let settings = handbook.config.rules.values().map(|setting| (&setting.name, true));
    let waivers = handbook.config.waivers.iter().map(|waiver| (&waiver.rule, false));
    for (name, setting) in settings.chain(waivers) {
        let known = find(&name.value);
        // A setting is looked up by the name alone: under a code it would have no effect.
        if known.is_some_and(|rule| !setting || rule.name == name.value) {
            continue;
        }
        report(handbook, sink, name, known.map(|rule| rule.name));
    }
}

fn report(handbook: &Handbook, sink: &mut Sink, name: &Spanned<String>, meant: Option<&str>) {
    let place = Place { file: handbook.config.file, span: name.span };
    let finding = sink.report(place, Text::new("unknown-rule").arg("name", &name.value));
    let alike = |rule: &&&crate::check::Rule| folded(rule.name) == folded(&name.value);
    // A code, or the name written otherwise: nothing else can have been meant.
    let certain = meant.or_else(|| RULES.iter().find(alike).map(|rule| rule.name));
    match certain.or_else(|| nearest(&name.value, RULES.iter().map(|rule| rule.name))) {
        Some(meant) => finding.help(Text::new("unknown-rule-help-nearest").arg("meant", meant)),
        None => finding.help(Text::new("unknown-rule-help")),
    };
    if let Some(text) = certain.and_then(|meant| form::rewrite(handbook, place, &name.value, meant)) {
        finding.fix(place.span, text);
    }
}
