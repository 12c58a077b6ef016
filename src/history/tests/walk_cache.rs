//! What is kept between runs: used where it holds, worthless where anything is not as it was, and never the cause of
//! another result.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::super::fixture::{ById, Disk, Fixture, document, files, timelines, timelines_kept};
use super::random::same;
use super::*;

/// A history of some commits, and what a first run has kept of it.
fn kept() -> (Fixture, PathBuf) {
    let mut fixture = Fixture::new();
    let mut parent = None;
    for step in 0..20 {
        let text = document("P-01", &format!("{}", step / 2));
        let name = format!("a/{}.md", step % 3);
        let content = files([(name.as_str(), text), ("a/fixed.md", document("P-02", ""))]);
        parent = Some(fixture.commit(parent.as_slice(), &content));
    }
    timelines_kept(&fixture.open(), &["a"], &Disk { works: true });
    let folder = fixture.git.commondir().join("kitei");
    let found: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(found.len(), 1);
    (fixture, found[0].clone())
}

/// Counts what is written.
#[derive(Default)]
struct Counted(Mutex<usize>);

impl Keep for Counted {
    fn keep(&self, _: &Path, _: &[u8]) {
        *self.0.lock().unwrap() += 1;
    }
}

/// How often a run that finds what is there writes something else.
fn written(fixture: &Fixture, folders: &[&str]) -> usize {
    let repository = fixture.open();
    let counted = Counted::default();
    same(&repository, &timelines(&repository, folders), &timelines_kept(&repository, folders, &counted));
    counted.0.into_inner().unwrap()
}

#[test]
fn what_is_kept_is_read_instead_of_history() {
    let (fixture, _) = kept();
    assert_eq!(written(&fixture, &["a"]), 0, "everything is known");
    assert_eq!(written(&fixture, &[""]), 1, "other folders are another matter");
    // Identified by something without a name, nothing is kept at all.
    let repository = fixture.open();
    let counted = Counted::default();
    let head = repository.head().unwrap().unwrap();
    let by = |path: &str, bytes: &[u8]| ById.id(path, bytes);
    Timelines::read_kept(&repository, head, &["a".into()], &by, &(), &counted).unwrap();
    assert_eq!(counted.0.into_inner().unwrap(), 0);
}

#[test]
fn only_new_files_are_read_again() {
    /// Notes which files it is asked about.
    struct Asked(Mutex<Vec<String>>);
    impl Identify for Asked {
        fn id(&self, path: &str, bytes: &[u8]) -> Option<String> {
            self.0.lock().unwrap().push(path.to_owned());
            ById.id(path, bytes)
        }
        fn name(&self) -> Option<&str> {
            ById.name()
        }
    }
    let (mut fixture, _) = kept();
    let head = fixture.open().head().unwrap().unwrap();
    let content = files([("a/new.md", document("P-03", "")), ("a/fixed.md", document("P-02", ""))]);
    let new = fixture.commit(&[head], &content);
    let asked = Asked(Mutex::default());
    let repository = fixture.open();
    let read = Timelines::read_kept(&repository, new, &["a".into()], &asked, &(), &Disk { works: true }).unwrap();
    assert_eq!(*asked.0.lock().unwrap(), ["a/new.md"]);
    same(&repository, &timelines(&repository, &["a"]), &read);
}

#[test]
fn damage_of_any_kind_makes_it_worthless() {
    let (fixture, path) = kept();
    let sound = std::fs::read(&path).unwrap();
    let repository = fixture.open();
    let anew = timelines(&repository, &["a"]);
    for at in (0..sound.len()).step_by(97).chain([0, sound.len() - 1]) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x41;
        std::fs::write(&path, &bytes).unwrap();
        same(&repository, &anew, &timelines_kept(&repository, &["a"], &Disk { works: false }));
        std::fs::write(&path, &sound[..at]).unwrap();
        assert_eq!(written(&fixture, &["a"]), 1, "cut at {at}");
    }
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_eq!(written(&fixture, &["a"]), 1, "a folder stands in its place");
}

