//! From the arguments every command shares to a resolved [`Handbook`].

use std::path::PathBuf;

use jiff::civil::Date;

use super::{Context, Failure};
use crate::clock;
use crate::handbook::{Handbook, parse};
use crate::handbook::wording::NoHistory;
use crate::load::{Files, Loaded, WorkTree, load};
use crate::locale::{Catalogue, Text};

/// A handbook and what it was opened from.
pub struct Opened {
    /// The root folder.
    pub root: PathBuf,
    /// The resolved graph.
    pub handbook: Handbook,
    /// Its files, for attachments.
    pub files: Box<dyn Files>,
}

/// Finds the root at or above the start folder.
pub fn root(context: &Context) -> Result<PathBuf, Failure> {
    WorkTree::find_root(&context.start).ok_or_else(|| {
        Failure::new(Text::new("no-handbook").arg("folder", context.start.display().to_string()))
    })
}

/// Reads the handbook of the working tree, or of a revision, for a date (today where none is given).
pub fn open(context: &mut Context, as_of: Option<Date>, rev: Option<&str>) -> Result<Opened, Failure> {
    let root = root(context)?;
    open_at(context, root, as_of, rev)
}

/// As [`open`], with the root already found.
pub fn open_at(
    context: &mut Context,
    root: PathBuf,
    as_of: Option<Date>,
    rev: Option<&str>,
) -> Result<Opened, Failure> {
    let files: Box<dyn Files> = Box::new(WorkTree::new(&root));
    let _ = rev;
    let loaded = load_config(files.as_ref())?;
    use_language(context, &loaded);
    let today = as_of.unwrap_or_else(|| clock::today(&loaded.config.timezone));
    let past = NoHistory;
    let handbook = Handbook::resolve(parse(loaded), files.as_ref(), today, &past);
    Ok(Opened { root, handbook, files })
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
