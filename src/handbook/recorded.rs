//! What the line of first parents says about records: when each ledger entry came there, which settings applied then,
//! and which entries were changed or lost since. Built once for a head; knows nothing of the tree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use crate::history::{BlobId, CommitId, FirstParentLog};
use crate::load::{APPROVED_FOLDER, CONFIG_FILE};
use crate::model::config::Config;
use crate::model::people::{Person, Role};
use crate::parse;
use crate::parse::entries::{EntryName, Versions};
use crate::source::FileId;

/// Clocks of machines that somebody looks after differ by less.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_hours(24);

/// Reads the bytes of a name.
pub type ReadBlob<'r> = dyn Fn(BlobId) -> Option<Vec<u8>> + Sync + 'r;

/// A commit that brought a ledger entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The commit.
    pub commit: CommitId,
    /// When it was made, as its committer's clock said.
    pub time: Timestamp,
    /// Whether the entry came with this commit for certain: where a shallow clone begins, what stands there may be
    /// older.
    pub certain: bool,
}

impl Recorded {
    /// The commit's name, short as people write it.
    pub fn name(&self) -> String {
        short(self.commit)
    }
}

/// A commit's name, short as people write it.
pub fn short(commit: CommitId) -> String {
    let mut name = commit.to_string();
    name.truncate(12);
    name
}

/// Settings of one or more commits.
#[derive(Debug)]
pub struct Settings {
    texts: [Option<String>; 3],
    read: OnceLock<ReadSettings>,
}

/// Settings as they read.
#[derive(Debug)]
pub struct ReadSettings {
    /// `kitei.toml`; `None` where the commit has none.
    pub config: Option<Config>,
    /// Roles.
    pub roles: Vec<Role>,
    /// People.
    pub people: Vec<Person>,
}

impl Settings {
    /// The settings, read at the first call. Places in them belong to no file of the handbook.
    pub fn read(&self) -> &ReadSettings {
        self.read.get_or_init(|| {
            let file = FileId::DETACHED;
            let [config, roles, people] = self.texts.each_ref().map(Option::as_deref);
            ReadSettings {
                config: config.map(|text| parse::config::config(file, text).0),
                roles: roles.map(|text| parse::people::roles(file, text).0).unwrap_or_default(),
                people: people.map(|text| parse::people::people(file, text).0).unwrap_or_default(),
            }
        })
    }

    /// Texts of configuration, roles and people.
    pub fn texts(&self) -> &[Option<String>; 3] {
        &self.texts
    }
}

/// What became of one ledger along the line. Entries are numbers into `entries`.
#[derive(Debug, Default)]
struct Fold {
    entries: Vec<Said>,
    numbers: HashMap<EntryName, u32>,
    /// Entries that have to stand, in order.
    standing: Vec<u32>,
    /// The step that last lost a standing entry.
    lost: BTreeMap<u32, usize>,
}

/// An entry that some version of a ledger held.
#[derive(Debug)]
struct Said {
    name: EntryName,
    table: Arc<str>,
    /// The step that first held it, and a file of the ledger that says it there.
    first: usize,
    file: BlobId,
}

/// Everything the line of first parents says about records.
#[derive(Debug, Default)]
pub struct RecordHistory {
    /// By name in capitals, since ids compare without regard to case.
    ledgers: BTreeMap<String, Fold>,
    /// Of each step: commit, time, and a number into `settings`.
    steps: Vec<(CommitId, Timestamp, usize)>,
    settings: Vec<Settings>,
    /// Of each commit whose clock ran back, the step before it that has the latest time.
    early: BTreeMap<CommitId, usize>,
    /// Files among the approved copies that the newest commit of the line holds, by path.
    copies: BTreeSet<String>,
    cut: bool,
}

/// An entry that history holds and that has to stand in the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'r> {
    /// What tells the entry from others.
    pub name: EntryName,
    /// The entry's table.
    pub table: &'r str,
    /// A file that says the entry: what the ledger was in the commit that brought it.
    pub file: BlobId,
    /// The commit that brought it.
    pub recorded: Recorded,
    /// The commit that changed or removed it; `None` where none did.
    pub lost: Option<CommitId>,
}

/// Where records lie by a configuration's text.
pub fn records_path(config: &str) -> String {
    parse::config::config(FileId::DETACHED, config).0.records_path
}

/// The name of the ledger at a path of the records folder.
fn ledger_name(path: &str, records: &str) -> Option<String> {
    let name = path.strip_prefix(records)?.strip_prefix("/ledger/")?.strip_suffix(".toml")?;
    Some(name.rsplit('/').next().unwrap_or(name).to_ascii_uppercase())
}

