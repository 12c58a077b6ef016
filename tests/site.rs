//! The pages of the handbook: numbers, references and escapes as readers see them, links that lead somewhere, HTML
//! that is whole, and the same bytes each time.

use std::collections::{BTreeMap, BTreeSet};

use kitei::handbook::edition::Edition;
use kitei::handbook::wording::NoHistory;
use kitei::handbook::{Handbook, parse};
use kitei::load::{MemoryFiles, WorkTree, load};
use kitei::locale::Language;
use kitei::paths;
use kitei::publish::Artifacts;
use kitei::site::{Options, SiteError, render};
use proptest::prelude::*;

const FRONT: &str = "version = \"1.0\"\nowner = \"office\"\n";

fn base() -> MemoryFiles {
    let mut files = MemoryFiles::default();
    files.insert("kitei.toml", include_str!("base/kitei.toml"));
    files.insert("records/roles.toml", include_str!("base/records/roles.toml"));
    files.insert("records/people.toml", include_str!("base/records/people.toml"));
    files.insert(
        "records/terms.toml",
        "[[term]]\nterm = \"残留 リスク\"\nreading = \"ざんりゅうりすく\"\ndefinition = \"残るリスク\"\nvariants = [\"残存リスク\"]\n",
    );
    files.insert("records/assets.toml", "title = \"資産目録\"\n");
    files
}

fn handbook(files: &MemoryFiles) -> Handbook {
    let today = jiff::civil::date(2026, 11, 20);
    Handbook::resolve(parse(load(files).expect("a configuration")), files, today, &NoHistory)
}

fn options(language: Language) -> Options {
    Options { language, version: "0.0.0".to_owned(), ..Options::default() }
}

fn try_preview(files: &MemoryFiles) -> Result<Artifacts, SiteError> {
    let handbook = handbook(files);
    render(&Edition::preview(&handbook), &options(Language::Ja), files)
}

fn preview(files: &MemoryFiles) -> Artifacts {
    try_preview(files).expect("a site")
}

fn page(site: &Artifacts, path: &str) -> String {
    let bytes = site.get(path).unwrap_or_else(|| panic!("{path} is missing"));
    String::from_utf8(bytes.to_vec()).expect("a page is text")
}

/// The body of a policy's page, without the page around it.
fn body_of(files: &mut MemoryFiles, text: &str) -> String {
    files.insert("policies/x.md", format!("+++\nid = \"P-09\"\ntitle = \"規程\"\n{FRONT}+++\n\n{text}"));
    body(&page(&preview(files), "documents/P-09.html"))
}

fn body(page: &str) -> String {
    let start = page.find("data-pagefind-body>").expect("a body") + "data-pagefind-body>".len();
    let end = page.find("<footer class=\"document-footer\"").expect("a footer of the document");
    page[start..end].trim().trim_end_matches("</div>").trim().to_owned()
}

fn html(text: &str) -> String {
    body_of(&mut base(), text)
}

#[track_caller]
fn assert_holds(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
}

#[test]
fn articles_read_as_in_regulations() {
    let html = html(
        "前文。\n\n## 総則 {#general}\n\n### 目的 {#purpose}\n\n初めの項。\n\n次の項。\n\n1. 一\n   1. 下\n      1. 下の下\n2. 二\n\n\
         ### 旧条 {#old .deleted}\n\n### 枝 {#branch .branch}\n\n本文。\n\n## 附則 {#supplement .supplement}\n\n### 施行期日 {#effective}\n\n施行する。\n",
    );
    assert_holds(
        &html,
        &[
            "<p>前文。</p>",
            "<h2 class=\"chapter\" id=\"general\"><span class=\"number\">第1章</span> 総則 <a class=\"permalink\" href=\"#general\" aria-label=\"第1章へのリンク\"></a></h2>",
            "<h3 class=\"article\" id=\"purpose\"><span class=\"number\">第1条</span><span class=\"caption\">（目的）</span>",
            "<p class=\"paragraph\" id=\"purpose-1\">初めの項。</p>",
            "<p class=\"paragraph\" id=\"purpose-2\"><span class=\"mark\">2 </span>次の項。</p>",
            "<li id=\"purpose-2-1\"><span class=\"mark\">(1) </span>一",
            "<li id=\"purpose-2-1-1\"><span class=\"mark\">ア </span>下",
            "<li id=\"purpose-2-1-1-1\"><span class=\"mark\">(ア) </span>下の下",
            "<li id=\"purpose-2-2\"><span class=\"mark\">(2) </span>二",
            "<span class=\"number\">第2条</span> 削除 <a",
            "<span class=\"number\">第2条の2</span><span class=\"caption\">（枝）</span>",
            "<h2 class=\"supplement\" id=\"supplement\">附則 ",
            "<span class=\"number\">第1条</span><span class=\"caption\">（施行期日）</span>",
        ],
    );
    assert!(!html.contains("旧条"), "a deleted article does not say what it was: {html}");
}

