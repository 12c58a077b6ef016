//! The pages of the handbook: numbers, references and escapes as readers see them.

use std::collections::BTreeSet;

use kitei::handbook::edition::Edition;
use kitei::load::MemoryFiles;
use kitei::locale::Language;
use kitei::publish::Artifacts;
use kitei::site::{SiteError, render};

use crate::support::memory::{FRONT, assert_holds, base, body, handbook, options, page, preview, try_preview};

/// The body of a policy's page, without the page around it.
fn body_of(files: &mut MemoryFiles, text: &str) -> String {
    files.insert("policies/x.md", format!("+++\nid = \"P-09\"\ntitle = \"規程\"\n{FRONT}+++\n\n{text}"));
    body(&page(&preview(files), "documents/P-09.html"))
}

fn html(text: &str) -> String {
    body_of(&mut base(), text)
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
    // The examples of rules are Japanese, and marked so.
    let own = |path: &str| path.ends_with(".html") && !path.starts_with("rules/");
    for (path, bytes) in site.iter().filter(|(path, _)| own(path)) {
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
            "<a class=\"term\" href=\"../glossary.html#残留_リスク\" title=\"残るリスク\">残留 リスク</a>",
            "<a class=\"record\" href=\"../registers/assets.html\">資産目録</a>",
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
    files.insert("policies/bad.svg", b"<svg><script>".to_vec());
    files.insert(
        "policies/run.svg",
        b"<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:script>x</s:script></s:svg>".to_vec(),
    );
    files.insert("policies/unused.pdf", b"pdf".to_vec());
    let html = body_of(
        &mut files,
        "### 条 {#a}\n\n![図](図%201.png) [様式](form.xlsx) [頁](run.html) ![悪い図](bad.svg) ![動く図](run.svg) [![図](図%201.png)](x.md)\n",
    );
    assert_holds(
        &html,
        &[
            "/図%201.png\" alt=\"図\" loading=\"lazy\">",
            "<a class=\"file\" href=\"../files/",
            "/run.html.txt\">頁</a>",
            "/bad.svg.txt\">悪い図</a>",
            "/run.svg\" alt=\"動く図\"",
        ],
    );
    assert_holds(&html, &["<a class=\"document\" href=\"P-09.html\"><img "]);
    let site = preview(&files).into_files();
    assert_eq!(site.keys().filter(|path| path.starts_with("files/")).count(), 5);
    let drawing = site.iter().find(|(path, _)| path.ends_with("/run.svg")).map(|(_, bytes)| bytes.to_vec()).unwrap();
    let root = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"></svg>\n";
    assert_eq!(String::from_utf8_lossy(&drawing), root, "what runs is not published");
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
        Err(SiteError::Template(error)) => assert_eq!((error.name.as_str(), error.line), ("home.html", Some(1))),
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
