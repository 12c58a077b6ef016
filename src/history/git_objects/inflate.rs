//! Bytes of pack files: read in blocks that stay at hand, and inflated from there.
//!
//! Memory-mapping would need `unsafe`, and reading whole packs would need memory for every image ever committed. Objects
//! that belong together lie near each other in a pack, so a few blocks answer most reads.

#![expect(clippy::disallowed_methods, reason = "this module alone reads git's own files")]

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::{Decompress, FlushDecompress, Status};

const BLOCK: u64 = 16 * 1024;

/// Why packed bytes could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PackError {
    /// They are not what git writes.
    Damaged,
    /// The pack is gone (git repacks while others read) or the object too large for us: libgit2 may know better.
    Elsewhere,
}

impl From<io::Error> for PackError {
    fn from(_: io::Error) -> Self {
        Self::Elsewhere
    }
}

/// Block-wise reading of several files, each known by a number.
#[derive(Debug)]
pub(super) struct Blocks {
    files: Vec<Option<File>>,
    slots: Vec<Slot>,
}

#[derive(Debug, Default)]
struct Slot {
    /// File number and block number.
    key: Option<(usize, u64)>,
    bytes: Vec<u8>,
}

impl Blocks {
    /// Keeps about this many bytes at hand, once they have been read.
    pub(super) fn new(bytes: usize) -> Self {
        let count = (bytes / usize::try_from(BLOCK).unwrap_or(1)).max(16);
        Self { files: Vec::new(), slots: std::iter::repeat_with(Slot::default).take(count).collect() }
    }

    /// The bytes from `offset` to the end of its block; empty at the end of the file.
    fn after(&mut self, file: usize, path: &Path, offset: u64) -> io::Result<&[u8]> {
        let block = offset / BLOCK;
        let slot = usize::try_from(block).unwrap_or(0).wrapping_add(file.wrapping_mul(7)) % self.slots.len();
        if self.slots[slot].key != Some((file, block)) {
            self.load(slot, file, path, block)?;
        }
        let start = usize::try_from(offset % BLOCK).unwrap_or(0);
        Ok(self.slots[slot].bytes.get(start..).unwrap_or_default())
    }

    fn load(&mut self, slot: usize, file: usize, path: &Path, block: u64) -> io::Result<()> {
        if self.files.len() <= file {
            self.files.resize_with(file + 1, || None);
        }
        let handle = match &mut self.files[file] {
            Some(handle) => handle,
            none => none.insert(File::open(path)?),
        };
        let slot = &mut self.slots[slot];
        slot.key = None;
        slot.bytes.clear();
        handle.seek(SeekFrom::Start(block * BLOCK))?;
        handle.take(BLOCK).read_to_end(&mut slot.bytes)?;
        slot.key = Some((file, block));
        Ok(())
    }

    /// Copies bytes from `offset` on and says how many there were before the end of the file.
    pub(super) fn peek(&mut self, file: usize, path: &Path, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while done < into.len() {
            let found = self.after(file, path, offset + done as u64)?;
            let count = found.len().min(into.len() - done);
            if count == 0 {
                break;
            }
            into[done..done + count].copy_from_slice(&found[..count]);
            done += count;
        }
        Ok(done)
    }
}

/// Inflates zlib streams out of [`Blocks`].
pub(super) struct Inflater(Decompress);

impl Inflater {
    pub(super) fn new() -> Self {
        Self(Decompress::new(true))
    }

    /// Fills `into` with the first bytes of the stream at `offset`. The stream must have that many.
    pub(super) fn fill(
        &mut self,
        blocks: &mut Blocks,
        file: usize,
        path: &Path,
        offset: u64,
        into: &mut [u8],
    ) -> Result<(), PackError> {
        self.0.reset(true);
        let mut done = 0;
        while done < into.len() {
            let input = blocks.after(file, path, offset + self.0.total_in())?;
            if input.is_empty() {
                return Err(PackError::Damaged);
            }
            let (before_in, before_out) = (self.0.total_in(), self.0.total_out());
            let status =
                self.0.decompress(input, &mut into[done..], FlushDecompress::None).map_err(|_| PackError::Damaged)?;
            let produced = self.0.total_out() - before_out;
            done += usize::try_from(produced).map_err(|_| PackError::Damaged)?;
            let stuck = produced == 0 && self.0.total_in() == before_in;
            if done < into.len() && (stuck || status == Status::StreamEnd) {
                return Err(PackError::Damaged);
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Inflater {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inflater").finish_non_exhaustive()
    }
}
