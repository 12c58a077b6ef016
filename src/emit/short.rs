//! One line a finding, `path:line:column: severity[CODE] message`: what editors and `grep` read.

use std::fmt::Write;

use super::{Located, words};
use crate::check::Report;
use crate::locale::Catalogue;
use crate::source::SourceDb;

/// The lines of a report.
pub(super) fn emit(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> String {
    report.diagnostics.iter().fold(String::new(), |mut out, diagnostic| {
        let Located { path, start, .. } = Located::of(diagnostic, sources);
        let (severity, code) = (diagnostic.severity.name(), diagnostic.rule.code);
        let message = words(catalogue, &diagnostic.message);
        let _ = writeln!(out, "{path}:{}:{}: {severity}[{code}] {message}", start.line, start.column);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{en, file, finding, ja, report};
    use super::*;

    #[test]
    fn a_finding_is_one_line() {
        let (sources, file) = file("policies/a.md", "題名\n[手順](x)\n");
        let report = report(vec![finding(file, 16..17)]);
        assert_eq!(
            emit(&report, &sources, &ja()),
            "policies/a.md:2:6: error[REF001] リンク先のファイル「procedures/x.md」がありません\n"
        );
        assert_eq!(
            emit(&report, &sources, &en()),
            "policies/a.md:2:6: error[REF001] the link leads to no file: “procedures/x.md”\n"
        );
    }
}
