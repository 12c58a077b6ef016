//! Decisions on their way into the ledger: what `approve`, `review`, `retire` and `announce` write, and what they
//! refuse, with the reason, before the first byte is written.

use std::collections::BTreeMap;

use crate::support::{Repo, Run};

const DAY: &str = "2026-11-20";

fn control(repo: &Repo, id: &str, version: &str, rest: &str) {
    repo.write(
        &format!("controls/{id}.md"),
        format!("+++\nid = \"{id}\"\ntitle = \"基準{id}\"\nversion = \"{version}\"\nowner = \"office\"\n{rest}+++\n\n{version} 版の本文\n"),
    );
}

/// Runs a command that writes the ledger, without questions, on [`DAY`].
fn write(repo: &Repo, command: &str, arguments: &[&str]) -> Run {
    repo.kitei(&[&[command, "--lang", "en", "--yes", "--as-of", DAY], arguments].concat())
}

fn good(repo: &Repo, command: &str, arguments: &[&str]) -> String {
    let run = write(repo, command, arguments);
    assert_eq!(run.code, 0, "{command} {arguments:?}\n{}{}", run.stdout, run.stderr);
    run.stdout
}

fn ledgers(repo: &Repo) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(repo.at("records/ledger")) else { return BTreeMap::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| (name.clone(), std::fs::read_to_string(repo.at("records/ledger").join(name)).unwrap())).collect()
}

/// Runs a command that must be refused with exit code 1 and these words, and leave the ledger as it is.
fn refused(repo: &Repo, command: &str, arguments: &[&str], words: &[&str]) {
    let before = ledgers(repo);
    let run = write(repo, command, arguments);
    assert_eq!(run.code, 1, "{command} {arguments:?}\n{}{}", run.stdout, run.stderr);
    for word in words {
        assert!(run.stderr.contains(word), "{command} {arguments:?} does not say “{word}”:\n{}", run.stderr);
    }
    assert_eq!(ledgers(repo), before, "{command} {arguments:?} wrote something");
}

/// The value of a key in `list --format json` for a document.
fn listed(repo: &Repo, date: &str, id: &str, key: &str) -> serde_json::Value {
    let rows: serde_json::Value =
        serde_json::from_str(&repo.good(&["list", "--format", "json", "--as-of", date])).unwrap();
    rows.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no {id} in {rows}"))[key]
        .clone()
}

