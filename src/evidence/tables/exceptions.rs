//! What was allowed to differ: exceptions to articles that were open in the period, waived findings, provisional and
//! retroactive approvals, approvals of one's own draft.

use super::approvals::held;
use super::named;
use crate::evidence::grade::Claim;
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, code, date, document, flag, text};
use crate::ledger::ApprovalKind;
use crate::load::CONFIG_FILE;

const COLUMNS: &[Column] = &[
    text("id"),
    code("kind", "evidence-exception"),
    document("document"),
    text("subject"),
    text("reason"),
    text("measure"),
    text("plan"),
    text("applicant"),
    text("approver"),
    date("approved_on"),
    date("expires"),
    date("closed"),
    flag("open_then"),
    flag("expired_then"),
    flag("open_now"),
];

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("exceptions", COLUMNS);
    exceptions(material, &mut table);
    waivers(material, &mut table);
    approvals(material, &mut table);
    table
}

fn exceptions(material: &Material<'_>, table: &mut Table) {
    let (handbook, request) = (material.handbook, material.request);
    for exception in &handbook.exceptions {
        let closed = exception.closed.as_ref().map(|day| day.value);
        let over = request.from.is_some_and(|from| closed.is_some_and(|closed| closed <= from));
        if exception.approved_on.value > request.to || over {
            continue;
        }
        let path = handbook.sources.file(exception.place.file).path();
        let entry = material.register_basis(path, format!("[[exception]] {}", exception.id.value));
        let person = |id: &str| named(id, handbook.person_name(id));
        table.push(
            Draft::default()
                .set("id", &exception.id.value)
                .set("kind", "article")
                .set("document", &exception.document.value)
                .set("subject", &exception.article.value)
                .set("reason", &exception.reason.value)
                .set("measure", &exception.measure.value)
                .set("plan", exception.plan.as_ref().map(|plan| plan.value.clone()))
                .set("applicant", person(&exception.applicant.value))
                .set("approver", person(&exception.approver.value))
                .set("approved_on", exception.approved_on.value)
                .set("expires", exception.expires.value)
                .set("closed", closed)
                .set("open_then", exception.is_open(request.to))
                .set("expired_then", exception.is_expired(request.to))
                .set("open_now", exception.is_open(request.made_on))
                .claim(Claim::asserted("allowed", entry, "names"))
                .claim(Claim::not_provable("decision", "outside")),
        );
    }
}

fn waivers(material: &Material<'_>, table: &mut Table) {
    let handbook = material.handbook;
    for (at, waiver) in handbook.config.waivers.iter().enumerate() {
        let words = |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
        let anchor = words(&waiver.anchor).map(|anchor| format!("#{anchor}")).unwrap_or_default();
        let expires = waiver.expires.as_ref().map(|day| day.value);
        let open = |day| expires.is_none_or(|expires| day <= expires);
        let entry = material.register_basis(CONFIG_FILE, format!("[[waiver]] {}", waiver.rule.value));
        table.push(
            Draft::default()
                .set("id", format!("waiver/{}", at + 1))
                .set("kind", "waiver")
                .set("document", &waiver.document.value)
                .set("subject", format!("{}{anchor}", waiver.rule.value))
                .set("reason", words(&waiver.reason))
                .set("approver", words(&waiver.approved_by).map(|id| named(&id, handbook.person_name(&id))))
                .set("expires", expires)
                .set("open_then", open(material.request.to))
                .set("expired_then", !open(material.request.to))
                .set("open_now", open(material.request.made_on))
                .claim(Claim::asserted("allowed", entry, "names"))
                .claim(Claim::not_provable("decision", "outside")),
        );
    }
}

fn approvals(material: &Material<'_>, table: &mut Table) {
    for held in held(material) {
        let (ledger, approval) = (held.ledger, held.approval);
        let authority = material.handbook.judged_by(ledger, approval.span);
        let ratified = ledger.approvals.iter().position(|other| other.span == approval.span);
        let ratified = ratified.and_then(|at| ledger.ratification(at));
        let kinds = [
            ("provisional", (approval.kind == ApprovalKind::Provisional).then(|| approval.reason.clone()).flatten()),
            ("retroactive", approval.retroactive.clone()),
            ("self-approval", approval.self_approval.clone()),
        ];
        for (kind, reason) in kinds {
            let provisional = kind == "provisional";
            if reason.is_none() && !(provisional && approval.kind == ApprovalKind::Provisional) {
                continue;
            }
            let person = approval.approver.as_ref();
            let label = format!("[[approval]] {}", approval.version);
            let entry = material.register_basis(material.ledger_path(ledger), label);
            let ended = ratified.filter(|_| provisional).map(|later| later.approved_on);
            let open = |day| provisional && ended.is_none_or(|ended| day < ended);
            let by = approval.ratify_by.filter(|_| provisional);
            table.push(
                Draft::default()
                    .set("id", format!("{}/{kind}", held.id))
                    .set("kind", kind)
                    .set("document", &ledger.name)
                    .set("subject", approval.version.to_string())
                    .set("reason", reason)
                    .set("approver", person.map(|id| named(id, authority.person_name(id))))
                    .set("approved_on", approval.approved_on)
                    .set("expires", by)
                    .set("closed", ended)
                    .set("open_then", open(material.request.to))
                    .set("expired_then", open(material.request.to) && by.is_some_and(|by| by < material.request.to))
                    .set("open_now", open(material.request.made_on))
                    .claim(Claim::asserted("allowed", entry, "names"))
                    .claim(Claim::not_provable("decision", "outside")),
            );
        }
    }
}
