//! A handbook in a temporary git repository, driven through the program as a person would.

pub mod browser;
pub mod copies;
pub mod corpus;
pub mod fixture;
pub mod git;
pub mod host;
pub mod imports;
pub mod memory;
pub mod past;
pub mod preview;
pub mod program;

use std::path::{Path, PathBuf};
use std::process::Command;

pub use fixture::scratch;
pub use program::{Run, finish, good, kitei};

/// Settings, roles and people of a small organisation, by path.
pub const BASE: [(&str, &str); 3] = [
    ("kitei.toml", include_str!("../../base/kitei.toml")),
    ("records/roles.toml", include_str!("../../base/records/roles.toml")),
    ("records/people.toml", include_str!("../../base/records/people.toml")),
];

/// A temporary repository with the settings, roles and people of `tests/base`.
pub struct Repo {
    folder: tempfile::TempDir,
}

impl Repo {
    /// A new repository; nothing is committed yet.
    pub fn new() -> Self {
        let repo = Self { folder: scratch() };
        repo.git(&["init", "-q", "-b", "main", "."]);
        for (path, text) in BASE {
            repo.write(path, text);
        }
        repo
    }

    /// A clone of another repository.
    pub fn clone_of(other: &Self) -> Self {
        Self::cloned(other, &[])
    }

    /// A clone that holds the newest commit only.
    pub fn shallow_clone_of(other: &Self) -> Self {
        Self::cloned(other, &["--depth", "1"])
    }

    fn cloned(other: &Self, options: &[&str]) -> Self {
        let repo = Self { folder: scratch() };
        let address = format!("file://{}", other.path().display());
        repo.git(&[&["clone", "-q"], options, &[address.as_str(), "."]].concat());
        repo
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A path in it.
    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().expect("a path inside")).expect("folders");
        std::fs::write(path, content).expect("a file");
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs git with nothing of the machine's configuration and a fixed clock.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_at("2026-04-01T09:00:00+09:00", arguments)
    }

    /// The same with another time on the clock.
    pub fn git_at(&self, time: &str, arguments: &[&str]) -> String {
        git::git(self.path(), time, arguments)
    }

    /// Git, ready to be started; for runs that may fail.
    pub fn git_command(&self, time: &str, arguments: &[&str]) -> Command {
        git::command(self.path(), time, arguments)
    }

    /// Commits everything at a time and returns the commit's name.
    pub fn commit_at(&self, time: &str, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git_at(time, &["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Commits everything and returns the commit's name.
    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs the program in the repository.
    pub fn kitei(&self, arguments: &[&str]) -> Run {
        kitei(self.path(), arguments)
    }

    /// The program, ready to be started in the repository.
    pub fn command(&self, arguments: &[&str]) -> Command {
        program::command(self.path(), arguments)
    }

    /// Runs the program and expects exit code 0.
    pub fn good(&self, arguments: &[&str]) -> String {
        good(self.path(), arguments)
    }

    /// A policy of one article.
    pub fn policy(&self, path: &str, id: &str, version: &str, text: &str) {
        self.write(
            path,
            format!(
                "+++\nid = \"{id}\"\ntitle = \"規程{id}\"\nversion = \"{version}\"\nowner = \"office\"\n+++\n\n### 目的 {{#purpose}}\n\n{text}\n"
            ),
        );
    }

    /// Approves the version in the tree by the board.
    pub fn approve(&self, id: &str, on: &str, effective: &str) {
        // Whatever the machine's clock says, the approval is recorded on the day on which it was given.
        let days = ["--on", on, "--effective", effective, "--as-of", on];
        self.good(&[&["approve", id, "--yes", "--drafter", "sato"], &days[..]].concat());
    }
}

/// Compares a whole output with a file of this repository; `SNAPSHOTS=overwrite` makes the file again.
pub fn snapshot(path: &Path, actual: &str) {
    let expected = snapbox::Data::read_from(path, Some(snapbox::data::DataFormat::Text));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(snapbox::Data::text(actual.to_owned()).raw(), expected.raw());
}
