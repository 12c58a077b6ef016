//! The population of changes in the period: every change of a document's text, of a ledger, of a register and of the
//! settings that arrived on the main line, and every document that did not change.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::evidence::grade::{Basis, Claim};
use crate::evidence::material::{Material, Wording};
use crate::evidence::table::{Column, Draft, Table, code, date, document, object, text};
use crate::history::{Commit, CommitId, Revision, pull_request};
use crate::ledger::Ledger;
use crate::load::CONFIG_FILE;
use crate::model::id::{DocumentId, Version};

const COLUMNS: &[Column] = &[
    text("id"),
    code("kind", "evidence-change"),
    document("document"),
    text("path"),
    text("version"),
    code("standing", "evidence-standing"),
    text("approval"),
    object("commit"),
    text("summary"),
    text("author"),
    date("authored_on"),
    text("committer"),
    date("committed_on"),
    object("arrived_with"),
    date("arrived_on"),
    text("pull_request"),
    text("trailers"),
    object("object"),
    object("before"),
    object("unchanged_from"),
    object("unchanged_to"),
];

/// How a text that arrived on the main line stood to the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// An approval has its digest.
    Approved,
    /// Its version stood above every approval at that time: it could be merged, and was never published.
    Draft,
    /// It never was the text of the main line, only of a branch.
    Interim,
    /// Its version was approved with another text.
    UnderApprovedVersion,
    /// Its version stood below one that was approved, and it was never approved itself.
    BelowApprovedVersion,
    /// It could not be read as a document.
    Unreadable,
    /// The commit removed the document.
    Removed,
}

impl Standing {
    /// The code in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Draft => "draft",
            Self::Interim => "interim",
            Self::UnderApprovedVersion => "under-approved-version",
            Self::BelowApprovedVersion => "below-approved-version",
            Self::Unreadable => "unreadable",
            Self::Removed => "removed",
        }
    }

    /// Whether text was put into the main line past the approval that its version has.
    pub fn is_bypass(self) -> bool {
        matches!(self, Self::UnderApprovedVersion | Self::BelowApprovedVersion | Self::Unreadable)
    }
}

/// How a text stood to the ledger when it arrived, and the approval that has its digest.
pub fn standing(material: &Material<'_>, id: &DocumentId, wording: &Wording) -> (Standing, Option<String>) {
    if wording.revision.is_removal() {
        return (Standing::Removed, None);
    }
    let Some(arrival) = material.arrival(wording.revision.commit) else { return (Standing::Interim, None) };
    let ledger = material.handbook.ledgers.get(id);
    if let (Some(ledger), Some(digest)) = (ledger, wording.digest)
        && let Some(at) = ledger.approvals.iter().position(|a| a.digest == digest)
    {
        return (Standing::Approved, Some(format!("{}/approval/{}", ledger.name, at + 1)));
    }
    if arrival.id != wording.revision.commit && !stands(material, arrival.id, &wording.revision) {
        return (Standing::Interim, None);
    }
    let Some(version) = wording.version else { return (Standing::Unreadable, None) };
    let known = ledger.map(|ledger| approved_by(material, ledger, arrival.id)).unwrap_or_default();
    let standing = match () {
        () if known.contains(&version) => Standing::UnderApprovedVersion,
        () if known.iter().any(|known| *known > version) => Standing::BelowApprovedVersion,
        () => Standing::Draft,
    };
    (standing, None)
}

