//! suspect-link: a document above has a newer major version in force than the one this document was read against.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::lifecycle::Suspect;
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::source::Place;

rule!("DUE002", "suspect-link", Basis::Clause("7.5.2"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for id in handbook.ledgers.keys() {
        for suspect in handbook.suspects(id) {
            let Some(place) = place(handbook, id, &suspect) else { continue };
            let (above, in_force) = (suspect.id.as_str(), suspect.in_force.to_string());
            let message = Text::new("suspect-link")
                .arg("id", id.as_str())
                .arg("above", above)
                .arg("version", &in_force)
                .arg("read", suspect.read.to_string());
            let help = Text::new("suspect-link-help")
                .arg("id", id.as_str())
                .arg("above", above)
                .arg("against", format!("against = {{ \"{above}\" = \"{in_force}\" }}"));
            let finding = sink.report(place, message).help(help);
            if let (Some(ledger), Some(approval)) =
                (handbook.ledgers.get(&suspect.id), handbook.status(&suspect.id).in_force)
            {
                let newer = Text::new("suspect-link-newer").arg("version", in_force);
                finding.related(ledger.place(approval.span_of("effective")), newer);
            }
        }
    }
}

/// Where the document names the one above; where the tree no longer does, its entry in the ledger.
fn place(handbook: &Handbook, id: &DocumentId, suspect: &Suspect) -> Option<Place> {
    let stated = handbook.document(id).and_then(|document| {
        let mut stated = handbook.implements(document);
        stated.find_map(|(above, place)| (DocumentId::parse(above)? == suspect.id).then_some(place))
    });
    stated.or_else(|| Some(handbook.ledgers.get(id)?.place(handbook.status(id).in_force?.span)))
}
