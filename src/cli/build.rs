//! `kitei build`: the site of what is in force, staged and swapped in.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::arguments::Build;
use super::ledger_writer::refuse;
use super::open::{enter, open_when, report_history, root};
use super::{Context, Failure, Outcome};
use crate::check::gate;
use crate::clock::Stopwatch;
use crate::handbook::Handbook;
use crate::handbook::edition::{Edition, LeftOut};
use crate::load::{CONFIG_FILE, Files};
use crate::locale::{Catalogue, Text};
use crate::model::id::DocumentId;
use crate::publish::{Target, is_transient, outside_sources, write_atomic};
use crate::site::{self, Options};
use crate::workspace::{Snapshot, TreeRef, Workspace};

/// Runs the command.
pub fn run(context: &mut Context, arguments: Build) -> Result<Outcome, Failure> {
    let watch = Stopwatch::start();
    let Opened { mut snapshot, uncommitted } = open_published(context, &arguments)?;
    report_history(context, &snapshot, arguments.when.as_of);
    refuse(context, &snapshot, "build-unreadable", &gate::before_publishing(&snapshot))?;
    let out = match (&arguments.out, &arguments.edition) {
        (Some(out), _) => context.path(out),
        // Never the folder of the whole handbook: one of the two would be shown to the readers of the other.
        (None, Some(name)) => snapshot.root().join("editions").join(name),
        (None, None) => snapshot.root().join("public"),
    };
    let sources = snapshot.config.source_folders();
    outside_sources(&out, snapshot.root(), &sources)?;
    if let Some(file) = &arguments.bundle {
        outside_sources(&context.path(file), snapshot.root(), &sources)?;
    }
    // Opened before anything is rendered: a folder that must not be replaced is refused at once, and what a run that
    // died has left is restored even if this one fails.
    let target = Target::open(&out, snapshot.root())?;
    let missing = missing(&snapshot);
    if !missing.is_empty() && !arguments.drafts {
        let text = Text::new("build-text-missing").arg("ids", list(missing.iter()));
        context.output.complain(&context.catalogue.text(&text));
        return Ok(Outcome::Errors);
    }
    if let Some(name) = &arguments.edition {
        snapshot = redacted(snapshot, name)?;
    }
    let edition = match arguments.drafts {
        true => Edition::preview(&snapshot),
        false => Edition::in_force(&snapshot),
    };
    tell_drafts(context, &edition);
    let options = options(&context.catalogue, &snapshot, &edition)?;
    let options = Options { uncommitted: arguments.work_tree && uncommitted, ..options };
    // The index of all the text takes longer than the pages; both are made at the same time.
    let (rendered, index) = std::thread::scope(|scope| {
        let index = scope.spawn(|| site::search::full_text(&edition, options.language, &|| true));
        let rendered = match arguments.bundle {
            Some(_) => site::render_with_bundle(&edition, &options, snapshot.files())
                .map(|(artifacts, bundle)| (artifacts, Some(bundle))),
            None => site::render(&edition, &options, snapshot.files()).map(|artifacts| (artifacts, None)),
        };
        (rendered, index.join())
    });
    let (mut artifacts, bundle) = rendered?;
    let index = index.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    artifacts.extend(index.unwrap_or_default())?;
    let published = target.publish(&artifacts)?;
    let done = Text::new("build-done")
        .arg("path", target.path().display().to_string())
        .arg("documents", edition.entries.len())
        .arg("pages", published.files)
        .arg("date", edition.date)
        .arg("millis", usize::try_from(watch.elapsed().as_millis()).unwrap_or(usize::MAX));
    context.output.progress(&context.catalogue.text(&done));
    if let Some((file, bytes)) = arguments.bundle.as_ref().zip(bundle) {
        let file = context.path(file);
        write_atomic(&file, &bytes)?;
        let path = file.display().to_string();
        let done = Text::new("build-bundled").arg("path", path).arg("bytes", bytes.len());
        context.output.progress(&context.catalogue.text(&done));
    }
    Ok(Outcome::Good)
}

/// What is to be published, and whether files of the handbook differ from the commit.
struct Opened {
    snapshot: Snapshot,
    uncommitted: bool,
}

