//! Trees: git's folder listings, what differs between two of them, and what stands at a path.
//!
//! Listings are compared top-down by name: equal names mean equal contents, so a comparison costs what changed, not what
//! there is.

use std::cmp::Ordering;

use super::pack::ObjectKind;
use super::store::{Bytes, EntryOffsets, ObjectReader};
use crate::history::HistoryError;
use crate::history::id::ObjectId;

/// What an entry of a listing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::history) enum EntryMode {
    File,
    Folder,
    Symlink,
    Submodule,
}

/// One entry of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::history) struct RawTreeEntry<'a> {
    pub(in crate::history) mode: EntryMode,
    pub(in crate::history) name: &'a [u8],
    pub(in crate::history) id: ObjectId,
}

impl RawTreeEntry<'_> {
    fn is_folder(&self) -> bool {
        self.mode == EntryMode::Folder
    }

    /// Git's order: a folder sorts as if its name ended with a slash.
    fn order(&self, other: &RawTreeEntry<'_>) -> Ordering {
        let key = |entry: &RawTreeEntry<'_>| if entry.is_folder() { b'/' } else { 0 };
        let common = self.name.len().min(other.name.len());
        self.name[..common].cmp(&other.name[..common]).then_with(|| {
            let after = |entry: &RawTreeEntry<'_>| entry.name.get(common).copied().unwrap_or_else(|| key(entry));
            after(self).cmp(&after(other)).then_with(|| self.name.len().cmp(&other.name.len()))
        })
    }
}

/// Walks through the bytes of a listing.
#[derive(Debug, Clone, Copy)]
struct RawTreeEntries<'a> {
    bytes: &'a [u8],
    /// The listing's name, for errors.
    id: ObjectId,
    /// The whole listing's length.
    length: usize,
}

impl<'a> RawTreeEntries<'a> {
    /// From so many bytes further on, which must be there.
    fn after(self, count: usize) -> Self {
        Self { bytes: &self.bytes[count..], ..self }
    }

    /// Length of the first entry and where its name stands.
    fn measure(&self) -> Option<(usize, usize)> {
        let blank = self.bytes.iter().take(8).position(|byte| *byte == b' ')?;
        let name = self.bytes[blank + 1..].iter().position(|byte| *byte == 0)?;
        Some((blank, blank + 1 + name + 21))
    }

    fn next(&mut self) -> Result<Option<RawTreeEntry<'a>>, HistoryError> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let entry = self.split().ok_or_else(|| HistoryError::corrupt(self.id, "listing"))?;
        Ok(Some(entry))
    }

    fn split(&mut self) -> Option<RawTreeEntry<'a>> {
        let (blank, length) = self.measure()?;
        let (entry, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        let mode = match &entry[..blank] {
            b"40000" | b"040000" => EntryMode::Folder,
            b"120000" => EntryMode::Symlink,
            b"160000" => EntryMode::Submodule,
            _ => EntryMode::File,
        };
        let id = ObjectId::from_slice(&entry[length - 20..])?;
        Some(RawTreeEntry { mode, name: &entry[blank + 1..length - 21], id })
    }
}

const EMPTY: ObjectId = ObjectId([0; 20]);
/// Git itself refuses trees deeper than 2048 folders; nobody files documents that deep.
const DEEPEST: usize = 512;

/// A listing in memory; an absent folder lists nothing.
struct TreeListing {
    bytes: Bytes,
    id: ObjectId,
}

impl TreeListing {
    fn read(reader: &mut ObjectReader, id: Option<ObjectId>) -> Result<Self, HistoryError> {
        let bytes = id.map_or_else(|| Ok(Bytes::default()), |id| reader.read(id, ObjectKind::Tree))?;
        Ok(Self { bytes, id: id.unwrap_or(EMPTY) })
    }

