//! Objects by name, read fast: from packs and loose files by ourselves, everything else through libgit2.
//!
//! A walk over history reads every folder listing that ever was. libgit2 checks each object's hash and keeps few delta
//! bases, which makes such a walk ten times slower than git's own; this reader keeps every base it meets and may stop at
//! an object's first bytes. Whatever no pack holds goes to libgit2.

#![expect(clippy::disallowed_methods, reason = "this module alone reads git's own files")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cache::BoundedCache;
use super::inflate::{Blocks, Inflater, PackError};
use super::loose;
use super::pack::{DeltaResult, LONGEST_CHAIN, ObjectKind, Pack, PackedForm, PackedHeader, apply};
use crate::history::HistoryError;
use crate::history::id::{ObjectId, ObjectMap};

/// An object's bytes, shared with the cache.
pub(in crate::history) type Bytes = Arc<Vec<u8>>;

/// Byte offsets of the entries of a tree object from the second on (the first is at 0), then the length of the object.
pub(in crate::history) type EntryOffsets = Arc<[u32]>;

/// What all readers together remember of unpacked objects: with two threads, every delta base of the folders of ten
/// thousand documents.
const OBJECT_BYTES: usize = 192 << 20;
const LOOSE_BYTES: usize = 48 << 20;
const HEAD_BYTES: usize = 48 << 20;
const STARTS_BYTES: usize = 8 << 20;
/// What all readers together keep of the pack files: enough for the stretch of a pack over which the versions of one
/// folder's listing are strewn.
const BLOCK_BYTES: usize = 48 << 20;
/// How many of a blob's first bytes are of interest.
const HEAD: usize = 256;
/// Deeper chains are resolved whole, without recursion.
const HEAD_DEPTH: usize = 256;

/// The packs of a repository and its alternates. Shared by all readers.
#[derive(Debug)]
pub(in crate::history) struct ObjectStore {
    git_dir: PathBuf,
    /// Folders of objects: the repository's own, then its alternates'.
    folders: Vec<PathBuf>,
    packs: Vec<Pack>,
}

impl ObjectStore {
    /// The store of a repository: `git_dir` as libgit2 opens it, `common_dir` where the objects lie.
    pub(in crate::history) fn open(git_dir: &Path, common_dir: &Path) -> Self {
        let mut folders = vec![common_dir.join("objects")];
        let mut next = 0;
        // Alternates may have alternates; libgit2 follows five levels, which nobody reaches.
        while let Some(folder) = folders.get(next).filter(|_| next < 32).cloned() {
            let listed = std::fs::read_to_string(folder.join("info/alternates")).unwrap_or_default();
            for line in listed.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '"'])) {
                let alternate = folder.join(line);
                if !folders.contains(&alternate) {
                    folders.push(alternate);
                }
            }
            next += 1;
        }
        let mut indexes: Vec<PathBuf> = folders
            .iter()
            .filter_map(|folder| std::fs::read_dir(folder.join("pack")).ok())
            .flat_map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())))
            .filter(|path| path.extension().is_some_and(|extension| extension == "idx"))
            .collect();
        indexes.sort();
        let packs = indexes.iter().filter_map(|path| Pack::open(path)).collect();
        Self { git_dir: git_dir.to_owned(), folders, packs }
    }

    /// Whether an object is there. One that no longer is must not be remembered as if it were.
    pub(in crate::history) fn has(&self, id: ObjectId) -> bool {
        self.is_packed(id) || loose::exists(&self.folders, id)
    }

    /// Whether an object lies in a pack.
    pub(in crate::history) fn is_packed(&self, id: ObjectId) -> bool {
        self.packs.iter().any(|pack| pack.find(id).is_some())
    }

    /// What tells each pack from any other.
    pub(in crate::history) fn packs(&self) -> Vec<ObjectId> {
        self.packs.iter().map(Pack::checksum).collect()
    }

    /// A number that grows along the packs: objects read in its order are read fastest.
    pub(in crate::history) fn place(&self, id: ObjectId) -> (usize, u64) {
        let found = self.packs.iter().enumerate().find_map(|(number, pack)| Some((number, pack.find(id)?)));
        found.unwrap_or((usize::MAX, 0))
    }
}

