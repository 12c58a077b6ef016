//! What takes long to make and is only read: made once for each build of the program, and shared by all test processes.
//! It lies below cargo's folder for the files of tests, so that `cargo clean` removes it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::UNIX_EPOCH;

/// The folder of this build of the program. Those of its earlier builds are removed.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let program = Path::new(env!("CARGO_BIN_EXE_kitei"));
    let built = fs::metadata(program).expect("the program");
    let at = built.modified().expect("a time").duration_since(UNIX_EPOCH).expect("after 1970");
    let profile = program.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures").join(profile);
    let ours = all.join(format!("{}-{}", at.as_nanos(), built.len()));
    fs::create_dir_all(&ours).expect("a folder");
    for other in fs::read_dir(&all).expect("a folder").flatten().map(|entry| entry.path()) {
        if other != ours {
            // Best effort: another process may be removing it, too.
            let _ = fs::remove_dir_all(other);
        }
    }
    ours
});

/// The folder that `make` fills, by a name. Of processes that need it at once, one makes it and the others wait; one that
/// dies meanwhile leaves nothing that is used.
pub fn fixture(name: &str, make: impl FnOnce(&Path)) -> PathBuf {
    let there = FOLDER.join(name);
    if there.exists() {
        return there;
    }
    let lock = File::create(FOLDER.join(format!("{name}.lock"))).expect("a lock");
    lock.lock().expect("a lock");
    if !there.exists() {
        let unfinished = FOLDER.join(format!("{name}.unfinished"));
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).expect("what a dead process left is removed");
        }
        fs::create_dir(&unfinished).expect("a folder");
        make(&unfinished);
        fs::rename(&unfinished, &there).expect("the folder gets its name");
    }
    there
}

/// A folder that is removed again; in memory where the system has such a place with room for many of them, since nothing
/// in it has to last.
pub fn scratch() -> tempfile::TempDir {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let memory = Path::new("/dev/shm");
        match has_room(memory) {
            true => memory.to_owned(),
            false => std::env::temp_dir(),
        }
    });
    tempfile::tempdir_in(&*FOLDER).expect("a folder")
}

#[cfg(unix)]
fn has_room(folder: &Path) -> bool {
    rustix::fs::statvfs(folder).is_ok_and(|it| it.f_bavail * it.f_frsize > 1 << 30)
}

#[cfg(not(unix))]
fn has_room(_: &Path) -> bool {
    false
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        match entry.file_type().expect("a kind").is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("a file")),
        }
    }
}
