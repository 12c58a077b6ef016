//! Repositories for tests: fixed people and dates, no configuration from outside.

#![expect(clippy::disallowed_methods, reason = "tests make and break repositories")]

use std::collections::BTreeMap;
use std::path::Path;

use git2::{ObjectType, Oid, RepositoryInitOptions, Signature, Time};

use super::{CommitId, Identify, Keep, Repository, Timelines};

/// 2026-04-01T00:00:00Z; each further commit is a minute later.
const START: i64 = 1_775_001_600;

/// A repository in a folder that goes with it.
pub(super) struct Fixture {
    pub(super) folder: tempfile::TempDir,
    pub(super) git: git2::Repository,
    commits: i64,
    /// By how many seconds the clock of whoever commits is wrong.
    pub(super) clock: i64,
}

/// A tree to be committed: paths and contents.
pub(super) type Files = BTreeMap<Vec<u8>, Vec<u8>>;

impl Fixture {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let git = git2::Repository::init_opts(
            folder.path(),
            RepositoryInitOptions::new().initial_head("main").external_template(false),
        )
        .unwrap();
        Self { folder, git, commits: 0, clock: 0 }
    }

    /// Commits exactly these files on `main`, after these parents.
    pub(super) fn commit(&mut self, parents: &[CommitId], files: &Files) -> CommitId {
        let tree = self.tree(files);
        self.commit_tree(parents, tree)
    }

    pub(super) fn commit_tree(&mut self, parents: &[CommitId], tree: Oid) -> CommitId {
        let time = Time::new(START + 60 * self.commits + self.clock, 540);
        self.commits += 1;
        let author = Signature::new("佐藤", "sato@example.com", &time).unwrap();
        let parents: Vec<_> = parents.iter().map(|id| self.git.find_commit(oid(*id)).unwrap()).collect();
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.git.find_tree(tree).unwrap();
        let message = format!("改訂 {}\n\nReviewed-by: 鈴木\n", self.commits);
        let id = self.git.commit(None, &author, &author, &message, &tree, &parents).unwrap();
        self.git.reference("refs/heads/main", id, true, "test").unwrap();
        CommitId(id.into())
    }

    /// Writes a tree without an index, so that any name can be written.
    fn tree(&self, files: &Files) -> Oid {
        let mut here: BTreeMap<Vec<u8>, (&str, Oid)> = BTreeMap::new();
        let mut below: BTreeMap<Vec<u8>, Files> = BTreeMap::new();
        for (path, content) in files {
            match path.iter().position(|byte| *byte == b'/') {
                Some(at) => {
                    below.entry(path[..at].to_vec()).or_default().insert(path[at + 1..].to_vec(), content.clone());
                }
                None => {
                    here.insert(path.clone(), ("100644", self.git.blob(content).unwrap()));
                }
            }
        }
        for (name, files) in &below {
            here.insert(name.clone(), ("40000", self.tree(files)));
        }
        self.write_tree(here)
    }

    /// Writes one listing of names, modes and objects.
    pub(super) fn write_tree(&self, entries: BTreeMap<Vec<u8>, (&str, Oid)>) -> Oid {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by_key(|(name, (mode, _))| {
            [name.as_slice(), if *mode == "40000" { &b"/"[..] } else { b"" }].concat()
        });
        let mut bytes = Vec::new();
        for (name, (mode, id)) in entries {
            bytes.extend_from_slice(&[mode.as_bytes(), b" ", &name, b"\0", id.as_bytes()].concat());
        }
        self.git.odb().unwrap().write(ObjectType::Tree, &bytes).unwrap()
    }

    /// Packs every object and removes the loose ones, as `git gc` would.
    pub(super) fn pack(&self) {
        // Opened anew: libgit2 goes on listing the objects of packs that git has thrown away since.
        let git = git2::Repository::open(self.git.path()).unwrap();
        let mut builder = git.packbuilder().unwrap();
        let odb = git.odb().unwrap();
        let mut objects = Vec::new();
        odb.foreach(|id| {
            objects.push(*id);
            true
        })
        .unwrap();
        objects.sort();
        objects.into_iter().for_each(|id| builder.insert_object(id, None).unwrap());
        builder.write(&self.git.path().join("objects/pack"), 0).unwrap();
        for byte in 0..=255_u8 {
            let folder = self.git.path().join(format!("objects/{byte:02x}"));
            if folder.exists() {
                std::fs::remove_dir_all(folder).unwrap();
            }
        }
    }

    /// Runs git with nothing of the machine's configuration.
    pub(super) fn run(&self, arguments: &[&str]) -> String {
        let output = std::process::Command::new("git")
            .args(arguments)
            .current_dir(self.folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub(super) fn open(&self) -> Repository {
        open(self.folder.path())
    }

    pub(super) fn timelines(&self, folders: &[&str]) -> Timelines {
        timelines(&self.open(), folders)
    }
}

pub(super) fn open(folder: &Path) -> Repository {
    Repository::discover(folder).unwrap().expect("a repository")
}

pub(super) fn timelines(repository: &Repository, folders: &[&str]) -> Timelines {
    let folders: Vec<String> = folders.iter().map(ToString::to_string).collect();
    let head = repository.head().unwrap().expect("a commit");
    Timelines::read(repository, head, &folders, &stated_id, &()).unwrap()
}

pub(super) fn oid(id: CommitId) -> Oid {
    Oid::from_bytes(id.as_bytes()).unwrap()
}

/// A document: its id on the second line, then text.
pub(super) fn document(id: &str, text: &str) -> Vec<u8> {
    format!("+++\nid = \"{id}\"\n+++\n\n{text}\n").into_bytes()
}

pub(super) fn files<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Files {
    files.into_iter().map(|(path, bytes)| (path.as_bytes().to_vec(), bytes)).collect()
}

/// The same with what earlier runs have kept.
pub(super) fn timelines_kept(repository: &Repository, folders: &[&str], keep: &dyn Keep) -> Timelines {
    let folders: Vec<String> = folders.iter().map(ToString::to_string).collect();
    let head = repository.head().unwrap().expect("a commit");
    Timelines::read_kept(repository, head, &folders, &ById, &(), keep).unwrap()
}

/// Writes what is kept, or fails to.
pub(super) struct Disk {
    pub(super) works: bool,
}

impl Keep for Disk {
    fn keep(&self, path: &Path, bytes: &[u8]) {
        if self.works {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

/// [`stated_id`] under a name.
pub(super) struct ById;

impl Identify for ById {
    fn id(&self, path: &str, bytes: &[u8]) -> Option<String> {
        stated_id(path, bytes)
    }
    fn name(&self) -> Option<&str> {
        Some("test")
    }
}

/// The id of a [`document`].
pub(super) fn stated_id(_: &str, bytes: &[u8]) -> Option<String> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines.find(|line| line.starts_with(b"id = \"")).and_then(|line| {
        let id = line.strip_prefix(b"id = \"")?.strip_suffix(b"\"")?;
        Some(std::str::from_utf8(id).ok()?.to_owned())
    })
}
