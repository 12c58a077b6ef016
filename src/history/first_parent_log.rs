//! The line of first parents: how the default branch came to be what it is, merge by merge.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use rayon::prelude::*;

use super::git_objects::ObjectKind;
use super::git_objects::ObjectReader;
use super::git_objects::tree::{self, FolderScope};
use super::id::ObjectId;
use super::{BlobId, Commit, CommitId, HistoryError, Progress, Repository, Stage};

/// The commits from a head along first parents, oldest first; only those that changed what was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstParentLog {
    /// The commits.
    pub steps: Vec<FirstParentCommit>,
    /// A shallow clone ends inside the line: what its first step holds may be older.
    pub cut: bool,
}

/// One commit of a [`FirstParentLog`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstParentCommit {
    /// The commit.
    pub commit: CommitId,
    /// When it was made, as its committer's clock said.
    pub time: Timestamp,
    /// Whether the commit lies on the remote's default branch too. Where no remote is known to have one, the line itself
    /// is taken for it.
    pub shared: bool,
    /// Files that differ from the commit before, by path from the handbook's root; `None` where one was removed.
    pub changed: Vec<(String, Option<BlobId>)>,
    /// Files that another parent of a merge held otherwise than the merge does, as that parent held them.
    pub merged: Vec<(String, BlobId)>,
}

/// Neighbours share folder listings, which a reader remembers.
const RUN: usize = 256;

impl Repository {
    /// Follows first parents from `head`, looking at everything in `folders` and at single `files`, all named from the
    /// handbook's root.
    pub fn line(
        &self,
        head: CommitId,
        folders: &[String],
        files: &[String],
        progress: &dyn Progress,
    ) -> Result<FirstParentLog, HistoryError> {
        let (mut commits, cut) = self.first_parents(head)?;
        let own = self.commits_of_our_own(&commits)?;
        commits.reverse();
        let shared = commits.len() - own;
        let trees: Vec<Option<ObjectId>> =
            std::iter::once(None).chain(commits.iter().map(|commit| Some(commit.tree))).collect();
        let scope = self.scope(folders);
        let numbers: Vec<usize> = (0..commits.len()).collect();
        let compared = AtomicUsize::new(0);
        let runs: Vec<Vec<FirstParentCommit>> = numbers
            .par_chunks(RUN)
            .map(|run| {
                self.with_reader(|reader| {
                    let mut steps = Vec::new();
                    for number in run {
                        let commit = &commits[*number];
                        let changed = self.changed(reader, &scope, files, trees[*number], commit.tree)?;
                        let merged = self.merged(reader, &scope, commit)?;
                        if !(changed.is_empty() && merged.is_empty()) {
                            let (commit, time) = (commit.id, commit.committer.time);
                            let shared = *number < shared;
                            steps.push(FirstParentCommit { commit, time, shared, changed, merged });
                        }
                    }
                    let done = compared.fetch_add(run.len(), Ordering::Relaxed) + run.len();
                    progress.report(Stage::Records, done, Some(commits.len()));
                    Ok(steps)
                })
            })
            .collect::<Result<_, HistoryError>>()?;
        Ok(FirstParentLog { steps: runs.concat(), cut })
    }

    /// What the parents of a merge behind the first held in the folders otherwise than the merge does. A parent that a
    /// shallow clone lacks says nothing.
    fn merged(
        &self,
        reader: &mut ObjectReader,
        scope: &FolderScope,
        commit: &Commit,
    ) -> Result<Vec<(String, BlobId)>, HistoryError> {
        let mut merged = Vec::new();
        let shallow = self.shallow_commits();
        for parent in commit.parents.iter().skip(1).filter(|_| !shallow.contains(&commit.id)) {
            let parent = Commit::parse(*parent, &reader.read(parent.0, ObjectKind::Commit)?)?;
            let held = self.changed(reader, scope, &[], Some(commit.tree), parent.tree)?;
            merged.extend(held.into_iter().filter_map(|(path, blob)| Some((path, blob?))));
        }
        Ok(merged)
    }

