//! Overviews and registers as pages: what is due, the statement of applicability, the auditors' list, rules.

use kitei::handbook::edition::Edition;
use kitei::load::MemoryFiles;
use kitei::locale::Language;
use kitei::publish::Artifacts;
use kitei::site::render;

use crate::support::memory::{FRONT, assert_holds, base, handbook, options, page, preview};

/// What is in force of some files, in Japanese.
fn in_force(files: &MemoryFiles) -> Artifacts {
    let handbook = handbook(files);
    render(&Edition::in_force(&handbook), &options(Language::Ja), files).expect("a site")
}

/// The entry of an approval, whose copy is written.
fn approval(files: &mut MemoryFiles, id: &str, effective: &str) -> String {
    let handbook = handbook(files);
    let known = kitei::model::DocumentId::parse(id).expect("an id");
    let copy = handbook.copy_of_tree(handbook.document(&known).expect("a document")).expect("a copy");
    let digest = copy.digest();
    files.insert(format!("records/approved/{id}/1.0.md"), copy.text);
    format!(
        "[[approval]]\nversion = \"1.0\"\ndigest = \"{digest}\"\napproved_on = 2026-03-20\neffective = {effective}\n\
         role = \"ciso\"\n"
    )
}

/// A policy that is in force, one approved for later and one that nobody has approved.
fn three() -> MemoryFiles {
    let mut files = base();
    for (id, title) in [("P-01", "施行中の規程"), ("P-02", "これからの規程"), ("P-03", "案のままの規程")]
    {
        files.insert(
            format!("policies/{id}.md"),
            format!("+++\nid = \"{id}\"\ntitle = \"{title}\"\n{FRONT}review_every = \"1 year\"\n+++\n\n### 条 {{#a}}\n\n本文。\n"),
        );
    }
    let (one, two) = (approval(&mut files, "P-01", "2026-04-01"), approval(&mut files, "P-02", "2026-12-01"));
    files.insert("records/ledger/P-01.toml", one);
    files.insert("records/ledger/P-02.toml", two);
    files.insert(
        "records/exceptions.toml",
        "title = \"例外記録\"\n\n[[exception]]\nid = \"E-01\"\ndocument = \"P-01\"\narticle = \"a\"\napplicant = \"sato\"\n\
         reason = \"知らせる理由\"\nmeasure = \"対策\"\napprover = \"sato\"\napproved_on = 2026-04-01\nexpires = 2027-01-31\n\n\
         [[exception]]\nid = \"E-02\"\ndocument = \"P-03\"\narticle = \"a\"\napplicant = \"sato\"\nreason = \"知らせない理由\"\n\
         measure = \"対策\"\napprover = \"sato\"\napproved_on = 2026-04-01\nexpires = 2027-01-31\n",
    );
    files.insert(
        "records/year-plan.toml",
        "[[task]]\nname = \"棚卸をする\"\nmonths = [1]\nroles = [\"office\"]\ndocument = \"P-01#a\"\n",
    );
    files
}

#[test]
fn the_auditors_list_names_every_approved_document_and_no_draft() {
    let site = in_force(&three());
    let list = page(&site, "documents.html");
    assert_holds(&list, &["施行中の規程", "これからの規程", "施行前", "data-sortable"]);
    assert!(!list.contains("案のままの規程"), "an unapproved title is published");
}

#[test]
fn what_is_due_stands_under_its_role_and_month() {
    let site = in_force(&three());
    let due = page(&site, "due.html");
    assert_holds(&due, &["見直し", "施行", "P-01.html\">P-01 施行中の規程</a>", "規程の例外の期限"]);
    let calendar = page(&site, "calendar.html");
    let january =
        calendar.split("id=\"m2027-01\"").nth(1).expect("a month").split("</section>").next().expect("its end");
    assert_holds(january, &["棚卸をする", "documents/P-01.html#a", "E-01 施行中の規程"]);
    let december =
        calendar.split("id=\"m2026-12\"").nth(1).expect("a month").split("</section>").next().expect("its end");
    assert_holds(december, &["<li>P-02</li>"]);
    assert!(!calendar.contains("E-02") && !due.contains("E-02"), "an exception to an unpublished document is told");
}

#[test]
fn exceptions_are_shown_only_where_their_document_is() {
    let site = in_force(&three());
    let exceptions = page(&site, "exceptions.html");
    assert_holds(&exceptions, &["<h1>例外記録</h1>", "知らせる理由", "documents/P-01.html#a"]);
    assert!(!exceptions.contains("知らせない理由"));
}

#[test]
fn the_statement_of_applicability_names_the_sections_that_carry_a_control_out() {
    let mut files = base();
    files.insert("controls/c.md", format!("+++\nid = \"C-5.1\"\ntitle = \"対策\"\n{FRONT}annex_a = [\"5.1\"]\n\n[[soa]]\ncontrol = \"5.1\"\napplicable = true\nimplementation = \"partial\"\nreasons = [\"risk\"]\njustification = \"要るから\"\n+++\n\n## 要求 {{#r}}\n\n守る。\n"));
    files.insert("procedures/s.md", format!("+++\nid = \"S-01\"\ntitle = \"手順\"\n{FRONT}implements = [\"C-5.1\"]\n+++\n\n## 一 {{#one implements=C-5.1}}\n\n行う。\n\n## 二 {{#two}}\n\n行う。\n"));
    let site = preview(&files);
    let row = page(&site, "soa.html");
    let row = row.split("<tr id=\"A.5.1\">").nth(1).expect("a row").split("</tr>").next().expect("its end").to_owned();
    assert_holds(&row, &["○", "一部実施", "リスク", "要るから", "documents/S-01.html#one\">一</a>"]);
    assert!(!row.contains("#two"), "a section that does not say so is named: {row}");
    let annex = page(&site, "annex-a.html");
    assert_holds(&annex, &["<select data-attribute=\"concepts\">", "data-attributes=\"control-type:preventive"]);
}

#[test]
fn every_rule_has_a_page_in_the_language_of_the_site() {
    for language in Language::ALL {
        let files = base();
        let handbook = handbook(&files);
        let site = render(&Edition::preview(&handbook), &options(language), &files).expect("a site");
        for rule in kitei::check::RULES {
            let page = page(&site, &format!("rules/{}.html", rule.name));
            let title = kitei::check::page::title(rule, language);
            assert!(page.contains(rule.code) && page.contains("</pre>"), "{}", rule.name);
            assert!(unescaped(&page).contains(&title.replace('`', "")), "{}: {title}", rule.name);
        }
    }
}

/// A page's text with the few escapes that titles hold.
fn unescaped(page: &str) -> String {
    page.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replace('`', "")
}
