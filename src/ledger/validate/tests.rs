//! Requests against the people, roles and ledgers of a small organisation.

use jiff::civil::{Date, date};

use super::*;
use crate::approved_copy::CopyDigest;
use crate::ledger::{
    ApprovalKind, EntryKind, PartialAnnouncement, PartialApproval, PartialRetirement, PartialReview, ReviewOutcome,
};
use crate::parse::people;
use crate::source::SourceDb;

const ROLES: &str = "[[role]]\nid = \"board\"\nname = \"取締役会\"\nbody = true\n\n\
                     [[role]]\nid = \"ciso\"\nname = \"CISO\"\n\n[[role]]\nid = \"audit\"\nname = \"内部監査室\"\n";
const PEOPLE: &str = "[[person]]\nid = \"sato\"\nname = \"佐藤\"\nroles = [{ role = \"ciso\", from = 2025-01-01 }]\n\n\
                      [[person]]\nid = \"suzuki\"\nname = \"鈴木\"\n";
const TODAY: Date = date(2026, 11, 20);

struct Organisation {
    roles: Vec<Role>,
    people: Vec<Person>,
    ledgers: BTreeMap<DocumentId, Ledger>,
}

impl Organisation {
    fn new(ledgers: &[(&str, &str)]) -> Self {
        let file = SourceDb::default().add("x", String::new());
        let ledger = |(name, text): &(&str, &str)| {
            let (ledger, problems) = Ledger::read(file, name, text);
            assert!(problems.is_empty(), "{problems:?}");
            (id(name), ledger)
        };
        let ledgers = ledgers.iter().map(ledger).collect();
        Self { roles: people::roles(file, ROLES).0, people: people::people(file, PEOPLE).0, ledgers }
    }

    fn context(&self) -> ValidationContext<'_> {
        let Self { roles, people, ledgers } = self;
        ValidationContext { today: TODAY, roles, people, ledgers, other_ledgers: &[] }
    }
}

fn id(text: &str) -> DocumentId {
    DocumentId::parse(text).unwrap()
}

fn document(text: &str) -> Subject {
    Subject::Document(id(text))
}

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

fn approved(number: &str, text: &str, on: Date) -> String {
    let entry = PartialApproval {
        version: Some(version(number)),
        digest: Some(CopyDigest::of(text.as_bytes())),
        approved_on: Some(on),
        effective: Some(on),
        role: Some("board".into()),
        ..PartialApproval::default()
    };
    entry.complete().unwrap().to_toml() + "\n"
}

fn basis(number: &str, text: &str) -> ApprovalBasis {
    ApprovalBasis {
        text: Ok(ApprovableText {
            version: Some(version(number)),
            digest: CopyDigest::of(text.as_bytes()),
            reading: None,
        }),
        approvers: Approvers {
            usual: Some("ciso".into()),
            table: "[tiers.control]".into(),
            minor: Some("audit".into()),
            provisional: Err(Text::new("approve-provisional-not-allowed")),
        },
        implements: vec![id("P-01")],
    }
}

fn request() -> ApprovalRequest {
    let entry = PartialApproval {
        approved_on: Some(date(2026, 11, 1)),
        approver: Some("sato".into()),
        ..PartialApproval::default()
    };
    ApprovalRequest { subject: document("P-02"), entry, ratify: false, again: false }
}

/// What is wrong with one request, by the keys of the reasons.
fn reasons(validation: &Validation) -> Vec<&'static str> {
    validation.as_ref().err().into_iter().flatten().map(Text::key).collect()
}

fn refused(organisation: &Organisation, request: ApprovalRequest, basis: ApprovalBasis) -> Vec<&'static str> {
    reasons(&validate_approvals(&organisation.context(), &[(request, basis)], &[])[0])
}

fn changed(change: impl FnOnce(&mut ApprovalRequest)) -> ApprovalRequest {
    let mut request = request();
    change(&mut request);
    request
}

#[test]
fn an_approval_takes_what_it_does_not_say_from_its_basis() {
    let organisation = Organisation::new(&[("P-01", &approved("3.0", "上", date(2026, 4, 1)))]);
    let validations = validate_approvals(&organisation.context(), &[(request(), basis("1.0", "本文"))], &[]);
    let validated = validations[0].as_ref().unwrap();
    let NewEntry::Approval(entry) = &validated.entry else { panic!("{validated:?}") };
    assert_eq!((entry.version, entry.digest), (version("1.0"), CopyDigest::of("本文".as_bytes())));
    assert_eq!((entry.effective, entry.role.as_str()), (date(2026, 11, 1), "ciso"));
    assert_eq!(entry.based_on.iter().collect::<Vec<_>>(), [("P-01", version("3.0"))]);
    assert!(!validated.recorded);
}

