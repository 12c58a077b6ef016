//! git's pack format: where an object lies, its header, and deltas.
//!
//! Version 2 of the index and versions 2 and 3 of the pack, as every git since 2007 writes them
//! (gitformat-pack(5)). Anything else is left to libgit2. Nothing here trusts a size or an offset.

#![expect(clippy::disallowed_methods, reason = "this module alone reads git's own files")]

use std::path::{Path, PathBuf};

use super::inflate::{Blocks, PackError};
use crate::history::id::ObjectId;

/// Git's own bound on one delta chain is 4095.
pub(in crate::history) const LONGEST_CHAIN: usize = 4096;
/// A larger object is left to libgit2.
const LARGEST: usize = 1 << 31;

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::history) enum ObjectKind {
    Commit,
    Tree,
    Blob,
    Tag,
}

impl ObjectKind {
    /// Whether bytes of this kind have a name: the hash that git gives them is the name.
    pub(in crate::history) fn names(self, bytes: &[u8], id: ObjectId) -> bool {
        let kind = match self {
            Self::Commit => git2::ObjectType::Commit,
            Self::Tree => git2::ObjectType::Tree,
            Self::Blob => git2::ObjectType::Blob,
            Self::Tag => git2::ObjectType::Tag,
        };
        git2::Oid::hash_object(kind, bytes).is_ok_and(|hash| ObjectId::from(hash) == id)
    }
}

/// One pack: its index in memory, its objects on disk.
#[derive(Debug)]
pub(in crate::history) struct Pack {
    path: PathBuf,
    index: Vec<u8>,
    count: usize,
}

/// What stands before an object's compressed bytes.
#[derive(Debug, Clone, Copy)]
pub(in crate::history) struct PackedHeader {
    /// A whole object, or the object this one is a delta to.
    pub(in crate::history) form: PackedForm,
    /// Size of the inflated bytes: of the object, or of the delta.
    pub(in crate::history) size: usize,
    /// Where the compressed bytes begin.
    pub(in crate::history) data: u64,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::history) enum PackedForm {
    Whole(ObjectKind),
    DeltaTo(u64),
    DeltaToName(ObjectId),
}

const FANOUT: usize = 8;
const NAMES: usize = FANOUT + 256 * 4;

impl Pack {
    /// The pack of an index file; `None` where this is no index of version 2 with its pack beside it.
    pub(in crate::history) fn open(index_path: &Path) -> Option<Self> {
        let path = index_path.with_extension("pack");
        let index = std::fs::read(index_path).ok()?;
        if !index.starts_with(b"\xfftOc\0\0\0\x02") || !path.is_file() {
            return None;
        }
        let mut pack = Self { path, index, count: 0 };
        pack.count = pack.word(FANOUT + 255 * 4)?;
        // Names, checksums, offsets and the two closing hashes.
        let least = NAMES.checked_add(pack.count.checked_mul(28)?)?.checked_add(40)?;
        (pack.index.len() >= least).then_some(pack)
    }

    /// The hash over all that the pack file holds.
    pub(in crate::history) fn checksum(&self) -> ObjectId {
        let end = self.index.len();
        ObjectId::from_slice(&self.index[end - 40..end - 20]).unwrap_or(ObjectId([0; 20]))
    }

    /// The pack file.
    pub(in crate::history) fn path(&self) -> &Path {
        &self.path
    }

    fn word(&self, at: usize) -> Option<usize> {
        let bytes = self.index.get(at..at.checked_add(4)?)?;
        usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
    }

    fn name(&self, position: usize) -> &[u8] {
        self.index.get(NAMES + position * 20..NAMES + position * 20 + 20).unwrap_or_default()
    }

