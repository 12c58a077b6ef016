//! case-mismatched-path: a path that is right but for upper and lower case. It works on some machines only.

use crate::check::files::{Files, Missing, missing};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::paths;
use crate::source::Span;

rule!("REF011", "case-mismatched-path", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let files = Files::new(handbook);
    for (document, reference, path) in missing(handbook) {
        let Missing::Case(actual) = files.missing(reference, path) else { continue };
        let raw = &reference.raw;
        let right = paths::relative(&document.path, actual);
        let finding = sink.report(document.place(raw.span), Text::new("case-mismatched-path").arg("path", path));
        finding.help(Text::new("case-mismatched-path-help").arg("path", &right));
        let written = raw.value.split('#').next().unwrap_or("");
        // A path with escapes or in other ways odd is left to people.
        if written.eq_ignore_ascii_case(&right) {
            finding.fix(Span::new(raw.span.start, raw.span.start + written.len()), right);
        }
    }
}
