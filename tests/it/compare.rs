//! Comparisons of two wordings: six amendments against tables that people wrote by hand, what stays true for any two
//! wordings, and what the handbook shows of them.

use kitei::compare::unit::{Line, LineKind, Piece, Unit, UnitKind};
use kitei::compare::{Change, Comparison};
use proptest::prelude::*;

use crate::support::Repo;

const BASE: &str = include_str!("../compare/base.md");

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
                include_str!(concat!("../compare/", $name, ".new.md")),
                include_str!(concat!("../compare/", $name, ".expected.md")),
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
    let repo = amended(include_str!("../compare/article-inserted.new.md"));
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
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(first)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(book.by_name(name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("orientation=\"landscape\""), "{sheet}");
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles\" localSheetId=\"0\">Sheet1!$2:$2<"));
    assert_eq!(repo.kitei(&["compare", "P-01", "1.0", "9.9"]).code, 2);
}

#[test]
fn the_handbook_compares_approved_versions_and_never_drafts() {
    let repo = amended(include_str!("../compare/table-cell.new.md"));
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
    let read = atom_syndication::Feed::read_from(feed.as_bytes()).unwrap();
    assert!(!read.id.is_empty() && read.authors.len() == 1 && read.links.iter().any(|link| link.rel == "self"));
    let ids: std::collections::BTreeSet<_> = read.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!((read.entries.len(), ids.len()), (2, 2));
    assert!(read.entries.iter().all(|entry| entry.links.len() == 1 && entry.content.is_some()), "{feed}");
    let log = repo.good(&["log", "P-01", "--format", "json", "--as-of", "2026-11-20"]);
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log[0]["version"], "2.0");
    assert_eq!(log[0]["previous"], "1.0");
    assert_eq!(log[1]["kind"], "established");
    let since = repo.good(&["log", "--since", "2026-05-01", "--format", "markdown", "--as-of", "2026-11-20"]);
    assert!(since.contains("## [P-01 2.0] - 2026-10-01") && !since.contains("1.0]"), "{since}");
    assert!(since.starts_with("# ") && since.contains("\n### 変更\n\n- 第3条（分類）を変更\n"), "{since}");
}

#[test]
fn a_retired_document_keeps_the_comparisons_of_its_approved_versions() {
    let repo = amended(include_str!("../compare/table-cell.new.md"));
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    repo.commit("改訂");
    let third = repo.read("policies/a.md").replace("version = \"2.0\"", "version = \"3.0\"").replace("7年", "9年");
    repo.write("policies/a.md", third.replace("title = \"", "title = \"草案の"));
    repo.commit("草案");
    let days = ["--on", "2026-10-20", "--effective", "2026-11-01", "--as-of", "2026-10-20"];
    repo.good(&[&["retire", "P-01", "--yes", "--reason", "まとめた", "--decision", "議事録"], &days[..]].concat());
    repo.commit("廃止");
    let address = "documents/P-01/compare-1.0-2.0.html";
    // Whether its file is still there or not, and in the preview too.
    for gone in [false, true] {
        if gone {
            std::fs::remove_file(repo.at("policies/a.md")).unwrap();
            repo.commit("削除");
        }
        for options in [&[][..], &["--drafts"]] {
            repo.good(&[&["build", "--as-of", "2026-11-20", "--out", "built"], options].concat());
            let page = repo.read(&format!("built/{address}"));
            assert!(page.contains("<u>7</u>年") && page.contains("廃止"), "{page}");
            assert!(page.contains("href=\"../../documents/P-01.html\""), "{page}");
            assert!(repo.read("built/changes.html").contains(address));
            let tombstone = repo.read("built/documents/P-01.html");
            assert!(tombstone.contains(address) && !tombstone.contains("7</u>年"), "{tombstone}");
            assert!(!repo.at("built/documents/P-01/compare-2.0-3.0.html").exists());
            for path in [address, "changes.html", "documents/P-01.html", "documents.html", "documents.json"] {
                let page = repo.read(&format!("built/{path}"));
                assert!(!page.contains("9年") && !page.contains("草案の"), "{path} shows the draft\n{page}");
            }
        }
    }
}

#[test]
fn the_log_names_the_commit_and_the_pull_request_that_brought_a_version() {
    let repo = amended(include_str!("../compare/table-cell.new.md"));
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
    assert_eq!(items[0]["places"], serde_json::json!(["第2条（適用範囲）"]));
    assert_eq!(log[0]["editorial"], false, "by its version it is more than that");
    for format in ["text", "markdown"] {
        let log = repo.good(&["log", "P-01", "--format", format, "--as-of", "2026-11-20"]);
        assert!(log.contains("- 句読点や空白などの表記を1か所修正（第2条（適用範囲））\n"), "{log}");
    }
}

