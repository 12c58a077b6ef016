//! wrong-approver-rank: a version approved by a role that was not the document's approver when the approval was recorded.

use crate::check::registry::rule;
use crate::check::then::tell;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::authority::{Authority, Stated};
use crate::ledger::lifecycle::is_minor_step;
use crate::ledger::{Approval, ApprovalKind, Ledger, LedgerEntry, Retirement};
use crate::locale::Text;
use crate::model::document::{Document, Tier};
use crate::model::id::DocumentId;
use crate::model::in_effect::InEffect;
use crate::source::Place;

rule!("LED008", "wrong-approver-rank", Basis::Clause("5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let ledgers: Vec<_> = handbook.ledgers.iter().collect();
    sink.each(&ledgers, |(id, ledger), sink| {
        for retirement in &ledger.retirements {
            judge_retirement(handbook, sink, (id, ledger), retirement);
        }
        // What was adopted was approved under rules that the repository does not hold; nothing is adopted any more once the
        // document was approved here.
        let here = ledger.approvals.iter().filter(|approval| approval.adopted_from.is_none());
        let first_here = here.map(|approval| approval.span.start).min();
        let judged = |approval: &&LedgerEntry<Approval>| {
            approval.adopted_from.is_none() || first_here.is_some_and(|first| first < approval.span.start)
        };
        for approval in ledger.standing_approvals().filter(|approval| judged(approval)) {
            let authority = handbook.judged_by(ledger, approval.span);
            if let Some(in_force) = before(handbook, id, ledger, approval)
                && approval.kind == ApprovalKind::Regular
            {
                judge_successor(sink, (id, ledger), approval, in_force, &authority);
                continue;
            }
            let Some(stated) = stated(handbook, ledger, approval) else { continue };
            if approval.kind == ApprovalKind::Provisional {
                let place = ledger.place(approval.span_of("role"));
                provisional(handbook, sink, &authority, stated.tier, place, &approval.role);
                continue;
            }
            let config = authority.config;
            let Some(needed) = config.approver_of(stated.tier, &stated.front, false) else { continue };
            let delegated = config.approver_of(stated.tier, &stated.front, true);
            let delegated = delegated.filter(|_| is_minor_step(ledger, approval));
            if [Some(needed), delegated].into_iter().flatten().any(|role| role.value == approval.role) {
                continue;
            }
            let message = Text::new("wrong-approver-rank")
                .arg("id", id.as_str())
                .arg("version", approval.version.to_string())
                .arg("needed", authority.role_name(needed))
                .arg("role", authority.role_name(&approval.role));
            let help = Text::new("wrong-approver-rank-help").arg("needed", authority.role_name(needed));
            let finding = sink.report(ledger.place(approval.span_of("role")), message);
            tell(finding, &authority, help);
            let set = handbook.document(id).filter(|_| authority.recorded.is_none());
            if let Some(place) = set.and_then(|document| where_set(handbook, document)) {
                finding.related(place, Text::new("wrong-approver-rank-set"));
            }
        }
    });
}

/// What was in effect for the wording that was approved before another one: it says who approves what takes its place,
/// whatever the text under decision says of itself.
fn before<'h>(
    handbook: &'h Handbook,
    id: &DocumentId,
    ledger: &'h Ledger,
    approval: &LedgerEntry<Approval>,
) -> Option<&'h InEffect> {
    let is_before =
        |other: &&LedgerEntry<Approval>| other.span.start < approval.span.start && other.version < approval.version;
    let earlier = ledger.approvals.iter().rfind(is_before)?;
    let copy = handbook.copies.of_approval(id, earlier)?.read(&handbook.sources).ok()?;
    Some(&copy.in_effect).filter(|in_effect| !in_effect.approver.is_empty())
}

