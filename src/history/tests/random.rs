//! Random histories: branches that are edited, merged, amended, rebased, thrown back and packed, in any order. At any
//! moment timelines equal the oracle, and what is read with the help of earlier runs equals what is read anew.
//!
//! `KITEI_HISTORIES=500 cargo test --release random_histories` makes more of them. A failure names its history, which
//! `KITEI_HISTORY=17` repeats alone.

use super::super::fixture::{Disk, Files, Fixture, document, timelines, timelines_kept};
use super::*;

/// Histories made where nobody asks for more.
const HISTORIES: u64 = 4;
const STEPS: usize = 60;
const FOLDERS: [&str; 2] = ["a", "b"];
const PATHS: [&[u8]; 10] = [
    b"a/1.md",
    b"a/2.md",
    b"a/x/1.md",
    b"a/x.md",
    b"b/1.md",
    b"b/2.md",
    b"b/x/y/z.md",
    b"b/pic.png",
    b"c/1.md",
    b"b/bad\xff.md",
];
const IDS: [&str; 6] = ["P-1", "P-2", "p-2", "P-3", "P-4", "P-5"];

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// A repository whose branches several people push to.
struct World {
    dice: Dice,
    fixture: Fixture,
    branches: Vec<CommitId>,
    contents: BTreeMap<CommitId, Files>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world =
            Self { dice: Dice(seed), fixture: Fixture::new(), branches: Vec::new(), contents: BTreeMap::new() };
        let mut files = Files::new();
        for _ in 0..3 {
            world.edit(&mut files);
        }
        let first = world.commit(&[], files);
        world.branches = vec![first; 3];
        world
    }

    fn commit(&mut self, parents: &[CommitId], files: Files) -> CommitId {
        // Clocks of several machines, some of them far from the truth.
        self.fixture.clock = [0, 0, 0, 30, -3600, -86_400 * 400, 86_400 * 30][self.dice.roll(7)];
        let commit = self.fixture.commit(parents, &files);
        self.contents.insert(commit, files);
        commit
    }

    /// Writes, removes or moves a file, lets one lose its id or take over that of another.
    fn edit(&mut self, files: &mut Files) {
        let path = self.dice.pick(&PATHS).to_vec();
        match self.dice.roll(6) {
            0 => drop(files.remove(&path)),
            1 => {
                if let Some(bytes) = files.remove(&path) {
                    files.insert(self.dice.pick(&PATHS).to_vec(), bytes);
                }
            }
            2 => drop(files.insert(path, b"no id".to_vec())),
            3 => {
                // Two files change places, so that each id has another path.
                let other = self.dice.pick(&PATHS).to_vec();
                if let (Some(one), Some(two)) = (files.get(&path).cloned(), files.get(&other).cloned()) {
                    files.insert(path, two);
                    files.insert(other, one);
                }
            }
            _ => {
                let id = self.dice.pick(&IDS);
                files.insert(path, document(id, &"文".repeat(self.dice.roll(4) * 200)));
            }
        }
    }

    fn edits(&mut self, files: &mut Files) {
        for _ in 0..self.dice.roll(4) {
            self.edit(files);
        }
    }

    /// A merge takes each file from any of its parents, as a person resolving conflicts does, and may be edited.
    fn merge(&mut self, parents: &[CommitId]) -> CommitId {
        let mut files = Files::new();
        for path in PATHS {
            let from = self.dice.pick(parents);
            if let Some(bytes) = self.contents[&from].get(path) {
                files.insert(path.to_vec(), bytes.clone());
            }
        }
        if self.dice.roll(3) == 0 {
            self.edits(&mut files);
        }
        self.commit(parents, files)
    }

    fn parents(&self, commit: CommitId) -> Vec<CommitId> {
        let commit = self.fixture.git.find_commit(oid(commit)).unwrap();
        commit.parent_ids().map(|parent| CommitId(parent.into())).collect()
    }

    /// The newest commits along first parents that have a parent, oldest first.
    fn newest(&self, head: CommitId, count: usize) -> Vec<CommitId> {
        let mut found: Vec<CommitId> =
            std::iter::successors(Some(head), |commit| self.parents(*commit).first().copied())
                .filter(|commit| !self.parents(*commit).is_empty())
                .take(count)
                .collect();
        found.reverse();
        found
    }

    /// Does to `onto` what a commit did to its first parent.
    fn replay(&mut self, commit: CommitId, onto: CommitId) -> CommitId {
        let before = self.contents[&self.parents(commit)[0]].clone();
        let after = self.contents[&commit].clone();
        let mut files = self.contents[&onto].clone();
        for path in before.keys().chain(after.keys()) {
            match after.get(path) {
                now if now == before.get(path) => {}
                Some(bytes) => drop(files.insert(path.clone(), bytes.clone())),
                None => drop(files.remove(path)),
            }
        }
        self.commit(&[onto], files)
    }

    fn step(&mut self) {
        let at = self.dice.roll(self.branches.len());
        let head = self.branches[at];
        let other = self.dice.pick(&self.branches.clone());
        match self.dice.roll(12) {
            0..=3 => {
                let mut files = self.contents[&head].clone();
                self.edits(&mut files);
                self.branches[at] = self.commit(&[head], files);
            }
            4 | 5 => {
                // Two parents, or three at once.
                let mut parents = vec![head, other, self.dice.pick(&self.branches.clone())];
                parents.truncate(2 + self.dice.roll(2));
                let mut seen = BTreeSet::new();
                parents.retain(|parent| seen.insert(*parent));
                self.branches[at] = self.merge(&parents);
            }
            6 => {
                // Criss-cross: each takes in the other.
                if let Some(with) = self.branches.iter().position(|branch| *branch != head) {
                    let theirs = self.branches[with];
                    self.branches[at] = self.merge(&[head, theirs]);
                    self.branches[with] = self.merge(&[theirs, head]);
                }
            }
            7 => {
                // Amended.
                let mut files = self.contents[&head].clone();
                self.edits(&mut files);
                let parents = self.parents(head);
                self.branches[at] = self.commit(&parents, files);
            }
            8 => {
                // Rebased.
                let count = 1 + self.dice.roll(4);
                let commits = self.newest(head, count);
                self.branches[at] = commits.into_iter().fold(other, |onto, commit| self.replay(commit, onto));
            }
            9 => {
                // Thrown back and pushed by force.
                let back = self.dice.roll(4);
                if let Some(earlier) = self.newest(head, 4).into_iter().rev().nth(back) {
                    self.branches[at] = earlier;
                }
            }
            10 => self.branches[at] = other,
            _ => self.fixture.pack(),
        }
    }

    /// Lets the branches be refs, with one checked out.
    fn check_out(&self, at: usize) {
        for (number, branch) in self.branches.iter().enumerate() {
            self.fixture.git.reference(&format!("refs/heads/{number}"), oid(*branch), true, "test").unwrap();
        }
        self.fixture.git.reference("refs/heads/main", oid(self.branches[at]), true, "test").unwrap();
    }

    /// Throws away what no branch reaches, as a forge does some weeks after a push by force.
    fn collect_garbage(&mut self) {
        self.check_out(0);
        self.fixture.run(&["reflog", "expire", "--expire=now", "--all"]);
        self.fixture.run(&["gc", "--quiet", "--prune=now"]);
        let reachable = self.fixture.run(&["rev-list", "--all"]);
        let reachable: BTreeSet<CommitId> = reachable.lines().map(|line| line.parse().unwrap()).collect();
        self.contents.retain(|commit, _| reachable.contains(commit));
    }

    fn check(&mut self) {
        let at = self.dice.roll(self.branches.len());
        self.check_out(at);
        let repository = self.fixture.open();
        let anew = timelines(&repository, &FOLDERS);
        super::check(&self.fixture, &anew, &FOLDERS);
        // Now and then nothing can be written, so that what is kept is older than the last run.
        let disk = Disk { works: self.dice.roll(3) > 0 };
        for _ in 0..2 {
            same(&repository, &anew, &timelines_kept(&repository, &FOLDERS, &disk));
        }
    }
}