/// Reads objects of one [`ObjectStore`]; each thread has its own.
pub(in crate::history) struct ObjectReader {
    store: Arc<ObjectStore>,
    /// Opened at the first object that no pack holds.
    git: Option<git2::Repository>,
    blocks: Blocks,
    inflater: Inflater,
    /// The pack that held the last object.
    last: usize,
    packed: BoundedCache<(usize, u64), (ObjectKind, Bytes)>,
    heads: BoundedCache<(usize, u64), BlobHead>,
    loose: BoundedCache<ObjectId, (ObjectKind, Bytes)>,
    /// Of long listings, where their entries begin.
    pub(super) starts: BoundedCache<ObjectId, EntryOffsets>,
    scratch: Vec<u8>,
    /// Objects that were held against their names; `None` where names are believed.
    checked: Option<ObjectMap<()>>,
}

/// The first bytes of an object.
#[derive(Debug, Clone, Default)]
pub(in crate::history) struct BlobHead {
    pub(in crate::history) bytes: Bytes,
    /// Whether these are all of its bytes.
    pub(in crate::history) whole: bool,
}

impl ObjectReader {
    pub(in crate::history) fn new(store: Arc<ObjectStore>) -> Self {
        // A reader for each thread and one for whoever waits for them.
        let readers = rayon::current_num_threads() + 1;
        Self {
            store,
            git: None,
            blocks: Blocks::new(BLOCK_BYTES / readers),
            inflater: Inflater::new(),
            last: 0,
            packed: BoundedCache::new(OBJECT_BYTES / readers),
            heads: BoundedCache::new(HEAD_BYTES / readers),
            loose: BoundedCache::new(LOOSE_BYTES / readers),
            starts: BoundedCache::new(STARTS_BYTES / readers),
            scratch: Vec::new(),
            checked: None,
        }
    }

    /// Holds every object against its name before it is believed. Pages can do without: a pack that was tampered with
    /// shows in git itself. Evidence cannot.
    pub(in crate::history) fn checking(mut self) -> Self {
        self.checked = Some(ObjectMap::default());
        self
    }

    /// The bytes of an object of this kind.
    pub(in crate::history) fn read(&mut self, id: ObjectId, kind: ObjectKind) -> Result<Bytes, HistoryError> {
        let (found, bytes) = self.object(id)?;
        if let Some(checked) = &mut self.checked
            && checked.insert(id, ()).is_none()
            && !found.names(&bytes, id)
        {
            return Err(HistoryError::corrupt(id, "hash"));
        }
        if found == kind { Ok(bytes) } else { Err(HistoryError::corrupt(id, format!("{found:?}, not {kind:?}"))) }
    }

    /// Some of a blob's first bytes: what can be had without reading the rest, possibly none.
    pub(in crate::history) fn blob_head(&mut self, id: ObjectId) -> Result<BlobHead, HistoryError> {
        if let Some((number, offset)) = self.find(id) {
            return Ok(self.head(number, offset, 0).unwrap_or_default());
        }
        Ok(BlobHead { bytes: self.read(id, ObjectKind::Blob)?, whole: true })
    }

    fn object(&mut self, id: ObjectId) -> Result<(ObjectKind, Bytes), HistoryError> {
        let unpacked = self.find(id).map(|(number, offset)| self.unpack(number, offset));
        match unpacked {
            Some(Ok(object)) => Ok(object),
            Some(Err(PackError::Damaged)) => Err(HistoryError::corrupt(id, "pack")),
            Some(Err(PackError::Elsewhere)) | None => self.unpacked(id),
        }
    }

    fn find(&mut self, id: ObjectId) -> Option<(usize, u64)> {
        let packs = &self.store.packs;
        if let Some(offset) = packs.get(self.last).and_then(|pack| pack.find(id)) {
            return Some((self.last, offset));
        }
        let found = packs.iter().enumerate().find_map(|(number, pack)| Some((number, pack.find(id)?)))?;
        self.last = found.0;
        Some(found)
    }

    fn unpacked(&mut self, id: ObjectId) -> Result<(ObjectKind, Bytes), HistoryError> {
        if let Some(object) = self.loose.get(&id) {
            return Ok(object);
        }
        let found = match loose::read(&self.store.folders, id)? {
            Some((kind, bytes)) => (kind, Arc::new(bytes)),
            None => self.through_libgit2(id)?,
        };
        self.loose.put(id, found.clone(), found.1.len());
        Ok(found)
    }

