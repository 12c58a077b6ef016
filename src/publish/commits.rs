//! A repository with a past: commits that somebody else has thought out, written into a new repository.
//!
//! Names of commits depend on nothing but what they hold, so that the same history has the same names on every machine.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use git2::{IndexEntry, Oid, Repository};

use super::error::PublishError;
use super::file::write_atomic;
use super::repository::new_repository;

/// Who made a commit, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The email address.
    pub email: String,
    /// Seconds since 1970.
    pub seconds: i64,
    /// How many minutes that person's clock is ahead of UTC.
    pub minutes: i32,
}

/// A commit to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommit {
    /// Numbers of earlier commits of the same history.
    pub parents: Vec<usize>,
    /// Every file of it by path.
    pub files: BTreeMap<String, Arc<str>>,
    /// Who wrote it.
    pub author: Signature,
    /// Who put it into history.
    pub committer: Signature,
    /// The whole message.
    pub message: String,
}

/// A history to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHistory {
    /// Commits, each behind its parents.
    pub commits: Vec<NewCommit>,
    /// The last commit of each branch, by its number.
    pub branches: BTreeMap<String, usize>,
    /// Commits that have a name of their own, by their number.
    pub tags: BTreeMap<String, usize>,
    /// The branch that is checked out.
    pub head: String,
}

impl NewHistory {
    /// The files of the branch that is checked out.
    pub fn checked_out(&self) -> Option<&BTreeMap<String, Arc<str>>> {
        Some(&self.commits.get(*self.branches.get(&self.head)?)?.files)
    }
}

/// Makes a repository in a folder that has none and writes a history into it. The files of the branch that is checked
/// out have to be in the folder already. Gives the names of the commits in their order.
pub fn write_history(folder: &Path, history: &NewHistory) -> Result<Vec<String>, PublishError> {
    new_repository(folder)?;
    let git = |error: git2::Error| PublishError::Git { path: folder.to_owned(), reason: error.message().to_owned() };
    let repository = Repository::open(folder).map_err(git)?;
    let ids = write_objects(&repository, &history.commits).map_err(git)?;
    let branches = history.branches.iter().map(|branch| ("refs/heads", branch));
    for (folder, (name, number)) in branches.chain(history.tags.iter().map(|tag| ("refs/tags", tag))) {
        // Written as git writes them, but without a log of references, which would hold the day of writing.
        let file = repository.path().join(folder).join(name);
        write_atomic(&file, format!("{}\n", ids[*number]).as_bytes())?;
    }
    repository.set_head(&format!("refs/heads/{}", history.head)).map_err(git)?;
    fill_index(&repository).map_err(git)?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

/// Writes all objects as one pack: a file for each would take longer to write and to read.
fn write_objects(repository: &Repository, commits: &[NewCommit]) -> Result<Vec<Oid>, git2::Error> {
    let objects = repository.odb()?;
    // Above the priorities of the backends on disk, so that everything is kept in memory first.
    let memory = objects.add_new_mempack_backend(1_000)?;
    let mut blobs: BTreeMap<Arc<str>, Oid> = BTreeMap::new();
    let mut ids: Vec<Oid> = Vec::new();
    for commit in commits {
        let mut index = git2::Index::new()?;
        for (path, text) in &commit.files {
            let id = match blobs.get(text) {
                Some(id) => *id,
                None => *blobs.entry(text.clone()).or_insert(repository.blob(text.as_bytes())?),
            };
            index.add(&entry(path, id))?;
        }
        let tree = repository.find_tree(index.write_tree_to(repository)?)?;
        let parents =
            commit.parents.iter().map(|number| repository.find_commit(ids[*number])).collect::<Result<Vec<_>, _>>()?;
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let (author, committer) = (signature(&commit.author)?, signature(&commit.committer)?);
        ids.push(repository.commit(None, &author, &committer, &commit.message, &tree, &parents)?);
    }
    let mut pack = git2::Buf::new();
    memory.dump(repository, &mut pack)?;
    let mut writer = objects.packwriter()?;
    std::io::Write::write_all(&mut writer, &pack).map_err(|error| git2::Error::from_str(&error.to_string()))?;
    writer.commit()?;
    memory.reset()?;
    Ok(ids)
}

fn signature(of: &Signature) -> Result<git2::Signature<'static>, git2::Error> {
    git2::Signature::new(&of.name, &of.email, &git2::Time::new(of.seconds, of.minutes))
}

