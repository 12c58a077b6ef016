//! The example company as the program writes it.

use std::path::{Path, PathBuf};

use super::wordings::value;
use crate::support::fixture::{copy, fixture};
use crate::support::{self, good, scratch};

/// Runs git as somebody of the company on a day after the story.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    support::git::git(folder, "2026-11-28T09:00:00+09:00", arguments)
}

/// The repository, to be read alone. It is written elsewhere first: a handbook does not begin inside another repository.
pub fn company() -> PathBuf {
    fixture("company", |folder| {
        let elsewhere = scratch();
        good(elsewhere.path(), &["init", "--quiet", "--example", "company"]);
        copy(&elsewhere.path().join("company"), folder);
    })
}

/// A clone of it to change.
pub struct Copy(tempfile::TempDir);

impl Copy {
    /// All of it, or its newest commits only.
    pub fn new(options: &[&str]) -> Self {
        let temp = scratch();
        let address = format!("file://{}", company().display());
        git(temp.path(), &[&["clone", "-q"], options, &[address.as_str(), "."]].concat());
        Self(temp)
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Replaces words in a file that holds them.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(old), "{path} holds {old}");
        std::fs::write(self.path().join(path), text.replacen(old, new, 1)).unwrap();
    }

    /// Changes the text of a document: what its first sentence says is said to be so by these words.
    pub fn reword(&self, path: &str, words: &str) {
        let text = std::fs::read_to_string(self.path().join(path)).unwrap();
        let (front, body) = text.split_once("\n+++\n").expect("a document");
        let body = body.replacen('。', &format!("（{words}）。"), 1);
        std::fs::write(self.path().join(path), format!("{front}\n+++\n{body}")).unwrap();
    }

    /// Gives a document the next full version, and says which.
    pub fn raise(&self, path: &str) -> String {
        let text = std::fs::read_to_string(self.path().join(path)).unwrap();
        let old = value(&text, "version").expect("a version");
        let major: u32 = old.split('.').next().and_then(|it| it.parse().ok()).expect("a number");
        let new = format!("{}.0", major + 1);
        self.replace(path, &format!("version = \"{old}\""), &format!("version = \"{new}\""));
        new
    }

    /// Adds text at the end of a file.
    pub fn append(&self, path: &str, more: &str) {
        let text = std::fs::read_to_string(self.path().join(path)).unwrap();
        std::fs::write(self.path().join(path), text + more).unwrap();
    }
}

/// The words of a page without its marks.
pub fn words(html: &str) -> String {
    let mut words = String::new();
    for part in html.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    words
}