/// The items of the newest entry of the log, kind and words.
fn items(repo: &Repo) -> Vec<(String, String)> {
    let log = repo.good(&["log", "P-01", "--format", "json", "--as-of", "2026-11-20"]);
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let items = log[0]["items"].as_array().unwrap().iter();
    let word = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
    items.map(|item| (word(item, "kind"), word(item, "text"))).collect()
}

fn changed(pairs: &[(&str, &str)]) -> String {
    let head = BASE.replace("version = \"1.0\"", "version = \"2.0\"");
    pairs.iter().fold(head, |text, (from, to)| {
        assert!(text.contains(from), "the base has no “{from}”");
        text.replacen(from, to, 1)
    })
}

#[test]
fn the_log_tells_each_part_of_a_decision_on_a_control_that_changed() {
    let front = BASE.find("\n+++\n").unwrap();
    let deciding = |text: &str, decision: &str| {
        let (head, body) = text.split_at(front);
        format!("{head}\n\n[[soa]]\ncontrol = \"8.30\"\n{decision}{body}")
    };
    let repo = Repo::new();
    let reasons = "reasons = [\"risk\", \"contract\"]\njustification = \"開発を委託しているため\"\n";
    let old = format!("applicable = true\nimplementation = \"implemented\"\n{reasons}");
    repo.write("policies/a.md", deciding(BASE, &old));
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    let new = old.replace("\"implemented\"", "\"partial\"").replace("\"risk\"", "\"legal\"").replace("開発", "一部");
    repo.write("policies/a.md", deciding(&changed(&[]), &new));
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    repo.commit("改訂");
    let found = items(&repo);
    let found: Vec<_> = found.iter().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
    let expected = [
        ("fact", "A.8.30 の理由の種類に「法令」を追加し、「リスク」を削除"),
        ("fact", "A.8.30 の採否の理由を「開発を委託しているため」から「一部を委託しているため」に変更"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_log_tells_what_was_decided_in_plain_words() {
    let new = changed(&[
        ("owner = \"office\"", "owner = \"ciso\"\naudience = [\"office\"]\nclassification = \"secret\""),
        ("この規程は、情報の取扱いを定める。", "この規程は、情報と媒体の取扱いを定める。"),
        ("### 適用範囲 {#scope}\n\nこの規程は、役員及び従業員に適用する。\n\n", ""),
        (
            "### 分類 {#classify}",
            "### 目録 {#list}\n\n目録を作る。\n\n### 記録 {#record}\n\n記録する。\n\n### 分類 {#classify}",
        ),
        ("私物の媒体に複写しない。", "私物の媒体に複写し、又は送信しない。\n\n> [!IMPORTANT]\n> 封筒に入れる。"),
        ("不要な情報は、", "不要な情報は"),
    ]);
    let repo = amended(&new);
    let config = repo.read("kitei.toml");
    repo.write("kitei.toml", format!("{config}\n[[classification]]\nid = \"secret\"\nname = \"秘\"\n"));
    let days = ["--on", "2026-09-01", "--effective", "2026-10-01", "--as-of", "2026-09-01"];
    let words = [
        "--drafter",
        "sato",
        "--checked-by",
        "tanaka",
        "--decision",
        "取締役会 第4号議案",
        "--changes",
        "媒体を加えた",
    ];
    repo.good(&[&["approve", "P-01", "--yes"], &days[..], &words].concat());
    repo.commit("改訂");
    let found = items(&repo);
    let found: Vec<_> = found.iter().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
    let expected = [
        ("fact", "分類を「社外秘」から「秘」に変更"),
        ("fact", "対象を「全員」から「事務局」に変更"),
        ("fact", "主管を「事務局」から「最高情報セキュリティ責任者」に変更"),
        ("changed", "前文を変更"),
        ("removed", "第2条（適用範囲）を削除"),
        ("added", "第2条（目録）を新設"),
        ("added", "第3条（記録）を新設"),
        ("changed", "第5条（持出し）（旧第4条）を変更"),
        ("forbidden", "「禁止」を変更（第5条（持出し））: 私物の媒体に複写し、又は送信しない。"),
        ("required", "「必須」を追加（第5条（持出し））: 封筒に入れる。"),
        ("renumbered", "第3条～第5条の番号を第4条～第6条に変更"),
        ("editorial", "句読点や空白などの表記を1か所修正"),
    ];
    assert_eq!(found, expected);

    let text = repo.good(&["log", "P-01", "--as-of", "2026-11-20"]);
    for words in
        ["承認者: 取締役会\n", "決定: 取締役会 第4号議案\n", "改訂内容: 媒体を加えた\n", "対応する人: 事務局\n"]
    {
        assert!(text.contains(words), "no {words} in\n{text}");
    }
    repo.good(&["build", "--as-of", "2026-11-20"]);
    let changes = repo.read("public/changes.html");
    let folded = "<details class=\"editorial\">\n<summary>句読点や空白などの表記を1か所修正</summary>\n<ul class=\"places\">\n<li>";
    assert!(changes.contains(folded), "{changes}");
    let page = repo.read("public/documents/P-01.html");
    let (_, table) = page.split_once("<table class=\"versions\">").unwrap_or_default();
    let (head, rows) = table.split_once("</thead>").unwrap_or_default();
    let heads: Vec<_> = head.split("<th scope=\"col\">").skip(1).filter_map(|cell| cell.split('<').next()).collect();
    assert_eq!(heads, ["版", "改訂日", "施行日", "改訂内容", "作成", "審査", "承認者"]);
    let (newest, older) = rows.split_once("</tr>").unwrap_or_default();
    for words in [">2.0 ", "2026年9月1日", "媒体を加えた", ">佐藤</", ">田中</", ">取締役会</"] {
        assert!(newest.contains(words), "no {words} in\n{newest}");
    }
    assert!(older.contains(">1.0<"), "{older}");
}

#[test]
fn a_preamble_in_the_table_is_changed_and_an_article_removed_and_another_new() {
    let new = changed(&[
        ("情報の取扱いを定める。", "情報と媒体の取扱いを定める。"),
        ("### 適用範囲 {#scope}\n\nこの規程は、役員及び従業員に適用する。\n\n", ""),
        ("### 廃棄 {#dispose}", "### 記録 {#record}\n\n記録する。\n\n### 廃棄 {#dispose}"),
        ("2. 持ち出す日\n", "2. 持ち出す日\n3. 持ち出す先\n"),
    ]);
    let repo = amended(&new);
    let table = repo.good(&["compare", "P-01", "1.0", "2.0"]);
    for row in [
        "| この規程は、情報<ins>と媒体</ins>の取扱いを定める。 | この規程は、情報の取扱いを定める。 | （変更） |",
        "| 第1条（略） | 第1条（略） |  |",
        "|  | **<ins>第2条（適用範囲）</ins>** | （削除） |",
        "| <ins>第2条</ins>（略） | <ins>第3条</ins>（略） | （番号の変更） |",
        "| 　(1)～(2)　（略） | 　(1)～(2)　（略） |  |",
        "| 　<ins>(3)　持ち出す先</ins> |  | （追加） |",
        "| **<ins>第4条（記録）</ins>** |  | （新設） |",
    ] {
        assert!(table.lines().any(|line| line == row), "no row {row} in\n{table}");
    }
    let government = repo.good(&["compare", "P-01", "1.0", "2.0", "--style", "government"]);
    assert!(government.contains("| <ins>（削る）</ins> | **<ins>第2条（適用範囲）</ins>** |\n"), "{government}");
}

#[test]
fn what_moved_is_told_with_its_former_place_where_that_tells_anything() {
    let repo = amended(include_str!("../compare/article-moved.new.md"));
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    let moved =
        |repo: &Repo| items(repo).into_iter().filter(|(kind, _)| kind == "moved").map(|(_, text)| text).collect();
    let found: Vec<String> = moved(&repo);
    assert_eq!(found, ["第3条（廃棄）を移動（元は第2章 取扱い 第5条）"]);

    let repo = Repo::new();
    let parts = |version: &str, order: [&str; 3]| {
        let head = format!("+++\nid = \"P-01\"\ntitle = \"手順\"\nversion = \"{version}\"\nowner = \"office\"\n+++\n");
        head + &order.map(|id| format!("\n## {id} {{#{id} .plain}}\n\n{id}の文。\n")).concat()
    };
    repo.write("policies/a.md", parts("1.0", ["one", "two", "three"]));
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    repo.write("policies/a.md", parts("2.0", ["two", "three", "one"]));
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    let found: Vec<String> = moved(&repo);
    assert_eq!(found, ["oneを移動"]);
}

#[test]
fn each_run_of_articles_that_shifted_is_told_apart() {
    let new = changed(&[
        ("### 目的 {#purpose}", "### 趣旨 {#aim}\n\n守る。\n\n### 目的 {#purpose}"),
        ("### 持出し {#takeout}", "### 記録 {#record}\n\n記録する。\n\n### 持出し {#takeout}"),
    ]);
    let repo = amended(&new);
    repo.approve("P-01", "2026-09-01", "2026-10-01");
    repo.commit("改訂");
    let shifted: Vec<String> =
        items(&repo).into_iter().filter(|(kind, _)| kind == "renumbered").map(|(_, text)| text).collect();
    assert_eq!(shifted, ["第1条～第3条の番号を第2条～第4条に変更", "第4条～第5条の番号を第6条～第7条に変更"]);
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
