//! `kitei review`: records that documents were reviewed, also all those below a document that has changed.

use clap::Args;

use super::ledger_writer::{WriteArgs, open_for_decision, record, subjects};
use super::prompt::Prompter;
use super::{Context, Failure, Outcome};
use crate::ledger::validate::ReviewRequest;
use crate::ledger::{PartialReview, ReviewOutcome};
use crate::locale::Text;

#[derive(Debug, Args)]
pub struct Review {
    #[arg(value_name = "ID", required_unless_present = "suspect_of")]
    pub ids: Vec<String>,
    #[arg(long, value_name = "ID")]
    pub suspect_of: Option<String>,
    #[command(flatten)]
    pub entry: PartialReview,
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Runs the command.
pub fn run(context: &mut Context, arguments: Review) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.write.as_of)?;
    let handbook = snapshot.handbook();
    let context: &Context = context;
    // Both are looked at, so that every unknown name is reported.
    let named = subjects(context, &snapshot, &arguments.ids);
    let above = subjects(context, &snapshot, arguments.suspect_of.as_slice())?;
    let mut subjects = named?;
    for id in above.iter().filter_map(|subject| subject.id()) {
        let suspects = handbook.suspects_of(id);
        if suspects.is_empty() {
            let text = Text::new("review-no-suspects").arg("id", id.as_str());
            context.output.progress(&context.catalogue.text(&text));
        }
        subjects.extend(suspects);
    }
    subjects.sort();
    subjects.dedup();
    if subjects.is_empty() {
        return Ok(Outcome::Good);
    }
    let prompter = Prompter::new(context);
    let asked = arguments.entry.without_blanks();
    let reviewed_on = prompter.date(asked.reviewed_on, "ask-reviewed-on", handbook.today)?;
    let reviewer = prompter.text(asked.reviewer, Text::new("ask-reviewer"), "--reviewer")?;
    let outcome = match asked.outcome {
        Some(outcome) => Some(outcome),
        None => ReviewOutcome::from_name(&prompter.choose("ask-outcome", "--outcome", &ReviewOutcome::NAMES)?),
    };
    let reason = prompter.optional(asked.reason, Text::new("ask-reason"))?;
    let (reviewed_on, reviewer) = (Some(reviewed_on), Some(reviewer));
    let entry = PartialReview { reviewed_on, reviewer, outcome, reason, ..PartialReview::default() };
    let validations = subjects.into_iter().map(|subject| {
        let request = ReviewRequest { subject: subject.clone(), entry: entry.clone() };
        (subject, handbook.validate_review(&request))
    });
    let validations = validations.collect();
    record(context, &snapshot, arguments.write, validations)
}
