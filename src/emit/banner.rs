//! Findings as an HTML fragment, for the pages of a preview.

use std::fmt::Write;

use crate::check::{Report, Severity};
use crate::locale::{Catalogue, Text};
use crate::markup::html::escaped;
use crate::source::SourceDb;

/// Findings shown before the rest is only counted.
const SHOWN: usize = 50;

/// Errors and warnings as a list; empty where there are none. Every word from a file is escaped.
pub fn banner(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> String {
    let mut findings: Vec<_> = report.diagnostics.iter().filter(|d| d.severity >= Severity::Warning).collect();
    if findings.is_empty() {
        return String::new();
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut html = String::from("<ul>");
    for finding in findings.iter().take(SHOWN) {
        let file = sources.file(finding.place.file);
        let at = file.position(finding.place.span.start);
        let severity = catalogue.get(&format!("severity-{}", finding.severity.name()));
        let message = catalogue.text(&finding.message);
        // Writing into a String cannot fail.
        let _ = write!(
            html,
            "<li><strong>{}</strong> <code>{}:{}:{}</code> {}",
            escaped(&severity),
            escaped(file.path()),
            at.line,
            at.column,
            escaped(&message)
        );
        if let Some(help) = &finding.help {
            let _ = write!(html, "<br>{}", escaped(&catalogue.text(help)));
        }
        html.push_str("</li>");
    }
    html.push_str("</ul>");
    if findings.len() > SHOWN {
        let more = Text::new("banner-more").arg("count", findings.len() - SHOWN);
        html.push_str(&banner_line(&catalogue.text(&more)));
    }
    html
}

/// One line of words.
pub fn banner_line(words: &str) -> String {
    format!("<p>{}</p>", escaped(words))
}
