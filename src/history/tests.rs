//! Histories in temporary repositories, each compared with a plain oracle that lists every commit's files through
//! libgit2.

#![expect(clippy::disallowed_methods, reason = "tests make and break repositories")]

mod random;
mod walk_cache;

use std::collections::{BTreeMap, BTreeSet};

use super::fixture::{Files, Fixture, document, files, oid, open, stated_id, timelines};
use super::*;

/// A revision in short: commit, path, bytes.
type Short = (CommitId, Option<String>, Option<BlobId>);

fn short(timelines: &Timelines, id: &str) -> Vec<Short> {
    let path = |revision: &Revision| revision.path.as_ref().map(ToString::to_string);
    timelines.revisions(id).iter().map(|revision| (revision.commit, path(revision), revision.blob)).collect()
}

fn all(timelines: &Timelines) -> BTreeMap<String, Vec<Short>> {
    timelines.documents().map(|id| (id.to_owned(), short(timelines, id))).collect()
}

/// `M(c)`: for each id the alphabetically first path that states it, and its bytes.
fn state(git: &git2::Repository, commit: CommitId, folders: &[&str]) -> BTreeMap<String, (String, BlobId)> {
    let tree = git.find_commit(oid(commit)).unwrap().tree().unwrap();
    let mut found: BTreeMap<String, (String, BlobId)> = BTreeMap::new();
    tree.walk(git2::TreeWalkMode::PreOrder, |folder, entry| {
        let Ok(path) = std::str::from_utf8(entry.name_bytes()).map(|name| format!("{}{name}", folder)) else {
            return git2::TreeWalkResult::Ok;
        };
        let inside = folders.iter().any(|folder| folder.is_empty() || path.starts_with(&format!("{folder}/")));
        if inside
            && entry.filemode() & 0o170_000 == 0o100_000
            && path.ends_with(".md")
            && let Some(id) = stated_id(&path, git.find_blob(entry.id()).unwrap().content())
        {
            let file = (path, BlobId(entry.id().into()));
            let before = found.entry(id.to_ascii_uppercase()).or_insert_with(|| file.clone());
            *before = file.min(before.clone());
        }
        git2::TreeWalkResult::Ok
    })
    .unwrap();
    found
}

/// Every revision of every id, by reading every document at every commit of this list.
fn oracle(git: &git2::Repository, commits: &[CommitId], folders: &[&str]) -> BTreeMap<String, BTreeSet<Short>> {
    let states: BTreeMap<CommitId, _> = commits.iter().map(|id| (*id, state(git, *id, folders))).collect();
    let mut found: BTreeMap<String, BTreeSet<Short>> = BTreeMap::new();
    for commit in commits {
        let now = &states[commit];
        let parents = git.find_commit(oid(*commit)).unwrap();
        let parents: Vec<_> = parents.parent_ids().map(|parent| &states[&CommitId(parent.into())]).collect();
        let ids: BTreeSet<&String> = now.keys().chain(parents.iter().flat_map(|p| p.keys())).collect();
        for id in ids {
            let file = now.get(id);
            if parents.iter().all(|parent| parent.get(id) != file) && (file.is_some() || !parents.is_empty()) {
                let revision = (*commit, file.map(|file| file.0.clone()), file.map(|file| file.1));
                found.entry(id.clone()).or_default().insert(revision);
            }
        }
    }
    found
}

/// Holds timelines against the oracle, which gets its commits from git itself.
fn check(fixture: &Fixture, timelines: &Timelines, folders: &[&str]) {
    let listed = fixture.run(&["rev-list", "--topo-order", "HEAD"]);
    let listed: Vec<CommitId> = listed.lines().map(|line| line.parse().unwrap()).collect();
    let found = all(timelines).into_iter().map(|(id, revisions)| (id, revisions.into_iter().collect())).collect();
    assert_eq!(oracle(&fixture.git, &listed, folders), found);
    let places: BTreeMap<CommitId, usize> = timelines.commits().iter().map(|commit| commit.id).zip(0..).collect();
    assert_eq!(
        places.keys().collect::<Vec<_>>(),
        listed.iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    );
    for commit in timelines.commits() {
        assert!(commit.parents.iter().all(|parent| places[parent] > places[&commit.id]), "children before parents");
    }
    for id in timelines.documents() {
        assert!(timelines.revisions(id).is_sorted_by_key(|revision| places[&revision.commit]), "{id}: newest first");
    }
}

