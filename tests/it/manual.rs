//! The manual inside the program, what the program says of itself, and the paths that people type.

use std::path::{Path, PathBuf};
use std::process::Command;

#[cfg(target_os = "linux")]
use crate::support::Repo;

/// The program in a folder, in a language, with nobody at the terminal.
fn kitei(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kitei"));
    command.args(arguments).current_dir(folder).env("LC_ALL", "en_GB.UTF-8");
    let output = command.output().expect("kitei runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What is written as code on a page: inline code, and blocks without their comments.
fn code(page: &str) -> String {
    let (mut text, mut fenced) = (String::new(), false);
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            // Comments beside a key name the values that it takes.
            text.push_str(line);
            text.push('\n');
        } else {
            line.split('`').skip(1).step_by(2).for_each(|inline| {
                text.push_str(inline);
                text.push('\n');
            });
        }
    }
    text
}

fn holds_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

/// Every Rust file below `src` that reads TOML key by key, without its tests.
fn readers() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root];
    let mut texts = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("parse/table.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                let mut text = text.split("#[arg(").enumerate().map(without_arguments).collect::<String>();
                // A kind of ledger entry is declared: a key is the name of a field, unless another is stated.
                if let Some((_, declared)) = text.clone().split_once("entry_kind! {") {
                    let fields = declared.split("\n}").next().unwrap_or_default().lines();
                    let names = fields.filter_map(|line| line.trim().strip_suffix(',')?.split_once(": "));
                    let names = names.map(|(name, _)| name).filter(|name| !name.contains([' ', ',']));
                    text.extend(names.map(|name| format!("\"{name}\"")));
                }
                if text.contains("TableReader") || text.contains("read_toml(") {
                    texts.push(without_messages(&text));
                }
            }
        }
    }
    texts
}

/// A text without the keys of messages and the names of their arguments.
fn without_messages(text: &str) -> String {
    let without = |text: &str, start: &str| {
        let mut parts = text.split(start);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('"').map_or("", |(_, rest)| rest))
    };
    without(&without(text, "Text::new(\""), ".arg(\"")
}

/// What follows the arguments that say how a command asks for a key; they name options, not keys.
fn without_arguments((at, part): (usize, &str)) -> &str {
    if at == 0 { part } else { part.split_once(")]").map_or("", |(_, rest)| rest) }
}

#[test]
fn every_key_and_value_that_the_program_reads_is_in_both_guides() {
    let mut words: Vec<String> = Vec::new();
    for text in readers() {
        for quoted in text.split('"').skip(1).step_by(2) {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
            if quoted.starts_with(|c: char| c.is_ascii_lowercase()) && quoted.chars().all(plain) {
                words.push(quoted.to_owned());
            }
        }
    }
    words.sort();
    words.dedup();
    assert!(words.len() > 100 && words.iter().any(|word| word == "announced_within"), "{words:?}");
    for (guide, registers) in [("format.md", "registers.md"), ("format.ja.md", "registers.ja.md")] {
        let text = code(&(read(&format!("docs/{guide}")) + &read(&format!("docs/{registers}"))));
        let missing: Vec<_> = words.iter().filter(|word| !holds_word(&text, word)).collect();
        assert!(missing.is_empty(), "{guide} and {registers} do not name {missing:?}");
    }
}

#[test]
fn links_between_pages_of_the_manual_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages: Vec<PathBuf> = std::fs::read_dir(root.join("docs")).unwrap().map(|e| e.unwrap().path()).collect();
    pages.extend(["README.md", "README.ja.md", "CONTRIBUTING.md", "ARCHITECTURE.md"].map(|name| root.join(name)));
    let mut links = 0;
    for page in pages.iter().filter(|page| page.extension().is_some_and(|ending| ending == "md")) {
        let text = std::fs::read_to_string(page).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            if path.contains("://") || path.contains(' ') || !path.is_empty() && !path.contains(['.', '/']) {
                continue;
            }
            let file = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            // Examples of the format guide lead into a handbook.
            if path.starts_with("../controls") || path.starts_with("kitei:") {
                continue;
            }
            assert!(file.exists(), "{}: {target}", page.display());
            if !anchor.is_empty() && file.extension().is_some_and(|ending| ending == "md") {
                let found = std::fs::read_to_string(&file).unwrap();
                let mut slugs = found.lines().filter(|line| line.starts_with('#')).map(slug);
                assert!(slugs.any(|slug| slug == anchor), "{}: {target}", page.display());
            }
            links += 1;
        }
    }
    assert!(links > 60, "{links}");
}

