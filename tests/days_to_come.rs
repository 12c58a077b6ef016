//! Dates at work, end to end: what breaks on a day to come is told today, once; intervals end on real days.

#![expect(clippy::disallowed_methods, reason = "tests prepare files")]

mod support;

use support::Repo;

const P01: &str = "policies/a.md";
const S01: &str = "procedures/a.md";

/// `CODE file:line message` of every finding of some rules on a date.
fn findings(repo: &Repo, day: &str, codes: &[&str]) -> Vec<String> {
    let run = repo.kitei(&["check", "--format", "short", "--as-of", day]);
    assert!(run.code < 2, "{}", run.stderr);
    let mut found = Vec::new();
    for line in run.stdout.lines() {
        let Some((place, rest)) = line.split_once(": ") else { continue };
        let Some((code, message)) = rest.split_once('[').and_then(|(_, rest)| rest.split_once("] ")) else { continue };
        if codes.contains(&code) {
            let place = place.rsplit_once(':').map_or(place, |(place, _)| place);
            found.push(format!("{code} {place} {message}"));
        }
    }
    found
}

/// A procedure of one line.
fn procedure(repo: &Repo, version: &str, front: &str, text: &str) {
    let front = format!("id = \"S-01\"\ntitle = \"手順\"\nversion = \"{version}\"\nowner = \"office\"\n{front}");
    repo.write(S01, format!("+++\n{front}+++\n\n{text}\n"));
}

fn approve_procedure(repo: &Repo, on: &str, effective: &str) {
    let days = ["--on", on, "--effective", effective, "--as-of", on];
    repo.good(&[&["approve", "S-01", "--yes", "--approver", "tanaka", "--drafter", "sato"], &days[..]].concat());
}

fn retire(repo: &Repo, id: &str, on: &str, effective: &str) {
    let ledger = format!("records/ledger/{id}.toml");
    let text = repo.read(&ledger);
    repo.write(
        &ledger,
        format!("{text}\n[[retirement]]\napproved_on = {on}\neffective = {effective}\nrole = \"board\"\n"),
    );
}

