//! `kitei build`: the site of what is in force, staged and swapped in.

use std::collections::BTreeMap;

use super::arguments::Build;
use super::open::{Opened, open_when};
use super::{Context, Failure, Outcome};
use crate::clock::Stopwatch;
use crate::handbook::Handbook;
use crate::handbook::edition::{Edition, LeftOut};
use crate::locale::{Catalogue, Text};
use crate::model::id::DocumentId;
use crate::publish::{Target, write_atomic};
use crate::site::{self, Options, SiteError};

/// Runs the command.
pub fn run(context: &mut Context, arguments: Build) -> Result<Outcome, Failure> {
    let watch = Stopwatch::start();
    let mut opened = open_when(context, &arguments.when)?;
    opened.handbook.find_former_wordings(opened.past.as_ref(), |_| true);
    opened.tell_faults(context);
    let out = match (&arguments.out, &arguments.edition) {
        (Some(out), _) => context.start.join(out),
        // Never the folder of the whole handbook: one of the two would be shown to the readers of the other.
        (None, Some(name)) => opened.root.join("editions").join(name),
        (None, None) => opened.root.join("public"),
    };
    // Opened before anything is rendered: a folder that must not be replaced is refused at once, and what a run that
    // died has left is restored even if this one fails.
    let target = Target::open(&out, &opened.root).map_err(|error| Failure::new(error.text()))?;
    let missing = missing(&opened.handbook);
    if !missing.is_empty() && !arguments.drafts {
        let text = Text::new("build-text-missing").arg("ids", list(missing.iter()));
        context.output.complain(&context.catalogue.text(&text));
        return Ok(Outcome::Errors);
    }
    if let Some(name) = &arguments.edition {
        narrow(&mut opened, name)?;
    }
    let edition = match arguments.drafts {
        true => Edition::preview(&opened.handbook),
        false => Edition::in_force(&opened.handbook),
    };
    tell_drafts(context, &edition);
    let options = options(&context.catalogue, &opened, &edition)?;
    // The index of all the text takes longer than the pages; both are made at the same time.
    let (artifacts, index) = std::thread::scope(|scope| {
        let index = scope.spawn(|| site::search::full_text(&edition, options.language, &|| true));
        let artifacts = site::render(&edition, &options, opened.files.as_ref());
        (artifacts, index.join())
    });
    let failed = |error: SiteError| Failure::new(error.text());
    let mut artifacts = artifacts.map_err(failed)?;
    let index = index.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).map_err(failed)?;
    artifacts.extend(index.unwrap_or_default()).map_err(|error| Failure::new(error.text()))?;
    let bundle = match &arguments.bundle {
        Some(file) => Some((context.start.join(file), bundle(&opened, &edition, &options)?)),
        None => None,
    };
    let published = target.publish(&artifacts).map_err(|error| Failure::new(error.text()))?;
    let done = Text::new("build-done")
        .arg("path", target.path().display().to_string())
        .arg("documents", edition.entries.len())
        .arg("pages", published.files)
        .arg("date", edition.date)
        .arg("millis", usize::try_from(watch.elapsed().as_millis()).unwrap_or(usize::MAX));
    context.output.progress(&context.catalogue.text(&done));
    if let Some((file, bytes)) = bundle {
        write_atomic(&file, &bytes).map_err(|error| Failure::new(error.text()))?;
        let path = file.display().to_string();
        let done = Text::new("build-bundled").arg("path", path).arg("bytes", bytes.len());
        context.output.progress(&context.catalogue.text(&done));
    }
    Ok(Outcome::Good)
}

/// The same edition as an archive that opens from a file system.
fn bundle(opened: &Opened, edition: &Edition<'_>, options: &Options) -> Result<Vec<u8>, Failure> {
    let options = Options { bundle: true, ..options.clone() };
    let failed = |error: SiteError| Failure::new(error.text());
    let pages = site::render(edition, &options, opened.files.as_ref()).map_err(failed)?;
    site::bundle::pack(edition, &Catalogue::new(options.language), pages).map_err(failed)
}

/// Documents in force whose text is nowhere. Without it nobody can say whether it might be shown.
fn missing(handbook: &Handbook) -> Vec<DocumentId> {
    let left_out = Edition::in_force(handbook).left_out.into_iter();
    left_out.filter(|(_, why)| *why == LeftOut::TextMissing).map(|(id, _)| id).collect()
}

/// Takes away what readers of a configured edition may not see.
fn narrow(opened: &mut Opened, name: &str) -> Result<(), Failure> {
    let editions = &opened.handbook.config.editions;
    let Some(edition) = editions.get(name).cloned() else {
        let known = editions.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let key = if known.is_empty() { "build-no-editions" } else { "build-no-such-edition" };
        return Err(Failure::new(Text::new(key).arg("name", name).arg("known", known)));
    };
    let labels = &opened.handbook.config.classifications;
    if labels.iter().all(|label| label.id.value != edition.highest.value) {
        let text = Text::new("build-edition-label").arg("name", name).arg("label", &edition.highest.value);
        return Err(Failure::new(text));
    }
    opened.handbook.narrow(&edition);
    Ok(())
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

/// What an opened handbook's site is rendered with.
pub fn options(catalogue: &Catalogue, opened: &Opened, edition: &Edition<'_>) -> Result<Options, Failure> {
    Ok(Options {
        language: catalogue.language(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        revision: opened.commit.map(|commit| commit.to_string()),
        // Who commits what is nobody's business outside.
        changes: match opened.handbook.edition {
            Some(_) => BTreeMap::new(),
            None => match opened.past.timelines().map_err(|error| Failure::new(error.text()))? {
                Some(timelines) => site::last_changes(edition, timelines),
                None => BTreeMap::new(),
            },
        },
        record_pages: BTreeMap::new(),
        bundle: false,
    })
}