#[test]
fn articles_read_in_english_too() {
    let mut files = base();
    files.insert("policies/x.md", format!("+++\nid = \"P-09\"\ntitle = \"T\"\n{FRONT}+++\n\n### Purpose {{#purpose}}\n\nA.\n\nB.\n\n1. C\n\n[[#purpose/2/1]]\n"));
    let handbook = handbook(&files);
    let site = render(&Edition::preview(&handbook), &options(Language::En), &files).unwrap();
    let html = page(&site, "documents/P-09.html");
    assert_holds(
        &html,
        &[
            "<html lang=\"en\">",
            "<span class=\"number\">Article 1</span> Purpose ",
            "href=\"P-09.html#purpose-2-1\">Article 1, paragraph 2, item (1)</a>",
        ],
    );
    let site = site.into_files();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("文書"), "{path} has words of the other language");
    }
}

#[test]
fn heading_levels_leave_no_gap() {
    let html = html(
        "### 条 {#a}\n\n本文。\n\n#### 小見出し {#b}\n\n##### 深い {#c}\n\n### 次 {#d}\n\n- 一覧\n\n  ## 中の見出し\n",
    );
    assert_holds(
        &html,
        &[
            "<h2 class=\"article\" id=\"a\">",
            "<h3 class=\"plain\" id=\"b\">",
            "<h4 class=\"plain\" id=\"c\">",
            "<h2 class=\"article\" id=\"d\">",
        ],
    );
    assert_holds(&html, &["<p class=\"heading\"><strong>中の見出し</strong></p>"]);
}

#[test]
fn a_list_right_below_its_article_carries_the_number_of_the_paragraph() {
    let html = html("### 条 {#a}\n\n1. 一\n\n> [!NOTE]\n> 間。\n\n1. 二\n\n[[#a/1]] [[#a/1/2]]\n");
    assert_holds(
        &html,
        &[
            "role=\"list\" id=\"a-1\"",
            "<li id=\"a-1-1\"><span class=\"mark\">(1) </span>",
            "<li id=\"a-1-2\"><span class=\"mark\">(2) </span>",
        ],
    );
    assert_holds(&html, &["href=\"P-09.html#a-1-2\">第1条第1項第2号</a>"]);
}

#[test]
fn raw_html_and_unsafe_addresses_are_shown_as_typed() {
    let html = html(
        "### 条 {#a}\n\n<script>alert(1)</script>\n\n文 <img src=x onerror=alert(1)> と [押す](javascript:alert(1)) と <javascript:alert(2)> と \
         ![絵](data:text/html,x) と [外](//evil.example/) と <!-- 秘密 -->。\n\n[外部](https://example.com/?a=1&b=\"2\")\n",
    );
    assert_holds(
        &html,
        &[
            "<pre class=\"typed\">&lt;script&gt;alert(1)&lt;/script&gt;\n</pre>",
            "&lt;img src=x onerror=alert(1)&gt;",
            "[押す](javascript:alert(1))",
            "![絵](data:text/html,x)",
            "[外](//evil.example/)",
            "&lt;!-- 秘密 --&gt;",
            "rel=\"noopener noreferrer\" href=\"https://example.com/?a=1&amp;b=&quot;2&quot;\">外部</a>",
        ],
    );
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript"), "{html}");
}

