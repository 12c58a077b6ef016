//! Which document a file's bytes belong to: by the id they state, never by similarity.

use std::sync::Arc;

use rayon::prelude::*;

use super::git_objects::BlobHead;
use super::git_objects::ObjectKind;
use super::id::ObjectId;
use super::repository::Repository;
use super::{HistoryError, Progress, Stage};

/// How documents are told apart. A closure over path and bytes will do.
///
/// ```
/// # use kitei::history::Identify;
/// let by_first_line = |_path: &str, bytes: &[u8]| {
///     let line = bytes.split(|byte| *byte == b'\n').next()?;
///     Some(std::str::from_utf8(line.strip_prefix(b"id: ")?).ok()?.to_owned())
/// };
/// assert_eq!(by_first_line.id("a.md", b"id: P-01\n\ntext").as_deref(), Some("P-01"));
/// ```
pub trait Identify: Sync {
    /// Whether a file at this path (relative to the handbook's root) can be a document at all. Asked before its bytes
    /// are read.
    fn is_document(&self, path: &str) -> bool {
        path.ends_with(".md")
    }

    /// The id that the bytes state; `None` where they state none.
    ///
    /// Must depend on nothing but its arguments, for the answer is remembered. The bytes may be only the file's first
    /// lines, each of them whole: whoever finds an id there must find the same id in the whole file. Where none is found
    /// in the first lines, the question is asked again with the whole file.
    fn id(&self, path: &str, bytes: &[u8]) -> Option<String>;

    /// A name for this way of telling documents apart, another one whenever an answer may become another one. Answers
    /// under a name may be kept from run to run; without a name they are found anew each time.
    fn name(&self) -> Option<&str> {
        None
    }
}

impl<F: Fn(&str, &[u8]) -> Option<String> + Sync> Identify for F {
    fn id(&self, path: &str, bytes: &[u8]) -> Option<String> {
        self(path, bytes)
    }
}

/// The ids of many files, in the order asked for. Ids compare without regard to case, so they are returned in capitals.
pub(super) fn stated_ids(
    repository: &Repository,
    files: &[(&str, ObjectId)],
    identify: &dyn Identify,
    progress: &dyn Progress,
) -> Result<Vec<Option<Arc<str>>>, HistoryError> {
    // Neighbours in a pack share delta bases.
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_cached_key(|at| (repository.store().place(files[*at].1), *at));
    let done = std::sync::atomic::AtomicUsize::new(0);
    let share = order.len().div_ceil(rayon::current_num_threads() * 4).max(64);
    let found: Vec<Vec<(usize, Option<Arc<str>>)>> = order
        .par_chunks(share)
        .map(|share| {
            let ids = repository.with_reader(|reader| {
                share
                    .iter()
                    .map(|at| {
                        let (path, blob) = files[*at];
                        let head = reader.blob_head(blob)?;
                        let mut id = identify.id(path, lines(&head));
                        if id.is_none() && !head.whole {
                            id = identify.id(path, &reader.read(blob, ObjectKind::Blob)?);
                        }
                        Ok((*at, id.map(|id| normal(&id).into())))
                    })
                    .collect::<Result<Vec<_>, HistoryError>>()
            });
            let before = done.fetch_add(share.len(), std::sync::atomic::Ordering::Relaxed);
            progress.report(Stage::Documents, before + share.len(), Some(files.len()));
            ids
        })
        .collect::<Result<_, HistoryError>>()?;
    let mut ids = vec![None; files.len()];
    for (at, id) in found.into_iter().flatten() {
        ids[at] = id;
    }
    Ok(ids)
}

/// The form in which ids are compared.
pub(super) fn normal(id: &str) -> String {
    id.to_ascii_uppercase()
}

/// Without a last line that is cut off.
fn lines(head: &BlobHead) -> &[u8] {
    let end = head.bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if head.whole { &head.bytes } else { &head.bytes[..end] }
}