/// Reads the timelines and checks them against the oracle, loose and packed.
fn checked(fixture: &Fixture, folders: &[&str]) -> Timelines {
    let timelines = fixture.timelines(folders);
    check(fixture, &timelines, folders);
    fixture.pack();
    assert_eq!(all(&fixture.timelines(folders)), all(&timelines), "packing must not matter");
    timelines
}

#[test]
fn a_line_of_commits_with_a_move_an_edited_move_a_removal_and_a_return() {
    let mut fixture = Fixture::new();
    let one = document("P-01", "一");
    let two = document("P-01", "二");
    let first = fixture.commit(
        &[],
        &files([
            ("policies/a.md", one.clone()),
            ("policies/b.md", document("P-02", "")),
            ("x.md", document("P-09", "")),
        ]),
    );
    let other =
        fixture.commit(&[first], &files([("policies/a.md", one.clone()), ("policies/b.md", document("P-02", "x"))]));
    let moved =
        fixture.commit(&[other], &files([("policies/c/a.md", one.clone()), ("policies/b.md", document("P-02", "x"))]));
    let edited = fixture.commit(&[moved], &files([("policies/z.md", two.clone())]));
    let gone = fixture.commit(&[edited], &files([("README.md", b"nothing".to_vec())]));
    let back = fixture.commit(&[gone], &files([("policies/a.md", two.clone())]));
    let timelines = checked(&fixture, &["policies"]);
    let commits: Vec<_> = short(&timelines, "p-01").into_iter().map(|(commit, path, _)| (commit, path)).collect();
    let path = |path: &str| Some(path.to_owned());
    assert_eq!(
        commits,
        [
            (back, path("policies/a.md")),
            (gone, None),
            (edited, path("policies/z.md")),
            (moved, path("policies/c/a.md")),
            (first, path("policies/a.md")),
        ]
    );
    assert_eq!(timelines.documents().collect::<Vec<_>>(), ["P-01", "P-02"]);
    let (commit, revision) = timelines.last_change("P-02").unwrap();
    assert!(revision.is_removal());
    assert_eq!((commit.id, commit.summary.as_str()), (edited, "改訂 4"));
    assert!(timelines.revisions("P-03").is_empty() && timelines.last_change("P-03").is_none());
}

#[test]
fn an_id_belongs_to_what_the_file_states() {
    let mut fixture = Fixture::new();
    let first = fixture.commit(&[], &files([("a.md", document("P-01", "")), ("b.md", document("p-02", ""))]));
    // The two change places.
    let second = fixture.commit(&[first], &files([("a.md", document("p-02", "")), ("b.md", document("P-01", ""))]));
    // A third takes over a path; P-01 is gone.
    let third = fixture.commit(&[second], &files([("a.md", document("P-02", "")), ("b.md", document("P-03", ""))]));
    // No id any more.
    let fourth = fixture.commit(&[third], &files([("a.md", document("P-02", "")), ("b.md", b"text".to_vec())]));
    let timelines = checked(&fixture, &[""]);
    let commits = |id: &str| short(&timelines, id).into_iter().map(|(commit, ..)| commit).collect::<Vec<_>>();
    assert_eq!(commits("P-01"), [third, second, first]);
    assert_eq!(commits("P-02"), [third, second, first]);
    assert_eq!(commits("P-03"), [fourth, third]);
    let repository = fixture.open();
    let ids = timelines.ids_at(&repository, second).unwrap();
    assert_eq!(ids, BTreeMap::from([("a.md".into(), "P-02".into()), ("b.md".into(), "P-01".into())]));
    for (path, id) in [("a.md", Some("P-02")), ("b.md", Some("P-01")), ("c.md", None), ("", None)] {
        let found = timelines.document_at(&repository, second, path).unwrap();
        assert_eq!(found.map(|(id, _)| id), id, "{path}");
    }
    let foreign = "0000000000000000000000000000000000000001".parse().unwrap();
    assert_eq!(
        timelines.document_at(&repository, foreign, "a.md"),
        Err(HistoryError::NotInHistory { commit: foreign })
    );
    assert_eq!(timelines.ids_at(&repository, foreign), Err(HistoryError::NotInHistory { commit: foreign }));
}