    /// Commits along first parents, newest first, and whether a shallow clone ends there.
    fn first_parents(&self, head: CommitId) -> Result<(Vec<Commit>, bool), HistoryError> {
        let shallow = self.shallow_commits();
        let mut commits: Vec<Commit> = Vec::new();
        let mut cut = false;
        self.with_reader(|reader| {
            let mut next = Some(head);
            while let Some(id) = next {
                let commit = Commit::parse(id, &reader.read(id.0, ObjectKind::Commit)?)?;
                cut = shallow.contains(&id);
                next = commit.parents.first().copied().filter(|_| !cut);
                commits.push(commit);
            }
            Ok(())
        })?;
        Ok((commits, cut))
    }

    /// How many of these commits, newest first, are not on the remote's default branch yet. None where no default
    /// branch is known or where the two have nothing in common: then every commit is held to have been shared.
    fn commits_of_our_own(&self, commits: &[Commit]) -> Result<usize, HistoryError> {
        let Ok(default) = self.resolve("refs/remotes/origin/HEAD") else { return Ok(0) };
        if commits.first().is_none_or(|commit| commit.id == default) {
            return Ok(0);
        }
        let theirs: BTreeSet<CommitId> = self.first_parents(default)?.0.iter().map(|commit| commit.id).collect();
        Ok(commits.iter().position(|commit| theirs.contains(&commit.id)).unwrap_or(0))
    }

    fn changed(
        &self,
        reader: &mut ObjectReader,
        scope: &FolderScope,
        files: &[String],
        old: Option<ObjectId>,
        new: ObjectId,
    ) -> Result<Vec<(String, Option<BlobId>)>, HistoryError> {
        if old == Some(new) {
            return Ok(Vec::new());
        }
        let mut changed = Vec::new();
        let skip = self.root_length();
        tree::compare(reader, scope, old, Some(new), &mut |path, _, blob| {
            if let Some(Ok(path)) = path.get(skip..).map(std::str::from_utf8) {
                changed.push((path.to_owned(), blob.map(BlobId)));
            }
        })?;
        for file in files {
            let before = old.map(|tree| self.blob_in(reader, tree, file)).transpose()?.flatten();
            let after = self.blob_in(reader, new, file)?;
            if before != after {
                changed.push((file.clone(), after));
            }
        }
        changed.sort();
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Files, Fixture};
    use super::*;

    fn files(ledger: &str, other: &str) -> Files {
        [("kitei.toml", "x"), ("records/ledger/P-01.toml", ledger), ("policies/a.md", other)]
            .into_iter()
            .map(|(path, text)| (path.as_bytes().to_vec(), text.as_bytes().to_vec()))
            .collect()
    }

    fn line(fixture: &Fixture, head: CommitId) -> FirstParentLog {
        fixture.open().line(head, &["records".to_owned()], &["kitei.toml".to_owned()], &()).unwrap()
    }

    #[test]
    fn a_merge_counts_and_what_it_merged_does_not() {
        let mut fixture = Fixture::new();
        let first = fixture.commit(&[], &files("1", "a"));
        let text = fixture.commit(&[first], &files("1", "b"));
        let side = fixture.commit(&[first], &files("2", "a"));
        let side = fixture.commit(&[side], &files("3", "a"));
        let merge = fixture.commit(&[text, side], &files("3", "b"));
        let line = line(&fixture, merge);
        let told: Vec<_> = line.steps.iter().map(|step| (step.commit, step.changed.len(), step.shared)).collect();
        assert_eq!(told, [(first, 2, true), (merge, 1, true)]);
        assert!(!line.cut);
    }

