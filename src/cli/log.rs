//! `kitei log`: what changed, by the day on which it took or takes effect.

use super::arguments::{Log, LogFormat};
use super::open::open_when;
use super::{Context, Failure, Outcome};
use crate::changelog::log;
use crate::changelog::render::{feed, markdown, text};
use crate::handbook::edition::Edition;
use crate::locale::Text;
use crate::model::id::DocumentId;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Log) -> Result<Outcome, Failure> {
    let mut opened = open_when(context, &arguments.when)?;
    let id = match &arguments.id {
        Some(written) => {
            let unknown = || Failure::new(Text::new("no-such-document").arg("id", written));
            let id = DocumentId::parse(written).ok_or_else(unknown)?;
            if opened.handbook.document(&id).is_none() && !opened.handbook.ledgers.contains_key(&id) {
                return Err(unknown());
            }
            Some(id)
        }
        None => None,
    };
    let asked = |other: &DocumentId| id.as_ref().is_none_or(|id| id == other);
    opened.handbook.find_former_wordings(opened.past.as_ref(), asked);
    opened.tell_faults(context);
    let handbook = &opened.handbook;
    let catalogue = &context.catalogue;
    let mut entries = log(&Edition::in_force(handbook), catalogue, asked);
    entries.retain(|entry| arguments.since.is_none_or(|since| entry.effective >= since));
    let words = match arguments.format {
        LogFormat::Text => text(&entries, catalogue),
        LogFormat::Markdown => markdown(&entries, catalogue),
        LogFormat::Json => serde_json::to_string_pretty(&entries)
            .map_err(|error| Failure::new(Text::new("output-failed").arg("reason", error.to_string())))?,
        LogFormat::Atom => feed(&entries, handbook, catalogue),
    };
    context.output.result(&words);
    Ok(Outcome::Good)
}
