//! unknown-role: a role id that no role has, wherever one is written.

use crate::check::nearest::{Known, Meant};
use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;
use crate::source::{Place, Span};

rule!("ORG001", "unknown-role", Basis::Clause("5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    if form::is_register_unread(handbook, "roles.toml") {
        return;
    }
    let mut roles = Known::new(handbook.roles.iter().map(|role| (role.id.value.as_str(), role.name.value.as_str())));
    let mut report = |written: &str, place: Place| {
        if roles.contains(written) {
            return;
        }
        let finding = sink.report(place, Text::new("unknown-role").arg("id", written));
        match roles.meant(written) {
            Meant::Certainly(meant) => {
                finding.help(Text::new("unknown-role-help-form").arg("meant", meant));
                if let Some(text) = form::rewrite(handbook, place, written, meant) {
                    finding.fix(place.span, text);
                }
            }
            Meant::Perhaps(meant) => {
                finding.help(Text::new("unknown-role-help-nearest").arg("meant", meant));
            }
            Meant::Nothing => {
                finding.help(Text::new("unknown-role-help"));
            }
        }
    };
    for mention in mentions::roles(handbook) {
        report(mention.written, mention.place);
    }
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoRole(id) = broken else { continue };
        let raw = &reference.raw;
        let span = raw
            .value
            .rfind(id.as_str())
            .map_or(raw.span, |at| Span::new(raw.span.start + at, raw.span.start + at + id.len()));
        report(id, document.place(span));
    }
}
