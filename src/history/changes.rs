//! What commits change: the files that differ between a commit and each of its parents.
//!
//! Runs of commits are compared by several threads, each with numbers of its own for paths and files; [`Changes`] joins
//! them. The numbers are the same at every walk, however the threads were scheduled.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::commit::tree_of;
use super::git_objects::ObjectKind;
use super::git_objects::ObjectReader;
use super::git_objects::tree::{self, FolderScope};
use super::id::{NameHasher, ObjectId, ObjectMap};
use super::{CommitId, HistoryError, Identify};

/// A path and the bytes that stood there, whatever commit it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct File {
    /// A number into [`Files::paths`].
    pub(super) path: u32,
    pub(super) blob: ObjectId,
}

/// Every path and every content it ever had.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Paths from the handbook's root.
    pub(super) paths: Vec<Arc<str>>,
    path_numbers: HashMap<Arc<str>, u32>,
    pub(super) files: Vec<File>,
    file_numbers: HashMap<File, u32, BuildHasherDefault<NameHasher>>,
}

impl Files {
    /// Tables that were filled before; `None` where they hold something twice or a number leads nowhere.
    pub(super) fn of(paths: Vec<Arc<str>>, files: Vec<File>) -> Option<Self> {
        let path_numbers: HashMap<Arc<str>, u32> = paths.iter().cloned().zip(0..).collect();
        let file_numbers: HashMap<File, u32, _> = files.iter().copied().zip(0..).collect();
        let sound = path_numbers.len() == paths.len()
            && file_numbers.len() == files.len()
            && files.iter().all(|file| (file.path as usize) < paths.len());
        sound.then_some(Self { paths, path_numbers, files, file_numbers })
    }

    /// Keeps some files and the paths that they have; tells the numbers of those that stay.
    pub(super) fn keep(&mut self, kept: &[bool]) -> Vec<Option<u32>> {
        let before = std::mem::take(self);
        let stays = |(file, kept): (&File, &bool)| {
            kept.then(|| {
                let path = self.path(&before.paths[file.path as usize]);
                self.file(File { path, blob: file.blob })
            })
        };
        before.files.iter().zip(kept).map(stays).collect()
    }

    fn path(&mut self, path: &str) -> u32 {
        if let Some(known) = self.path_numbers.get(path) {
            return *known;
        }
        let path: Arc<str> = Arc::from(path);
        self.paths.push(path.clone());
        let number = number(self.paths.len() - 1);
        self.path_numbers.insert(path, number);
        number
    }

    fn file(&mut self, file: File) -> u32 {
        *self.file_numbers.entry(file).or_insert_with(|| {
            self.files.push(file);
            number(self.files.len() - 1)
        })
    }

    /// The number of a path that is known.
    pub(super) fn number(&self, path: &str) -> Option<u32> {
        self.path_numbers.get(path).copied()
    }

    /// The number of a file that is known.
    pub(super) fn find(&self, path: &str, blob: ObjectId) -> Option<u32> {
        let path = self.number(path)?;
        self.file_numbers.get(&File { path, blob }).copied()
    }
}

/// Numbers of files fit 32 bits: each stands for an object, and git's own packs count those in 32 bits.
fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// One path that differs between a commit and a parent; numbers into [`Files::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) old: Option<u32>,
    pub(super) new: Option<u32>,
}

/// What one commit changed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// Against the first parent; against nothing where the commit has no parent.
    pub(super) first: Vec<Change>,
    /// Against each further parent.
    pub(super) others: Vec<Vec<Change>>,
    /// The commit equals one of its parents, and not every parent was looked at.
    pub(super) taken_over: bool,
    /// Changed paths that are not UTF-8, with replacement characters.
    pub(super) unnameable: Vec<Arc<str>>,
}

impl Changed {
    /// All changes, against whichever parent.
    pub(super) fn changes_mut(&mut self) -> impl Iterator<Item = &mut Change> {
        self.first.iter_mut().chain(self.others.iter_mut().flatten())
    }

    /// All files that these changes are about.
    pub(super) fn files(&self) -> impl Iterator<Item = u32> {
        self.first.iter().chain(self.others.iter().flatten()).flat_map(|change| [change.old, change.new]).flatten()
    }
}