/// Versions that the ledger had approved when a commit of the main line was made.
fn approved_by(material: &Material<'_>, ledger: &Ledger, arrival: CommitId) -> BTreeSet<Version> {
    let Some(now) = material.place(arrival) else { return BTreeSet::new() };
    let recorded = ledger.approvals.iter().filter(|approval| {
        let recorded = material.recorded(ledger, approval.span);
        recorded.and_then(|recorded| material.place(recorded.commit)).is_some_and(|then| then >= now)
    });
    recorded.map(|approval| approval.version).collect()
}

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("changes", COLUMNS);
    let mut changed = BTreeSet::new();
    let mut commits = Commits::default();
    for (id, wordings) in material.documents() {
        for (at, wording) in wordings.iter().enumerate() {
            let Some(row) = commits.row(material, wording.revision.commit) else { continue };
            changed.insert(id.clone());
            table.push(text_row(material, id, wording, &wordings[at + 1..], row));
        }
    }
    files(material, &mut commits, &mut table);
    unchanged(material, &changed, &mut table);
    table
}

/// What is the same for every change by a commit, found once.
#[derive(Default)]
struct Commits(BTreeMap<CommitId, Option<Draft>>);

impl Commits {
    fn row(&mut self, material: &Material<'_>, id: CommitId) -> Option<Draft> {
        self.0.entry(id).or_insert_with(|| commit_row(material, id)).clone()
    }
}

/// What is the same for every change by a commit; nothing for one that did not arrive in the period.
fn commit_row(material: &Material<'_>, id: CommitId) -> Option<Draft> {
    let commit = material.timelines.commit(id)?;
    let arrival = material.arrival(id).filter(|_| material.is_within(id))?;
    let person = |actor: &crate::history::Actor| format!("{} <{}>", actor.name, actor.email);
    let trailers = material.repository.trailers(id).unwrap_or_default();
    let stated = Basis { commit: Some(id.to_string()), ..Basis::default() };
    let row = Draft::default()
        .set("commit", id)
        .set("summary", &commit.summary)
        .set("author", person(&commit.author))
        .set("authored_on", commit.author.date())
        .set("committer", person(&commit.committer))
        .set("committed_on", material.day(commit))
        .set("arrived_with", arrival.id)
        .set("arrived_on", material.day(arrival))
        .set("pull_request", pull_request(&arrival.summary).or_else(|| pull_request(&commit.summary)))
        .set("trailers", trailers.into_iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>())
        .claim(Claim::asserted("when", stated.clone(), "dates"))
        .claim(Claim::asserted("who", stated, "names"))
        .claim(Claim::not_provable("looked-at", "forge"));
    Some(row)
}

fn text_row(material: &Material<'_>, id: &DocumentId, wording: &Wording, before: &[Wording], row: Draft) -> Draft {
    let Revision { commit, path, blob } = &wording.revision;
    let old = before_it(material, wording, before);
    let kind = match old {
        _ if blob.is_none() => "removed",
        None => "added",
        Some(old) if old.blob == *blob => "moved",
        Some(old) if old.path != *path => "moved-and-changed",
        Some(_) => "changed",
    };
    let (standing, approval) = standing(material, id, wording);
    let row = row
        .set("id", format!("{id}/text/{commit}"))
        .set("kind", kind)
        .set("document", id.as_str())
        .set("path", path.as_ref().or(old.and_then(|old| old.path.as_ref())).map(ToString::to_string))
        .set("version", wording.version.map(|version| version.to_string()))
        .set("standing", standing.name())
        .set("object", *blob)
        .set("before", old.and_then(|old| old.blob))
        .claim(Claim::proved("changed", material.text_basis(wording)));
    match approval {
        Some(approval) => row.set("approval", approval).claim(Claim::proved("text", material.text_basis(wording))),
        None if standing.is_bypass() => row.claim(Claim::proved("bypass", material.text_basis(wording))),
        None => row,
    }
}

/// The document as the commit's first parent has it. Earlier revisions are of all branches: only one that stands in
/// the parent was there before.
fn before_it<'w>(material: &Material<'_>, wording: &Wording, earlier: &'w [Wording]) -> Option<&'w Revision> {
    let parent = *material.timelines.commit(wording.revision.commit)?.parents.first()?;
    earlier.iter().map(|earlier| &earlier.revision).find(|earlier| stands(material, parent, earlier))
}

