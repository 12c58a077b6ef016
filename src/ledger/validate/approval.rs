//! An approval that is about to be recorded.

use jiff::civil::Date;

use super::authority::{self, Decider};
use super::{InForce, ValidatedEntry, Validation, ValidationContext, flag_needed};
use crate::approved_copy::CopyDigest;
use crate::ledger::lifecycle::would_be_minor_step;
use crate::ledger::{Approval, ApprovalKind, Ledger, NewEntry, PartialApproval, Subject};
use crate::locale::Text;
use crate::model::id::{DocumentId, Version};

/// What somebody wants to record as approved.
#[derive(Debug, Clone)]
pub struct ApprovalRequest {
    /// What was approved.
    pub subject: Subject,
    /// The entry as far as it was asked for. Text and version come from the tree: a version given here is the one that
    /// must stand there, or the number of an approved record. Without 施行日 it is 承認日, without a role the usual one.
    pub entry: PartialApproval,
    /// Ratifies the provisional approval whatever stands in the tree.
    pub ratify: bool,
    /// Approves the same text once more, which corrects a faulty entry.
    pub again: bool,
}

impl ApprovalRequest {
    /// The day from which it would be in force.
    pub fn effective(&self) -> Option<Date> {
        self.entry.effective.or(self.entry.approved_on)
    }

    fn is_provisional(&self) -> bool {
        self.entry.kind == ApprovalKind::Provisional
    }
}

/// What the handbook says of a subject that somebody approves.
#[derive(Debug, Clone)]
pub struct ApprovalBasis {
    /// The text that would be approved, or why there is none.
    pub text: Result<ApprovableText, Text>,
    /// Who may approve it.
    pub approvers: Approvers,
    /// Documents that it implements.
    pub implements: Vec<DocumentId>,
}

/// The text that an approval would decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApprovableText {
    /// The version that it states; an approved record states none.
    pub version: Option<Version>,
    /// The digest of its approved copy.
    pub digest: CopyDigest,
    /// The digest of the copy's tree as this program reads it; none for an approved record.
    pub reading: Option<CopyDigest>,
}

/// Roles that may approve a subject.
#[derive(Debug, Clone)]
pub struct Approvers {
    /// The usual one; nobody may where none is set.
    pub usual: Option<String>,
    /// The table of `kitei.toml` that states it, or would.
    pub table: String,
    /// The one to which editorial changes are delegated.
    pub minor: Option<String>,
    /// The one that may approve provisionally, or why none may.
    pub provisional: Result<String, Text>,
}

/// What is to be approved.
struct Target {
    version: Version,
    digest: CopyDigest,
    reading: Option<CopyDigest>,
    /// Roles that may approve it, the usual one first; nobody where empty.
    allowed: Vec<String>,
    /// 承認日 of the provisional approval that this one ratifies.
    ratifies: Option<Date>,
}

/// Validates approvals that are decided together, in their order: each is based on the versions that are in force on
/// its 施行日, the others of `requests` and those of `past` among them.
pub fn validate_approvals(
    context: &ValidationContext<'_>,
    requests: &[(ApprovalRequest, ApprovalBasis)],
    past: &[InForce],
) -> Vec<Validation> {
    let targets: Vec<Result<Target, Vec<Text>>> =
        requests.iter().map(|(request, basis)| target(context, request, basis)).collect();
    let mut known = past.to_vec();
    for ((request, _), target) in requests.iter().zip(&targets) {
        if let (Ok(target), Subject::Document(id), Some(effective)) = (target, &request.subject, request.effective()) {
            known.push((id.clone(), effective, target.version));
        }
    }
    let repeated =
        |index: usize| requests[..index].iter().any(|(earlier, _)| earlier.subject == requests[index].0.subject);
    let mut validations = Vec::new();
    for (index, (target, (request, basis))) in targets.into_iter().zip(requests).enumerate() {
        validations.push(match repeated(index) {
            true => Err(vec![Text::new("approve-twice")]),
            false => target.and_then(|target| one(context, request, basis, &target, &known)),
        });
    }
    validations
}

