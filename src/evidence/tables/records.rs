//! The other entries of the ledgers in the period: reviews, retirements, announcements.

use jiff::civil::Date;

use super::named;
use crate::evidence::grade::Claim;
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, code, date, document, object, text};
use crate::ledger::Ledger;
use crate::source::Span;

const COLUMNS: &[Column] = &[
    text("id"),
    document("document"),
    code("kind", "evidence-kind"),
    date("on"),
    date("effective"),
    text("version"),
    text("role"),
    text("person"),
    code("outcome", "evidence-outcome"),
    text("reason"),
    text("decision"),
    text("against"),
    text("to"),
    text("means"),
    text("evidence"),
    object("recorded_commit"),
    date("recorded_on"),
];

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("records", COLUMNS);
    for ledger in material.ledgers() {
        reviews(material, ledger, &mut table);
        retirements(material, ledger, &mut table);
        announcements(material, ledger, &mut table);
    }
    table
}

/// What is the same for every entry; nothing for one that is not of the period.
fn begin(
    material: &Material<'_>,
    ledger: &Ledger,
    kind: &'static str,
    at: usize,
    on: Date,
    span: Span,
) -> Option<Draft> {
    let recorded = material.recorded(ledger, span);
    let day = recorded.map(|recorded| material.handbook.day(recorded));
    if ![Some(on), day].into_iter().flatten().any(|day| material.request.covers(day)) {
        return None;
    }
    let label = format!("[[{kind}]] {on}");
    let entry = material.register_basis(material.ledger_path(ledger), label.clone());
    let row = Draft::default()
        .set("id", format!("{}/{kind}/{}", ledger.name, at + 1))
        .set("document", &ledger.name)
        .set("kind", kind)
        .set("on", on)
        .set("recorded_commit", recorded.map(|recorded| recorded.commit))
        .set("recorded_on", day)
        .claim(Claim::asserted("done-on", entry.clone(), "dates"))
        .claim(Claim::asserted("done-by", entry, "names"))
        .claim(Claim::not_provable("act", "outside"));
    Some(match recorded {
        Some(recorded) => row.claim(Claim::proved("recorded", material.entry_basis(ledger, recorded, label))),
        None => row.claim(Claim::not_provable("recorded", "not-in-history")),
    })
}

fn reviews(material: &Material<'_>, ledger: &Ledger, table: &mut Table) {
    for (at, review) in ledger.reviews.iter().enumerate() {
        let Some(row) = begin(material, ledger, "review", at, review.reviewed_on, review.span) else { continue };
        let authority = material.handbook.judged_by(ledger, review.span);
        let against = review.based_on.iter().map(|(id, version)| format!("{id} {version}"));
        table.push(
            row.set("person", named(&review.reviewer, authority.person_name(&review.reviewer)))
                .set("outcome", review.outcome.name())
                .set("reason", review.reason.clone())
                .set("against", against.collect::<Vec<_>>()),
        );
    }
}

fn retirements(material: &Material<'_>, ledger: &Ledger, table: &mut Table) {
    for (at, retirement) in ledger.retirements.iter().enumerate() {
        let on = retirement.approved_on;
        let Some(row) = begin(material, ledger, "retirement", at, on, retirement.span) else { continue };
        let authority = material.handbook.judged_by(ledger, retirement.span);
        let person = retirement.approver.as_ref();
        table.push(
            row.set("effective", retirement.effective)
                .set("role", named(&retirement.role, authority.role_name(&retirement.role)))
                .set("person", person.map(|person| named(person, authority.person_name(person))))
                .set("reason", retirement.reason.clone())
                .set("decision", retirement.decision.clone()),
        );
    }
}

fn announcements(material: &Material<'_>, ledger: &Ledger, table: &mut Table) {
    for (at, announcement) in ledger.announcements.iter().enumerate() {
        let on = announcement.on;
        let Some(row) = begin(material, ledger, "announcement", at, on, announcement.span) else { continue };
        let to = announcement.to.iter().map(|role| named(role, material.handbook.role_name(role)));
        table.push(
            row.set("version", announcement.version.to_string())
                .set("to", to.collect::<Vec<_>>())
                .set("means", announcement.means.clone())
                .set("evidence", announcement.evidence.clone()),
        );
    }
}
