//! Rules of approvals and reviews where one example on their page is not enough: faults that were mended, wordings
//! that only history holds, ledgers without a document.

use kitei::approved_copy::ApprovedCopy;
use kitei::check;
use kitei::load::MemoryFiles;
use kitei::workspace::{TreeRef, Workspace};

use crate::support::past::Tree;
use crate::support::{BASE, copies};

const P01: &str = "records/ledger/P-01.toml";
const COPY: &str = "records/approved/P-01/1.0.md";

/// `path:line key help-key` of every finding of a rule on 2026-11-20.
fn found(rule: &str, files: &[(&str, &str)]) -> Vec<String> {
    let mut memory = MemoryFiles::default();
    for (path, text) in BASE.iter().chain(files) {
        memory.insert(*path, *text);
    }
    let tree = Workspace::of_files(memory).at(TreeRef::WorkingTree).expect("there is a configuration");
    let handbook = tree.on(jiff::civil::date(2026, 11, 20));
    assert!(handbook.problems.is_empty(), "{:?}", handbook.problems);
    let report = check::run_rules(&handbook, &[check::find(rule).expect("the rule exists")]);
    let line = |d: &check::Diagnostic| {
        let file = handbook.sources.file(d.place.file);
        let help = d.help.as_ref().map_or("", |help| help.key());
        format!("{}:{} {} {help}", file.path(), file.position(d.place.span.start).line, d.message.key())
    };
    report.diagnostics.iter().map(line).collect()
}

fn document(version: &str) -> String {
    format!("+++\nid = \"P-01\"\ntitle = \"規程\"\nversion = \"{version}\"\nowner = \"office\"\n+++\n\n本文\n")
}

/// The approved copy of [`document`].
fn copy(version: &str) -> ApprovedCopy {
    let mut tree: Tree = BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    tree.insert("policies/a.md".to_owned(), document(version));
    copies::copy(&tree, "policies/a.md").expect("a document").2
}

fn approved(version: &str) -> String {
    copy(version).digest().to_string()
}

/// A digest of no text.
fn other(digit: char) -> String {
    format!("sha256:{}", digit.to_string().repeat(64))
}

/// An approval of eight lines; `rest` is its last.
fn approval(version: &str, digest: &str, on: &str, effective: &str, role: &str, rest: &str) -> String {
    format!(
        "[[approval]]\nversion = \"{version}\"\ndigest = \"{digest}\"\napproved_on = {on}\neffective = {effective}\n\
         role = \"{role}\"\n{rest}\n\n"
    )
}

fn board(version: &str, digit: char, on: &str, effective: &str) -> String {
    approval(version, &other(digit), on, effective, "board", "")
}

fn retirement(on: &str, effective: &str, role: &str) -> String {
    format!("[[retirement]]\napproved_on = {on}\neffective = {effective}\nrole = \"{role}\"\napprover = \"suzuki\"\n\n")
}

#[test]
fn a_text_that_one_of_two_approvals_of_its_version_names_is_approved() {
    let mine = approval("1.0", &approved("1.0"), "2026-03-20", "2026-04-01", "board", "");
    let ledger = mine + &board("1.0", '1', "2026-03-21", "2026-04-01");
    let copy = copy("1.0").text;
    let files = [("policies/a.md", &*document("1.0")), (P01, &*ledger), (COPY, &*copy)];
    assert!(found("unapproved-change", &files).is_empty());
    assert_eq!(found("duplicate-version", &files), [format!("{P01}:10 duplicate-version duplicate-version-help")]);
}

#[test]
fn a_version_below_the_newest_is_told_from_one_that_is_taken() {
    let ledger = board("1.0", '1', "2025-03-20", "2025-04-01") + &board("2.0", '2', "2026-03-20", "2026-04-01");
    let messages =
        |version: &str| found("version-not-increased", &[("policies/a.md", &document(version)), (P01, &ledger)]);
    assert_eq!(messages("1.1"), ["policies/a.md:4 version-not-increased version-not-increased-help"]);
    assert_eq!(messages("1.0"), ["policies/a.md:4 version-not-increased-taken version-not-increased-help"]);
    assert!(messages("2.0").is_empty() && messages("2.1").is_empty());
}

