//! Every page of the handbook is whole: HTML that is balanced and keeps the content policy, links that lead somewhere,
//! the same bytes each time, whatever the documents hold.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use kitei::handbook::edition::Edition;
use kitei::load::{MemoryFiles, WorkTree};
use kitei::locale::Language;
use kitei::paths;
use kitei::publish::Artifacts;
use kitei::site::render;
use kitei::workspace::{Snapshot, TreeRef, Workspace};
use proptest::prelude::*;

use crate::support::memory::{FRONT, assert_holds, base, body, options, page, preview};

/// A handbook with one of everything.
fn full() -> MemoryFiles {
    let mut files = base();
    files.insert("policies/p.md", format!("+++\nid = \"P-01\"\ntitle = \"基本 <方針> & '規程'\"\n{FRONT}annex_a = [\"5.1\", \"6.8\"]\nclauses = [\"5.2\"]\nestablished = 2020-01-01\naudience = [\"ciso\", \"ghost\"]\nsummary = \"要約\"\n+++\n\n前文[^1]。\n\n[^1]: 注。\n\n## 章 {{#ch}}\n\n### 条 {{#a}}\n\n一。\n\n二。\n\n1. 号\n\n### 条二 {{#a-2}}\n\n1. 号\n\n[[#a/2/1]] [[#a-2/1/1]] [[C-5.1#r]]\n"));
    files.insert("controls/c.md", format!("+++\nid = \"C-5.1\"\ntitle = \"対策\"\n{FRONT}implements = [\"P-01\"]\nannex_a = [\"5.1\"]\n\n[[soa]]\ncontrol = \"5.1\"\napplicable = true\nimplementation = \"partial\"\nreasons = [\"risk\", \"legal\"]\njustification = \"理由\"\n\n[[soa]]\ncontrol = \"7.4\"\napplicable = false\njustification = \"無い\"\n+++\n\n## 要求 {{#r implements=A.5.37}}\n\n- 一覧\n\n## 点検項目 {{#check}}\n\n- か。\n"));
    files.insert("procedures/s.md", format!("+++\nid = \"S-01\"\nnumber = \"手順-1\"\ntitle = \"手順\"\n{FRONT}implements = [\"C-5.1\"]\n+++\n\n## 一 {{#one implements=C-5.1}}\n\n1. [[role:ciso]]\n2. [[term:残留 リスク]]\n\n## 二 {{#two implements=C-5.1}}\n\n[[A.5.1]] [[clause:7.5.3]] [[P-01#a/2]]\n"));
    files
}

/// Every tag of a page as name and attributes; what the pages never have is a fault.
fn tags<'p>(path: &str, page: &'p str) -> Vec<(&'p str, Vec<(&'p str, &'p str)>)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').unwrap_or_else(|| panic!("{path}: an open tag is not closed"));
        let inside = &rest[..end];
        let (name, mut attributes) = inside.split_once(|c: char| c.is_whitespace()).unwrap_or((inside, ""));
        let mut pairs = Vec::new();
        while !attributes.trim().is_empty() {
            attributes = attributes.trim_start();
            let stop = attributes.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(attributes.len());
            let key = &attributes[..stop];
            match attributes[stop..].strip_prefix("=\"") {
                Some(value) => {
                    let close = value.find('"').unwrap_or_else(|| panic!("{path}: {inside}"));
                    pairs.push((key, &value[..close]));
                    attributes = &value[close + 1..];
                }
                None => {
                    pairs.push((key, ""));
                    attributes = &attributes[stop..];
                }
            }
        }
        found.push((name, pairs));
        rest = &rest[end + 1..];
    }
    found
}

const VOID: [&str; 7] = ["!doctype", "meta", "link", "img", "br", "hr", "input"];

/// Tags are balanced, and nothing is there that the content security policy forbids.
fn assert_whole(path: &str, page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    for (name, attributes) in tags(path, page) {
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{path}: </{name}> closes something else");
            continue;
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
        assert_ne!(name, "style", "{path}");
        for (key, value) in &attributes {
            assert!(*key != "style" && !key.starts_with("on"), "{path}: {key}");
            if *key == "id" {
                assert!(ids.insert(*value), "{path}: the id {value} stands twice");
            }
            if matches!(*key, "href" | "src") {
                let scheme = value.split(['/', '#', '?']).next().unwrap_or("").split_once(':');
                assert!(
                    scheme.is_none_or(|(scheme, _)| ["http", "https", "mailto", "tel"].contains(&scheme)),
                    "{path}: {value}"
                );
            }
        }
        assert!(
            name != "script" || attributes.iter().any(|(key, _)| *key == "src"),
            "{path}: a script inside the page"
        );
    }
    assert!(open.is_empty(), "{path}: {open:?} stay open");
    // 「（」 and the like stand in text, never in names, so this finds headings only.
    let levels: Vec<u8> = tags(path, page)
        .iter()
        .filter_map(|(name, _)| name.strip_prefix('h').and_then(|level| level.parse().ok()))
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{path}: one main heading");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?} leave a gap");
}

