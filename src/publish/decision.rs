//! What a decision writes: approved copies with their pictures and attachments, and the entries of the ledger. All of it, or
//! nothing where something cannot be written.

use std::fs;
use std::path::PathBuf;

use super::error::PublishError;
use super::file::{append_atomic, create_all, write_atomic};

/// The files of a decision.
#[derive(Debug, Default)]
pub struct DecisionFiles {
    /// New files, which nothing may stand in the place of.
    pub created: Vec<(PathBuf, Vec<u8>)>,
    /// What is added at the end of other files.
    pub appended: Vec<Appended>,
}

/// An addition to a file.
#[derive(Debug)]
pub struct Appended {
    /// The file.
    pub path: PathBuf,
    /// What it holds; `None` where it is new.
    pub before: Option<Vec<u8>>,
    /// What is added.
    pub addition: Vec<u8>,
}

/// Writes a decision. Copies come first: an entry never stands without its copy.
///
/// # Errors
/// Where a file cannot be written, or was changed since it was read; everything written before is taken back.
pub fn write_decision(files: &DecisionFiles) -> Result<(), PublishError> {
    create_all(&files.created)?;
    for (done, Appended { path, before, addition }) in files.appended.iter().enumerate() {
        if let Err(error) = append_atomic(path, before.as_deref(), addition) {
            take_back(files, done);
            return Err(error);
        }
    }
    Ok(())
}

/// Takes back what was created, and the first so many additions. Best effort: what stays is whole, and `check` finds it.
fn take_back(files: &DecisionFiles, appended: usize) {
    for Appended { path, before, .. } in &files.appended[..appended] {
        let _ = match before {
            Some(before) => write_atomic(path, before).is_ok(),
            None => fs::remove_file(path).is_ok(),
        };
    }
    for (path, _) in &files.created {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_written_whole_or_not_at_all() {
        let temp = tempfile::tempdir().unwrap();
        let at = |name: &str| temp.path().join(name);
        fs::write(at("P-01.toml"), "one\n").unwrap();
        fs::write(at("P-02.toml"), "changed meanwhile\n").unwrap();
        let addition = |name: &str, before: Option<&str>| Appended {
            path: at(name),
            before: before.map(|before| before.as_bytes().to_vec()),
            addition: b"two\n".to_vec(),
        };
        let decision = |last: Appended| DecisionFiles {
            created: vec![(at("approved/P-01/1.0.md"), b"copy".to_vec())],
            appended: vec![addition("P-01.toml", Some("one\n")), addition("P-03.toml", None), last],
        };
        let refused = write_decision(&decision(addition("P-02.toml", Some("one\n"))));
        assert!(matches!(refused, Err(PublishError::Changed { path }) if path == at("P-02.toml")));
        assert_eq!(fs::read_to_string(at("P-01.toml")).unwrap(), "one\n");
        assert!(!at("P-03.toml").exists() && !at("approved/P-01/1.0.md").exists());

        write_decision(&decision(addition("P-02.toml", Some("changed meanwhile\n")))).unwrap();
        assert_eq!(fs::read_to_string(at("P-01.toml")).unwrap(), "one\ntwo\n");
        assert_eq!(fs::read_to_string(at("P-03.toml")).unwrap(), "two\n");
        assert_eq!(fs::read(at("approved/P-01/1.0.md")).unwrap(), b"copy");
    }
}