/// Codes of the findings about the ledger.
fn findings(repo: &Repo, date: &str) -> Vec<String> {
    let run = repo.kitei(&["check", "--format", "json", "--as-of", date]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found = report["diagnostics"].as_array().unwrap().iter();
    let names = found.map(|one| one["name"].as_str().unwrap().to_owned());
    // The documents of these tests carry nothing out, and nothing carries them out.
    names.filter(|name| name != "orphan-document" && name != "policy-not-implemented").collect()
}

#[test]
fn a_board_decides_on_several_documents_at_once() {
    let repo = Repo::new();
    for (id, path) in [("P-01", "policies/a.md"), ("P-02", "policies/b.md"), ("P-03", "policies/c.md")] {
        repo.policy(path, id, "1.0", "文面とする。");
    }
    control(&repo, "C-5.1", "1.0", "implements = [\"P-01\"]\n");
    repo.commit("案");
    let decision = ["--on", "2026-03-20", "--effective", "2026-04-01", "--drafter", "sato", "--checked-by", "tanaka"];
    let board =
        ["P-01", "P-02", "P-03", "--decision", "取締役会 第4号議案", "--changes", "制定", "--changes", "P-02=全部改正"];
    let shown = good(&repo, "approve", &[&board[..], &decision[..]].concat());
    assert!(shown.contains("# records/ledger/P-03.toml") && shown.contains("全部改正"), "{shown}");
    for (id, changes) in [("P-01", "制定"), ("P-02", "全部改正"), ("P-03", "制定")] {
        let ledger = repo.read(&format!("records/ledger/{id}.toml"));
        assert!(
            ledger.contains("decision = \"取締役会 第4号議案\"") && ledger.contains("checked_by = [\"tanaka\"]"),
            "{ledger}"
        );
        assert!(ledger.contains(&format!("changes = \"{changes}\"")), "{ledger}");
    }
    good(&repo, "approve", &["C-5.1", "--on", "2026-03-20", "--effective", "2026-04-01", "--approver", "tanaka"]);
    assert!(repo.read("records/ledger/C-5.1.toml").contains("against = { \"P-01\" = \"1.0\" }"));
    // Nothing implements two of the three policies; that is no matter of approval.
    let left: Vec<_> = findings(&repo, DAY).into_iter().filter(|name| name != "policy-not-implemented").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_is_decided_together_is_read_against_each_other() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    control(&repo, "C-5.1", "1.0", "implements = [\"P-01\"]\napprover = \"board\"\n");
    good(&repo, "approve", &["P-01", "--on", "2026-03-20", "--effective", "2026-04-01"]);
    repo.commit("制定");
    repo.policy("policies/a.md", "P-01", "2.0", "改めた文面とする。");
    good(&repo, "approve", &["C-5.1", "P-01", "--on", "2026-10-20", "--effective", "2026-11-01"]);
    assert!(repo.read("records/ledger/C-5.1.toml").contains("against = { \"P-01\" = \"2.0\" }"));
}

#[test]
fn every_reason_against_every_document_is_told_and_nothing_is_written() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    control(&repo, "C-5.1", "1.0", "");
    control(&repo, "C-5.2", "1.0", "");
    let days = ["--on", "2026-03-20", "--effective", "2026-04-01"];
    let case = |arguments: &[&str], words: &[&str]| refused(&repo, "approve", &[arguments, &days[..]].concat(), words);
    case(&["P-01", "P-09", "P-10"], &["“P-09”", "“P-10”"]);
    case(
        &["P-01", "C-5.1", "--role", "ciso", "--approver", "tanaka"],
        &["P-01: not recorded, it is to be approved by “取締役会”"],
    );
    case(
        &["C-5.1", "C-5.2", "--role", "office", "--approver", "sato"],
        &["C-5.1, C-5.2: not recorded, it is to be approved by"],
    );
    case(&["C-5.1", "--approver", "suzuki"], &["鈴木 does not hold the role", "2026-03-20"]);
    case(&["C-5.1", "--approver", "nobody"], &["“nobody” is not in people.toml"]);
    case(&["C-5.1", "--approver", "tanaka", "--drafter", "gone", "--checked-by", "lost"], &["“gone”", "“lost”"]);
    case(&["C-5.1", "--approver", "tanaka", "--chair", "sato"], &["has no chair"]);
    case(&["P-01", "--approver", "tanaka"], &["decides as a body"]);
    case(&["P-01", "--role", "council"], &["“council” is not in roles.toml"]);
    case(&["P-01", "--number", "2.0"], &["version 1.0, not 2.0"]);
    case(&["P-01", "P-01"], &["named twice"]);
    case(&["P-01", "--ratify"], &["no provisional approval"]);
    assert!(ledgers(&repo).is_empty());
    // All reasons at once.
    let bad = ["C-5.1", "--approver", "suzuki", "--drafter", "gone", "--on", "2026-12-01", "--effective", "2026-11-01"];
    refused(&repo, "approve", &bad, &["鈴木 does not hold", "“gone”", "2026-12-01 has not come", "--retroactive"]);
}

#[test]
fn a_drafter_approves_only_under_an_exception_that_names_who_monitors() {
    let repo = Repo::new();
    control(&repo, "C-5.1", "1.0", "");
    let own =
        ["C-5.1", "--on", "2026-03-20", "--effective", "2026-04-01", "--approver", "tanaka", "--drafter", "tanaka"];
    let with = |text: &'static str| [&own[..], &["--self-approval", text]].concat();
    refused(&repo, "approve", &own, &["田中 drafted it"]);
    refused(&repo, "approve", &with("少人数のため"), &["names no department or role that monitors"]);
    refused(&repo, "approve", &with("最高情報セキュリティ責任者が確かめる"), &["other than 田中's own"]);
    good(&repo, "approve", &with("少人数のため。事務局が四半期ごとに確かめる"));
    assert!(repo.read("records/ledger/C-5.1.toml").contains("self_approval = \"少人数のため。"));
}

