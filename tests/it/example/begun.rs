//! `kitei init --example` itself.

use super::company::{company, git};
use crate::support::{good, kitei, scratch};

#[test]
fn the_story_is_the_same_each_time_and_ends_clean() {
    let temp = scratch();
    std::fs::create_dir(temp.path().join("empty")).unwrap();
    for (dir, at) in [("new/demo", "new/demo"), ("empty", "empty")] {
        let run = kitei(temp.path(), &["init", "--example", dir, "--lang", "en"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        assert!(run.stderr.contains("commits"), "{}", run.stderr);
        let at = temp.path().join(at);
        assert_eq!(git(&at, &["show-ref"]), git(&company(), &["show-ref"]), "the same commits");
        assert_eq!(git(&at, &["status", "--porcelain"]), "");
    }
    assert_eq!(git(&company(), &["fsck", "--strict"]), "");
    // The day on which it was reviewed, and whatever day the machine has after it.
    let strict = kitei(&company(), &["check", "--strict", "--as-of", "2026-11-20"]);
    assert_eq!(strict.code, 0, "{}", strict.stdout);
    let strict = kitei(&company(), &["check", "--strict", "--as-of", "2026-11-27"]);
    assert_eq!(strict.code, 0, "{}", strict.stdout);
    assert!(!good(&company(), &["check", "--as-of", "2026-11-27", "--format", "short"]).contains("LED003"));
}

#[test]
fn it_goes_into_a_folder_of_its_own() {
    let temp = scratch();
    let root = temp.path();
    git(root, &["init", "-q", "repository"]);
    std::fs::create_dir(root.join("full")).unwrap();
    std::fs::write(root.join("full/thesis.txt"), "years of work").unwrap();
    for (dir, words) in [("repository", "git repository"), ("repository/demo", "git repository"), ("full", "empty")] {
        let run = kitei(root, &["init", "--example", dir, "--lang", "en"]);
        assert_eq!(run.code, 2, "{dir}");
        assert!(run.stderr.contains(words), "{dir}: {}", run.stderr);
    }
    assert_eq!(kitei(root, &["init", "--example", "x", "--organisation", "例示商事"]).code, 2, "it has a name");
    let inside = kitei(&company(), &["init", "--example", "demo", "--lang", "en"]);
    assert_eq!(inside.code, 2, "{}", inside.stderr);
    let mut left: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["full", "repository"], "nothing was written");
}

#[test]
fn the_history_shows_what_a_repository_can_do() {
    let repository = company();
    let log = |arguments: &[&str]| git(&repository, &[&["log", "--format=%s"], arguments].concat());
    assert!(log(&["--merges"]).lines().all(|line| line.starts_with("Merge pull request #")));
    assert!(log(&["--merges"]).lines().count() >= 9);
    assert!(log(&["--no-merges"]).contains("情報管理規程の誤字を直す (#5)"), "a squash");
    assert!(log(&["main..refused/p-16-direct-report"]).contains("社長に直接報告する案"), "closed, not merged");
    assert!(log(&["--grep=Revert"]).contains("Revert \"Merge pull request #17"), "merged and taken back");
    let later = git(&repository, &["log", "--format=%ad %cd %an|%cn", "--date=short", "--grep=ファイル名"]);
    assert_eq!(later, "2025-05-30 2025-06-02 佐藤 例子|佐藤 例子", "a rebase");
    let renamed =
        git(&repository, &["log", "--follow", "--format=%s", "--", "policies/information-security-policy.md"]);
    assert!(renamed.ends_with("情報セキュリティの文書をリポジトリーに移す"), "{renamed}");
    let tomorrow = good(&repository, &["log", "P-01", "--as-of", "2026-11-27"]);
    assert!(
        tomorrow.contains("第3.0版") && tomorrow.contains("第2.0版"),
        "the id outlives the file's name: {tomorrow}"
    );
    let gone = git(&repository, &["log", "--format=%an", "--all", "--author=森"]);
    assert_eq!(gone, "", "who only approves needs no commit");
}