    fn through_libgit2(&mut self, id: ObjectId) -> Result<(ObjectKind, Bytes), HistoryError> {
        let git = match &mut self.git {
            Some(git) => git,
            none => none.insert(git2::Repository::open(&self.store.git_dir).map_err(|error| HistoryError::Open {
                path: self.store.git_dir.clone(),
                reason: error.message().to_owned(),
            })?),
        };
        let failed = |error: git2::Error| match error.code() {
            git2::ErrorCode::NotFound => HistoryError::missing(id),
            _ => HistoryError::corrupt(id, error.message()),
        };
        let odb = git.odb().map_err(failed)?;
        let object = odb.read(git2::Oid::from_bytes(&id.0).map_err(failed)?).map_err(failed)?;
        let kind = match object.kind() {
            git2::ObjectType::Commit => ObjectKind::Commit,
            git2::ObjectType::Tree => ObjectKind::Tree,
            git2::ObjectType::Tag => ObjectKind::Tag,
            _ => ObjectKind::Blob,
        };
        Ok((kind, Arc::new(object.data().to_vec())))
    }

    fn header(&mut self, number: usize, offset: u64) -> Result<PackedHeader, PackError> {
        self.store.packs[number].header(&mut self.blocks, number, offset)
    }

    fn inflate(
        &mut self,
        number: usize,
        header: &PackedHeader,
        into: &mut Vec<u8>,
        size: usize,
    ) -> Result<(), PackError> {
        into.clear();
        into.resize(size, 0);
        let path = self.store.packs[number].path();
        self.inflater.fill(&mut self.blocks, number, path, header.data, into)
    }

    /// Resolves the object at `offset` whole, keeping every base on the way.
    fn unpack(&mut self, number: usize, offset: u64) -> Result<(ObjectKind, Bytes), PackError> {
        let mut deltas: Vec<(u64, PackedHeader)> = Vec::new();
        let mut at = offset;
        let (kind, mut bytes) = loop {
            if let Some(found) = self.packed.get(&(number, at)) {
                break found;
            }
            let header = self.header(number, at)?;
            match header.form {
                PackedForm::Whole(kind) => {
                    let mut bytes = Vec::new();
                    self.inflate(number, &header, &mut bytes, header.size)?;
                    let object = (kind, Arc::new(bytes));
                    // Commits are read once; keeping them would push out listings.
                    if kind != ObjectKind::Commit || !deltas.is_empty() {
                        self.packed.put((number, at), object.clone(), object.1.len());
                    }
                    break object;
                }
                PackedForm::DeltaTo(base) => {
                    deltas.push((at, header));
                    at = base;
                }
                PackedForm::DeltaToName(base) => {
                    deltas.push((at, header));
                    at = self.store.packs[number].find(base).ok_or(PackError::Damaged)?;
                }
            }
            if deltas.len() > LONGEST_CHAIN {
                return Err(PackError::Damaged);
            }
        };
        let mut delta = std::mem::take(&mut self.scratch);
        for (at, header) in deltas.iter().rev() {
            let mut object = Vec::new();
            let followed = self
                .inflate(number, header, &mut delta, header.size)
                .and_then(|()| apply(&bytes, &delta, usize::MAX, &mut object));
            if !matches!(followed, Ok(DeltaResult::Whole)) {
                self.scratch = delta;
                return Err(followed.err().unwrap_or(PackError::Damaged));
            }
            bytes = Arc::new(object);
            self.packed.put((number, *at), (kind, bytes.clone()), bytes.len());
        }
        self.scratch = delta;
        Ok((kind, bytes))
    }

    /// The first bytes of the blob at `offset`, as far as its delta tells without looking further into the base than
    /// the base's own head: one short inflation for each object of a chain.
    fn head(&mut self, number: usize, offset: u64, depth: usize) -> Result<BlobHead, PackError> {
        if let Some(found) = self.heads.get(&(number, offset)) {
            return Ok(found);
        }
        let header = self.header(number, offset)?;
        let base = match header.form {
            PackedForm::Whole(ObjectKind::Blob) => {
                let mut bytes = Vec::new();
                self.inflate(number, &header, &mut bytes, header.size.min(HEAD))?;
                return Ok(self.keep_head(number, offset, bytes, header.size <= HEAD));
            }
            PackedForm::Whole(_) => return Err(PackError::Damaged),
            PackedForm::DeltaTo(base) => base,
            PackedForm::DeltaToName(base) => self.store.packs[number].find(base).ok_or(PackError::Damaged)?,
        };
        if depth > HEAD_DEPTH {
            return Err(PackError::Damaged);
        }
        let of_base = self.head(number, base, depth + 1)?;
        let mut delta = Vec::new();
        self.inflate(number, &header, &mut delta, header.size.min(HEAD + 64))?;
        let mut bytes = Vec::new();
        let whole = apply(&of_base.bytes, &delta, HEAD, &mut bytes)? == DeltaResult::Whole;
        Ok(self.keep_head(number, offset, bytes, whole))
    }