#[test]
fn dates_that_contradict_each_other_are_refused() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    let days = |on: &'static str, effective: &'static str| ["P-01", "--on", on, "--effective", effective];
    refused(&repo, "approve", &days("2026-04-02", "2026-04-01"), &["give the reason with --retroactive"]);
    refused(&repo, "approve", &days("2026-11-22", "2026-12-01"), &["2026-11-22 has not come yet"]);
    let forward = [&days("2026-04-01", "2026-04-01")[..], &["--retroactive", "遅れたため"]].concat();
    refused(&repo, "approve", &forward, &["leave out --retroactive"]);
    // A day ahead is another time zone, not the future.
    good(&repo, "approve", &[&days("2026-11-21", "2026-12-01")[..], &["--dry-run"]].concat());
    good(&repo, "approve", &[&days("2026-04-02", "2026-04-01")[..], &["--retroactive", "取締役会の延期"]].concat());
    assert!(!findings(&repo, DAY).contains(&"effective-before-approval".to_owned()));
}

#[test]
fn a_version_names_one_text() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    let days = ["P-01", "--on", "2026-03-20", "--effective", "2026-04-01"];
    good(&repo, "approve", &days);
    repo.policy("policies/a.md", "P-01", "1.0", "別の文面とする。");
    refused(&repo, "approve", &days, &["version 1.0 is approved with another text"]);
    repo.policy("policies/a.md", "P-01", "0.9", "文面とする。");
    refused(&repo, "approve", &days, &["record of the newer version 1.0"]);
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    let later = ["P-01", "--on", "2026-05-20", "--effective", "2026-06-01"];
    refused(&repo, "approve", &later, &["approved with this very text already"]);
    refused(&repo, "approve", &[&later[..], &["--again"]].concat(), &["--reason"]);
    good(&repo, "approve", &[&later[..], &["--again", "--reason", "施行日を誤って記録したため"]].concat());
    assert_eq!(listed(&repo, DAY, "P-01", "effective"), "2026-06-01");
}

#[test]
fn the_same_command_once_more_writes_nothing() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    let days = ["P-01", "--on", "2026-03-20", "--effective", "2026-04-01"];
    good(&repo, "approve", &days);
    repo.commit("制定");
    let announcement = ["P-01", "--on", "2026-03-25", "--means", "朝礼", "--to", "ciso", "--to", "office"];
    let review = ["P-01", "--on", "2026-11-10", "--reviewer", "sato", "--outcome", "retire"];
    let retirement = ["P-01", "--on", "2026-11-15", "--effective", "2026-12-31"];
    let runs = [("approve", &days[..]), ("announce", &announcement), ("review", &review), ("retire", &retirement)];
    for (command, arguments) in runs {
        good(&repo, command, arguments);
        let before = ledgers(&repo);
        let run = write(&repo, command, arguments);
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
        assert!(run.stderr.contains("holds the same entry already"), "{command}: {}", run.stderr);
        assert_eq!(ledgers(&repo), before, "{command}");
    }
}

#[test]
fn an_editorial_change_needs_the_delegated_approver_alone() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    good(&repo, "approve", &["P-01", "--on", "2026-03-20", "--effective", "2026-04-01"]);
    repo.policy("policies/a.md", "P-01", "1.1", "文面とする.");
    let minor = ["P-01", "--on", "2026-05-20", "--effective", "2026-06-01"];
    refused(
        &repo,
        "approve",
        &[&minor[..], &["--role", "ciso", "--approver", "tanaka"]].concat(),
        &["approved by “事務局”"],
    );
    good(&repo, "approve", &[&minor[..], &["--approver", "sato"]].concat());
    assert!(repo.read("records/ledger/P-01.toml").contains("role = \"office\""));
    repo.policy("policies/a.md", "P-01", "2.0", "内容を改める。");
    let office = ["P-01", "--on", "2026-05-20", "--effective", "2026-06-01", "--role", "office", "--approver", "sato"];
    refused(&repo, "approve", &office, &["approved by “取締役会”"]);
}

