//! One fault per rule, seeded into a copy of this repository's own handbook, each in a place of its own: one run of
//! `kitei check --format json` reports every one of them at its file, line and column.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests prepare files")]

use std::path::Path;
use std::process::Command;

/// A fault: the rule, the file, what is replaced (nothing: the text is appended), by what, and the text at which the
/// finding begins.
struct Seed {
    rule: &'static str,
    file: &'static str,
    old: &'static str,
    new: &'static str,
    at: &'static str,
}

const fn seed(rule: &'static str, file: &'static str, old: &'static str, new: &'static str, at: &'static str) -> Seed {
    Seed { rule, file, old, new, at }
}

const SEEDS: [Seed; 24] = [
    seed("duplicate-id", "controls/5.3.md", "id = \"C-5.3\"", "id = \"C-5.4\"", "\"C-5.4\""),
    seed("missing-key", "controls/5.5.md", "owner = ", "# owner = ", "id = "),
    seed("unknown-key", "controls/5.6.md", "summary = ", "sumary = ", "sumary"),
    seed("wrong-type", "controls/5.7.md", "established = 2026-03-25", "established = \"2026-03-25\"", "\"2026-03-25\""),
    seed("invalid-version", "controls/5.8.md", "version = \"1.0\"", "version = \"1\"", "\"1\""),
    seed("broken-link", "controls/5.11.md", "", "\n[先](nothing.md)。\n", "nothing.md"),
    seed("broken-anchor", "controls/5.14.md", "", "\n[[P-05#nowhere]]。\n", "nowhere"),
    seed("unknown-document", "controls/5.16.md", "", "\n[[P-99]]。\n", "P-99"),
    seed("unknown-annex-control", "controls/5.19.md", "annex_a = [", "annex_a = [\"5.99\", ", "\"5.99\""),
    seed("superseded-annex-number", "controls/5.20.md", "", "\n[[A.9.2.1]]。\n", "A.9.2.1"),
    seed("unknown-clause", "controls/5.21.md", "", "\n[[clause:11.1]]。\n", "11.1"),
    seed("unknown-role", "controls/5.22.md", "", "\n[[role:nobody]]。\n", "nobody"),
    seed("wrong-tier", "controls/5.23.md", "implements = [", "implements = [\"S-01\", ", "\"S-01\""),
    seed(
        "implements-cycle",
        "policies/cryptography.md",
        "established = ",
        "implements = [\"C-8.24\"]\nestablished = ",
        "",
    ),
    seed("orphan-document", "controls/5.25.md", "implements = ", "# implements = ", "\"C-5.25\""),
    seed("duplicate-anchor", "controls/5.27.md", "", "\n## 重複 {#requirement}\n\n文。\n", "requirement}\n\n文。"),
    seed("emphasis-not-rendered", "controls/5.28.md", "", "\nこれは**「重要」**です。\n", "**「重要」**"),
    seed("unapproved-change", "controls/5.29.md", "", "\n承認されていない一文。\n", "\"1.0\""),
    seed("version-not-increased", "controls/5.30.md", "version = \"1.0\"", "version = \"0.9\"", "\"0.9\""),
    seed("approved-text-missing", "records/ledger/C-5.31.toml", "kitei1-sha256:", "kitei1-sha256:", "\"kitei1"),
    seed(
        "approver-lacks-role",
        "records/ledger/C-5.32.toml",
        "approver = \"tanaka\"",
        "approver = \"kato\"",
        "\"kato\"",
    ),
    seed(
        "self-approval",
        "records/ledger/C-5.33.toml",
        "drafters = [",
        "drafters = [\"tanaka\", ",
        "\"tanaka\"\ndrafters",
    ),
    seed("review-overdue", "records/ledger/C-5.34.toml", "approved_on = 2026-03-25", "approved_on = 2025-05-01", ""),
    seed("raw-html", "controls/5.35.md", "", "\n<b>太字</b>\n", "<b>"),
];

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Line and column, from 1, of the last place of a text: seeds that are appended stand at the end.
fn position(text: &str, needle: &str) -> (u64, u64) {
    let at = text.rfind(needle).unwrap_or_else(|| panic!("{needle} is not there"));
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line as u64, column as u64)
}

#[test]
fn every_seeded_fault_is_reported_at_its_place_in_one_run() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    for name in ["policies", "controls", "procedures", "records"] {
        copy(&source.join(name), &folder.path().join(name));
    }
    std::fs::copy(source.join("kitei.toml"), folder.path().join("kitei.toml")).unwrap();
    for seed in &SEEDS {
        let path = folder.path().join(seed.file);
        let text = std::fs::read_to_string(&path).unwrap();
        let mut changed = match seed.old {
            "" => text.clone() + seed.new,
            old => text.replacen(old, seed.new, 1),
        };
        if seed.rule == "approved-text-missing" {
            let at = text.find("kitei1-sha256:").unwrap() + "kitei1-sha256:".len();
            changed.replace_range(at..at + 64, &"0".repeat(64));
        }
        assert_ne!(changed, text, "{}: nothing was seeded into {}", seed.rule, seed.file);
        std::fs::write(path, changed).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_kitei"))
        .args(["check", "--format", "json", "--as-of", "2026-11-20", "--root"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["diagnostics"].as_array().unwrap();
    let mut wrong = Vec::new();
    for seed in &SEEDS {
        let of_rule: Vec<_> = findings.iter().filter(|finding| finding["name"] == seed.rule).collect();
        let (file, at) = expected(seed);
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        let (line, column) = match seed.rule {
            // A missing key is reported where the table begins, which has no text of its own.
            "missing-key" => (2, 1),
            _ => position(&text, at),
        };
        let hit = of_rule
            .iter()
            .any(|finding| finding["file"] == file && finding["line"] == line && finding["column"] == column);
        if !hit {
            let places: Vec<String> =
                of_rule.iter().map(|f| format!("{}:{}:{}", f["file"], f["line"], f["column"])).collect();
            wrong.push(format!("{}: expected {file}:{line}:{column}, found {places:?}", seed.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a seed's finding is expected. Some faults show in another file than the one that was changed.
fn expected(seed: &Seed) -> (&'static str, &'static str) {
    match seed.rule {
        "implements-cycle" => ("controls/8.24.md", "\"P-07\""),
        "review-overdue" => ("controls/5.34.md", "\"C-5.34\""),
        _ => (seed.file, seed.at),
    }
}
