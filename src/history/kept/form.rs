//! The bytes of what is kept: a heading that says what they are, a checksum, and tables of numbers and texts. Readers
//! trust nothing: whatever does not fit makes the whole worthless, never a panic.

use std::sync::Arc;

use flate2::Crc;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::{Holders, Known};
use crate::history::changes::{Change, Changed, File, Files};
use crate::history::commit::Actor;
use crate::history::id::{ObjectId, ObjectMap};
use crate::history::walk::Walk;
use crate::history::{Commit, CommitId};

/// The last sign is the number of the form.
const MAGIC: &[u8] = b"kitei history 2\n";
/// Magic, key, checksum.
const HEADING: usize = MAGIC.len() + 32 + 4;
/// Stands for no number.
const NONE: u32 = u32::MAX;

/// Bytes for a later [`read`] under the same key.
pub(super) fn write(key: &[u8; 32], walk: &Walk, holders: &Holders) -> Vec<u8> {
    let mut out = Writer { bytes: vec![0; HEADING] };
    let of_files = files(walk, holders);
    out.length(of_files.len());
    out.bytes.extend_from_slice(&of_files);
    commits(walk, &mut out);
    let mut heading = MAGIC.to_vec();
    heading.extend_from_slice(key);
    heading.extend_from_slice(&checksum(&out.bytes[HEADING..]));
    out.bytes[..HEADING].copy_from_slice(&heading);
    out.bytes
}

fn files(walk: &Walk, holders: &Holders) -> Vec<u8> {
    let mut out = Writer { bytes: Vec::new() };
    let ids = Names::of(walk.ids.iter().flatten());
    out.objects(&holders.packs);
    out.objects(&holders.loose);
    out.texts(&walk.files.paths);
    out.texts(&ids.texts);
    out.length(walk.files.files.len());
    for (file, id) in walk.files.files.iter().zip(&walk.ids) {
        out.number(file.path);
        out.bytes.extend_from_slice(&file.blob.0);
        out.number(id.as_ref().map_or(NONE, |id| ids.number(id)));
    }
    out.bytes
}

fn commits(walk: &Walk, out: &mut Writer) {
    let names = Names::of(walk.commits.iter().flat_map(|commit| {
        [&commit.author, &commit.committer].into_iter().flat_map(|actor| [&actor.name, &actor.email])
    }));
    out.texts(&names.texts);
    out.length(walk.files.files.len());
    out.length(walk.commits.len());
    for (commit, changed) in walk.commits.iter().zip(&walk.changed) {
        out.bytes.extend_from_slice(&commit.id.0.0);
        out.bytes.extend_from_slice(&commit.tree.0);
        out.length(commit.parents.len());
        commit.parents.iter().for_each(|parent| out.bytes.extend_from_slice(&parent.0.0));
        for actor in [&commit.author, &commit.committer] {
            out.number(names.number(&actor.name));
            out.number(names.number(&actor.email));
            out.bytes.extend_from_slice(&actor.time.as_second().to_le_bytes());
            out.bytes.extend_from_slice(&actor.offset.seconds().to_le_bytes());
        }
        out.text(&commit.summary);
        out.number(u32::from(changed.taken_over));
        out.changes(&changed.first);
        out.length(changed.others.len());
        changed.others.iter().for_each(|changes| out.changes(changes));
        out.texts(&changed.unnameable);
    }
}

/// What was written under this key; `None` for anything else.
pub(super) fn read(key: &[u8; 32], bytes: &[u8]) -> Option<Known> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(key)?;
    let (sum, body) = rest.split_at_checked(4)?;
    let mut from = Reader { rest: body };
    let length = from.length(1)?;
    let of_files = Reader { rest: from.take(length)? };
    let ((files, commits), sound) =
        rayon::join(|| rayon::join(|| read_files(of_files), || read_commits(from)), || checksum(body) == *sum);
    let (KnownFiles { files, ids, holders }, KnownCommits { commits, changed, numbers, files: count }) =
        (files?, commits?);
    let sound = sound && files.files.len() == count;
    sound.then_some(Known { commits, numbers, changed, files, ids, holders, moved: false })
}

struct KnownFiles {
    files: Files,
    ids: Vec<Option<Arc<str>>>,
    holders: Holders,
}

fn read_files(mut from: Reader<'_>) -> Option<KnownFiles> {
    let holders = Holders { packs: from.objects()?, loose: from.objects()? };
    let paths = from.texts()?;
    let names = from.texts()?;
    let count = from.length(28)?;
    let (mut files, mut ids) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        files.push(File { path: from.number()?, blob: from.object()? });
        ids.push(match from.number()? {
            NONE => None,
            number => Some(names.get(number as usize)?.clone()),
        });
    }
    from.rest.is_empty().then_some(KnownFiles { files: Files::of(paths, files)?, ids, holders })
}