    fn entries(&self) -> RawTreeEntries<'_> {
        RawTreeEntries { bytes: &self.bytes, id: self.id, length: self.bytes.len() }
    }

    /// Where the entries begin, for a listing so long that looking for them anew each time would take most of a
    /// comparison's time.
    fn starts(&self, reader: &mut ObjectReader) -> Option<EntryOffsets> {
        const LONG: usize = if cfg!(test) { 128 } else { 8 << 10 };
        if self.bytes.len() < LONG {
            return None;
        }
        let known = reader.starts.get(&self.id);
        known.or_else(|| {
            let mut starts = Vec::new();
            let mut entries = self.entries();
            while let Ok(Some(_)) = entries.next() {
                starts.push(u32::try_from(self.bytes.len() - entries.bytes.len()).ok()?);
            }
            Some(starts.into())
        })
    }
}

/// The part of a tree that is looked at: everything, or the folders below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::history) struct FolderScope {
    everything: bool,
    folders: std::collections::BTreeMap<Vec<u8>, FolderScope>,
}

impl FolderScope {
    /// The scope of folders, each given as its path's components.
    pub(in crate::history) fn of<'a>(folders: impl IntoIterator<Item = Vec<&'a [u8]>>) -> Self {
        let mut scope = Self::default();
        for folder in folders {
            let mut at = &mut scope;
            for component in folder {
                at = at.folders.entry(component.to_vec()).or_default();
            }
            at.everything = true;
        }
        scope
    }

    /// What of a sub-folder is looked at.
    fn below(&self, name: &[u8]) -> Option<&Self> {
        if self.everything { Some(self) } else { self.folders.get(name) }
    }

    fn wants(&self, entry: &RawTreeEntry<'_>) -> bool {
        if entry.is_folder() { self.below(entry.name).is_some() } else { self.everything }
    }
}

/// What is told of each file that differs: its path and the bytes' names before and after.
pub(in crate::history) type DiffFn<'a> = dyn FnMut(&[u8], Option<ObjectId>, Option<ObjectId>) + 'a;

/// Compares two trees inside a scope. Only regular files count: a symbolic link or a submodule is no file.
pub(in crate::history) fn compare(
    reader: &mut ObjectReader,
    scope: &FolderScope,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
    found: &mut DiffFn<'_>,
) -> Result<(), HistoryError> {
    if old == new {
        return Ok(());
    }
    compare_below(reader, scope, old, new, (&mut Vec::new(), 0), found)
}

fn compare_below(
    reader: &mut ObjectReader,
    scope: &FolderScope,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
    (path, depth): (&mut Vec<u8>, usize),
    found: &mut DiffFn<'_>,
) -> Result<(), HistoryError> {
    if depth > DEEPEST {
        return Err(HistoryError::corrupt(new.or(old).unwrap_or(EMPTY), "folders nested too deeply"));
    }
    let old = TreeListing::read(reader, old)?;
    let new = TreeListing::read(reader, new)?;
    let starts = old.starts(reader);
    let (mut left, mut right) = (old.entries(), new.entries());
    // Whether every entry met so far begins where it did before.
    let mut in_place = old.bytes.len() == new.bytes.len();
    loop {
        // From one difference to the next at once: the whole takes time in proportion to the listing's length.
        skip_equal(&mut left, &mut right, starts.as_deref());
        loop {
            let (mut left_rest, mut right_rest) = (left, right);
            let (mut before, mut after) = (left_rest.next()?, right_rest.next()?);
            match (&before, &after) {
                (None, None) => {
                    if let Some(starts) = starts.filter(|_| in_place) {
                        reader.starts.put(new.id, starts.clone(), 4 * starts.len());
                    }
                    return Ok(());
                }
                (Some(a), Some(b)) => match a.order(b) {
                    Ordering::Less => after = None,
                    Ordering::Greater => before = None,
                    Ordering::Equal => {}
                },
                _ => {}
            }
            if before.is_some() {
                left = left_rest;
            }
            if after.is_some() {
                right = right_rest;
            }
            in_place &= left.bytes.len() == right.bytes.len();
            if before.map(|entry| (entry.id, entry.mode)) != after.map(|entry| (entry.id, entry.mode)) {
                differs(reader, scope, before, after, (path, depth), found)?;
                break;
            }
        }
    }
}

