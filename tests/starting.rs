//! Starting with kitei: a new handbook checks clean, and its first page is true line by line.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests prepare files and look at what was written")]

use std::path::Path;
use std::process::{Command, Output};

const DAY: &str = "2026-04-01";

/// Runs the program somewhere.
fn kitei(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kitei"));
    command.args(arguments).current_dir(folder);
    for name in ["LANG", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    words(&command.output().expect("kitei runs"))
}

/// Runs a line as it stands in a document, as a person would in a shell.
fn shell(folder: &Path, line: &str) -> (i32, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_kitei")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", line]).current_dir(folder).env("PATH", path);
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "p003")
        .env("GIT_AUTHOR_EMAIL", "office@example.com")
        .env("GIT_COMMITTER_NAME", "p003")
        .env("GIT_COMMITTER_EMAIL", "office@example.com")
        .env("GIT_AUTHOR_DATE", "2026-04-01T09:00:00+09:00")
        .env("GIT_COMMITTER_DATE", "2026-04-01T09:00:00+09:00");
    words(&command.output().expect("bash runs"))
}

fn words(output: &Output) -> (i32, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout) + &text(&output.stderr))
}

/// A new handbook in a language.
fn new_handbook(folder: &Path, language: &str) {
    let arguments = ["init", ".", "--lang", language, "--organisation", "例示商事", "--as-of", DAY];
    let (code, words) = kitei(folder, &arguments);
    assert_eq!(code, 0, "{words}");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_first_page_of_a_new_handbook_is_true_line_by_line() {
    for language in ["ja", "en"] {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path();
        new_handbook(root, language);
        assert_eq!(std::fs::read_to_string(root.join(".git/HEAD")).unwrap().trim(), "ref: refs/heads/main");
        let (code, words) = kitei(root, &["check", "--strict", "--as-of", DAY, "--format", "short"]);
        assert_eq!(code, 0, "{words}");

        let page = std::fs::read_to_string(root.join("README.md")).unwrap();
        let mut ran = Vec::new();
        for line in page.lines().filter_map(|line| line.strip_prefix("    ")) {
            // The preview waits for a browser.
            if line.starts_with("kitei serve") {
                continue;
            }
            let dated = ["check", "approve", "build", "due"].iter().any(|c| line.starts_with(&format!("kitei {c}")));
            let more = match (dated, line.starts_with("kitei approve")) {
                (true, true) => format!(" --as-of {DAY} --yes"),
                (true, false) => format!(" --as-of {DAY}"),
                (false, _) => String::new(),
            };
            let (code, words) = shell(root, &format!("{line}{more}"));
            assert_eq!(code, 0, "{language}: {line}\n{words}");
            ran.push(line.split(' ').nth(1).unwrap_or_default().to_owned());
        }
        let expected = "check add commit approve approve add commit build new due export";
        assert_eq!(ran.join(" "), expected, "{language}");
        // What was approved is published.
        let built = names(&root.join("public/documents"));
        for id in ["P-01", "C-6.8", "S-01"] {
            assert!(built.contains(&format!("{id}.html")), "{built:?}");
        }
        assert_eq!(kitei(root, &["check", "--as-of", DAY]).0, 0);
        let new = std::fs::read_to_string(root.join("procedures/s-02.md")).unwrap();
        assert!(new.contains("id = \"S-02\""), "{new}");
        assert!(std::fs::read_to_string(root.join("CODEOWNERS")).unwrap().contains("/records/ledger/"));
    }
}

#[test]
fn a_folder_with_other_things_in_it_is_left_as_it_is() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("thesis");
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("chapter.txt"), "years of work").unwrap();
    let arguments = ["init", "thesis", "--organisation", "例示商事"];
    let (code, words) = kitei(temp.path(), &arguments);
    assert_eq!((code, words.contains("空ではありません")), (2, true), "{words}");
    assert_eq!(names(&root), ["chapter.txt"]);
    assert_eq!(names(temp.path()), ["thesis"], "no remains");

    // A name that cannot be one, and none where nobody can be asked.
    for more in [vec!["--organisation", "a\nb"], vec!["--organisation", " "], vec![]] {
        let (code, words) = kitei(temp.path(), &[&["init", "new"][..], &more].concat());
        assert_eq!(code, 2, "{words}");
        assert!(!temp.path().join("new").exists());
    }
    let zone = ["init", "new", "--organisation", "例示商事", "--timezone", "Asia/Nowhere"];
    assert_eq!(kitei(temp.path(), &zone).0, 2);
    assert_eq!(names(temp.path()), ["thesis"], "no remains");
}

#[test]
fn a_repository_as_a_forge_makes_it_is_extended() {
    let repo = tempfile::tempdir().unwrap();
    let root = repo.path();
    assert_eq!(shell(root, "git init -q -b trunk . && echo '# x' > README.md && echo target > .gitignore").0, 0);
    new_handbook(root, "ja");
    assert_eq!(std::fs::read_to_string(root.join("README.md")).unwrap(), "# x\n");
    assert_eq!(std::fs::read_to_string(root.join(".gitignore")).unwrap(), "target\n");
    assert!(std::fs::read_to_string(root.join("GETTING-STARTED.md")).unwrap().contains("例示商事"));
    assert_eq!(std::fs::read_to_string(root.join(".git/HEAD")).unwrap().trim(), "ref: refs/heads/trunk");
    assert_eq!(kitei(root, &["check", "--strict", "--as-of", DAY]).0, 0);

    // Begun once, it is not begun again, nor below.
    for dir in [".", "policies", "policies/new"] {
        let (code, words) = kitei(root, &["init", dir, "--organisation", "例示商事"]);
        assert_eq!((code, words.contains("既にハンドブック")), (2, true), "{words}");
    }
    assert!(!root.join("policies/new").exists());
}

#[test]
fn a_file_in_the_way_is_named_and_nothing_is_written() {
    let repo = tempfile::tempdir().unwrap();
    let root = repo.path();
    assert_eq!(shell(root, "git init -q . && mkdir records && echo x > records/roles.toml").0, 0);
    let (code, words) = kitei(root, &["init", ".", "--organisation", "例示商事"]);
    assert_eq!((code, words.contains("roles.toml")), (2, true), "{words}");
    assert_eq!(names(root), [".git", "records"]);
    assert_eq!(names(&root.join("records")), ["roles.toml"]);
}

#[test]
fn a_folder_of_a_repository_gets_no_repository_of_its_own() {
    let repo = tempfile::tempdir().unwrap();
    let root = repo.path();
    assert_eq!(shell(root, "git init -q . && mkdir -p docs").0, 0);
    let (code, words) = kitei(root, &["init", "docs/isms", "--organisation", "例示商事", "--as-of", DAY]);
    assert_eq!(code, 0, "{words}");
    assert!(!root.join("docs/isms/.git").exists());
    assert_eq!(kitei(&root.join("docs/isms"), &["check", "--strict", "--as-of", DAY]).0, 0);
}
