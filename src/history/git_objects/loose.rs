//! Loose objects: a file each, compressed by itself.
//!
//! libgit2 1.9 never returns from one that ends too early, as a full disk or a power cut leaves them.

#![expect(clippy::disallowed_methods, reason = "this module alone reads git's own files")]

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use flate2::read::ZlibDecoder;

use super::pack::ObjectKind;
use crate::history::HistoryError;
use crate::history::id::ObjectId;

/// Longer than any `commit 12345` with its zero byte.
const HEADER: u64 = 64;

/// The object of a name, out of the first folder of objects that holds it; `None` where none does.
pub(super) fn read(folders: &[PathBuf], id: ObjectId) -> Result<Option<(ObjectKind, Vec<u8>)>, HistoryError> {
    let name = id.to_string();
    let (folder, file) = name.split_at(2);
    let Some(file) = folders.iter().find_map(|objects| File::open(objects.join(folder).join(file)).ok()) else {
        return Ok(None);
    };
    let (kind, bytes) = inflate(file).ok_or_else(|| HistoryError::corrupt(id, "loose object"))?;
    if kind.names(&bytes, id) { Ok(Some((kind, bytes))) } else { Err(HistoryError::corrupt(id, "loose object, hash")) }
}

/// Whether a folder of objects holds it.
pub(super) fn exists(folders: &[PathBuf], id: ObjectId) -> bool {
    let name = id.to_string();
    let (folder, file) = name.split_at(2);
    folders.iter().any(|objects| objects.join(folder).join(file).is_file())
}

/// What the file says it holds, if it holds exactly that.
fn inflate(file: File) -> Option<(ObjectKind, Vec<u8>)> {
    let mut stream = ZlibDecoder::new(file);
    let mut bytes = Vec::new();
    stream.by_ref().take(HEADER).read_to_end(&mut bytes).ok()?;
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let (kind, size) = std::str::from_utf8(&bytes[..end]).ok()?.split_once(' ')?;
    let kind = match kind {
        "commit" => ObjectKind::Commit,
        "tree" => ObjectKind::Tree,
        "blob" => ObjectKind::Blob,
        "tag" => ObjectKind::Tag,
        _ => return None,
    };
    let size: usize = size.parse().ok()?;
    bytes.drain(..=end);
    // One byte more than there may be tells an object that goes on.
    let rest = u64::try_from(size.checked_add(1)?.saturating_sub(bytes.len())).ok()?;
    stream.take(rest).read_to_end(&mut bytes).ok()?;
    (bytes.len() == size).then_some((kind, bytes))
}
