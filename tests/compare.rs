//! Comparisons of two wordings: six amendments against tables that people wrote by hand, what stays true for any two
//! wordings, and what the handbook shows of them.
#![expect(clippy::disallowed_methods, reason = "tests look at what was written")]

mod support;

use kitei::compare::text::{Line, LineKind, Piece, Unit, UnitKind};
use kitei::compare::{Change, Comparison};
use proptest::prelude::*;
use support::Repo;

const BASE: &str = include_str!("compare/base.md");

/// The base, approved and committed, with an amendment in the tree.
fn amended(new: &str) -> Repo {
    let repo = Repo::new();
    repo.write("policies/a.md", BASE);
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    repo.write("policies/a.md", new);
    repo
}

fn amendment(name: &str, new: &str, expected: &str) {
    let found = amended(new).good(&["compare", "P-01", "1.0", "tree", "--format", "markdown"]);
    assert_eq!(found, expected, "{name}:\n{found}");
}

macro_rules! amendments {
    ($($test:ident: $name:literal;)*) => {
        $(#[test]
        fn $test() {
            amendment(
                $name,
                include_str!(concat!("compare/", $name, ".new.md")),
                include_str!(concat!("compare/", $name, ".expected.md")),
            );
        })*
    };
}

amendments! {
    an_article_is_inserted: "article-inserted";
    a_branch_article_moves_no_number: "branch-article";
    an_article_moves_to_another_chapter: "article-moved";
    a_cell_of_a_table_changes: "table-cell";
    only_the_supplement_changes: "supplement-only";
    only_numbers_change: "renumbering-only";
}

#[test]
fn the_government_manner_says_what_is_new_on_the_old_side() {
    let repo = amended(include_str!("compare/article-inserted.new.md"));
    let table = repo.good(&[
        "compare",
        "P-01",
        "1.0",
        "2.0",
        "--style",
        "government",
        "--order",
        "old-new",
        "--format",
        "markdown",
    ]);
    assert!(table.contains("| 改正前（"), "{table}");
    assert!(table.contains("| <ins>（新設）</ins> | **<ins>第3条（責任者）</ins>** |"), "{table}");
    assert!(!table.contains("備考"));
    let html = repo.good(&["compare", "P-01", "1.0", "2.0", "--format", "html"]);
    assert!(html.contains("A4 landscape") && html.contains("<u>第3条（責任者）</u>"), "{html}");
    repo.good(&["compare", "P-01", "1.0", "2.0", "--format", "xlsx", "--out", "x.xlsx"]);
    let first = std::fs::read(repo.at("x.xlsx")).unwrap();
    assert!(first.starts_with(b"PK"));
    assert_eq!(repo.kitei(&["compare", "P-01", "1.0", "9.9"]).code, 2);
}

#[test]
fn the_handbook_compares_approved_versions_and_never_drafts() {
    let repo = amended(include_str!("compare/table-cell.new.md"));
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    repo.commit("改訂");
    let third = repo.read("policies/a.md").replace("version = \"2.0\"", "version = \"3.0\"").replace("7年", "9年");
    repo.write("policies/a.md", third);
    repo.commit("草案");
    repo.good(&["build", "--as-of", "2026-11-20"]);
    let page = repo.read("public/documents/P-01/compare-1.0-2.0.html");
    assert!(page.contains("<u>7</u>年") && page.contains("compare.css"), "{page}");
    assert!(!repo.at("public/documents/P-01/compare-2.0-3.0.html").exists());
    assert!(repo.read("public/documents/P-01.html").contains("P-01/compare-1.0-2.0.html"));
    let changes = repo.read("public/changes.html");
    assert!(changes.contains("第3条（分類）を変更") && !changes.contains("9年"), "{changes}");
    let feed = repo.read("public/feed.xml");
    assert!(feed.contains("2026-09-01:P-01/2.0</id>") && !feed.contains("3.0"), "{feed}");
    let log = repo.good(&["log", "P-01", "--format", "json", "--as-of", "2026-11-20"]);
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log[0]["version"], "2.0");
    assert_eq!(log[0]["previous"], "1.0");
    assert_eq!(log[1]["kind"], "established");
    let since = repo.good(&["log", "--since", "2026-05-01", "--format", "markdown", "--as-of", "2026-11-20"]);
    assert!(since.contains("## [P-01 2.0] - 2026-10-01") && !since.contains("1.0]"), "{since}");
}