impl RecordHistory {
    /// Reads a line that was made looking at `kitei.toml` and the records folder. `records` is that folder for commits
    /// that have no configuration.
    pub fn read(line: &FirstParentLog, records: &str, blob: &ReadBlob<'_>) -> Self {
        let text = |id: BlobId| String::from_utf8(blob(id)?).ok();
        let mut files: BTreeMap<String, BlobId> = BTreeMap::new();
        let mut folders: BTreeMap<BlobId, String> = BTreeMap::new();
        let mut numbers: BTreeMap<[Option<BlobId>; 3], usize> = BTreeMap::new();
        let mut versions: BTreeMap<String, Vec<(usize, Vec<BlobId>)>> = BTreeMap::new();
        // Files of each ledger in the folder that counts: of a great many ledgers a commit changes few.
        let mut held: BTreeMap<String, BTreeMap<String, BlobId>> = BTreeMap::new();
        let mut merged: BTreeMap<(usize, String), Vec<BlobId>> = BTreeMap::new();
        let mut steps = Vec::new();
        let mut folder = records.to_owned();
        for (number, step) in line.steps.iter().enumerate() {
            let mut touched: BTreeSet<String> = BTreeSet::new();
            for (path, blob) in &step.changed {
                match blob {
                    Some(blob) => files.insert(path.clone(), *blob),
                    None => files.remove(path),
                };
            }
            let config = files.get(CONFIG_FILE).copied();
            let now = match config {
                Some(id) => folders.entry(id).or_insert_with(|| records_path(&text(id).unwrap_or_default())).clone(),
                None => records.to_owned(),
            };
            if now == folder {
                for (path, blob) in &step.changed {
                    let Some(name) = ledger_name(path, &folder) else { continue };
                    let ledger = held.entry(name.clone()).or_default();
                    match blob {
                        Some(blob) => ledger.insert(path.clone(), *blob),
                        None => ledger.remove(path),
                    };
                    touched.insert(name);
                }
            } else {
                touched.extend(std::mem::take(&mut held).into_keys().chain(versions.keys().cloned()));
                for (path, blob) in &files {
                    let Some(name) = ledger_name(path, &now) else { continue };
                    held.entry(name.clone()).or_default().insert(path.clone(), *blob);
                    touched.insert(name);
                }
                folder = now;
            }
            for (path, blob) in &step.merged {
                let Some(name) = ledger_name(path, &folder) else { continue };
                merged.entry((number, name.clone())).or_default().push(*blob);
                touched.insert(name);
            }
            for name in touched {
                let files = held.get(&name).into_iter().flat_map(BTreeMap::values).copied().collect();
                versions.entry(name).or_default().push((number, files));
            }
            let register = |name: &str| files.get(&format!("{folder}/{name}")).copied();
            let key = [config, register("roles.toml"), register("people.toml")];
            let next = numbers.len();
            steps.push((step.commit, step.time, *numbers.entry(key).or_insert(next)));
        }
        let mut keys: Vec<_> = numbers.into_iter().map(|(key, number)| (number, key)).collect();
        keys.sort();
        let settings = keys
            .into_iter()
            .map(|(_, key)| Settings { texts: key.map(|blob| blob.and_then(text)), read: OnceLock::new() })
            .collect();
        let shared = line.steps.partition_point(|step| step.shared);
        let ledgers = versions
            .into_par_iter()
            .map(|(name, versions)| {
                let merged = |step: usize| merged.get(&(step, name.clone())).map_or(&[][..], Vec::as_slice);
                let fold = fold(&versions, &merged, shared, &text);
                (name, fold)
            })
            .collect::<Vec<_>>();
        let early = early(&steps);
        let approved = format!("{folder}/{APPROVED_FOLDER}/");
        let copies = files.into_keys().filter(|path| path.starts_with(&approved)).collect();
        Self { ledgers: ledgers.into_iter().collect(), steps, settings, early, copies, cut: line.cut }
    }

    fn at(&self, step: usize) -> Recorded {
        let (commit, time, _) = self.steps[step];
        Recorded { commit, time, certain: !(self.cut && step == 0) }
    }

    /// Whether the newest commit of the line holds an approved copy.
    pub fn holds_copy(&self, path: &str) -> bool {
        self.copies.contains(path)
    }

    /// A commit of the line that this one follows although its clock says a later time, by more than clocks of different
    /// machines differ.
    pub fn before_its_time(&self, commit: CommitId) -> Option<Recorded> {
        self.early.get(&commit).map(|latest| self.at(*latest))
    }

    /// The commit that first held an entry of a ledger, and the settings of that commit.
    pub fn recorded(&self, ledger: &str, entry: EntryName) -> Option<(Recorded, &Settings)> {
        let fold = self.ledgers.get(&ledger.to_ascii_uppercase())?;
        let step = fold.entries[*fold.numbers.get(&entry)? as usize].first;
        Some((self.at(step), &self.settings[self.steps[step].2]))
    }

    /// Names of all ledgers that ever were, in capitals, sorted.
    pub fn ledgers(&self) -> impl Iterator<Item = &str> {
        self.ledgers.keys().map(String::as_str)
    }