    /// Where an object begins in the pack file.
    pub(in crate::history) fn find(&self, id: ObjectId) -> Option<u64> {
        let first = usize::from(id.0[0]);
        let mut low = if first == 0 { 0 } else { self.word(FANOUT + (first - 1) * 4)? };
        let mut high = self.word(FANOUT + first * 4)?.min(self.count);
        // Names are spread evenly, so that the place of one can be guessed; the stretch around the guess is widened until
        // it holds the name.
        let share = id.0.get(1..5).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
        let guess = low + ((high.saturating_sub(low) as u64 * u64::from(share)) >> 32) as usize;
        let mut reach = 16;
        while let Some(first) = guess.checked_sub(reach).filter(|first| *first > low) {
            if self.name(first) <= &id.0[..] {
                low = first;
                break;
            }
            high = first;
            reach *= 4;
        }
        reach = 16;
        while let Some(last) = guess.checked_add(reach).filter(|last| *last < high) {
            if self.name(last) > &id.0[..] {
                high = last;
                break;
            }
            low = last;
            reach *= 4;
        }
        while low < high {
            let middle = low + (high - low) / 2;
            match self.name(middle).cmp(&id.0[..]) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return self.offset(middle),
            }
        }
        None
    }

    fn offset(&self, position: usize) -> Option<u64> {
        let offsets = NAMES + self.count * 24;
        let short = self.word(offsets + position * 4)?;
        if short & 0x8000_0000 == 0 {
            return u64::try_from(short).ok();
        }
        // Beyond 2 GB the word is a place in the table of long offsets.
        let at = offsets + self.count * 4 + (short & 0x7fff_ffff) * 8;
        Some(u64::from_be_bytes(self.index.get(at..at + 8)?.try_into().ok()?))
    }

    /// Reads the header of the object at `offset`.
    pub(in crate::history) fn header(
        &self,
        blocks: &mut Blocks,
        number: usize,
        offset: u64,
    ) -> Result<PackedHeader, PackError> {
        let mut bytes = [0; 40];
        let count = blocks.peek(number, &self.path, offset, &mut bytes)?;
        let mut bytes = Cursor(&bytes[..count]);
        let first = bytes.byte()?;
        let (mut size, mut shift, mut more) = (usize::from(first & 15), 4, first & 128 != 0);
        while more {
            let byte = bytes.byte()?;
            size |= usize::from(byte & 127).checked_shl(shift).ok_or(PackError::Damaged)?;
            shift += 7;
            more = byte & 128 != 0;
        }
        let form = match first >> 4 & 7 {
            1 => PackedForm::Whole(ObjectKind::Commit),
            2 => PackedForm::Whole(ObjectKind::Tree),
            3 => PackedForm::Whole(ObjectKind::Blob),
            4 => PackedForm::Whole(ObjectKind::Tag),
            6 => {
                let mut byte = bytes.byte()?;
                let mut back = u64::from(byte & 127);
                while byte & 128 != 0 {
                    byte = bytes.byte()?;
                    back = back.checked_add(1).and_then(|back| back.checked_mul(128)).ok_or(PackError::Damaged)?;
                    back |= u64::from(byte & 127);
                }
                // Strictly backwards, so that a damaged pack cannot send us in a circle.
                let base = offset.checked_sub(back).filter(|base| *base < offset).ok_or(PackError::Damaged)?;
                PackedForm::DeltaTo(base)
            }
            7 => PackedForm::DeltaToName(ObjectId::from_slice(bytes.take(20)?).ok_or(PackError::Damaged)?),
            _ => return Err(PackError::Damaged),
        };
        if size > LARGEST {
            return Err(PackError::Elsewhere);
        }
        Ok(PackedHeader { form, size, data: offset + (count - bytes.0.len()) as u64 })
    }
}

/// How far a delta could be followed.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::history) enum DeltaResult {
    /// The whole object is there.
    Whole,
    /// Some of its first bytes are there: as many as were wanted, or as base and delta were known.
    Part,
}

