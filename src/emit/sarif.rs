//! SARIF 2.1.0 (OASIS): one run, every rule that found something with its page, paths relative to the root.
//! Code-scanning services of the forges read it. Columns count Unicode code points, as `columnKind` says.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Located;
use crate::check::{Diagnostic, Fix, Report, Rule, Severity, page};
use crate::locale::{Catalogue, Text};
use crate::source::{Place, SourceDb};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The report as one line of JSON.
pub(super) fn emit(report: &Report, sources: &SourceDb, catalogue: &Catalogue) -> String {
    let used: BTreeMap<&str, &Rule> = report.diagnostics.iter().map(|d| (d.rule.code, d.rule)).collect();
    let index: BTreeMap<&str, usize> = used.keys().enumerate().map(|(index, code)| (*code, index)).collect();
    let rules: Vec<Value> = used.values().map(|rule| descriptor(rule, catalogue)).collect();
    let mut results: Vec<Value> =
        report.diagnostics.iter().map(|d| result(d, index[d.rule.code], sources, catalogue)).collect();
    for (result, fingerprint) in results.iter_mut().zip(super::fingerprints(report, sources)) {
        result["partialFingerprints"] = json!({ "kitei/v1": fingerprint });
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kitei",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": catalogue.language().code(),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "properties": { "asOf": report.as_of.to_string() },
            "results": results,
        }],
    });
    format!("{log}\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn descriptor(rule: &Rule, catalogue: &Catalogue) -> Value {
    let language = catalogue.language();
    let configuration = match Severity::of(rule.level) {
        Some(severity) => json!({ "level": level(severity) }),
        None => json!({ "enabled": false }),
    };
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": page::title(rule, language) },
        "fullDescription": { "text": page::title(rule, language) },
        "help": { "text": page::shown(rule, language), "markdown": page::shown(rule, language) },
        "defaultConfiguration": configuration,
        "properties": { "basis": rule.basis.to_string() },
    })
}

fn result(diagnostic: &Diagnostic, index: usize, sources: &SourceDb, catalogue: &Catalogue) -> Value {
    let mut message = catalogue.text(&diagnostic.message);
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message += &catalogue.text(&Text::new("emit-help-line").arg("text", help.clone()));
    }
    let mut result = json!({
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index,
        "level": level(diagnostic.severity),
        "message": { "text": message },
        "locations": [location(diagnostic.place, sources)],
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate().map(|(id, (place, text))| {
            let mut location = location(*place, sources);
            location["id"] = json!(id);
            location["message"] = json!({ "text": catalogue.text(text) });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([self::fix(fix, diagnostic, sources, catalogue)]);
    }
    result
}

fn location(place: Place, sources: &SourceDb) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(sources.file(place.file).path()) },
        "region": region(place, sources),
    }})
}

fn region(place: Place, sources: &SourceDb) -> Value {
    let Located { start, end, .. } = Located::at(place, sources);
    json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    })
}

fn fix(fix: &Fix, diagnostic: &Diagnostic, sources: &SourceDb, catalogue: &Catalogue) -> Value {
    let file = diagnostic.place.file;
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(Place { file, span: edit.span }, sources),
                "insertedContent": { "text": edit.replacement },
            })
        })
        .collect();
    let description = diagnostic.help.as_ref().unwrap_or(&diagnostic.message);
    json!({
        "description": { "text": catalogue.text(description) },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(sources.file(file).path()) },
            "replacements": replacements,
        }],
    })
}

/// A path as a relative reference: everything but plain ASCII and `/` in percent-escapes.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, finding, ja, report};
    use super::*;

    #[test]
    fn a_log_has_what_the_schema_requires_and_every_rule_once() {
        let (sources, file) = file("policies/規程 1.md", "題名\n[手順](x)\n");
        let mut one = finding(file, 16..17);
        let place = one.place;
        one.related(place, Text::new("broken-link-help")).fix(place.span, "y");
        let report = report(vec![one, finding(file, 7..25)]);
        let log: Value = serde_json::from_str(&emit(&report, &sources, &ja())).expect("the output is JSON");
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["name"], "kitei");
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(1));
        let results = run["results"].as_array().expect("results are a list");
        assert_eq!(results.len(), 2);
        let first = &results[0];
        assert_eq!((&first["ruleId"], &first["ruleIndex"]), (&json!("REF001"), &json!(0)));
        let physical = &first["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "policies/%E8%A6%8F%E7%A8%8B%201.md");
        assert_eq!(physical["region"], json!({"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 7}));
        assert_eq!(first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "y");
        assert!(first["message"]["text"].as_str().is_some_and(|text| text.contains("対処: ")));
        assert_ne!(first["partialFingerprints"], results[1]["partialFingerprints"]);
    }
}
