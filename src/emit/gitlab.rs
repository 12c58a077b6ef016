//! GitLab's code quality report: an array of issues, shown in a merge request. Its fingerprint does not name the
//! line, so that a finding that moved with its text is the same finding.

use serde::Serialize;

use super::{Located, fingerprints};
use crate::check::{Report, Severity};
use crate::locale::Catalogue;
use crate::source::SourceDb;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The report as one line of JSON.
pub(super) fn emit(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> String {
    let issues: Vec<Issue<'_>> = report
        .diagnostics
        .iter()
        .zip(fingerprints(report, sources))
        .map(|(diagnostic, fingerprint)| {
            let Located { start, end, .. } = Located::of(diagnostic, sources);
            Issue {
                description: catalogue.text(&diagnostic.message),
                check_name: diagnostic.rule.name,
                fingerprint,
                severity: match diagnostic.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                location: Location {
                    path: sources.file(diagnostic.place.file).path(),
                    lines: Lines { begin: start.line, end: end.line },
                },
            }
        })
        .collect();
    let mut json = serde_json::to_string(&issues).expect("strings and numbers always become JSON");
    json.push('\n');
    json
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, finding, ja, report};
    use super::*;

    #[test]
    fn an_issue_has_the_keys_that_gitlab_reads() {
        let (sources, file) = file("policies/a.md", "題名\n[手順](x)\n");
        let report = report(vec![finding(file, 16..17)]);
        let out = emit(&report, &sources, &ja());
        let fingerprint = &fingerprints(&report, &sources)[0];
        let expected = format!(
            "[{{\"description\":\"リンク先のファイル「procedures/x.md」がありません\",\"check_name\":\"broken-link\",\
             \"fingerprint\":\"{fingerprint}\",\"severity\":\"critical\",\
             \"location\":{{\"path\":\"policies/a.md\",\"lines\":{{\"begin\":2,\"end\":2}}}}}}]\n"
        );
        assert_eq!(out, expected);
    }

    #[test]
    fn a_finding_that_moved_with_its_text_is_the_same_and_a_second_one_is_another() {
        let (mut sources, before) = file("a.md", "[手順](x)\n");
        let after = sources.add("a.md", "題名\n\n[手順](x)\n".to_owned());
        let findings = report(vec![finding(before, 9..10), finding(after, 17..18)]);
        let names = fingerprints(&findings, &sources);
        assert_eq!(names[1], format!("{}-2", names[0]));
    }
}
