//! An approval that is about to be recorded.

use jiff::civil::Date;

use super::authority::{self, Decider};
use super::{Judged, Judgement, Subject, not_yet};
use crate::digest::Digest;
use crate::export::ledger::{NewApproval, NewEntry};
use crate::handbook::Handbook;
use crate::handbook::standing::would_be_minor_step;
use crate::locale::Text;
use crate::model::id::{DocumentId, Version};
use crate::model::ledger::{ApprovalKind, Ledger};

/// What somebody wants to record as approved. Text and version come from the tree.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What was approved.
    pub subject: Subject,
    /// The version that must stand in the tree; the number to give to an approved record.
    pub version: Option<Version>,
    /// 承認日.
    pub approved_on: Date,
    /// 施行日; 承認日 where absent.
    pub effective: Option<Date>,
    /// Capacity (role id); the usual one where absent.
    pub role: Option<String>,
    /// Person id.
    pub approver: Option<String>,
    /// Chair of the body (person id).
    pub chair: Option<String>,
    /// 作成 (person ids).
    pub drafters: Vec<String>,
    /// 審査 (person ids).
    pub checked_by: Vec<String>,
    /// Who writes the entry (person id).
    pub recorded_by: Option<String>,
    /// 改訂内容.
    pub changes: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Decision reference.
    pub decision: Option<String>,
    /// Address of the pull request.
    pub pull_request: Option<String>,
    /// Why 施行日 lies before 承認日.
    pub retroactive: Option<String>,
    /// Exception under which a drafter approves, with the department that monitors.
    pub self_approval: Option<String>,
    /// Regular, or provisional until it is ratified.
    pub kind: ApprovalKind,
    /// Until when a provisional approval must be ratified.
    pub ratify_by: Option<Date>,
    /// The original outside the repository from which it is adopted.
    pub adopted_from: Option<String>,
    /// Ratifies the provisional approval whatever stands in the tree.
    pub ratify: bool,
    /// Approves the same text once more, which mends a faulty entry.
    pub again: bool,
}

/// A version and the day from which it is in force.
pub type InForce = (DocumentId, Date, Version);

/// What is to be approved.
struct Target {
    version: Version,
    digest: Digest,
    /// Roles that may approve it, the usual one first; nobody where empty.
    allowed: Vec<String>,
    /// 承認日 of the provisional approval that this one ratifies.
    ratifies: Option<Date>,
}

/// The role that would usually approve a subject as it stands, as an id.
pub fn usual_role(handbook: &Handbook, subject: &Subject, kind: ApprovalKind) -> Option<String> {
    match (subject, kind) {
        (Subject::Document(id), ApprovalKind::Provisional) => {
            let tier = handbook.config.tiers.get(&handbook.document(id)?.tier)?;
            tier.provisional_approver.as_ref().map(|role| role.value.clone())
        }
        (Subject::Document(id), ApprovalKind::Regular) => {
            let document = handbook.document(id)?;
            let version = document.front.version.as_ref()?.value;
            let minor = handbook.ledgers.get(id).is_some_and(|ledger| would_be_minor_step(ledger, version));
            handbook.approver_of(document, minor)
        }
        (Subject::Record(name), _) => handbook.config.record_approver(name).map(ToOwned::to_owned),
    }
}

/// Judges approvals that are decided together, in their order: each is read against the versions that are in force
/// on its 施行日, the others of `wishes` and those of `past` among them.
pub fn judge(handbook: &Handbook, wishes: &[Wish], past: &[InForce]) -> Vec<Judgement> {
    let targets: Vec<Result<Target, Vec<Text>>> = wishes.iter().map(|wish| target(handbook, wish)).collect();
    let mut known = past.to_vec();
    for (wish, target) in wishes.iter().zip(&targets) {
        if let (Ok(target), Subject::Document(id)) = (target, &wish.subject) {
            known.push((id.clone(), wish.effective.unwrap_or(wish.approved_on), target.version));
        }
    }
    let repeated = |index: usize| wishes[..index].iter().any(|earlier| earlier.subject == wishes[index].subject);
    let mut judgements = Vec::new();
    for (index, target) in targets.into_iter().enumerate() {
        judgements.push(if repeated(index) {
            Err(vec![Text::new("approve-twice")])
        } else {
            target.and_then(|target| one(handbook, &wishes[index], &target, &known))
        });
    }
    judgements
}

