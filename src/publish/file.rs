//! Single files, whole or not at all: what `new`, `approve`, `review` and `--fix` write.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::disk::{exists as disk_exists, flush_parent, is_at};
use super::error::{Action, PublishError, on};

/// The moments of an addition after which a run may die; tests end the process at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Created,
    Wrote,
    Flushed,
    Moved,
}

/// Writes a file: afterwards it holds the old bytes or the new ones, whatever happens. Permission bits stay; folders
/// above it are created; a link is refused, since the file it leads to may lie anywhere.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let permissions = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
        Ok(_) => return Err(PublishError::NotAFile { path: path.to_owned() }),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(on(Action::Read, path)(error)),
    };
    let file = beside(path, &[bytes], permissions, &|_| {})?;
    file.persist(path).map_err(|error| on(Action::Replace, path)(error.error))?;
    flush_parent(path)
}

/// Adds an entry at the end of a file that holds exactly `expected`, or makes a new file of it where `expected` is
/// `None`. Afterwards the file is without the entry or has the whole of it.
///
/// The entry follows the last byte as it is. A file that holds anything else than `expected` is left alone: its reader
/// decided on other content.
pub fn append_atomic(path: &Path, expected: Option<&[u8]>, entry: &[u8]) -> Result<(), PublishError> {
    append_observed(path, expected, entry, &|_| {})
}

pub(super) fn append_observed(
    path: &Path,
    expected: Option<&[u8]>,
    entry: &[u8],
    at: &dyn Fn(Step),
) -> Result<(), PublishError> {
    let Some(expected) = expected else {
        let file = beside(path, &[entry], None, at)?;
        file.persist_noclobber(path).map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => PublishError::Exists { path: path.to_owned() },
            _ => on(Action::Write, path)(error.error),
        })?;
        at(Step::Moved);
        return flush_parent(path);
    };
    let changed = || PublishError::Changed { path: path.to_owned() };
    let metadata = fs::symlink_metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => changed(),
        _ => on(Action::Read, path)(error),
    })?;
    if !metadata.is_file() {
        return Err(PublishError::NotAFile { path: path.to_owned() });
    }
    // Held until the new file has taken the place of this one: of two runs that append at once, the second finds
    // the file it has locked no longer there.
    let mut old = File::options().read(true).write(true).open(path).map_err(on(Action::Write, path))?;
    match old.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => return Err(PublishError::Busy { out: path.to_owned() }),
        Err(fs::TryLockError::Error(error)) => return Err(on(Action::Write, path)(error)),
    }
    let mut found = Vec::new();
    old.read_to_end(&mut found).map_err(on(Action::Read, path))?;
    if found != expected || !is_at(&old, path) {
        return Err(changed());
    }
    let file = beside(path, &[expected, entry], Some(metadata.permissions()), at)?;
    file.persist(path).map_err(|error| on(Action::Replace, path)(error.error))?;
    at(Step::Moved);
    flush_parent(path)
}