/// Every link inside the site leads to a file, and to a place in it.
fn assert_links(site: &Artifacts) -> usize {
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let pages: Vec<(String, String)> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.to_owned(), String::from_utf8(bytes.to_vec()).expect("a page is text")))
        .collect();
    let unescape = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    for (path, page) in &pages {
        assert_whole(path, page);
        let found = tags(path, page)
            .iter()
            .flat_map(|(_, a)| a.iter())
            .filter(|(k, _)| *k == "id")
            .map(|(_, v)| unescape(v))
            .collect();
        ids.insert(path.clone(), found);
    }
    let mut checked = 0;
    for (path, page) in &pages {
        for (_, attributes) in tags(path, page) {
            for (_, value) in attributes.iter().filter(|(key, _)| matches!(*key, "href" | "src")) {
                let value = unescape(value);
                if value.contains("://") || value.starts_with("mailto:") || value.starts_with("tel:") {
                    continue;
                }
                let (file, fragment) = value.split_once('#').map_or((value.as_str(), None), |(f, h)| (f, Some(h)));
                let file = percent_decode(file);
                let target = paths::resolve(path, &file).unwrap_or_else(|| panic!("{path}: {value} leaves the site"));
                assert!(site.get(&target).is_some(), "{path}: {value} leads to no file");
                if let Some(fragment) = fragment {
                    let fragment = percent_decode(fragment);
                    assert!(ids[&target].contains(&fragment), "{path}: {value} leads to no place");
                }
                checked += 1;
            }
        }
    }
    checked
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).expect("addresses are text")
}

#[test]
fn every_link_leads_somewhere_and_every_page_is_whole() {
    let site = preview(&full());
    assert!(assert_links(&site) > 150);
    let policy = page(&site, "documents/P-01.html");
    assert_holds(
        &policy,
        &[
            "href=\"../documents/C-5.1.html\"",
            "<h1>基本 &lt;方針&gt; &amp; &#39;規程&#39;</h1>",
            "href=\"P-01.html#a-2_-1\"",
            "href=\"P-01.html#a-2-1-1\"",
        ],
    );
    let control = page(&site, "documents/C-5.1.html");
    assert_holds(&control, &["href=\"../documents/S-01.html#two\"", "手順-1", "href=\"../annex-a.html#A.5.37\""]);
    let annex = page(&site, "annex-a.html");
    assert_holds(&annex, &["<li id=\"A.7.4\"", "適用しない", "一部実施"]);
    assert!(
        page(&site, "404.html").contains("href=\"/index.html\""),
        "the page for lost addresses links from the root"
    );
}

/// The example company's handbook as this repository has it, without its history.
fn company() -> Snapshot {
    let files = Workspace::of_files(WorkTree::new(env!("CARGO_MANIFEST_DIR")));
    files.at(TreeRef::WorkingTree).unwrap().on(jiff::civil::date(2026, 11, 20))
}

#[test]
fn the_example_company_renders_whole() {
    let handbook = company();
    for edition in [Edition::preview(&handbook), Edition::in_force(&handbook)] {
        for language in Language::ALL {
            let site = render(&edition, &options(language), handbook.files()).unwrap();
            assert!(assert_links(&site) > 100);
        }
    }
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    let files = full();
    assert_eq!(preview(&files), preview(&files));
}

#[test]
fn first_pages_stay_light() {
    let handbook = company();
    let site = render(&Edition::preview(&handbook), &options(Language::Ja), handbook.files()).unwrap();
    let compressed = |path: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(site.get(path).unwrap_or_else(|| panic!("{path} is missing"))).unwrap();
        encoder.finish().unwrap().len()
    };
    // The page and everything it loads before somebody does anything.
    for start in ["index.html", "incident.html", "documents/P-05.html", "search.html"] {
        let html = page(&site, start);
        let loaded = tags(start, &html).into_iter().filter_map(|(name, attributes)| {
            let value = |wanted: &str| attributes.iter().find(|(key, _)| *key == wanted).map(|(_, value)| *value);
            match name {
                "script" | "img" => value("src"),
                "link" if value("rel").is_some_and(|rel| ["stylesheet", "icon", "manifest"].contains(&rel)) => {
                    value("href")
                }
                _ => None,
            }
        });
        let loaded: usize = loaded.map(|path| compressed(&paths::resolve(start, path).unwrap())).sum();
        let total = compressed(start) + loaded;
        assert!(loaded > 0 && total < 100_000, "{start}: {total} bytes");
    }
}

/// Fragments whose combinations make deep, broken and hostile Markdown.
fn markdown() -> impl Strategy<Value = String> {
    const PARTS: [&str; 46] = [
        "\n",
        "\n\n",
        "\n\n### 条 {#a}\n\n",
        "\n\n## 章 {#b}\n\n",
        "\n\n## 附則 {#s .supplement}\n\n",
        "\n\n### x {#a-1 .deleted}\n\n",
        "1. ",
        "   1. ",
        "- ",
        "> ",
        "> [!CAUTION]\n> ",
        "| a | b |\n|---|--:|\n| c | d |\n",
        "[^1]",
        "\n[^1]: 注 ",
        "**",
        "*",
        "`",
        "```\n",
        "~~",
        "<b onclick=x>",
        "<!-- ",
        " -->",
        "</div>",
        "[x](javascript:y)",
        "![x](y.png)",
        "[[#a]]",
        "[[#a/1/1]]",
        "[[P-09|",
        "]]",
        "[[",
        "![[A.5.1]]",
        "[",
        "](x.md)",
        "](https://e.x/\"'<>)",
        "<https://e.x>",
        "- [ ] ",
        "    ",
        "\t",
        "&lt;",
        "\\",
        "文",
        "text ",
        "　",
        "\u{3099}",
        "#### 小 {#a-1-1}\n\n",
        "---\n",
    ];
    proptest::collection::vec(0..PARTS.len(), 0..40)
        .prop_map(|parts| parts.into_iter().map(|part| PARTS[part]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_makes_a_whole_page(text in markdown()) {
        let mut files = base();
        files.insert("policies/x.md", format!("+++\nid = \"P-09\"\ntitle = \"規程\"\n{FRONT}+++\n\n{text}"));
        let site = preview(&files);
        assert_links(&site);
        let body = body(&page(&site, "documents/P-09.html"));
        prop_assert!(!body.contains("<b ") && !body.contains("<!--") && !body.contains("onclick=x>"), "{body}");
    }
}