    fn keep_head(&mut self, number: usize, offset: u64, bytes: Vec<u8>, whole: bool) -> BlobHead {
        let head = BlobHead { bytes: Arc::new(bytes), whole };
        self.heads.put((number, offset), head.clone(), head.bytes.len());
        head
    }
}

impl std::fmt::Debug for ObjectReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ObjectReader").field("store", &self.store).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::fixture::{Fixture, document, files};

    /// A packed history of similar texts, so that most objects are deltas, and all its objects.
    fn packed() -> (Fixture, Vec<git2::Oid>) {
        let mut fixture = Fixture::new();
        let mut parent = None;
        for version in 0..40 {
            let body: String =
                (0..60).map(|line| format!("第{line}条 {}\n", if line == version { "改" } else { "文" })).collect();
            let name = format!("規程/{}.md", version % 7);
            let content =
                files([(name.as_str(), document(&format!("P-{version}"), &body)), ("a.md", body.into_bytes())]);
            parent = Some(fixture.commit(parent.as_slice(), &content));
        }
        fixture.pack();
        let mut all = Vec::new();
        fixture
            .git
            .odb()
            .unwrap()
            .foreach(|id| {
                all.push(*id);
                true
            })
            .unwrap();
        (fixture, all)
    }

    #[test]
    fn packed_objects_equal_what_libgit2_reads() {
        let (fixture, all) = packed();
        let store = Arc::new(ObjectStore::open(fixture.git.path(), fixture.git.commondir()));
        let odb = fixture.git.odb().unwrap();
        let (mut deltas, mut cut) = (0, 0);
        for backwards in [false, true] {
            let mut reader = ObjectReader::new(store.clone());
            let order: Vec<_> = if backwards { all.iter().rev().collect() } else { all.iter().collect() };
            for id in order {
                let (number, offset) = reader.find((*id).into()).expect("everything is packed");
                let (kind, bytes) = reader.unpack(number, offset).expect("the pack is sound");
                let expected = odb.read(*id).unwrap();
                assert_eq!(bytes.as_slice(), expected.data());
                deltas += usize::from(!matches!(reader.header(number, offset).unwrap().form, PackedForm::Whole(_)));
                if kind == ObjectKind::Blob {
                    let head = reader.blob_head((*id).into()).unwrap();
                    assert!(expected.data().starts_with(&head.bytes) && (!head.whole || *head.bytes == *bytes));
                    cut += usize::from(!head.whole);
                }
            }
            assert!(reader.find(ObjectId([9; 20])).is_none());
        }
        assert!(deltas > 40 && cut > 40, "{deltas} deltas, {cut} heads");
    }

    #[test]
    fn a_damaged_pack_gives_errors_and_never_a_panic() {
        let (fixture, all) = packed();
        // A copy: libgit2 has the original mapped into memory.
        let copy = tempfile::tempdir().unwrap();
        let folder = copy.path().join("objects/pack");
        std::fs::create_dir_all(&folder).unwrap();
        let mut sound: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(fixture.git.path().join("objects/pack"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (folder.join(path.file_name().unwrap()), std::fs::read(path).unwrap()))
            .collect();
        sound.sort();
        let mut failed = 0;
        for round in 0..40_usize {
            for (number, (path, bytes)) in sound.iter().enumerate() {
                let mut bytes = bytes.clone();
                if round % sound.len() == number {
                    for step in 0..=round {
                        let at = (round * 7919 + step * 104_729) % bytes.len();
                        bytes[at] ^= 0x55;
                    }
                    bytes.truncate(bytes.len() - round * 10);
                }
                std::fs::write(path, bytes).unwrap();
            }
            let mut reader = ObjectReader::new(Arc::new(ObjectStore::open(copy.path(), copy.path())));
            for id in &all {
                if let Some((number, offset)) = reader.find((*id).into()) {
                    failed += usize::from(reader.head(number, offset, 0).is_err());
                    failed += usize::from(reader.unpack(number, offset).is_err());
                }
            }
        }
        assert!(failed > 0);
    }
}