#[test]
fn a_provisional_approval_is_in_force_at_once_and_ratified_later() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    good(&repo, "approve", &["P-01", "--on", "2026-03-20", "--effective", "2026-04-01"]);
    repo.commit("制定");
    repo.policy("policies/a.md", "P-01", "2.0", "緊急の文面とする。");
    let urgent = ["P-01", "--provisional", "--on", "2026-05-10", "--approver", "tanaka"];
    let with = |rest: &'static [&'static str]| [&urgent[..], rest].concat();
    let run = write(&repo, "approve", &urgent);
    assert!(run.code == 2 && run.stderr.contains("--ratify-by"), "{}", run.stderr);
    refused(&repo, "approve", &with(&["--ratify-by", "2026-05-09"]), &["ratification 2026-05-09 lies before"]);
    refused(
        &repo,
        "approve",
        &with(&["--ratify-by", "2026-07-09", "--effective", "2026-06-01"]),
        &["takes effect on the day"],
    );
    refused(&repo, "approve", &with(&["--ratify-by", "2026-07-09", "--role", "board"]), &["approved by “最高"]);
    good(&repo, "approve", &with(&["--ratify-by", "2026-07-09", "--reason", "脆弱性への対応"]));
    repo.commit("専決");
    let ledger = repo.read("records/ledger/P-01.toml");
    assert!(ledger.contains("kind = \"provisional\"\nratify_by = 2026-07-09"), "{ledger}");
    assert_eq!(listed(&repo, "2026-05-10", "P-01", "version"), "2.0");
    let page = |date: &str| {
        repo.good(&["build", "--as-of", date]);
        repo.read("public/documents/P-01.html")
    };
    assert!(page("2026-05-10").contains("badge provisional"));

    // The draft goes on while the board has not met yet.
    repo.policy("policies/a.md", "P-01", "3.0", "次の案とする。");
    repo.commit("次の案");
    let board =
        ["P-01", "--ratify", "--on", "2026-06-20", "--effective", "2026-06-20", "--decision", "取締役会 第2号議案"];
    refused(
        &repo,
        "approve",
        &[&board[..], &["--role", "office", "--approver", "sato"]].concat(),
        &["approved by “取締役会”"],
    );
    refused(
        &repo,
        "approve",
        &["P-01", "--ratify", "--on", "2026-05-01", "--effective", "2026-05-01"],
        &["lies before the provisional approval on 2026-05-10"],
    );
    good(&repo, "approve", &board);
    repo.commit("追認");
    assert!(page("2026-06-19").contains("<li><span class=\"badge provisional\""));
    assert!(!page("2026-06-20").contains("<li><span class=\"badge provisional\""));
    assert!(page("2026-06-20").contains("緊急の文面"));
    refused(&repo, "approve", &["P-01", "--ratify", "--on", "2026-06-21"], &["no provisional approval waits"]);
    assert!(!findings(&repo, DAY).contains(&"overtaken-approval".to_owned()));
}

#[test]
fn the_text_of_a_provisional_approval_is_ratified_without_being_told_to() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    let urgent = ["P-01", "--provisional", "--ratify-by", "2026-07-09", "--on", "2026-05-10", "--approver", "tanaka"];
    good(&repo, "approve", &urgent);
    // A correction of words does not make good what nobody with full authority has approved.
    repo.policy("policies/a.md", "P-01", "1.1", "字句を直した文面とする。");
    let office = ["P-01", "--on", "2026-05-20", "--role", "office", "--approver", "sato"];
    refused(&repo, "approve", &office, &["approved by “取締役会”"]);
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    good(&repo, "approve", &["P-01", "--on", "2026-06-20"]);
    assert_eq!(repo.read("records/ledger/P-01.toml").matches("[[approval]]").count(), 2);
}

#[test]
fn a_tier_without_provisional_approver_has_no_emergency_way() {
    let repo = Repo::new();
    control(&repo, "C-5.1", "1.0", "");
    let urgent = ["C-5.1", "--provisional", "--ratify-by", "2026-07-09", "--on", "2026-05-10", "--approver", "tanaka"];
    refused(&repo, "approve", &urgent, &["[tiers.control]", "provisional_approver"]);
}