/// Makes new files, all or none: each is flushed beside its place before the first is moved there, and those moved are
/// taken away again where one cannot be. Nothing that exists is replaced.
pub fn create_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), PublishError> {
    let exists = |path: &Path| PublishError::Exists { path: path.to_owned() };
    for (path, _) in files {
        if disk_exists(path)? {
            return Err(exists(path));
        }
    }
    let staged: Vec<tempfile::NamedTempFile> =
        files.iter().map(|(path, bytes)| beside(path, &[bytes], None, &|_| {})).collect::<Result<_, _>>()?;
    for (done, (file, (path, _))) in staged.into_iter().zip(files).enumerate() {
        let moved = file.persist_noclobber(path).map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => exists(path),
            _ => on(Action::Write, path)(error.error),
        });
        if let Err(error) = moved.and_then(|_| flush_parent(path)) {
            for (path, _) in &files[..done] {
                // Best effort: what cannot be taken away is a whole file.
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Removes what runs that died have left in a folder of single files. A file under construction is locked by its
/// writer, so that only those of the dead can be taken away.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let abandoned = File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
            if abandoned {
                // One that stays is found again by the next run.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

const PREFIX: &str = ".kitei-";
const SUFFIX: &str = ".tmp";

/// A flushed temporary file in the folder of `path`, removed again unless it is moved.
fn beside(
    path: &Path,
    parts: &[&[u8]],
    permissions: Option<fs::Permissions>,
    at: &dyn Fn(Step),
) -> Result<tempfile::NamedTempFile, PublishError> {
    let failed = on(Action::Write, path);
    let folder: PathBuf = match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&folder).map_err(on(Action::Write, &folder))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: the process's mask takes away what it must not have.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(&folder).map_err(&failed)?;
    // Held until the file is closed, which is after it was moved into place. A file system without locks has nobody
    // to be told.
    let _ = file.as_file().try_lock();
    at(Step::Created);
    for part in parts {
        file.write_all(part).map_err(&failed)?;
        at(Step::Wrote);
    }
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions).map_err(&failed)?;
    }
    file.as_file().sync_all().map_err(&failed)?;
    at(Step::Flushed);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_with_its_folders_and_replaced() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("records/ledger/P-01.toml");
        write_atomic(&path, b"one").unwrap();
        write_atomic(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert!(matches!(write_atomic(temp.path(), b""), Err(PublishError::NotAFile { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn permission_bits_stay_and_links_are_refused() {
        use std::os::unix::fs::PermissionsExt;
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("a");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_atomic(&path, b"new").unwrap();
        append_atomic(&path, Some(b"new"), b"\ner").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);

        let link = temp.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(matches!(write_atomic(&link, b"x"), Err(PublishError::NotAFile { .. })));
        assert!(matches!(append_atomic(&link, Some(b"new\ner"), b"x"), Err(PublishError::NotAFile { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"new\ner");
    }

    #[test]
    fn an_entry_is_added_only_to_what_was_read() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("ledger/P-01.toml");
        append_atomic(&path, None, b"[[approval]]").unwrap();
        assert!(matches!(append_atomic(&path, None, b"x"), Err(PublishError::Exists { .. })));
        assert!(matches!(append_atomic(&path, Some(b"[[other]]"), b"x"), Err(PublishError::Changed { .. })));
        append_atomic(&path, Some(b"[[approval]]"), b"\n[[review]]\n").unwrap();
        append_atomic(&path, Some(b"[[approval]]\n[[review]]\n"), b"[[review]]\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "[[approval]]\n[[review]]\n[[review]]\n");
        let gone = temp.path().join("gone");
        assert!(matches!(append_atomic(&gone, Some(b""), b"x"), Err(PublishError::Changed { .. })));
        assert!(!gone.exists());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_dead_run_left_is_swept_and_nothing_else() {
        let temp = tempfile::tempdir().unwrap();
        for name in [".kitei-dead.tmp", ".kitei-x", "P-01.toml", "other.tmp"] {
            fs::write(temp.path().join(name), "x").unwrap();
        }
        let alive = beside(&temp.path().join("P-02.toml"), &[b"x"], None, &|_| {}).unwrap();
        sweep(temp.path());
        assert!(alive.path().exists());
        alive.persist(temp.path().join("P-02.toml")).unwrap();
        sweep(&temp.path().join("absent"));
        let mut left: Vec<_> = fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".kitei-x", "P-01.toml", "P-02.toml", "other.tmp"]);
    }

    #[test]
    fn new_files_are_made_all_or_none() {
        let temp = tempfile::tempdir().unwrap();
        let at = |name: &str| temp.path().join(name);
        let files = |names: &[&str]| names.iter().map(|name| (at(name), b"x".to_vec())).collect::<Vec<_>>();
        create_all(&files(&["a/1.md", "b.toml"])).unwrap();
        assert_eq!(fs::read(at("a/1.md")).unwrap(), b"x");
        let error = create_all(&files(&["c.md", "b.toml"])).unwrap_err();
        assert!(matches!(error, PublishError::Exists { path } if path == at("b.toml")));
        // Twice the same: found only when the second is moved.
        assert!(create_all(&files(&["d.md", "d.md"])).is_err());
        let mut left: Vec<_> = fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["a", "b.toml"]);
    }

    #[test]
    fn of_entries_added_at_once_none_is_lost() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("P-01.toml");
        fs::write(&path, "").unwrap();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    for entry in 0..10 {
                        let entry = format!("{writer} {entry}\n");
                        // The caller's part: read again and decide again.
                        while let Err(error) = append_atomic(path, Some(&fs::read(path).unwrap()), entry.as_bytes()) {
                            assert!(
                                matches!(error, PublishError::Changed { .. } | PublishError::Busy { .. }),
                                "{error:?}"
                            );
                        }
                    }
                });
            }
        });
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<_> = text.lines().collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 40);
    }
}
