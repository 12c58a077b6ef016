//! invalid-version: a version that is not MAJOR.MINOR.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, form};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::Version;
use crate::parse::ProblemKind;

rule!("FMT009", "invalid-version", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for problem in form::faults(handbook) {
        let ProblemKind::InvalidVersion(found) = &problem.kind else { continue };
        let finding = sink.report(problem.place, Text::new("invalid-version").arg("found", found));
        let Some(meant) = Version::meant(found) else {
            finding.help(Text::new("invalid-version-help"));
            continue;
        };
        finding.help(Text::new("invalid-version-help-meant").arg("meant", meant.to_string()));
        if let Some(text) = form::rewrite(handbook, problem.place, found, &meant.to_string()) {
            finding.fix(problem.place.span, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_one_version_alone_is_offered() {
        let offered = |found| Version::meant(found).map(|version| version.to_string());
        for (found, version) in [("1", "1.0"), ("v1.2", "1.2"), ("Ver.3", "3.0"), ("第２版", "2.0"), ("１．１", "1.1")]
        {
            assert_eq!(offered(found).as_deref(), Some(version), "{found}");
        }
        for found in ["1.2.3", "初版", "", "2026-04", "1.0-draft"] {
            assert_eq!(offered(found), None, "{found}");
        }
    }
}
