//! From the arguments that commands share through the door to a snapshot, and what is said of its history.

use std::path::PathBuf;

use jiff::civil::Date;

use super::arguments::When;
use super::output::Walking;
use super::{Context, Failure};
use crate::clock;
use crate::handbook::integrity::Fault;
use crate::load::WorkTree;
use crate::locale::Text;
use crate::workspace::{Snapshot, Workspace, WorkspaceTree};

/// Finds the root at or above the start folder.
pub fn root(context: &Context) -> Result<PathBuf, Failure> {
    WorkTree::find_root(&context.start)
        .ok_or_else(|| Failure::new(Text::new("no-handbook").arg("folder", context.start.display().to_string())))
}

/// Opens the working tree, or a revision, on a date (today where none is given).
pub fn open(context: &mut Context, as_of: Option<Date>, rev: Option<&str>) -> Result<Snapshot, Failure> {
    let tree = Workspace::open(root(context)?)?.at(rev)?;
    Ok(enter(context, tree, as_of))
}

/// Opens what is asked for.
pub fn open_when(context: &mut Context, when: &When) -> Result<Snapshot, Failure> {
    open(context, when.as_of, when.rev.as_deref())
}

/// Takes the language that the handbook is set to, unless the command line chose one, and the day of its time zone where
/// none is given.
pub fn enter(context: &mut Context, tree: WorkspaceTree, as_of: Option<Date>) -> Snapshot {
    context.use_language(tree.config().language);
    let date = as_of.unwrap_or_else(|| clock::today(&tree.config().timezone));
    let progress = Walking::new(&context.output, &context.catalogue);
    tree.with_progress(progress).on(date)
}

/// Says why history may not show what the command is about to report. Never silenced: whoever reads the result must know
/// what it rests on. `as_of` is the date that was asked for.
pub fn report_history(context: &Context, snapshot: &Snapshot, as_of: Option<Date>) {
    report_faults(context, snapshot, &snapshot.history_faults(), as_of);
}

/// Reports faults of history, and a clock that runs ahead.
pub fn report_faults(context: &Context, snapshot: &Snapshot, faults: &[Fault], as_of: Option<Date>) {
    faults.iter().for_each(|fault| report(context, fault));
    report_clock(context, snapshot, as_of);
}

/// Reports a newest commit that is ahead of the clock. Of another date than today's that says nothing.
pub fn report_clock(context: &Context, snapshot: &Snapshot, as_of: Option<Date>) {
    let Some(newest) = snapshot.history().newest().filter(|_| as_of.is_none()) else { return };
    // Zones differ by less than a day.
    let day = snapshot.day(newest);
    if snapshot.today.tomorrow().is_ok_and(|tomorrow| day > tomorrow) {
        report(context, &Fault::Future(newest, day));
    }
}

fn report(context: &Context, fault: &Fault) {
    let words = Text::new("fault-notice").arg("fault", fault.text()).arg("help", fault.help());
    context.output.complain(&context.catalogue.text(&words));
}
