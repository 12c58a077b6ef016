//! unknown-person: a person id that nobody has, in a ledger or a waiver.

use crate::check::nearest::{Known, Meant};
use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("ORG002", "unknown-person", Basis::Clause("7.5.2"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    if form::is_register_unread(handbook, "people.toml") {
        return;
    }
    let people = handbook.people.iter().map(|person| (person.id.value.as_str(), person.name.value.as_str()));
    let mut people = Known::new(people);
    for mention in mentions::people(handbook) {
        if people.contains(mention.written) {
            continue;
        }
        let finding = sink.report(mention.place, Text::new("unknown-person").arg("id", mention.written));
        match people.meant(mention.written) {
            Meant::Certainly(meant) => {
                finding.help(Text::new("unknown-person-help-form").arg("meant", meant));
                if let Some(text) = form::rewrite(handbook, mention.place, mention.written, meant) {
                    finding.fix(mention.place.span, text);
                }
            }
            Meant::Perhaps(meant) => {
                finding.help(Text::new("unknown-person-help-nearest").arg("meant", meant));
            }
            Meant::Nothing => {
                finding.help(Text::new("unknown-person-help"));
            }
        }
    }
}
