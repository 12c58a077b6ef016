//! missing-front-matter: a document whose text does not begin with the block between two lines `+++`.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::parse::ProblemKind;

rule!("FMT004", "missing-front-matter", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in &handbook.problems {
        let (message, help) = match problem.kind {
            ProblemKind::NoFrontMatter => ("missing-front-matter", "missing-front-matter-help"),
            ProblemKind::UnclosedFrontMatter => ("missing-front-matter-unclosed", "missing-front-matter-unclosed-help"),
            _ => continue,
        };
        sink.report(problem.place, Text::new(message)).help(Text::new(help));
    }
}
