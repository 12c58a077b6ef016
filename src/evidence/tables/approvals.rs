//! Approvals: who decided what, in which capacity, and what of it history shows. Those of the period, and those by
//! which something was in force on its last day.

use jiff::civil::Date;

use super::named;
use crate::evidence::grade::{Basis, Claim};
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, code, date, flag, object, text};
use crate::handbook::authority::Authority;
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, Ledger, LedgerEntry};

const COLUMNS: &[Column] = &[
    text("id"),
    crate::evidence::table::document("document"),
    text("version"),
    code("kind", "evidence-kind"),
    date("approved_on"),
    date("effective"),
    text("role"),
    flag("body"),
    text("approver"),
    text("chair"),
    code("office", "evidence-office"),
    text("drafters"),
    text("checked_by"),
    text("recorded_by"),
    text("changes"),
    text("reason"),
    text("decision"),
    text("pull_request"),
    text("against"),
    date("ratify_by"),
    text("retroactive"),
    text("self_approval"),
    text("adopted_from"),
    flag("in_period"),
    flag("in_force"),
    object("recorded_commit"),
    date("recorded_on"),
    text("days_to_record"),
    text("committer"),
    text("digest"),
    object("text_commit"),
    text("text_path"),
    object("text_object"),
];

/// An approval, and the ledger that holds it.
pub struct Held<'m> {
    /// The row's own name.
    pub id: String,
    /// The ledger.
    pub ledger: &'m Ledger,
    /// The entry.
    pub approval: &'m LedgerEntry<Approval>,
    /// Whether it was given or recorded in the period.
    pub in_period: bool,
    /// Whether something was in force by it on the last day of the period.
    pub in_force: bool,
}

/// The approvals that the pack tells of.
pub fn held<'m>(material: &Material<'m>) -> Vec<Held<'m>> {
    let mut found = Vec::new();
    for ledger in material.ledgers() {
        let standing = DocumentStatus::on(ledger, material.request.to);
        for (at, approval) in ledger.approvals.iter().enumerate() {
            let recorded = material.recorded(ledger, approval.span).map(|recorded| material.handbook.day(recorded));
            let days = [Some(approval.approved_on), recorded];
            let in_period = days.into_iter().flatten().any(|day| material.request.covers(day));
            let in_force = standing.in_force.is_some_and(|now| now.span == approval.span);
            if in_period || in_force {
                let id = format!("{}/approval/{}", ledger.name, at + 1);
                found.push(Held { id, ledger, approval, in_period, in_force });
            }
        }
    }
    found
}

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("approvals", COLUMNS);
    for held in held(material) {
        table.push(row(material, &held));
    }
    table
}

/// How many days lie between a decision and its entry in the main line.
fn days(from: Date, to: Date) -> Option<i64> {
    from.until(to).ok().map(|span| i64::from(span.get_days()))
}

fn row(material: &Material<'_>, held: &Held<'_>) -> Draft {
    let Held { ledger, approval, .. } = held;
    let authority = material.handbook.judged_by(ledger, approval.span);
    let role = &approval.role;
    let body = authority.role(role).is_some_and(|role| role.body);
    let person = |person: &String| named(person, authority.person_name(person));
    let people = |people: &[String]| people.iter().map(person).collect::<Vec<_>>();
    let recorded = material.recorded(ledger, approval.span);
    let day = recorded.map(|recorded| material.handbook.day(recorded));
    let committer = recorded.and_then(|recorded| material.timelines.commit(recorded.commit)).map(|commit| {
        let committer = &commit.committer;
        format!("{} <{}>", committer.name, committer.email)
    });
    let against = approval.based_on.iter().map(|(id, version)| format!("{id} {version}"));
    let row = Draft::default()
        .set("id", &held.id)
        .set("document", &ledger.name)
        .set("version", approval.version.to_string())
        .set("kind", approval.kind.name())
        .set("approved_on", approval.approved_on)
        .set("effective", approval.effective)
        .set("role", named(role, authority.role_name(role)))
        .set("body", body)
        .set("approver", approval.approver.as_ref().map(person))
        .set("chair", approval.chair.as_ref().map(person))
        .set("office", office(&authority, approval, body))
        .set("drafters", people(&approval.drafters))
        .set("checked_by", people(&approval.checked_by))
        .set("recorded_by", approval.recorded_by.as_ref().map(person))
        .set("changes", approval.changes.clone())
        .set("reason", approval.reason.clone())
        .set("decision", approval.decision.clone())
        .set("pull_request", approval.pull_request.clone())
        .set("against", against.collect::<Vec<_>>())
        .set("ratify_by", approval.ratify_by)
        .set("retroactive", approval.retroactive.clone())
        .set("self_approval", approval.self_approval.clone())
        .set("adopted_from", approval.adopted_from.clone())
        .set("in_period", held.in_period)
        .set("in_force", held.in_force)
        .set("recorded_commit", recorded.map(|recorded| recorded.commit))
        .set("recorded_on", day)
        .set("days_to_record", day.and_then(|day| days(approval.approved_on, day)))
        .set("committer", committer)
        .set("digest", approval.digest.to_string());
    claims(material, held, row)
}

/// Whether the person held the office on the day, by the register of people of the commit that recorded the approval.
fn office(authority: &Authority<'_>, approval: &LedgerEntry<Approval>, body: bool) -> &'static str {
    let Some(approver) = approval.approver.as_ref() else { return if body { "body" } else { "nobody" } };
    match authority.person(approver) {
        None => "unknown",
        Some(person) if person.holds(&approval.role, approval.approved_on) => "held",
        Some(_) => "not-held",
    }
}

fn claims(material: &Material<'_>, held: &Held<'_>, row: Draft) -> Draft {
    let Held { ledger, approval, .. } = held;
    let label = format!("[[approval]] {}", approval.version);
    let entry = material.register_basis(material.ledger_path(ledger), label.clone());
    let row = match &ledger.id {
        Some(id) => match material.first_holder(id, approval.digest) {
            Some(holder) => row
                .set("text_commit", holder.revision.commit)
                .set("text_path", holder.revision.path.as_ref().map(ToString::to_string))
                .set("text_object", holder.revision.blob)
                .claim(Claim::proved("text", material.text_basis(holder))),
            None => row.claim(Claim::not_provable("text", "text-missing")),
        },
        None => {
            let now = material.handbook.record_digest(&ledger.name, approval.effective).ok();
            match now == Some(approval.digest) {
                true => {
                    let basis = Basis { commit: Some(material.commit.to_string()), ..Basis::default() };
                    row.claim(Claim::proved("text", basis))
                }
                false => row.claim(Claim::not_provable("text", "record-changed")),
            }
        }
    };
    let row = match material.recorded(ledger, approval.span) {
        Some(recorded) => row.claim(Claim::proved("recorded", material.entry_basis(ledger, recorded, label))),
        None => row.claim(Claim::not_provable("recorded", "not-in-history")),
    };
    row.claim(Claim::asserted("approved-on", entry.clone(), "dates"))
        .claim(Claim::asserted("approved-by", entry, "names"))
        .claim(Claim::not_provable("decision", if approval.adopted_from.is_some() { "adopted" } else { "outside" }))
}
