//! History that is incomplete, replaced, rewritten or damaged: every command that rests on it says so, and none reports
//! as sound what it could not look at.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use crate::support::Repo;

const DAY: &str = "2026-11-20";
const PATH: &str = "policies/a.md";

/// P-01 in two approved versions, and a draft of a third.
fn handbook() -> Repo {
    let repo = Repo::new();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    for (version, on, effective) in [("1.0", "2026-03-20", "2026-04-01"), ("2.0", "2026-05-20", "2026-06-01")] {
        repo.policy(PATH, "P-01", version, &format!("第{version}版の文面とする。"));
        repo.approve("P-01", on, effective);
        repo.commit_at(&format!("{on}T15:00:00+09:00"), "改訂");
    }
    repo.policy(PATH, "P-01", "3.0", "草案とする。");
    repo.commit_at("2026-07-01T09:00:00+09:00", "草案");
    repo
}

fn partial_clone_of(other: &Repo) -> Repo {
    let repo = Repo::new();
    // On the same file system, so that the clone can be renamed.
    let folder = tempfile::tempdir_in(repo.path()).unwrap();
    let place = folder.path().join("clone");
    let address = format!("file://{}", other.path().display());
    other.git(&["clone", "-q", "--filter=blob:none", &address, place.to_str().unwrap()]);
    std::fs::remove_dir_all(repo.at(".git")).unwrap();
    std::fs::rename(place.join(".git"), repo.at(".git")).unwrap();
    folder.close().unwrap();
    repo.git(&["reset", "-q", "--hard"]);
    repo
}

/// The codes of what `check` finds in history, and where.
fn found(repo: &Repo) -> Vec<String> {
    let run = repo.kitei(&["check", "--format", "short", "--as-of", DAY]);
    assert!(run.code < 2, "{}", run.stderr);
    let of_history = ["LED017", "LED018", "LED019", "LED020"];
    let lines = run.stdout.lines().filter(|line| of_history.iter().any(|code| line.contains(code)));
    let mut found: Vec<String> = lines.map(|line| line.split(']').next().unwrap_or(line).to_owned()).collect();
    // Of several objects that are missing each is told.
    found.dedup();
    found
}

/// Every command that rests on history says these words, whether or not it comes to a result.
fn all_say(repo: &Repo, words: &str) {
    let commands: [&[&str]; 8] = [
        &["soa", "--as-of", DAY],
        &["export", "codeowners", "--as-of", DAY],
        &["list", "--as-of", DAY],
        &["log", "--as-of", DAY],
        &["due", "--as-of", DAY],
        &["compare", "P-01", "1.0", "2.0", "--as-of", DAY],
        &["build", "--as-of", DAY, "--quiet"],
        &[
            "approve",
            "P-01",
            "--dry-run",
            "--yes",
            "--drafter",
            "sato",
            "--on",
            DAY,
            "--effective",
            DAY,
            "--as-of",
            DAY,
        ],
    ];
    for command in commands {
        let run = repo.kitei(command);
        assert!(run.stderr.contains(words), "{command:?} says nothing of it:\n{}{}", run.stdout, run.stderr);
    }
    let (page, stderr) = served(repo);
    assert!(stderr.contains(words), "serve says nothing of it: {stderr}");
    assert!(page.is_none_or(|page| page.contains(words)), "the preview's pages say nothing of it");
}

