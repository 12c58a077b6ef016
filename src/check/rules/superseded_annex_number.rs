//! superseded-annex-number: a control of Annex A by its number in the edition of 2013.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::standard;

rule!("STD002", "superseded-annex-number", Basis::Clause("6.1.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for mention in handbook.documents.iter().flat_map(mentions::annex_numbers) {
        if standard::control(mention.number).is_some() {
            continue;
        }
        let successors = standard::successors(&mention.bare());
        let numbers: Vec<String> = successors.iter().map(|control| mention.with(control.id)).collect();
        let (message, all) = (Text::new("superseded-annex-number").arg("number", mention.written), numbers.join(", "));
        match numbers.as_slice() {
            [] => {}
            // Several controls of 2013 became one; whether it applies has to be decided anew.
            [number] if mention.decided => {
                sink.report(mention.place, message)
                    .help(Text::new("superseded-annex-number-help-decide").arg("number", number));
            }
            [number] => {
                let finding = sink.report(mention.place, message);
                finding.help(Text::new("superseded-annex-number-help").arg("number", number));
                if let Some(text) = form::rewrite(handbook, mention.place, mention.written, number) {
                    finding.fix(mention.place.span, text);
                }
            }
            _ => {
                sink.report(mention.place, message)
                    .help(Text::new("superseded-annex-number-help-several").arg("numbers", all));
            }
        }
    }
}
