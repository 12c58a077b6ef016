//! A folder that a build replaces: refused, restored, staged, swapped.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::artifacts::{self, Artifacts};
use super::disk::{exchange, exists, flush_file, flush_parent, flush_tree, remove, resolve};
use super::error::{Action, PublishError, on};
use super::lock::Lock;

/// The file by which a build is recognised as ours.
pub(super) const RECORD: &str = "build.json";
/// The file that says what evidence is of. A build never takes its folder for its own.
const EVIDENCE: &str = "evidence.json";

/// What a publication did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files written.
    pub files: usize,
    /// Their size together.
    pub bytes: u64,
    /// Whether an earlier build stood there.
    pub replaced: bool,
}

/// Refuses a path in one of the folders, below `root`, that a handbook is read from: what is written there would be read
/// as a part of it. Links are resolved first.
///
/// # Errors
/// Where the path lies in one, or cannot be resolved.
pub fn outside_sources(out: &Path, root: &Path, folders: &[String]) -> Result<(), PublishError> {
    // A file is where its folder is.
    let above = out.parent().filter(|_| out.is_file() || out.is_symlink());
    let resolved = resolve(above.unwrap_or(out))?;
    let root = root.canonicalize().map_err(on(Action::Read, root))?;
    for folder in folders {
        let source = root.join(folder);
        let source = source.canonicalize().unwrap_or(source);
        if source != root && resolved.starts_with(&source) {
            return Err(PublishError::InSource { out: resolved, folder: folder.clone() });
        }
    }
    Ok(())
}

/// A folder that may be replaced by a build, held against other builds until it is dropped.
#[derive(Debug)]
pub struct Target {
    out: PathBuf,
    stage: PathBuf,
    aside: PathBuf,
    _lock: Lock,
    /// The file that the artifacts must hold.
    record: &'static str,
    /// Whether a power cut may come right after the swap.
    flushed: bool,
    /// Whether to try the exchange in one step first; tests turn it off to reach the other way.
    pub(super) exchange: bool,
}

/// The moments between which a run may die; tests end the process at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Opened,
    Wrote,
    Staged,
    MovedAside,
    Swapped,
    Cleaned,
}

impl Target {
    /// Takes the folder `out` for a build of the repository at `root`.
    ///
    /// Restores or clears away what a dead run left. Refuses a symbolic link or file, a folder that is neither empty
    /// nor an earlier build of ours, one that holds a git repository, the root and everything above it, and a folder
    /// that another run is writing. Folders above `out` are created.
    pub fn open(out: &Path, root: &Path) -> Result<Self, PublishError> {
        Self::open_for(out, root, RECORD)
    }

    /// Takes the folder `out` for evidence about the repository at `root`: as [`Target::open`], but a folder that holds
    /// anything is refused, evidence of ours too. It is flushed to the disk before it bears its name.
    pub fn open_for_evidence(out: &Path, root: &Path) -> Result<Self, PublishError> {
        Ok(Self::open_for(out, root, EVIDENCE)?.flushed())
    }

