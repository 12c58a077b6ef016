//! `kitei review`: records that documents were reviewed, also all those below a document that has changed.

use super::arguments::Review;
use super::ask::{Asker, filled};
use super::pen::{open_for_decision, record, subjects};
use super::{Context, Failure, Outcome};
use crate::decision::review::{self, Wish};
use crate::locale::Text;
use crate::model::ledger::ReviewOutcome;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Review) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.manner.as_of)?;
    let handbook = snapshot.handbook();
    let context: &Context = context;
    // Both are looked at, so that every unknown name is reported.
    let named = subjects(context, &snapshot, &arguments.ids);
    let above = subjects(context, &snapshot, arguments.suspect_of.as_slice())?;
    let mut subjects = named?;
    for id in above.iter().filter_map(|subject| subject.id()) {
        let suspects = review::suspects_of(handbook, id);
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
    let asker = Asker::new(context);
    let reviewed_on = asker.date(arguments.on, "ask-reviewed-on", handbook.today)?;
    let reviewer = asker.text(arguments.reviewer, Text::new("ask-reviewer"), "--reviewer")?;
    let outcome = match filled(arguments.outcome) {
        Some(outcome) => outcome,
        None => asker.choose("ask-outcome", "--outcome", &ReviewOutcome::NAMES)?,
    };
    let Some(outcome) = ReviewOutcome::from_name(&outcome) else {
        return Err(Failure::new(Text::new("flag-needed").arg("flag", "--outcome")));
    };
    let reason = asker.optional(arguments.reason, Text::new("ask-reason"))?;
    let judgements = subjects.into_iter().map(|subject| {
        let (reviewer, reason) = (reviewer.clone(), reason.clone());
        let wish = Wish { subject: subject.clone(), reviewed_on, reviewer, outcome, reason };
        (subject, review::judge(handbook, &wish))
    });
    let judgements = judgements.collect();
    record(context, &snapshot, arguments.manner, judgements)
}
