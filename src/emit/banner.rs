//! Findings for the pages of a preview, which `serve` prints. Words of files stay as they are; the page escapes them.

use serde::Serialize;

use crate::check::{Report, Severity};
use crate::locale::Catalogue;
use crate::source::SourceDb;

/// Findings shown before the rest is only counted.
const SHOWN: usize = 50;

/// What stands above the pages of a preview.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Banner {
    /// Why there is no newer site.
    pub failures: Vec<String>,
    /// Errors, then warnings.
    pub findings: Vec<BannerFinding>,
    /// How many findings are left out.
    pub more: usize,
}

/// A finding of a banner, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BannerFinding {
    /// How grave it is.
    pub severity: &'static str,
    /// The file.
    pub path: String,
    /// Line from 1.
    pub line: usize,
    /// Column from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Banner {
    /// The errors and warnings of a report.
    pub fn new(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> Self {
        let mut findings: Vec<_> = report.diagnostics.iter().filter(|d| d.severity >= Severity::Warning).collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let more = findings.len().saturating_sub(SHOWN);
        let shown = findings.into_iter().take(SHOWN).map(|finding| {
            let file = sources.file(finding.place.file);
            let at = file.position(finding.place.span.start);
            BannerFinding {
                severity: finding.severity.name(),
                path: file.path().to_owned(),
                line: at.line,
                column: at.column,
                message: catalogue.text(&finding.message),
                help: finding.help.as_ref().map(|help| catalogue.text(help)),
            }
        });
        Self { failures: Vec::new(), findings: shown.collect(), more }
    }

    /// Nothing but the reason why there is no newer site.
    pub fn of_failure(words: String) -> Self {
        Self { failures: vec![words], ..Self::default() }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.failures.is_empty() && self.findings.is_empty()
    }
}
