//! `kitei serve`, run by the program itself.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::support::Repo;

/// The day on which the example company's handbook is looked at.
pub const DAY: &str = "2026-11-20";

/// A preview of a repository, ended with the test.
pub struct Preview {
    child: Child,
    /// Its address, with a slash at the end.
    pub url: String,
}

impl Preview {
    /// Starts `kitei serve` on a root.
    pub fn of(repo: &Repo, root: &Path) -> Self {
        let mut child = repo
            .command(&["serve", "--quiet", "--port", "0", "--as-of", DAY, "--root", root.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().unwrap();
        let url = BufReader::new(stdout).lines().next().unwrap().unwrap();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        Self { child, url }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