struct KnownCommits {
    commits: Vec<Commit>,
    changed: Vec<Changed>,
    numbers: ObjectMap<u32>,
    /// How many files there have to be.
    files: usize,
}

fn read_commits(mut from: Reader<'_>) -> Option<KnownCommits> {
    let names = from.texts()?;
    let files = from.number()? as usize;
    let count = from.length(96)?;
    let mut commits = Vec::with_capacity(count);
    let mut all_changed = Vec::with_capacity(count);
    for _ in 0..count {
        let (id, tree) = (CommitId(from.object()?), from.object()?);
        let parents = (0..from.length(20)?).map(|_| from.object().map(CommitId)).collect::<Option<_>>()?;
        let (author, committer) = (from.actor(&names)?, from.actor(&names)?);
        commits.push(Commit { id, parents, author, committer, summary: from.text()?.to_owned(), tree });
        let taken_over = from.number()? == 1;
        let first = from.changes(files)?;
        let others = (0..from.length(4)?).map(|_| from.changes(files)).collect::<Option<_>>()?;
        all_changed.push(Changed { first, others, taken_over, unnameable: from.texts()? });
    }
    let numbers: ObjectMap<u32> = (0..).zip(&commits).map(|(number, commit)| (commit.id.0, number)).collect();
    let sound = from.rest.is_empty() && numbers.len() == commits.len();
    sound.then_some(KnownCommits { commits, changed: all_changed, numbers, files })
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut sum = Crc::new();
    sum.update(bytes);
    sum.sum().to_le_bytes()
}

/// Texts that occur often, each once.
struct Names<'a> {
    /// Sorted.
    texts: Vec<&'a Arc<str>>,
}

impl<'a> Names<'a> {
    fn of(texts: impl Iterator<Item = &'a Arc<str>>) -> Self {
        let mut texts: Vec<_> = texts.collect();
        texts.sort_unstable();
        texts.dedup();
        Self { texts }
    }

    fn number(&self, text: &Arc<str>) -> u32 {
        self.texts.binary_search(&text).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(NONE)
    }
}

struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn number(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// Lengths fit 32 bits: git's packs count objects in as many, and a path or message is shorter. One that did not
    /// fit would make the whole unreadable and so worthless.
    fn length(&mut self, length: usize) {
        self.number(u32::try_from(length).unwrap_or(NONE));
    }

    fn objects(&mut self, objects: &[ObjectId]) {
        self.length(objects.len());
        objects.iter().for_each(|object| self.bytes.extend_from_slice(&object.0));
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn texts(&mut self, texts: &[impl AsRef<str>]) {
        self.length(texts.len());
        texts.iter().for_each(|text| self.text(text.as_ref()));
    }

    fn changes(&mut self, changes: &[Change]) {
        self.length(changes.len());
        for change in changes {
            self.number(change.old.unwrap_or(NONE));
            self.number(change.new.unwrap_or(NONE));
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    /// How many things of at least so many bytes follow: never more than there are bytes for.
    fn length(&mut self, least: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.rest.len() / least).then_some(count)
    }

    fn object(&mut self) -> Option<ObjectId> {
        self.array().map(ObjectId)
    }

    fn objects(&mut self) -> Option<Vec<ObjectId>> {
        (0..self.length(20)?).map(|_| self.object()).collect()
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.length(1)?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn texts(&mut self) -> Option<Vec<Arc<str>>> {
        (0..self.length(4)?).map(|_| self.text().map(Arc::from)).collect()
    }

    fn actor(&mut self, names: &[Arc<str>]) -> Option<Actor> {
        let mut name = || names.get(self.number()? as usize).cloned();
        let (name, email) = (name()?, name()?);
        let time = Timestamp::from_second(self.array().map(i64::from_le_bytes)?).ok()?;
        let offset = Offset::from_seconds(self.array().map(i32::from_le_bytes)?).ok()?;
        Some(Actor { name, email, time, offset })
    }

    fn changes(&mut self, files: usize) -> Option<Vec<Change>> {
        let file = |number: u32| match number {
            NONE => Some(None),
            number if (number as usize) < files => Some(Some(number)),
            _ => None,
        };
        (0..self.length(8)?).map(|_| Some(Change { old: file(self.number()?)?, new: file(self.number()?)? })).collect()
    }
}
