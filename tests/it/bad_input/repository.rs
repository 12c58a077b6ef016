//! Broken, strange and half git repositories around a good handbook.

use std::path::Path;

use git2::{Repository, Signature, Time};

use super::Trial;

fn init(trial: &Trial) -> Repository {
    let mut options = git2::RepositoryInitOptions::new();
    Repository::init_opts(trial.root(), options.initial_head("main")).unwrap()
}

/// Commits everything as it stands.
fn commit(repository: &Repository, message: &str) -> git2::Oid {
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let who = Signature::new("佐藤", "sato@example.com", &Time::new(1_767_225_600, 540)).unwrap();
    let parent = repository.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<_> = parent.iter().collect();
    repository.commit(Some("HEAD"), &who, &who, message, &tree, &parents).unwrap()
}

/// A handbook of two commits whose ledger approves the text of the first, so that history has to be read.
fn approved() -> (Trial, git2::Oid) {
    let trial = Trial::new();
    let repository = init(&trial);
    let first = commit(&repository, "制定");
    let digest = format!("sha256:{}", "0".repeat(64));
    let trial = trial.replace("policies/basic.md", "1.0", "2.0").write(
        "records/ledger/P-01.toml",
        format!("[[approval]]\nversion = \"1.0\"\ndigest = \"{digest}\"\napproved_on = 2026-01-01\neffective = 2026-01-01\nrole = \"board\"\n"),
    );
    commit(&repository, "改訂");
    (trial, first)
}

fn object(root: &Path, id: git2::Oid) -> std::path::PathBuf {
    let name = id.to_string();
    let path = root.join(".git/objects").join(&name[..2]).join(&name[2..]);
    assert!(path.is_file());
    path
}

/// Replaces a file of git, which may be read-only.
fn overwrite(path: &Path, bytes: &[u8]) {
    let _ = std::fs::remove_file(path);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_sound_repository_runs() {
    let (trial, _) = approved();
    trial.check().runs();
}

#[test]
fn a_repository_may_have_no_commit() {
    let trial = Trial::new();
    init(&trial);
    trial.check().passes("policies");
}

#[test]
fn what_is_called_git_may_be_anything() {
    for bytes in
        [&b""[..], b"gitdir: /nowhere/at/all\n", b"gitdir: ", b"\xff\xfe\0", b"gitdir: .git\n", &[b'x'; 1 << 20]]
    {
        // A file that names no repository: either there is none, or the program says what is wrong with it.
        Trial::new().write(".git", bytes).check();
    }
    let trial = Trial::new();
    std::fs::create_dir(trial.root().join(".git")).unwrap();
    trial.check().passes("policies");
}

#[test]
fn a_link_may_lead_to_the_repository_or_nowhere() {
    #[cfg(unix)]
    for target in ["nowhere", ".git", "/dev/null"] {
        let trial = Trial::new();
        std::os::unix::fs::symlink(target, trial.root().join(".git")).unwrap();
        trial.check();
    }
}

#[test]
fn any_file_of_the_repository_may_be_broken() {
    for path in
        ["HEAD", "config", "index", "refs/heads/main", "packed-refs", "shallow", "objects/info/alternates", "commondir"]
    {
        for bytes in [
            &b""[..],
            b"\xff\xfe\0\0",
            b"ref: refs/heads/none\n",
            b"0000000000000000000000000000000000000001\n",
            b"[core",
            b"../../../../../../../etc\n",
        ] {
            let (trial, _) = approved();
            overwrite(&trial.path(format!(".git/{path}")), bytes);
            trial.check();
        }
    }
    for path in ["HEAD", "objects", "refs", "config"] {
        let (trial, _) = approved();
        let path = trial.root().join(".git").join(path);
        let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
        trial.check();
    }
}

#[test]
fn any_object_may_be_missing_or_broken() {
    let (trial, first) = approved();
    let repository = Repository::open(trial.root()).unwrap();
    let head = repository.head().unwrap().peel_to_commit().unwrap();
    let old = repository.find_commit(first).unwrap();
    let blob = old.tree().unwrap().get_path(Path::new("policies/basic.md")).unwrap().id();
    let folder = old.tree().unwrap().get_path(Path::new("policies")).unwrap().id();
    for id in [head.id(), head.tree_id(), first, old.tree_id(), folder, blob] {
        let path = object(trial.root(), id);
        let before = std::fs::read(&path).unwrap();
        let half = before[..before.len() / 2].to_vec();
        let mut turned = before.clone();
        let middle = turned.len() / 2;
        turned[middle] ^= 0x40;
        for bytes in [&b""[..], b"x", &half, &turned] {
            overwrite(&path, bytes);
            trial.check();
        }
        std::fs::remove_file(&path).unwrap();
        trial.check();
        overwrite(&path, &before);
    }
    trial.check().runs();
}

#[test]
fn a_pack_may_be_broken() {
    let (trial, _) = approved();
    let git = |arguments: &[&str]| {
        let status =
            std::process::Command::new("git").args(arguments).current_dir(trial.root()).output().unwrap().status;
        assert!(status.success(), "{arguments:?}");
    };
    git(&["repack", "-adq"]);
    git(&["prune-packed", "-q"]);
    git(&["commit-graph", "write", "--reachable", "--changed-paths"]);
    trial.check().runs();
    let folder = trial.root().join(".git/objects/pack");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.push(trial.root().join(".git/objects/info/commit-graph"));
    for path in files {
        let before = std::fs::read(&path).unwrap();
        for part in 0..12 {
            let mut bytes = before.clone();
            let at = bytes.len() * part / 12;
            for byte in bytes.iter_mut().skip(at).take(4) {
                *byte = !*byte;
            }
            overwrite(&path, &bytes);
            trial.check();
        }
        for length in [0, 4, 12, before.len() / 2, before.len() - 21, before.len() - 1] {
            overwrite(&path, &before[..length]);
            trial.check();
        }
        overwrite(&path, &before);
    }
}

#[test]
fn a_shallow_clone_says_that_history_is_not_whole() {
    let (trial, first) = approved();
    let repository = Repository::open(trial.root()).unwrap();
    let head = repository.head().unwrap().peel_to_commit().unwrap().id();
    std::fs::write(trial.root().join(".git/shallow"), format!("{head}\n")).unwrap();
    std::fs::remove_file(object(trial.root(), first)).unwrap();
    trial.check().runs();
}
