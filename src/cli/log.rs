//! `kitei log`: what changed, by the day on which it took or takes effect.

use super::arguments::{Log, LogFormat};
use super::open::{open_when, report_history};
use super::{Context, Failure, Outcome};
use crate::changelog::feed::feed;
use crate::changelog::render::{markdown, text};
use crate::changelog::{Comparisons, log};
use crate::handbook::edition::Edition;
use crate::locale::Text;
use crate::model::id::DocumentId;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Log) -> Result<Outcome, Failure> {
    let snapshot = open_when(context, &arguments.when)?;
    let handbook = snapshot.handbook();
    let id = match &arguments.id {
        Some(written) => {
            let unknown = || Failure::new(Text::new("no-such-document").arg("id", written));
            let id = DocumentId::parse(written).ok_or_else(unknown)?;
            if handbook.document(&id).is_none() && !handbook.ledgers.contains_key(&id) {
                return Err(unknown());
            }
            Some(id)
        }
        None => None,
    };
    let asked = |other: &DocumentId| id.as_ref().is_none_or(|id| id == other);
    report_history(context, &snapshot, arguments.when.as_of);
    let catalogue = &context.catalogue;
    let edition = Edition::in_force(handbook);
    let comparisons = Comparisons::new(&edition, catalogue, asked);
    let mut entries = log(&edition, &comparisons, catalogue, asked);
    entries.retain(|entry| arguments.since.is_none_or(|since| entry.effective >= since));
    let words = match arguments.format {
        LogFormat::Text => text(&entries, catalogue),
        LogFormat::Markdown => markdown(&entries, catalogue),
        LogFormat::Json => serde_json::to_string_pretty(&entries)?,
        LogFormat::Atom => feed(&entries, handbook, catalogue),
    };
    context.output.result(&words);
    Ok(Outcome::Good)
}
