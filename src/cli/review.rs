//! `kitei review`: records that documents were reviewed.

use super::approve::{Pen, against, known_person, required_ids};
use super::arguments::Review;
use super::open::open;
use super::{Context, Failure, Outcome};
use crate::clock;
use crate::export::ledger::NewReview;
use crate::locale::Text;
use crate::model::ledger::ReviewOutcome;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Review) -> Result<Outcome, Failure> {
    let today = arguments.on;
    let opened = open(context, today, None)?;
    let handbook = &opened.handbook;
    let ids = required_ids(handbook, &arguments.ids)?;
    let mut pen = Pen::new(context, &opened, arguments.yes, arguments.dry_run);
    let reviewed_on = match arguments.on {
        Some(date) => date,
        None => pen.ask_date("ask-reviewed-on", clock::today(&handbook.config.timezone))?,
    };
    let reviewer = match arguments.reviewer {
        Some(person) => person,
        None => pen.ask("ask-reviewer", "--reviewer")?,
    };
    known_person(handbook, &reviewer)?;
    let outcome = match arguments.outcome {
        Some(outcome) => outcome,
        None => pen.choose("ask-outcome", "--outcome", &ReviewOutcome::NAMES)?,
    };
    let Some(outcome) = ReviewOutcome::from_name(&outcome) else {
        return Err(Failure::new(Text::new("flag-needed").arg("flag", "--outcome")));
    };
    for id in &ids {
        if handbook.standing_on(id, reviewed_on).in_force.is_none() {
            let text = Text::new("review-nothing-in-force").arg("id", id.as_str()).arg("date", reviewed_on);
            return Err(Failure::new(text));
        }
        let entry = NewReview {
            reviewed_on,
            reviewer: reviewer.clone(),
            outcome,
            reason: arguments.reason.clone(),
            against: against(handbook, id, reviewed_on),
        };
        pen.add(id, entry.to_toml());
    }
    pen.write()
}
