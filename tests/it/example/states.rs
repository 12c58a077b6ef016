//! Every state of a document, each on a day on which the history shows it.

use serde_json::Value;

use super::company::{company, words};
use super::pages::{page, pages};
use super::wordings::{WORDINGS, only, squeezed};
use crate::support::good;

/// A document's row of `kitei list`; `None` where it has none.
fn row(rev: &str, day: &str, id: &str) -> Option<Value> {
    let list = good(&company(), &["list", "--format", "json", "--rev", rev, "--as-of", day]);
    let rows: Value = serde_json::from_str(&list).unwrap();
    rows.as_array().unwrap().iter().find(|row| row["id"] == id).cloned()
}

/// State and version of a row, and what else there is to say of it.
fn told(rev: &str, day: &str, id: &str) -> String {
    let Some(row) = row(rev, day, id) else { return "no row".to_owned() };
    let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let mut words = format!("{} {}", text("state"), text("version"));
    for mark in ["overdue", "suspect"] {
        if row[mark] == true {
            words += &format!(" {mark}");
        }
    }
    for pending in row["pending"].as_array().unwrap() {
        words +=
            &format!(" then {} on {}", pending["version"].as_str().unwrap(), pending["effective"].as_str().unwrap());
    }
    if let Some(draft) = row["draft"].as_str() {
        words += &format!(" draft {draft}");
    }
    words
}

#[test]
fn each_state_is_told_on_its_day() {
    for (rev, day, id, expected) in [
        // As the repository was then, and as the ledger of today says of it.
        ("2023-12", "2024-02-01", "P-16", "in-force 1.0 overdue"),
        ("2024-03-drafts", "2024-03-20", "C-5.12", "draft 1.0 draft 1.0"),
        ("2024-03", "2024-03-26", "C-5.17", "pending 1.0 then 1.0 on 2024-04-01"),
        ("2024-03", "2024-03-26", "P-05", "in-force 1.0 then 1.1 on 2024-04-01"),
        ("2024-04", "2024-04-01", "P-05", "in-force 1.1"),
        ("2024-10", "2024-10-01", "P-05", "in-force 1.2"),
        ("2024-10~1", "2024-09-30", "S-42", "in-force 1.0"),
        ("2024-10~1", "2024-10-01", "S-42", "retired 1.0"),
        ("2024-10", "2024-10-01", "S-42", "no row"),
        ("2025-02", "2025-02-11", "P-22", "in-force 1.0"),
        ("2025-07", "2025-07-31", "P-21", "in-force 1.0 then 2.0 on 2025-08-01"),
        ("2025-08", "2025-08-01", "P-21", "in-force 2.0"),
        ("2025-08", "2025-08-10", "C-5.17", "in-force 1.0 suspect"),
        ("2025-11", "2025-09-01", "C-5.17", "in-force 1.0"),
        ("2025-10-draft", "2025-11-01", "P-05", "in-force 1.2 draft 2.0"),
        ("2025-11", "2025-11-22", "P-05", "in-force 1.2"),
        ("refused/p-16-direct-report", "2024-09-05", "P-16", "in-force 1.1 draft 2.0"),
        ("2026-03", "2026-03-31", "P-21", "in-force 2.0"),
        ("2026-04", "2026-04-02", "S-04", "in-force 1.0 suspect"),
        ("main", "2026-11-27", "S-02", "in-force 1.1 then 2.0 on 2026-12-01"),
    ] {
        assert_eq!(told(rev, day, id), expected, "{id} on {day} at {rev}");
    }
}

#[test]
fn a_provisional_approval_is_marked_until_it_is_ratified() {
    let page = |rev: &str, day: &str| words(&page(&pages(Some(rev), day), "documents/P-22.html"));
    assert!(page("2025-02", "2025-02-11").contains("緊急のため仮に承認され"));
    assert!(!page("2025-03", "2025-03-27").contains("緊急のため仮に承認され"));
    // As the ledger of later days tells of that day.
    assert!(page("main", "2025-03-18").contains("緊急のため仮に承認され"));
}

#[test]
fn the_log_tells_a_provisional_rule_on_its_day_and_when_it_was_ratified() {
    let log = |day: &str| -> Vec<String> {
        let log = good(&company(), &["log", "P-22", "--format", "json", "--as-of", day]);
        let log: Value = serde_json::from_str(&log).unwrap();
        let told = |entry: &Value| {
            format!(
                "{} {} {}",
                entry["effective"].as_str().unwrap(),
                entry["kind"].as_str().unwrap(),
                entry["ratified_on"]
            )
        };
        log.as_array().unwrap().iter().map(told).collect()
    };
    assert_eq!(log("2025-03-18"), ["2025-02-10 established null"]);
    assert_eq!(log("2025-12-31"), ["2025-03-19 ratified null", "2025-02-10 established \"2025-03-19\""]);
}

#[test]
fn a_retired_document_names_its_successors() {
    let site = pages(None, "2026-04-01");
    let retired = page(&site, "documents/P-21.html");
    assert!(retired.contains("P-08.html") && retired.contains("P-09.html"), "{retired}");
    let text = only(WORDINGS.text("P-21", "2.0"), [WORDINGS.text("P-21", "1.0")]);
    let shows = |page: &str| text.iter().filter(|phrase| squeezed(&words(page)).contains(phrase.as_str())).count();
    assert_eq!(shows(&retired), 0, "its text is no longer shown");
    let address = "documents/P-21/compare-1.0-2.0.html";
    assert!(shows(&page(&site, address)) > 2, "but where its versions are compared");
    assert!(retired.contains(address) && page(&site, "changes.html").contains(address));
}
