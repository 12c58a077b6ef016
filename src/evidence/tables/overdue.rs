//! Reviews that were overdue on the last day of the period, and those that are overdue today.

use super::named;
use crate::evidence::grade::Claim;
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, date, document, flag, text};
use crate::handbook::Handbook;
use crate::handbook::lifecycle::ReviewDates;
use crate::model::id::DocumentId;

const COLUMNS: &[Column] = &[
    document("document"),
    text("title"),
    text("owner"),
    date("last_review_then"),
    date("due_then"),
    flag("overdue_then"),
    text("days_then"),
    date("last_review_now"),
    date("due_now"),
    flag("overdue_now"),
    text("days_now"),
];

fn dates(handbook: &Handbook, id: &DocumentId) -> Option<ReviewDates> {
    handbook.status(id).in_force?;
    handbook.review_dates(id, handbook.published_or_tree(id)?)
}

/// Days by which a review is late; none where it is in time.
fn late(handbook: &Handbook, dates: Option<ReviewDates>) -> Option<i64> {
    let next = dates?.next.filter(|next| *next < handbook.today)?;
    next.until(handbook.today).ok().map(|span| i64::from(span.get_days()))
}

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("overdue", COLUMNS);
    for (id, ledger) in &material.handbook.ledgers {
        let (then, now) = (dates(material.handbook, id), dates(material.now, id));
        let (late_then, late_now) = (late(material.handbook, then), late(material.now, now));
        if late_then.is_none() && late_now.is_none() {
            continue;
        }
        let document = material.handbook.published_or_tree(id).or_else(|| material.now.published_or_tree(id));
        let owner = document.and_then(|document| document.front.owner.as_ref());
        let basis = material.register_basis(material.ledger_path(ledger), "[[review]]".to_owned());
        table.push(
            Draft::default()
                .set("document", id.as_str())
                .set("title", document.map(|document| document.title().to_owned()))
                .set("owner", owner.map(|role| named(&role.value, material.handbook.role_name(&role.value))))
                .set("last_review_then", then.map(|dates| dates.last))
                .set("due_then", then.and_then(|dates| dates.next))
                .set("overdue_then", late_then.is_some())
                .set("days_then", late_then)
                .set("last_review_now", now.map(|dates| dates.last))
                .set("due_now", now.and_then(|dates| dates.next))
                .set("overdue_now", late_now.is_some())
                .set("days_now", late_now)
                .claim(Claim::asserted("reviewed", basis, "dates")),
        );
    }
    table
}