#[test]
fn of_two_files_with_one_id_the_alphabetically_first_counts() {
    let mut fixture = Fixture::new();
    let (one, two) = (document("P-01", "1"), document("P-01", "2"));
    let first = fixture.commit(&[], &files([("b.md", one.clone())]));
    // Later in the alphabet: nothing happens to P-01.
    let second = fixture.commit(&[first], &files([("b.md", one.clone()), ("c.md", two.clone())]));
    // Earlier: it takes over.
    let third =
        fixture.commit(&[second], &files([("a.md", two.clone()), ("b.md", one.clone()), ("c.md", two.clone())]));
    // The loser changes and goes.
    let fourth = fixture.commit(&[third], &files([("a.md", two.clone()), ("c.md", one.clone())]));
    // An unchanged file takes over again.
    let fifth = fixture.commit(&[fourth], &files([("c.md", one.clone())]));
    let timelines = checked(&fixture, &[""]);
    let commits: Vec<_> =
        short(&timelines, "P-01").into_iter().map(|(commit, path, _)| (commit, path.unwrap())).collect();
    assert_eq!(commits, [(fifth, "c.md".to_owned()), (third, "a.md".to_owned()), (first, "b.md".to_owned())]);
}

#[test]
fn a_merge_appears_only_where_it_took_over_neither_side() {
    let mut fixture = Fixture::new();
    let d = |text: &str| document("P-01", text);
    let q = |text: &str| document("P-02", text);
    let base = fixture.commit(&[], &files([("a.md", d("0")), ("b.md", q("0"))]));
    let left = fixture.commit(&[base], &files([("a.md", d("left")), ("b.md", q("0"))]));
    let right = fixture.commit(&[base], &files([("a.md", d("0")), ("b.md", q("right"))]));
    let clean = fixture.commit(&[left, right], &files([("a.md", d("left")), ("b.md", q("right"))]));
    let both = fixture.commit(&[base], &files([("a.md", d("other")), ("b.md", q("0"))]));
    let combined = fixture.commit(&[clean, both], &files([("a.md", d("left+other")), ("b.md", q("right"))]));
    let evil = fixture.commit(&[combined, right], &files([("a.md", d("left+other")), ("b.md", q("evil"))]));
    let timelines = checked(&fixture, &[""]);
    let commits = |id: &str| short(&timelines, id).into_iter().map(|(commit, ..)| commit).collect::<Vec<_>>();
    assert_eq!(commits("P-01"), [combined, both, left, base]);
    assert_eq!(commits("P-02"), [evil, right, base]);
    assert!(timelines.commit(evil).unwrap().is_merge());
}

#[test]
fn commits_arrive_on_the_main_line_with_their_merge() {
    let mut fixture = Fixture::new();
    let mut step = 0;
    let mut commit = |parents: &[CommitId]| {
        step += 1;
        fixture.commit(parents, &files([("a.md", document("P-01", &step.to_string()))]))
    };
    let base = commit(&[]);
    let topic = commit(&[base]);
    let main = commit(&[base]);
    let deeper = commit(&[topic]);
    let merge = commit(&[main, deeper]);
    let late = commit(&[topic]);
    let head = commit(&[merge, late]);
    let timelines = fixture.timelines(&[""]);
    let line: Vec<_> = timelines.main_line().map(|commit| commit.id).collect();
    assert_eq!(line, [head, merge, main, base]);
    let arrival = |id| timelines.arrival(id).unwrap().id;
    assert_eq!([base, main, topic, deeper, late].map(arrival), [base, main, merge, merge, head]);
}

