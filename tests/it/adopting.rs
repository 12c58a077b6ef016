//! Adoption of an existing body of documents: one approval by its paper original, many from tables, and every fault of
//! a table before the first byte is written.

use crate::support::{Repo, Run};

const DAY: &str = "2026-11-20";
const HEAD: &str = "id,version,approved_on,effective,role,approver,drafters,checked_by,changes,decision,original\n";

/// Two policies and a control that a paper organisation has had for years.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "3.0", "初めの文面とする。");
    repo.policy("policies/b.md", "P-02", "1.0", "次の文面とする。");
    let front = "id = \"C-5.1\"\ntitle = \"基準\"\nversion = \"2.1\"\nowner = \"office\"\nimplements = [\"P-01\"]\n";
    repo.write("controls/5.1.md", format!("+++\n{front}+++\n\n本文\n"));
    repo
}

fn adopt(repo: &Repo, arguments: &[&str]) -> Run {
    repo.kitei(&[&["approve", "--adopt", "--lang", "en", "--yes", "--as-of", DAY], arguments].concat())
}

fn good(repo: &Repo, arguments: &[&str]) -> Run {
    let run = adopt(repo, arguments);
    assert_eq!(run.code, 0, "{arguments:?}\n{}{}", run.stdout, run.stderr);
    run
}

/// Places and words of the faults of a run that writes nothing.
fn faults(repo: &Repo, arguments: &[&str]) -> Vec<String> {
    let run = adopt(repo, arguments);
    assert_eq!(run.code, 1, "{arguments:?}\n{}{}", run.stdout, run.stderr);
    assert!(!repo.at("records/ledger").exists(), "something was written");
    run.stderr.lines().map(str::to_owned).collect()
}

#[test]
fn one_approval_is_adopted_from_its_original() {
    let repo = repo();
    let paper = ["P-01", "--on", "2019-03-20", "--effective", "2019-04-01", "--original", "規程集 第3版（紙）"];
    good(&repo, &paper);
    let ledger = repo.read("records/ledger/P-01.toml");
    assert!(
        ledger.contains("approved_on = 2019-03-20\n") && ledger.contains("adopted_from = \"規程集 第3版（紙）\"\n"),
        "{ledger}"
    );
    assert!(adopt(&repo, &["P-02", "--on", "2019-03-20"]).stderr.contains("--original"));
    let check = repo.kitei(&["check", "--format", "short", "--as-of", DAY]);
    let about = |line: &&str| line.contains("[LED") && (line.contains("a.md") || line.contains("P-01.toml"));
    assert_eq!(check.stdout.lines().find(about), None);
}

#[test]
fn nothing_is_adopted_while_roles_or_people_cannot_be_read() {
    let repo = repo();
    let roles = repo.read("records/roles.toml");
    repo.write("records/roles.toml", roles.replacen("body = true", "body = ture", 1));
    let paper = ["P-01", "--on", "2019-03-20", "--effective", "2019-04-01", "--original", "規程集 第3版（紙）"];
    let told = faults(&repo, &paper);
    assert!(told.iter().any(|line| line.starts_with("records/roles.toml:4:") && line.contains("[FMT003]")), "{told:?}");
}

#[test]
fn a_body_of_documents_is_adopted_from_tables_in_one_go() {
    let repo = repo();
    // As a spreadsheet writes it: a byte order mark, CRLF, its own dates, columns in another order, a line in a cell.
    let table = "\u{feff}original,ID,version,role,approver,approved_on,effective,drafters,checked_by,changes\r\n\
        規程集,P-01,3.0,board,,2025-03-20,2025/4/1,sato,suzuki;tanaka,\"第8条を\"\"新設\"\",\n附則を改正\"\r\n\
        ,P-02,1.0,board,,2025-03-20,2025/4/1,,,\r\n\
        承認書,C-5.1,2.1,ciso,suzuki,2023-03-20,2023/4/1,,,制定\r\n,,,,,,,,,\r\n";
    repo.write("t.csv", table);
    let earlier =
        "id,effective,version,approved_on,changes\nP-01,2024-04-01,2.0,2024-03-20,\nP-01,2022-04-01,1.0,,制定\n";
    repo.write("h.csv", earlier);
    let arguments = ["--csv", "t.csv", "--history", "h.csv", "--original", "規程集 第3版"];
    good(&repo, &arguments);
    let first = repo.read("records/ledger/P-01.toml");
    let past = "[[history]]\nversion = \"1.0\"\neffective = 2022-04-01\nchanges = \"制定\"\n\n\
        [[history]]\nversion = \"2.0\"\napproved_on = 2024-03-20\neffective = 2024-04-01\n\n[[approval]]\n";
    assert!(first.starts_with(past), "{first}");
    assert!(
        first.contains("checked_by = [\"suzuki\", \"tanaka\"]") && first.contains("第8条を\\\"新設\\\",\\n附則を改正"),
        "{first}"
    );
    assert!(first.contains("adopted_from = \"規程集\""), "{first}");
    assert!(repo.read("records/ledger/P-02.toml").contains("adopted_from = \"規程集 第3版\""));
    // Read against what was in force then, which only the table of earlier versions knows.
    assert!(repo.read("records/ledger/C-5.1.toml").contains("against = { \"P-01\" = \"1.0\" }"));
    let check = repo.kitei(&["check", "--format", "short", "--as-of", DAY]);
    assert!(!check.stdout.contains("[LED"), "{}", check.stdout);
    // A second run, as after one that died half-way.
    std::fs::remove_file(repo.at("records/ledger/P-02.toml")).expect("it was written");
    let again = good(&repo, &arguments);
    assert!(again.stderr.contains("P-01.toml holds the same entry already"), "{}", again.stderr);
    assert_eq!(repo.read("records/ledger/P-01.toml"), first);
    assert!(repo.at("records/ledger/P-02.toml").exists());
}

