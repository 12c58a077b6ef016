//! `--fix`: what it changes, what it shows, and what it leaves to people.

use crate::support::Repo;

const DRAFT: &str = "\
+++
# 版は後で上げる
id = \"P-02\"   # 変えない
titel = \"情報管理規程\"
version = \"第２版\"
owner = \"office\"
+++

### 目的 {#purpose}

この規程は、ｾｷｭﾘﾃｨを確保するため、[[P-1#purpose]]に基づき定める。
";

const FIXED: &str = "\
+++
# 版は後で上げる
id = \"P-02\"   # 変えない
title = \"情報管理規程\"
version = \"2.0\"
owner = \"office\"
+++

### 目的 {#purpose}

この規程は、セキュリティを確保するため、[[P-01#purpose]]に基づき定める。
";

fn repo() -> Repo {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "情報をﾏﾓﾙ。");
    repo.write("policies/b.md", DRAFT);
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo
}

const CHECK: [&str; 5] = ["check", "--as-of", "2026-11-20", "--format", "short"];

fn check(repo: &Repo, arguments: &[&str]) -> crate::support::Run {
    repo.kitei(&[&CHECK[..], arguments].concat())
}

#[test]
fn drafts_are_corrected_and_approved_text_is_left_alone() {
    let repo = repo();
    let approved = repo.read("policies/a.md");
    let run = check(&repo, &["--fix"]);
    assert_eq!(repo.read("policies/b.md"), FIXED);
    assert_eq!(repo.read("policies/a.md"), approved);
    assert!(run.stderr.contains("1 個のファイルで 4 か所を直しました"), "{}", run.stderr);
    assert!(run.stderr.contains("--fix=approved") && run.stderr.contains("P-01 1.0 版"), "{}", run.stderr);
    assert!(run.stdout.contains("policies/a.md:10:4: warning[TXT004]"), "{}", run.stdout);
}

#[test]
fn approved_text_is_corrected_where_it_is_asked_for_and_the_ended_approval_is_told() {
    let repo = repo();
    let run = check(&repo, &["--fix=approved"]);
    assert!(repo.read("policies/a.md").contains("情報をマモル。"));
    assert!(run.stderr.contains("P-01 1.0 版（policies/a.md"), "{}", run.stderr);
    assert!(run.stdout.contains("[LED001]"), "the approval has ended: {}", run.stdout);
    assert_eq!(run.code, 1);
}

#[test]
fn a_dry_run_shows_what_git_can_apply_and_writes_nothing() {
    let repo = repo();
    repo.commit("案");
    let run = check(&repo, &["--fix=approved", "--dry-run"]);
    assert_eq!(run.code, 0);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert!(run.stdout.starts_with("--- a/policies/a.md\n+++ b/policies/a.md\n@@ "), "{}", run.stdout);
    assert!(run.stdout.contains("\n-titel = \"情報管理規程\"\n"), "{}", run.stdout);
    repo.write("fix.patch", &run.stdout);
    repo.git(&["apply", "fix.patch"]);
    assert_eq!(repo.read("policies/b.md"), FIXED);
    let without = check(&repo, &["--dry-run"]);
    assert_eq!(without.code, 2, "--dry-run alone means nothing");
}

#[test]
fn a_correction_that_leaves_the_normative_text_ends_no_approval() {
    let repo = Repo::new();
    let text = "+++\nid = \"P-01\"\ntitle = \"規程\"\nversion = \"1.0\"\nowner = \"Office\"\n+++\n\n### 目的 {#purpose}\n\n本文。\n";
    repo.write("policies/a.md", text.replace("Office", "office"));
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.write("policies/a.md", text);
    let run = check(&repo, &["--fix"]);
    assert!(repo.read("policies/a.md").contains("owner = \"office\""), "the owner is not part of what was approved");
    assert!(!run.stderr.contains("approved"), "{}", run.stderr);
}
