//! `kitei retire`: records that documents are no longer in force, by one decision; also of documents that are split or
//! merged.

use clap::Args;

use super::ledger_writer::{WriteArgs, open_for_decision, record, subjects};
use super::prompt::{Prompter, split};
use super::{Context, Failure, Outcome};
use crate::ledger::PartialRetirement;
use crate::ledger::validate::RetirementRequest;
use crate::locale::Text;

#[derive(Debug, Args)]
pub struct Retire {
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub entry: PartialRetirement,
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Runs the command.
pub fn run(context: &mut Context, arguments: Retire) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.write.as_of)?;
    let handbook = snapshot.handbook();
    let context: &Context = context;
    let subjects = subjects(context, &snapshot, &arguments.ids)?;
    let prompter = Prompter::new(context);
    let asked = arguments.entry.without_blanks();
    let approved_on = prompter.date(asked.approved_on, "ask-approved-on", handbook.today)?;
    let effective = prompter.date(asked.effective, "ask-retired-from", approved_on)?;
    let usual = || subjects.iter().find_map(|subject| handbook.usual_retirer(subject.id()?, effective));
    let role = prompter.text(asked.role.or_else(usual), Text::new("ask-role"), "--role")?;
    let approver = match handbook.role(&role).is_some_and(|role| role.body) {
        true => asked.approver,
        false => {
            let prompt = Text::new("ask-approver").arg("role", handbook.role_name(&role));
            Some(prompter.text(asked.approver, prompt, "--approver")?)
        }
    };
    let entry = PartialRetirement {
        approved_on: Some(approved_on),
        effective: Some(effective),
        role: Some(role),
        approver,
        decision: prompter.optional(asked.decision, Text::new("ask-decision"))?,
        replaced_by: split(asked.replaced_by),
        reason: prompter.optional(asked.reason, Text::new("ask-reason"))?,
    };
    let request = RetirementRequest { subjects, entry };
    let validations = handbook.validate_retirement(&request);
    let validations = request.subjects.into_iter().zip(validations).collect();
    record(context, &snapshot, arguments.write, validations)
}
