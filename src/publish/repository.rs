//! New git repositories: with `commits`, which gives them a past, the one place where git is written. What is in a repository is read by `history` alone.

use std::path::Path;

use git2::{Repository, RepositoryInitOptions};

use super::error::PublishError;

/// Makes an empty repository with the branch `main` in a folder that has none, whatever the machine's own settings are.
pub fn new_repository(folder: &Path) -> Result<(), PublishError> {
    let mut options = RepositoryInitOptions::new();
    options.no_reinit(true).external_template(false).initial_head("main");
    Repository::init_opts(folder, &options)
        .map(|_| ())
        .map_err(|error| PublishError::Git { path: folder.to_owned(), reason: error.message().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_begins_on_main_and_is_not_begun_twice() {
        let temp = tempfile::tempdir().unwrap();
        new_repository(temp.path()).unwrap();
        assert_eq!(std::fs::read_to_string(temp.path().join(".git/HEAD")).unwrap().trim(), "ref: refs/heads/main");
        assert!(matches!(new_repository(temp.path()), Err(PublishError::Git { .. })));
    }
}
