//! Whether what a repository holds can be evidence: what hides or replaces history, what is not committed, clocks that
//! disagree with the order of commits, and objects that are not what their names vouch for.

#![expect(clippy::disallowed_methods, reason = "this module alone reads git's own files")]

use jiff::Timestamp;
use rayon::prelude::*;

use super::git_objects::ObjectKind;
use super::git_objects::ObjectReader;
use super::range::oid;
use super::{BlobId, Commit, CommitId, HistoryError, Repository};

/// What makes git hide a part of history, or show another one than the objects record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The clone ends before the first commit.
    Shallow,
    /// The clone leaves objects at a remote.
    Partial,
    /// `.git/info/grafts` gives commits other parents.
    Grafts,
    /// These refs replace objects (`git replace`).
    Replaced(Vec<String>),
}

/// A commit whose clock cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockAnomaly {
    /// The commit.
    pub commit: CommitId,
    /// What is wrong.
    pub fault: ClockFault,
}

/// What is wrong with a commit's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockFault {
    /// It says that the commit was made before this parent.
    BeforeParent(CommitId),
    /// It says that the commit was made after the moment that was given.
    InTheFuture,
}

/// Commits of a walk whose committers' clocks disagree with their order, or run ahead of `now`; in the walk's order.
pub fn clock_anomalies(commits: &[Commit], now: Timestamp) -> Vec<ClockAnomaly> {
    let times: std::collections::BTreeMap<CommitId, Timestamp> =
        commits.iter().map(|commit| (commit.id, commit.committer.time)).collect();
    let mut found = Vec::new();
    for commit in commits {
        let time = commit.committer.time;
        let later = commit.parents.iter().find(|parent| times.get(parent).is_some_and(|theirs| *theirs > time));
        if let Some(parent) = later {
            found.push(ClockAnomaly { commit: commit.id, fault: ClockFault::BeforeParent(*parent) });
        }
        if time > now {
            found.push(ClockAnomaly { commit: commit.id, fault: ClockFault::InTheFuture });
        }
    }
    found
}

/// Neighbours share folder listings, which a reader remembers.
const SHARE: usize = 512;

impl Repository {
    /// Everything that makes this repository's history incomplete or other than recorded; none where it is whole.
    pub fn obstacles(&self) -> Vec<Obstacle> {
        let mut found = Vec::new();
        found.extend(self.is_shallow().then_some(Obstacle::Shallow));
        found.extend(self.is_partial().then_some(Obstacle::Partial));
        let grafts = std::fs::read(self.common_dir().join("info/grafts")).unwrap_or_default();
        found.extend((!grafts.trim_ascii().is_empty()).then_some(Obstacle::Grafts));
        let git = self.git();
        let mut refs: Vec<String> = git
            .references_glob("refs/replace/*")
            .map(|found| found.flatten().map(|one| String::from_utf8_lossy(one.name_bytes()).into_owned()).collect())
            .unwrap_or_default();
        refs.sort();
        found.extend((!refs.is_empty()).then_some(Obstacle::Replaced(refs)));
        found
    }

    /// Whether a commit is here.
    pub fn holds(&self, commit: CommitId) -> bool {
        self.commit_info(commit).is_ok()
    }

    /// Whether a commit is another one, or is reachable from it.
    pub fn is_reachable(&self, commit: CommitId, from: CommitId) -> Result<bool, HistoryError> {
        if commit == from {
            return Ok(true);
        }
        let git = self.git();
        let reachable = || git.graph_descendant_of(oid(from)?, oid(commit)?);
        reachable().map_err(|error| self.refused(&error))
    }