#[test]
fn a_merge_that_removes_what_both_sides_moved_is_a_removal() {
    let mut fixture = Fixture::new();
    let text = document("P-01", "");
    let base = fixture.commit(&[], &files([("a.md", text.clone()), ("keep.md", document("P-02", ""))]));
    let left = fixture.commit(&[base], &files([("b.md", text.clone()), ("keep.md", document("P-02", ""))]));
    let right = fixture.commit(&[base], &files([("c.md", text), ("keep.md", document("P-02", ""))]));
    let merge = fixture.commit(&[left, right], &files([("keep.md", document("P-02", ""))]));
    let timelines = checked(&fixture, &[""]);
    assert_eq!(short(&timelines, "P-01")[0], (merge, None, None));
}

#[test]
fn a_handbook_in_a_sub_folder_sees_only_itself() {
    let mut fixture = Fixture::new();
    let inside = document("P-01", "inside");
    let first = fixture
        .commit(&[], &files([("policies/a.md", document("P-01", "outside")), ("手引/規程/a.md", inside.clone())]));
    let moved = fixture.commit(&[first], &files([("手引/規程/b.md", inside.clone())]));
    let root = fixture.folder.path().join("手引");
    std::fs::create_dir_all(&root).unwrap();
    let repository = open(&root);
    let timelines = timelines(&repository, &["規程", "規程/下位"]);
    let blob = repository.blob_at(moved, "規程/b.md").unwrap();
    assert_eq!(
        short(&timelines, "P-01"),
        [(moved, Some("規程/b.md".to_owned()), blob), (first, Some("規程/a.md".to_owned()), blob)]
    );
    assert_eq!(repository.read(first, "規程/a.md").unwrap(), Some(inside));
    assert_eq!(repository.read(first, "policies/a.md").unwrap(), None);
    assert_eq!(repository.read(first, "../policies/a.md").unwrap(), None);
    assert_eq!(repository.read(first, "規程").unwrap(), None);
    assert_eq!(repository.list_files(first).unwrap()[0].path, "規程/a.md");
}

#[test]
fn before_the_first_commit_there_is_a_repository_without_head() {
    let fixture = Fixture::new();
    let repository = fixture.open();
    assert_eq!(repository.head(), Ok(None));
    assert!(!repository.is_shallow() && !repository.is_partial() && !repository.has_replacements());
    assert_eq!(repository.resolve("HEAD"), Err(HistoryError::UnknownRevision { revision: "HEAD".into() }));
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(Repository::discover(elsewhere.path()).unwrap().is_none());
}

#[test]
fn revisions_are_named_as_git_names_them() {
    let mut fixture = Fixture::new();
    let first = fixture.commit(&[], &files([("a.md", document("P-01", ""))]));
    let second = fixture.commit(&[first], &files([("a.md", document("P-01", "x"))]));
    let repository = fixture.open();
    assert_eq!(repository.head(), Ok(Some(second)));
    assert_eq!(repository.resolve("HEAD~1"), Ok(first));
    assert_eq!(repository.resolve(&first.to_string()[..12]), Ok(first));
    assert!(repository.resolve("no such thing").is_err());
    let info = repository.commit_info(second).unwrap();
    assert_eq!((info.parents.as_slice(), info.author.email.as_ref()), (&[first][..], "sato@example.com"));
    assert_eq!(info.author.zoned().to_string(), "2026-04-01T09:01:00+09:00[+09:00]");
    assert_eq!(repository.message(second).unwrap(), "改訂 2\n\nReviewed-by: 鈴木\n");
    assert_eq!(repository.trailers(second).unwrap(), [("Reviewed-by".to_owned(), "鈴木".to_owned())]);
    assert_eq!(repository.signature(second).unwrap(), None);
}

