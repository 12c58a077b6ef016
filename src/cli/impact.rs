//! `kitei impact`: what a change comes to, before it is merged.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::arguments::{Impact as Arguments, ImpactFormat};
use super::open::{Opened, history_failure, open_at, root};
use super::{Context, Failure, Outcome};
use crate::check::{self, Severity};
use crate::handbook::past::Past;
use crate::handbook::{Handbook, parse};
use crate::history::{CommitId, Repository};
use crate::impact::markdown::markdown;
use crate::impact::watched::{Watched, watched};
use crate::impact::{Between, Impact, Revision, Side};
use crate::load::{CONFIG_FILE, CommitTree, Files, MemoryFiles, load};
use crate::locale::{Catalogue, Text};
use crate::model::document::Tier;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Arguments) -> Result<Outcome, Failure> {
    let range = Range::parse(&arguments.range)?;
    let root = root(context)?;
    let repository = Repository::discover(&root).map_err(history_failure)?.map(Arc::new);
    let repository = repository.ok_or_else(|| Failure::new(Text::new("impact-needs-git")))?;
    if repository.is_shallow() || repository.is_partial() {
        let why = if repository.is_shallow() { "impact-shallow" } else { "impact-partial" };
        return Err(Failure::new(Text::new(why)));
    }
    let base = repository.resolve(range.base).map_err(history_failure)?;
    let head = match range.head {
        Some(head) => repository.resolve(head).map_err(history_failure)?,
        // The working tree stands on the commit that is checked out.
        None => repository.head().map_err(history_failure)?.unwrap_or(base),
    };
    let apart = || Failure::new(Text::new("impact-apart").arg("base", range.base).arg("head", range.head_name()));
    let parting = repository.merge_base(base, head).map_err(history_failure)?.ok_or_else(apart)?;

    let rev = range.head.map(|_| head.to_string());
    let after = open_at(context, root.clone(), arguments.as_of, rev.as_deref(), None)?;
    let today = after.handbook.today;
    let before = before(context, &repository, root, parting, today)?;
    // The words are those of the change, whatever language there was before it.
    if !context.language_fixed && context.catalogue.language() != after.handbook.config.language {
        context.catalogue = Catalogue::new(after.handbook.config.language);
    }
    let between = between(&repository, (base, parting, head), &before.handbook, &after.handbook)?;
    let reports = (before.is_there.then(|| check::run(&before.handbook)), check::run(&after.handbook));
    let watched = (before.watched, watched(after.files.as_ref()));
    let revision = |name: &str, commit: Option<CommitId>| Revision {
        name: name.to_owned(),
        commit: commit.map(|commit| commit.to_string()),
    };
    let old = Side {
        handbook: &before.handbook,
        report: reports.0.as_ref(),
        watched: &watched.0,
        revision: revision(range.base, Some(parting)),
    };
    let new = Side {
        handbook: &after.handbook,
        report: Some(&reports.1),
        watched: &watched.1,
        revision: revision(range.head_name(), range.head.map(|_| head)),
    };
    let impact = Impact::new(&old, &new, &between, &context.catalogue);
    let words = match arguments.format {
        ImpactFormat::Markdown => markdown(&impact, &context.catalogue),
        ImpactFormat::Json => serde_json::to_string_pretty(&impact)
            .map_err(|error| Failure::new(Text::new("output-failed").arg("reason", error.to_string())))?,
    };
    context.output.result(&words);
    let failed = impact.findings.new.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if failed { Outcome::Errors } else { Outcome::Good })
}

/// `BASE..HEAD`, `BASE...HEAD` (the same: a change begins where both part), `BASE..` for what is checked out, or
/// `BASE` alone for the working tree.
struct Range<'a> {
    base: &'a str,
    head: Option<&'a str>,
}

impl<'a> Range<'a> {
    fn parse(written: &'a str) -> Result<Self, Failure> {
        let (base, head) = match written.split_once("...").or_else(|| written.split_once("..")) {
            Some((base, "")) => (base, Some("HEAD")),
            Some((base, head)) => (base, Some(head)),
            None => (written, None),
        };
        if base.is_empty() {
            return Err(Failure::new(Text::new("impact-no-base").arg("range", written)));
        }
        Ok(Self { base, head })
    }

    fn head_name(&self) -> &'a str {
        self.head.unwrap_or("tree")
    }
}

/// The side before the change.
struct Before {
    handbook: Handbook,
    watched: Watched,
    /// Whether there was a handbook at all.
    is_there: bool,
}

fn before(
    context: &mut Context,
    repository: &Arc<Repository>,
    root: std::path::PathBuf,
    commit: CommitId,
    today: Date,
) -> Result<Before, Failure> {
    let tree = CommitTree::new(repository.clone(), commit).map_err(history_failure)?;
    if tree.exists(CONFIG_FILE) {
        let Opened { handbook, files, .. } = open_at(context, root, Some(today), Some(&commit.to_string()), None)?;
        return Ok(Before { handbook, watched: watched(files.as_ref()), is_there: true });
    }
    let mut nothing = MemoryFiles::default();
    nothing.insert(CONFIG_FILE, "");
    let loaded = load(&nothing).map_err(|reason| Failure::new(Text::new("config-unreadable").arg("reason", reason)))?;
    let past = Past::new(None, None, &loaded.config, Box::new(()));
    let handbook = Handbook::resolve(parse(loaded), &nothing, today, &past);
    Ok(Before { handbook, watched: watched(&tree), is_there: false })
}

/// What history tells: how far the base has gone on, and who wrote what.
fn between(
    repository: &Repository,
    (base, parting, head): (CommitId, CommitId, CommitId),
    before: &Handbook,
    after: &Handbook,
) -> Result<Between, Failure> {
    let folders: BTreeSet<String> = [before, after]
        .into_iter()
        .flat_map(|handbook| Tier::ALL.map(|tier| handbook.config.folder(tier).to_owned()))
        .collect();
    let folders: Vec<String> = folders.into_iter().collect();
    let behind = repository.commits_between(head, base).map_err(history_failure)?.len();
    let commits = repository.commits_between(parting, head).map_err(history_failure)?;
    let authors = repository.authors(&commits, &folders).map_err(history_failure)?;
    Ok(Between { behind, authors })
}