    fn open_for(out: &Path, root: &Path, record: &'static str) -> Result<Self, PublishError> {
        let out = resolve(out)?;
        let root = root.canonicalize().map_err(on(Action::Read, root))?;
        if root.starts_with(&out) {
            return Err(PublishError::AboveRoot { out });
        }
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(PublishError::AboveRoot { out });
        };
        fs::create_dir_all(parent).map_err(on(Action::Write, parent))?;
        let beside = |what: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(".kitei-");
            hidden.push(what);
            parent.join(hidden)
        };
        let (stage, aside) = (beside("stage"), beside("aside"));
        let lock = Lock::take(beside("lock"), &out)?;
        let target = Self { out, stage, aside, _lock: lock, record, flushed: false, exchange: true };
        target.recover()?;
        target.check()?;
        Ok(target)
    }

    /// The folder with links resolved.
    pub fn path(&self) -> &Path {
        &self.out
    }

    /// Has everything flushed to the disk before the swap, so that it survives a power cut too.
    ///
    /// For what cannot be built again, as an evidence pack. A site can: a build right after another one would spend
    /// most of its time waiting for the disk to take, and then to give back, pages that nobody has read.
    #[must_use]
    pub fn flushed(mut self) -> Self {
        self.flushed = true;
        self
    }

    /// Replaces the folder by the artifacts, which must hold the record that later runs recognise.
    pub fn publish(&self, artifacts: &Artifacts) -> Result<Published, PublishError> {
        self.publish_observed(artifacts, &|_| {})
    }

    pub(super) fn publish_observed(
        &self,
        artifacts: &Artifacts,
        at: &(dyn Fn(Step) + Sync),
    ) -> Result<Published, PublishError> {
        at(Step::Opened);
        if !artifacts.get(self.record).is_some_and(is_record) {
            return Err(PublishError::NoRecord);
        }
        // The folder may have changed while the site was rendered.
        let replaced = self.check()?;
        let result = self.stage(artifacts, at).and_then(|()| self.swap(at));
        if result.is_err() {
            // Best effort: the next start clears away what stays.
            let _ = remove(&self.stage);
        }
        result?;
        at(Step::Cleaned);
        let bytes = artifacts.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        Ok(Published { files: artifacts.len(), bytes, replaced: replaced == Found::EarlierBuild })
    }

    /// Brings back the last good site of a run that died between two renames; removes other remains of dead runs.
    fn recover(&self) -> Result<(), PublishError> {
        if exists(&self.aside)? {
            if exists(&self.out)? {
                remove(&self.aside)?;
            } else {
                fs::rename(&self.aside, &self.out).map_err(on(Action::Replace, &self.out))?;
            }
        }
        remove(&self.stage)
    }

    fn check(&self) -> Result<Found, PublishError> {
        let out = || self.out.clone();
        match fs::symlink_metadata(&self.out) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(on(Action::Read, &self.out)(error)),
            Ok(metadata) if !metadata.is_dir() => return Err(PublishError::NotAFolder { out: out() }),
            Ok(_) => {}
        }
        if exists(&self.out.join(".git"))? {
            return Err(PublishError::HoldsRepository { out: out() });
        }
        let mut entries = fs::read_dir(&self.out).map_err(on(Action::Read, &self.out))?;
        if entries.next().is_none() {
            return Ok(Found::Empty);
        }
        if self.record == EVIDENCE {
            return Err(PublishError::Occupied { out: out() });
        }
        // A link would recognise the folder by what lies elsewhere.
        let record = self.out.join(RECORD);
        let is_file = fs::symlink_metadata(&record).is_ok_and(|metadata| metadata.is_file());
        if is_file && fs::read(&record).is_ok_and(|bytes| is_record(&bytes)) {
            return Ok(Found::EarlierBuild);
        }
        Err(PublishError::Foreign { out: out() })
    }

    fn stage(&self, artifacts: &Artifacts, at: &(dyn Fn(Step) + Sync)) -> Result<(), PublishError> {
        fs::create_dir(&self.stage).map_err(on(Action::Write, &self.stage))?;
        if let Ok(metadata) = fs::metadata(&self.out) {
            fs::set_permissions(&self.stage, metadata.permissions()).map_err(on(Action::Write, &self.stage))?;
        }
        // Sorted, so that every folder comes after the one that holds it.
        let folders: BTreeSet<&str> = artifacts.iter().flat_map(|(path, _)| artifacts::folders(path)).collect();
        for folder in folders {
            let folder = self.stage.join(folder);
            fs::create_dir(&folder).map_err(on(Action::Write, &folder))?;
        }
        let files: Vec<_> = artifacts.iter().collect();
        files.par_iter().try_for_each(|(path, bytes)| {
            let path = self.stage.join(path);
            File::create_new(&path)
                .and_then(|mut file| {
                    file.write_all(bytes)?;
                    if self.flushed { flush_file(&file) } else { Ok(()) }
                })
                .map_err(on(Action::Write, &path))?;
            at(Step::Wrote);
            Ok::<_, PublishError>(())
        })?;
        if self.flushed {
            flush_tree(&self.stage).map_err(on(Action::Write, &self.stage))?;
        }
        at(Step::Staged);
        Ok(())
    }

    fn flush_swap(&self) -> Result<(), PublishError> {
        if self.flushed { flush_parent(&self.out) } else { Ok(()) }
    }

    fn swap(&self, at: &(dyn Fn(Step) + Sync)) -> Result<(), PublishError> {
        let failed = on(Action::Replace, &self.out);
        if !exists(&self.out)? {
            fs::rename(&self.stage, &self.out).map_err(failed)?;
            at(Step::Swapped);
            return self.flush_swap();
        }
        let exchanged = self.exchange && exchange(&self.stage, &self.out).map_err(&failed)?;
        if exchanged {
            at(Step::Swapped);
            self.flush_swap()?;
            // What bears the stage's name is now the old site. The new one stands, so a file that cannot be removed
            // (an open one, on some systems) is no failure: the next start tries again.
            let _ = remove(&self.stage);
            return Ok(());
        }
        fs::rename(&self.out, &self.aside).map_err(&failed)?;
        at(Step::MovedAside);
        if let Err(error) = fs::rename(&self.stage, &self.out) {
            fs::rename(&self.aside, &self.out).map_err(&failed)?;
            return Err(failed(error));
        }
        at(Step::Swapped);
        self.flush_swap()?;
        let _ = remove(&self.aside);
        Ok(())
    }
}