#[test]
fn a_text_that_left_the_tree_is_not_missing_and_its_review_falls_due_at_its_copy() {
    let ledger = approval("1.0", &approved("1.0"), "2025-03-20", "2025-04-01", "board", "");
    let copy = copy("1.0").text;
    let deleted = [(P01, &*ledger), (COPY, &*copy)];
    assert!(found("approved-text-missing", &deleted).is_empty());
    assert_eq!(found("review-overdue", &deleted), [format!("{P01}:1 review-overdue review-overdue-help")]);
    let missing = [(P01, &*ledger)];
    assert_eq!(
        found("approved-text-missing", &missing),
        [format!("{P01}:3 approved-text-missing approved-text-missing-help")]
    );
    // What cannot be read has no interval: one fault is reported once.
    assert!(found("review-overdue", &missing).is_empty());
    let other = copy.replace("本文", "他の文");
    assert_eq!(
        found("approved-copy-altered", &[(P01, &*ledger), (COPY, &*other)]),
        [format!("{COPY}:1 approved-copy-altered approved-copy-altered-help")]
    );
}

#[test]
fn approving_again_mends_a_faulty_approval() {
    let wrong =
        approval("1.0", &other('1'), "2026-03-20", "2026-03-01", "ciso", "approver = \"sato\"\ndrafters = [\"sato\"]");
    let right = approval("1.0", &other('1'), "2026-04-10", "2026-04-10", "ciso", "approver = \"tanaka\"");
    for rule in ["approver-lacks-role", "self-approval", "effective-before-approval"] {
        assert_eq!(found(rule, &[(P01, &wrong)]).len(), 1, "{rule}");
        assert!(found(rule, &[(P01, &(wrong.clone() + &right))]).is_empty(), "{rule}");
    }
    let twice = board("2.0", '1', "2026-03-20", "2026-04-01") + &board("2.0", '2', "2026-03-21", "2026-04-01");
    assert!(found("duplicate-version", &[(P01, &(twice + &board("2.1", '3', "2026-05-01", "2026-05-01")))]).is_empty());
}

#[test]
fn a_retirement_needs_authority_too() {
    let good = retirement("2024-03-20", "2024-04-01", "ciso");
    let late = retirement("2024-04-20", "2024-05-01", "ciso");
    let never = retirement("2024-03-20", "2024-04-01", "office");
    let judge = |text: &str| {
        let one = found("approver-lacks-role", &[(P01, text)]);
        [one, found("approver-out-of-office", &[(P01, text)])].concat()
    };
    assert!(judge(&good).is_empty());
    assert_eq!(judge(&late), [format!("{P01}:5 approver-out-of-office approver-out-of-office-help")]);
    assert_eq!(judge(&never), [format!("{P01}:5 approver-lacks-role approver-lacks-role-help")]);
}

#[test]
fn rank_is_judged_for_the_version_of_the_tree_alone() {
    let office = |version: &str, rest: &str| approval(version, &other('2'), "2026-03-20", "2026-04-01", "office", rest);
    let first = board("1.0", '1', "2025-03-20", "2025-04-01");
    let judge = |version: &str, ledger: String| {
        found("wrong-approver-rank", &[("policies/a.md", &document(version)), (P01, &ledger)]).len()
    };
    assert_eq!(judge("1.0", office("1.0", "")), 1, "a first version is no minor step");
    assert_eq!(judge("1.1", first.clone() + &office("1.1", "")), 0);
    assert_eq!(judge("2.0", first.clone() + &office("2.0", "")), 1);
    assert_eq!(judge("2.1", first.clone() + &office("2.0", "")), 0, "the draft may have changed the approver");
    let provisional = |role: &str| {
        let rest = "kind = \"provisional\"\nratify_by = 2026-05-01";
        first.clone() + &approval("2.0", &other('2'), "2026-03-20", "2026-03-20", role, rest)
    };
    assert_eq!(judge("2.0", provisional("ciso")), 0);
    assert_eq!(judge("2.0", provisional("office")), 1, "not configured for it");
    assert_eq!(
        judge("2.0", first.clone() + &office("2.0", "adopted_from = \"規程集\"")),
        1,
        "what was approved here is not adopted"
    );
    assert_eq!(judge("1.0", office("1.0", "adopted_from = \"規程集\"")), 0, "the rules of its time are unknown");
    assert_eq!(
        judge(
            "2.0",
            first + &office("2.0", "") + &approval("2.0", &other('2'), "2026-05-01", "2026-05-01", "board", "")
        ),
        0
    );
}