/// Two timelines tell the same.
pub(super) fn same(repository: &Repository, one: &Timelines, other: &Timelines) {
    assert_eq!(one.commits(), other.commits());
    assert_eq!(all(one), all(other));
    assert_eq!(one.boundary(), other.boundary());
    assert_eq!(one.unnameable(), other.unnameable());
    let line = |of: &Timelines| of.main_line().map(|commit| commit.id).collect::<Vec<_>>();
    assert_eq!(line(one), line(other));
    let documents = one.documents().flat_map(|id| one.revisions(id));
    let paths: BTreeSet<&str> = documents.filter_map(|revision| revision.path.as_deref()).collect();
    for commit in one.commits() {
        assert_eq!(one.arrival(commit.id), other.arrival(commit.id));
        let ids = one.ids_at(repository, commit.id);
        assert_eq!(ids, other.ids_at(repository, commit.id));
        let ids = ids.unwrap();
        for path in &paths {
            let blob = || repository.blob_at(commit.id, path).unwrap().unwrap();
            let expected = ids.get(*path).map(|id| (id.as_str(), blob()));
            assert_eq!(one.document_at(repository, commit.id, path).unwrap(), expected, "{path}");
        }
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn random_histories_equal_the_oracle_kept_or_not() {
    let histories = match number("KITEI_HISTORY") {
        Some(one) => one..one + 1,
        None => 0..number("KITEI_HISTORIES").unwrap_or(HISTORIES),
    };
    for seed in histories {
        let told = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            for step in 1..=STEPS {
                world.step();
                if step % 12 == 0 {
                    world.check();
                }
            }
            world.collect_garbage();
            world.check();
            world.step();
            world.check();
        });
        assert!(told.is_ok(), "history {seed}: KITEI_HISTORY={seed} repeats it");
    }
}