/// P-01 in force since April 2026, and a procedure that implements and cites it.
fn handbook() -> Repo {
    let repo = Repo::new();
    repo.policy(P01, "P-01", "1.0", "情報を守る。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    procedure(&repo, "1.0", "implements = [\"P-01\"]\n", "[[P-01#purpose]]に従う。");
    approve_procedure(&repo, "2026-03-25", "2026-04-01");
    repo.commit("制定");
    repo
}

const BREAKS: [&str; 3] = ["REF017", "REF018", "ORG008"];

#[test]
fn what_a_retirement_will_break_is_told_before_and_once() {
    let repo = handbook();
    assert!(findings(&repo, "2026-11-20", &BREAKS).is_empty());
    retire(&repo, "P-01", "2026-11-10", "2026-12-01");
    // Other days on which something happens repeat nothing.
    repo.policy("policies/b.md", "P-02", "1.0", "別の規程。");
    repo.approve("P-02", "2026-11-10", "2026-12-15");
    retire(&repo, "P-02", "2026-11-10", "2027-01-15");
    repo.commit("廃止を決定");
    let told = findings(&repo, "2026-11-20", &BREAKS);
    assert_eq!(
        told,
        [
            format!("ORG008 {S01}:6 2026-12-01 に、S-01 の 1.0 版の上位文書 P-01 が廃止されます"),
            format!("REF017 {S01}:9 2026-12-01 に P-01 が廃止され、S-01 の 1.0 版からの参照が切れます"),
        ]
    );
    // On the day itself the tree's own rule tells of the reference.
    let then = findings(&repo, "2026-12-01", &["REF013", "REF017", "ORG008"]);
    assert_eq!(then.iter().map(|line| &line[..6]).collect::<Vec<_>>(), ["ORG008", "REF013"]);
}

#[test]
fn a_place_that_goes_away_breaks_the_wording_in_force_though_the_draft_is_right() {
    let repo = handbook();
    let text = repo.read(P01).replace("version = \"1.0\"", "version = \"2.0\"").replace("{#purpose}", "{#aim}");
    repo.write(P01, text);
    repo.approve("P-01", "2026-11-10", "2026-12-01");
    // The draft of the procedure cites the new place; nobody approved it yet.
    procedure(&repo, "1.1", "implements = [\"P-01\"]\n", "[[P-01#aim]]に従う。");
    repo.commit("改訂");
    let line = 1 + repo.read("records/ledger/S-01.toml").lines().position(|line| line.starts_with("version")).unwrap();
    let words = "2026-12-01 に施行される版で、S-01 の 1.0 版が引く「P-01#purpose」が、引かれる文書にありません";
    assert_eq!(findings(&repo, "2026-11-20", &BREAKS), [format!("REF018 records/ledger/S-01.toml:{line} {words}")]);
    // Approved for the same day, all is well; a day later, it is broken for that day.
    let approved = |effective: &str| {
        let before = repo.read("records/ledger/S-01.toml");
        repo.good(&[
            "approve",
            "S-01",
            "--yes",
            "--role",
            "ciso",
            "--approver",
            "tanaka",
            "--drafter",
            "sato",
            "--on",
            "2026-11-15",
            "--effective",
            effective,
            "--as-of",
            "2026-11-15",
        ]);
        let found = findings(&repo, "2026-11-20", &BREAKS).len();
        repo.write("records/ledger/S-01.toml", before);
        found
    };
    assert_eq!(approved("2026-12-01"), 0);
    assert_eq!(approved("2026-12-02"), 1);
    // In force too early, the new text cites a place that is not there yet.
    assert_eq!(approved("2026-11-25"), 1);
}

#[test]
fn a_reference_to_what_takes_effect_later_is_told_until_then() {
    let repo = handbook();
    repo.policy("policies/b.md", "P-02", "1.0", "別の規程。");
    repo.approve("P-02", "2026-11-10", "2026-12-15");
    procedure(&repo, "2.0", "implements = [\"P-01\", \"P-02\"]\n", "[[P-02]]に従う。");
    approve_procedure(&repo, "2026-11-12", "2026-12-01");
    repo.commit("改訂");
    let told = findings(&repo, "2026-11-20", &BREAKS);
    assert_eq!(
        told,
        [
            format!("ORG008 {S01}:6 2026-12-01 に施行される版で、S-01 の 2.0 版の上位文書 P-02 が施行されていません"),
            format!("REF017 {S01}:9 2026-12-01 に施行される版で、S-01 の 2.0 版が参照する P-02 が公開されません"),
        ]
    );
    assert_eq!(findings(&repo, "2026-12-02", &BREAKS).len(), 2, "and on the days in between");
    assert!(findings(&repo, "2026-12-15", &BREAKS).is_empty());
}

#[test]
fn who_has_to_read_a_new_version_knows_before_it_takes_effect() {
    let repo = handbook();
    repo.policy(P01, "P-01", "2.0", "情報を守り、活用する。");
    repo.approve("P-01", "2026-11-10", "2026-12-01");
    repo.commit("改訂");
    let words = "2026-12-01 に P-01 が 2.0 版に変わります。S-01 は 1.0 版までしか確認していません";
    assert_eq!(findings(&repo, "2026-11-20", &["DUE002"]), [format!("DUE002 {S01}:6 {words}")]);
    let run = repo.kitei(&["check", "--format", "short", "--as-of", "2026-11-20"]).stdout;
    assert!(run.lines().any(|line| line.contains(": note[DUE002]")), "{run}");
    let late = repo.kitei(&["check", "--format", "short", "--as-of", "2026-12-01"]).stdout;
    assert!(late.lines().any(|line| line.contains(": warning[DUE002]")), "{late}");
}

#[test]
fn intervals_end_on_real_days() {
    let repo = Repo::new();
    repo.policy(P01, "P-01", "1.0", "情報を守る。");
    repo.approve("P-01", "2024-02-29", "2024-02-29");
    repo.commit("制定");
    let overdue = |day: &str| findings(&repo, day, &["DUE001"]).len();
    assert_eq!((overdue("2025-02-28"), overdue("2025-03-01")), (0, 1));

    let settings = repo.read("kitei.toml");
    repo.write("kitei.toml", format!("{settings}\n[limits]\nannounced_within = \"1 month\"\n"));
    let late = |day: &str| findings(&repo, day, &["DUE005"]).len();
    assert_eq!((late("2024-03-29"), late("2024-03-30")), (0, 1));
    repo.policy(P01, "P-01", "2.0", "情報を守り、活用する。");
    repo.approve("P-01", "2026-01-20", "2026-01-31");
    repo.commit("改訂");
    let second = |day: &str| findings(&repo, day, &["DUE005"]).iter().filter(|line| line.contains("2.0")).count();
    assert_eq!((second("2026-02-28"), second("2026-03-01")), (0, 1), "31 January and a month is 28 February");
}

#[test]
fn a_version_that_takes_effect_after_its_review_is_due_is_told() {
    let repo = handbook();
    repo.policy(P01, "P-01", "2.0", "情報を守り、活用する。");
    repo.approve("P-01", "2026-11-10", "2027-12-01");
    repo.commit("改訂");
    let told = findings(&repo, "2026-11-20", &["DUE001"]);
    let line =
        1 + repo.read("records/ledger/P-01.toml").lines().position(|line| line == "effective = 2027-12-01").unwrap();
    let words = "2027-12-01 に施行される版で、P-01 の 2.0 版の見直しの期限 2027-11-10 が過ぎています";
    assert_eq!(told, [format!("DUE001 records/ledger/P-01.toml:{line} {words}")]);
}
