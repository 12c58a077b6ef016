//! The bytes of a cached walk: a heading (magic, key, checksum), then two tables in postcard's format. Readers trust
//! nothing: whatever does not fit makes the whole cache count as absent, never a panic.

use std::sync::Arc;

use flate2::Crc;
use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use super::{CachedWalk, Holders};
use crate::history::changes::{Change, Changed, File, Files};
use crate::history::commit::Actor;
use crate::history::id::{ObjectId, ObjectMap};
use crate::history::walk::Walk;
use crate::history::{Commit, CommitId};

/// Ends in the number of the format.
const MAGIC: &[u8] = b"kitei history 3\n";
/// Magic, key, checksum.
const HEADING: usize = MAGIC.len() + 32 + 4;

/// Files that a walk met, and where their objects lie.
#[derive(Serialize, Deserialize)]
struct FileTable<'a> {
    packs: Vec<ObjectId>,
    loose: Vec<ObjectId>,
    #[serde(borrow)]
    paths: Vec<&'a str>,
    /// Ids that files state, each once.
    #[serde(borrow)]
    ids: Vec<&'a str>,
    files: Vec<StoredFile>,
}

#[derive(Serialize, Deserialize)]
struct StoredFile {
    path: u32,
    blob: ObjectId,
    /// A number into the ids.
    id: Option<u32>,
}

/// Commits and what each changed.
#[derive(Serialize, Deserialize)]
struct CommitTable<'a> {
    /// Names and addresses of people, each once.
    #[serde(borrow)]
    names: Vec<&'a str>,
    /// The length of the table of files, which changes refer to.
    files: u32,
    #[serde(borrow)]
    commits: Vec<StoredCommit<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredCommit<'a> {
    id: ObjectId,
    tree: ObjectId,
    parents: Vec<ObjectId>,
    author: StoredActor,
    committer: StoredActor,
    summary: &'a str,
    taken_over: bool,
    first: Vec<StoredChange>,
    others: Vec<Vec<StoredChange>>,
    #[serde(borrow)]
    unnameable: Vec<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct StoredActor {
    name: u32,
    email: u32,
    /// Seconds since 1970-01-01 UTC.
    time: i64,
    /// Seconds east of UTC.
    offset: i32,
}

/// Numbers into the table of files: before, after.
#[derive(Serialize, Deserialize)]
struct StoredChange(Option<u32>, Option<u32>);

/// Bytes for a later [`read`] under the same key; `None` where they cannot be written.
pub(super) fn write(key: &[u8; 32], walk: &Walk, holders: &Holders) -> Option<Vec<u8>> {
    let files = postcard::to_stdvec(&file_table(walk, holders)?).ok()?;
    let mut out = vec![0; HEADING];
    out.extend_from_slice(&u32::try_from(files.len()).ok()?.to_le_bytes());
    out.extend_from_slice(&files);
    let mut out = postcard::to_extend(&commit_table(walk)?, out).ok()?;
    let mut heading = MAGIC.to_vec();
    heading.extend_from_slice(key);
    heading.extend_from_slice(&checksum(&out[HEADING..]));
    out[..HEADING].copy_from_slice(&heading);
    Some(out)
}

fn file_table<'a>(walk: &'a Walk, holders: &Holders) -> Option<FileTable<'a>> {
    let ids = Names::of(walk.ids.iter().flatten());
    let stored = |(file, id): (&File, &Option<Arc<str>>)| {
        let id = id.as_ref().map(|id| ids.number(id)).map_or(Some(None), |number| number.map(Some))?;
        Some(StoredFile { path: file.path, blob: file.blob, id })
    };
    Some(FileTable {
        packs: holders.packs.clone(),
        loose: holders.loose.clone(),
        paths: walk.files.paths.iter().map(AsRef::as_ref).collect(),
        files: walk.files.files.iter().zip(&walk.ids).map(stored).collect::<Option<_>>()?,
        ids: ids.texts,
    })
}

fn commit_table(walk: &Walk) -> Option<CommitTable<'_>> {
    let names = Names::of(walk.commits.iter().flat_map(|commit| {
        [&commit.author, &commit.committer].into_iter().flat_map(|actor| [&actor.name, &actor.email])
    }));
    let actor = |actor: &Actor| {
        Some(StoredActor {
            name: names.number(&actor.name)?,
            email: names.number(&actor.email)?,
            time: actor.time.as_second(),
            offset: actor.offset.seconds(),
        })
    };
    let changes =
        |changes: &[Change]| changes.iter().map(|change| StoredChange(change.old, change.new)).collect::<Vec<_>>();
    let mut commits = Vec::with_capacity(walk.commits.len());
    for (commit, changed) in walk.commits.iter().zip(&walk.changed) {
        commits.push(StoredCommit {
            id: commit.id.0,
            tree: commit.tree,
            parents: commit.parents.iter().map(|parent| parent.0).collect(),
            author: actor(&commit.author)?,
            committer: actor(&commit.committer)?,
            summary: &commit.summary,
            taken_over: changed.taken_over,
            first: changes(&changed.first),
            others: changed.others.iter().map(|of| changes(of)).collect(),
            unnameable: changed.unnameable.iter().map(AsRef::as_ref).collect(),
        });
    }
    Some(CommitTable { files: u32::try_from(walk.files.files.len()).ok()?, commits, names: names.texts })
}

