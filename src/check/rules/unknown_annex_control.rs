//! unknown-annex-control: a number that is no control of Annex A, in the edition of 2022 or of 2013.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::standard;

rule!("STD001", "unknown-annex-control", Basis::Clause("6.1.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for mention in handbook.documents.iter().flat_map(mentions::annex_numbers) {
        if standard::control(mention.number).is_some() {
            continue;
        }
        let bare = mention.bare();
        // A number of 2013 has a rule of its own.
        if !standard::successors(&bare).is_empty() {
            continue;
        }
        let known = standard::control(&bare).is_some();
        let message = Text::new(if known { "unknown-annex-control-form" } else { "unknown-annex-control" });
        let finding = sink.report(mention.place, message.arg("number", mention.written));
        if known {
            let meant = mention.with(&bare);
            finding.help(Text::new("unknown-annex-control-help-form").arg("meant", &meant));
            if let Some(text) = form::rewrite(handbook, mention.place, mention.written, &meant) {
                finding.fix(mention.place.span, text);
            }
        } else {
            finding.help(Text::new("unknown-annex-control-help"));
        }
    }
}
