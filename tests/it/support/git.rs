//! git with nothing of the machine's configuration, at a time that the caller names. The benchmark uses it too.

use std::path::Path;
use std::process::Command;

/// git in a folder, ready to be started; for runs that may fail.
pub fn command(folder: &Path, time: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=佐藤", "-c", "user.email=sato@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", time)
        .env("GIT_COMMITTER_DATE", time);
    command
}

/// Runs git, which has to succeed, and returns what it prints.
pub fn git(folder: &Path, time: &str, arguments: &[&str]) -> String {
    let output = command(folder, time, arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}
