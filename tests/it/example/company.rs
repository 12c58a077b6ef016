//! The example company as the program writes it, once for each build of the tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::UNIX_EPOCH;

use kitei::digest::sha256_hex;

/// What a run of the program came to.
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs the program in a folder.
pub fn kitei(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kitei"));
    command.args(arguments).current_dir(folder);
    for name in ["LANG", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.output().expect("kitei runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run { code: status.code().unwrap_or(-1), stdout: text(stdout), stderr: text(stderr) }
}

/// The same, expecting exit code 0.
pub fn good(folder: &Path, arguments: &[&str]) -> String {
    let run = kitei(folder, arguments);
    assert_eq!(run.code, 0, "kitei {arguments:?}\n{}{}", run.stdout, run.stderr);
    run.stdout
}

/// Runs git with nothing of the machine's configuration, as somebody of the company on a day after the story.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=佐藤 例子", "-c", "user.email=sato@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", "2026-11-28T09:00:00+09:00")
        .env("GIT_COMMITTER_DATE", "2026-11-28T09:00:00+09:00")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

/// The repository, to be read alone. Every test process of one build of the program shares it; those of its earlier builds
/// are cleared away. It lies outside of this repository: a handbook does not begin inside another one.
pub fn company() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_kitei"));
    let built = std::fs::metadata(program).and_then(|it| it.modified()).expect("the program");
    let built = built.duration_since(UNIX_EPOCH).expect("after 1970").as_nanos();
    let place = sha256_hex(program.as_os_str().as_encoded_bytes());
    let ours = format!("kitei-company-{}-", &place[..12]);
    let folder = scratch().path().parent().expect("a folder above").to_owned();
    let there = folder.join(format!("{ours}{built}"));
    if !there.exists() {
        for old in std::fs::read_dir(&folder).expect("a folder").flatten() {
            if old.file_name().to_string_lossy().starts_with(&ours) {
                let _ = std::fs::remove_dir_all(old.path());
            }
        }
        let made = tempfile::tempdir_in(&folder).expect("a folder");
        good(made.path(), &["init", "--quiet", "--example", "company"]);
        // Of two processes that make it at once, the first one's stays.
        if std::fs::rename(made.path().join("company"), &there).is_err() {
            assert!(there.exists());
        }
    }
    there
}

/// A folder that is removed again; in memory where the system has such a place, since nothing in it has to last.
pub fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    tempfile::tempdir_in(folder).expect("a folder")
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