/// Reports an entry that stands on one side or differs between them; both sides have the same name and sort alike.
fn differs(
    reader: &mut ObjectReader,
    scope: &FolderScope,
    before: Option<RawTreeEntry<'_>>,
    after: Option<RawTreeEntry<'_>>,
    (path, depth): (&mut Vec<u8>, usize),
    found: &mut DiffFn<'_>,
) -> Result<(), HistoryError> {
    let Some(entry) = after.or(before).filter(|entry| scope.wants(entry)) else { return Ok(()) };
    let length = path.len();
    path.extend_from_slice(entry.name);
    if entry.is_folder() {
        path.push(b'/');
        if let Some(below) = scope.below(entry.name) {
            compare_below(reader, below, before.map(|e| e.id), after.map(|e| e.id), (path, depth + 1), found)?;
        }
    } else {
        let file =
            |entry: Option<RawTreeEntry<'_>>| entry.filter(|entry| entry.mode == EntryMode::File).map(|entry| entry.id);
        if file(before) != file(after) {
            found(path, file(before), file(after));
        }
    }
    path.truncate(length);
    Ok(())
}

/// Moves both sides past the entries that they begin with in common. `starts` are those of the left listing.
fn skip_equal(left: &mut RawTreeEntries<'_>, right: &mut RawTreeEntries<'_>, starts: Option<&[u32]>) {
    const STEP: usize = 32;
    let steps = left.bytes.as_chunks::<STEP>().0.iter().zip(right.bytes.as_chunks::<STEP>().0);
    let equal = STEP * steps.take_while(|(a, b)| a == b).count();
    let skipped = match starts {
        Some(starts) => {
            let here = left.length - left.bytes.len();
            let after = starts.partition_point(|start| *start as usize <= here + equal);
            after.checked_sub(1).map_or(0, |last| (starts[last] as usize).saturating_sub(here))
        }
        None => {
            let mut at = 0;
            while let Some((_, length)) = left.after(at).measure() {
                if at + length > equal {
                    break;
                }
                at += length;
            }
            at
        }
    };
    (*left, *right) = (left.after(skipped), right.after(skipped));
}

/// The entry at a path of a tree.
pub(in crate::history) fn find(
    reader: &mut ObjectReader,
    tree: ObjectId,
    path: &[&[u8]],
) -> Result<Option<(EntryMode, ObjectId)>, HistoryError> {
    let mut at = (EntryMode::Folder, tree);
    for component in path {
        if at.0 != EntryMode::Folder {
            return Ok(None);
        }
        let listing = TreeListing::read(reader, Some(at.1))?;
        let mut entries = listing.entries();
        let mut next = None;
        while let Some(entry) = entries.next()? {
            if entry.name == *component {
                next = Some((entry.mode, entry.id));
                break;
            }
        }
        let Some(next) = next else { return Ok(None) };
        at = next;
    }
    Ok(Some(at))
}

/// What is told of each entry that is no folder: its path, kind and name.
pub(in crate::history) type ListFn<'a> = dyn FnMut(&[u8], EntryMode, ObjectId) + 'a;

/// Lists everything in a tree that is no folder, inside a scope.
pub(in crate::history) fn list(
    reader: &mut ObjectReader,
    scope: &FolderScope,
    tree: ObjectId,
    found: &mut ListFn<'_>,
) -> Result<(), HistoryError> {
    list_below(reader, scope, tree, (&mut Vec::new(), 0), found)
}

fn list_below(
    reader: &mut ObjectReader,
    scope: &FolderScope,
    tree: ObjectId,
    (path, depth): (&mut Vec<u8>, usize),
    found: &mut ListFn<'_>,
) -> Result<(), HistoryError> {
    if depth > DEEPEST {
        return Err(HistoryError::corrupt(tree, "folders nested too deeply"));
    }
    let listing = TreeListing::read(reader, Some(tree))?;
    let mut entries = listing.entries();
    while let Some(entry) = entries.next()? {
        if !scope.wants(&entry) {
            continue;
        }
        let length = path.len();
        path.extend_from_slice(entry.name);
        if let (EntryMode::Folder, Some(below)) = (entry.mode, scope.below(entry.name)) {
            path.push(b'/');
            list_below(reader, below, entry.id, (path, depth + 1), found)?;
        } else {
            found(path, entry.mode, entry.id);
        }
        path.truncate(length);
    }
    Ok(())
}
