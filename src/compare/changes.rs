//! What changed, in plain words: the change log of a document and of the whole handbook, by the day on which each
//! version took or takes effect. Only approved wordings are compared; drafts never appear.

mod items;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::Comparison;
use crate::handbook::Handbook;
use crate::handbook::edition::{Edition, Entry as Wording};
use crate::handbook::standing::is_minor_step;
use crate::locale::Catalogue;
use crate::model::id::DocumentId;
use crate::model::ledger::{Approval, ApprovalKind, Ledger};
pub use items::{Item, ItemKind, items};

/// What happened to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// Its first version.
    Established,
    /// A later one.
    Revised,
    /// It is no longer in force.
    Retired,
    /// A version of times before the repository.
    BeforeRecords,
}

/// One entry of the change log. The field names are a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
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
    pub items: Vec<Item>,
    /// Whether the text of this version was found.
    pub text_found: bool,
}

/// The change log of the documents that `asked` picks: newest 施行日 first, and of a day what changed content before
/// editorial revisions. The handbook must have looked for former wordings of them.
pub fn log(edition: &Edition<'_>, catalogue: &Catalogue, asked: impl Fn(&DocumentId) -> bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (id, ledger) in edition.handbook.ledgers.iter().filter(|(id, _)| asked(id)) {
        document(edition, id, ledger, catalogue, &mut entries);
    }
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.effective), entry.editorial));
    entries
}

/// The approvals of a document that are, were or will be in force, as far as they were decided by a date, oldest 施行日
/// first, and their texts where found.
pub fn published<'h>(handbook: &'h Handbook, id: &DocumentId, date: Date) -> Vec<(&'h Approval, Option<Wording<'h>>)> {
    let Some(ledger) = handbook.ledgers.get(id) else { return Vec::new() };
    let mut approvals: Vec<&Approval> =
        ledger.standing_approvals().filter(|approval| approval.approved_on.value <= date).collect();
    // Sorting keeps the order of entries: of one day the later entry is the one that is in force.
    approvals.sort_by_key(|approval| approval.effective.value);
    let later = approvals.clone();
    approvals
        .into_iter()
        .enumerate()
        .filter(|(at, approval)| later.get(at + 1).is_none_or(|next| next.effective.value > approval.effective.value))
        .map(|(_, approval)| (approval, handbook.approved_entry(id, approval)))
        .collect()
}

/// Consecutive versions whose texts were both found, each pair of versions once.
pub fn pairs<'h>(handbook: &'h Handbook, id: &DocumentId, date: Date) -> Vec<(Wording<'h>, Wording<'h>)> {
    let versions = published(handbook, id, date);
    let mut seen = BTreeSet::new();
    versions
        .windows(2)
        .filter_map(|pair| {
            let [(before, Some(old)), (after, Some(new))] = pair else { return None };
            let names = (before.version.value, after.version.value);
            (names.0 != names.1 && seen.insert(names)).then_some((*old, *new))
        })
        .collect()
}

fn document(edition: &Edition<'_>, id: &DocumentId, ledger: &Ledger, catalogue: &Catalogue, entries: &mut Vec<Entry>) {
    let handbook = edition.handbook;
    let date = edition.date;
    let versions = published(handbook, id, date);
    let tree = handbook.published_or_tree(id);
    let known = versions.iter().find_map(|(_, text)| text.map(|text| text.document));
    let entry = |kind, effective: Date, text: Option<&Wording<'_>>| {
        // A draft's title is nobody's business yet.
        let named = text.map(|text| text.document).or(known).or(tree.filter(|_| edition.preview));
        Entry {
            id: id.to_string(),
            number: named.map_or_else(|| id.to_string(), |document| crate::site::number(document).to_owned()),
            title: named.map(|document| document.title().to_owned()).unwrap_or_default(),
            kind,
            version: None,
            previous: None,
            approved_on: None,
            effective,
            pending: effective > date,
            provisional: false,
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
    for past in &ledger.past {
        entries.push(Entry {
            version: Some(past.version.value.to_string()),
            approved_on: past.approved_on.as_ref().map(|day| day.value),
            changes: past.changes.as_ref().map(|changes| changes.value.clone()),
            ..entry(EntryKind::BeforeRecords, past.effective.value, None)
        });
    }
    for (at, (approval, text)) in versions.iter().enumerate() {
        let first = at == 0 && ledger.past.is_empty();
        let kind = if first { EntryKind::Established } else { EntryKind::Revised };
        let before = at.checked_sub(1).and_then(|at| versions.get(at));
        let mut items = Vec::new();
        let mut previous = None;
        if let (Some((earlier, Some(old))), Some(new)) = (before, text) {
            items = items::items(&Comparison::new(edition, old, new, catalogue), catalogue);
            previous = Some(earlier.version.value.to_string());
        }
        let minor = is_minor_step(ledger, approval);
        let editorial = minor && previous.is_some() && items.iter().all(Item::is_wording);
        let role = handbook.role_name(&approval.role.value);
        let approver = match &approval.approver {
            Some(person) => catalogue.with_args(
                "log-approver",
                [("role", role.to_owned()), ("person", handbook.person_name(&person.value).to_owned())],
            ),
            None => role.to_owned(),
        };
        let (commit, merged) = handbook.introduced(ledger, approval.span).unzip();
        let stated = approval.pull_request.as_ref().map(|address| address.value.clone());
        let audience = text.iter().flat_map(|text| &text.document.front.audience);
        let mut audience: Vec<String> = audience.map(|role| handbook.role_name(&role.value).to_owned()).collect();
        if audience.is_empty() && text.is_some() {
            audience.push(catalogue.get("compare-everyone"));
        }
        entries.push(Entry {
            version: Some(approval.version.value.to_string()),
            previous,
            approved_on: Some(approval.approved_on.value),
            provisional: approval.kind == ApprovalKind::Provisional,
            minor,
            editorial,
            approver: Some(approver),
            decision: approval.decision.as_ref().map(|decision| decision.value.clone()),
            changes: approval.changes.as_ref().map(|changes| changes.value.clone()),
            reason: approval.reason.as_ref().map(|reason| reason.value.clone()),
            commit,
            pull_request: stated.or(merged.flatten()),
            audience,
            items,
            ..entry(kind, approval.effective.value, text.as_ref())
        });
    }
    for retirement in ledger.retirements.iter().filter(|retirement| retirement.approved_on.value <= date) {
        let (commit, merged) = handbook.introduced(ledger, retirement.span).unzip();
        entries.push(Entry {
            approved_on: Some(retirement.approved_on.value),
            approver: Some(handbook.role_name(&retirement.role.value).to_owned()),
            decision: retirement.decision.as_ref().map(|decision| decision.value.clone()),
            reason: retirement.reason.as_ref().map(|reason| reason.value.clone()),
            commit,
            pull_request: merged.flatten(),
            replaced_by: retirement.replaced_by.iter().map(|id| id.value.clone()).collect(),
            text_found: true,
            ..entry(EntryKind::Retired, retirement.effective.value, None)
        });
    }
}
