//! A folder that is filled for the first time: all of its files, or none that counts.
//!
//! A folder that does not exist yet is staged beside its place and moved there in one step. A folder that exists stays
//! where it is, since somebody stands in it: its files are staged inside, and once they are whole they are moved to
//! their places, the last one ([`NewFolder::fill`]'s `mark`) last. A run that dies before they are whole leaves a stage
//! that the next start clears away; one that dies while they are moved is completed by the next start.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::artifacts::{self, Artifacts};
use super::disk::{exists, flush_file, flush_parent, flush_tree, remove, resolve};
use super::error::{Action, PublishError, on};
use super::lock::Lock;

/// A folder to fill, held against other runs until it is dropped.
#[derive(Debug)]
pub struct NewFolder {
    out: PathBuf,
    stage: PathBuf,
    /// The name of a stage that is whole; only inside a folder that exists.
    ready: Option<PathBuf>,
    completed: bool,
    _lock: Lock,
}

/// The moments between which a run may die; tests end the process at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Wrote,
    Staged,
    Ready,
    Moved,
}

impl NewFolder {
    /// Takes a folder. Refuses a file or a link, a folder that holds anything but a git repository where there is no
    /// `.git`, and one in which another run is at work. Clears away or completes what a dead run left; `mark` is the
    /// file whose presence says that all are there.
    pub fn open(out: &Path, mark: &str) -> Result<Self, PublishError> {
        let out = resolve(out)?;
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(PublishError::NotEmpty { path: out });
        };
        let there = exists(&out)?;
        fs::create_dir_all(parent).map_err(on(Action::Write, parent))?;
        let own = name.to_string_lossy();
        let lock = Lock::take(parent.join(format!(".{own}.kitei-lock")), &out)?;
        let (stage, ready) = if there {
            (out.join(".new.kitei-stage"), Some(out.join(".new.kitei-ready")))
        } else {
            (parent.join(format!(".{own}.kitei-stage")), None)
        };
        let mut folder = Self { out, stage, ready, completed: false, _lock: lock };
        folder.recover(mark)?;
        if !folder.completed && !exists(&folder.out.join(".git"))? && !folder.is_empty()? {
            return Err(PublishError::NotEmpty { path: folder.out });
        }
        Ok(folder)
    }

    /// The folder with links resolved.
    pub fn path(&self) -> &Path {
        &self.out
    }

    /// Whether an earlier run had died in the middle and its work was completed just now.
    pub fn completed(&self) -> bool {
        self.completed
    }

    /// Whether something of this name is in the folder.
    pub fn holds(&self, path: &str) -> Result<bool, PublishError> {
        exists(&self.out.join(path))
    }

    /// Writes the files. `prepare` works on the stage before it is moved: a new repository is made there. A file that
    /// stands in the way is refused and everything stays as it was.
    pub fn fill(
        &self,
        artifacts: &Artifacts,
        mark: &str,
        prepare: impl FnOnce(&Path) -> Result<(), PublishError>,
    ) -> Result<(), PublishError> {
        self.fill_observed(artifacts, mark, prepare, &|_| {})
    }

    pub(super) fn fill_observed(
        &self,
        artifacts: &Artifacts,
        mark: &str,
        prepare: impl FnOnce(&Path) -> Result<(), PublishError>,
        at: &dyn Fn(Step),
    ) -> Result<(), PublishError> {
        for (path, _) in artifacts.iter() {
            if self.holds(path)? {
                return Err(PublishError::Exists { path: self.out.join(path) });
            }
        }
        let staged = self.stage(artifacts, at).and_then(|()| prepare(&self.stage)).and_then(|()| {
            at(Step::Staged);
            flush_tree(&self.stage).map_err(on(Action::Write, &self.stage))?;
            match &self.ready {
                None => fs::rename(&self.stage, &self.out).map_err(on(Action::Write, &self.out)),
                Some(ready) => fs::rename(&self.stage, ready).map_err(on(Action::Write, ready)),
            }
        });
        if staged.is_err() {
            // Best effort: the next start clears away what stays.
            let _ = remove(&self.stage);
        }
        staged?;
        at(Step::Ready);
        match &self.ready {
            None => flush_parent(&self.out),
            Some(ready) => move_all(ready, &self.out, mark, at),
        }
    }

    fn recover(&mut self, mark: &str) -> Result<(), PublishError> {
        remove(&self.stage)?;
        if let Some(ready) = self.ready.clone()
            && exists(&ready)?
        {
            move_all(&ready, &self.out, mark, &|_| {})?;
            self.completed = true;
        }
        Ok(())
    }

    fn is_empty(&self) -> Result<bool, PublishError> {
        match fs::read_dir(&self.out) {
            Ok(mut entries) => Ok(entries.next().is_none()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
            Err(error) => Err(on(Action::Read, &self.out)(error)),
        }
    }

    fn stage(&self, artifacts: &Artifacts, at: &dyn Fn(Step)) -> Result<(), PublishError> {
        fs::create_dir(&self.stage).map_err(on(Action::Write, &self.stage))?;
        for (path, bytes) in artifacts.iter() {
            for folder in artifacts::folders(path) {
                let folder = self.stage.join(folder);
                fs::create_dir_all(&folder).map_err(on(Action::Write, &folder))?;
            }
            let path = self.stage.join(path);
            File::create_new(&path)
                .and_then(|mut file| {
                    file.write_all(bytes)?;
                    flush_file(&file)
                })
                .map_err(on(Action::Write, &path))?;
            at(Step::Wrote);
        }
        Ok(())
    }
}

