//! `kitei announce`: records that versions were made known to those concerned (周知).

use clap::Args;

use super::ledger_writer::{WriteArgs, open_for_decision, record, subjects};
use super::prompt::{Prompter, filled, split};
use super::{Context, Failure, Outcome};
use crate::ledger::PartialAnnouncement;
use crate::ledger::validate::AnnouncementRequest;
use crate::locale::Text;
use crate::model::id::Version;

#[derive(Debug, Args)]
pub struct Announce {
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub entry: PartialAnnouncement,
    #[arg(long, value_name = "VERSION")]
    pub of: Option<String>,
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Runs the command.
pub fn run(context: &mut Context, arguments: Announce) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.write.as_of)?;
    let handbook = snapshot.handbook();
    let context: &Context = context;
    let subjects = subjects(context, &snapshot, &arguments.ids)?;
    let version = match &arguments.of {
        Some(text) => {
            let bad = || Failure::new(Text::new("csv-bad-version").arg("text", text));
            Some(Version::parse(text).ok_or_else(bad)?)
        }
        None => None,
    };
    let prompter = Prompter::new(context);
    let asked = arguments.entry;
    let entry = PartialAnnouncement {
        version,
        on: Some(prompter.date(asked.on, "ask-announced-on", handbook.today)?),
        means: Some(prompter.text(asked.means, Text::new("ask-means"), "--means")?),
        evidence: prompter.optional(filled(asked.evidence), Text::new("ask-evidence"))?,
        to: split(asked.to),
    };
    let validations = subjects.into_iter().map(|subject| {
        let request = AnnouncementRequest { subject: subject.clone(), entry: entry.clone() };
        (subject, handbook.validate_announcement(&request))
    });
    let validations = validations.collect();
    record(context, &snapshot, arguments.write, validations)
}
