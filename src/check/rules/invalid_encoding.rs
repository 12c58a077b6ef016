//! invalid-encoding: a file that is not UTF-8.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;

rule!("FMT002", "invalid-encoding", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in &handbook.problems {
        if let ProblemKind::NotUtf8(_) = problem.kind {
            sink.report(problem.place, Text::new("invalid-encoding")).help(Text::new("invalid-encoding-help"));
        }
    }
}
