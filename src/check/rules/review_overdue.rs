//! review-overdue: a document in force whose planned review is past its date.

use jiff::civil::Date;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::edition::Edition;
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::source::Place;

rule!("DUE001", "review-overdue", Basis::Clause("7.5.2"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for review in due(handbook).filter(|review| review.due < handbook.today) {
        let message =
            Text::new("review-overdue").arg("id", review.id.as_str()).arg("due", review.due).arg("last", review.last);
        sink.report(review.place, message).help(review.help());
    }
}

/// The next review of a document in force.
pub(super) struct Due {
    pub(super) id: DocumentId,
    pub(super) last: Date,
    pub(super) due: Date,
    /// The document's id in the tree; for a wording that only history holds, its entry in the ledger.
    pub(super) place: Place,
    ledger: String,
}

impl Due {
    /// What to do.
    pub(super) fn help(&self) -> Text {
        Text::new("review-overdue-help").arg("id", self.id.as_str()).arg("path", &self.ledger)
    }
}

/// Reviews of all documents in force that have an interval, by document.
pub(super) fn due(handbook: &Handbook) -> impl Iterator<Item = Due> {
    Edition::judged(handbook).entries.into_iter().filter_map(|(id, entry)| {
        let dates = handbook.review_dates(&id, entry.document)?;
        let (ledger, approval) = (handbook.ledgers.get(&id)?, entry.approval?);
        let place = handbook.document(&id).map_or(ledger.place(approval.span), |document| document.head_place());
        let path = handbook.sources.file(ledger.file).path().to_owned();
        Some(Due { id, last: dates.last, due: dates.next?, place, ledger: path })
    })
}
