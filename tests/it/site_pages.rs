//! Pages for the first minutes, for a role, for learning; what stays at retired addresses; files for other programs.

use kitei::handbook::edition::Edition;
use kitei::load::MemoryFiles;
use kitei::locale::Language;
use kitei::publish::Artifacts;
use kitei::site::{Options, render};
use serde_json::{Value, json};

use crate::support::BASE;
use crate::support::memory::{FRONT, assert_holds, base, handbook, options, page, preview};

/// What is in force of some files, in Japanese.
fn in_force(files: &MemoryFiles) -> Artifacts {
    let handbook = handbook(files);
    render(&Edition::in_force(&handbook), &options(Language::Ja), files).expect("a site")
}

fn write(files: &mut MemoryFiles, id: &str, title: &str, more: &str, body: &str) {
    files.insert(
        format!("policies/{id}.md"),
        format!("+++\nid = \"{id}\"\ntitle = \"{title}\"\n{FRONT}{more}+++\n\n### 条 {{#a}}\n\n{body}\n"),
    );
}

/// Puts a document into force, and appends more to its ledger.
fn approve(files: &mut MemoryFiles, id: &str, effective: &str, more: &str) {
    let handbook = handbook(files);
    let known = kitei::model::DocumentId::parse(id).expect("an id");
    let copy = handbook.copy_of_tree(handbook.document(&known).expect("a document")).expect("a copy");
    let digest = copy.digest();
    files.insert(format!("records/approved/{id}/1.0.md"), copy.text);
    files.insert(
        format!("records/ledger/{id}.toml"),
        format!(
            "[[approval]]\nversion = \"1.0\"\ndigest = \"{digest}\"\napproved_on = 2026-03-20\neffective = {effective}\n\
             role = \"board\"\nchanges = \"{id}を改めた\"\n\n{more}"
        ),
    );
}

fn contacts(files: &mut MemoryFiles, top: &str) {
    files.insert(
        "records/contacts.toml",
        format!(
            "title = \"連絡先\"\n{top}first = [\"手を止めます。\", \"電話します。\"]\nnever = [\"消す\", \"返信する\"]\n\n\
             [[contact]]\nname = \"窓口\"\nhours = \"24時間\"\nphone = [\"内線9110\", \"050-0000-9110\"]\ncard = true\n\n\
             [[contact]]\nname = \"相談\"\nchat = \"#相談\"\nmail = \"help@example.com\"\n\n\
             [[severity]]\nname = \"大\"\nmeaning = \"社外に及ぶ\"\naction = \"15分以内に電話する\"\n"
        ),
    );
}

#[test]
fn the_contact_is_one_tap_away_on_every_page() {
    let mut files = base();
    write(&mut files, "P-01", "対応規程", "", "本文。");
    contacts(&mut files, "procedure = \"P-01#a\"\n");
    let site = preview(&files);
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html") && *path != "incident-card.html") {
        let html = String::from_utf8_lossy(bytes);
        assert!(html.contains("incident.html\""), "{path}");
        assert!(html.contains("<a href=\"tel:05000009110\">050-0000-9110</a>"), "{path}");
    }
    let incident = page(&site, "incident.html");
    assert_holds(
        &incident,
        &[
            "<span class=\"phone\">内線9110</span>",
            "<a class=\"phone\" href=\"tel:05000009110\">",
            "<li>手を止めます。</li>",
            "mailto:help@example.com",
            "#相談",
            "<dt>大</dt>",
            "documents/P-01.html#a\">「対応規程」で詳しく見る",
        ],
    );
    let card = page(&site, "incident-card.html");
    assert_holds(&card, &["card.css", "内線9110", "消す、返信する", "例示株式会社", "2026年11月20日"]);
    assert!(!card.contains("相談"), "only marked contacts stand on the card");
    let style =
        String::from_utf8(site.iter().find(|(path, _)| path.ends_with("card.css")).expect("a style sheet").1.to_vec())
            .expect("text");
    assert!(style.contains("size: 105mm 148mm"), "the card is a sheet of A6");
}

#[test]
fn the_configuration_names_the_procedure_before_the_register_and_the_register_before_a_guess() {
    let header = |files: &MemoryFiles| {
        let home = page(&preview(files), "index.html");
        let mut links = home.split("<a ").skip(1).filter_map(|rest| rest.split('>').next());
        let attributes = links.find(|attributes| attributes.contains("class=\"incident\"")).unwrap_or("");
        attributes.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("").to_owned()
    };
    let mut files = base();
    write(&mut files, "P-01", "管理策から", "annex_a = [\"6.8\"]\n", "本文。");
    write(&mut files, "P-02", "設定から", "", "本文。");
    assert_eq!(header(&files), "documents/P-01.html#a", "without a setting the controls tell");
    let config = BASE[0].1.replacen("[handbook]\n", "[handbook]\nincident = \"P-02\"\n", 1);
    files.insert("kitei.toml", config);
    assert_eq!(header(&files), "documents/P-02.html");
    contacts(&mut files, "procedure = \"P-01\"\n");
    assert_eq!(header(&files), "incident.html");
    assert_holds(&page(&preview(&files), "incident.html"), &["href=\"documents/P-02.html\">「設定から」"]);
}

