//! soa-incomplete: a decision of the statement of applicability without the reasons, the justification or the state
//! of implementation that clause 6.1.3 d) wants.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("COV005", "soa-incomplete", Basis::Clause("6.1.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        for entry in &document.front.soa {
            let applicable = entry.applicable.value;
            let unjustified = entry.justification.as_ref().is_none_or(|text| text.value.trim().is_empty());
            let lacks = [
                ("reasons", applicable && entry.reasons.is_empty()),
                ("justification", unjustified),
                ("implementation", applicable && entry.implementation.is_none()),
            ];
            let keys: Vec<&str> = lacks.into_iter().filter_map(|(key, lacks)| lacks.then_some(key)).collect();
            if keys.is_empty() {
                continue;
            }
            let message = Text::new("soa-incomplete").arg("number", &entry.control.value).arg("keys", keys.join(", "));
            let help = if applicable { "soa-incomplete-help" } else { "soa-incomplete-help-excluded" };
            sink.report(document.place(entry.control.span), message).help(Text::new(help).arg("keys", keys.join(", ")));
        }
    }
}
