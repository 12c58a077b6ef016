//! What has to be approved, by whom and why, and the entry that would record it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::{Between, stated_id};
use crate::handbook::Handbook;
use crate::ledger::validate::InForce;
use crate::ledger::{Approval, ApprovalKind, EntryKind, LedgerEntry, PartialApproval, Subject};
use crate::locale::{Catalogue, Text};
use crate::model::id::{DocumentId, Version};

/// Whether somebody has to approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// An approval has to be recorded.
    Needed,
    /// This change records it.
    Recorded,
    /// It was recorded before.
    Stands,
    /// The version has to be raised first.
    RaiseVersion,
}

/// What a version says of its change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The first version that is approved.
    First,
    /// Content changed.
    Major,
    /// Editorial.
    Minor,
}

/// A person who may approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Eligible {
    /// Person id.
    pub id: String,
    /// Name as printed.
    pub name: String,
    /// Whether the person wrote the change: somebody else has to approve it.
    pub drafter: bool,
}

/// What has to be approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApprovalChange {
    /// Whether anybody has to.
    pub need: Need,
    /// What the version says; none where the version has to be raised first.
    pub step: Option<Step>,
    /// The version.
    pub version: String,
    /// Role that approves, as an id; none where none is set.
    pub role: Option<String>,
    /// Its name.
    pub role_name: Option<String>,
    /// Whether the role decides as a body.
    pub body: bool,
    /// Who holds the role on the date; members of a body.
    pub eligible: Vec<Eligible>,
    /// Why, in words.
    pub why: String,
    /// 施行日 of a recorded approval.
    pub effective: Option<Date>,
    /// The ledger that holds the entry, or is to hold it.
    pub ledger: String,
    /// The entry to be appended, with comments where a person has to fill it in.
    pub entry: Option<String>,
}

/// What the tree's text of a document needs. `known` are versions that come into force with it.
pub(super) fn of_document(
    (base, head): (&Handbook, &Handbook),
    id: &DocumentId,
    between: &Between,
    known: &[InForce],
    catalogue: &Catalogue,
) -> Option<ApprovalChange> {
    let index = head.index(id)?;
    let document = &head.documents[index];
    let version = document.front.version.as_ref()?.value;
    let digest = head.digests[index]?;
    let ledger = head.ledgers.get(id);
    let approvals = ledger.map_or(&[][..], |ledger| &ledger.approvals);
    let same = |approval: &&LedgerEntry<Approval>| approval.version == version && approval.digest == digest;
    let path = match ledger {
        Some(ledger) => head.sources.file(ledger.file).path().to_owned(),
        None => format!("{}/ledger/{}.toml", head.config.records_path, stated_id(head, id)),
    };
    let earlier = approvals.iter().filter(|approval| !same(approval)).map(|approval| approval.version);
    let past = ledger.into_iter().flat_map(|ledger| &ledger.past).map(|past| past.version);
    let newest = earlier.chain(past).max();
    let change = ApprovalChange {
        need: Need::Needed,
        step: None,
        version: version.to_string(),
        role: None,
        role_name: None,
        body: false,
        eligible: Vec::new(),
        why: String::new(),
        effective: None,
        ledger: path,
        entry: None,
    };
    if let Some(approval) = approvals.iter().rev().find(same) {
        let before = base.ledgers.get(id).map_or(&[][..], |ledger| &ledger.approvals);
        let new = !before.iter().any(|before| {
            (before.version, &before.digest, &before.role) == (approval.version, &approval.digest, &approval.role)
        });
        let role = approval.role.as_str();
        return Some(ApprovalChange {
            need: if new { Need::Recorded } else { Need::Stands },
            step: Some(step(head, id, version, newest)),
            role: Some(role.to_owned()),
            role_name: Some(head.role_name(role).to_owned()),
            body: head.role(role).is_some_and(|role| role.body),
            why: catalogue.get(if new { "impact-why-recorded" } else { "impact-why-stands" }),
            effective: Some(approval.effective),
            ..change
        });
    }
    if let Some(newest) = newest.filter(|newest| version <= *newest) {
        let text = Text::new("impact-why-raise").arg("version", version.to_string()).arg("newest", newest.to_string());
        let text = text.arg("minor", newest.next_minor().to_string()).arg("major", newest.next_major().to_string());
        return Some(ApprovalChange { need: Need::RaiseVersion, why: catalogue.text(&text), ..change });
    }
    let step = step(head, id, version, newest);
    let role = head.usual_approver(&Subject::Document(id.clone()), ApprovalKind::Regular);
    let drafters = drafters((base, head), id, between);
    let eligible = role.as_deref().map(|role| eligible(head, role, &drafters)).unwrap_or_default();
    let why = match step {
        Step::First => "impact-why-first",
        Step::Major => "impact-why-major",
        Step::Minor => "impact-why-minor",
    };
    let newest = newest.map(|newest| newest.to_string()).unwrap_or_default();
    let entry = role.as_ref().and_then(|role| {
        let body = head.role(role).is_some_and(|role| role.body);
        let mut may: Vec<&Eligible> = eligible.iter().filter(|person| !person.drafter).collect();
        let approver = (!body && may.len() == 1).then(|| may.remove(0).id.clone());
        let entry = PartialApproval {
            version: Some(version),
            digest: Some(digest),
            approved_on: Some(head.today),
            effective: Some(head.today),
            role: Some(role.clone()),
            approver,
            drafters: drafters.clone(),
            based_on: head.based_on(id, head.today, known),
            ..PartialApproval::default()
        };
        let entry = entry.complete()?;
        let mut text = format!("# {}\n", catalogue.get("impact-entry-dates"));
        if !body && entry.approver.is_none() {
            text.push_str(&format!("# {}\n", catalogue.get("impact-entry-approver")));
        }
        Some(text + &entry.to_toml())
    });
    Some(ApprovalChange {
        step: Some(step),
        role_name: role.as_deref().map(|role| head.role_name(role).to_owned()),
        body: role.as_deref().and_then(|role| head.role(role)).is_some_and(|role| role.body),
        role,
        eligible,
        why: catalogue.text(&Text::new(why).arg("newest", newest)),
        entry,
        ..change
    })
}

fn step(head: &Handbook, id: &DocumentId, version: Version, newest: Option<Version>) -> Step {
    match newest {
        None => Step::First,
        Some(_) if head.is_minor_step(id, version) => Step::Minor,
        Some(_) => Step::Major,
    }
}

/// People whose mail addresses stand in the commits of a document's change.
fn drafters((base, head): (&Handbook, &Handbook), id: &DocumentId, between: &Between) -> Vec<String> {
    let paths: BTreeSet<&str> =
        [base, head].into_iter().filter_map(|side| Some(side.document(id)?.path.as_str())).collect();
    let wrote = |mail: &str| {
        let mut authors = paths.iter().filter_map(|path| between.authors.get(*path)).flatten();
        authors.any(|author| author.eq_ignore_ascii_case(mail))
    };
    let people = head.people.iter().filter(|person| person.emails.iter().any(|mail| wrote(&mail.value)));
    people.map(|person| person.id.value.clone()).collect()
}

fn eligible(head: &Handbook, role: &str, drafters: &[String]) -> Vec<Eligible> {
    let holders = head.people.iter().filter(|person| person.holds(role, head.today));
    let eligible = holders.map(|person| Eligible {
        id: person.id.value.clone(),
        name: person.name.value.clone(),
        drafter: drafters.contains(&person.id.value),
    });
    eligible.collect()
}
