//! One run at a time on a folder.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::disk::is_at;
use super::error::{Action, PublishError, on};

/// The file whose lock keeps two runs from working on the same folder. The system releases it when a run dies, so
/// that remains of dead runs can be told from live ones.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock for work on `out`, or refuses.
    pub(super) fn take(path: PathBuf, out: &Path) -> Result<Self, PublishError> {
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(on(Action::Write, &path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => return Err(PublishError::Busy { out: out.to_owned() }),
                // Some network file systems have no locks; building there alone is better than not at all.
                Err(fs::TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(fs::TryLockError::Error(error)) => return Err(on(Action::Write, &path)(error)),
            }
            // Another run may have removed the file between our opening and locking it: then a third one could lock
            // a new file of the same name, and both would hold "the" lock.
            if is_at(&file, &path) {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the lock is still held. A file that stays is harmless.
        let _ = fs::remove_file(&self.path);
    }
}
