//! `records/ledger/<ID>.toml`.

use super::problem::{Expected, Problem};
use super::toml_table::{Context, TableReader, read_toml};
use crate::digest::Digest;
use crate::model::id::DocumentId;
use crate::model::ledger::{
    APPROVED_RECORDS, Announcement, Approval, ApprovalKind, Ledger, PastVersion, Retirement, Review, ReviewOutcome,
};
use crate::source::FileId;

/// Reads a ledger file; `name` is its file name without folder and ending.
pub fn ledger(file: FileId, name: &str, text: &str) -> (Ledger, Vec<Problem>) {
    let context = Context::new(file, 0);
    let ledger = read_toml(&context, text, |top| Ledger {
        id: DocumentId::parse(name).filter(|_| !APPROVED_RECORDS.contains(&name)),
        name: name.to_owned(),
        file,
        approvals: top.tables("approval", approval),
        reviews: top.tables("review", review),
        retirements: top.tables("retirement", retirement),
        announcements: top.tables("announcement", announcement),
        past: top.tables("history", past_version),
    });
    (ledger, context.into_problems())
}

fn approval(entry: &mut TableReader<'_, '_>) -> Option<Approval> {
    let version = entry.required("version");
    let digest = entry.required::<String>("digest").filter(|digest| {
        let good = Digest::parse(&digest.value).is_some();
        if !good {
            entry.invalid("digest", digest, Expected::Digest);
        }
        good
    });
    let approved_on = entry.required("approved_on");
    let effective = entry.required("effective");
    let role = entry.required("role");
    let kind = entry.choice("kind", &["regular", "provisional"], |name| match name {
        "regular" => Some(ApprovalKind::Regular),
        "provisional" => Some(ApprovalKind::Provisional),
        _ => None,
    });
    let rest = (
        entry.string("approver"),
        entry.string("chair"),
        entry.strings("drafters"),
        entry.strings("checked_by"),
        entry.string("recorded_by"),
        entry.string("changes"),
        entry.string("reason"),
        entry.string("decision"),
    );
    let against = entry.map("against");
    let pull_request = entry.string("pull_request");
    let (ratify_by, retroactive) = (entry.date("ratify_by"), entry.string("retroactive"));
    let self_approval = entry.string("self_approval");
    let adopted_from = entry.string("adopted_from");
    entry.table("evidence", |evidence| {
        evidence.required::<String>("path");
        evidence.required::<String>("sha256");
    });
    let (approver, chair, drafters, checked_by, recorded_by, changes, reason, decision) = rest;
    Some(Approval {
        version: version?,
        digest: digest?,
        approved_on: approved_on?,
        effective: effective?,
        role: role?,
        approver,
        chair,
        drafters,
        checked_by,
        recorded_by,
        changes,
        reason,
        decision,
        against,
        pull_request,
        kind: kind.map(|kind| kind.value).unwrap_or_default(),
        ratify_by,
        retroactive,
        self_approval,
        adopted_from,
        span: entry.span(),
    })
}

fn review(entry: &mut TableReader<'_, '_>) -> Option<Review> {
    let reviewed_on = entry.required("reviewed_on");
    let reviewer = entry.required("reviewer");
    entry.require("outcome");
    let outcome = entry.choice("outcome", &ReviewOutcome::NAMES, ReviewOutcome::from_name);
    let reason = entry.string("reason");
    let against = entry.map("against");
    Some(Review {
        reviewed_on: reviewed_on?,
        reviewer: reviewer?,
        outcome: outcome?,
        reason,
        against,
        span: entry.span(),
    })
}

fn retirement(entry: &mut TableReader<'_, '_>) -> Option<Retirement> {
    let (approved_on, effective) = (entry.required("approved_on"), entry.required("effective"));
    let role = entry.required("role");
    let (approver, decision) = (entry.string("approver"), entry.string("decision"));
    let replaced_by = entry.strings("replaced_by");
    let reason = entry.string("reason");
    Some(Retirement {
        approved_on: approved_on?,
        effective: effective?,
        role: role?,
        approver,
        decision,
        replaced_by,
        reason,
        span: entry.span(),
    })
}

fn announcement(entry: &mut TableReader<'_, '_>) -> Option<Announcement> {
    let (version, on) = (entry.required("version"), entry.required("on"));
    let to = entry.strings("to");
    let (means, evidence) = (entry.string("means"), entry.string("evidence"));
    Some(Announcement { version: version?, on: on?, to, means, evidence, span: entry.span() })
}

fn past_version(entry: &mut TableReader<'_, '_>) -> Option<PastVersion> {
    let version = entry.required("version");
    let approved_on = entry.date("approved_on");
    let effective = entry.required("effective");
    let changes = entry.string("changes");
    Some(PastVersion { version: version?, approved_on, effective: effective?, changes, span: entry.span() })
}
