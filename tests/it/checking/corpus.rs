//! Whole handbooks as people bring them, each with everything that `kitei check` says about it.
//!
//! `tests/corpus/<name>/` is a handbook, `<name>.before/` what was committed before it, `<name>.expected/` the output in
//! each format, to be read. `SNAPSHOTS=overwrite cargo test --test it checking::corpus` makes the latter again.

use std::path::{Path, PathBuf};

use crate::support::corpus::{self, Size};
use crate::support::{Repo, kitei, scratch, snapshot};

/// The day on which they are judged.
pub const DAY: &str = "2026-11-20";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// Makes the files of `repo` those of a folder.
fn replace(repo: &Repo, from: &Path) {
    for name in ["policies", "controls", "procedures", "records", "kitei.toml"] {
        let path = repo.at(name);
        let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        assert!(removed.is_ok() || !path.exists(), "{name}");
    }
    for entry in walkdir::WalkDir::new(from).into_iter().map(|entry| entry.expect("a readable folder")) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(from).expect("below the folder");
            repo.write(path.to_str().expect("a path"), std::fs::read(entry.path()).expect("a file"));
        }
    }
}

/// A handbook in a repository with its history.
pub fn handbook(name: &str) -> Repo {
    let repo = Repo::new();
    let before = folder(&format!("{name}.before"));
    if before.is_dir() {
        replace(&repo, &before);
        repo.commit_at("2026-01-05T09:00:00+09:00", "統合の前");
    }
    replace(&repo, &folder(name));
    repo.commit_at("2026-07-20T09:00:00+09:00", "取込み");
    repo
}

fn compare(name: &str, file: &str, actual: &str) {
    snapshot(&folder(&format!("{name}.expected")).join(file), actual);
}

/// Everything that is said about a handbook; `rules` must be among what was found.
fn judged(name: &str, rules: &[&str]) {
    let repo = handbook(name);
    let check = |format: &str, language: &str| {
        let run = repo.kitei(&["check", "--as-of", DAY, "--format", format, "--lang", language, "--color", "never"]);
        assert_eq!(run.code, 1, "{name}: {}", run.stderr);
        run.stdout
    };
    let json = check("json", "ja");
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let found = report["diagnostics"].as_array().expect("findings");
    let missing: Vec<_> = rules.iter().filter(|rule| !found.iter().any(|finding| finding["name"] == **rule)).collect();
    assert!(missing.is_empty(), "{name}: nothing is found by {missing:?}");
    compare(name, "human.ja.txt", &check("human", "ja"));
    compare(name, "human.en.txt", &check("human", "en"));
    compare(name, "short.ja.txt", &check("short", "ja"));
    compare(name, "report.json", &(serde_json::to_string_pretty(&report).expect("JSON") + "\n"));
}

/// A small company that has copied its Word files.
#[test]
fn copied_from_word() {
    judged(
        "copied-from-word",
        &[
            "missing-front-matter",
            "invalid-version",
            "hand-typed-article",
            "half-width-kana",
            "emphasis-not-rendered",
            "raw-html",
            "broken-link",
            "unknown-role",
            "unknown-key",
            "duplicate-anchor",
            "article-without-id",
            "missing-image",
            "secret-in-text",
            "unsafe-link",
        ],
    );
}

/// A company half-way between the editions of 2013 and 2022 of the standard.
#[test]
fn transition_2013() {
    judged(
        "transition-2013",
        &[
            "superseded-annex-number",
            "unknown-annex-control",
            "unknown-clause",
            "soa-incomplete",
            "wrong-tier",
            "excluded-control-cited",
        ],
    );
}

/// A group after a reorganisation: offices are vacant, people who left have approved, the ledger was touched by hand.
#[test]
fn after_reorganisation() {
    judged(
        "after-reorganisation",
        &[
            "unapproved-change",
            "owner-role-vacant",
            "review-overdue",
            "unknown-person",
            "wrong-approver-rank",
            "self-approval",
            "effective-before-approval",
            "approved-text-missing",
            "ledger-rewritten",
            "waiver-expired",
            "waiver-unused",
            "waiver-without-reason",
        ],
    );
}

/// A large handbook in order, the same on every machine.
#[test]
fn a_large_clean_handbook_has_no_finding() {
    let folder = scratch();
    corpus::write(folder.path(), Size { documents: 200, commits: 100 });
    let run = kitei(folder.path(), &["check", "--strict", "--format", "short", "--as-of", DAY]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}