fn judge_successor(
    sink: &mut Sink,
    (id, ledger): (&DocumentId, &Ledger),
    approval: &LedgerEntry<Approval>,
    in_force: &InEffect,
    authority: &Authority<'_>,
) {
    let minor = is_minor_step(ledger, approval);
    let delegated = in_force.minor_approver.iter().filter(|_| minor);
    if in_force.approver.iter().chain(delegated).any(|role| *role == approval.role) {
        return;
    }
    let needed = in_force.approver.iter().map(|role| authority.role_name(role)).collect::<Vec<_>>().join(", ");
    let message = Text::new("wrong-approver-rank")
        .arg("id", id.as_str())
        .arg("version", approval.version.to_string())
        .arg("needed", &needed)
        .arg("role", authority.role_name(&approval.role));
    let help = Text::new("wrong-approver-rank-help").arg("needed", needed);
    tell(sink.report(ledger.place(approval.span_of("role")), message), authority, help);
}

/// A document is retired by whoever approves it.
fn judge_retirement(
    handbook: &Handbook,
    sink: &mut Sink,
    (id, ledger): (&DocumentId, &Ledger),
    retirement: &LedgerEntry<Retirement>,
) {
    let earlier = ledger.approvals.iter().rfind(|approval| approval.approved_on <= retirement.approved_on);
    let copy = earlier.and_then(|approval| handbook.copies.of_approval(id, approval)?.read(&handbook.sources).ok());
    let Some(in_effect) = copy.map(|copy| &copy.in_effect).filter(|in_effect| !in_effect.approver.is_empty()) else {
        return;
    };
    if in_effect.approver.contains(&retirement.role) {
        return;
    }
    let authority = handbook.judged_by(ledger, retirement.span);
    let needed = in_effect.approver.iter().map(|role| authority.role_name(role)).collect::<Vec<_>>().join(", ");
    let message = Text::new("wrong-approver-rank-retirement")
        .arg("id", id.as_str())
        .arg("needed", &needed)
        .arg("role", authority.role_name(&retirement.role));
    let help = Text::new("wrong-approver-rank-help").arg("needed", needed);
    tell(sink.report(ledger.place(retirement.span_of("role")), message), &authority, help);
}

/// What the document said of its approver when the approval was recorded. That commit may hold another version, whose
/// author names another approver; then only the approved text itself can tell.
fn stated(handbook: &Handbook, ledger: &Ledger, approval: &LedgerEntry<Approval>) -> Option<Stated> {
    let of_version =
        |stated: &Stated| stated.front.version.as_ref().is_some_and(|version| version.value == approval.version);
    handbook.stated_when(ledger, approval.span).filter(of_version).or_else(|| {
        let id = ledger.id.as_ref()?;
        let index = handbook.index(id)?;
        let document = &handbook.documents[index];
        let same = handbook.digests[index] == Some(approval.digest);
        same.then(|| Stated { tier: document.tier, front: document.front.clone() })
    })
}

/// 専決 is by another role on purpose: the one that is configured for it.
fn provisional(handbook: &Handbook, sink: &mut Sink, authority: &Authority<'_>, tier: Tier, place: Place, role: &str) {
    let configured = authority.config.tiers.get(&tier).and_then(|tier| tier.provisional_approver.as_ref());
    if configured.is_some_and(|configured| configured.value == role) {
        return;
    }
    let message = Text::new("wrong-approver-rank-provisional").arg("role", authority.role_name(role));
    let finding = sink.report(place, message);
    match configured {
        Some(configured) => {
            let needed = authority.role_name(&configured.value);
            tell(finding, authority, Text::new("wrong-approver-rank-provisional-help").arg("needed", needed));
            if authority.of_tree {
                let set = Place { file: handbook.config.file, span: configured.span };
                finding.related(set, Text::new("wrong-approver-rank-provisional-set"));
            }
        }
        None => {
            let help = Text::new("wrong-approver-rank-provisional-help-nobody").arg("tier", tier.name());
            tell(finding, authority, help);
        }
    }
}

/// Where the approver of a document is set: in the document itself, or for its tier.
fn where_set(handbook: &Handbook, document: &Document) -> Option<Place> {
    match &document.front.approver {
        Some(own) => Some(document.place(own.span)),
        None => {
            let tier = handbook.config.tiers.get(&document.tier)?.approver.as_ref()?;
            Some(Place { file: handbook.config.file, span: tier.span })
        }
    }
}
