//! From the arguments every command shares to a resolved [`Handbook`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::arguments::When;
use super::{Context, Failure};
use crate::clock;
use crate::handbook::integrity::Fault;
use crate::handbook::past::Past;
use crate::handbook::{Handbook, parse};
use crate::history::{CommitId, HistoryError, Keep, Repository};
use crate::load::{CommitTree, Files, Loaded, WorkTree, load};
use crate::locale::{Catalogue, Text};
use crate::publish::write_atomic;

/// A handbook and what it was opened from.
pub struct Opened {
    /// The root folder.
    pub root: PathBuf,
    /// The resolved graph.
    pub handbook: Handbook,
    /// Its files, for attachments.
    pub files: Box<dyn Files>,
    /// Its history; empty outside git.
    pub past: Arc<Past>,
    /// The commit it was read from, or the head of the working tree.
    pub commit: Option<CommitId>,
    /// Whether its date is the clock's.
    of_today: bool,
}

/// Finds the root at or above the start folder.
pub fn root(context: &Context) -> Result<PathBuf, Failure> {
    WorkTree::find_root(&context.start)
        .ok_or_else(|| Failure::new(Text::new("no-handbook").arg("folder", context.start.display().to_string())))
}

/// Reads the handbook of the working tree, or of a revision, for a date (today where none is given).
pub fn open(context: &mut Context, as_of: Option<Date>, rev: Option<&str>) -> Result<Opened, Failure> {
    let root = root(context)?;
    open_at(context, root, as_of, rev, None)
}

/// Reads the handbook that is asked for.
pub fn open_when(context: &mut Context, when: &When) -> Result<Opened, Failure> {
    open(context, when.as_of, when.rev.as_deref())
}

/// As [`open`], with the root already found. `past` is history read before, used again while the head is the same.
pub fn open_at(
    context: &mut Context,
    root: PathBuf,
    as_of: Option<Date>,
    rev: Option<&str>,
    past: Option<Arc<Past>>,
) -> Result<Opened, Failure> {
    let repository = Repository::discover(&root).map_err(history_failure)?.map(Arc::new);
    let (files, commit): (Box<dyn Files>, Option<CommitId>) = match (rev, &repository) {
        (None, Some(repository)) => (Box::new(WorkTree::new(&root)), repository.head().map_err(history_failure)?),
        (None, None) => (Box::new(WorkTree::new(&root)), None),
        (Some(rev), Some(repository)) => {
            let commit = repository.resolve(rev).map_err(history_failure)?;
            let tree = CommitTree::new(repository.clone(), commit).map_err(history_failure)?;
            (Box::new(tree), Some(commit))
        }
        (Some(_), None) => return Err(Failure::new(Text::new("rev-needs-git"))),
    };
    let loaded = load_config(files.as_ref())?;
    use_language(context, &loaded);
    let today = as_of.unwrap_or_else(|| clock::today(&loaded.config.timezone));
    let past = past.filter(|past| commit.is_some() && past.head() == commit).unwrap_or_else(|| {
        let progress = Box::new(super::output::Walking::new(&context.output, &context.catalogue));
        Arc::new(Past::new(repository, commit, &loaded.config, progress).keeping(Box::new(Kept)))
    });
    let mut handbook = Handbook::resolve(parse(loaded), files.as_ref(), today, past.as_ref());
    handbook.remember(past.clone());
    Ok(Opened { root, handbook, files, past, commit, of_today: as_of.is_none() })
}

/// Has what was read of history written, for the next run to read less.
struct Kept;

impl Keep for Kept {
    fn keep(&self, path: &Path, bytes: &[u8]) {
        // A repository that cannot be written is read in full each time; nothing else depends on it.
        let _ = write_atomic(path, bytes);
    }
}

impl Opened {
    /// Says what keeps history from vouching for what the command is about to tell. Never silenced: whoever reads the
    /// result must know what it rests on.
    pub fn tell_faults(&self, context: &Context) {
        let faults = self.handbook.history_faults();
        faults.iter().for_each(|fault| tell(context, fault));
        self.tell_clock(context);
    }

    /// Says so where the newest commit is ahead of the clock. Of another date than today's that says nothing.
    pub fn tell_clock(&self, context: &Context) {
        let Some(newest) = self.past.newest().filter(|_| self.of_today) else { return };
        // Zones differ by less than a day.
        let day = self.handbook.day(newest);
        if self.handbook.today.tomorrow().is_ok_and(|tomorrow| day > tomorrow) {
            tell(context, &Fault::Future(newest, day));
        }
    }
}

fn tell(context: &Context, fault: &Fault) {
    let words = Text::new("fault-notice").arg("fault", fault.text()).arg("help", fault.help());
    context.output.complain(&context.catalogue.text(&words));
}

/// A fault of history as a reason not to run.
pub fn history_failure(error: HistoryError) -> Failure {
    Failure::new(error.text())
}

fn load_config(files: &dyn Files) -> Result<Loaded, Failure> {
    load(files).map_err(|reason| Failure::new(Text::new("config-unreadable").arg("reason", reason)))
}

/// The configuration's language applies unless `--lang` was given.
fn use_language(context: &mut Context, loaded: &Loaded) {
    if !context.language_fixed && context.catalogue.language() != loaded.config.language {
        context.catalogue = Catalogue::new(loaded.config.language);
    }
}