/// A regular file. Times and sizes stay zero: git fills them in when it first looks.
fn entry(path: &str, id: Oid) -> IndexEntry {
    IndexEntry {
        ctime: git2::IndexTime::new(0, 0),
        mtime: git2::IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}

/// Makes the index agree with the commit that is checked out.
fn fill_index(repository: &Repository) -> Result<(), git2::Error> {
    let mut index = repository.index()?;
    index.read_tree(&repository.head()?.peel_to_tree()?)?;
    index.write()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(name: &str, seconds: i64) -> Signature {
        Signature { name: name.into(), email: "sato@example.com".into(), seconds, minutes: 540 }
    }

    fn commit(parents: &[usize], files: &[(&str, &str)], day: i64) -> NewCommit {
        NewCommit {
            parents: parents.to_vec(),
            files: files.iter().map(|(path, text)| ((*path).to_owned(), Arc::from(*text))).collect(),
            author: signature("佐藤 例子", day * 86_400),
            committer: signature("例示フォージ", day * 86_400 + 60),
            message: format!("{day}日目\n"),
        }
    }

    fn history() -> NewHistory {
        let commits = vec![
            commit(&[], &[("kitei.toml", "x"), ("policies/a.md", "1")], 19_000),
            commit(&[0], &[("kitei.toml", "x"), ("policies/b.md", "1")], 19_001),
            commit(&[0], &[("kitei.toml", "y"), ("policies/a.md", "1")], 19_002),
            commit(&[1, 2], &[("kitei.toml", "y"), ("policies/b.md", "1"), ("規程.md", "2")], 19_003),
        ];
        NewHistory {
            commits,
            branches: BTreeMap::from([("main".into(), 3), ("refused/x".into(), 2)]),
            tags: BTreeMap::from([("first".into(), 0)]),
            head: "main".into(),
        }
    }

    fn written() -> (tempfile::TempDir, Vec<String>) {
        let (temp, history) = (tempfile::tempdir().unwrap(), history());
        for (path, text) in history.checked_out().unwrap() {
            write_atomic(&temp.path().join(path), text.as_bytes()).unwrap();
        }
        let ids = write_history(temp.path(), &history).unwrap();
        (temp, ids)
    }

    #[test]
    fn a_history_is_written_as_it_was_thought_out_and_nothing_is_left_to_commit() {
        let (temp, ids) = written();
        let git = Repository::open(temp.path()).unwrap();
        assert_eq!(git.head().unwrap().target().unwrap().to_string(), ids[3]);
        assert_eq!(git.revparse_single("refused/x").unwrap().id().to_string(), ids[2]);
        assert_eq!(git.revparse_single("first").unwrap().id().to_string(), ids[0]);
        let merge = git.head().unwrap().peel_to_commit().unwrap();
        assert_eq!(merge.parent_ids().map(|id| id.to_string()).collect::<Vec<_>>(), ids[1..3]);
        assert_eq!((merge.author().name(), merge.committer().name()), (Ok("佐藤 例子"), Ok("例示フォージ")));
        assert_eq!((merge.time().seconds(), merge.time().offset_minutes()), (19_003 * 86_400 + 60, 540));
        let file = merge.tree().unwrap().get_path(Path::new("規程.md")).unwrap();
        assert_eq!(git.find_blob(file.id()).unwrap().content(), b"2");
        assert!(git.statuses(None).unwrap().is_empty());
        let packs = std::fs::read_dir(git.path().join("objects/pack")).unwrap();
        assert_eq!(
            packs.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|it| it == "pack")).count(),
            1
        );
        assert!(!git.path().join("logs").exists(), "nothing tells when it was written");
    }

    #[test]
    fn names_of_commits_are_the_same_each_time() {
        assert_eq!(written().1, written().1);
    }

    #[test]
    fn a_folder_that_has_a_repository_is_refused() {
        let (temp, _) = written();
        assert!(matches!(write_history(temp.path(), &history()), Err(PublishError::Git { .. })));
    }
}