#[test]
fn every_reason_against_an_approval_is_found() {
    let organisation = Organisation::new(&[]);
    let wrong = changed(|request| {
        request.entry.approved_on = Some(date(2026, 12, 1));
        request.entry.effective = Some(date(2026, 11, 30));
        request.entry.role = Some("audit".into());
        request.entry.drafters = vec!["sato".into(), "nobody".into()];
        request.again = true;
    });
    let found = refused(&organisation, wrong, basis("1.0", "本文"));
    let wanted = [
        "approve-not-in-office",
        "approve-wrong-rank",
        "no-such-person",
        "approve-own-draft",
        "approve-in-future",
        "approve-before-decision",
        "flag-needed",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn who_decides_is_a_body_or_a_person_in_office() {
    let organisation = Organisation::new(&[]);
    let one = |role: &str, approver: Option<&str>, chair: Option<&str>| {
        let request = changed(|request| {
            request.entry.role = Some(role.into());
            request.entry.approver = approver.map(str::to_owned);
            request.entry.chair = chair.map(str::to_owned);
        });
        let mut basis = basis("1.0", "本文");
        basis.approvers.usual = Some(role.into());
        refused(&organisation, request, basis)
    };
    assert!(one("board", None, Some("sato")).is_empty());
    assert_eq!(one("board", Some("sato"), None), ["approve-body-with-approver"]);
    assert_eq!(one("ciso", None, None), ["approve-nobody"]);
    assert_eq!(one("ciso", Some("suzuki"), None), ["approve-not-in-office"]);
    assert_eq!(one("ciso", Some("sato"), Some("suzuki")), ["approve-chair-without-body"]);
    assert_eq!(one("unknown", Some("sato"), None), ["approve-unknown-role"]);
}

#[test]
fn a_drafter_approves_only_where_somebody_else_monitors() {
    let organisation = Organisation::new(&[]);
    let own = |text: &str| {
        let request = changed(|request| {
            request.entry.drafters = vec!["sato".into()];
            request.entry.self_approval = Some(text.into());
        });
        refused(&organisation, request, basis("1.0", "本文"))
    };
    assert_eq!(own("人がいない"), ["approve-no-monitor"]);
    assert_eq!(own("CISO が見る"), ["approve-no-monitor"], "their own role");
    assert!(own("内部監査室が見る").is_empty());
}

#[test]
fn a_version_names_one_text_and_only_rises() {
    let ledger = approved("2.0", "本文", date(2026, 4, 1));
    let organisation = Organisation::new(&[("P-02", &ledger)]);
    let text = |number: &str, text: &str| refused(&organisation, request(), basis(number, text));
    assert_eq!(text("2.0", "本文"), ["approve-already"]);
    assert_eq!(text("2.0", "別の本文"), ["approve-other-text"]);
    assert_eq!(text("1.9", "別の本文"), ["approve-version-lower"]);
    assert!(text("3.0", "別の本文").is_empty());
    let other = changed(|request| request.entry.version = Some(version("4.0")));
    assert_eq!(refused(&organisation, other, basis("3.0", "別の本文")), ["approve-other-version"]);
    let again = changed(|request| {
        request.again = true;
        request.entry.reason = Some("役職の誤り".into());
    });
    assert!(refused(&organisation, again, basis("2.0", "本文")).is_empty());
    let twice = [(request(), basis("3.0", "別")), (request(), basis("3.0", "別"))];
    let found = validate_approvals(&organisation.context(), &twice, &[]);
    assert_eq!((reasons(&found[0]), reasons(&found[1])), (vec![], vec!["approve-twice"]));
}

#[test]
fn an_entry_that_is_written_already_is_known_again() {
    let written = |context: &ValidationContext<'_>| {
        validate_approvals(context, &[(request(), basis("1.0", "本文"))], &[]).remove(0).unwrap()
    };
    let first = written(&Organisation::new(&[]).context());
    let organisation = Organisation::new(&[("P-02", &first.entry.to_toml())]);
    let second = written(&organisation.context());
    assert_eq!((first.recorded, second.recorded), (false, true));
    assert_eq!(first.entry, second.entry);
}

#[test]
fn an_editorial_step_may_be_approved_by_the_delegate_and_others_not() {
    let organisation = Organisation::new(&[("P-02", &approved("2.0", "本文", date(2026, 4, 1)))]);
    let by = |number: &str| {
        let request = changed(|request| request.entry.role = Some("audit".into()));
        refused(&organisation, request, basis(number, "新しい本文"))
    };
    assert_eq!(by("2.1"), ["approve-not-in-office"], "the rank is right");
    assert_eq!(by("3.0"), ["approve-not-in-office", "approve-wrong-rank"]);
}

#[test]
fn a_provisional_approval_is_allowed_by_the_tier_and_ends_by_a_day() {
    let organisation = Organisation::new(&[]);
    let provisional = |ratify_by: Option<Date>, allowed: bool| {
        let request = changed(|request| {
            request.entry.kind = ApprovalKind::Provisional;
            request.entry.ratify_by = ratify_by;
        });
        let mut basis = basis("1.0", "本文");
        if allowed {
            basis.approvers.provisional = Ok("ciso".into());
        }
        refused(&organisation, request, basis)
    };
    assert_eq!(provisional(None, false), ["approve-provisional-not-allowed"]);
    assert_eq!(provisional(None, true), ["flag-needed"]);
    assert_eq!(provisional(Some(date(2026, 10, 31)), true), ["approve-ratify-by-before"]);
    assert!(provisional(Some(date(2026, 12, 31)), true).is_empty());
    let ratify = changed(|request| request.ratify = true);
    assert_eq!(refused(&organisation, ratify, basis("1.0", "本文")), ["approve-nothing-to-ratify"]);
}

#[test]
fn approvals_of_one_run_are_based_on_each_other() {
    let organisation = Organisation::new(&[]);
    let above = ApprovalRequest { subject: document("P-01"), ..request() };
    let of_above = ApprovalBasis { implements: Vec::new(), ..basis("5.0", "上") };
    let requests = [(request(), basis("1.0", "本文")), (above, of_above)];
    let found = validate_approvals(&organisation.context(), &requests, &[]);
    let NewEntry::Approval(entry) = &found[0].as_ref().unwrap().entry else { panic!("{found:?}") };
    assert_eq!(entry.based_on.iter().collect::<Vec<_>>(), [("P-01", version("5.0"))]);
}

#[test]
fn a_review_needs_something_in_force_and_a_known_reviewer() {
    let organisation = Organisation::new(&[("P-02", &approved("1.0", "本文", date(2026, 4, 1)))]);
    let review = |on: Date, reviewer: &str| {
        let entry = PartialReview {
            reviewed_on: Some(on),
            reviewer: Some(reviewer.into()),
            outcome: Some(ReviewOutcome::NoChange),
            ..PartialReview::default()
        };
        reasons(&validate_review(&organisation.context(), &ReviewRequest { subject: document("P-02"), entry }, &[]))
    };
    assert!(review(date(2026, 11, 1), "sato").is_empty());
    assert_eq!(review(date(2026, 3, 31), "nobody"), ["no-such-person", "review-nothing-in-force"]);
    assert_eq!(review(date(2026, 12, 1), "sato"), ["approve-in-future"]);
}

#[test]
fn a_retirement_ends_what_is_in_force_and_names_successors_that_exist() {
    let organisation = Organisation::new(&[("P-02", &approved("1.0", "本文", date(2026, 4, 1)))]);
    let retire = |effective: Date, successor: &str| {
        let entry = PartialRetirement {
            approved_on: Some(date(2026, 11, 1)),
            effective: Some(effective),
            approver: Some("sato".into()),
            replaced_by: vec![successor.into()],
            ..PartialRetirement::default()
        };
        let request = RetirementRequest { subjects: vec![document("P-02")], entry };
        let named = |written: &str| DocumentId::parse(written).filter(|id| id.as_str() != "P-99");
        let usual = [(Some("ciso".to_owned()), "[tiers.control]".to_owned())];
        reasons(&validate_retirement(&organisation.context(), &request, &usual, named)[0])
    };
    assert!(retire(date(2026, 12, 1), "P-03").is_empty());
    assert_eq!(retire(date(2026, 12, 1), "P-99"), ["retire-unknown-successor"]);
    assert_eq!(retire(date(2026, 12, 1), "P-02"), ["retire-own-successor"]);
    let early = ["retire-before-decision", "retire-nothing-in-force", "retire-pending"];
    assert_eq!(retire(date(2026, 3, 1), "P-03"), early);
}

#[test]
fn an_announcement_is_of_the_newest_version_approved_by_its_day() {
    let ledger = approved("1.0", "本文", date(2026, 4, 1)) + &approved("2.0", "新しい本文", date(2026, 10, 1));
    let organisation = Organisation::new(&[("P-02", &ledger)]);
    let announce = |on: Date, number: Option<&str>| {
        let entry =
            PartialAnnouncement { on: Some(on), version: number.map(version), ..PartialAnnouncement::default() };
        let request = AnnouncementRequest { subject: document("P-02"), entry };
        validate_announcement(&organisation.context(), &request, &["audit".to_owned()])
    };
    let validated = announce(date(2026, 9, 30), None).unwrap();
    let NewEntry::Announcement(entry) = validated.entry else { panic!("{:?}", validated.entry) };
    assert_eq!((entry.version, entry.to), (version("1.0"), vec!["audit".to_owned()]));
    assert_eq!(reasons(&announce(date(2026, 9, 30), Some("2.0"))), ["announce-before-approval"]);
    assert_eq!(reasons(&announce(date(2026, 11, 1), Some("9.0"))), ["announce-unknown-version"]);
}