/// What stands where a build is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    Empty,
    EarlierBuild,
}

fn is_record(bytes: &[u8]) -> bool {
    let record: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    record.is_some_and(|record| record.get("generator").and_then(serde_json::Value::as_str) == Some("kitei"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{is_transient, publish};

    fn site(word: &str) -> Artifacts {
        let mut artifacts = Artifacts::default();
        artifacts.insert("index.html", word).unwrap();
        artifacts.insert("P-01/index.html", word).unwrap();
        artifacts.insert(RECORD, r#"{"generator": "kitei"}"#).unwrap();
        artifacts
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// A temporary folder with a repository root beside which sites are published.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("repo");
        fs::create_dir(&root).unwrap();
        (temp, root)
    }

    #[test]
    fn evidence_replaces_nothing_and_is_replaced_by_nothing() {
        let (temp, root) = folder();
        let out = temp.path().join("evidence");
        let mut artifacts = Artifacts::default();
        artifacts.insert(EVIDENCE, r#"{"generator": "kitei"}"#).unwrap();
        Target::open_for_evidence(&out, &root).unwrap().publish(&artifacts).unwrap();
        assert_eq!(names(&out), [EVIDENCE]);
        let again = Target::open_for_evidence(&out, &root).map(drop);
        assert!(matches!(again, Err(PublishError::Occupied { .. })), "{again:?}");
        assert!(matches!(publish(&site("x"), &out, &root), Err(PublishError::Foreign { .. })));
        let other = temp.path().join("other");
        let target = Target::open_for_evidence(&other, &root).unwrap();
        assert!(matches!(target.publish(&site("x")), Err(PublishError::NoRecord)));
    }

    #[test]
    fn a_site_replaces_the_earlier_one_and_nothing_else_stays() {
        for exchange in [true, false] {
            let (temp, root) = folder();
            let out = temp.path().join("a/site");
            let first = publish(&site("one"), &out, &root).unwrap();
            assert_eq!(first, Published { files: 3, bytes: 28, replaced: false });
            fs::write(out.join("P-01/stale.html"), "stale").unwrap();

            let mut target = Target::open(&out, &root).unwrap();
            target.exchange = exchange;
            let target = target.flushed();
            assert!(target.publish(&site("two")).unwrap().replaced);
            drop(target);
            assert_eq!(fs::read_to_string(out.join("P-01/index.html")).unwrap(), "two");
            assert_eq!(names(&out), ["P-01", "build.json", "index.html"]);
            assert_eq!(names(&out.join("P-01")), ["index.html"]);
            assert_eq!(names(&temp.path().join("a")), ["site"], "no remains beside the site");
        }
    }

    #[test]
    fn an_empty_folder_is_filled() {
        let (temp, root) = folder();
        let out = temp.path().join("site");
        fs::create_dir(&out).unwrap();
        assert!(!publish(&site("one"), &out, &root).unwrap().replaced);
        assert_eq!(names(&out).len(), 3);
    }

    #[test]
    fn folders_that_are_not_an_earlier_build_are_refused_untouched() {
        let (temp, root) = folder();
        let path = |name: &str| temp.path().join(name);
        let refused = |out: &Path| publish(&site("x"), out, &root).unwrap_err();

        fs::create_dir(path("thesis")).unwrap();
        fs::write(path("thesis/chapter.txt"), "years of work").unwrap();
        assert!(matches!(refused(&path("thesis")), PublishError::Foreign { .. }));
        fs::write(path("thesis/build.json"), r#"{"generator": "other"}"#).unwrap();
        assert!(matches!(refused(&path("thesis")), PublishError::Foreign { .. }));
        fs::write(path("thesis/build.json"), "[[[").unwrap();
        assert!(matches!(refused(&path("thesis")), PublishError::Foreign { .. }));
        assert_eq!(fs::read_to_string(path("thesis/chapter.txt")).unwrap(), "years of work");

        fs::write(path("file"), "").unwrap();
        assert!(matches!(refused(&path("file")), PublishError::NotAFolder { .. }));

        // A branch checked out for a hosting service: the swap would take its repository away.
        publish(&site("one"), &path("pages"), &root).unwrap();
        fs::write(path("pages/.git"), "gitdir: elsewhere").unwrap();
        assert!(matches!(refused(&path("pages")), PublishError::HoldsRepository { .. }));

        for out in [root.clone(), temp.path().to_owned(), root.join("."), root.join("../repo"), PathBuf::from("/")] {
            assert!(matches!(refused(&out), PublishError::AboveRoot { .. }), "{}", out.display());
        }
        assert!(matches!(refused(&path("missing/../../site")), PublishError::NotAFolder { .. }));
        assert!(names(temp.path()).iter().all(|name| !is_transient(name)), "{:?}", names(temp.path()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_and_a_link_above_is_followed() {
        let (temp, root) = folder();
        let real = temp.path().join("real");
        fs::create_dir(&real).unwrap();
        let link = temp.path().join("link");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        for out in [link.clone(), link.join("")] {
            assert!(matches!(publish(&site("x"), &out, &root).unwrap_err(), PublishError::NotAFolder { .. }));
        }
        std::os::unix::fs::symlink(temp.path(), root.join("up")).unwrap();
        assert!(matches!(publish(&site("x"), &root.join("up"), &root).unwrap_err(), PublishError::NotAFolder { .. }));
        publish(&site("x"), &link.join("site"), &root).unwrap();
        assert_eq!(names(&real), ["site"]);
    }

    #[test]
    fn a_site_without_its_record_is_refused() {
        let (temp, root) = folder();
        let out = temp.path().join("site");
        let mut artifacts = Artifacts::default();
        artifacts.insert("index.html", "x").unwrap();
        assert!(matches!(publish(&artifacts, &out, &root).unwrap_err(), PublishError::NoRecord));
        assert!(!out.exists());
    }

    #[test]
    fn a_second_run_is_refused_and_leaves_the_first_alone() {
        let (temp, root) = folder();
        let out = temp.path().join("site");
        let first = Target::open(&out, &root).unwrap();
        fs::create_dir(&first.stage).unwrap();
        assert!(matches!(Target::open(&out, &root).unwrap_err(), PublishError::Busy { .. }));
        assert!(first.stage.exists(), "the stage of a live run stays");
        drop(first);
        let second = Target::open(&out, &root).unwrap();
        assert!(!second.stage.exists(), "the stage of a dead run goes");
        second.publish(&site("x")).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn the_permissions_of_the_folder_stay() {
        use std::os::unix::fs::PermissionsExt;
        let (temp, root) = folder();
        let out = temp.path().join("site");
        publish(&site("one"), &out, &root).unwrap();
        fs::set_permissions(&out, fs::Permissions::from_mode(0o2750)).unwrap();
        publish(&site("two"), &out, &root).unwrap();
        assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o7777, 0o2750);
    }
}
