//! `kitei retire`: records that documents are no longer in force, by one decision; also of documents that are split or
//! merged.

use super::arguments::Retire;
use super::ask::{Asker, filled, split};
use super::pen::{open_for_decision, record, subjects};
use super::{Context, Failure, Outcome};
use crate::decision::retirement::{self, Wish};
use crate::locale::Text;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Retire) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.manner.as_of)?;
    let handbook = snapshot.handbook();
    let context: &Context = context;
    let subjects = subjects(context, &snapshot, &arguments.ids)?;
    let asker = Asker::new(context);
    let approved_on = asker.date(arguments.on, "ask-approved-on", handbook.today)?;
    let effective = asker.date(arguments.effective, "ask-retired-from", approved_on)?;
    let usual = subjects.iter().filter_map(|subject| retirement::usual_role(handbook, subject.id()?, effective));
    let role = filled(arguments.role).or_else(|| usual.clone().next());
    let role = asker.text(role, Text::new("ask-role"), "--role")?;
    let approver = match handbook.role(&role).is_some_and(|role| role.body) {
        true => arguments.approver,
        false => Some(asker.text(
            arguments.approver,
            Text::new("ask-approver").arg("role", handbook.role_name(&role)),
            "--approver",
        )?),
    };
    let wish = Wish {
        approved_on,
        effective,
        role: Some(role),
        approver,
        decision: asker.optional(arguments.decision, Text::new("ask-decision"))?,
        replaced_by: split(arguments.replaced_by),
        reason: asker.optional(arguments.reason, Text::new("ask-reason"))?,
        subjects,
    };
    let judgements = retirement::judge(handbook, &wish);
    let judgements = wish.subjects.iter().cloned().zip(judgements).collect();
    record(context, &snapshot, arguments.manner, judgements)
}
