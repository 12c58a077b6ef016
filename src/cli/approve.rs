//! `kitei approve`: records that versions were approved, several by one decision. Asks on a terminal for what is
//! missing; see [`crate::decision::approval`] for what is refused.

use std::collections::BTreeMap;

use super::arguments::Approve;
use super::ask::{Asker, filled};
use super::pen::{open_for_decision, record, subjects};
use super::{Context, Failure, Outcome, adopt};
use crate::decision::Subject;
use crate::decision::approval::{self, Wish};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::id::Version;
use crate::model::ledger::ApprovalKind;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Approve) -> Result<Outcome, Failure> {
    let snapshot = open_for_decision(context, arguments.manner.as_of)?;
    let context: &Context = context;
    if arguments.csv.is_some() || arguments.history.is_some() {
        return adopt::run(context, &snapshot, &arguments);
    }
    let subjects = subjects(context, &snapshot, &arguments.ids)?;
    // The statement is made of what is in force, which the other approvals of the same run would change.
    if subjects.len() > 1 && subjects.contains(&Subject::Record("SOA")) {
        return Err(Failure::new(Text::new("approve-soa-alone")));
    }
    let manner = arguments.manner;
    let wishes = wishes(context, &snapshot, arguments, subjects)?;
    let judgements = approval::judge(&snapshot, &wishes, &[]);
    let judgements = wishes.into_iter().map(|wish| wish.subject).zip(judgements).collect();
    record(context, &snapshot, manner, judgements)
}

/// What is to be recorded of each subject. Common fields are asked for once, an approver once for each role, and what
/// changed for each document.
fn wishes(
    context: &Context,
    handbook: &Handbook,
    arguments: Approve,
    subjects: Vec<Subject>,
) -> Result<Vec<Wish>, Failure> {
    let asker = Asker::new(context);
    let kind = if arguments.provisional { ApprovalKind::Provisional } else { ApprovalKind::Regular };
    let approved_on = asker.date(arguments.on, "ask-approved-on", handbook.today)?;
    let (effective, ratify_by) = match kind {
        ApprovalKind::Regular => (asker.date(arguments.effective, "ask-effective", approved_on)?, None),
        ApprovalKind::Provisional => {
            let ratify_by = asker.needed_date(arguments.ratify_by, "ask-ratify-by", "--ratify-by")?;
            (arguments.effective.unwrap_or(approved_on), Some(ratify_by))
        }
    };
    let version = match &arguments.number {
        Some(text) => {
            let bad = || Failure::new(Text::new("csv-bad-version").arg("text", text));
            Some(Version::parse(text).ok_or_else(bad)?)
        }
        None => None,
    };
    let role = filled(arguments.role);
    let drafters = asker.list(arguments.drafters, "ask-drafters")?;
    let checked_by = asker.list(arguments.checked_by, "ask-checked-by")?;
    let decision = asker.optional(arguments.decision, Text::new("ask-decision"))?;
    let changes = Changes::new(arguments.changes, &subjects);
    let (chair, recorded_by) = (filled(arguments.chair), filled(arguments.recorded_by));
    let mut approvers: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut wishes = Vec::new();
    for subject in subjects {
        let usual = || approval::usual_role(handbook, &subject, kind);
        let role = match role.clone().or_else(usual) {
            // Nobody may approve this provisionally; the judgement says so.
            None if kind == ApprovalKind::Provisional => None,
            role => Some(asker.text(role, Text::new("ask-role"), "--role")?),
        };
        let approver = match &role {
            None => filled(arguments.approver.clone()),
            Some(role) => match approvers.get(role) {
                Some(approver) => approver.clone(),
                None => {
                    let given = filled(arguments.approver.clone());
                    let person = handbook.role(role).is_some_and(|role| !role.body);
                    let approver = if person {
                        Some(asker.text(
                            given,
                            Text::new("ask-approver").arg("role", handbook.role_name(role)),
                            "--approver",
                        )?)
                    } else {
                        given
                    };
                    approvers.insert(role.clone(), approver.clone());
                    approver
                }
            },
        };
        let what = Text::new("ask-changes").arg("id", subject.name());
        wishes.push(Wish {
            version,
            approved_on,
            effective: Some(effective),
            role,
            approver,
            chair: chair.clone(),
            drafters: drafters.clone(),
            checked_by: checked_by.clone(),
            recorded_by: recorded_by.clone(),
            changes: asker.optional(changes.of(&subject), what)?,
            reason: filled(arguments.reason.clone()),
            decision: decision.clone(),
            pull_request: filled(arguments.pull_request.clone()),
            retroactive: filled(arguments.retroactive.clone()),
            self_approval: filled(arguments.self_approval.clone()),
            kind,
            ratify_by,
            adopted_from: match arguments.adopt {
                true => Some(asker.text(arguments.original.clone(), Text::new("ask-original"), "--original")?),
                false => None,
            },
            ratify: arguments.ratify,
            again: arguments.again,
            subject,
        });
    }
    Ok(wishes)
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
    fn changes_are_told_of_all_or_of_one() {
        let subject = |id: &str| Subject::Document(DocumentId::parse(id).unwrap());
        let subjects = [subject("P-01"), subject("P-02")];
        let given = ["用語をそろえた", "P-02=第8条を新設", "A=Bとした"].map(str::to_owned).to_vec();
        let changes = Changes::new(given[..2].to_vec(), &subjects);
        assert_eq!(changes.of(&subjects[0]).as_deref(), Some("用語をそろえた"));
        assert_eq!(changes.of(&subjects[1]).as_deref(), Some("第8条を新設"));
        assert_eq!(Changes::new(given[2..].to_vec(), &subjects).of(&subjects[0]).as_deref(), Some("A=Bとした"));
    }
}
