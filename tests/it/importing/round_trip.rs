//! What was typed is what is shown: every line of every source stands on the built page with its numbers, or is told.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::{SOURCES, import, repo};
use crate::support::Repo;

/// Letters and digits alone, widths folded: numbers of items and the words behind them.
fn folded(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a page's main part, tags taken out.
fn words(html: &str) -> String {
    let main = html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a main part").0;
    let mut out = String::new();
    let mut inside = true;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A line of a source as a reader takes it: no marks of Markdown or HTML, 一　 read as (1), イ　 as its place.
fn read(line: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in line.chars() {
        match c {
            '<' if !line.contains("<b>") => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let out = out.trim_start_matches(|c: char| c.is_whitespace() || ">#-・".contains(c)).to_owned();
    for (number, kanji) in (1..).zip(["一", "二", "三", "四"]) {
        if let Some(rest) = out.strip_prefix(kanji).filter(|rest| rest.starts_with('　')) {
            return format!("{number}{rest}");
        }
    }
    out
}

/// 第三条の二 as 第3条の2, so that both sides write numbers alike.
fn arabic(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['第', 'の']) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let mut letters = behind.chars();
        out.extend(letters.next());
        let numeral: String = letters.clone().take_while(|c| DIGITS.contains(*c) || *c == '十').collect();
        let unit = behind[3 + numeral.len()..].chars().next();
        let counted = behind.starts_with('の') && out.ends_with("条の") || unit.is_some_and(|c| "条項号".contains(c));
        let value: u32 = numeral.chars().fold(0, |value, c| match c {
            '十' => value.max(1) * 10,
            c => value + DIGITS.chars().position(|digit| digit == c).unwrap_or(0) as u32,
        });
        if counted && !numeral.is_empty() {
            out.push_str(&value.to_string());
            rest = &behind[3 + numeral.len()..];
        } else {
            rest = &behind[3..];
        }
    }
    out + rest
}

#[test]
fn every_line_is_shown_with_its_numbers_or_told() {
    let repo: Repo = repo();
    let run = import(&repo, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    repo.commit("取込み");
    // Owner and role are what people add; without them a document has no page.
    for path in ["policies/joho-kanri.md", "policies/p-03.md"] {
        repo.write(path, repo.read(path).replacen("version = ", "owner = \"office\"\nversion = ", 1));
    }
    repo.good(&["build", "--drafts", "--as-of", "2026-11-20", "--out", "public"]);
    let recorded = ["records/ledger/P-01.toml", "records/ledger/P-02.toml", "records/ledger/P-03.toml", "adoption.csv"];
    let recorded: String = recorded.iter().map(|path| repo.read(path)).collect();
    let mut lost = Vec::new();
    for (index, name) in SOURCES.iter().enumerate() {
        let document = &report["documents"][index];
        let findings = document["findings"].as_array().expect("findings");
        let lines = |finding: &serde_json::Value| {
            finding["line"].as_u64().unwrap_or(0)..=finding["end_line"].as_u64().unwrap_or(0)
        };
        // Of articles whose numbers differ the headings are told, not what stands between them.
        let of_headings = |finding: &&serde_json::Value| finding["name"] == "import-numbers-differ";
        let headings: BTreeSet<u64> = findings.iter().filter(of_headings).flat_map(lines).collect();
        let told: BTreeSet<u64> = findings.iter().filter(|finding| !of_headings(finding)).flat_map(lines).collect();
        let messages: String = findings.iter().filter_map(|finding| finding["message"].as_str()).collect();
        let id = document["id"].as_str().expect("an id");
        let file = document["file"].as_str().expect("a file");
        let front = repo.read(&format!("policies/{file}"));
        let page = words(&repo.read(&format!("public/documents/{id}.html")));
        let shown = folded(&(arabic(&page) + &front + &recorded + &messages));
        let source = repo.read(&format!("old/{name}"));
        for (number, line) in (1u64..).zip(source.lines()).filter(|(number, _)| !told.contains(number)) {
            if line.starts_with('第') && headings.contains(&number) {
                continue;
            }
            let cells: Vec<&str> = line.split(['|', '\u{3000}']).flat_map(|cell| cell.split("  ")).collect();
            let whole = folded(&arabic(&read(line)));
            let missing = |cell: &&str| {
                let cell = folded(&arabic(&read(cell)));
                !shown.contains(&cell) && !is_fact(&cell, &shown)
            };
            if !shown.contains(&whole) && cells.iter().any(missing) {
                lost.push(format!("{name}:{number}: {line}"));
            }
        }
    }
    assert!(lost.is_empty(), "neither shown nor told:\n{}", lost.join("\n"));
}

/// Dates, versions and keys of the head stand in the front matter in another form.
fn is_fact(cell: &str, shown: &str) -> bool {
    const KEYS: [&str; 15] = [
        "文書番号",
        "機密区分",
        "主管部署",
        "所管部門",
        "版数",
        "版",
        "制定日",
        "承認日",
        "施行日",
        "改訂内容",
        "作成",
        "承認",
        "年月日",
        "改訂日",
        "承認者",
    ];
    const MORE: [&str; 6] = ["内容", "作成者", "備考", "社外秘", "初版", "colgroup"];
    let bare = KEYS.iter().fold(cell.to_owned(), |cell, key| cell.replace(key, ""));
    if bare.is_empty() || MORE.iter().any(|word| bare == *word) || shown.contains(&bare) {
        return true;
    }
    let numbers: Vec<u32> = bare.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let era = if bare.starts_with("平成") || bare.starts_with('H') {
        1988
    } else if bare.starts_with("令和") {
        2018
    } else {
        0
    };
    match numbers[..] {
        [year, month, day] => shown.contains(&format!("{}{month:02}{day:02}", year + era)),
        // 第3版 is 3.0; a date in figures has lost its strokes.
        [number] if bare.starts_with('第') && bare.ends_with('版') => shown.contains(&format!("{number}0")),
        [number] => (1..=12).any(|month| {
            (1..=31).any(|day| {
                bare == format!("{}{month}{day}", number / 10_u32.pow(digits(month) + digits(day))) && {
                    let year = number / 10_u32.pow(digits(month) + digits(day));
                    shown.contains(&format!("{year}{month:02}{day:02}"))
                }
            })
        }),
        _ => false,
    }
}

fn digits(number: u32) -> u32 {
    if number < 10 { 1 } else { 2 }
}