#[test]
fn a_retirement_names_successors_that_exist() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    for (id, path) in [("P-02", "policies/b.md"), ("P-03", "policies/c.md"), ("P-04", "policies/d.md")] {
        repo.policy(path, id, "1.0", "後継の文面とする。");
    }
    good(&repo, "approve", &["P-01", "P-02", "P-03", "--on", "2026-03-20", "--effective", "2026-04-01"]);
    repo.commit("制定");
    let split = ["P-01", "--on", "2026-10-20", "--effective", "2026-11-01"];
    let with = |rest: &'static [&'static str]| [&split[..], rest].concat();
    refused(&repo, "retire", &with(&["--replaced-by", "P-02", "--replaced-by", "P-09"]), &["“P-09” to replace it"]);
    refused(&repo, "retire", &with(&["--replaced-by", "P-01"]), &["P-01 is retired together with it"]);
    refused(&repo, "retire", &with(&["--role", "office", "--approver", "sato"]), &["approved by “取締役会”"]);
    refused(&repo, "retire", &["P-04", "--on", "2026-10-20"], &["nothing is in force on 2026-10-20"]);
    refused(
        &repo,
        "retire",
        &["P-01", "--on", "2026-10-20", "--effective", "2026-10-01"],
        &["lies before the approval"],
    );
    refused(&repo, "retire", &["P-01", "--on", "2026-12-20"], &["has not come yet"]);
    refused(&repo, "retire", &["SOA", "--role", "board"], &["register cannot be retired"]);
    good(
        &repo,
        "retire",
        &with(&["--replaced-by", "P-02,P-03", "--decision", "第5号議案", "--reason", "二つに分けたため"]),
    );
    assert!(
        repo.read("records/ledger/P-01.toml")
            .contains("replaced_by = [\"P-02\", \"P-03\"]\nreason = \"二つに分けたため\"")
    );
    assert_eq!(listed(&repo, "2026-10-31", "P-01", "state"), "in-force");
    assert_eq!(listed(&repo, "2026-11-01", "P-01", "state"), "retired");
    refused(&repo, "retire", &["P-01", "--on", "2026-11-02"], &["retired on 2026-11-01"]);
    refused(
        &repo,
        "retire",
        &["P-02", "--on", "2026-11-02", "--replaced-by", "P-01"],
        &["P-01, which is to replace it, was retired"],
    );
    // Several into one.
    good(
        &repo,
        "retire",
        &["P-02", "P-03", "--on", "2026-11-10", "--effective", "2026-12-01", "--replaced-by", "P-04"],
    );
}

#[test]
fn a_retirement_that_a_later_version_would_undo_is_refused() {
    let repo = Repo::new();
    control(&repo, "C-5.1", "1.0", "");
    let by = ["--approver", "tanaka"];
    good(&repo, "approve", &[&["C-5.1", "--on", "2026-03-20", "--effective", "2026-04-01"], &by[..]].concat());
    repo.commit("制定");
    control(&repo, "C-5.1", "2.0", "");
    good(&repo, "approve", &[&["C-5.1", "--on", "2026-10-20", "--effective", "2027-04-01"], &by[..]].concat());
    refused(
        &repo,
        "retire",
        &[&["C-5.1", "--on", "2026-11-01"], &by[..]].concat(),
        &["2.0 takes effect on 2027-04-01"],
    );
    refused(&repo, "retire", &["C-5.1", "--on", "2026-11-01", "--approver", "suzuki"], &["鈴木 does not hold"]);
    good(&repo, "retire", &[&["C-5.1", "--on", "2026-11-01", "--effective", "2027-04-01"], &by[..]].concat());
}

#[test]
fn an_announcement_is_of_a_version_that_was_approved_by_then() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    good(&repo, "approve", &["P-01", "--on", "2026-03-20", "--effective", "2026-04-01"]);
    let told = |on: &'static str| ["P-01", "--on", on, "--means", "朝礼"];
    refused(&repo, "announce", &told("2026-03-19"), &["1.0 was approved on 2026-03-20, after"]);
    refused(&repo, "announce", &told("2026-12-19"), &["has not come yet"]);
    refused(
        &repo,
        "announce",
        &[&told("2026-03-25")[..], &["--to", "staff"]].concat(),
        &["“staff” is not in roles.toml"],
    );
    refused(&repo, "announce", &[&told("2026-03-25")[..], &["--of", "2.0"]].concat(), &["no approval of version 2.0"]);
    let run = write(&repo, "announce", &["P-01", "--on", "2026-03-25"]);
    assert!(run.code == 2 && run.stderr.contains("--means"), "{}", run.stderr);
    good(
        &repo,
        "announce",
        &[&told("2026-03-25")[..], &["--to", "ciso", "--evidence", "朝礼の記録 2026-03-25"]].concat(),
    );
    let ledger = repo.read("records/ledger/P-01.toml");
    let entry = "[[announcement]]\nversion = \"1.0\"\non = 2026-03-25\nto = [\"ciso\"]\nmeans = \"朝礼\"\nevidence = ";
    assert!(ledger.contains(entry), "{ledger}");
}

