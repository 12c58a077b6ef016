//! `kitei announce`: records that versions were made known to those concerned (周知).

use super::arguments::Announce;
use super::ask::{Asker, filled, split};
use super::pen::{open_for_decision, record, subjects};
use super::{Context, Failure, Outcome};
use crate::decision::announcement::{self, Wish};
use crate::locale::Text;
use crate::model::id::Version;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Announce) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.manner.as_of)?;
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
    let asker = Asker::new(context);
    let on = asker.date(arguments.on, "ask-announced-on", handbook.today)?;
    let means = asker.text(arguments.means, Text::new("ask-means"), "--means")?;
    let evidence = asker.optional(filled(arguments.evidence), Text::new("ask-evidence"))?;
    let to = split(arguments.to);
    let judgements = subjects.into_iter().map(|subject| {
        let (to, means, evidence) = (to.clone(), means.clone(), evidence.clone());
        let wish = Wish { subject: subject.clone(), version, on, to, means, evidence };
        (subject, announcement::judge(handbook, &wish))
    });
    let judgements = judgements.collect();
    record(context, &snapshot, arguments.manner, judgements)
}
