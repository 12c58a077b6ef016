//! `kitei import documents`: three regulations of a made-up company, as they come out of Word through pandoc and as
//! they are typed by hand, with everything that is made of them; and pictures. Below `tests/importing`, `sources/` and
//! `pictures/` are read, `expected/` is compared; `SNAPSHOTS=overwrite cargo test --test it importing::` makes the latter
//! again.

mod pictures;
mod round_trip;

use std::path::Path;

use crate::support::{Repo, Run, snapshot};

/// The sources, in the order in which they are imported.
pub const SOURCES: [&str; 3] = ["kihon.md", "joho-kanri.md", "委託先管理.md"];

/// A repository beside which the sources lie.
pub fn repo() -> Repo {
    let repo = Repo::new();
    for name in SOURCES {
        let text = std::fs::read(folder("sources").join(name)).expect("a source");
        repo.write(&format!("old/{name}"), text);
    }
    repo
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importing").join(name)
}

/// Imports the sources.
pub fn import(repo: &Repo, more: &[&str]) -> Run {
    let files: Vec<String> = SOURCES.iter().map(|name| format!("old/{name}")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    repo.kitei(&[&["import", "documents"], &files[..], more].concat())
}

fn compare(name: &str, actual: &str) {
    snapshot(&folder("expected").join(name), actual);
}

#[test]
fn regulations_become_documents_and_what_is_open_is_told() {
    let repo = repo();
    let run = import(&repo, &[]);
    assert_eq!(run.code, 1, "something is undecided: {}", run.stderr);
    compare("output.ja.txt", &run.stdout);
    for path in ["policies/kihon.md", "policies/joho-kanri.md", "policies/p-03.md"] {
        compare(path, &repo.read(path));
    }
    for id in ["P-01", "P-02", "P-03"] {
        compare(&format!("records/ledger/{id}.toml"), &repo.read(&format!("records/ledger/{id}.toml")));
    }
    compare("adoption.csv", &repo.read("adoption.csv"));
    // What the rules then find is what was told to be undecided, and what people have to add.
    let check = repo.kitei(&["check", "--format", "short", "--as-of", "2026-11-20", "policies", "records"]);
    compare("check.txt", &check.stdout);
    let english = import(&self::repo(), &["--dry-run", "--lang", "en", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&english.stdout).expect("JSON");
    let findings = report["documents"].as_array().expect("documents").iter().flat_map(|d| d["findings"].as_array());
    let told: usize =
        run.stdout.lines().filter(|line| line.starts_with("old/") && !line.contains("として取り込みます")).count();
    assert_eq!(findings.flatten().count(), told, "both formats tell everything");
}

#[test]
fn nothing_is_overwritten_and_nothing_is_half_written() {
    let repo = repo();
    let dry = import(&repo, &["--dry-run"]);
    assert!(dry.stdout.contains("==> policies/kihon.md <=="), "{}", dry.stdout);
    assert!(!repo.at("policies").exists() && !repo.at("adoption.csv").exists(), "a dry run writes nothing");
    repo.write("policies/joho-kanri.md", "mine");
    let refused = import(&repo, &[]);
    assert!(refused.code == 2 && refused.stderr.contains("joho-kanri.md"), "{}{}", refused.stdout, refused.stderr);
    assert_eq!(repo.read("policies/joho-kanri.md"), "mine");
    assert!(!repo.at("policies/kihon.md").exists() && !repo.at("records/ledger").exists(), "something was written");
    let elsewhere = import(&repo, &["--out", "new"]);
    assert_eq!(elsewhere.code, 1, "{}", elsewhere.stderr);
    assert!(repo.at("new/policies/joho-kanri.md").exists() && repo.at("new/adoption.csv").exists());
}

#[test]
fn what_is_no_text_of_others_is_refused() {
    let repo = repo();
    repo.write("old/sjis.md", b"\x8bK\x92\xf6\n");
    repo.write("old/ours.md", "+++\nid = \"P-09\"\n+++\n");
    for (file, words) in
        [("old/sjis.md", "1 行目"), ("old/ours.md", "既に kitei の文書"), ("old/none.md", "old/none.md")]
    {
        let run = repo.kitei(&["import", "documents", file]);
        assert!(run.code == 2 && run.stderr.contains(words), "{file}: {}", run.stderr);
    }
    let run = repo.kitei(&["import", "documents", "old/kihon.md", "--owner", "nobody"]);
    assert!(run.code == 2 && run.stderr.contains("nobody"), "{}", run.stderr);
}

/// What import prepares is what adoption takes.
#[test]
fn an_imported_regulation_is_adopted_with_its_versions() {
    let repo = Repo::new();
    repo.write("old/kihon.md", std::fs::read(folder("sources").join("kihon.md")).expect("a source"));
    let run = repo.kitei(&["import", "documents", "old/kihon.md"]);
    assert!(run.stderr.contains("adoption.csv"), "{}", run.stderr);
    repo.commit("取込み");
    repo.good(&["approve", "--adopt", "--csv", "adoption.csv", "--yes", "--as-of", "2026-11-20"]);
    let ledger = repo.read("records/ledger/P-01.toml");
    assert_eq!(ledger.matches("[[history]]").count(), 2, "{ledger}");
    assert!(ledger.contains("version = \"2.1\"") && ledger.contains("adopted_from = \"kihon.md\""), "{ledger}");
    let check = repo.kitei(&["check", "--format", "short", "--as-of", "2026-11-20"]);
    assert!(!check.stdout.contains("[LED"), "{}", check.stdout);
    let list = repo.good(&["list", "--format", "json", "--as-of", "2026-11-20"]);
    assert!(list.contains("\"effective\": \"2023-10-01\"") && list.contains("\"state\": \"in-force\""), "{list}");
}