#[test]
fn strange_names_are_kept_or_told_never_lost() {
    let mut fixture = Fixture::new();
    let names: [&[u8]; 4] = ["規程/情報 \"秘\".md".as_bytes(), b"line\nbreak.md", b"tab\t'quote'.md", b"bad\xff.md"];
    let tree: Files = names.iter().zip(1..).map(|(name, n)| (name.to_vec(), document(&format!("P-{n}"), ""))).collect();
    let commit = fixture.commit(&[], &tree);
    let timelines = checked(&fixture, &[""]);
    assert_eq!(timelines.documents().collect::<Vec<_>>(), ["P-1", "P-2", "P-3"]);
    assert_eq!(timelines.revisions("P-2")[0].path.as_deref(), Some("line\nbreak.md"));
    assert_eq!(timelines.unnameable().iter().map(String::as_str).collect::<Vec<_>>(), ["bad\u{fffd}.md"]);
    let repository = fixture.open();
    let listed = repository.list_files(commit).unwrap();
    let bad: Vec<_> = listed.iter().filter(|file| file.kind == TreeEntryKind::Unnameable).collect();
    assert_eq!((listed.len(), bad.len()), (4, 1));
    assert!(repository.read(commit, "規程/情報 \"秘\".md").unwrap().is_some());
}

#[test]
fn links_and_submodules_are_no_documents() {
    let mut fixture = Fixture::new();
    let blob = fixture.git.blob(&document("P-01", "")).unwrap();
    let entry = |name: &str, mode| (name.as_bytes().to_vec(), (mode, blob));
    let linked = fixture.write_tree(BTreeMap::from([
        entry("a.md", "120000"),
        entry("s.md", "160000"),
        entry("run.md", "100755"),
    ]));
    let plain = fixture.write_tree(BTreeMap::from([entry("a.md", "100644"), entry("run.md", "100644")]));
    let first = fixture.commit_tree(&[], linked);
    let second = fixture.commit_tree(&[first], plain);
    let third = fixture.commit_tree(&[second], linked);
    let timelines = checked(&fixture, &[""]);
    let paths: Vec<_> =
        short(&timelines, "P-01").into_iter().map(|(commit, path, _)| (commit, path.unwrap())).collect();
    assert_eq!(paths, [(third, "run.md".to_owned()), (second, "a.md".to_owned()), (first, "run.md".to_owned())]);
    let repository = fixture.open();
    let kinds: Vec<_> = repository.list_files(first).unwrap().into_iter().map(|file| file.kind).collect();
    assert_eq!(kinds, [TreeEntryKind::Symlink, TreeEntryKind::File, TreeEntryKind::Submodule]);
    assert_eq!(repository.blob_at(first, "a.md").unwrap(), None);
}

#[test]
fn a_shallow_clone_is_known_and_walked_to_its_edge() {
    let mut fixture = Fixture::new();
    let first = fixture.commit(&[], &files([("a.md", document("P-01", ""))]));
    let second = fixture.commit(&[first], &files([("a.md", document("P-01", "")), ("b.md", document("P-02", ""))]));
    let third = fixture.commit(&[second], &files([("b.md", document("P-02", "x"))]));
    std::fs::write(fixture.git.path().join("shallow"), format!("{second}\n")).unwrap();
    let name = first.to_string();
    std::fs::remove_file(fixture.git.path().join(format!("objects/{}/{}", &name[..2], &name[2..]))).unwrap();
    let repository = fixture.open();
    assert!(repository.is_shallow());
    let timelines = timelines(&repository, &[""]);
    assert_eq!(timelines.boundary(), [second]);
    assert_eq!(timelines.commits().len(), 2);
    let commits: Vec<_> = short(&timelines, "P-01").into_iter().map(|(commit, ..)| commit).collect();
    assert_eq!(commits, [third, second]);
    assert_eq!(repository.commit_info(first), Err(HistoryError::Missing { object: name }));
}

