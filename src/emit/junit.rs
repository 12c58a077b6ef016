//! JUnit XML, which most CI services show as test results: a suite for each file with findings, a failing case for
//! each finding. Notes are cases that passed, with their words as output.

use std::fmt::Write;

use super::{Located, plain, words};
use crate::check::{Diagnostic, Report, Severity};
use crate::locale::{Catalogue, Text};
use crate::source::SourceDb;

/// The report as XML. Without findings it holds one case that passed: an empty report counts as a fault in some
/// services.
pub(super) fn emit(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> String {
    let failures = |findings: &[Diagnostic]| findings.iter().filter(|d| d.severity != Severity::Note).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tests = report.diagnostics.len().max(1);
    let _ = writeln!(
        out,
        "<testsuites name=\"kitei\" tests=\"{tests}\" failures=\"{}\" errors=\"0\">",
        failures(&report.diagnostics)
    );
    if report.diagnostics.is_empty() {
        out += "  <testsuite name=\"kitei\" tests=\"1\" failures=\"0\" errors=\"0\">\n";
        out += "    <testcase name=\"check\" classname=\"kitei\"/>\n  </testsuite>\n";
    }
    // Findings come sorted by file.
    for findings in report.diagnostics.chunk_by(|a, b| a.place.file == b.place.file) {
        let path = plain(sources.file(findings[0].place.file).path());
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
            escape(&path),
            findings.len(),
            failures(findings)
        );
        for finding in findings {
            case(&mut out, finding, sources, catalogue);
        }
        out += "  </testsuite>\n";
    }
    out += "</testsuites>\n";
    out
}

fn case(out: &mut String, finding: &Diagnostic, sources: &SourceDb, catalogue: &Catalogue) {
    let Located { path, start, .. } = Located::of(finding, sources);
    let message = words(catalogue, &finding.message);
    let basis = Text::new("emit-basis-line").arg("text", finding.rule.basis.text());
    let help = finding.help.as_ref().map(|help| Text::new("emit-help-line").arg("text", help.clone()));
    let mut body =
        format!("{path}:{}:{}: {}[{}] {message}", start.line, start.column, finding.severity.name(), finding.rule.code);
    for text in std::iter::once(&basis).chain(&help) {
        body.push('\n');
        body += &words(catalogue, text);
    }
    let name = format!("{} {} {}:{}", finding.rule.code, finding.rule.name, start.line, start.column);
    let _ = writeln!(
        out,
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\">",
        escape(&name),
        finding.rule.name,
        escape(&path),
        start.line
    );
    let _ = match finding.severity {
        Severity::Note => writeln!(out, "      <system-out>{}</system-out>", escape(&body)),
        severity => writeln!(
            out,
            "      <failure type=\"{}\" message=\"{}\">{}</failure>",
            severity.name(),
            escape(&message),
            escape(&body)
        ),
    };
    out.push_str("    </testcase>\n");
}

/// Text as XML; characters that XML has no way to write were replaced before.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, finding, ja, report};
    use super::*;

    #[test]
    fn each_file_is_a_suite_and_each_finding_a_case() {
        let (sources, file) = file("policies/a&b.md", "題名\n[手順](x)\n");
        let mut note = finding(file, 16..17);
        (note.severity, note.help) = (Severity::Note, None);
        let out = emit(&report(vec![finding(file, 16..17), note]), &sources, &ja());
        let expected = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"kitei\" tests=\"2\" failures=\"1\" errors=\"0\">",
            "  <testsuite name=\"policies/a&amp;b.md\" tests=\"2\" failures=\"1\" errors=\"0\">",
            "    <testcase name=\"REF001 broken-link 2:6\" classname=\"broken-link\" file=\"policies/a&amp;b.md\" line=\"2\">",
            "      <failure type=\"error\" message=\"リンク先のファイル「procedures/x.md」がありません\">\
             policies/a&amp;b.md:2:6: error[REF001] リンク先のファイル「procedures/x.md」がありません",
            "根拠: ISO/IEC 27001:2022 箇条 7.5.3",
            "対処: パスを確かめてください。文書へのリンクは [[文書ID]] と書くと、ファイルを移しても切れません。</failure>",
            "    </testcase>",
            "    <testcase name=\"REF001 broken-link 2:6\" classname=\"broken-link\" file=\"policies/a&amp;b.md\" line=\"2\">",
            "      <system-out>policies/a&amp;b.md:2:6: note[REF001] リンク先のファイル「procedures/x.md」がありません",
            "根拠: ISO/IEC 27001:2022 箇条 7.5.3</system-out>",
            "    </testcase>",
            "  </testsuite>",
            "</testsuites>",
            "",
        ];
        assert_eq!(out, expected.join("\n"));
    }

    #[test]
    fn a_report_without_findings_is_a_test_that_passed() {
        let (sources, _) = file("a.md", "");
        let out = emit(&report(vec![]), &sources, &ja());
        assert!(out.contains("tests=\"1\" failures=\"0\"") && out.contains("<testcase "), "{out}");
    }
}
