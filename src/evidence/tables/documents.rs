//! Every document on the last day of the period: what was in force, in which text, by which approval.

use super::named;
use crate::evidence::grade::{Basis, Claim};
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, code, date, document, flag, object, text};
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, ApprovalKind, Ledger, LedgerEntry};
use crate::model::id::DocumentId;

const COLUMNS: &[Column] = &[
    document("id"),
    text("number"),
    text("title"),
    code("tier", "evidence-tier"),
    code("state", "evidence-state"),
    text("version"),
    date("approved_on"),
    date("effective"),
    text("role"),
    text("approver"),
    flag("provisional"),
    text("owner"),
    text("classification"),
    date("last_review"),
    date("next_review"),
    flag("overdue"),
    text("pending"),
    text("draft"),
    text("digest"),
    object("text_commit"),
    text("text_path"),
    object("text_object"),
    object("recorded_commit"),
    text("text_file"),
];

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let handbook = material.handbook;
    let mut table = Table::new("documents", COLUMNS);
    let mut ids: Vec<&DocumentId> = handbook.by_id().map(|(id, _)| id).chain(handbook.ledgers.keys()).collect();
    ids.sort();
    ids.dedup();
    for id in ids {
        table.push(row(material, id));
    }
    table
}

fn row(material: &Material<'_>, id: &DocumentId) -> Draft {
    let handbook = material.handbook;
    let standing = handbook.status(id);
    let shown = handbook.published_or_tree(id);
    let draft = handbook.document(id).and_then(|document| document.front.version.as_ref()).map(|v| v.value);
    let draft = draft.filter(|draft| standing.newest.is_none_or(|newest| *draft > newest.version));
    let found = standing.in_force.is_none_or(|approval| handbook.approved_version(id, approval).is_some());
    let state = if found { standing.state().name() } else { "text-missing" };
    let pending = standing.pending.iter().map(|approval| format!("{} {}", approval.version, approval.effective));
    let owner = shown.and_then(|document| document.front.owner.as_ref());
    let label = shown.and_then(|document| handbook.classification_of(document));
    let row = Draft::default()
        .set("id", id.as_str())
        .set("number", shown.map(|document| document.number()))
        .set("title", shown.map(|document| document.title().to_owned()))
        .set("tier", shown.map(|document| document.tier.name()))
        .set("state", state)
        .set("owner", owner.map(|role| named(&role.value, handbook.role_name(&role.value))))
        .set("classification", label.map(|label| handbook.classification_name(label).to_owned()))
        .set("pending", pending.collect::<Vec<_>>())
        .set("draft", draft.map(|version| version.to_string()));
    match (standing.in_force, handbook.ledgers.get(id)) {
        (Some(approval), Some(ledger)) => in_force(material, id, ledger, approval, row),
        (_, Some(ledger)) => without(material, ledger, &standing, row),
        _ => row.claim(Claim::proved("not-approved", head(material, id))),
    }
}

/// The document as the pack's commit holds it.
fn head(material: &Material<'_>, id: &DocumentId) -> Basis {
    let path = material.handbook.document(id).map(|document| document.path.clone());
    path.map(|path| material.file_basis(material.commit, path)).unwrap_or_default()
}

fn without(material: &Material<'_>, ledger: &Ledger, standing: &DocumentStatus<'_>, row: Draft) -> Draft {
    let path = material.ledger_path(ledger);
    let record = match standing.retired {
        Some(retirement) => format!("[[retirement]] {}", retirement.effective),
        None => String::new(),
    };
    let what = if standing.retired.is_some() { "retired" } else { "not-in-force" };
    row.claim(Claim::asserted(what, material.register_basis(path, record), "dates"))
}

fn in_force(
    material: &Material<'_>,
    id: &DocumentId,
    ledger: &Ledger,
    approval: &LedgerEntry<Approval>,
    row: Draft,
) -> Draft {
    let handbook = material.handbook;
    let authority = handbook.judged_by(ledger, approval.span);
    let dates = handbook.published_or_tree(id).and_then(|document| handbook.review_dates(id, document));
    let next = dates.and_then(|dates| dates.next);
    let holder = material.first_holder(id, approval.digest);
    let recorded = material.recorded(ledger, approval.span);
    let label = format!("[[approval]] {}", approval.version);
    let path = material.ledger_path(ledger);
    let entry = material.register_basis(path, label.clone());
    let person = approval.approver.as_ref().or(approval.chair.as_ref());
    let mut row = row
        .set("version", approval.version.to_string())
        .set("approved_on", approval.approved_on)
        .set("effective", approval.effective)
        .set("role", named(&approval.role, authority.role_name(&approval.role)))
        .set("approver", person.map(|person| named(person, authority.person_name(person))))
        .set("provisional", approval.kind == ApprovalKind::Provisional)
        .set("last_review", dates.map(|dates| dates.last))
        .set("next_review", next)
        .set("overdue", next.is_some_and(|next| next < handbook.today))
        .set("digest", approval.digest.to_string())
        .set("recorded_commit", recorded.map(|recorded| recorded.commit));
    row = match holder {
        Some(holder) => row
            .set("text_commit", holder.revision.commit)
            .set("text_path", holder.revision.path.as_ref().map(ToString::to_string))
            .set("text_object", holder.revision.blob)
            .set("text_file", format!("texts/{id}.md"))
            .claim(Claim::proved("text", material.text_basis(holder))),
        None => row.claim(Claim::not_provable("text", "text-missing")),
    };
    row = match recorded {
        Some(recorded) => row.claim(Claim::proved("recorded", material.entry_basis(ledger, recorded, label))),
        None => row.claim(Claim::not_provable("recorded", "not-in-history")),
    };
    row.claim(Claim::asserted("in-force", entry.clone(), "dates"))
        .claim(Claim::asserted("approved-by", entry.clone(), "names"))
        .claim(Claim::asserted("reviewed", entry, "dates"))
        .claim(Claim::not_provable("decision", "outside"))
}