/// The anchor that forges give a heading.
fn slug(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | 'ー'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn the_manual_is_shown_by_topic_in_the_language_asked_for() {
    let temp = tempfile::tempdir().unwrap();
    let (code, contents, _) = kitei(temp.path(), &["help"]);
    assert_eq!(code, 0);
    for word in ["installing", "guide", "format", "registers", "evidence", "hosting", "approve", "check"] {
        assert!(contents.lines().any(|line| line.trim_start().starts_with(&format!("{word} "))), "{word}\n{contents}");
    }
    for (language, page) in [("en", "docs/format.md"), ("ja", "docs/format.ja.md")] {
        assert_eq!(kitei(temp.path(), &["help", "format", "--lang", language]), (0, read(page), String::new()));
    }
    let (code, help, _) = kitei(temp.path(), &["help", "check"]);
    assert!(code == 0 && help.contains("kitei check [OPTIONS]") && help.contains("--write-baseline"), "{help}");
    let (code, help, _) = kitei(temp.path(), &["help", "import", "documents"]);
    assert!(code == 0 && help.contains("kitei import documents"), "{help}");
    let (code, _, complaint) = kitei(temp.path(), &["help", "formt"]);
    assert!(code == 2 && complaint.contains("format"), "{complaint}");
}

#[test]
fn help_speaks_the_language_of_the_person_then_of_the_handbook() {
    let temp = tempfile::tempdir().unwrap();
    assert_eq!(kitei(temp.path(), &["init", "book", "--organisation", "A"]).0, 0);
    let english = |locale: &str, folder: &Path, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kitei"));
        command.args(arguments).current_dir(folder).env("LC_ALL", locale);
        let output = command.output().expect("kitei runs");
        String::from_utf8_lossy(&output.stdout).contains("Usage: ")
    };
    let book = temp.path().join("book");
    for (locale, outside, inside) in
        [("C.UTF-8", false, true), ("POSIX", false, true), ("de_DE.UTF-8", true, true), ("ja_JP.UTF-8", false, false)]
    {
        assert_eq!(english(locale, temp.path(), &["--help"]), outside, "{locale}");
        assert_eq!(english(locale, &book, &["check", "--help"]), inside, "{locale}");
        assert_eq!(english(locale, temp.path(), &["-C", "book", "help", "check"]), inside, "{locale}");
    }
}