/// Whether a revision is what a commit has at its path.
fn stands(material: &Material<'_>, commit: CommitId, revision: &Revision) -> bool {
    let (Some(path), Some(blob)) = (&revision.path, revision.blob) else { return false };
    let found = material.timelines.document_at(material.repository, commit, path).ok().flatten();
    found.is_some_and(|(_, standing)| standing == blob)
}

/// Ledgers, registers and settings.
fn files(material: &Material<'_>, commits: &mut Commits, table: &mut Table) {
    let records = &material.handbook.config.records_path;
    for step in &material.line.steps {
        let Some(arrived) = material.timelines.commit(step.commit) else { continue };
        if !material.request.covers(material.day(arrived)) {
            continue;
        }
        for (path, blob) in &step.changed {
            let Some(row) = commits.row(material, step.commit) else { continue };
            let name = path.strip_prefix(records.as_str()).unwrap_or(path).trim_start_matches('/');
            let ledger = name.strip_prefix("ledger/").and_then(|name| name.strip_suffix(".toml"));
            let kind = match (ledger, name) {
                (Some(_), _) => "ledger",
                (None, "roles.toml" | "people.toml") => "settings",
                _ if path == CONFIG_FILE => "settings",
                _ => "register",
            };
            let basis = Basis {
                commit: Some(step.commit.to_string()),
                path: Some(path.clone()),
                object: blob.map(|blob| blob.to_string()),
                record: None,
            };
            table.push(
                row.set("id", format!("{path}/file/{}", step.commit))
                    .set("kind", kind)
                    .set("document", ledger)
                    .set("path", path)
                    .set("object", *blob)
                    .claim(Claim::proved("changed", basis)),
            );
        }
    }
}

/// Documents in force whose text did not change: between the commit before the period and the last one of it.
fn unchanged(material: &Material<'_>, changed: &BTreeSet<DocumentId>, table: &mut Table) {
    let line: Vec<&Commit> = material.timelines.main_line().collect();
    let within: Vec<usize> = (0..line.len()).filter(|at| material.request.covers(material.day(line[*at]))).collect();
    let (first, last) = match (within.last(), within.first()) {
        // The commit before the period's first, and the period's last.
        (Some(oldest), Some(newest)) => (line.get(oldest + 1), line.get(*newest)),
        // Nothing arrived: the newest commit up to the last day.
        _ => {
            let newest = line.iter().find(|commit| material.day(commit) <= material.request.to);
            (newest, newest)
        }
    };
    let (Some(first), Some(last)) = (first, last) else { return };
    // With clocks that run back, commits of the period and others lie mixed, and no two of them enclose it.
    let enclosed = within.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    for (id, document) in material.handbook.by_id() {
        let standing = material.handbook.status(id);
        if changed.contains(id) || (standing.in_force.is_none() && standing.retired.is_some()) {
            continue;
        }
        let held = material.wordings(id).iter().find(|wording| stands(material, last.id, &wording.revision));
        let Some(newest) = held else { continue };
        let basis = Basis { commit: Some(last.id.to_string()), ..material.text_basis(newest) };
        let claim = match enclosed {
            true => Claim::proved("unchanged", basis),
            false => Claim::asserted("unchanged", basis, "clocks"),
        };
        table.push(
            Draft::default()
                .set("id", format!("{id}/unchanged"))
                .set("kind", "unchanged")
                .set("document", id.as_str())
                .set("path", newest.revision.path.as_ref().map_or(document.path.clone(), ToString::to_string))
                .set("version", newest.version.map(|version| version.to_string()))
                .set("object", newest.revision.blob)
                .set("unchanged_from", first.id)
                .set("unchanged_to", last.id)
                .claim(claim)
                .claim(Claim::asserted("period", Basis::default(), "dates")),
        );
    }
}

/// The day on which something that arrived with a commit arrived.
pub fn arrived_on(material: &Material<'_>, commit: CommitId) -> Option<Date> {
    material.arrival(commit).map(|arrival| material.day(arrival))
}
