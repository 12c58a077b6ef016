//! What the file system is asked beyond reading and writing: real paths, exchange, flushing.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::{Action, PublishError, on};

/// The absolute path of a folder that need not exist, links above it resolved, and refused if it is one itself.
pub(super) fn resolve(out: &Path) -> Result<PathBuf, PublishError> {
    // Without a trailing slash, behind which a link would be followed.
    let out: PathBuf = out.components().collect();
    let absolute = std::path::absolute(&out).map_err(on(Action::Read, &out))?;
    match fs::symlink_metadata(&absolute) {
        Ok(metadata) if metadata.is_dir() => return absolute.canonicalize().map_err(on(Action::Read, &out)),
        Ok(_) => return Err(PublishError::NotAFolder { out }),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(on(Action::Read, &out)(error)),
    }
    let mut missing: Vec<OsString> = Vec::new();
    for above in absolute.ancestors() {
        if let Ok(found) = above.canonicalize() {
            return Ok(missing.iter().rev().fold(found, |path, part| path.join(part)));
        }
        match above.components().next_back() {
            Some(Component::Normal(part)) => missing.push(part.to_owned()),
            // `..` behind a folder that does not exist means nothing.
            _ => break,
        }
    }
    Err(PublishError::NotAFolder { out })
}

/// Whether there is anything of this name, a dangling link included.
pub(super) fn exists(path: &Path) -> Result<bool, PublishError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(on(Action::Read, path)(error)),
    }
}

/// Removes a folder of ours; links in it are removed, not followed.
pub(super) fn remove(path: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(on(Action::Write, path)(error)),
        _ => Ok(()),
    }
}

/// Exchanges two folders in one step; `false` where the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(a: &Path, b: &Path) -> std::io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::PERM) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> std::io::Result<bool> {
    Ok(false)
}

// A swap that reaches the disk before the files do would, after a power cut, show a site of empty files. Linux
// writes out a whole file system in a fraction of the time that one request per file takes.
#[cfg(target_os = "linux")]
pub(super) fn flush_file(_: &File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
pub(super) fn flush_tree(folder: &Path) -> std::io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn flush_file(file: &File) -> std::io::Result<()> {
    file.sync_data()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn flush_tree(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Makes a rename last. Only Unix can open a folder to flush it.
pub(super) fn flush_parent(path: &Path) -> Result<(), PublishError> {
    match path.parent() {
        Some(parent) if cfg!(unix) => {
            // A bare file name lies in the folder where the program was started.
            let parent = if parent == Path::new("") { Path::new(".") } else { parent };
            File::open(parent).and_then(|folder| folder.sync_all()).map_err(on(Action::Write, parent))
        }
        _ => Ok(()),
    }
}

/// Whether `path` still names the open file.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Whether `path` still names the open file. A locked file cannot be replaced here.
#[cfg(not(unix))]
pub(super) fn is_at(_: &File, _: &Path) -> bool {
    true
}
