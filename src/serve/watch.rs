//! Which changes on the disk call for a new build, and when a burst of them is over.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::clock::Stopwatch;
use crate::locale::Text;

/// A burst is over when nothing has come for this long. An editor saves within a few milliseconds, and an edit is to
/// be seen within a tenth of a second.
const QUIET: Duration = Duration::from_millis(20);

/// A burst that does not end is cut here: something may write without a pause.
const LONGEST_BURST: Duration = Duration::from_millis(500);

#[derive(Debug)]
enum Message {
    Changed(Vec<PathBuf>),
    Stop,
}

/// Watched folders.
#[derive(Debug)]
pub(super) struct Watch {
    roots: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
    watcher: Option<RecommendedWatcher>,
    messages: Receiver<Message>,
    sender: Sender<Message>,
}

/// Ends a [`Watch`] from another thread.
#[derive(Debug)]
pub(super) struct Stopper(Sender<Message>);

impl Stopper {
    pub(super) fn stop(&self) {
        // Where nobody listens any more, the watch has ended already.
        let _ = self.0.send(Message::Stop);
    }
}

impl Watch {
    /// Begins to watch. What cannot be watched is told and left out: a preview that has to be restarted after an
    /// edit is better than none.
    pub(super) fn start(roots: &[PathBuf], ignore: &[PathBuf]) -> (Self, Vec<Text>) {
        let mut problems = Vec::new();
        let mut problem = |path: &Path, error: &notify::Error| {
            let path = path.display().to_string();
            problems.push(Text::new("serve-cannot-watch").arg("path", path).arg("error", error.to_string()));
        };
        let (sender, messages) = mpsc::channel();
        let from_watcher = sender.clone();
        let handler = move |event: notify::Result<notify::Event>| {
            let changed = match event {
                // Our own reading is reported too.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) => event.paths,
                // Something was missed, as when too much happened at once.
                Err(_) => Vec::new(),
            };
            let _ = from_watcher.send(Message::Changed(changed));
        };
        // The system reports real paths.
        let real = |paths: &[PathBuf]| -> Vec<PathBuf> {
            paths.iter().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone())).collect()
        };
        let (roots, ignore) = (real(roots), real(ignore));
        let watcher = match RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false)) {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                problem(Path::new("."), &error);
                None
            }
        };
        let mut watch = Self { roots: roots.clone(), ignore, watcher, messages, sender };
        for root in &roots {
            if let Err(error) = watch.add(root, RecursiveMode::NonRecursive) {
                problem(root, &error);
            }
            // Folder by folder, since build output and git's objects may be thousands of folders, each of which
            // would take one of the watches that the system grants a user.
            for folder in walkdir::WalkDir::new(root).min_depth(1).max_depth(1).sort_by_file_name() {
                let Ok(folder) = folder else { continue };
                if folder.file_type().is_dir()
                    && watch.is_relevant(folder.path())
                    && let Err(error) = watch.add(folder.path(), RecursiveMode::Recursive)
                {
                    problem(folder.path(), &error);
                }
            }
        }
        (watch, problems)
    }

    pub(super) fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Waits for a burst of changes and its end. Gives the paths, sorted and each once, or nothing at the stop. They
    /// are empty where something was missed and anything may have changed.
    pub(super) fn next(&mut self) -> Option<Vec<PathBuf>> {
        loop {
            let mut changed: Vec<PathBuf> = Vec::new();
            let mut any = self.take(self.messages.recv().ok()?, &mut changed)?;
            let burst = Stopwatch::start();
            while burst.elapsed() < LONGEST_BURST {
                match self.messages.recv_timeout(QUIET) {
                    Ok(message) => any |= self.take(message, &mut changed)?,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            }
            if any {
                changed.sort();
                changed.dedup();
                return Some(changed);
            }
        }
    }

    /// Adds what counts of a message; says whether anything did. Nothing at the stop.
    fn take(&mut self, message: Message, changed: &mut Vec<PathBuf>) -> Option<bool> {
        let Message::Changed(mut paths) = message else { return None };
        let missed = paths.is_empty();
        paths.retain(|path| self.is_relevant(path));
        let any = missed || !paths.is_empty();
        for path in &paths {
            // A new folder directly in a root; those further down are added by the system's own recursion.
            if path.parent().is_some_and(|parent| self.roots.iter().any(|root| root == parent)) && path.is_dir() {
                let _ = self.add(path, RecursiveMode::Recursive);
            }
        }
        changed.append(&mut paths);
        Some(any)
    }

    fn add(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        self.watcher.as_mut().map_or(Ok(()), |watcher| watcher.watch(path, mode))
    }

    fn is_relevant(&self, path: &Path) -> bool {
        if self.ignore.iter().any(|ignored| path.starts_with(ignored)) {
            return false;
        }
        let Some(inside) = self.roots.iter().find_map(|root| path.strip_prefix(root).ok()) else { return true };
        let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
        names.first().is_none_or(|name| name != "target") && !names.iter().any(|name| is_of_no_interest(name))
    }
}

/// Hidden files and folders, git's among them, and what editors write beside the file being saved.
fn is_of_no_interest(name: &str) -> bool {
    name.starts_with(['.', '#'])
        || name.ends_with(['~', '#'])
        || [".swp", ".swx", ".tmp", ".bak"].iter().any(|end| name.ends_with(end))
        || name.contains("___jb_")
        // The file with which vim tries whether it may write.
        || name == "4913"
}