#[test]
fn every_faulty_cell_is_told_and_nothing_is_written() {
    let repo = repo();
    let rows = "P-01,3.0,2025-03-20,2025-04-01,board,,sato;nobody,,,,規程集\n\
                P-09,1.0,2025-03-20,2025-04-01,board,,,,,,規程集\n\
                P-02,1.0,2025-02-30,2025-04-01,board,,,,,,\n\
                C-5.1,2.0,2025-03-20,2025-04-01,ciso,suzuki,,,,,承認書\n";
    repo.write("t.csv", format!("{HEAD}{rows}"));
    let told = faults(&repo, &["--csv", "t.csv"]);
    let expected = [
        "t.csv:2:39: “nobody” is not in people.toml",
        "t.csv:3:1: there is no document “P-09”",
        "t.csv:4:1: the original is not named; write it into the column original or give --original",
        "t.csv:4:10: “2025-02-30” is no date (e.g. 2026-04-01 or 2026/4/1)",
        "t.csv:5:7: the working tree holds version 2.1, not 2.0",
    ];
    assert_eq!(told, expected);
    repo.write("t.csv", format!("{HEAD}C-5.1,2.1,2025-03-20,2025-03-01,ciso,suzuki,suzuki,,,,承認書\nP-01,3.0,2025-03-20,2025-04-01,board,tanaka,,,,,\n"));
    let told = faults(&repo, &["--csv", "t.csv", "--original", "規程集"]);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("t.csv:2:22: the effective date 2025-03-01 lies before"), "{told:?}");
    assert!(
        told[1].starts_with("t.csv:2:38: 鈴木 does not hold") && told[2].starts_with("t.csv:2:38: 鈴木 drafted it"),
        "{told:?}"
    );
    assert!(told[3].starts_with("t.csv:3:38: “取締役会” decides as a body"), "{told:?}");
}

#[test]
fn faults_of_a_tables_form_are_told() {
    let repo = repo();
    let told = |table: &[u8]| {
        repo.write("t.csv", table);
        faults(&repo, &["--csv", "t.csv", "--original", "規程集"])
    };
    assert_eq!(told(b""), ["t.csv:1:1: the table is empty; its first row names the columns"]);
    let columns =
        told("id,version,version,title,approved_on,effective\nP-01,3.0,,,2025-03-20,2025-04-01,x\n".as_bytes());
    let expected = [
        "t.csv:1:1: the column “role” is missing",
        "t.csv:1:12: the column “version” is there twice",
        "t.csv:1:20: there is no column “title”",
        "t.csv:2:34: a value stands in a column without a name",
    ];
    assert_eq!(columns, expected);
    let quotes = told(format!("{HEAD}P-01,\"3.0\"x,2025-03-20,2025-04-01,board\nP-02,,,,\"board\n").as_bytes());
    assert!(
        quotes.iter().any(|line| line == "t.csv:2:11: there is text behind a closing quotation mark"),
        "{quotes:?}"
    );
    assert!(quotes.iter().any(|line| line == "t.csv:3:9: a quotation mark is not closed"), "{quotes:?}");
    assert!(quotes.iter().any(|line| line == "t.csv:3:1: “version” is empty"), "{quotes:?}");
    repo.write("t.csv", [HEAD.as_bytes(), b"P-01,3.0,2025-03-20,2025-04-01,board,,,,\x89\xfc\x92\xf9,,\n"].concat());
    let run = adopt(&repo, &["--csv", "t.csv"]);
    assert!(run.code == 2 && run.stderr.contains("line 2 is not UTF-8"), "{}", run.stderr);
    let run = adopt(&repo, &["--csv", "absent.csv"]);
    assert!(run.code == 2 && run.stderr.contains("absent.csv"), "{}", run.stderr);
}

#[test]
fn earlier_versions_come_before_what_is_approved() {
    let repo = repo();
    good(&repo, &["P-01", "--on", "2025-03-20", "--effective", "2025-04-01", "--original", "規程集"]);
    let before = repo.read("records/ledger/P-01.toml");
    let table =
        "id,version,effective\nP-01,3.0,2024-04-01\nP-01,2.0,2025-04-01\nP-01,1.0,2022-04-01\nP-01,1.0,2023-04-01\n";
    repo.write("h.csv", table);
    let run = adopt(&repo, &["--history", "h.csv"]);
    let told: Vec<&str> = run.stderr.lines().collect();
    assert!(run.code == 1 && told.len() == 3, "{told:?}");
    assert!(told[0].starts_with("h.csv:2:6: version 3.0 is not before 3.0"), "{told:?}");
    assert!(told[1].starts_with("h.csv:3:10: the effective date 2025-04-01 is not before"), "{told:?}");
    assert!(told[2].starts_with("h.csv:5:6: there are two rows for version 1.0"), "{told:?}");
    assert_eq!(repo.read("records/ledger/P-01.toml"), before);
    repo.write("h.csv", "id,version,effective\nP-01,2.0,2024-04-01\n");
    good(&repo, &["--history", "h.csv"]);
    repo.write("h.csv", "id,version,effective\nP-01,2.0,2024-04-02\n");
    assert!(adopt(&repo, &["--history", "h.csv"]).stderr.contains("with other content"));
}
