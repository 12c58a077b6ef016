//! invalid-version: a version that is not MAJOR.MINOR.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;

rule!("FMT009", "invalid-version", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in form::faults(handbook) {
        let ProblemKind::InvalidVersion(found) = &problem.kind else { continue };
        sink.report(problem.place, Text::new("invalid-version").arg("found", found))
            .help(Text::new("invalid-version-help"));
    }
}