    #[test]
    fn long_listings_are_compared_as_their_files_are() {
        let mut fixture = Fixture::new();
        let mut state: u64 = 7;
        let mut below = |end: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % end
        };
        let name = |number: usize| format!("{}-{number:03}{}", ["C", "P", "S"][number % 3], "x".repeat(number % 7));
        let path = |number: usize| format!("records/ledger/{}.toml", name(number)).into_bytes();
        let mut files: Files = (0..120).step_by(2).map(|number| (path(number), b"0".to_vec())).collect();
        let (mut head, mut expected) = (None, Vec::new());
        let mut before = Files::new();
        for step in 0..40 {
            // Few changes and many, also none; files come and go at both ends of the listing.
            for _ in 0..[1, 2, 0, 20][step % 4] {
                let path = path(below(120));
                match below(3) {
                    0 => drop(files.remove(&path)),
                    _ => drop(files.insert(path, step.to_string().into_bytes())),
                }
            }
            let commit = fixture.commit(head.as_slice(), &files);
            let paths: BTreeSet<&Vec<u8>> = before.keys().chain(files.keys()).collect();
            let paths = paths.into_iter().filter(|path| before.get(*path) != files.get(*path));
            let changed: Vec<String> = paths.map(|path| String::from_utf8(path.clone()).unwrap()).collect();
            if !changed.is_empty() {
                expected.push((commit, changed));
            }
            (head, before) = (Some(commit), files.clone());
        }
        for packed in [false, true] {
            if packed {
                fixture.pack();
            }
            let line = line(&fixture, head.unwrap());
            let told = |step: &FirstParentCommit| {
                (step.commit, step.changed.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>())
            };
            assert_eq!(line.steps.iter().map(told).collect::<Vec<_>>(), expected);
            let repository = fixture.open();
            for step in &line.steps {
                for (path, blob) in &step.changed {
                    assert_eq!(repository.blob_at(step.commit, path).unwrap(), *blob, "{path} in {}", step.commit);
                }
            }
        }
    }

    #[test]
    fn a_listing_may_stay_as_long_while_its_entries_move() {
        let mut fixture = Fixture::new();
        let path = |name: &str| format!("records/{name}").into_bytes();
        let names = (0..20).map(|number| format!("{number:02}{}", "x".repeat(number % 4)));
        let mut files: Files = names.map(|name| (path(&name), b"0".to_vec())).collect();
        let first = fixture.commit(&[], &files);
        files.remove(&path("05x")).unwrap();
        files.insert(path("12y"), b"1".to_vec());
        let moved = fixture.commit(&[first], &files);
        let mut head = moved;
        let mut expected = vec![(moved, vec!["records/05x".to_owned(), "records/12y".to_owned()])];
        for name in ["06xx", "07xxx", "08", "09x", "10xx", "11xxx", "12", "12y", "13x"] {
            files.insert(path(name), b"2".to_vec());
            head = fixture.commit(&[head], &files);
            expected.push((head, vec![format!("records/{name}")]));
        }
        let line = line(&fixture, head);
        let told = |step: &FirstParentCommit| {
            (step.commit, step.changed.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>())
        };
        assert_eq!(line.steps.iter().skip(1).map(told).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn commits_that_the_default_branch_does_not_have_are_our_own() {
        let mut fixture = Fixture::new();
        let first = fixture.commit(&[], &files("1", "a"));
        let theirs = fixture.commit(&[first], &files("2", "a"));
        let ours = fixture.commit(&[first], &files("3", "a"));
        let refer = |to: CommitId| {
            let id = git2::Oid::from_str(&to.to_string()).unwrap();
            fixture.git.reference("refs/remotes/origin/main", id, true, "test").unwrap();
            fixture
                .git
                .reference_symbolic("refs/remotes/origin/HEAD", "refs/remotes/origin/main", true, "test")
                .unwrap();
        };
        let shared = |head: CommitId| line(&fixture, head).steps.iter().map(|step| step.shared).collect::<Vec<_>>();
        refer(theirs);
        assert_eq!(shared(ours), [true, false]);
        assert_eq!(shared(theirs), [true, true]);
    }
}
