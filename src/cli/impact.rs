//! `kitei impact`: what a change comes to, before it is merged.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::arguments::{Impact as Arguments, ImpactFormat};
use super::open::{enter, root};
use super::{Context, Failure, Outcome};
use crate::check::{self, Severity};
use crate::handbook::Handbook;
use crate::history::{CommitId, Repository};
use crate::impact::markdown::markdown;
use crate::impact::watched::{Watched, watched};
use crate::impact::{Between, Impact, Revision, Side};
use crate::load::{CONFIG_FILE, MemoryFiles};
use crate::locale::Text;
use crate::model::document::Tier;
use crate::workspace::{Snapshot, TreeRef, Workspace};

/// Runs the command.
pub fn run(context: &mut Context, arguments: Arguments) -> Result<Outcome, Failure> {
    let range = Range::parse(&arguments.range)?;
    let workspace = Workspace::open(root(context)?)?;
    let repository = workspace.repository().ok_or_else(|| Failure::new(Text::new("impact-needs-git")))?;
    if repository.is_shallow() || repository.is_partial() {
        let why = if repository.is_shallow() { "impact-shallow" } else { "impact-partial" };
        return Err(Failure::new(Text::new(why)));
    }
    let base = repository.resolve(range.base)?;
    let head = match range.head {
        Some(head) => repository.resolve(head)?,
        // The working tree stands on the commit that is checked out.
        None => repository.head()?.unwrap_or(base),
    };
    let apart = || Failure::new(Text::new("impact-apart").arg("base", range.base).arg("head", range.head_name()));
    let parting = repository.merge_base(base, head)?.ok_or_else(apart)?;

    let tree = range.head.map_or(TreeRef::WorkingTree, |_| TreeRef::Commit(head));
    let after = enter(context, workspace.at(tree)?, arguments.as_of);
    let before = before(context, &workspace, parting, after.today)?;
    // The words are those of the change, whatever language there was before it.
    context.use_language(after.config.language);
    let between = between(repository, (base, parting, head), &before.snapshot, &after)?;
    let reports = (before.is_there.then(|| check::run(&before.snapshot)), check::run(&after));
    let watched = (before.watched, watched(after.files()));
    let revision = |name: &str, commit: Option<CommitId>| Revision {
        name: name.to_owned(),
        commit: commit.map(|commit| commit.to_string()),
    };
    let old = Side {
        handbook: &before.snapshot,
        report: reports.0.as_ref(),
        watched: &watched.0,
        revision: revision(range.base, Some(parting)),
    };
    let new = Side {
        handbook: &after,
        report: Some(&reports.1),
        watched: &watched.1,
        revision: revision(range.head_name(), range.head.map(|_| head)),
    };
    let impact = Impact::new(&old, &new, &between, &context.catalogue);
    let words = match arguments.format {
        ImpactFormat::Markdown => markdown(&impact, &context.catalogue),
        ImpactFormat::Json => serde_json::to_string_pretty(&impact)?,
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
    snapshot: Snapshot,
    watched: Watched,
    /// Whether there was a handbook at all.
    is_there: bool,
}

fn before(context: &mut Context, workspace: &Workspace, commit: CommitId, today: Date) -> Result<Before, Failure> {
    let (files, _) = workspace.files(TreeRef::Commit(commit))?;
    let watched = watched(files.as_ref());
    if files.exists(CONFIG_FILE) {
        let snapshot = enter(context, workspace.at(TreeRef::Commit(commit))?, Some(today));
        return Ok(Before { snapshot, watched, is_there: true });
    }
    let mut nothing = MemoryFiles::default();
    nothing.insert(CONFIG_FILE, "");
    let snapshot = Workspace::of_files(nothing).at(TreeRef::WorkingTree)?.on(today);
    Ok(Before { snapshot, watched, is_there: false })
}

/// What history says beside the two: how far the base has gone on, and who wrote what.
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
    let behind = repository.commits_between(head, base)?.len();
    let commits = repository.commits_between(parting, head)?;
    let authors = repository.authors(&commits, &folders)?;
    Ok(Between { behind, authors })
}
