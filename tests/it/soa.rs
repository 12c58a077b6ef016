//! `kitei soa`: the same statement in every format, with the approval it rests on.

use kitei::workspace::{TreeRef, Workspace};

use std::io::Read;

use crate::support::{Repo, Run};

fn repo() -> Repo {
    let repo = Repo::new();
    let front = "version = \"1.0\"\nowner = \"office\"\n";
    repo.policy("policies/a.md", "P-01", "1.0", "守る。");
    let decided = "[[soa]]\ncontrol = \"5.12\"\napplicable = true\nimplementation = \"partial\"\nreasons = [\"risk\", \"legal\"]\njustification = \"顧客の情報を扱う | ため\"\n\n[[soa]]\ncontrol = \"7.4\"\napplicable = false\njustification = \"事務所に設備がない\"\n";
    repo.write(
        "controls/5.12.md",
        format!("+++\nid = \"C-5.12\"\ntitle = \"情報の分類\"\n{front}implements = [\"P-01\"]\nannex_a = [\"5.12\"]\n{decided}+++\n\n## 要求 {{#need}}\n\n分類する。\n"),
    );
    repo.write(
        "procedures/label.md",
        format!("+++\nid = \"S-01\"\ntitle = \"表示の手順\"\n{front}implements = [\"C-5.12\"]\n+++\n\n## 貼り方 {{#how implements=C-5.12}}\n\n貼る。\n"),
    );
    let config = repo.read("kitei.toml");
    repo.write("kitei.toml", format!("{config}\n[records.SOA]\napprover = \"ciso\"\n"));
    repo.commit("文書");
    for (id, role) in [("P-01", None), ("C-5.12", Some("tanaka")), ("S-01", Some("tanaka"))] {
        let approver = role.map_or(Vec::new(), |person| vec!["--approver", person]);
        let days = ["--on", "2026-03-20", "--effective", "2026-04-01", "--as-of", "2026-03-20", "--yes"];
        repo.good(&[&["approve", id], &days[..], &approver].concat());
    }
    repo
}

fn soa(repo: &Repo, arguments: &[&str]) -> Run {
    repo.kitei(&[&["soa", "--as-of", "2026-11-20"], arguments].concat())
}

/// Approves the statement although most controls are undecided, as a ledger from elsewhere may.
fn approve_soa(repo: &Repo) {
    let day = jiff::civil::date(2026, 5, 10);
    let tree = Workspace::open(repo.path()).expect("a folder").at(TreeRef::WorkingTree).expect("a configuration");
    let digest = tree.on(day).record_digest("SOA", day).expect("decisions");
    let entry = format!(
        "[[approval]]\nversion = \"1.0\"\ndigest = \"{digest}\"\napproved_on = {day}\neffective = {day}\nrole = \"ciso\"\n\
         approver = \"tanaka\"\n"
    );
    repo.write("records/ledger/SOA.toml", entry);
}

#[test]
fn every_control_stands_in_the_table_with_its_decision() {
    let repo = repo();
    let run = soa(&repo, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("適用宣言書の承認の記録がありません"), "{}", run.stdout);
    let rows: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("A.")).collect();
    assert_eq!(rows.len(), 93);
    assert!(rows[0].starts_with("A.5.1 ") && rows[92].starts_with("A.8.34 "), "{rows:?}");
    let line = rows.iter().find(|line| line.starts_with("A.5.12 ")).expect("a row");
    for words in ["情報の分類", "適用する", "一部実施", "法令、リスク", "C-5.12 S-01"] {
        assert!(line.contains(words), "{words}: {line}");
    }
    approve_soa(&repo);
    let run = soa(&repo, &["--lang", "en"]);
    assert!(
        run.stdout.starts_with(
            "version 1.0 (approved 2026-05-10, in force from 2026-05-10, by 最高情報セキュリティ責任者, 田中)"
        ),
        "{}",
        run.stdout
    );
    // Before anything was in force nothing was decided.
    let early = repo.good(&["soa", "--as-of", "2026-03-25"]);
    assert!(!early.contains("適用する"), "{early}");
}

#[test]
fn the_formats_say_the_same() {
    let repo = repo();
    approve_soa(&repo);
    let json: serde_json::Value = serde_json::from_str(&soa(&repo, &["--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["approval"]["version"], "1.0");
    assert_eq!(json["approval"]["changed_since"], false);
    let controls = json["controls"].as_array().expect("controls");
    let control = |number: &str| controls.iter().find(|control| control["control"] == number).expect("a control");
    assert_eq!(control("5.12")["decisions"][0]["implementation"], "partial");
    assert_eq!(control("5.12")["documents"][1]["sections"][0]["name"], "貼り方");
    assert_eq!(control("7.4")["decisions"][0]["applicable"], false);
    assert_eq!(control("8.1")["decisions"].as_array().map(Vec::len), Some(0));

    let csv = soa(&repo, &["--format", "csv"]).stdout;
    let text = csv.strip_prefix('\u{feff}').expect("the mark by which spreadsheets know UTF-8");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), 93);
    let row = rows.iter().find(|row| &row[0] == "A.5.12").expect("a row");
    assert_eq!(&row[7], "C-5.12 情報の分類\nS-01 表示の手順（貼り方）");
    assert_eq!((&row[5], &row[8], &row[9]), ("顧客の情報を扱う | ため", "1.0", "2026-05-10"));

    let markdown = soa(&repo, &["--format", "markdown"]).stdout;
    let line = markdown.lines().find(|line| line.starts_with("| A.5.12 ")).expect("a row");
    assert!(line.contains("顧客の情報を扱う \\| ため") && line.contains("<br>S-01"), "{line}");

    let refused = soa(&repo, &["--format", "xlsx"]);
    assert!(refused.code == 2 && refused.stderr.contains("--out"), "{}", refused.stderr);
    for name in ["a.xlsx", "b.xlsx"] {
        assert_eq!(soa(&repo, &["--format", "xlsx", "--out", name]).code, 0);
    }
    assert_eq!(std::fs::read(repo.at("a.xlsx")).expect("a file"), std::fs::read(repo.at("b.xlsx")).expect("a file"));
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(repo.at("a.xlsx")).expect("a file")).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
        text
    };
    let strings = part("xl/sharedStrings.xml");
    assert!(strings.contains("例示株式会社 適用宣言書") && strings.contains("事務所に設備がない"), "{strings}");
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("fitToHeight=\"0\""), "it prints on A4");
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"), "the names of the columns are on every page");
}

#[test]
fn the_page_shows_the_rows_of_the_table() {
    let repo = repo();
    repo.commit("承認");
    repo.good(&["build", "--as-of", "2026-11-20", "--out", "public"]);
    let page = repo.read("public/soa.html");
    let json: serde_json::Value = serde_json::from_str(&soa(&repo, &["--format", "json"]).stdout).expect("JSON");
    for control in json["controls"].as_array().expect("controls") {
        let anchor = format!("<tr id=\"A.{}\">", control["control"].as_str().expect("a number"));
        let row = page.split_once(&anchor).and_then(|(_, rest)| rest.split_once("</tr>")).expect("a row").0;
        for document in control["documents"].as_array().expect("documents") {
            let id = document["id"].as_str().expect("an id");
            assert!(row.contains(&format!("documents/{id}.html")), "{anchor}: {id}");
        }
        assert_eq!(row.contains("class=\"applicable\""), control["decisions"][0].is_object(), "{anchor}");
    }
}