#[test]
fn all_documents_below_a_changed_one_are_reviewed_at_once() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    for id in ["C-5.1", "C-5.2"] {
        control(&repo, id, "1.0", "implements = [\"P-01\"]\n");
    }
    control(&repo, "C-5.3", "1.0", "");
    good(&repo, "approve", &["P-01", "--on", "2026-03-20", "--effective", "2026-04-01"]);
    let below = ["C-5.1", "C-5.2", "C-5.3", "--on", "2026-03-20", "--effective", "2026-04-01", "--approver", "tanaka"];
    good(&repo, "approve", &below);
    repo.commit("制定");
    repo.policy("policies/a.md", "P-01", "2.0", "改めた文面とする。");
    good(&repo, "approve", &["P-01", "--on", "2026-10-20", "--effective", "2026-11-01"]);
    repo.commit("改正");
    let review = ["--suspect-of", "P-01", "--on", "2026-11-10", "--reviewer", "sato", "--outcome", "no-change"];
    refused(
        &repo,
        "review",
        &[&review[..5], &["nobody"], &review[6..]].concat(),
        &["C-5.1, C-5.2: not recorded", "“nobody”"],
    );
    good(&repo, "review", &review);
    for id in ["C-5.1", "C-5.2"] {
        assert!(repo.read(&format!("records/ledger/{id}.toml")).contains("against = { \"P-01\" = \"2.0\" }"));
    }
    assert!(!repo.read("records/ledger/C-5.3.toml").contains("[[review]]"));
    assert!(write(&repo, "review", &review).stderr.contains("no document waits"));
}

/// Ledgers as a run that died has left them, where it had written the first few and begun another one.
fn left_by_a_dead_run(repo: &Repo, before: &BTreeMap<String, String>, whole: &BTreeMap<String, String>, done: usize) {
    let _ = std::fs::remove_dir_all(repo.at("records/ledger"));
    for (number, (name, text)) in whole.iter().enumerate() {
        let text = if number < done { Some(text) } else { before.get(name) };
        if let Some(text) = text {
            repo.write(&format!("records/ledger/{name}"), text);
        }
    }
    repo.write("records/ledger/.kitei-dead.tmp", "[[appro");
}

#[test]
fn a_second_run_completes_what_one_that_died_has_begun() {
    let repo = Repo::new();
    let ids: Vec<String> = (1..7).map(|number| format!("P-{number:02}")).collect();
    let text = |version: &str, text: &str| {
        ids.iter().for_each(|id| repo.policy(&format!("policies/{id}.md"), id, version, text));
    };
    let approve = |on: &'static str, effective: &'static str| {
        let mut arguments = vec!["approve", "--yes", "--quiet", "--as-of", DAY, "--on", on, "--effective", effective];
        arguments.extend(ids.iter().map(String::as_str));
        arguments
    };
    let completes = |before: &BTreeMap<String, String>, arguments: &[&str]| {
        repo.good(arguments);
        let whole = ledgers(&repo);
        assert_eq!(whole.len(), ids.len());
        for done in 0..ids.len() {
            left_by_a_dead_run(&repo, before, &whole, done);
            repo.good(arguments);
            assert_eq!(ledgers(&repo), whole, "{done} were written; what the dead run left is cleared away too");
        }
        whole
    };
    text("1.0", "文面とする。");
    let first = completes(&BTreeMap::new(), &approve("2026-03-20", "2026-04-01"));
    repo.commit("制定");
    text("2.0", "改めた文面とする。");
    let second = completes(&first, &approve("2026-10-20", "2026-11-01"));
    for (name, text) in &second {
        assert!(text.starts_with(&first[name]) && text.matches("[[approval]]").count() == 2, "{name}: {text}");
    }
}