#[test]
fn a_quiz_shows_its_answers_without_javascript_and_links_to_the_article() {
    let mut files = base();
    write(&mut files, "P-01", "規程", "", "本文。");
    files.insert(
        "records/quizzes/basics.toml",
        "title = \"基本\"\npass = 15\nrepeat = \"年1回\"\naudience = [\"office\"]\n\n[[question]]\ntext = \"<b>どれ</b>\"\n\
         choices = [\"甲\", \"乙\", \"丙\"]\nright = [1, 3]\npoints = 10\nexplanation = \"条にある。\"\narticle = \"P-01#a\"\n\n\
         [[question]]\ntext = \"正しいか\"\ncorrect = false\npoints = 5\nexplanation = \"誤り。\"\narticle = \"P-99\"\n",
    );
    let site = preview(&files);
    let quiz = page(&site, "quiz/basics.html");
    assert_holds(
        &quiz,
        &[
            "15点満点、15点で合格",
            "受講の記録にはなりません",
            "&lt;b&gt;どれ&lt;/b&gt;",
            "type=\"checkbox\" name=\"q1\" value=\"1\" data-right",
            "type=\"checkbox\" name=\"q1\" value=\"2\" autocomplete",
            "type=\"radio\" name=\"q2\" value=\"2\" data-right",
            "<strong>甲、丙</strong>",
            "href=\"../documents/P-01.html#a\">",
        ],
    );
    assert_eq!(quiz.matches("<details class=\"answer\">").count(), 2);
    assert!(!quiz.contains("P-99"), "an article that nobody can read is no link");
    assert_holds(&page(&site, "quizzes.html"), &["href=\"quiz/basics.html\"", "年1回", "事務局"]);
    assert!(page(&site, "roles/office.html").contains("quiz/basics.html"));
    assert!(!page(&site, "roles/ciso.html").contains("quiz/basics.html"), "others are not asked");
    assert!(preview(&base()).get("quizzes.html").is_none(), "without quizzes there is no list of them");
}

#[test]
fn a_role_sees_what_concerns_it() {
    let mut files = base();
    write(&mut files, "P-01", "全員の規程", "", "本文。");
    write(&mut files, "P-02", "責任者の規程", "audience = [\"ciso\"]\nsummary = \"要約\"\n", "本文。");
    for id in ["P-01", "P-02"] {
        approve(&mut files, id, "2026-10-01", "");
    }
    files.insert(
        "records/year-plan.toml",
        "[[task]]\nname = \"承認する\"\nmonths = [4, 10]\nroles = [\"ciso\"]\ndocument = \"P-02#a\"\n\n\
         [[task]]\nname = \"集める\"\nroles = [\"office\"]\n",
    );
    let site = in_force(&files);
    let role = page(&site, "roles/ciso.html");
    assert_holds(
        &role,
        &[
            "責任者の規程",
            "<span class=\"badge new\">制定</span>",
            "<span class=\"months\">4月、10月</span> 承認する",
            "全員が知っておく文書",
            "全員の規程",
        ],
    );
    assert!(!role.contains("集める"));
    assert_holds(&page(&site, "roles/office.html"), &["<span class=\"months\">毎月</span> 集める"]);
    let mine = page(&site, "my.html");
    // Without a script only what concerns everybody shows.
    assert_holds(
        &mine,
        &[
            "<form class=\"mine\" hidden",
            "<li hidden data-roles=\"ciso\">",
            "href=\"roles/ciso.html\"",
            "どこにも送られません",
        ],
    );
    let changes: Vec<&str> =
        mine.split("<li data-date=").skip(1).map(|rest| rest.split('>').next().unwrap_or("")).collect();
    assert_eq!(changes.len(), 2);
    let (everyone, own): (Vec<&str>, Vec<&str>) = changes.into_iter().partition(|change| change.contains("everyone"));
    assert!(!everyone[0].contains("hidden"), "{everyone:?}");
    assert!(own[0].ends_with(" hidden") && own[0].contains("ciso"), "{own:?}");
}