fn one(handbook: &Handbook, wish: &Wish, target: &Target, known: &[InForce]) -> Judgement {
    let mut reasons = Vec::new();
    let effective = wish.effective.unwrap_or(wish.approved_on);
    let role = wish.role.clone().or_else(|| target.allowed.first().cloned());
    let Some(role) = role else { return Err(vec![Text::new("flag-needed").arg("flag", "--role")]) };
    let decider =
        Decider { role: &role, approver: wish.approver.as_deref(), chair: wish.chair.as_deref(), on: wish.approved_on };
    authority::check(handbook, decider, &mut reasons);
    // What is adopted was approved under rules that the repository does not hold.
    if wish.adopted_from.is_none() {
        let table = wish.subject.approver_table(handbook);
        authority::check_rank(handbook, &role, &target.allowed, &table, &mut reasons);
    }
    let named = wish.drafters.iter().chain(&wish.checked_by).chain(&wish.recorded_by);
    authority::known_people(handbook, named.map(String::as_str), &mut reasons);
    self_approval(handbook, wish, &mut reasons);
    dates(handbook, wish, effective, target, &mut reasons);
    if wish.again && wish.reason.is_none() {
        reasons.push(Text::new("flag-needed").arg("flag", "--reason"));
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let entry = NewApproval {
        version: target.version,
        digest: target.digest,
        approved_on: wish.approved_on,
        effective,
        role,
        approver: wish.approver.clone(),
        chair: wish.chair.clone(),
        drafters: wish.drafters.clone(),
        checked_by: wish.checked_by.clone(),
        recorded_by: wish.recorded_by.clone(),
        changes: wish.changes.clone(),
        reason: wish.reason.clone(),
        decision: wish.decision.clone(),
        against: wish.subject.id().map(|id| against(handbook, id, effective, known)).unwrap_or_default(),
        pull_request: wish.pull_request.clone(),
        kind: wish.kind,
        ratify_by: wish.ratify_by,
        retroactive: wish.retroactive.clone(),
        self_approval: wish.self_approval.clone(),
        adopted_from: wish.adopted_from.clone(),
    };
    let ledger = wish.subject.ledger(handbook);
    let judged = Judged::new(&wish.subject, NewEntry::Approval(Box::new(entry)), ledger);
    if !judged.recorded && target.ratifies.is_none() && !wish.again && is_approved(ledger, target) {
        return Err(vec![Text::new("approve-already").arg("version", target.version.to_string())]);
    }
    Ok(judged)
}

/// Whether a version is approved with this very text.
fn is_approved(ledger: Option<&Ledger>, target: &Target) -> bool {
    ledger.is_some_and(|ledger| {
        ledger.approvals.iter().any(|approval| {
            approval.version.value == target.version && Digest::parse(&approval.digest.value) == Some(target.digest)
        })
    })
}

/// The text to approve: the tree's, or the one that is to be ratified.
fn target(handbook: &Handbook, wish: &Wish) -> Result<Target, Vec<Text>> {
    let ledger = wish.subject.ledger(handbook);
    let provisional = ledger.and_then(unratified).filter(|_| wish.kind == ApprovalKind::Regular);
    if wish.ratify && provisional.is_none() {
        return Err(vec![Text::new("approve-nothing-to-ratify")]);
    }
    let (version, digest) = match provisional.filter(|_| wish.ratify) {
        Some((version, digest, _)) => (version, digest),
        None => match &wish.subject {
            Subject::Document(id) => document_text(handbook, id)?,
            Subject::Record(name) => record_text(handbook, name, wish, ledger)?,
        },
    };
    if let Some(wanted) = wish.version.filter(|wanted| *wanted != version) {
        let text = Text::new("approve-other-version").arg("wanted", wanted.to_string());
        return Err(vec![text.arg("version", version.to_string())]);
    }
    let ratifies = provisional.filter(|(v, d, _)| (*v, *d) == (version, digest)).map(|(.., on)| on);
    if ratifies.is_none() {
        not_taken(ledger, version, digest)?;
    }
    let allowed = match &wish.subject {
        Subject::Document(id) => allowed(handbook, id, wish.kind, ledger, version)?,
        Subject::Record(_) if wish.kind == ApprovalKind::Provisional => {
            return Err(vec![Text::new("approve-provisional-record")]);
        }
        Subject::Record(name) => handbook.config.record_approver(name).map(ToOwned::to_owned).into_iter().collect(),
    };
    Ok(Target { version, digest, allowed, ratifies })
}

/// Version and text of the newest provisional approval that was not ratified, and its 承認日.
fn unratified(ledger: &Ledger) -> Option<(Version, Digest, Date)> {
    let open = |index: &usize| {
        ledger.approvals[*index].kind == ApprovalKind::Provisional && ledger.ratification(*index).is_none()
    };
    let approval = &ledger.approvals[(0..ledger.approvals.len()).rev().find(open)?];
    Some((approval.version.value, Digest::parse(&approval.digest.value)?, approval.approved_on.value))
}

fn document_text(handbook: &Handbook, id: &DocumentId) -> Result<(Version, Digest), Vec<Text>> {
    let faults = || vec![Text::new("approve-has-faults")];
    let index = handbook.index(id).ok_or_else(|| vec![Text::new("approve-not-in-tree")])?;
    let document = &handbook.documents[index];
    if handbook.problems.iter().any(|problem| problem.place.file == document.file) {
        return Err(faults());
    }
    let version = document.front.version.as_ref().ok_or_else(faults)?.value;
    Ok((version, handbook.digests[index].ok_or_else(faults)?))
}

/// A record states no version: its approval numbers it, as asked for or one major step up.
fn record_text(
    handbook: &Handbook,
    name: &str,
    wish: &Wish,
    ledger: Option<&Ledger>,
) -> Result<(Version, Digest), Vec<Text>> {
    let effective = wish.effective.unwrap_or(wish.approved_on);
    let digest = handbook.record_digest(name, effective).map_err(|reason| vec![reason])?;
    let newest = ledger.and_then(|ledger| {
        ledger.approvals.iter().enumerate().max_by_key(|(index, approval)| (approval.version.value, *index))
    });
    let next = newest.map_or(Version { major: 1, minor: 0 }, |(_, newest)| {
        if Digest::parse(&newest.digest.value) == Some(digest) {
            newest.version.value
        } else {
            newest.version.value.next_major()
        }
    });
    Ok((wish.version.unwrap_or(next), digest))
}

/// One version names one text, and numbers only rise.
fn not_taken(ledger: Option<&Ledger>, version: Version, digest: Digest) -> Result<(), Vec<Text>> {
    let Some(ledger) = ledger else { return Ok(()) };
    let mut same = ledger.approvals.iter().filter(|approval| approval.version.value == version).peekable();
    if same.peek().is_some() {
        return if same.any(|approval| Digest::parse(&approval.digest.value) == Some(digest)) {
            Ok(())
        } else {
            Err(vec![Text::new("approve-other-text").arg("version", version.to_string())])
        };
    }
    let past = ledger.past.iter().map(|past| past.version.value);
    match ledger.approvals.iter().map(|approval| approval.version.value).chain(past).max() {
        Some(newest) if newest > version => {
            Err(vec![Text::new("approve-version-lower").arg("version", newest.to_string())])
        }
        _ => Ok(()),
    }
}

/// Roles that may approve a version of a document, the usual one first.
fn allowed(
    handbook: &Handbook,
    id: &DocumentId,
    kind: ApprovalKind,
    ledger: Option<&Ledger>,
    version: Version,
) -> Result<Vec<String>, Vec<Text>> {
    let Some(document) = handbook.document(id) else { return Ok(Vec::new()) };
    if kind == ApprovalKind::Provisional {
        let tier = handbook.config.tiers.get(&document.tier);
        return match tier.and_then(|tier| tier.provisional_approver.as_ref()) {
            Some(role) => Ok(vec![role.value.clone()]),
            None => Err(vec![Text::new("approve-provisional-not-allowed").arg("tier", document.tier.name())]),
        };
    }
    let minor = ledger.is_some_and(|ledger| would_be_minor_step(ledger, version));
    let delegated = minor.then(|| handbook.approver_of(document, true)).flatten();
    let mut roles: Vec<String> = delegated.into_iter().chain(handbook.approver_of(document, false)).collect();
    roles.dedup();
    Ok(roles)
}

/// A drafter who approves needs an exception that says which department monitors.
fn self_approval(handbook: &Handbook, wish: &Wish, reasons: &mut Vec<Text>) {
    let Some(person) = wish.approver.as_ref().filter(|person| wish.drafters.contains(person)) else { return };
    let name = handbook.person_name(person);
    match &wish.self_approval {
        None => reasons.push(Text::new("approve-own-draft").arg("person", name)),
        Some(text) if !authority::names_a_monitor(handbook, text, person) => {
            reasons.push(Text::new("approve-no-monitor").arg("person", name));
        }
        Some(_) => {}
    }
}

fn dates(handbook: &Handbook, wish: &Wish, effective: Date, target: &Target, reasons: &mut Vec<Text>) {
    let approved = wish.approved_on;
    let told = |key: &'static str| Text::new(key).arg("effective", effective).arg("approved", approved);
    if not_yet(handbook, approved) {
        reasons.push(Text::new("approve-in-future").arg("date", approved).arg("today", handbook.today));
    }
    match &wish.retroactive {
        None if effective < approved => reasons.push(told("approve-before-decision")),
        Some(_) if effective >= approved => reasons.push(told("approve-not-retroactive")),
        _ => {}
    }
    if let Some(on) = target.ratifies.filter(|on| approved < *on) {
        reasons.push(Text::new("approve-ratified-before").arg("approved", approved).arg("provisional", on));
    }
    if wish.kind != ApprovalKind::Provisional {
        return;
    }
    if effective != approved {
        reasons.push(told("approve-provisional-later"));
    }
    match wish.ratify_by {
        None => reasons.push(Text::new("flag-needed").arg("flag", "--ratify-by")),
        Some(day) if day < approved => {
            reasons.push(Text::new("approve-ratify-by-before").arg("day", day).arg("approved", approved));
        }
        Some(_) => {}
    }
}

/// Versions in force, on a date, of what a document implements: by the ledger, its versions of times before the
/// repository, and what is known beside it.
pub(crate) fn against(
    handbook: &Handbook,
    id: &DocumentId,
    date: Date,
    known: &[InForce],
) -> Vec<(DocumentId, Version)> {
    let Some(document) = handbook.document(id) else { return Vec::new() };
    let mut found: Vec<(DocumentId, Version)> = handbook
        .implements(document)
        .filter_map(|(above, _)| {
            let above = handbook.document(&DocumentId::parse(above)?)?.id()?.clone();
            let standing = handbook.standing_on(&above, date);
            let approved = standing.in_force.map(|approval| (approval.effective.value, approval.version.value));
            let past = handbook.ledgers.get(&above).into_iter().flat_map(|ledger| &ledger.past);
            let past = past.map(|past| (past.effective.value, past.version.value));
            let new =
                known.iter().filter(|(id, ..)| *id == above).map(|(_, effective, version)| (*effective, *version));
            let come = past.chain(new).filter(|(effective, _)| *effective <= date && standing.retired.is_none());
            Some((above.clone(), approved.into_iter().chain(come).max()?.1))
        })
        .collect();
    found.sort();
    found.dedup();
    found
}