#[test]
fn the_statement_of_applicability_is_approved_as_it_is_published() {
    let repo = Repo::new();
    let config = repo.read("kitei.toml");
    repo.write("kitei.toml", format!("{config}\n[records.SOA]\napprover = \"ciso\"\n"));
    let others = kitei::standard::controls().iter().filter(|control| control.id != "5.1").map(|control| {
        let id = control.id;
        format!("\n[[soa]]\ncontrol = \"{id}\"\napplicable = false\njustification = \"対象がない\"\n")
    });
    let others: String = others.collect();
    let soa = |state: &str| {
        format!(
            "[[soa]]\ncontrol = \"5.1\"\napplicable = true\nimplementation = \"{state}\"\nreasons = [\"risk\"]\njustification = \"要る\"\n{others}"
        )
    };
    let warned = |date: &str| findings(&repo, date).iter().filter(|name| *name == "unapproved-change").count();
    let decide = ["SOA", "--approver", "tanaka", "--on", "2026-04-10"];
    refused(&repo, "approve", &decide, &["no document in force on 2026-11-20 holds a decision"]);
    let alone = soa("planned").replace(&others, "");
    control(&repo, "C-5.1", "1.0", &alone);
    good(&repo, "approve", &["C-5.1", "--on", "2026-03-20", "--effective", "2026-03-20", "--approver", "tanaka"]);
    refused(&repo, "approve", &decide, &["92 controls are undecided"]);
    for path in ["records/ledger/C-5.1.toml", "records/approved/C-5.1/1.0.md"] {
        std::fs::remove_file(repo.at(path)).unwrap();
    }
    control(&repo, "C-5.1", "1.0", &soa("planned"));
    good(&repo, "approve", &["C-5.1", "--on", "2026-03-20", "--effective", "2026-04-01", "--approver", "tanaka"]);
    repo.commit("制定");
    refused(&repo, "approve", &["SOA", "--role", "board", "--on", "2026-04-10"], &["approved by “最高"]);
    refused(
        &repo,
        "approve",
        &[&decide[..], &["--provisional", "--ratify-by", "2026-05-01"]].concat(),
        &["cannot be approved provisionally"],
    );
    let run = write(&repo, "approve", &["SOA", "C-5.1", "--approver", "tanaka"]);
    assert!(run.code == 2 && run.stderr.contains("on its own"), "{}", run.stderr);
    good(&repo, "approve", &decide);
    let ledger = repo.read("records/ledger/SOA.toml");
    assert!(ledger.contains("version = \"1.0\"") && ledger.contains("role = \"ciso\""), "{ledger}");
    assert_eq!(warned(DAY), 0);
    let later = ["SOA", "--approver", "tanaka", "--on", "2026-05-10"];
    refused(&repo, "approve", &later, &["1.0 is approved with this very text already"]);

    // A draft changes nothing that is published; a state of implementation needs no approval of its document.
    control(&repo, "C-5.1", "2.0", &soa("planned").replace("要る", "改めて要る"));
    assert_eq!(warned(DAY), 0);
    control(&repo, "C-5.1", "1.0", &soa("implemented"));
    assert_eq!(warned(DAY), 1);
    let check = repo.kitei(&["check", "--format", "short", "--lang", "en", "--as-of", DAY]);
    let line = check.stdout.lines().find(|line| line.contains("[LED001]")).unwrap();
    assert!(line.starts_with("records/ledger/SOA.toml:3:") && line.contains("warning"), "{line}");
    good(&repo, "approve", &later);
    assert!(repo.read("records/ledger/SOA.toml").contains("version = \"2.0\""));
    assert_eq!(warned(DAY), 0);
}

