//! `--baseline`: an organisation with a legacy sees new findings only.

use crate::support::{Repo, Run};

fn body(text: &str) -> String {
    format!(
        "+++\nid = \"P-01\"\ntitle = \"規程\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n### 目的 {{#purpose}}\n\n{text}"
    )
}

fn check(repo: &Repo, arguments: &[&str]) -> Run {
    repo.kitei(&[&["check", "--as-of", "2026-11-20", "--format", "short"], arguments].concat())
}

fn legacy() -> Repo {
    let repo = Repo::new();
    repo.write("policies/a.md", body("[[P-98]]と<b>。\n\n[[P-98]]も見る。\n\n### 次 {#next}\n\n[先](nothing.md)。\n"));
    let run = check(&repo, &["--write-baseline", "legacy.toml"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    repo
}

#[test]
fn known_findings_are_left_out_however_far_they_move() {
    let repo = legacy();
    assert_eq!(check(&repo, &[]).code, 1);
    assert!(!repo.read("legacy.toml").contains("\nline"), "no line is named");
    let text = repo.read("policies/a.md");
    repo.write(
        "policies/a.md",
        text.replacen("### 目的", "前書き。\n\n### 目的", 1).replacen("[[P-98]]と", "まず、[[P-98]]と", 1),
    );
    let run = check(&repo, &["--baseline", "legacy.toml"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("REF003") && !run.stdout.contains("REF001"), "{}", run.stdout);
    assert!(!run.stderr.contains("もうありません"), "{}", run.stderr);
}

#[test]
fn a_new_finding_that_is_like_a_known_one_counts() {
    let repo = legacy();
    let text = repo.read("policies/a.md");
    repo.write(
        "policies/a.md",
        text.replacen("も見る。", "も見る。[[P-98]]は三度目。", 1) + "\n[[P-98]]を別の条で。\n",
    );
    let run = check(&repo, &["--baseline", "legacy.toml"]);
    assert_eq!(run.code, 1);
    let found: Vec<&str> = run.stdout.lines().filter(|line| line.contains("[REF003]")).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("policies/a.md:12:") && found[1].starts_with("policies/a.md:18:"), "{found:?}");
}

#[test]
fn entries_that_occur_no_more_are_told_and_fail_a_strict_run() {
    let repo = legacy();
    let text = repo.read("policies/a.md").replace("<b>", "").replace("[[P-98]]も見る。", "何も見ない。");
    repo.write("policies/a.md", text);
    let run = check(&repo, &["--baseline", "legacy.toml"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("次の 2 件はもうありません"), "{}", run.stderr);
    assert!(run.stderr.contains("  policies/a.md#purpose: unknown-document P-98"), "{}", run.stderr);
    assert!(run.stderr.contains("  policies/a.md#purpose: raw-html <b>"), "{}", run.stderr);
    // Of files that were not looked at nothing is said to be gone.
    let elsewhere = check(&repo, &["--baseline", "legacy.toml", "records"]);
    assert!(!elsewhere.stderr.contains("もうありません"), "{}", elsewhere.stderr);
    let again = check(&repo, &["--write-baseline", "legacy.toml"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    let run = check(&repo, &["--baseline", "legacy.toml"]);
    assert!(!run.stderr.contains("もうありません"), "{}", run.stderr);
}

#[test]
fn a_file_that_is_no_baseline_is_neither_read_nor_replaced() {
    let repo = legacy();
    for arguments in [["--baseline", "kitei.toml"], ["--write-baseline", "kitei.toml"], ["--baseline", "none.toml"]] {
        let before = repo.read("kitei.toml");
        let run = check(&repo, &arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stdout);
        assert_eq!(repo.read("kitei.toml"), before);
    }
}