/// What was written under this key; `None` for anything else.
pub(super) fn read(key: &[u8; 32], bytes: &[u8]) -> Option<CachedWalk> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(key)?;
    let (sum, body) = rest.split_at_checked(4)?;
    let (length, tables) = body.split_first_chunk()?;
    let (files, commits) = tables.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    let ((files, commits), sound) =
        rayon::join(|| rayon::join(|| read_files(files), || read_commits(commits)), || checksum(body) == *sum);
    let ((files, ids, holders), (commits, changed, count)) = (files?, commits?);
    let numbers: ObjectMap<u32> = (0..).zip(&commits).map(|(number, commit)| (commit.id.0, number)).collect();
    let sound = sound && files.files.len() == count && numbers.len() == commits.len();
    sound.then_some(CachedWalk { commits, numbers, changed, files, ids, holders, moved: false })
}

/// A value that takes up all of the bytes.
fn table<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    let (table, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(table)
}

/// Files by number, the id that each states, and where their objects lie.
type CachedFiles = (Files, Vec<Option<Arc<str>>>, Holders);

fn read_files(bytes: &[u8]) -> Option<CachedFiles> {
    let FileTable { packs, loose, paths, ids: names, files: stored } = table(bytes)?;
    let names: Vec<Arc<str>> = names.into_iter().map(Arc::from).collect();
    let (mut files, mut ids) = (Vec::with_capacity(stored.len()), Vec::with_capacity(stored.len()));
    for StoredFile { path, blob, id } in stored {
        files.push(File { path, blob });
        ids.push(match id {
            None => None,
            Some(number) => Some(names.get(number as usize)?.clone()),
        });
    }
    Some((Files::of(paths.into_iter().map(Arc::from).collect(), files)?, ids, Holders { packs, loose }))
}

/// Commits, the changes of each, and the length of the table of files that these refer to.
fn read_commits(bytes: &[u8]) -> Option<(Vec<Commit>, Vec<Changed>, usize)> {
    let CommitTable { names, files, commits: stored } = table(bytes)?;
    let names: Vec<Arc<str>> = names.into_iter().map(Arc::from).collect();
    let actor = |stored: StoredActor| {
        let name = |number: u32| names.get(number as usize).cloned();
        Some(Actor {
            name: name(stored.name)?,
            email: name(stored.email)?,
            time: Timestamp::from_second(stored.time).ok()?,
            offset: Offset::from_seconds(stored.offset).ok()?,
        })
    };
    let changes = |stored: Vec<StoredChange>| {
        let is_there = |file: &Option<u32>| file.is_none_or(|file| file < files);
        let change = |StoredChange(old, new)| (is_there(&old) && is_there(&new)).then_some(Change { old, new });
        stored.into_iter().map(change).collect::<Option<Vec<_>>>()
    };
    let (mut commits, mut all_changed) = (Vec::with_capacity(stored.len()), Vec::with_capacity(stored.len()));
    for commit in stored {
        commits.push(Commit {
            id: CommitId(commit.id),
            parents: commit.parents.into_iter().map(CommitId).collect(),
            author: actor(commit.author)?,
            committer: actor(commit.committer)?,
            summary: commit.summary.to_owned(),
            tree: commit.tree,
        });
        all_changed.push(Changed {
            first: changes(commit.first)?,
            others: commit.others.into_iter().map(changes).collect::<Option<_>>()?,
            taken_over: commit.taken_over,
            unnameable: commit.unnameable.into_iter().map(Arc::from).collect(),
        });
    }
    Some((commits, all_changed, usize::try_from(files).ok()?))
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut sum = Crc::new();
    sum.update(bytes);
    sum.sum().to_le_bytes()
}

/// Texts that occur often, each once, sorted.
struct Names<'a> {
    texts: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(texts: impl Iterator<Item = &'a Arc<str>>) -> Self {
        let mut texts: Vec<&str> = texts.map(AsRef::as_ref).collect();
        texts.sort_unstable();
        texts.dedup();
        Self { texts }
    }

    fn number(&self, text: &str) -> Option<u32> {
        u32::try_from(self.texts.binary_search(&text).ok()?).ok()
    }
}
