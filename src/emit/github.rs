//! Workflow commands of GitHub Actions (Gitea and Forgejo read them too): the forge shows each finding at its
//! line of the pull request.

use std::fmt::Write;

use super::{Located, words};
use crate::check::{Report, Severity};
use crate::locale::{Catalogue, Text};
use crate::source::SourceDb;

/// The commands of a report.
pub(super) fn emit(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let Located { path, start, end } = Located::of(diagnostic, sources);
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let _ = write!(out, "::{command} file={},line={}", property(&path), start.line);
        // Columns are refused for a range of several lines.
        if start.line == end.line {
            let _ = write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column);
        } else {
            let _ = write!(out, ",endLine={}", end.line);
        }
        let title = format!("{} {}", diagnostic.rule.code, diagnostic.rule.name);
        let mut message = words(catalogue, &diagnostic.message);
        let basis = Text::new("emit-basis-line").arg("text", diagnostic.rule.basis.text());
        let help = diagnostic.help.as_ref().map(|help| Text::new("emit-help-line").arg("text", help.clone()));
        for text in std::iter::once(&basis).chain(&help) {
            message.push('\n');
            message.push_str(&words(catalogue, text));
        }
        let _ = writeln!(out, ",title={}::{}", property(&title), data(&message));
    }
    out
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{en, file, finding, ja, report};
    use super::*;

    #[test]
    fn a_finding_is_one_command() {
        let (sources, file) = file("policies/a.md", "題名\n[手順](x)\n");
        let mut lines = finding(file, 0..17);
        lines.severity = Severity::Note;
        let report = report(vec![finding(file, 16..17), lines]);
        let ja_help = "パスを確かめてください。文書へのリンクは [[文書ID]] と書くと、ファイルを移しても切れません。";
        let expected = [
            "::error file=policies/a.md,line=2,col=6,endLine=2,endColumn=7,title=REF001 broken-link",
            "::リンク先のファイル「procedures/x.md」がありません%0A根拠: ISO/IEC 27001:2022 箇条 7.5.3%0A対処: ",
            ja_help,
            "\n::notice file=policies/a.md,line=1,endLine=2,title=REF001 broken-link",
            "::リンク先のファイル「procedures/x.md」がありません%0A根拠: ISO/IEC 27001:2022 箇条 7.5.3%0A対処: ",
            ja_help,
            "\n",
        ];
        assert_eq!(emit(&report, &sources, &ja()), expected.concat());
    }

    #[test]
    fn what_would_end_a_command_or_property_is_escaped() {
        let (sources, file) = file("a,b:100%.md", "x");
        let mut one = finding(file, 0..1);
        one.severity = Severity::Warning;
        one.message = Text::new("broken-link").arg("path", "50%::error::\n");
        one.help = None;
        assert_eq!(
            emit(&report(vec![one]), &sources, &en()),
            "::warning file=a%2Cb%3A100%25.md,line=1,col=1,endLine=1,endColumn=2,title=REF001 broken-link\
             ::the link leads to no file: “50%25::error::\u{fffd}”%0Abasis: ISO/IEC 27001:2022 clause 7.5.3\n"
        );
    }
}