/// What is published is a commit: the one that is asked for, else the one that is checked out. What is not committed is named
/// and left out, unless it is asked for, or there is no commit.
fn open_published(context: &mut Context, arguments: &Build) -> Result<Opened, Failure> {
    let workspace = Workspace::open(root(context)?)?;
    let head = workspace.repository().map(|repository| repository.head()).transpose()?.flatten();
    let Some(head) = head.filter(|_| arguments.when.rev.is_none()) else {
        return Ok(Opened { snapshot: open_when(context, &arguments.when)?, uncommitted: false });
    };
    let (folder, _) = workspace.files(TreeRef::WorkingTree)?;
    let (commit, _) = workspace.files(TreeRef::Commit(head))?;
    let takes_all = arguments.work_tree || arguments.drafts;
    let tree = workspace.at(if takes_all { TreeRef::WorkingTree } else { TreeRef::Commit(head) })?;
    let changed = changed(folder.as_ref(), commit.as_ref(), &tree.config().source_folders());
    let snapshot = enter(context, tree, arguments.when.as_of);
    if !changed.is_empty() && !takes_all {
        let few: Vec<&str> = changed.iter().take(5).map(String::as_str).collect();
        let more = if changed.len() > few.len() { ", …" } else { "" };
        let text = Text::new("build-uncommitted").arg("count", changed.len()).arg("paths", few.join(", ") + more);
        context.output.complain(&context.catalogue.text(&text));
    }
    Ok(Opened { snapshot, uncommitted: !changed.is_empty() })
}

/// Files of a handbook that the folder holds otherwise than the commit.
fn changed(folder: &dyn Files, commit: &dyn Files, folders: &[String]) -> Vec<String> {
    let listed = |files: &dyn Files| {
        let entries = folders.iter().flat_map(|name| files.list(name)).map(|entry| entry.path);
        entries.chain([CONFIG_FILE.to_owned()]).collect::<BTreeSet<String>>()
    };
    let mut paths = listed(folder);
    paths.extend(listed(commit));
    let paths: Vec<String> = paths.into_iter().filter(|path| !is_transient(path)).collect();
    paths.into_par_iter().filter(|path| folder.read(path).ok() != commit.read(path).ok()).collect()
}

/// Documents in force whose text is nowhere. Without it nobody can say whether it might be shown.
fn missing(handbook: &Handbook) -> Vec<DocumentId> {
    let left_out = Edition::in_force(handbook).left_out.into_iter();
    left_out.filter(|(_, why)| *why == LeftOut::TextMissing).map(|(id, _)| id).collect()
}

/// What readers of a configured edition may see.
fn redacted(snapshot: Snapshot, name: &str) -> Result<Snapshot, Failure> {
    let editions = &snapshot.config.editions;
    let Some(edition) = editions.get(name).cloned() else {
        let known = editions.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let key = if known.is_empty() { "build-no-editions" } else { "build-no-such-edition" };
        return Err(Failure::new(Text::new(key).arg("name", name).arg("known", known)));
    };
    if snapshot.config.classifications.iter().all(|label| label.id.value != edition.highest.value) {
        let text = Text::new("build-edition-label").arg("name", name).arg("label", &edition.highest.value);
        return Err(Failure::new(text));
    }
    Ok(snapshot.redacted(&edition))
}

/// Names what an edition does not show.
fn tell_drafts(context: &Context, edition: &Edition<'_>) {
    if edition.preview {
        return;
    }
    let left_out = edition.left_out.iter().filter(|(_, why)| **why == LeftOut::NotInForce).map(|(id, _)| id);
    let newer = edition.drafts.keys().filter(|id| edition.entries.contains_key(*id));
    for (key, ids) in
        [("build-drafts-left-out", left_out.collect::<Vec<_>>()), ("build-newer-drafts", newer.collect::<Vec<_>>())]
    {
        if !ids.is_empty() {
            let text = Text::new(key).arg("count", ids.len()).arg("ids", list(ids.into_iter()));
            context.output.progress(&context.catalogue.text(&text));
        }
    }
}

fn list<'a>(ids: impl Iterator<Item = &'a DocumentId>) -> String {
    ids.map(DocumentId::as_str).collect::<Vec<_>>().join(", ")
}

/// What a snapshot's site is rendered with.
pub fn options(catalogue: &Catalogue, snapshot: &Snapshot, edition: &Edition<'_>) -> Result<Options, Failure> {
    Ok(Options {
        language: catalogue.language(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        revision: snapshot.commit().map(|commit| commit.to_string()),
        uncommitted: false,
        // Who commits what is nobody's business outside.
        changes: match snapshot.edition {
            Some(_) => BTreeMap::new(),
            None => match snapshot.history().timelines()? {
                Some(timelines) => site::last_changes(edition, timelines),
                None => BTreeMap::new(),
            },
        },
    })
}