fn one(
    context: &ValidationContext<'_>,
    request: &ApprovalRequest,
    basis: &ApprovalBasis,
    target: &Target,
    known: &[InForce],
) -> Validation {
    let (subject, asked) = (&request.subject, &request.entry);
    let (Some(approved), Some(effective)) = (asked.approved_on, request.effective()) else {
        return Err(vec![flag_needed("--on")]);
    };
    let Some(role) = asked.role.clone().or_else(|| target.allowed.first().cloned()) else {
        return Err(vec![flag_needed("--role")]);
    };
    let mut reasons = Vec::new();
    let (approver, chair) = (asked.approver.as_deref(), asked.chair.as_deref());
    authority::check(context, Decider { role: &role, approver, chair, on: approved }, &mut reasons);
    // What is adopted was approved under rules that the repository does not hold; what was approved here is not adopted.
    let here = |ledger: &Ledger| ledger.approvals.iter().any(|approval| approval.adopted_from.is_none());
    if asked.adopted_from.is_none() || context.ledger(subject).is_some_and(here) {
        authority::check_rank(context, &role, &target.allowed, &basis.approvers.table, &mut reasons);
    }
    let named = asked.drafters.iter().chain(&asked.checked_by).chain(&asked.recorded_by);
    authority::known_people(context, named.map(String::as_str), &mut reasons);
    own_draft(context, asked, &mut reasons);
    dates(context, request, (approved, effective), target, &mut reasons);
    if request.again && asked.reason.is_none() {
        reasons.push(flag_needed("--reason"));
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let entry = PartialApproval {
        version: Some(target.version),
        digest: Some(target.digest),
        reading: target.reading,
        effective: Some(effective),
        role: Some(role),
        based_on: context.based_on(&basis.implements, effective, known),
        ..asked.clone()
    };
    let entry = entry.complete().ok_or_else(|| vec![flag_needed("--on")])?;
    let ledger = context.ledger(subject);
    let approved_before =
        target.ratifies.is_none() && !request.again && ledger.is_some_and(|ledger| is_approved(ledger, &entry));
    let validated = ValidatedEntry::new(subject, NewEntry::Approval(Box::new(entry)), ledger);
    if !validated.recorded && approved_before {
        return Err(vec![Text::new("approve-already").arg("version", target.version.to_string())]);
    }
    Ok(validated)
}

/// Whether a version is approved with this very text.
fn is_approved(ledger: &Ledger, entry: &Approval) -> bool {
    ledger.approvals.iter().any(|approval| approval.same_text(entry))
}

/// The text to approve: the tree's, or the one that is to be ratified.
fn target(
    context: &ValidationContext<'_>,
    request: &ApprovalRequest,
    basis: &ApprovalBasis,
) -> Result<Target, Vec<Text>> {
    let ledger = context.ledger(&request.subject);
    let provisional = ledger.and_then(unratified).filter(|_| !request.is_provisional());
    if request.ratify && provisional.is_none() {
        return Err(vec![Text::new("approve-nothing-to-ratify")]);
    }
    let (version, digest, reading) = match provisional.filter(|_| request.ratify) {
        Some(provisional) => (provisional.version, provisional.digest, provisional.reading),
        None => match &basis.text {
            Ok(ApprovableText { version, digest, reading }) => {
                let version = version.or(request.entry.version).unwrap_or_else(|| next_number(ledger, *digest));
                (version, *digest, *reading)
            }
            Err(reason) => return Err(vec![reason.clone()]),
        },
    };
    if let Some(wanted) = request.entry.version.filter(|wanted| *wanted != version) {
        let text = Text::new("approve-other-version").arg("wanted", wanted.to_string());
        return Err(vec![text.arg("version", version.to_string())]);
    }
    let ratifies = provisional.filter(|provisional| (provisional.version, provisional.digest) == (version, digest));
    let ratifies = ratifies.map(|provisional| provisional.approved_on);
    if ratifies.is_none() {
        not_taken(ledger, version, digest)?;
    }
    let allowed = allowed(&basis.approvers, request.entry.kind, ledger, version)?;
    Ok(Target { version, digest, reading, allowed, ratifies })
}

/// The newest provisional approval that was not ratified.
fn unratified(ledger: &Ledger) -> Option<&Approval> {
    let open = |index: &usize| {
        ledger.approvals[*index].kind == ApprovalKind::Provisional && ledger.ratification(*index).is_none()
    };
    let newest = (0..ledger.approvals.len()).rev().find(open)?;
    Some(&ledger.approvals[newest])
}

/// The number of an approved record, which states none: that of the newest approval where the text is the same, or one
/// major step up.
fn next_number(ledger: Option<&Ledger>, digest: CopyDigest) -> Version {
    let newest = ledger.and_then(|ledger| {
        ledger.approvals.iter().enumerate().max_by_key(|(index, approval)| (approval.version, *index))
    });
    match newest {
        None => Version { major: 1, minor: 0 },
        Some((_, newest)) if newest.digest == digest => newest.version,
        Some((_, newest)) => newest.version.next_major(),
    }
}

/// One version names one text, and numbers only rise.
fn not_taken(ledger: Option<&Ledger>, version: Version, digest: CopyDigest) -> Result<(), Vec<Text>> {
    let Some(ledger) = ledger else { return Ok(()) };
    let mut same = ledger.approvals.iter().filter(|approval| approval.version == version).peekable();
    if same.peek().is_some() {
        return match same.any(|approval| approval.digest == digest) {
            true => Ok(()),
            false => Err(vec![Text::new("approve-other-text").arg("version", version.to_string())]),
        };
    }
    let past = ledger.past.iter().map(|past| past.version);
    match ledger.approvals.iter().map(|approval| approval.version).chain(past).max() {
        Some(newest) if newest > version => {
            Err(vec![Text::new("approve-version-lower").arg("version", newest.to_string())])
        }
        _ => Ok(()),
    }
}

/// Roles that may approve a version, the usual one first.
fn allowed(
    approvers: &Approvers,
    kind: ApprovalKind,
    ledger: Option<&Ledger>,
    version: Version,
) -> Result<Vec<String>, Vec<Text>> {
    if kind == ApprovalKind::Provisional {
        return approvers.provisional.clone().map(|role| vec![role]).map_err(|reason| vec![reason]);
    }
    let minor = ledger.is_some_and(|ledger| would_be_minor_step(ledger, version));
    let delegated = approvers.minor.clone().filter(|_| minor);
    let mut roles: Vec<String> = delegated.into_iter().chain(approvers.usual.clone()).collect();
    roles.dedup();
    Ok(roles)
}

/// A drafter who approves needs an exception that says which department monitors.
fn own_draft(context: &ValidationContext<'_>, asked: &PartialApproval, reasons: &mut Vec<Text>) {
    let Some(person) = asked.approver.as_ref().filter(|person| asked.drafters.contains(person)) else { return };
    let name = context.person_name(person);
    match &asked.self_approval {
        None => reasons.push(Text::new("approve-own-draft").arg("person", name)),
        Some(text) if !authority::names_a_monitor(context, text, person) => {
            reasons.push(Text::new("approve-no-monitor").arg("person", name));
        }
        Some(_) => {}
    }
}

fn dates(
    context: &ValidationContext<'_>,
    request: &ApprovalRequest,
    (approved, effective): (Date, Date),
    target: &Target,
    reasons: &mut Vec<Text>,
) {
    let both = |key: &'static str| Text::new(key).arg("effective", effective).arg("approved", approved);
    if context.is_in_future(approved) {
        reasons.push(Text::new("approve-in-future").arg("date", approved).arg("today", context.today));
    }
    match &request.entry.retroactive {
        None if effective < approved => reasons.push(both("approve-before-decision")),
        Some(_) if effective >= approved => reasons.push(both("approve-not-retroactive")),
        _ => {}
    }
    if let Some(on) = target.ratifies.filter(|on| approved < *on) {
        reasons.push(Text::new("approve-ratified-before").arg("approved", approved).arg("provisional", on));
    }
    if !request.is_provisional() {
        return;
    }
    if effective != approved {
        reasons.push(both("approve-provisional-later"));
    }
    match request.entry.ratify_by {
        None => reasons.push(flag_needed("--ratify-by")),
        Some(day) if day < approved => {
            reasons.push(Text::new("approve-ratify-by-before").arg("day", day).arg("approved", approved));
        }
        Some(_) => {}
    }
}
