//! Every format tells every finding, in a form that its readers take: each output is read back by the rules of its own
//! consumer and compared with the JSON, whose fields are a contract.
//!
//! The SARIF of these handbooks was also held against the JSON schema of SARIF 2.1.0 (as shipped by the crate serde-sarif
//! 0.8.0) with Python's jsonschema, and the JUnit with junitparser 5.0.3: no error. The schema is not kept here, since its
//! licence is not clear; what it demands of the parts that we write stands below.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::corpus::{DAY, handbook};
use crate::support::Repo;

const HANDBOOKS: [&str; 3] = ["copied-from-word", "transition-2013", "after-reorganisation"];

/// What every format tells: path, line, column, severity, code, name, message.
type Finding = (String, u64, u64, String, String, String, String);

fn check(repo: &Repo, format: &str) -> String {
    let run = repo.kitei(&["check", "--as-of", DAY, "--format", format, "--lang", "ja", "--color", "never"]);
    assert_eq!(run.code, 1, "{format}: {}", run.stderr);
    run.stdout
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("no number: {value}"))
}

fn findings(repo: &Repo) -> Vec<Finding> {
    let report: Value = serde_json::from_str(&check(repo, "json")).expect("JSON");
    assert_eq!(keys(&report), ["as_of", "diagnostics", "schema", "summary"]);
    let told = report["diagnostics"].as_array().expect("findings");
    let errors = told.iter().filter(|finding| finding["severity"] == "error").count();
    assert_eq!(number(&report["summary"]["errors"]), errors as u64);
    let finding = |finding: &Value| {
        let keys = keys(finding);
        for key in
            ["basis", "code", "column", "end_column", "end_line", "file", "help", "line", "message", "name", "severity"]
        {
            assert!(keys.contains(&key), "{key}: {finding}");
        }
        let (line, column) = (number(&finding["line"]), number(&finding["column"]));
        let end = (number(&finding["end_line"]), number(&finding["end_column"]));
        assert!(line >= 1 && column >= 1 && end >= (line, column), "{finding}");
        let of = |key: &str| text(&finding[key]);
        (of("file"), line, column, of("severity"), of("code"), of("name"), of("message"))
    };
    told.iter().map(finding).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

fn each(judge: impl Fn(&Repo, &[Finding])) {
    for name in HANDBOOKS {
        let repo = handbook(name);
        let findings = findings(&repo);
        assert!(findings.len() > 20, "{name}");
        judge(&repo, &findings);
    }
}

/// Properties that the schema knows of an object, those it demands first, up to the bar.
fn holds(value: &Value, known: &str) {
    let (demanded, more) = known.split_once('|').expect("a bar");
    let (demanded, more): (Vec<&str>, Vec<&str>) =
        (demanded.split_whitespace().collect(), more.split_whitespace().collect());
    let keys = keys(value);
    assert!(demanded.iter().all(|key| keys.contains(key)), "{demanded:?}: {value}");
    assert!(keys.iter().all(|key| demanded.contains(key) || more.contains(key)), "{keys:?} of {known}");
}

fn region(value: &Value) {
    holds(value, "| startLine startColumn endLine endColumn");
    assert!(keys(value).iter().all(|key| number(&value[*key]) >= 1), "{value}");
    let place = |line: &str, column: &str| (number(&value[line]), number(&value[column]));
    assert!(place("startLine", "startColumn") <= place("endLine", "endColumn"), "{value}");
}

fn location(value: &Value) -> (String, u64, u64) {
    holds(value, "| physicalLocation message id");
    let physical = &value["physicalLocation"];
    holds(physical, "artifactLocation | region");
    region(&physical["region"]);
    let uri = text(&physical["artifactLocation"]["uri"]);
    assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let [first, behind @ ..] = rest {
        let hex = behind.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        bytes.push(hex.map_or(*first, |hex| u8::from_str_radix(hex, 16).expect("an escape")));
        rest = if *first == b'%' { &behind[2..] } else { behind };
    }
    let path = String::from_utf8(bytes).expect("a path");
    (path, number(&physical["region"]["startLine"]), number(&physical["region"]["startColumn"]))
}

#[test]
fn sarif_has_what_the_schema_demands_and_nothing_it_does_not_know() {
    each(|repo, findings| {
        let log: Value = serde_json::from_str(&check(repo, "sarif")).expect("JSON");
        holds(&log, "version runs | $schema");
        assert_eq!(log["version"], "2.1.0");
        let runs = log["runs"].as_array().expect("runs");
        let [run] = &runs[..] else { panic!("one run") };
        holds(run, "tool | columnKind properties results");
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let driver = &run["tool"]["driver"];
        holds(driver, "name | semanticVersion language rules informationUri");
        let rules = driver["rules"].as_array().expect("rules");
        let ids: BTreeSet<String> = rules.iter().map(|rule| text(&rule["id"])).collect();
        assert_eq!(ids.len(), rules.len(), "every rule once");
        for rule in rules {
            holds(rule, "id | name shortDescription fullDescription help defaultConfiguration properties helpUri");
            for key in ["shortDescription", "fullDescription", "help"] {
                holds(&rule[key], "text | markdown");
            }
        }
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), findings.len());
        let mut prints = BTreeSet::new();
        for (result, (path, line, column, severity, code, _, message)) in results.iter().zip(findings) {
            holds(result, "message | ruleId ruleIndex level locations relatedLocations fixes partialFingerprints");
            assert_eq!((&text(&result["ruleId"]), &text(&result["level"])), (code, severity));
            let rule = &rules[usize::try_from(number(&result["ruleIndex"])).expect("an index")];
            assert_eq!(&text(&rule["id"]), code);
            assert!(text(&result["message"]["text"]).starts_with(message.as_str()), "{message}");
            let places = result["locations"].as_array().expect("places");
            assert_eq!(places.iter().map(location).collect::<Vec<_>>(), [(path.clone(), *line, *column)]);
            for related in result["relatedLocations"].as_array().into_iter().flatten() {
                location(related);
            }
            for fix in result["fixes"].as_array().into_iter().flatten() {
                holds(fix, "artifactChanges | description");
                for change in fix["artifactChanges"].as_array().expect("changes") {
                    holds(change, "artifactLocation replacements |");
                    for replacement in change["replacements"].as_array().expect("replacements") {
                        holds(replacement, "deletedRegion | insertedContent");
                        region(&replacement["deletedRegion"]);
                    }
                }
            }
            prints.insert(result["partialFingerprints"].to_string());
        }
        assert_eq!(prints.len(), results.len(), "no two results are taken for one");
    });
}

