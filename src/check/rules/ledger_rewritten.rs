//! ledger-rewritten: an entry that the default branch once held was changed, moved or removed.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::authority::{Fate, Rewritten};
use crate::handbook::recorded::short;
use crate::locale::Text;
use crate::model::id::DocumentId;
use crate::source::{Place, Span};

rule!("LED017", "ledger-rewritten", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for rewritten in handbook.rewritten() {
        let entry = rewritten.entry.label();
        let day = handbook.day(rewritten.recorded);
        let message = match &rewritten.fate {
            Fate::Changed(keys) => Text::new("ledger-rewritten").arg("entry", entry).arg("keys", keys.join(", ")),
            Fate::Vanished => {
                Text::new("ledger-rewritten-vanished").arg("entry", entry).arg("ledger", &rewritten.ledger)
            }
            Fate::Moved => Text::new("ledger-rewritten-moved").arg("entry", entry),
        };
        let finding = sink.report(place(handbook, rewritten), message.arg("day", day));
        finding.label(match rewritten.lost {
            Some(commit) => Text::new("ledger-rewritten-commit").arg("commit", short(commit)),
            None => Text::new("ledger-rewritten-open"),
        });
        let path = match rewritten.place {
            Some(place) => handbook.sources.file(place.file).path().to_owned(),
            None => format!("{}/ledger/{}.toml", handbook.config.records_path, rewritten.ledger),
        };
        finding.help(Text::new("ledger-rewritten-help").arg("commit", rewritten.recorded.name()).arg("path", path));
    }
}

/// The entry as it stands now, or the start of its ledger; where the file is gone, the document, and where that is gone
/// too, the configuration.
fn place(handbook: &Handbook, rewritten: &Rewritten) -> Place {
    let document = || DocumentId::parse(&rewritten.ledger).and_then(|id| handbook.document(&id));
    rewritten
        .place
        .or_else(|| document().map(|document| document.head_place()))
        .unwrap_or(Place { file: handbook.config.file, span: Span::new(0, 0) })
}