#[test]
fn a_retired_document_leaves_a_page_that_names_its_successors() {
    let mut files = base();
    write(&mut files, "P-01", "昔の規程", "", "秘密だった文面。");
    write(&mut files, "P-02", "今の規程", "", "本文。");
    let retired = "[[retirement]]\napproved_on = 2026-06-01\neffective = 2026-07-01\nrole = \"board\"\nreplaced_by = [\"P-02\", \"P-09\"]\n";
    approve(&mut files, "P-01", "2026-04-01", retired);
    approve(&mut files, "P-02", "2026-07-01", "");
    let site = in_force(&files);
    let gone = page(&site, "documents/P-01.html");
    assert_holds(&gone, &["昔の規程", "廃止日", "2026-07-01", "../documents/P-02.html\"", "今の規程", "P-09"]);
    assert!(!gone.contains("秘密だった文面") && gone.contains("noindex"));
    // The change log leads there from the retirement and from the versions before it.
    let log = page(&site, "changes.html");
    for title in ["P-01 昔の規程 廃止", "P-01 昔の規程 第1.0版 制定"] {
        assert_holds(&log, &[&format!("<a href=\"documents/P-01.html\">{title}</a>")]);
    }
    let listing: Value = serde_json::from_slice(site.get("documents.json").expect("a list")).expect("JSON");
    assert_eq!(
        listing["retired"],
        json!([{"id": "P-01", "since": "2026-07-01", "replaced_by": ["P-02", "P-09"], "url": "documents/P-01.html"}])
    );
}

#[test]
fn a_moved_document_keeps_its_address() {
    let mut files = base();
    write(&mut files, "P-01", "規程", "", "本文。");
    let before: Vec<String> = preview(&files).iter().map(|(path, _)| path.to_owned()).collect();
    let mut moved = base();
    moved.insert(
        "policies/folder/other-name.md",
        format!("+++\nid = \"P-01\"\ntitle = \"規程\"\n{FRONT}+++\n\n### 条 {{#a}}\n\n本文。\n"),
    );
    let after: Vec<String> = preview(&moved).iter().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(before, after);
}

#[test]
fn the_list_for_programs_holds_what_its_contract_says() {
    let mut files = base();
    let more = "annex_a = [\"5.1\"]\nclauses = [\"5.2\"]\nsummary = \"要約\"\naudience = [\"ciso\"]\n";
    write(&mut files, "P-01", "規程", more, "本文。\n\n### 旧条 {#old .deleted}\n\n### 二 {#two}\n\n本文。");
    approve(&mut files, "P-01", "2026-04-01", "");
    let site = in_force(&files);
    let listing: Value = serde_json::from_slice(site.get("documents.json").expect("a list")).expect("JSON");
    assert_eq!((&listing["schema"], &listing["as_of"]), (&json!(1), &json!("2026-11-20")));
    assert_eq!(
        listing["documents"],
        json!([{
            "id": "P-01", "number": "P-01", "tier": "policy", "title": "規程", "version": "1.0", "draft": false,
            "approved_on": "2026-03-20", "effective": "2026-04-01", "classification": "internal", "owner": "office",
            "audience": ["ciso"], "summary": "要約", "url": "documents/P-01.html", "annex_a": ["5.1"],
            "clauses": ["5.2"], "implements": [],
            "articles": [
                {"id": "a", "kind": "article", "number": "第1条", "title": "条", "url": "documents/P-01.html#a"},
                {"id": "two", "kind": "article", "number": "第3条", "title": "二", "url": "documents/P-01.html#two"},
            ],
        }])
    );
    let contract = include_str!("../../docs/documents-json.md");
    for key in listing.as_object().into_iter().chain(listing["documents"][0].as_object()).flat_map(|keys| keys.keys()) {
        assert!(contract.contains(&format!("`{key}`")), "the contract does not name {key}");
    }
}

#[test]
fn a_map_for_search_engines_is_there_only_for_what_anybody_may_read() {
    let base_url = "[handbook]\nbase_url = \"https://handbook.example.com/isms/\"\n";
    let config = BASE[0].1.replacen("[handbook]\n", base_url, 1);
    let mut files = base();
    files.insert("kitei.toml", config);
    write(&mut files, "P-01", "方針", "classification = \"public\"\n", "本文。");
    approve(&mut files, "P-01", "2026-04-01", "");
    let site = in_force(&files);
    let map = page(&site, "sitemap.xml");
    assert_holds(
        &map,
        &[
            "<loc>https://handbook.example.com/isms/documents/P-01.html</loc><lastmod>2026-04-01</lastmod>",
            "<loc>https://handbook.example.com/isms/</loc>",
        ],
    );
    let policy = page(&site, "documents/P-01.html");
    assert_holds(
        &policy,
        &[
            "<link rel=\"canonical\" href=\"https://handbook.example.com/isms/documents/P-01.html\">",
            "<meta property=\"og:title\" content=\"方針 P-01\">",
            "<meta property=\"og:type\" content=\"article\">",
        ],
    );
    write(&mut files, "P-02", "内規", "classification = \"internal\"\n", "本文。");
    approve(&mut files, "P-02", "2026-04-01", "");
    let site = in_force(&files);
    assert!(site.get("sitemap.xml").is_none());
    assert!(page(&site, "documents/P-01.html").contains("noindex"));
}