/// A commit as far as a comparison needs it.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) id: CommitId,
    pub(super) tree: ObjectId,
    /// Only parents that are in the repository.
    pub(super) parents: Vec<CommitId>,
}

/// A run of commits compared by one thread.
pub(super) struct Run<'a> {
    scope: &'a FolderScope,
    /// Bytes of a path before the handbook's root.
    skip: usize,
    identify: &'a dyn Identify,
    /// `None` for a path that is no document's.
    path_numbers: HashMap<Vec<u8>, Option<u32>>,
    files: Files,
    changed: Vec<Changed>,
}

impl<'a> Run<'a> {
    pub(super) fn new(scope: &'a FolderScope, skip: usize, identify: &'a dyn Identify) -> Self {
        Self { scope, skip, identify, path_numbers: HashMap::new(), files: Files::default(), changed: Vec::new() }
    }

    /// Compares commits with their parents.
    pub(super) fn compare_all(&mut self, reader: &mut ObjectReader, jobs: &[Job]) -> Result<(), HistoryError> {
        let near: ObjectMap<ObjectId> = jobs.iter().map(|job| (job.id.0, job.tree)).collect();
        for job in jobs {
            let mut changed = Changed::default();
            let mut parents = job.parents.iter();
            let mut tree = |reader: &mut ObjectReader| -> Result<Option<ObjectId>, HistoryError> {
                let Some(parent) = parents.next() else { return Ok(None) };
                match near.get(&parent.0) {
                    Some(tree) => Ok(Some(*tree)),
                    None => tree_of(*parent, &reader.read(parent.0, ObjectKind::Commit)?).map(Some),
                }
            };
            let first = tree(reader)?;
            changed.first = self.compare(reader, first, job.tree, &mut changed.unnameable)?;
            changed.taken_over = changed.first.is_empty();
            while let Some(parent) = if changed.taken_over { None } else { tree(reader)? } {
                let changes = self.compare(reader, Some(parent), job.tree, &mut changed.unnameable)?;
                changed.taken_over = changes.is_empty();
                changed.others.push(changes);
            }
            self.changed.push(changed);
        }
        Ok(())
    }

    fn compare(
        &mut self,
        reader: &mut ObjectReader,
        old: Option<ObjectId>,
        new: ObjectId,
        unnameable: &mut Vec<Arc<str>>,
    ) -> Result<Vec<Change>, HistoryError> {
        let mut changes = Vec::new();
        let scope = self.scope;
        tree::compare(reader, scope, old, Some(new), &mut |path, old, new| {
            if let Some(path) = self.path(path, unnameable) {
                let mut file = |blob: Option<ObjectId>| blob.map(|blob| self.files.file(File { path, blob }));
                changes.push(Change { old: file(old), new: file(new) });
            }
        })?;
        Ok(changes)
    }

    fn path(&mut self, path: &[u8], unnameable: &mut Vec<Arc<str>>) -> Option<u32> {
        let path = path.get(self.skip..)?;
        if let Some(known) = self.path_numbers.get(path) {
            return *known;
        }
        let Ok(name) = std::str::from_utf8(path) else {
            // Told for every commit that changes it, since a later walk may meet only one of them.
            unnameable.push(String::from_utf8_lossy(path).into());
            return None;
        };
        let found = self.identify.is_document(name).then(|| self.files.path(name));
        self.path_numbers.insert(path.to_owned(), found);
        found
    }
}

/// What all runs found.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) files: Files,
    /// Of each commit, in the order of the runs.
    pub(super) changed: Vec<Changed>,
}

impl Changes {
    /// Adds a run after those before it.
    pub(super) fn append(&mut self, run: Run<'_>) {
        let paths: Vec<u32> = run.files.paths.iter().map(|path| self.files.path(path)).collect();
        let same = |file: &File| File { path: paths[file.path as usize], blob: file.blob };
        let files: Vec<u32> = run.files.files.iter().map(|file| self.files.file(same(file))).collect();
        let translated = |file: Option<u32>| file.map(|file| files[file as usize]);
        self.changed.extend(run.changed.into_iter().map(|mut changed| {
            for change in changed.changes_mut() {
                *change = Change { old: translated(change.old), new: translated(change.new) };
            }
            changed
        }));
    }
}