#[test]
fn references_read_with_the_current_number_and_title() {
    let mut files = base();
    files.insert("policies/other.md", format!("+++\nid = \"P-10\"\ntitle = \"情報管理規程\"\n{FRONT}+++\n\n### 目的 {{#p}}\n\nA。\n\n### 分類 {{#labels}}\n\nB。\n\nC。\n\n1. D\n"));
    files.insert(
        "controls/c.md",
        format!("+++\nid = \"C-5.12\"\ntitle = \"情報の分類\"\n{FRONT}+++\n\n## 基準 {{#rule}}\n\nA。\n"),
    );
    let html = body_of(
        &mut files,
        "### 条 {#a}\n\n[[P-10]] [[P-10#labels]] [[P-10#labels/2/1]] [[#a]] [[C-5.12#rule]] [[A.5.12]] [[clause:7.5.3]] [[role:ciso]] \
         [[term:残存リスク]] [[record:assets]] [[P-10#labels|言葉]] [道](other.md#labels) [[P-99]] [[P-10#nothing]] [[だめ:x]] [無い](none.md)\n\n\
         2 項。[[#a/2]]\n",
    );
    assert_holds(
        &html,
        &[
            "<a class=\"document\" href=\"P-10.html\">「情報管理規程」</a>",
            "<a class=\"document\" href=\"P-10.html#labels\">「情報管理規程」第2条</a>",
            "<a class=\"document\" href=\"P-10.html#labels-2-1\">「情報管理規程」第2条第2項第1号</a>",
            "<a class=\"document\" href=\"P-09.html#a\">第1条</a>",
            "<a class=\"document\" href=\"C-5.12.html#rule\">「情報の分類」の「基準」</a>",
            "<a class=\"annex\" href=\"../annex-a.html#A.5.12\">A.5.12 情報の分類</a>",
            "<a class=\"clause\" href=\"../clauses.html#7.5.3\">箇条 7.5.3 文書化した情報の管理</a>",
            "<a class=\"role\" href=\"../roles.html#ciso\">最高情報セキュリティ責任者</a>",
            "<a class=\"term\" href=\"../glossary.html#残留_リスク\">残留 リスク</a>",
            " 資産目録 ",
            "<a class=\"document\" href=\"P-10.html#labels\">言葉</a>",
            "<a class=\"document\" href=\"P-10.html#labels\">道</a>",
            " 「P-99」 ",
            "[[だめ:x]]",
            " 無い</p>",
            "<a class=\"document\" href=\"P-09.html#a-2\">第1条第2項</a>",
        ],
    );
}

#[test]
fn blocks_of_the_dialect() {
    let html = html(
        "## 点検項目 {#check}\n\n- 一つ目か。\n- 二つ目か。\n\n### 条 {#a}\n\n> [!IMPORTANT]\n> する。\n\n> [!CAUTION]\n> しない。\n\n> 引用。\n\n\
         | 左 | 右 |\n|---|--:|\n| a | `1` |\n\n注[^1]と注[^b]、もう一度[^1]。\n\n[^b]: 二つ目。\n[^1]: 一つ目。\n\n- [x] 済み\n- [ ] まだ\n\n```sh\nls <x>\n```\n\n行を\n分けた ISMS\nand more\n",
    );
    assert_holds(
        &html,
        &[
            "<ul class=\"check\">\n<li>一つ目か。</li>",
            "<div class=\"alert required\" role=\"note\">\n<p class=\"alert-title\"><span class=\"sign\" aria-hidden=\"true\">○</span>必須</p>\n<p>する。</p>",
            "<div class=\"alert forbidden\" role=\"note\">",
            "<blockquote>\n<p>引用。</p>",
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"表（第1条）\">\n<table>\n<thead><tr><th scope=\"col\">左</th><th scope=\"col\" class=\"right\">右</th></tr></thead>",
            "<td class=\"right\"><code>1</code></td>",
            "<a id=\"_ref-1\" href=\"#_note-1\">注1</a>",
            "<a id=\"_ref-1-2\" href=\"#_note-1\">注1</a>",
            "<li id=\"_note-2\"><p>二つ目。</p>",
            "aria-label=\"済み\">☑</span> 済み",
            "<code data-language=\"sh\">ls &lt;x&gt;\n</code></pre>",
            "行を分けた ISMS\nand more",
        ],
    );
}