#[test]
fn junit_counts_what_it_holds() {
    use quick_xml::events::Event;
    each(|repo, findings| {
        let xml = check(repo, "junit");
        let mut reader = quick_xml::Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        let (mut stated, mut failures) = (Vec::new(), 0);
        let mut cases: Vec<(String, u64)> = Vec::new();
        loop {
            let attributes = |tag: &quick_xml::events::BytesStart<'_>| -> BTreeMap<String, String> {
                let read = tag.attributes().map(|attribute| attribute.expect("an attribute"));
                let key = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
                read.map(|a| (key(a.key.as_ref()), unescaped(&String::from_utf8_lossy(&a.value)))).collect()
            };
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                    b"testsuites" => {
                        let of = attributes(&tag);
                        stated = vec![of["tests"].clone(), of["failures"].clone()];
                    }
                    b"testcase" => {
                        let of = attributes(&tag);
                        assert!(!of["name"].is_empty() && !of["classname"].is_empty());
                        cases.push((of["file"].clone(), of["line"].parse().expect("a line")));
                    }
                    b"failure" => failures += 1,
                    b"testsuite" | b"system-out" => {}
                    other => panic!("{}", String::from_utf8_lossy(other)),
                },
                Event::Eof => break,
                _ => {}
            }
        }
        let expected: Vec<(String, u64)> = findings.iter().map(|finding| (finding.0.clone(), finding.1)).collect();
        assert_eq!(cases, expected);
        assert_eq!(failures, findings.iter().filter(|finding| finding.3 != "note").count());
        assert_eq!(stated, [cases.len().to_string(), failures.to_string()]);
    });
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// As GitLab documents the report: these fields, a fingerprint for each, paths from the root without `./`.
#[test]
fn gitlab_takes_every_finding_for_one_of_its_own() {
    each(|repo, findings| {
        let report: Value = serde_json::from_str(&check(repo, "gitlab")).expect("JSON");
        let issues = report.as_array().expect("a list");
        assert_eq!(issues.len(), findings.len());
        let mut prints = BTreeSet::new();
        for (issue, (path, line, _, severity, _, name, message)) in issues.iter().zip(findings) {
            holds(issue, "description check_name fingerprint severity location |");
            assert_eq!((&text(&issue["check_name"]), &text(&issue["location"]["path"])), (name, path));
            assert_eq!(number(&issue["location"]["lines"]["begin"]), *line);
            assert!(text(&issue["description"]).starts_with(message.as_str()), "{issue}");
            let known = ["info", "minor", "major", "critical", "blocker"];
            assert!(known.contains(&text(&issue["severity"]).as_str()), "{issue}");
            assert_eq!(text(&issue["severity"]) == "critical", severity == "error", "{issue}");
            assert!(prints.insert(text(&issue["fingerprint"])), "{issue}");
            assert!(!path.starts_with(['.', '/']), "{path}");
        }
    });
}

/// A workflow command as the runner reads it: `::command key=value,…::data`, its escapes undone.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let rest = line.strip_prefix("::").unwrap_or_else(|| panic!("{line}"));
    let (head, data) = rest.split_once("::").expect("data");
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let undone = |text: &str| {
        let breaks = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        breaks.replace("%25", "%")
    };
    let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
    (name.to_owned(), pairs.map(|(key, value)| (key.to_owned(), undone(value))).collect(), undone(data))
}

#[test]
fn github_reads_one_command_a_finding() {
    each(|repo, findings| {
        let out = check(repo, "github");
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), findings.len());
        for (line, (path, start, column, severity, code, name, message)) in lines.into_iter().zip(findings) {
            let (command, properties, data) = command(line);
            assert_eq!(command, if severity == "note" { "notice" } else { severity.as_str() });
            assert_eq!((&properties["file"], &properties["line"]), (path, &start.to_string()));
            assert_eq!(properties["title"], format!("{code} {name}"));
            assert!(data.starts_with(message.as_str()), "{data}");
            match properties.get("col") {
                Some(written) => assert_eq!(written, &column.to_string()),
                None => assert_ne!(properties["line"], properties["endLine"]),
            }
        }
    });
}

#[test]
fn short_and_human_tell_everything() {
    each(|repo, findings| {
        let short = check(repo, "short");
        let expected: Vec<String> = findings
            .iter()
            .map(|(path, line, column, severity, code, _, message)| {
                format!("{path}:{line}:{column}: {severity}[{code}] {message}")
            })
            .collect();
        assert_eq!(short.lines().collect::<Vec<_>>(), expected);
        let human = check(repo, "human");
        for (path, line, column, _, code, _, message) in findings {
            assert!(human.contains(&format!("[{code}]: {message}")), "{message}");
            assert!(human.contains(&format!("{path}:{line}:{column}")), "{path}:{line}:{column}");
        }
    });
}
