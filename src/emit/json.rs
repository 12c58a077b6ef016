//! The contract for programs: one JSON object, fields in a fixed order. Columns count from 1 in Unicode scalar
//! values, ends are exclusive. A field is only ever added; a change of meaning raises `schema`.

use serde::Serialize;

use super::Located;
use crate::check::{Report, Severity};
use crate::locale::Catalogue;
use crate::source::SourceDb;

const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    as_of: String,
    diagnostics: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    name: &'a str,
    severity: Severity,
    message: String,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    help: Option<String>,
    basis: String,
}

#[derive(Serialize)]
struct Summary {
    documents: usize,
    errors: usize,
    warnings: usize,
}

/// The report as one line of JSON.
pub(super) fn emit(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> String {
    let finding = |diagnostic| {
        let Located { start, end, .. } = Located::of(diagnostic, sources);
        Finding {
            code: diagnostic.rule.code,
            name: diagnostic.rule.name,
            severity: diagnostic.severity,
            message: catalogue.text(&diagnostic.message.shortened()),
            file: sources.file(diagnostic.place.file).path(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            help: diagnostic.help.as_ref().map(|help| catalogue.text(&help.shortened())),
            basis: diagnostic.rule.basis.to_string(),
        }
    };
    let output = Output {
        schema: SCHEMA,
        as_of: report.as_of.to_string(),
        diagnostics: report.diagnostics.iter().map(finding).collect(),
        summary: Summary {
            documents: report.documents,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
        },
    };
    let mut json = serde_json::to_string(&output).expect("strings and numbers always become JSON");
    json.push('\n');
    json
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, finding, ja, report};
    use super::*;

    #[test]
    fn the_contract_is_kept_to_the_letter() {
        let (sources, file) = file("policies/a.md", "題名\n[手順](x)\n");
        let mut bare = finding(file, 7..25);
        (bare.severity, bare.help) = (Severity::Note, None);
        let report = report(vec![finding(file, 16..17), bare]);
        let expected = concat!(
            r#"{"schema":1,"as_of":"2026-11-20","diagnostics":["#,
            r#"{"code":"REF001","name":"broken-link","severity":"error","#,
            r#""message":"リンク先のファイル「procedures/x.md」がありません","#,
            r#""file":"policies/a.md","line":2,"column":6,"end_line":2,"end_column":7,"#,
            r#""help":"パスを確かめてください。文書へのリンクは [[文書ID]] と書くと、ファイルを移しても切れません。","#,
            r#""basis":"clause:7.5.3"},"#,
            r#"{"code":"REF001","name":"broken-link","severity":"note","#,
            r#""message":"リンク先のファイル「procedures/x.md」がありません","#,
            r#""file":"policies/a.md","line":2,"column":1,"end_line":3,"end_column":1,"help":null,"basis":"clause:7.5.3"}],"#,
            r#""summary":{"documents":26,"errors":1,"warnings":0}}"#,
            "\n"
        );
        assert_eq!(emit(&report, &sources, &ja()), expected);
    }
}
