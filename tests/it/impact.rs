//! The impact of a change, on a scripted repository: each section told from what the branch does, hostile words inert,
//! long reports folded, and every case in which it cannot be told refused.

use serde_json::Value;

use crate::support::Repo;
use crate::support::copies;

const DAY: &str = "2026-11-20";

/// P-01 with three articles, C-5.12 that implements it and cites two of them; both approved.
fn approved() -> Repo {
    let repo = Repo::new();
    repo.write("policies/a.md", POLICY);
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.write("controls/5.12.md", CONTROL);
    repo.good(&[
        "approve",
        "C-5.12",
        "--yes",
        "--approver",
        "tanaka",
        "--drafter",
        "sato",
        "--on",
        "2026-04-02",
        "--effective",
        "2026-04-02",
        "--as-of",
        "2026-04-02",
    ]);
    repo.commit("制定");
    repo.git(&["switch", "-q", "-c", "revise"]);
    repo
}

const POLICY: &str = "\
+++
id = \"P-01\"
title = \"情報管理規程\"
version = \"1.0\"
owner = \"office\"
annex_a = [\"5.1\", \"5.12\"]
+++

### 目的 {#purpose}

情報を守る。

### 分類 {#classify}

情報を分類する。

1. 公開
2. 社外秘

### 持出し {#carry}

情報を持ち出さない。
";

const CONTROL: &str = "\
+++
id = \"C-5.12\"
title = \"情報の分類\"
version = \"1.0\"
owner = \"office\"
implements = [\"P-01\"]
annex_a = [\"5.12\"]

[[soa]]
control = \"5.12\"
applicable = true
implementation = \"implemented\"
reasons = [\"risk\"]
justification = \"情報を守るため\"
+++

[[P-01#classify/1/2]]と[[P-01#carry]]による。
";

/// What the branch does to everything.
fn revised() -> Repo {
    let repo = approved();
    let policy = POLICY
        .replace("version = \"1.0\"", "version = \"2.0\"")
        .replace("\"5.1\", ", "")
        .replace("audience", "")
        .replace("### 分類", "### 責任者 {#officer}\n\n責任者を置く。\n\n### 分類")
        .replace("1. 公開\n2. 社外秘", "1. 公開\n2. 取引先限り\n3. 社外秘")
        .replace("持ち出さない", "許可なく持ち出さない");
    repo.write("policies/a.md", policy);
    let people = repo.read("records/people.toml").replace("2024-04-01 }]", "2024-04-01, until = 2026-12-31 }]");
    repo.write("records/people.toml", people);
    let settings = repo.read("kitei.toml").replacen("minor_approver = \"office\"", "minor_approver = \"ciso\"", 1);
    repo.write("kitei.toml", format!("{settings}\n[rules]\nlong-sentence = {{ level = \"allow\" }}\n"));
    repo.write(".github/workflows/check.yml", "on: push\n");
    repo.write("records/terms.toml", "[[term]]\nterm = \"情報\"\n");
    repo.commit("改訂案");
    repo
}

fn json(repo: &Repo, range: &str) -> Value {
    let run = repo.kitei(&["impact", range, "--format", "json", "--as-of", DAY]);
    assert!(run.code < 2, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

/// The part of a report below a heading.
fn section<'t>(report: &'t str, heading: &str) -> &'t str {
    let start = report.find(&format!("### {heading}\n")).unwrap_or_else(|| panic!("{heading}: {report}"));
    let rest = &report[start + 4..];
    rest.split("\n### ").next().unwrap_or(rest)
}

fn holds(report: &str, heading: &str, lines: &[&str]) {
    let section = section(report, heading);
    for line in lines {
        assert!(section.contains(line), "{line}\n{section}");
    }
}

#[test]
fn every_section_tells_what_the_branch_does() {
    let repo = revised();
    let text = repo.good(&["impact", "main..revise", "--as-of", DAY]);
    assert!(text.starts_with("## 変更の影響\n"), "{text}");
    assert!(text.contains("文書 1件（承認が必要 1件）、権限に関わる変更 5件、読み直す文書 1件"), "{text}");
    let order = ["権限に関わる変更", "文書", "読み直す文書", "引用されている条項の変化", "附属書Aと適用宣言", "周知"];
    let places: Vec<usize> = order.iter().map(|name| text.find(&format!("\n### {name}\n")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    holds(
        &text,
        "権限に関わる変更",
        &[
            "**人** 田中（tanaka） (`records/people.toml`): 変更",
            "任命: 最高情報セキュリティ責任者 2024-04-01～ → 最高情報セキュリティ責任者 2024-04-01～2026-12-31",
            "**階層** tiers.policy (`kitei.toml`): 変更\n  - minor\\_approver: office → ciso",
            "**規則** rules.long-sentence",
            "**自動実行の設定** `.github/workflows/check.yml`: 追加",
        ],
    );
    holds(
        &text,
        "文書",
        &[
            "| P-01 情報管理規程 | 文面の変更 | 1.0 → 2.0 | 「取締役会」の承認が必要 |",
            "内容の変更です（1.0 版の次）",
            "会議体として決定する",
            "第2条（責任者）を新設",
            "| 情報を<ins>許可なく</ins>持ち出さない。 | 情報を持ち出さない。 | （変更） |",
        ],
    );
    holds(&text, "読み直す文書", &["C-5.12 情報の分類（主管: 事務局）: P-01 の 2.0 版を読む（1.0 版までは確認済み）"]);
    holds(
        &text,
        "引用されている条項の変化",
        &["第3条 → 第4条\n  - 引用: C-5.12 `controls/5.12.md:17`", "第2条第2号 の内容が 第3条第3号 に移っています"],
    );
    holds(&text, "附属書Aと適用宣言", &["A.5.1 — P-01 が対応しなくなる（**対応する文書がなくなる**）"]);
    holds(&text, "周知", &["P-01 情報管理規程: 全員"]);
    holds(&text, "そのほかのファイル", &["`records/terms.toml`: 追加"]);
    let impact = json(&repo, "main..revise");
    assert_eq!(impact["schema"], 1);
    assert_eq!(impact["documents"][0]["approval"]["step"], "major");
    assert_eq!(impact["citations"][1]["kind"], "reordered");
    let english = repo.good(&["impact", "main..revise", "--as-of", DAY, "--lang", "en"]);
    assert!(english.contains("### Changes of authority") && english.contains("2.0 of P-01"), "{english}");
    assert!(!english.contains("impact-"), "{english}");
}

#[test]
fn the_entry_is_what_the_ledger_needs() {
    let repo = revised();
    let entry = json(&repo, "main..revise")["documents"][0]["approval"]["entry"].as_str().unwrap().to_owned();
    assert!(entry.contains("drafters = [\"sato\"]"), "{entry}");
    let path = "records/ledger/P-01.toml";
    repo.write(path, format!("{}\n{entry}", repo.read(path)));
    copies::write(repo.path(), "P-01", DAY);
    repo.good(&["check", "--as-of", DAY]);
    let recorded = json(&repo, "main");
    assert_eq!(recorded["documents"][0]["approval"]["need"], "recorded");
    assert_eq!(recorded["suspects"][0]["when"], "now");
    let ledger = recorded["authority"].as_array().unwrap().iter().find(|change| change["area"] == "ledger").unwrap();
    assert_eq!(
        (&ledger["details"][0], &ledger["rewrites"]),
        (&Value::from("[[approval]] 2.0 を追加"), &Value::from(false))
    );
    // Below a policy the entry says against which version it was read, the one approved with it.
    let control = CONTROL.replace("\"1.0\"", "\"2.0\"").replace("情報を守るため", "事業のため");
    repo.write("controls/5.12.md", control);
    let both = json(&repo, "main");
    let approval = &both["documents"][0]["approval"];
    assert_eq!(both["documents"][0]["id"], "C-5.12");
    let entry = approval["entry"].as_str().unwrap();
    assert!(entry.contains("against = { \"P-01\" = \"2.0\" }") && entry.contains("approver = \"tanaka\""), "{entry}");
    assert_eq!(both["suspects"], Value::Array(Vec::new()), "it is revised with what it implements");
    assert!(both["soa"][0]["new"].as_str().unwrap().ends_with("事業のため"), "{both:#}");
}

#[test]
fn a_drafter_may_not_approve_and_an_editorial_step_goes_to_the_delegate() {
    let repo = approved();
    repo.write("policies/a.md", POLICY.replace("\"1.0\"", "\"1.1\"").replace("情報を守る。", "情報を、守る。"));
    repo.commit("字句の修正");
    let impact = json(&repo, "main..revise");
    let approval = &impact["documents"][0]["approval"];
    assert_eq!((&approval["step"], &approval["role"]), (&Value::from("minor"), &Value::from("office")));
    assert_eq!(approval["eligible"][0]["drafter"], true);
    assert!(!approval["entry"].as_str().unwrap().contains("approver = \"sato\""), "{approval:#}");
    assert_eq!(impact["suspects"], Value::Array(Vec::new()), "an editorial step makes nobody read again");
    let text = repo.good(&["impact", "main..revise", "--as-of", DAY]);
    assert!(text.contains("~~佐藤（sato）~~（起案者のため承認できない）"), "{text}");
    assert!(text.contains("  - 句読点や空白などの表記を1か所修正（第1条（目的））\n"), "{text}");
    // Text that differs under an approved version.
    repo.write("policies/a.md", POLICY.replace("情報を守る。", "情報を守らない。"));
    let run = repo.kitei(&["impact", "main", "--as-of", DAY]);
    assert_eq!(run.code, 1, "a change that brings errors");
    assert!(run.stdout.contains("版を上げてください") && run.stdout.contains("LED001"), "{}", run.stdout);
}

#[test]
fn findings_that_only_moved_are_neither_new_nor_gone() {
    let repo = approved();
    repo.git(&["switch", "-q", "main"]);
    repo.write(
        "procedures/s.md",
        "+++\nid = \"S-01\"\ntitle = \"手順\"\nversion = \"0.1\"\nowner = \"office\"\n\
        implements = [\"C-5.12\"]\n+++\n\n[先](no.md)\n",
    );
    repo.commit("手順");
    repo.git(&["switch", "-q", "-c", "next"]);
    repo.git(&["mv", "procedures/s.md", "procedures/moved.md"]);
    repo.write("procedures/moved.md", repo.read("procedures/moved.md").replace("[先]", "一文。\n\n[先]"));
    let impact = json(&repo, "main");
    assert_eq!(impact["findings"]["new"], Value::Array(Vec::new()), "{impact:#}");
    assert_eq!(impact["findings"]["gone"], Value::Array(Vec::new()));
    assert_eq!(impact["findings"]["errors"], 1);
    assert_eq!(impact["documents"][0]["moved_from"], "procedures/s.md");
    repo.write("procedures/moved.md", repo.read("procedures/moved.md").replace("[先](no.md)", "[[P-99]]"));
    let impact = json(&repo, "main");
    assert_eq!(impact["findings"]["gone"][0]["code"], "REF001");
    assert_eq!(impact["findings"]["new"][0]["file"], "procedures/moved.md");
}

#[test]
fn what_documents_say_does_nothing_on_a_forge() {
    let repo = approved();
    let hostile = "@octocat <img src=x onerror=alert(1)> [押す](https://evil.example) | #1 `a` ```";
    let policy = POLICY
        .replace("情報管理規程", &hostile.replace('"', "'"))
        .replace("\"1.0\"", "\"2.0\"")
        .replace("### 目的", &format!("### {hostile}"))
        .replace("情報を守る。", &format!("{hostile}\n\n/approve\n\n</details><script>x</script>"));
    repo.write("policies/a.md", policy);
    repo.write("records/people.toml", repo.read("records/people.toml").replace("佐藤", "@octocat/team <b>"));
    repo.write(".github/`@octocat` x.yml", "on: push\n");
    repo.commit("改訂案");
    let text = repo.kitei(&["impact", "main..revise", "--as-of", DAY]).stdout;
    let options = pulldown_cmark::Options::all();
    let mut shown = String::new();
    let mut html = Vec::new();
    let mut in_code = 0;
    for event in pulldown_cmark::Parser::new_ext(&text, options) {
        use pulldown_cmark::{Event, Tag, TagEnd};
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code += 1,
            Event::End(TagEnd::CodeBlock) => in_code -= 1,
            Event::Text(words) if in_code == 0 => shown.push_str(&words),
            Event::Html(words) | Event::InlineHtml(words) => html.push(words.trim().to_owned()),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => panic!("{dest_url}: {text}"),
            _ => {}
        }
    }
    let ours = |html: &String| {
        ["<ins>", "</ins>", "<br>", "</details>"].contains(&html.as_str()) || html.starts_with("<details><summary>P-01")
    };
    assert!(html.iter().all(ours), "{html:?}");
    for sign in ["@octocat", "#1 ", "://"] {
        assert!(!shown.contains(sign), "{sign}: {shown}");
    }
    assert!(text.lines().all(|line| !line.trim_start().starts_with('/')), "{text}");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && line.contains("octocat")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.replace("\\|", "").matches('|').count() <= 5), "{rows:?}");
}

#[test]
fn places_of_editorial_changes_are_named_as_far_as_a_reader_needs() {
    let repo = approved();
    repo.git(&["switch", "-q", "main"]);
    let articles = |comma: &str| -> String {
        let article = |at| format!("### @octocat [x](y) {at} {{#e{at}}}\n\n情報は{comma}守る。\n\n");
        (1..=60).map(article).collect()
    };
    repo.write("policies/a.md", format!("{POLICY}\n{}", articles("")));
    repo.commit("条");
    repo.git(&["switch", "-q", "-c", "next"]);
    repo.write("policies/a.md", format!("{POLICY}\n{}", articles("、")));
    let impact = json(&repo, "main");
    let items = impact["documents"][0]["items"].as_array().unwrap();
    assert_eq!(items[0]["places"].as_array().unwrap().len(), 60, "JSON holds everything: {impact:#}");
    let text = repo.kitei(&["impact", "main", "--as-of", DAY]).stdout;
    let line = text.lines().find(|line| line.contains("表記を60か所修正（")).unwrap_or_else(|| panic!("{text}"));
    assert!(line.ends_with("、ほかに 20件）") && text.contains("一部を省いています"), "{line}");
    assert_eq!(line.matches("octocat").count(), 40, "{line}");
    let mut events = pulldown_cmark::Parser::new(line);
    assert!(events.all(|event| !matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { .. }))));
    assert!(!line.contains("@octocat"), "{line}");
}

#[test]
fn a_long_report_is_folded_and_says_so() {
    let repo = approved();
    let many = |count: usize| {
        for number in 0..count {
            let articles: String = (0..12)
                .map(|at| format!("### 条{at} {{#a{at}}}\n\n{}\n\n", "情報を取り扱う者は、これを守る。".repeat(4)))
                .collect();
            let title = "長い題名".repeat(20);
            repo.write(
                &format!("policies/n{number}.md"),
                format!(
                    "+++\nid = \"P-{}\"\ntitle = \"{title}\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n{articles}",
                    100 + number
                ),
            );
        }
        repo.kitei(&["impact", "main", "--as-of", DAY]).stdout
    };
    for count in [20, 150, 700] {
        let text = many(count);
        assert!(text.chars().count() <= 60_000, "{count}: {}", text.chars().count());
        assert_eq!(text.contains("一部を省いています"), count > 60, "{count}");
        assert!(text.contains(&format!("文書 {count}件（承認が必要 {count}件）")), "{count}");
        assert_eq!(text.matches("```toml").count() * 2, text.matches("```").count(), "{count}: every block ends");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
    assert_eq!(json(&repo, "main")["documents"].as_array().unwrap().len(), 700, "JSON holds everything");
}

#[test]
fn a_change_begins_where_both_sides_part() {
    let repo = revised();
    repo.git(&["switch", "-q", "main"]);
    repo.policy("policies/b.md", "P-02", "1.0", "別の規程。");
    repo.commit("別の案");
    let stale = repo.kitei(&["impact", "main..revise", "--as-of", DAY]);
    assert!(stale.stdout.contains("文書 1件（") && !stale.stdout.contains("P-02"), "{}", stale.stdout);
    assert!(stale.stdout.contains("統合先には、この変更に含まれていないコミットが 1件"), "{}", stale.stdout);
    repo.git(&["switch", "-q", "--detach", "main"]);
    repo.git(&["merge", "-q", "--no-ff", "-m", "統合", "revise"]);
    let merged = json(&repo, "main..HEAD");
    assert_eq!(merged["behind"], 0);
    assert_eq!(merged["documents"].as_array().unwrap().len(), 1);
    assert_eq!(json(&repo, "main...HEAD"), merged);
    let nothing = repo.good(&["impact", "HEAD..main", "--as-of", DAY]);
    assert!(nothing.contains("ハンドブックに関わる変更はありません"), "{nothing}");
}

#[test]
fn a_rewritten_record_is_told_first() {
    let repo = approved();
    let path = "records/ledger/P-01.toml";
    repo.write(path, repo.read(path).replace("2026-03-20", "2026-03-19"));
    repo.commit("日付を変更");
    let run = repo.kitei(&["impact", "main..revise", "--as-of", DAY]);
    assert_eq!(run.code, 1);
    holds(
        &run.stdout,
        "権限に関わる変更",
        &["確定した記録の書換え", "[[approval]]".replace('[', "\\[").replace(']', "\\]").as_str()],
    );
}

#[test]
fn the_first_handbook_is_all_new() {
    let repo = Repo::new();
    for path in ["kitei.toml", "records/roles.toml", "records/people.toml"] {
        std::fs::rename(repo.at(path), repo.at(path).with_extension("later")).unwrap();
    }
    repo.write("README", "x");
    repo.git(&["add", "README"]);
    repo.git(&["commit", "-q", "-m", "はじめ"]);
    repo.git(&["switch", "-q", "-c", "adopt"]);
    for path in ["kitei.toml", "records/roles.toml", "records/people.toml"] {
        std::fs::rename(repo.at(path).with_extension("later"), repo.at(path)).unwrap();
    }
    repo.write("policies/a.md", POLICY);
    repo.commit("導入");
    let impact = json(&repo, "main..HEAD");
    assert_eq!(impact["documents"][0]["kind"], "added");
    assert_eq!(impact["findings"]["gone"], Value::Array(Vec::new()));
    assert!(impact["authority"].as_array().unwrap().iter().any(|change| change["subject"] == "tiers.policy"));
}

#[test]
fn what_cannot_be_told_is_refused_with_the_reason() {
    let repo = revised();
    let refused = |repo: &Repo, range: &str, words: &str| {
        let run = repo.kitei(&["impact", range, "--as-of", DAY]);
        assert_eq!(run.code, 2, "{range}: {}", run.stdout);
        assert!(run.stdout.is_empty() && run.stderr.contains(words), "{range}: {}", run.stderr);
    };
    refused(&repo, "nowhere..HEAD", "nowhere");
    refused(&repo, "..HEAD", "main..HEAD");
    refused(&Repo::shallow_clone_of(&repo), "HEAD", "fetch-depth: 0");
    repo.git(&["switch", "-q", "--orphan", "other"]);
    repo.write("kitei.toml", "[handbook]\n");
    repo.commit("別の歴史");
    refused(&repo, "main..other", "共通のコミット");
}
