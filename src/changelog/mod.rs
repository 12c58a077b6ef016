//! What changed, in plain words: the change log of a document and of the whole handbook, by the day on which each
//! version took or takes effect. Only approved wordings are compared; drafts never appear.

mod compared;
pub mod feed;
mod items;
pub mod render;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::handbook::Handbook;
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::ledger::lifecycle::is_minor_step;
use crate::ledger::{Approval, ApprovalKind, Ledger, LedgerEntry};
use crate::locale::Catalogue;
use crate::model::id::DocumentId;
pub use compared::{Compared, Comparisons};
pub use items::{ChangelogItem, ItemKind, items};

/// What happened to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// Its first version.
    Established,
    /// A later one.
    Revised,
    /// What was approved provisionally was approved in full.
    Ratified,
    /// It is no longer in force.
    Retired,
    /// A version of times before the repository.
    BeforeRecords,
}

/// One entry of the change log. The field names are a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangelogEntry {
    /// Document id.
    pub id: String,
    /// 文書番号.
    pub number: String,
    /// Title in that version.
    pub title: String,
    /// What happened.
    pub kind: EntryKind,
    /// Its version; none where it is retired.
    pub version: Option<String>,
    /// The version it follows, where both texts were found.
    pub previous: Option<String>,
    /// 承認日, where known.
    pub approved_on: Option<Date>,
    /// 施行日.
    pub effective: Date,
    /// Whether that day is still to come.
    pub pending: bool,
    /// Whether it was approved provisionally.
    pub provisional: bool,
    /// Until when it must be ratified, while it is not.
    pub ratify_by: Option<Date>,
    /// When it was ratified.
    pub ratified_on: Option<Date>,
    /// Whether it is a minor version, which was approved as an editorial change.
    pub minor: bool,
    /// Whether it is a minor version in which nothing but words changed.
    pub editorial: bool,
    /// Who approved it, in words.
    pub approver: Option<String>,
    /// Minutes or other decision.
    pub decision: Option<String>,
    /// 改訂内容, as the ledger says.
    pub changes: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The commit of the default branch that brought the record of it, short; none where history does not tell.
    pub commit: Option<String>,
    /// The pull request: its address by the ledger, or its number by that commit.
    pub pull_request: Option<String>,
    /// Who must know it: names of roles.
    pub audience: Vec<String>,
    /// Successors of a retired document.
    pub replaced_by: Vec<String>,
    /// What changed.
    pub items: Vec<ChangelogItem>,
    /// Whether the text of this version was found.
    pub text_found: bool,
}

/// The change log of the documents that `asked` picks: newest 施行日 first, and of a day what changed content before
/// editorial revisions. `comparisons` hold their versions side by side.
pub fn log(
    edition: &Edition<'_>,
    comparisons: &Comparisons,
    catalogue: &Catalogue,
    asked: impl Fn(&DocumentId) -> bool,
) -> Vec<ChangelogEntry> {
    let mut entries = Vec::new();
    for (id, ledger) in edition.handbook.ledgers.iter().filter(|(id, _)| asked(id)) {
        document(edition, (id, ledger), comparisons, catalogue, &mut entries);
    }
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.effective), entry.editorial));
    entries
}

/// A version that is, was or will be in force.
#[derive(Debug, Clone, Copy)]
pub struct Version<'h> {
    /// The approval that put it into force.
    pub approval: &'h LedgerEntry<Approval>,
    /// The ratification (追認) of a provisional approval.
    pub ratification: Option<&'h LedgerEntry<Approval>>,
    /// Its text, where found.
    pub text: Option<PublishedVersion<'h>>,
}

/// The versions of a document, as far as they were decided by a date, oldest 施行日 first.
pub fn published<'h>(handbook: &'h Handbook, id: &DocumentId, date: Date) -> Vec<Version<'h>> {
    let Some(ledger) = handbook.ledgers.get(id) else { return Vec::new() };
    let mut acts = acts(ledger, date);
    // Sorting keeps the order of entries: of one day the later entry is the one that is in force.
    acts.sort_by_key(|(approval, _)| approval.effective);
    let later = acts.clone();
    acts.into_iter()
        .enumerate()
        .filter(|(at, (act, _))| later.get(at + 1).is_none_or(|(next, _)| next.effective > act.effective))
        .map(|(_, (approval, ratification))| Version {
            approval,
            ratification,
            text: handbook.approved_version(id, approval),
        })
        .collect()
}

/// The approvals of a ledger that were decided by a date and put something into force: of one that was mended, the entry
/// that mends it; of a provisional one itself, with what ratified it, which puts nothing into force.
fn acts(ledger: &Ledger, date: Date) -> Vec<(&LedgerEntry<Approval>, Option<&LedgerEntry<Approval>>)> {
    let decided: Vec<&LedgerEntry<Approval>> =
        ledger.approvals.iter().filter(|approval| approval.approved_on <= date).collect();
    let is_provisional = |approval: &LedgerEntry<Approval>| approval.kind == ApprovalKind::Provisional;
    let act = |at: usize| {
        let approval = decided[at];
        let again = || decided[at + 1..].iter().copied().filter(|later| later.same_text(approval));
        match is_provisional(approval) {
            true => (!again().any(is_provisional)).then(|| (approval, again().next_back())),
            false => {
                let mut before = decided[..at].iter().filter(|earlier| earlier.same_text(approval));
                (again().next().is_none() && !before.any(|earlier| is_provisional(earlier))).then_some((approval, None))
            }
        }
    };
    (0..decided.len()).filter_map(act).collect()
}