#[test]
fn pictures_and_attachments_are_published_by_content() {
    let mut files = base();
    files.insert("policies/図 1.png", b"png".to_vec());
    files.insert("policies/form.xlsx", b"xlsx".to_vec());
    files.insert("policies/run.html", b"<script>".to_vec());
    files.insert("policies/bad.svg", b"<svg onload='x'/>".to_vec());
    files.insert("policies/unused.pdf", b"pdf".to_vec());
    let html = body_of(
        &mut files,
        "### 条 {#a}\n\n![図](図%201.png) [様式](form.xlsx) [頁](run.html) ![悪い図](bad.svg) [![図](図%201.png)](x.md)\n",
    );
    assert_holds(
        &html,
        &[
            "/図%201.png\" alt=\"図\" loading=\"lazy\">",
            "<a class=\"file\" href=\"../files/",
            "/run.html.txt\">頁</a>",
            "/bad.svg.txt\">悪い図</a>",
        ],
    );
    assert_holds(&html, &["<a class=\"document\" href=\"P-09.html\"><img "]);
    let site = preview(&files).into_files();
    assert_eq!(site.keys().filter(|path| path.starts_with("files/")).count(), 4);
}

#[test]
fn the_organisation_overrides_templates_and_assets() {
    let mut files = base();
    files.insert(
        "site/templates/base.html",
        "{% extends 'kitei/base.html' %}{% block search %}<p>わが社</p>{% endblock %}",
    );
    files.insert("site/assets/organisation.css", ":root { --key: #060 }");
    let site = preview(&files);
    let home = page(&site, "index.html");
    assert!(home.contains("<p>わが社</p>") && home.contains("/organisation.css"), "{home}");
    let other = preview(&base());
    assert_ne!(assets(&site), assets(&other), "changed assets have another address");

    files.insert("site/templates/home.html", "{{ page.nothing }}");
    match try_preview(&files) {
        Err(SiteError::Template { name, line, .. }) => assert_eq!((name.as_str(), line), ("home.html", Some(1))),
        other => panic!("{other:?}"),
    }
}

fn assets(site: &Artifacts) -> BTreeSet<String> {
    site.iter().filter(|(path, _)| path.starts_with("assets/")).map(|(path, _)| path.to_owned()).collect()
}

#[test]
fn drafts_are_marked_in_a_preview_and_absent_otherwise() {
    let mut files = base();
    files.insert(
        "policies/x.md",
        format!("+++\nid = \"P-09\"\ntitle = \"秘密の草案\"\n{FRONT}+++\n\n### 条 {{#a}}\n\n本文。\n"),
    );
    let site = preview(&files);
    assert!(
        page(&site, "documents/P-09.html").contains("草案です") && page(&site, "index.html").contains("preview-bar")
    );
    let handbook = handbook(&files);
    let site = render(&Edition::in_force(&handbook), &options(Language::Ja), &files).unwrap();
    for (path, bytes) in site.iter() {
        assert!(!String::from_utf8_lossy(bytes).contains("秘密の草案"), "{path}");
    }
    let record: serde_json::Value = serde_json::from_slice(site.get("build.json").unwrap()).unwrap();
    assert_eq!(record["edition"], "in-force");
    assert_eq!(record["date"], "2026-11-20");
}

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
    assert_holds(&annex, &["<li id=\"A.7.4\">", "適用しない", "一部実施"]);
    assert!(
        page(&site, "404.html").contains("href=\"/index.html\""),
        "the page for lost addresses links from the root"
    );
}

#[test]
fn the_example_company_renders_whole() {
    let files = WorkTree::new(env!("CARGO_MANIFEST_DIR"));
    let today = jiff::civil::date(2026, 11, 20);
    let handbook = Handbook::resolve(parse(load(&files).unwrap()), &files, today, &NoHistory);
    for edition in [Edition::preview(&handbook), Edition::in_force(&handbook)] {
        for language in Language::ALL {
            let site = render(&edition, &options(language), &files).unwrap();
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
fn pages_stay_light() {
    let files = WorkTree::new(env!("CARGO_MANIFEST_DIR"));
    let handbook = Handbook::resolve(parse(load(&files).unwrap()), &files, jiff::civil::date(2026, 11, 20), &NoHistory);
    let site = render(&Edition::preview(&handbook), &options(Language::Ja), &files).unwrap();
    let size = |wanted: &str| -> usize {
        site.iter()
            .filter(|(path, _)| *path == wanted || path.starts_with("assets/"))
            .map(|(_, bytes)| bytes.len())
            .sum()
    };
    // Uncompressed; what travels is about a quarter.
    assert!(size("index.html") < 100_000, "{}", size("index.html"));
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