#[test]
fn the_program_says_what_it_was_made_of() {
    let temp = tempfile::tempdir().unwrap();
    let short = format!("kitei {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(kitei(temp.path(), &["-V"]), (0, short.clone(), String::new()));
    let (code, long, _) = kitei(temp.path(), &["--version"]);
    assert!(code == 0 && long.starts_with(&short), "{long}");
    for line in ["commit: ", "features: ", "target: "] {
        let found = long.lines().filter_map(|given| given.strip_prefix(line)).collect::<Vec<_>>();
        assert!(matches!(found[..], [value] if !value.is_empty()), "{line}{long}");
    }
}

#[test]
fn a_path_beside_the_handbook_is_not_taken_for_one_inside_it() {
    let temp = tempfile::tempdir().unwrap();
    let book = temp.path().join("book");
    std::fs::create_dir(&book).unwrap();
    let said = |folder: &Path, arguments: &[&str]| {
        let (code, _, words) = kitei(folder, arguments);
        assert_eq!(code, 0, "{arguments:?}: {words}");
        words
    };
    said(&book, &["init", ".", "--organisation", "A"]);
    // As README and guide have it, standing in a handbook.
    said(&book, &["init", "../other", "--organisation", "B"]);
    assert!(temp.path().join("other/kitei.toml").exists());
    let words = said(&book.join("policies"), &["build", "--out", "../../out/../site"]);
    assert!(temp.path().join("site/build.json").exists() && !words.contains(".."), "{words}");
    let (code, _, words) = kitei(&book, &["init", "policies/../deeper"]);
    assert!(code == 2 && words.contains("already"), "inside a handbook there is no other: {words}");
    // Seen from another folder, by a relative path.
    said(temp.path(), &["-C", "./book/../book", "check", "policies"]);
    said(temp.path(), &["-C", "book", "check", "--write-baseline", "known.toml"]);
    assert!(book.join("known.toml").exists());
    said(temp.path(), &["-C", "book", "man", "--out", "../man"]);
    assert!(temp.path().join("man/kitei-help.1").exists());
}

#[test]
fn a_new_handbook_has_the_same_bytes_on_every_system() {
    let temp = tempfile::tempdir().unwrap();
    let (code, _, words) = kitei(temp.path(), &["init", "book", "--organisation", "A"]);
    assert_eq!(code, 0, "{words}");
    let attributes = std::fs::read_to_string(temp.path().join("book/.gitattributes")).unwrap();
    assert!(attributes.lines().any(|line| line == "* text=auto eol=lf"), "{attributes}");
    // A repository that has attributes keeps them.
    let other = temp.path().join("other");
    std::fs::create_dir_all(other.join(".git")).unwrap();
    let git = Command::new("git").args(["init", "-q", "-b", "main", "."]).current_dir(&other).status().unwrap();
    assert!(git.success());
    std::fs::write(other.join(".gitattributes"), "*.bin binary\n").unwrap();
    let (code, _, words) = kitei(&other, &["init", ".", "--organisation", "A"]);
    assert!(code == 0 && words.contains("* text=auto eol=lf"), "{words}");
    assert_eq!(std::fs::read_to_string(other.join(".gitattributes")).unwrap(), "*.bin binary\n");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_of_a_progress_bar_stays_on_a_terminal() {
    let repo = Repo::new();
    repo.policy("policies/p.md", "P-01", "1.0", "text");
    repo.commit("start");
    let line = format!("{} list", env!("CARGO_BIN_EXE_kitei"));
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(repo.path()).env("TERM", "xterm").env("NO_COLOR", "1");
    let output = command.output().expect("util-linux has script");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && shown.contains("P-01"), "{shown}");
    // Each bar is wiped from its line before anything else is written there.
    let after = shown.rsplit(['░', '█']).next().unwrap_or_default();
    let drawn = shown.contains(['░', '█']);
    assert!(!drawn || after.split("P-01").next().unwrap_or_default().contains("\u{1b}[2K"), "{shown:?}");
}

#[test]
fn what_cannot_be_read_is_answered_in_the_persons_language_with_an_example() {
    let repo = tempfile::tempdir().unwrap();
    let book = repo.path().join("book");
    assert_eq!(kitei(repo.path(), &["init", "book", "--organisation", "A"]).0, 0);
    let said = |locale: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kitei"));
        let output = command.args(arguments).current_dir(&book).env("LC_ALL", locale).output().expect("kitei runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for written in ["2026/12/1", "令和8年12月1日", "today"] {
        assert_eq!(said("ja_JP.UTF-8", &["list", "--as-of", written]), (Some(0), String::new()), "{written}");
    }
    for (arguments, words) in [
        (&["list", "--as-of", "2026-02-30"][..], &["--as-of", "2026-02-30", "令和8年12月1日"][..]),
        (&["compare", "P-01"], &["足りない引数", "<OLD>", "<NEW>"]),
        (&["list", "--format", "cvs"], &["--format", "cvs", "csv"]),
        (&["lst"], &["lst", "list"]),
        (&["list", "--formt", "csv"], &["--formt", "--format"]),
    ] {
        let (code, answer) = said("ja_JP.UTF-8", arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(words.iter().all(|word| answer.contains(word)), "{arguments:?}: {answer}");
        assert!(answer.starts_with("エラー: ") && !answer.contains("error:") && !answer.contains("Usage"), "{answer}");
    }
    let (code, answer) = said("en_GB.UTF-8", &["list", "--as-of", "2026-02-30"]);
    assert!(code == Some(2) && answer.contains("2026/12/1"), "{answer}");
}
