//! review-due-soon: a document in force whose planned review falls due within thirty days.

use jiff::ToSpan;

use super::review_overdue::due;
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("DUE003", "review-due-soon", Basis::Clause("7.5.2"), Note);

const DAYS: i64 = 30;

fn check(handbook: &Handbook, sink: &mut Sink) {
    let last_day = handbook.today.saturating_add(DAYS.days());
    for review in due(handbook).filter(|review| (handbook.today..=last_day).contains(&review.due)) {
        let message = Text::new("review-due-soon").arg("id", review.id.as_str()).arg("due", review.due);
        sink.report(review.place, message).help(review.help());
    }
}