#[test]
fn what_another_repository_kept_is_not_used() {
    let (_kept, path) = kept();
    let mut other = Fixture::new();
    let content = files([("a/1.md", document("P-09", ""))]);
    other.commit(&[], &content);
    let folder = other.git.commondir().join("kitei");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    assert_eq!(written(&other, &["a"]), 1);
}

#[test]
fn a_change_of_what_the_repository_shows_makes_it_worthless() {
    let (fixture, _) = kept();
    let head = fixture.open().head().unwrap().unwrap();
    let parent = fixture.open().commit_info(head).unwrap().parents[0];
    let shallow = fixture.git.path().join("shallow");
    std::fs::write(&shallow, format!("{parent}\n")).unwrap();
    assert_eq!(written(&fixture, &["a"]), 1, "cut off");
    std::fs::remove_file(&shallow).unwrap();
    assert_eq!(written(&fixture, &["a"]), 0, "whole again");
    fixture.git.reference(&format!("refs/replace/{head}"), oid(parent), true, "test").unwrap();
    assert_eq!(written(&fixture, &["a"]), 1, "replaced");
    fixture.run(&["update-ref", "-d", &format!("refs/replace/{head}")]);
    assert_eq!(written(&fixture, &["a"]), 0);
    std::fs::create_dir_all(fixture.git.path().join("info")).unwrap();
    std::fs::write(fixture.git.path().join("info/grafts"), format!("{head}\n")).unwrap();
    assert_eq!(written(&fixture, &["a"]), 1, "grafted");
}

#[test]
fn an_object_that_has_gone_is_missed_as_before() {
    let (fixture, _) = kept();
    let repository = fixture.open();
    let head = repository.head().unwrap().unwrap();
    let blob = timelines(&repository, &["a"]).revisions("P-02")[0].blob.unwrap().to_string();
    std::fs::remove_file(fixture.git.path().join(format!("objects/{}/{}", &blob[..2], &blob[2..]))).unwrap();
    let repository = fixture.open();
    let read = Timelines::read_kept(&repository, head, &["a".into()], &ById, &(), &Disk { works: true });
    assert_eq!(read.map(|_| ()), Err(HistoryError::Missing { object: blob }));
}

#[test]
fn work_trees_share_it() {
    let (fixture, _) = kept();
    let elsewhere = tempfile::tempdir().unwrap();
    let place = elsewhere.path().join("tree");
    fixture.run(&["worktree", "add", "-q", "--detach", place.to_str().unwrap(), "main"]);
    let repository = super::super::fixture::open(&place);
    let counted = Counted::default();
    same(&repository, &fixture.timelines(&["a"]), &timelines_kept(&repository, &["a"], &counted));
    assert_eq!(counted.0.into_inner().unwrap(), 0);
}

#[test]
fn where_objects_lie_is_kept_anew_once_git_has_packed_them_otherwise() {
    let (mut fixture, _) = kept();
    fixture.pack();
    assert_eq!(written(&fixture, &["a"]), 0, "loose objects are found in a pack");
    let again = |fixture: &Fixture| drop(timelines_kept(&fixture.open(), &["a"], &Disk { works: true }));
    let packs = |fixture: &Fixture| {
        let entries = std::fs::read_dir(fixture.git.path().join("objects/pack")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    // As many new commits as make it worth keeping, so that the pack is known.
    let mut head = fixture.open().head().unwrap().unwrap();
    for step in 0..4 {
        let content = files([("a/1.md", document("P-01", &format!("{step} {step}")))]);
        head = fixture.commit(&[head], &content);
    }
    again(&fixture);
    let first = packs(&fixture);
    fixture.pack();
    assert_eq!(written(&fixture, &["a"]), 0, "the pack that is known is still there");
    first.iter().for_each(|path| std::fs::remove_file(path).unwrap());
    assert_eq!(written(&fixture, &["a"]), 1, "it has gone, and its objects lie in another");
    again(&fixture);
    assert_eq!(written(&fixture, &["a"]), 0);
    // Without a pack nothing is there any more, whatever was kept.
    packs(&fixture).iter().for_each(|path| std::fs::remove_file(path).unwrap());
    let read = Timelines::read_kept(&fixture.open(), head, &["a".into()], &ById, &(), &Disk { works: true });
    assert!(matches!(read.map(|_| ()), Err(HistoryError::Missing { .. })));
}