/// The first page of a preview, where there is one, and what the preview said up to then.
fn served(repo: &Repo) -> (Option<String>, String) {
    let mut child = repo
        .command(&["serve", "--quiet", "--port", "0", "--as-of", DAY])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let url = BufReader::new(child.stdout.take().unwrap()).lines().next();
    let page = url.map(|url| {
        let url = url.unwrap();
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        let mut page = String::new();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        stream.read_to_string(&mut page).unwrap();
        page
    });
    let _ = child.kill();
    let stderr = child.wait_with_output().unwrap().stderr;
    (page, String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn a_whole_history_gives_no_reason_to_speak() {
    let repo = handbook();
    assert_eq!(found(&repo), [""; 0]);
    let run = repo.kitei(&["list", "--as-of", DAY]);
    assert_eq!(run.stderr, "");
    assert_eq!(served(&repo).1, "");
}

#[test]
fn a_shallow_clone_is_stated() {
    let clone = Repo::shallow_clone_of(&handbook());
    assert_eq!(found(&clone), ["kitei.toml:1:1: warning[LED018"]);
    all_say(&clone, "浅いクローン");
    assert_eq!(clone.kitei(&["build", "--as-of", DAY]).code, 0, "the text in force is in its copy");
}

#[test]
fn a_partial_clone_is_stated() {
    let clone = partial_clone_of(&handbook());
    let found = found(&clone);
    assert_eq!(found, ["kitei.toml:1:1: warning[LED018", "kitei.toml:1:1: error[LED018"], "partial, and so unreadable");
    all_say(&clone, "部分クローン");
}

#[test]
fn grafts_and_replacements_are_stated_and_not_followed() {
    let repo = handbook();
    let log = |repo: &Repo| repo.good(&["log", "--format", "json", "--as-of", DAY]);
    let before = log(&repo);
    let (head, first) = (repo.git(&["rev-parse", "HEAD"]), repo.git(&["rev-parse", "HEAD~2"]));
    std::fs::create_dir_all(repo.at(".git/info")).unwrap();
    std::fs::write(repo.at(".git/info/grafts"), format!("{head} {first}\n")).unwrap();
    assert_eq!(found(&repo), ["kitei.toml:1:1: warning[LED019"]);
    all_say(&repo, "grafts");
    assert_eq!(log(&repo), before);
    std::fs::remove_file(repo.at(".git/info/grafts")).unwrap();
    repo.git(&["replace", &head, &first]);
    assert_eq!(found(&repo), ["kitei.toml:1:1: warning[LED019"]);
    all_say(&repo, "git replace");
    assert_eq!(log(&repo), before);
}

#[test]
fn a_ledger_rewritten_in_history_is_stated() {
    let repo = handbook();
    let ledger = repo.read("records/ledger/P-01.toml");
    repo.write("records/ledger/P-01.toml", ledger.replace("2026-03-20", "2026-03-10"));
    repo.commit_at("2026-07-02T09:00:00+09:00", "承認日を直す");
    assert_eq!(found(&repo), ["records/ledger/P-01.toml:1:1: error[LED017"]);
    // Nor does it help to rewrite it again.
    repo.write("records/ledger/P-01.toml", ledger.replace("2026-03-20", "2026-03-11"));
    assert_eq!(found(&repo), ["records/ledger/P-01.toml:1:1: error[LED017"]);
}

#[test]
fn a_missing_object_is_stated_and_no_published_text_is_lost_with_it() {
    let repo = handbook();
    let remove = |name: &str| {
        let object = repo.git(&["rev-parse", name]);
        std::fs::remove_file(repo.at(&format!(".git/objects/{}/{}", &object[..2], &object[2..]))).unwrap();
        object
    };
    let ledger = remove("HEAD~2:records/ledger/P-01.toml");
    let run = repo.kitei(&["check", "--as-of", DAY]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("LED018") && run.stdout.contains(&ledger), "{}", run.stdout);
    // What is published is in the tree of one commit.
    repo.good(&["build", "--as-of", DAY]);
}

#[test]
fn a_history_that_was_read_before_hides_no_loss() {
    let repo = handbook();
    repo.good(&["build", "--as-of", DAY]);
    let text = repo.git(&["rev-parse", "HEAD~2:records/ledger/P-01.toml"]);
    std::fs::remove_file(repo.at(&format!(".git/objects/{}/{}", &text[..2], &text[2..]))).unwrap();
    let run = repo.kitei(&["check", "--as-of", DAY]);
    assert!(run.stdout.contains(&text), "{}{}", run.stdout, run.stderr);
}

#[test]
fn clocks_that_cannot_be_right_are_stated() {
    let repo = handbook();
    repo.policy("policies/b.md", "P-02", "1.0", "遅れた時計で記録する。");
    repo.approve("P-02", "2026-03-10", "2026-04-01");
    repo.commit_at("2026-03-11T09:00:00+09:00", "制定");
    assert_eq!(found(&repo), ["records/ledger/P-02.toml:1:1: warning[LED020"]);
    repo.write("memo.txt", "先の日付");
    repo.commit_at("2099-01-01T00:00:00+09:00", "進んだ時計");
    // Without --as-of the date is the clock's.
    for command in [&["list"][..], &["check"], &["due"], &["log"]] {
        let run = repo.kitei(command);
        assert!(run.stderr.contains("2099-01-01"), "{command:?}: {}", run.stderr);
    }
    assert!(!repo.kitei(&["list", "--as-of", DAY]).stderr.contains("2099"));
}
