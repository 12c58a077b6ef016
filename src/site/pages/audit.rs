//! The auditors' list: every controlled document with its state, version, owner and dates.

use serde::Serialize;

use super::{Approver, Label, Page, RoleLink};
use crate::handbook::edition::LeftOut;
use crate::ledger::{Approval, ApprovalKind, LedgerEntry};
use crate::model::document::Tier;
use crate::model::id::DocumentId;
use crate::site::Site;
use crate::site::index::DocumentLink;

#[derive(Serialize)]
struct AuditPage<'a> {
    rows: Vec<Row<'a>>,
    in_force: usize,
    pending: usize,
    retired: usize,
    overdue: usize,
}

#[derive(Default, Serialize)]
struct Row<'a> {
    /// Number and title; no address where there is no page.
    number: String,
    title: String,
    address: Option<&'a str>,
    tier: Option<Tier>,
    /// `in-force`, `pending`, `draft`, `retired`, `missing`.
    state: &'static str,
    provisional: bool,
    version: Option<String>,
    label: Option<Label>,
    owner: Option<RoleLink>,
    approver: Option<Approver>,
    approved_on: Option<String>,
    effective: Option<String>,
    last_review: Option<String>,
    next_review: Option<String>,
    overdue: bool,
    /// Whether what it implements has changed in content since it was last read against it.
    suspect: bool,
    /// A version approved for a later date, and that date.
    coming: Option<(String, String)>,
}

/// `documents.html`.
pub(super) fn documents(site: &Site<'_, '_>) -> Page {
    let edition = site.edition;
    let mut rows: Vec<(DocumentId, Row<'_>)> = Vec::new();
    for id in edition.entries.keys() {
        if let Some(link) = site.index.links.get(id) {
            rows.push((id.clone(), published(site, id, link)));
        }
    }
    for (id, why) in &edition.left_out {
        if let Some(row) = left_out(site, id, why) {
            rows.push((id.clone(), row));
        }
    }
    rows.sort_by_key(|(id, row)| (row.tier.is_none(), row.tier, id.clone()));
    let rows: Vec<Row<'_>> = rows.into_iter().map(|(_, row)| row).collect();
    let count = |state: &str| rows.iter().filter(|row| row.state == state).count();
    let page = AuditPage {
        in_force: count("in-force"),
        pending: count("pending"),
        retired: count("retired"),
        overdue: rows.iter().filter(|row| row.overdue).count(),
        rows,
    };
    Page::new("documents.html", "overview", page)
}

fn published<'a>(site: &'a Site<'_, '_>, id: &DocumentId, link: &'a DocumentLink) -> Row<'a> {
    let handbook = site.edition.handbook;
    let entry = &site.edition.entries[id];
    let document = entry.document;
    let dates = handbook.review_dates(id, document).filter(|_| entry.approval.is_some());
    let next = dates.and_then(|dates| dates.next);
    let state = match entry.approval {
        None => "draft",
        Some(approval) if approval.effective > site.edition.date => "pending",
        Some(_) => "in-force",
    };
    let row = Row {
        number: link.number.clone(),
        title: link.title.clone(),
        address: Some(&link.address),
        tier: Some(document.tier),
        state,
        version: document.front.version.as_ref().map(|version| version.to_string()),
        label: Label::of(site, document),
        owner: document.front.owner.as_ref().map(|role| RoleLink::new(site, &role.value)),
        last_review: dates.map(|dates| dates.last.to_string()),
        next_review: next.map(|day| day.to_string()),
        overdue: next.is_some_and(|day| day < site.edition.date),
        suspect: !handbook.suspects(id).is_empty(),
        coming: coming(site, id),
        ..Row::default()
    };
    match entry.approval {
        Some(approval) => with_approval(site, row, approval),
        None => row,
    }
}

fn with_approval<'a>(site: &Site<'_, '_>, row: Row<'a>, approval: &LedgerEntry<Approval>) -> Row<'a> {
    Row {
        version: Some(approval.version.to_string()),
        provisional: approval.kind == ApprovalKind::Provisional,
        approver: Some(Approver::of(site, approval)),
        approved_on: Some(approval.approved_on.to_string()),
        effective: Some(approval.effective.to_string()),
        ..row
    }
}

/// A document without a page: retired, approved for later, or lost. One that nobody has approved is not named.
fn left_out<'a>(site: &'a Site<'_, '_>, id: &DocumentId, why: &LeftOut) -> Option<Row<'a>> {
    let handbook = site.edition.handbook;
    let standing = handbook.status_on(id, site.edition.date);
    let (state, approval) = match why {
        LeftOut::Retired => ("retired", handbook.ledgers.get(id).and_then(|ledger| ledger.approvals.last())),
        LeftOut::TextMissing => ("missing", standing.in_force),
        LeftOut::NotInForce => ("pending", standing.pending.first().copied()),
    };
    let approval = approval.filter(|approval| approval.approved_on <= site.edition.date)?;
    let wording = handbook.approved_version(id, approval);
    let document = wording.map(|entry| entry.document);
    let row = Row {
        number: document.map_or_else(|| id.to_string(), |document| document.number().to_owned()),
        title: document.map(|document| document.title().to_owned()).unwrap_or_default(),
        tier: document.map(|document| document.tier),
        state,
        label: document.and_then(|document| Label::of(site, document)),
        owner: document.and_then(|document| document.front.owner.as_ref()).map(|role| RoleLink::new(site, &role.value)),
        coming: if state == "pending" { None } else { coming(site, id) },
        ..Row::default()
    };
    Some(with_approval(site, row, approval))
}

fn coming(site: &Site<'_, '_>, id: &DocumentId) -> Option<(String, String)> {
    let standing = site.edition.handbook.status_on(id, site.edition.date);
    let next = standing.pending.iter().find(|approval| approval.approved_on <= site.edition.date)?;
    Some((next.version.to_string(), next.effective.to_string()))
}