#[test]
fn the_risk_treatment_plan_is_approved_as_its_file_states_it() {
    let repo = Repo::new();
    let decide = ["RISK-PLAN", "--role", "ciso", "--approver", "tanaka", "--on", "2026-07-01"];
    refused(&repo, "approve", &decide, &["there is no records/risk-plan.toml"]);
    repo.write("records/risk-plan.toml", "title = \"リスク対応計画\"\n\n[[task]]\nid = \"T-1\"\n");
    refused(&repo, "approve", &decide, &["set approver in [records.RISK-PLAN]"]);
    let config = repo.read("kitei.toml");
    repo.write("kitei.toml", format!("{config}\n[records.RISK-PLAN]\napprover = \"ciso\"\n"));
    good(&repo, "approve", &decide);
    repo.write("records/risk-plan.toml", "# 並べ替え\ntask = [{ id = \"T-1\" }]\ntitle = \"リスク対応計画\"\n");
    assert!(!findings(&repo, DAY).contains(&"unapproved-change".to_owned()));
    repo.write("records/risk-plan.toml", "title = \"リスク対応計画\"\n\n[[task]]\nid = \"T-2\"\n");
    assert!(findings(&repo, DAY).contains(&"unapproved-change".to_owned()));
    good(
        &repo,
        "approve",
        &["RISK-PLAN", "--role", "ciso", "--approver", "tanaka", "--on", "2026-07-10", "--number", "1.1"],
    );
    assert!(repo.read("records/ledger/RISK-PLAN.toml").contains("version = \"1.1\""));
}

/// A policy in force whose next version the board has to approve, and the command by which somebody else tries to.
fn half_approved() -> (Repo, [&'static str; 7]) {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "守る。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    repo.policy("policies/a.md", "P-01", "2.0", "もっと守る。");
    (repo, ["P-01", "--role", "office", "--approver", "sato", "--on", "2026-11-20"])
}

#[test]
fn a_fault_in_a_file_of_authority_gives_nobody_a_right() {
    let (repo, decide) = half_approved();
    refused(&repo, "approve", &decide, &["“取締役会”"]);
    let config = repo.read("kitei.toml");
    // A typo, a syntax error and a line that is gone: none of them lets a lower rank approve.
    for (written, broken, place) in [
        ("approver = \"board\"\nminor", "aprover = \"board\"\nminor", "kitei.toml:22:1: error[FMT006]"),
        ("approver = \"board\"\nminor", "approver : \"board\"\nminor", "kitei.toml:22:10: error[FMT003]"),
        ("[tiers.policy]", "[tiers.policy", "kitei.toml:19:14: error[FMT003]"),
        ("approver = \"board\"\nminor", "minor", "“取締役会”"),
    ] {
        repo.write("kitei.toml", config.replacen(written, broken, 1));
        refused(&repo, "approve", &decide, &[place]);
        let retire = ["P-01", "--role", "office", "--approver", "sato", "--on", "2026-11-20"];
        refused(&repo, "retire", &retire, &[place]);
    }
    repo.write("kitei.toml", config);
    // Nor does a term of office that never ends by a typo, nor a ledger that cannot be read.
    let people = repo.read("records/people.toml");
    repo.write("records/people.toml", format!("{people}\nuntill = 2026-03-31\n"));
    for (command, arguments) in [
        ("approve", &["P-01", "--role", "board", "--on", "2026-11-20"][..]),
        ("retire", &["P-01", "--role", "board", "--on", "2026-11-20"]),
        ("review", &["P-01", "--reviewer", "sato", "--outcome", "no-change", "--on", "2026-11-20"]),
        ("announce", &["P-01", "--means", "掲示", "--on", "2026-11-20"]),
    ] {
        refused(&repo, command, arguments, &["records/people.toml:", "error[FMT006]"]);
    }
    repo.write("records/people.toml", people);
    let ledger = repo.read("records/ledger/P-01.toml");
    repo.write("records/ledger/P-01.toml", ledger.replacen("role = ", "rolle = ", 1));
    refused(&repo, "approve", &["P-01", "--role", "board"], &["records/ledger/P-01.toml:", "error[FMT006]"]);
    repo.write("records/ledger/P-01.toml", ledger);
    good(&repo, "approve", &["P-01", "--role", "board", "--on", "2026-11-20"]);
}

#[test]
fn a_level_of_the_same_file_excuses_no_fault_in_it() {
    let (repo, decide) = half_approved();
    let config = repo.read("kitei.toml").replacen("approver = \"board\"", "aprover = \"board\"", 1);
    repo.write("kitei.toml", format!("{config}\n[rules]\nunknown-key = {{ level = \"allow\", reason = \"試し\" }}\n"));
    refused(&repo, "approve", &decide, &["kitei.toml:22:1: error[FMT006]"]);
}