/// Moves every file of a whole stage to its place, the mark last, and removes the stage.
fn move_all(ready: &Path, out: &Path, mark: &str, at: &dyn Fn(Step)) -> Result<(), PublishError> {
    move_tree(ready, out, mark, at)?;
    let last = ready.join(mark);
    if exists(&last)? {
        move_file(&last, &out.join(mark))?;
        at(Step::Moved);
    }
    flush_parent(&out.join(mark))?;
    remove(ready)
}

fn move_tree(from: &Path, to: &Path, mark: &str, at: &dyn Fn(Step)) -> Result<(), PublishError> {
    let read = on(Action::Read, from);
    let mut names = Vec::new();
    for entry in fs::read_dir(from).map_err(&read)? {
        let entry = entry.map_err(&read)?;
        names.push((entry.file_name(), entry.file_type().map_err(&read)?));
    }
    names.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, kind) in names {
        let (source, target) = (from.join(&name), to.join(&name));
        // What is no folder yet moves whole: a repository in one step.
        if kind.is_dir() && exists(&target)? {
            move_tree(&source, &target, mark, at)?;
        } else if name.to_str() != Some(mark) {
            move_file(&source, &target)?;
            at(Step::Moved);
        }
    }
    Ok(())
}

fn move_file(from: &Path, to: &Path) -> Result<(), PublishError> {
    if exists(to)? {
        return Err(PublishError::Exists { path: to.to_owned() });
    }
    fs::rename(from, to).map_err(on(Action::Write, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::new_repository;

    const MARK: &str = "kitei.toml";

    fn files() -> Artifacts {
        let mut artifacts = Artifacts::default();
        for path in [MARK, "README.md", "policies/p-01.md", "records/roles.toml", "records/ledger/.gitkeep"] {
            artifacts.insert(path, path).unwrap();
        }
        artifacts
    }

    fn listed(folder: &Path) -> Vec<String> {
        let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
        let entries = walk.filter_entry(|entry| entry.file_name() != ".git").map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(folder).unwrap().display().to_string()).collect()
    }

    fn whole() -> Vec<String> {
        ["README.md", "kitei.toml", "policies/p-01.md", "records/ledger/.gitkeep", "records/roles.toml"]
            .map(str::to_owned)
            .to_vec()
    }

    /// Fills a folder and gives up, as a run that dies, after so many steps; `true` where it came to the end.
    fn fill_until(out: &Path, steps: usize) -> bool {
        let folder = NewFolder::open(out, MARK).unwrap();
        if folder.completed() {
            return true;
        }
        let left = std::cell::Cell::new(steps);
        let dies = std::panic::AssertUnwindSafe(|| {
            folder.fill_observed(&files(), MARK, new_repository, &|_| {
                left.set(left.get().saturating_sub(1));
                if left.get() == 0 {
                    std::panic::resume_unwind(Box::new("dies here"));
                }
            })
        });
        std::panic::catch_unwind(dies).is_ok_and(|result| result.map(|()| true).unwrap())
    }

    #[test]
    fn a_run_that_dies_at_any_step_leaves_nothing_that_counts_or_is_completed() {
        for there in [false, true] {
            let mut died = 0;
            for steps in 1.. {
                let temp = tempfile::tempdir().unwrap();
                let out = temp.path().join("new");
                if there {
                    fs::create_dir(&out).unwrap();
                }
                if fill_until(&out, steps) {
                    assert_eq!(listed(&out), whole());
                    break;
                }
                died += 1;
                if out.join(MARK).exists() {
                    let visible: Vec<_> = listed(&out).into_iter().filter(|path| !path.starts_with(".new")).collect();
                    assert_eq!(visible, whole(), "the mark came before another file");
                }
                // The next run, whatever it finds.
                assert!(out.join(MARK).exists() || fill_until(&out, usize::MAX));
                let visible: Vec<_> = listed(&out).into_iter().filter(|path| !path.starts_with(".new")).collect();
                assert_eq!(visible, whole());
                assert!(out.join(".git/HEAD").exists());
            }
            assert!(died >= files().len() + 2, "{died}");
        }
    }

    #[test]
    fn what_stands_in_the_way_is_refused_and_stays() {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("new");
        fs::create_dir_all(out.join("records")).unwrap();
        fs::write(out.join("records/roles.toml"), "mine").unwrap();
        assert!(matches!(NewFolder::open(&out, MARK), Err(PublishError::NotEmpty { .. })));
        new_repository(&out).unwrap();
        let folder = NewFolder::open(&out, MARK).unwrap();
        assert!(matches!(folder.fill(&files(), MARK, |_| Ok(())), Err(PublishError::Exists { .. })));
        assert_eq!(listed(&out), ["records/roles.toml"]);
        assert!(matches!(NewFolder::open(&out, MARK), Err(PublishError::Busy { .. })));
        fs::remove_file(out.join("records/roles.toml")).unwrap();
        folder.fill(&files(), MARK, |_| Ok(())).unwrap();
        assert_eq!(listed(&out), whole());
    }

    #[test]
    fn a_stage_that_cannot_be_prepared_leaves_nothing() {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("new");
        let folder = NewFolder::open(&out, MARK).unwrap();
        let refuse = |path: &Path| Err(PublishError::NotEmpty { path: path.to_owned() });
        assert!(folder.fill(&files(), MARK, refuse).is_err());
        drop(folder);
        assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0);
    }
}