#[test]
fn a_missing_parent_is_an_error_unless_the_clone_is_shallow() {
    let mut fixture = Fixture::new();
    let first = fixture.commit(&[], &files([("a.md", document("P-01", ""))]));
    let second = fixture.commit(&[first], &files([("a.md", document("P-01", "x"))]));
    let name = first.to_string();
    std::fs::remove_file(fixture.git.path().join(format!("objects/{}/{}", &name[..2], &name[2..]))).unwrap();
    let read = Timelines::read(&fixture.open(), second, &[String::new()], &stated_id, &());
    assert_eq!(read.map(|_| ()), Err(HistoryError::Missing { object: name }));
}

#[test]
fn replacements_and_partial_clones_are_known() {
    let mut fixture = Fixture::new();
    let first = fixture.commit(&[], &files([("a.md", document("P-01", ""))]));
    let second = fixture.commit(&[first], &files([("a.md", document("P-01", "x"))]));
    fixture.git.reference(&format!("refs/replace/{second}"), oid(first), true, "test").unwrap();
    fixture.git.config().unwrap().set_bool("remote.origin.promisor", true).unwrap();
    let repository = fixture.open();
    assert!(repository.has_replacements() && repository.is_partial());
    assert_eq!(repository.commit_info(second).unwrap().parents, [first], "the real commit is read");
    std::fs::create_dir_all(fixture.git.path().join("info")).unwrap();
    std::fs::write(fixture.git.path().join("info/grafts"), format!("{second}\n")).unwrap();
    assert_eq!(fixture.open().commit_info(second).unwrap().parents, [first], "grafts are not followed");
}

#[test]
fn repositories_with_sha256_are_refused() {
    let fixture = Fixture::new();
    let mut config = fixture.git.config().unwrap();
    config.set_i32("core.repositoryformatversion", 1).unwrap();
    config.set_str("extensions.objectformat", "sha256").unwrap();
    let refused = Repository::discover(fixture.folder.path()).unwrap_err();
    assert!(matches!(refused, HistoryError::Sha256 { .. }), "{refused:?}");
}

#[test]
fn a_partial_clone_of_older_gits_is_refused_in_words() {
    let fixture = Fixture::new();
    let mut config = fixture.git.config().unwrap();
    config.set_i32("core.repositoryformatversion", 1).unwrap();
    config.set_str("extensions.partialclone", "origin").unwrap();
    let refused = Repository::discover(fixture.folder.path()).unwrap_err();
    assert!(matches!(refused, HistoryError::Partial { .. }), "{refused:?}");
}

#[test]
fn every_error_has_its_words() {
    let path = std::path::PathBuf::from("/r");
    let commit: CommitId = "0123456789012345678901234567890123456789".parse().unwrap();
    assert_eq!("0123".parse::<BlobId>(), Err(InvalidId));
    for error in [
        HistoryError::NotTrusted { path: path.clone() },
        HistoryError::Sha256 { path: path.clone() },
        HistoryError::Partial { path: path.clone() },
        HistoryError::Open { path, reason: "r".into() },
        HistoryError::UnknownRevision { revision: "r".into() },
        HistoryError::NotInHistory { commit },
        HistoryError::Missing { object: commit.to_string() },
        HistoryError::Corrupt { object: commit.to_string(), reason: "r".into() },
    ] {
        for language in crate::locale::Language::ALL {
            let catalogue = crate::locale::Catalogue::new(language);
            assert!(catalogue.has(error.text().key()), "{error:?}");
            let words = catalogue.text(&error.text());
            assert!(!words.contains('{'), "{words}");
        }
    }
}