    /// The entries that have to stand in a ledger, in order.
    pub fn standing(&self, ledger: &str) -> impl Iterator<Item = Standing<'_>> {
        self.ledgers.get(ledger).into_iter().flat_map(|fold| {
            fold.standing.iter().map(|number| {
                let Said { name, ref table, first, file } = fold.entries[*number as usize];
                let lost = fold.lost.get(number).map(|step| self.steps[*step].0);
                Standing { name, table, file, recorded: self.at(first), lost }
            })
        })
    }
}

/// Follows one ledger through its versions: step and contents of its files. What only our own commits hold (those from
/// `shared` on) may still change. An entry has to stand once a commit added it without changing or losing another one:
/// what takes the place of a lost entry is no record until that entry is back. What any parent of a merge held has to stand,
/// too: `merged` gives the files of the parents behind the first that the merge holds otherwise.
fn fold<'m>(
    versions: &[(usize, Vec<BlobId>)],
    merged: &dyn Fn(usize) -> &'m [BlobId],
    shared: usize,
    text: &(dyn Fn(BlobId) -> Option<String> + Sync),
) -> Fold {
    let mut fold = Fold::default();
    let mut reader = Versions::default();
    let mut before: Vec<u32> = Vec::new();
    for (step, blobs) in versions {
        // All files of the version are read, whatever becomes of it: one that is missing has to be noticed.
        let files: Vec<_> = blobs.iter().map(|blob| (text(*blob).and_then(|text| reader.read(&text)), *blob)).collect();
        // A version that is no TOML, such as a conflict left in the file, says nothing.
        if files.iter().any(|(entries, _)| entries.is_none()) {
            continue;
        }
        let mut now: Vec<u32> = Vec::new();
        for (entries, file) in files {
            now.extend(entries.into_iter().flatten().map(|entry| fold.number(entry, *step, file)));
        }
        if *step >= shared {
            continue;
        }
        let theirs = merged(*step).iter().filter_map(|blob| Some((reader.read(&text(*blob)?)?, *blob)));
        let mut dropped = Vec::new();
        for (entries, file) in theirs.collect::<Vec<_>>() {
            let numbers = entries.into_iter().map(|entry| fold.number(entry, *step, file));
            dropped.extend(numbers.collect::<Vec<_>>().into_iter().filter(|number| !now.contains(number)));
        }
        let marked = |numbers: &[u32]| {
            let mut marked = vec![false; fold.entries.len()];
            numbers.iter().for_each(|number| marked[*number as usize] = true);
            marked
        };
        let (held, held_before, kept) = (marked(&now), marked(&before), marked(&fold.standing));
        let gone = |number: &u32| !held[*number as usize];
        let lost: Vec<u32> =
            fold.standing.iter().copied().filter(|number| gone(number) && held_before[*number as usize]).collect();
        fold.lost.extend(lost.into_iter().map(|number| (number, *step)));
        let order = |numbers: &[u32]| {
            let table = |number: u32| &*fold.entries[number as usize].table;
            numbers.iter().map(|number| (*number, table(*number))).collect::<Vec<_>>()
        };
        if !before.iter().any(gone) && out_of_order(&order(&fold.standing), &order(&now)).is_none() {
            if fold.standing.iter().any(gone) {
                fold.standing.extend(now.iter().filter(|number| !kept[**number as usize]));
            } else {
                fold.standing.clone_from(&now);
            }
        }
        for number in dropped {
            fold.lost.insert(number, *step);
            if !fold.standing.contains(&number) {
                fold.standing.push(number);
            }
        }
        before = now;
    }
    fold
}

impl Fold {
    /// The number of an entry that a step's file says.
    fn number(&mut self, (table, name): (Arc<str>, EntryName), step: usize, file: BlobId) -> u32 {
        *self.numbers.entry(name).or_insert_with(|| {
            self.entries.push(Said { name, table, first: step, file });
            // A text of four thousand million entries could not be read.
            u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// Commits whose clock says a time well before that of one that they follow, and the latest of those.
fn early(steps: &[(CommitId, Timestamp, usize)]) -> BTreeMap<CommitId, usize> {
    let mut found = BTreeMap::new();
    let mut latest = 0;
    for (at, (commit, time, _)) in steps.iter().enumerate() {
        if steps[latest].1.duration_since(*time) > CLOCKS_DIFFER {
            found.insert(*commit, latest);
        }
        if *time > steps[latest].1 {
            latest = at;
        }
    }
    found
}

/// The first entry that stands before one that it came behind, both of the same table; entries are given with their
/// tables. Order decides between entries of one date, so that moving an entry can change what is in force.
pub fn out_of_order<E: Ord + Copy>(standing: &[(E, &str)], now: &[(E, &str)]) -> Option<E> {
    let places: BTreeMap<E, usize> = now.iter().enumerate().map(|(at, (entry, _))| (*entry, at)).collect();
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let moved = standing.iter().find(|(entry, table)| {
        let Some(place) = places.get(entry) else { return false };
        let before = last.insert(table, *place);
        before.is_some_and(|before| before > *place)
    });
    moved.map(|(entry, _)| *entry)
}