/// Follows a delta until `want` bytes of its object stand in `into`. Base and delta may be cut off anywhere: for a
/// document's id the first bytes are enough, and inflating the rest is what takes time.
pub(in crate::history) fn apply(
    base: &[u8],
    delta: &[u8],
    want: usize,
    into: &mut Vec<u8>,
) -> Result<DeltaResult, PackError> {
    into.clear();
    let mut delta = Cursor(delta);
    let (Ok(base_size), Ok(size)) = (delta.size(), delta.size()) else { return Ok(DeltaResult::Part) };
    if size > LARGEST {
        return Err(PackError::Elsewhere);
    }
    if base.len() > base_size {
        return Err(PackError::Damaged);
    }
    let want = want.min(size);
    into.reserve(want);
    while into.len() < want {
        let Ok(code) = delta.byte() else { return Ok(DeltaResult::Part) };
        let (bytes, count) = if code & 128 == 0 {
            let count = usize::from(code);
            (delta.take(count.min(delta.0.len()))?, count)
        } else {
            let Ok((start, count)) = delta.copy(code) else { return Ok(DeltaResult::Part) };
            let end = start.checked_add(count).filter(|end| *end <= base_size).ok_or(PackError::Damaged)?;
            (base.get(start..end.min(base.len())).unwrap_or_default(), count)
        };
        if count == 0 || count > size - into.len() {
            return Err(PackError::Damaged);
        }
        into.extend_from_slice(&bytes[..bytes.len().min(want - into.len())]);
        if bytes.len() < count {
            return Ok(DeltaResult::Part);
        }
    }
    Ok(if into.len() == size { DeltaResult::Whole } else { DeltaResult::Part })
}

/// Reads forward through bytes that may end anywhere.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn byte(&mut self) -> Result<u8, PackError> {
        let (first, rest) = self.0.split_first().ok_or(PackError::Damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], PackError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(PackError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number of seven bits a byte, lowest first.
    fn size(&mut self) -> Result<usize, PackError> {
        let (mut size, mut shift) = (0_usize, 0);
        loop {
            let byte = self.byte()?;
            size |= usize::from(byte & 127).checked_shl(shift).ok_or(PackError::Damaged)?;
            shift += 7;
            if byte & 128 == 0 {
                return Ok(size);
            }
        }
    }

    /// Start and length of a copy instruction; absent bytes are zero.
    fn copy(&mut self, code: u8) -> Result<(usize, usize), PackError> {
        let (mut start, mut count) = (0, 0);
        for bit in 0..4 {
            if code & 1 << bit != 0 {
                start |= usize::from(self.byte()?) << (8 * bit);
            }
        }
        for bit in 0..3 {
            if code & 16 << bit != 0 {
                count |= usize::from(self.byte()?) << (8 * bit);
            }
        }
        Ok((start, if count == 0 { 0x10000 } else { count }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Base size 10, object size 7: copy 4 from 2, insert "xyz".
    const DELTA: &[u8] = &[10, 7, 0b1001_0001, 2, 4, 3, b'x', b'y', b'z'];

    #[test]
    fn a_delta_copies_and_inserts() {
        let mut into = Vec::new();
        assert_eq!(apply(b"0123456789", DELTA, 100, &mut into).unwrap(), DeltaResult::Whole);
        assert_eq!(into, b"2345xyz");
    }

    #[test]
    fn the_beginning_needs_only_the_beginning_of_base_and_delta() {
        for (base, delta, want, expected) in [
            (&b"01234"[..], &DELTA[..5], 3, &b"234"[..]),
            (b"01234", DELTA, 7, b"234"),
            (b"0", DELTA, 7, b""),
            (b"0123456789", &DELTA[..7], 7, b"2345x"),
            (b"0123456789", &DELTA[..4], 7, b""),
            (b"0123456789", DELTA, 6, b"2345xy"),
            (b"", b"", 6, b""),
        ] {
            let mut into = Vec::new();
            assert_eq!(apply(base, delta, want, &mut into).unwrap(), DeltaResult::Part);
            assert_eq!(into, expected);
        }
    }

    #[test]
    fn no_bytes_make_a_delta_panic() {
        let mut into = Vec::new();
        let mut state = 1_u32;
        for _ in 0..20_000 {
            let delta: Vec<u8> = (0..12)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8
                })
                .collect();
            drop(apply(b"0123456789", &delta, 64, &mut into));
        }
    }
}