/// Consecutive versions whose texts were both found, each pair of versions once.
pub fn pairs<'h>(
    handbook: &'h Handbook,
    id: &DocumentId,
    date: Date,
) -> Vec<(PublishedVersion<'h>, PublishedVersion<'h>)> {
    let versions = published(handbook, id, date);
    let mut seen = BTreeSet::new();
    versions
        .windows(2)
        .filter_map(|pair| {
            let [before, after] = pair else { return None };
            let names = (before.approval.version, after.approval.version);
            let texts = before.text.zip(after.text)?;
            (names.0 != names.1 && seen.insert(names)).then_some(texts)
        })
        .collect()
}

fn document(
    edition: &Edition<'_>,
    (id, ledger): (&DocumentId, &Ledger),
    comparisons: &Comparisons,
    catalogue: &Catalogue,
    entries: &mut Vec<ChangelogEntry>,
) {
    let handbook = edition.handbook;
    let date = edition.date;
    let versions = published(handbook, id, date);
    let tree = handbook.published_or_tree(id);
    let known = versions.iter().find_map(|version| version.text.map(|text| text.document));
    let entry = |kind, effective: Date, text: Option<&PublishedVersion<'_>>| {
        // A draft's title is nobody's business yet.
        let named = text.map(|text| text.document).or(known).or(tree.filter(|_| edition.preview));
        ChangelogEntry {
            id: id.to_string(),
            number: named.map_or_else(|| id.to_string(), |document| document.number().to_owned()),
            title: named.map(|document| document.title().to_owned()).unwrap_or_default(),
            kind,
            version: None,
            previous: None,
            approved_on: None,
            effective,
            pending: effective > date,
            provisional: false,
            ratify_by: None,
            ratified_on: None,
            minor: false,
            editorial: false,
            approver: None,
            decision: None,
            changes: None,
            reason: None,
            commit: None,
            pull_request: None,
            audience: Vec::new(),
            replaced_by: Vec::new(),
            items: Vec::new(),
            text_found: text.is_some(),
        }
    };
    let decided = |approval: &LedgerEntry<Approval>, entry: ChangelogEntry| {
        let role = handbook.role_name(&approval.role);
        let approver = match &approval.approver {
            Some(person) => catalogue.with_args(
                "log-approver",
                [("role", role.to_owned()), ("person", handbook.person_name(person).to_owned())],
            ),
            None => role.to_owned(),
        };
        let (commit, merged) = handbook.introduced(ledger, approval.span).unzip();
        let stated = approval.pull_request.clone();
        ChangelogEntry {
            version: Some(approval.version.to_string()),
            approved_on: Some(approval.approved_on),
            approver: Some(approver),
            decision: approval.decision.clone(),
            changes: approval.changes.clone(),
            reason: approval.reason.clone(),
            commit,
            pull_request: stated.or(merged.flatten()),
            ..entry
        }
    };
    for past in &ledger.past {
        entries.push(ChangelogEntry {
            version: Some(past.version.to_string()),
            approved_on: past.approved_on,
            changes: past.changes.clone(),
            ..entry(EntryKind::BeforeRecords, past.effective, None)
        });
    }
    for (at, version) in versions.iter().enumerate() {
        let Version { approval, ratification, text } = *version;
        let first = at == 0 && ledger.past.is_empty();
        let kind = if first { EntryKind::Established } else { EntryKind::Revised };
        let before = at.checked_sub(1).and_then(|at| versions.get(at));
        let compared = before.and_then(|before| {
            let compared = comparisons.get(id, &before.text?, &text?)?;
            Some((before.approval.version.to_string(), compared.items.clone()))
        });
        let (previous, items) = compared.unzip();
        let items = items.unwrap_or_default();
        let minor = is_minor_step(ledger, approval);
        let editorial = minor && previous.is_some() && items.iter().all(ChangelogItem::is_wording);
        let audience = text.iter().flat_map(|text| &text.document.front.audience);
        let mut audience: Vec<String> = audience.map(|role| handbook.role_name(&role.value).to_owned()).collect();
        if audience.is_empty() && text.is_some() {
            audience.push(catalogue.get("compare-everyone"));
        }
        let ratify_by = approval.ratify_by.filter(|_| ratification.is_none());
        entries.push(ChangelogEntry {
            previous,
            provisional: approval.kind == ApprovalKind::Provisional,
            ratify_by,
            ratified_on: ratification.map(|found| found.approved_on),
            minor,
            editorial,
            audience,
            items,
            ..decided(approval, entry(kind, approval.effective, text.as_ref()))
        });
        entries.extend(ratification.map(|found| {
            // It ends the mark once it is both approved and effective.
            let day = found.effective.max(found.approved_on);
            decided(found, entry(EntryKind::Ratified, day, text.as_ref()))
        }));
    }
    for retirement in ledger.retirements.iter().filter(|retirement| retirement.approved_on <= date) {
        let (commit, merged) = handbook.introduced(ledger, retirement.span).unzip();
        entries.push(ChangelogEntry {
            approved_on: Some(retirement.approved_on),
            approver: Some(handbook.role_name(&retirement.role).to_owned()),
            decision: retirement.decision.clone(),
            reason: retirement.reason.clone(),
            commit,
            pull_request: merged.flatten(),
            replaced_by: retirement.replaced_by.clone(),
            text_found: true,
            ..entry(EntryKind::Retired, retirement.effective, None)
        });
    }
}