#[test]
fn the_log_names_the_commit_and_the_pull_request_that_brought_a_version() {
    let repo = amended(include_str!("compare/table-cell.new.md"));
    repo.git(&["checkout", "-q", "-b", "topic"]);
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    let on_topic = repo.commit("改訂");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--no-ff", "-m", "Merge pull request #12 from example/topic", "topic"]);
    let merge = repo.git(&["rev-parse", "HEAD"]);
    let log = repo.good(&["log", "P-01", "--format", "json", "--as-of", "2026-11-20"]);
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    assert_eq!((&log[0]["version"], &log[0]["pull_request"]), (&"2.0".into(), &"#12".into()));
    assert_eq!(log[0]["commit"], merge[..12]);
    assert!(log[1]["pull_request"].is_null() && log[1]["commit"] != on_topic[..12]);
    let text = repo.good(&["log", "P-01", "--as-of", "2026-11-20"]);
    assert!(text.contains("プルリクエスト: #12") && text.contains(&merge[..12]), "{text}");
    repo.good(&["build", "--as-of", "2026-11-20"]);
    assert!(repo.read("public/changes.html").contains("#12"));
}

#[test]
fn editorial_changes_are_folded_away() {
    let new =
        BASE.replace("version = \"1.0\"", "version = \"2.0\"").replace("この規程は、役員及び", "この規程は役員及び");
    let repo = amended(&new);
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    repo.commit("字句の修正");
    let log = repo.good(&["log", "P-01", "--format", "json", "--as-of", "2026-11-20"]);
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let items = log[0]["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0]["kind"], "editorial");
}

fn unit(id: usize, kind: UnitKind, lines: Vec<Line>) -> Unit {
    let rank = if kind == UnitKind::Article { 4 } else { 2 };
    Unit {
        kind,
        rank,
        id: Some(format!("u{id}")),
        number: String::new(),
        label: format!("u{id}"),
        title: String::new(),
        deleted: false,
        in_supplement: false,
        lines,
    }
}

fn wording() -> impl Strategy<Value = Vec<Unit>> {
    let text = prop::collection::vec(
        prop::sample::select(vec!["情報", "を", "持ち出す", "部長", "の", "承認", "、", "1"]),
        0..8,
    )
    .prop_map(|words| words.concat());
    let line = (text.clone(), text, 0..3usize).prop_map(|(text, cell, kind)| {
        let piece = |text: String| vec![Piece { text, meaning: None, generated: false }];
        match kind {
            0 => Line::new(LineKind::Text, "2", text),
            1 => Line::new(LineKind::Item, "(1)", text),
            _ => Line { cells: vec![piece(text), piece(cell)], ..Line::new(LineKind::Row, "", "") },
        }
    });
    let unit = (0..8usize, any::<bool>(), prop::collection::vec(line, 0..6))
        .prop_map(|(id, article, lines)| unit(id, if article { UnitKind::Article } else { UnitKind::Heading }, lines));
    prop::collection::vec(unit, 0..8)
}

/// All texts of one side, sorted: what is moved stands elsewhere.
fn texts(units: &[Unit]) -> Vec<String> {
    let mut all: Vec<String> =
        units.iter().flat_map(|unit| &unit.lines).map(|l| format!("{}{}", l.mark, l.text())).collect();
    all.sort();
    all
}

fn side(comparison: &Comparison, old: bool) -> Vec<String> {
    let lines = comparison.rows.iter().flat_map(|row| &row.lines);
    let sides = lines.filter_map(|line| if old { line.old.as_ref() } else { line.new.as_ref() });
    let mut all: Vec<String> = sides
        .map(|side| {
            let cells = side.cells.iter().map(|cell| cell.iter().map(|s| s.text.as_str()).collect::<String>());
            format!("{}{}", side.mark.text, cells.collect::<Vec<_>>().join(" "))
        })
        .collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn a_wording_does_not_differ_from_itself(units in wording()) {
        let comparison = Comparison::of_units(&units, &units);
        prop_assert!(comparison.rows.iter().all(|row| row.change == Change::Unchanged));
    }

    #[test]
    fn every_character_of_both_sides_appears_once(old in wording(), new in wording()) {
        let comparison = Comparison::of_units(&old, &new);
        prop_assert_eq!(side(&comparison, true), texts(&old));
        prop_assert_eq!(side(&comparison, false), texts(&new));
    }
}
