//! unknown-record: a reference to a register that does not exist.

use super::unknown_term::named;
use crate::check::nearest::{Known, Meant};
use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::{Broken, Handbook};
use crate::locale::Text;

rule!("REF006", "unknown-record", Basis::OwnRule, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let ids = handbook.records.iter().map(|record| record.id.as_str());
    let mut known = Known::new(ids.map(|id| (id, id)));
    for (document, reference, broken) in mentions::broken(handbook) {
        let Broken::NoRecord(id) = broken else { continue };
        if let Some((register, row)) = id.split_once('/')
            && let Some(record) = handbook.record(register)
        {
            let title = record.title.as_deref().unwrap_or(register);
            let message = Text::new("unknown-record-row").arg("register", title).arg("row", row);
            sink.report(document.place(reference.raw.span), message).help(Text::new("unknown-record-row-help"));
            continue;
        }
        let path = format!("{}/{id}.toml", handbook.config.records_path);
        // A register that could not be read is there all the same.
        if handbook.sources.by_path(&path).is_some() {
            continue;
        }
        let finding = sink.report(document.place(reference.raw.span), Text::new("unknown-record").arg("path", path));
        match known.meant(id) {
            Meant::Certainly(meant) => {
                finding.help(Text::new("unknown-record-help-nearest").arg("meant", meant));
                if let Some(span) = named(reference, id) {
                    finding.fix(span, meant);
                }
            }
            Meant::Perhaps(meant) => {
                finding.help(Text::new("unknown-record-help-nearest").arg("meant", meant));
            }
            Meant::Nothing => {
                finding.help(Text::new("unknown-record-help"));
            }
        }
    }
}