#[test]
fn pages_lead_to_their_source_and_to_where_faults_are_reported() {
    let settings =
        "[handbook]\nreport_url = \"isms@example.com\"\nsource_url = \"https://git.example.com/x/{commit}/{path}\"\n";
    let mut files = base();
    files.insert("kitei.toml", BASE[0].1.replacen("[handbook]\n", settings, 1));
    write(&mut files, "P-01", "規程", "", "本文。");
    let unknown = page(&preview(&files), "documents/P-01.html");
    assert_holds(&unknown, &["href=\"mailto:isms@example.com?subject=P-01%20%E8%A6%8F%E7%A8%8B%201.0\""]);
    assert!(!unknown.contains("git.example.com"), "a commit that nobody knows is no address");
    let handbook = handbook(&files);
    let known = Options { revision: Some("0a1b2c".to_owned()), ..options(Language::Ja) };
    let site = render(&Edition::preview(&handbook), &known, &files).expect("a site");
    assert_holds(&page(&site, "documents/P-01.html"), &["href=\"https://git.example.com/x/0a1b2c/policies/P-01.md\""]);
}

#[test]
fn an_organisation_replaces_colours_logo_and_a_template() {
    let mut files = base();
    write(&mut files, "P-01", "規程", "", "本文。");
    let style = include_str!("../../docs/customising/site/assets/organisation.css");
    let template = include_str!("../../docs/customising/site/templates/base.html");
    files.insert("site/assets/organisation.css", style);
    files.insert("site/assets/logo.svg", include_str!("../../docs/customising/site/assets/logo.svg"));
    files.insert("site/templates/base.html", template);
    let site = preview(&files);
    let asset = |name: &str| {
        let known = site.iter().map(|(path, _)| path).find(|path| path.starts_with("assets/") && path.ends_with(name));
        known.unwrap_or_else(|| panic!("{name} is not published")).to_owned()
    };
    let (style, logo) = (asset("organisation.css"), asset("logo.svg"));
    for path in ["index.html", "my.html", "annex-a.html"] {
        let html = page(&site, path);
        let ours = html.find("handbook.css\"").expect("our style sheet");
        let own = html.find(&format!("href=\"{style}\"")).expect("their style sheet");
        assert!(ours < own, "{path}: the organisation's rules come last");
        assert_holds(&html, &[&format!("<img src=\"{logo}\" alt=\"\""), "社内ポータルへ</a>", "基準日"]);
    }
    assert_holds(&page(&site, "documents/P-01.html"), &[&format!("<img src=\"../{logo}\""), "社内ポータルへ</a>"]);
    // What the guide says of the style sheet is there.
    let known = include_str!("../../site/assets/handbook.css");
    for line in include_str!("../../docs/customising.md").lines().filter(|line| line.starts_with("| `--")) {
        for name in line.split('`').filter(|part| part.starts_with("--")) {
            assert!(known.contains(&format!("{name}:")), "the style sheet has no {name}");
        }
    }
}

#[test]
fn terms_are_explained_once_below_each_heading() {
    let mut files = base();
    files.insert(
        "records/terms.toml",
        "[[term]]\nterm = \"リスク\"\ndefinition = \"好ましくない\\\"影響\\\"\"\n\n[[term]]\nterm = \"資産\"\n",
    );
    write(
        &mut files,
        "P-01",
        "規程",
        "",
        "リスクとリスクと資産。[リスク](https://example.com/)\n\n`リスク`\n\n| リスク |\n|---|\n| リスクの表 |\n\n### リスク {#b}\n\nリスクマネジメントの**リスク**。",
    );
    let html = page(&preview(&files), "documents/P-01.html");
    let link = "<a class=\"term\" href=\"../glossary.html#リスク\" title=\"好ましくない&quot;影響&quot;\">リスク</a>";
    assert_eq!(html.matches(link).count(), 2, "{html}");
    assert_holds(&html, &[&format!("{link}とリスクと資産。"), &format!("リスクマネジメントの<strong>{link}</strong>")]);
}
