//! `kitei approve`: records that versions were approved, several by one decision. Prompts on a terminal for what is
//! missing; see [`crate::ledger::validate`] for what is refused.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::ledger_writer::{WriteArgs, open_for_decision, record, subjects};
use super::prompt::{Prompter, filled};
use super::{Context, Failure, Outcome, adopt};
use crate::handbook::Handbook;
use crate::ledger::validate::ApprovalRequest;
use crate::ledger::{ApprovalKind, PartialApproval, Subject};
use crate::locale::Text;
use crate::model::id::Version;

#[derive(Debug, Args)]
pub struct Approve {
    #[arg(value_name = "ID", required_unless_present_any = ["csv", "history"])]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub entry: PartialApproval,
    #[arg(long, value_name = "[ID=]TEXT")]
    pub changes: Vec<String>,
    #[arg(long)]
    pub ratify: bool,
    #[arg(long, conflicts_with = "ratify")]
    pub again: bool,
    #[arg(long, value_name = "VERSION")]
    pub number: Option<String>,
    #[arg(long)]
    pub adopt: bool,
    #[arg(long, value_name = "FILE", requires = "adopt", conflicts_with = "ids")]
    pub csv: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "adopt", conflicts_with = "ids")]
    pub history: Option<PathBuf>,
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Runs the command.
pub fn run(context: &mut Context, arguments: Approve) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.write.as_of)?;
    let context: &Context = context;
    if arguments.csv.is_some() || arguments.history.is_some() {
        return adopt::run(context, &snapshot, &arguments);
    }
    let subjects = subjects(context, &snapshot, &arguments.ids)?;
    // The statement is made of what is in force, which the other approvals of the same run would change.
    if subjects.len() > 1 && subjects.contains(&Subject::Record("SOA")) {
        return Err(Failure::new(Text::new("approve-soa-alone")));
    }
    let write = arguments.write;
    let requests = requests(context, &snapshot, arguments, &subjects)?;
    let validations = snapshot.validate_approvals(requests, &[]);
    record(context, &snapshot, write, subjects.into_iter().zip(validations).collect())
}

/// What is to be recorded of each subject. What all have in common is asked for once, an approver once for each role,
/// and what changed for each document.
fn requests(
    context: &Context,
    handbook: &Handbook,
    arguments: Approve,
    subjects: &[Subject],
) -> Result<Vec<ApprovalRequest>, Failure> {
    let prompter = Prompter::new(context);
    let common = common(&prompter, handbook, arguments.entry, arguments.number.as_deref())?;
    let changes = Changes::new(arguments.changes, subjects);
    let mut approvers: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut requests = Vec::new();
    for subject in subjects {
        let usual = || handbook.usual_approver(subject, common.kind);
        let role = match common.role.clone().or_else(usual) {
            // Nobody may approve this provisionally; validation says so.
            None if common.kind == ApprovalKind::Provisional => None,
            role => Some(prompter.text(role, Text::new("ask-role"), "--role")?),
        };
        let approver = match &role {
            None => common.approver.clone(),
            Some(role) => match approvers.get(role) {
                Some(approver) => approver.clone(),
                None => {
                    let approver = approver(&prompter, handbook, role, common.approver.clone())?;
                    approvers.insert(role.clone(), approver.clone());
                    approver
                }
            },
        };
        let what = Text::new("ask-changes").arg("id", subject.name());
        let changes = prompter.optional(changes.of(subject), what)?;
        let adopted_from = match arguments.adopt {
            true => Some(prompter.text(common.adopted_from.clone(), Text::new("ask-original"), "--original")?),
            false => None,
        };
        requests.push(ApprovalRequest {
            subject: subject.clone(),
            entry: PartialApproval { role, approver, changes, adopted_from, ..common.clone() },
            ratify: arguments.ratify,
            again: arguments.again,
        });
    }
    Ok(requests)
}

/// What all approvals of a run have in common.
fn common(
    prompter: &Prompter<'_>,
    handbook: &Handbook,
    asked: PartialApproval,
    number: Option<&str>,
) -> Result<PartialApproval, Failure> {
    let asked = asked.without_blanks();
    let approved_on = prompter.date(asked.approved_on, "ask-approved-on", handbook.today)?;
    let (effective, ratify_by) = match asked.kind {
        ApprovalKind::Regular => (prompter.date(asked.effective, "ask-effective", approved_on)?, None),
        ApprovalKind::Provisional => {
            let ratify_by = prompter.needed_date(asked.ratify_by, "ask-ratify-by", "--ratify-by")?;
            (asked.effective.unwrap_or(approved_on), Some(ratify_by))
        }
    };
    let bad = |text| Failure::new(Text::new("csv-bad-version").arg("text", text));
    let version = number.map(|text| Version::parse(text).ok_or_else(|| bad(text))).transpose()?;
    Ok(PartialApproval {
        version,
        approved_on: Some(approved_on),
        effective: Some(effective),
        drafters: prompter.list(asked.drafters, "ask-drafters")?,
        checked_by: prompter.list(asked.checked_by, "ask-checked-by")?,
        decision: prompter.optional(asked.decision, Text::new("ask-decision"))?,
        ratify_by,
        ..asked
    })
}

/// Who approves in a role: a person is needed unless the role is a body.
fn approver(
    prompter: &Prompter<'_>,
    handbook: &Handbook,
    role: &str,
    given: Option<String>,
) -> Result<Option<String>, Failure> {
    if handbook.role(role).is_none_or(|role| role.body) {
        return Ok(given);
    }
    let prompt = Text::new("ask-approver").arg("role", handbook.role_name(role));
    Ok(Some(prompter.text(given, prompt, "--approver")?))
}

/// `--changes TEXT` for all, `--changes ID=TEXT` for one.
struct Changes {
    common: Option<String>,
    own: Vec<(String, String)>,
}

impl Changes {
    fn new(given: Vec<String>, subjects: &[Subject]) -> Self {
        let mut changes = Self { common: None, own: Vec::new() };
        for text in given {
            match text.split_once('=') {
                // Only what the command names counts as an id: a text may hold the sign too.
                Some((id, own)) if subjects.iter().any(|subject| subject.name().eq_ignore_ascii_case(id.trim())) => {
                    changes.own.push((id.trim().to_owned(), own.to_owned()));
                }
                _ => changes.common = Some(text),
            }
        }
        changes
    }

    fn of(&self, subject: &Subject) -> Option<String> {
        let own = self.own.iter().find(|(id, _)| subject.name().eq_ignore_ascii_case(id));
        filled(own.map(|(_, text)| text.clone()).or_else(|| self.common.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::DocumentId;

    #[test]
    fn changes_are_given_for_all_or_for_one() {
        let subject = |id: &str| Subject::Document(DocumentId::parse(id).unwrap());
        let subjects = [subject("P-01"), subject("P-02")];
        let given = ["用語をそろえた", "P-02=第8条を新設", "A=Bとした"].map(str::to_owned).to_vec();
        let changes = Changes::new(given[..2].to_vec(), &subjects);
        assert_eq!(changes.of(&subjects[0]).as_deref(), Some("用語をそろえた"));
        assert_eq!(changes.of(&subjects[1]).as_deref(), Some("第8条を新設"));
        assert_eq!(Changes::new(given[2..].to_vec(), &subjects).of(&subjects[0]).as_deref(), Some("A=Bとした"));
    }
}