    /// Files below the handbook's root that differ from the commit checked out, or are not in it; ignored ones apart.
    /// None in a bare repository.
    pub fn uncommitted(&self) -> Result<Vec<String>, HistoryError> {
        let git = self.git();
        if git.is_bare() {
            return Ok(Vec::new());
        }
        let root = self.root_path();
        let mut options = git2::StatusOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(true).exclude_submodules(true);
        let statuses = git.statuses(Some(&mut options)).map_err(|error| self.refused(&error))?;
        let paths = statuses.iter().map(|entry| String::from_utf8_lossy(entry.path_bytes()).into_owned());
        let mut paths: Vec<String> = paths.filter_map(|path| path.strip_prefix(&root).map(str::to_owned)).collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// Reads commits, and files as they stand in commits, and holds every object on the way against its name.
    ///
    /// # Errors
    /// The first object that is missing, or is not what its name says.
    pub fn vouch(
        &self,
        commits: &[CommitId],
        files: &[(CommitId, String, BlobId)],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<(), HistoryError> {
        let reader = || ObjectReader::new(self.store().clone()).checking();
        commits.par_chunks(SHARE).try_for_each(|share| {
            let mut reader = reader();
            for id in share {
                Commit::parse(*id, &reader.read(id.0, ObjectKind::Commit)?)?;
            }
            progress(share.len());
            Ok::<_, HistoryError>(())
        })?;
        files.par_chunks(SHARE).try_for_each(|share| {
            let mut reader = reader();
            for (commit, path, blob) in share {
                let tree = Commit::parse(*commit, &reader.read(commit.0, ObjectKind::Commit)?)?.tree;
                if self.blob_in(&mut reader, tree, path)? != Some(*blob) {
                    return Err(HistoryError::corrupt(blob.0, format!("not at {path} in {commit}")));
                }
                reader.read(blob.0, ObjectKind::Blob)?;
            }
            progress(share.len());
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Fixture, document, files};
    use super::*;

    #[test]
    fn grafts_and_replacements_are_obstacles() {
        let mut fixture = Fixture::new();
        let first = fixture.commit(&[], &files([("a.md", document("P-01", "1"))]));
        let second = fixture.commit(&[first], &files([("a.md", document("P-01", "2"))]));
        assert!(fixture.open().obstacles().is_empty());
        let id = git2::Oid::from_str(&second.to_string()).unwrap();
        fixture.git.reference(&format!("refs/replace/{first}"), id, true, "test").unwrap();
        std::fs::create_dir_all(fixture.git.path().join("info")).unwrap();
        std::fs::write(fixture.git.path().join("info/grafts"), format!("{second}\n")).unwrap();
        let replaced = Obstacle::Replaced(vec![format!("refs/replace/{first}")]);
        assert_eq!(fixture.open().obstacles(), [Obstacle::Grafts, replaced]);
        std::fs::write(fixture.git.path().join("shallow"), format!("{second}\n")).unwrap();
        assert_eq!(fixture.open().obstacles().first(), Some(&Obstacle::Shallow));
    }

    #[test]
    fn a_commit_is_reachable_from_its_descendants_only() {
        let mut fixture = Fixture::new();
        let first = fixture.commit(&[], &files([("a.md", document("P-01", "1"))]));
        let second = fixture.commit(&[first], &files([("a.md", document("P-01", "2"))]));
        let repository = fixture.open();
        assert!(repository.is_reachable(first, second).unwrap() && repository.is_reachable(first, first).unwrap());
        assert!(!repository.is_reachable(second, first).unwrap());
        assert!(repository.holds(first) && !repository.holds("0".repeat(40).parse().unwrap()));
    }

    #[test]
    fn an_object_that_is_not_what_its_name_says_is_no_evidence() {
        let mut fixture = Fixture::new();
        let text = document("P-01", &"本文 ".repeat(40));
        let commit = fixture.commit(&[], &files([("a.md", text.clone())]));
        let blob = |repository: &Repository| repository.blob_at(commit, "a.md").unwrap().unwrap();
        fixture.pack();
        let repository = fixture.open();
        let blob = blob(&repository);
        let wanted = [(commit, "a.md".to_owned(), blob)];
        repository.vouch(&[commit], &wanted, &|_| {}).unwrap();
        assert!(repository.vouch(&[commit], &[(commit, "b.md".to_owned(), blob)], &|_| {}).is_err());
        // A pack whose index gives the blob the name of another object of the same kind.
        let other = fixture.git.blob(b"other").unwrap();
        fixture.pack();
        let folder = fixture.git.path().join("objects/pack");
        let index = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).find(|path| {
            let is_index = path.extension().is_some_and(|extension| extension == "idx");
            is_index && std::fs::read(path).unwrap().windows(20).any(|name| name == other.as_bytes())
        });
        let index = index.unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_stem() != index.file_stem() {
                std::fs::remove_file(path).unwrap();
            }
        }
        let mut bytes = std::fs::read(&index).unwrap();
        let names = 8 + 1024;
        let count = u32::from_be_bytes(bytes[names - 4..names].try_into().unwrap()) as usize;
        let place = |bytes: &[u8], name: &[u8]| (0..count).find(|at| bytes[names + 20 * at..][..20] == *name).unwrap();
        let (one, two) = (place(&bytes, blob.as_bytes()), place(&bytes, other.as_bytes()));
        let offsets = names + 24 * count;
        for byte in 0..4 {
            bytes.swap(offsets + 4 * one + byte, offsets + 4 * two + byte);
        }
        let mut permissions = std::fs::metadata(&index).unwrap().permissions();
        #[expect(clippy::permissions_set_readonly_false, reason = "a file in a temporary folder")]
        permissions.set_readonly(false);
        std::fs::set_permissions(&index, permissions).unwrap();
        std::fs::write(&index, bytes).unwrap();
        let repository = fixture.open();
        assert_eq!(repository.read(commit, "a.md").unwrap().unwrap(), b"other", "reading believes the index");
        assert!(matches!(repository.vouch(&[commit], &wanted, &|_| {}), Err(HistoryError::Corrupt { .. })));
    }

    #[test]
    fn clocks_that_run_back_or_ahead_are_told() {
        let mut fixture = Fixture::new();
        let text = files([("a.md", document("P-01", "1"))]);
        let one = fixture.commit(&[], &text);
        let two = fixture.commit(&[one], &text);
        let repository = fixture.open();
        let mut commits = vec![repository.commit_info(two).unwrap(), repository.commit_info(one).unwrap()];
        let now = commits[0].committer.time;
        assert!(clock_anomalies(&commits, now).is_empty());
        commits[1].committer.time = now + std::time::Duration::from_secs(1);
        let told: Vec<_> =
            clock_anomalies(&commits, now).into_iter().map(|found| (found.commit, found.fault)).collect();
        assert_eq!(told, [(two, ClockFault::BeforeParent(one)), (one, ClockFault::InTheFuture)]);
    }
}
