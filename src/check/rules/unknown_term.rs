//! unknown-term: a reference to a term that the glossary lacks.

use crate::check::nearest::{Known, Meant};
use crate::check::registry::rule;
use crate::check::{Basis, Sink, form, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;
use crate::model::reference::Reference;
use crate::source::Span;

rule!("REF005", "unknown-term", Basis::OwnRule, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    if form::is_register_unread(handbook, "terms.toml") {
        return;
    }
    let mut known = Known::new(handbook.terms.iter().map(|term| (term.term.value.as_str(), term.term.value.as_str())));
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoTerm(name) = broken else { continue };
        let finding = sink.report(document.place(reference.raw.span), Text::new("unknown-term").arg("term", name));
        match known.meant(name) {
            Meant::Certainly(meant) => {
                finding.help(Text::new("unknown-term-help-nearest").arg("meant", meant));
                if let Some(span) = named(reference, name) {
                    finding.fix(span, meant);
                }
            }
            Meant::Perhaps(meant) => {
                finding.help(Text::new("unknown-term-help-nearest").arg("meant", meant));
            }
            Meant::Nothing => {
                finding.help(Text::new("unknown-term-help"));
            }
        }
    }
}

/// Where a reference such as `[[term:…]]` writes the name.
pub(super) fn named(reference: &Reference, name: &str) -> Option<Span> {
    let at = reference.raw.value.rfind(name)?;
    Some(Span::new(at, at + name.len()).shift(reference.raw.span.start))
}