#[test]
fn an_earlier_decision_may_not_come_back() {
    let earlier = board("1.0", '1', "2025-03-20", "2025-04-01") + &board("2.0", '2', "2026-10-01", "2027-04-01");
    let ledger = earlier.clone() + &board("2.1", '3', "2026-11-01", "2026-12-01");
    let judge = |ledger: &str| found("overtaken-approval", &[(P01, ledger)]);
    let back = format!("{P01}:21 overtaken-approval overtaken-approval-help");
    assert!(judge(&earlier).is_empty());
    assert_eq!(judge(&ledger), [back.as_str()]);
    // A still later approval leaves a gap in which the earlier decision is in force.
    let gap = ledger.clone() + &board("3.0", '4', "2026-11-02", "2027-10-01");
    assert_eq!(judge(&gap), [back.as_str()]);
    let mended = ledger.clone() + &board("2.2", '4', "2026-11-02", "2027-04-01");
    assert!(judge(&mended).is_empty());
    // In force since before an approval that was to replace it with effect from an earlier day.
    let never = board("1.0", '1', "2026-03-20", "2026-05-01") + &board("2.0", '2', "2026-06-01", "2026-04-01");
    assert_eq!(judge(&never), [format!("{P01}:13 overtaken-approval overtaken-approval-help")]);
    assert!(judge(&(never + &board("3.0", '3', "2026-07-01", "2026-07-01"))).is_empty(), "superseded long ago");

    let ratified = board("1.0", '1', "2026-03-20", "2026-04-01")
        + &approval("2.0", &other('2'), "2026-05-01", "2026-05-01", "ciso", "kind = \"provisional\"")
        + &board("2.1", '3', "2026-05-20", "2026-07-01")
        + &board("2.0", '2', "2026-06-01", "2026-06-01");
    assert!(judge(&ratified).is_empty(), "a ratification decides nothing new");

    let retired = earlier + &retirement("2026-11-01", "2027-01-01", "board");
    assert_eq!(judge(&retired), [format!("{P01}:13 overtaken-approval-retired overtaken-approval-retired-help")]);
    assert!(judge(&(retired + &retirement("2026-11-02", "2027-04-01", "board"))).is_empty());
}

#[test]
fn approved_records_have_a_ledger_and_no_document() {
    let ledger = board("1.0", '1', "2025-03-20", "2025-04-01");
    let records = [("records/ledger/SOA.toml", &*ledger), ("records/ledger/RISK-PLAN.toml", &*ledger)];
    for rule in ["ledger-for-unknown-document", "approved-text-missing", "review-overdue"] {
        assert!(found(rule, &records).is_empty(), "{rule}");
    }
    let names = [
        ("policies/a.md", &*document("1.0")),
        (P01, &*ledger),
        ("records/ledger/p-01.toml", &*ledger),
        ("records/ledger/S-A1.toml", &*retirement("2024-03-20", "2024-04-01", "ciso")),
        ("records/ledger/S-a1.toml", &*ledger),
    ];
    assert_eq!(
        found("ledger-for-unknown-document", &names),
        [
            "records/ledger/S-a1.toml:1 ledger-for-unknown-document-twice ledger-for-unknown-document-twice-help",
            "records/ledger/p-01.toml:1 ledger-for-unknown-document ledger-for-unknown-document-help"
        ]
    );
}
