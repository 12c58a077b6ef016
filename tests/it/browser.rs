//! The pages in a headless browser: this repository's own handbook under `kitei serve`.
//!
//! The browser is named by `CHROME`; `./test` finds or installs one. These tests never skip.

use std::path::Path;

use crate::support::browser::Browser;
use crate::support::preview::Preview;
use crate::support::{BASE, Repo};

/// One page of each kind, as the example company's handbook has them.
const PAGES: [&str; 31] = [
    "",
    "policies.html",
    "controls.html",
    "procedures.html",
    "documents/P-05.html",
    "documents/C-5.12.html",
    "documents/S-04.html",
    "annex-a.html",
    "clauses.html",
    "roles.html",
    "glossary.html",
    "overview.html",
    "soa.html",
    "calendar.html",
    "due.html",
    "documents.html",
    "exceptions.html",
    "practices.html",
    "registers.html",
    "registers/legal.html",
    "rules.html",
    "rules/broken-link.html",
    "incident.html",
    "incident-card.html",
    "my.html",
    "roles/dept-head.html",
    "quizzes.html",
    "quiz/basics.html",
    "changes.html",
    "search.html",
    "404.html",
];

#[test]
fn every_kind_of_page_fits_its_window_and_keeps_quiet() {
    let repo = Repo::new();
    let preview = Preview::of(&repo, Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut browser = Browser::start();
    for (width, dark) in [(320, false), (390, true), (768, false), (1280, true), (1440, false)] {
        browser.window(width, dark);
        for page in PAGES {
            let at = format!("{page} at {width} px");
            browser.open(&format!("{}{page}", preview.url));
            let overflow = browser.value("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(overflow, 0, "{at} is wider than its window");
            assert_eq!(browser.value("document.querySelectorAll('h1').length"), 1, "{at}");
            assert_eq!(browser.value("document.querySelectorAll('main').length"), 1, "{at}");
            assert_eq!(browser.value("document.documentElement.lang"), "ja", "{at}");
            // Headings never skip a level, so that a screen reader's list of them makes sense.
            let skipped = browser.value(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])
                 .filter((level, i, all) => i > 0 && level > all[i - 1] + 1).length",
            );
            assert_eq!(skipped, 0, "{at} skips a heading level");
            let unnamed = browser.value(
                "[...document.querySelectorAll('a[href],button')].filter(e => !(e.textContent.trim()
                 || e.getAttribute('aria-label') || e.querySelector('img[alt],svg[aria-label]'))).length",
            );
            assert_eq!(unnamed, 0, "{at} has a link or button without a name");
            let small = browser.value(
                "[...document.querySelectorAll('nav a, body > header a, button, summary')].filter(e => {
                   const r = e.getBoundingClientRect(); return r.width > 0 && (r.height < 24 || r.width < 24) }).map(e => e.textContent)",
            );
            assert_eq!(small, serde_json::json!([]), "{at} has targets too small for a finger");
            assert!(browser.messages.is_empty(), "{at}: {:?}", browser.messages);
            let foreign: Vec<_> = browser
                .requests
                .iter()
                .filter(|url| !url.starts_with(&preview.url) && !url.starts_with("data:"))
                .collect();
            assert!(foreign.is_empty(), "{at} asks elsewhere: {foreign:?}");
        }
    }
}

#[test]
fn pages_work_without_javascript() {
    let repo = Repo::new();
    let preview = Preview::of(&repo, Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut browser = Browser::start();
    browser.window(390, false);
    browser.call("Emulation.setScriptExecutionDisabled", serde_json::json!({"value": true}));
    for page in PAGES {
        browser.open(&format!("{}{page}", preview.url));
        let text = browser.value("document.querySelector('main').innerText.length");
        assert!(text.as_u64().unwrap_or(0) > 60, "{page} shows nothing");
    }
    // Every article can be reached from the contents.
    browser.open(&format!("{}documents/P-05.html", preview.url));
    let dead = browser.value(
        "[...document.querySelectorAll('main a[href^=\"#\"], nav a[href^=\"#\"]')]
         .filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.hash)",
    );
    assert_eq!(dead, serde_json::json!([]));
}

#[test]
fn readers_choose_their_role_take_a_quiz_and_look_words_up() {
    let repo = Repo::new();
    let preview = Preview::of(&repo, Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut browser = Browser::start();
    browser.window(390, false);
    // A role that is chosen stays chosen, and the first page tells it.
    let shown = "[...document.querySelectorAll('main li[data-roles]')].filter(e => e.offsetParent).length";
    browser.open(&format!("{}my.html", preview.url));
    let before = browser.value(shown).as_u64().unwrap();
    browser.value("document.querySelector('input[value=dept-head]').click()");
    let after = browser.value(shown).as_u64().unwrap();
    assert!(after > before + 20, "{before} {after}");
    browser.open(&format!("{}my.html", preview.url));
    assert_eq!(browser.value(shown), after, "the choice is forgotten");
    let since = "(since, day) => { since.value = day; since.dispatchEvent(new Event('change', {bubbles: true})) }";
    browser.value(&format!("({since})(document.querySelector('#_since'), '2026-11-19')"));
    let days = browser.value(
        "[...document.querySelectorAll('.my-changes li')].filter(e => e.offsetParent).map(e => e.dataset.date).sort()[0]",
    );
    assert!(days.as_str().unwrap() > "2026-11-19", "{days}");
    browser.open(&preview.url);
    assert_eq!(browser.value("document.querySelector('[data-my-roles]').textContent"), "情報セキュリティ責任者");
    browser.open(&format!("{}my.html", preview.url));
    browser.value("document.querySelector('[data-forget]').click()");
    assert_eq!(browser.value(shown), before);
    assert_eq!(browser.value("Object.keys(localStorage).length"), 0);
    // A quiz says what is missing, scores, explains and starts again.
    browser.open(&format!("{}quiz/basics.html", preview.url));
    browser.value("document.querySelector('form.quiz button[type=submit]').click()");
    assert!(browser.value("document.querySelector('.quiz-missing').textContent").as_str().unwrap().contains("問1"));
    browser.value("document.querySelectorAll('.question input[data-right]').forEach(e => e.click())");
    browser.value("document.querySelector('form.quiz button[type=submit]').click()");
    assert_eq!(browser.value("document.querySelector('.points strong').textContent"), "100");
    assert_eq!(browser.value("document.querySelectorAll('.answer[open]').length"), 10);
    assert_eq!(browser.value("document.activeElement.className"), "score passed");
    browser.value("document.querySelector('.score button').click()");
    browser.value(
        "document.querySelectorAll('.question').forEach(q => (q.querySelector('input:not([data-right])') || q).click())",
    );
    browser.value("document.querySelector('form.quiz button[type=submit]').click()");
    assert_eq!(browser.value("document.querySelector('.points strong').textContent"), "0");
    assert_eq!(browser.value("document.querySelector('.score').className"), "score failed");
    // A term explains itself to keyboard and pointer, and goes away again.
    browser.open(&format!("{}documents/S-04.html", preview.url));
    browser.value("document.querySelector('a.term').focus()");
    assert!(browser.value("document.querySelector('#_meaning').textContent.length").as_u64().unwrap() > 5);
    assert_eq!(browser.value("document.activeElement.getAttribute('aria-describedby')"), "_meaning");
    browser.value("dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))");
    assert_eq!(browser.value("document.querySelector('#_meaning').hidden"), true);
    // An article's address is copied.
    browser.call(
        "Browser.grantPermissions",
        serde_json::json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}),
    );
    browser.call("Page.bringToFront", serde_json::json!({}));
    browser.value("document.querySelector('#first-minutes .permalink').click()");
    browser.wait_for("document.querySelector('.toast')?.textContent === 'リンクをコピーしました'");
    assert!(browser.messages.is_empty(), "{:?}", browser.messages);
}

#[test]
fn printed_sheets_tell_what_they_are() {
    let repo = Repo::new();
    let preview = Preview::of(&repo, Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut browser = Browser::start();
    browser.window(1280, false);
    browser.open(&format!("{}incident-card.html", preview.url));
    let card = browser.printed();
    assert_eq!(card.pages, 1, "the card is one sheet");
    assert!(
        (card.width - 297.6).abs() < 2.0 && (card.height - 419.5).abs() < 2.0,
        "A6: {} × {}",
        card.width,
        card.height
    );
    browser.open(&format!("{}documents/P-16.html", preview.url));
    let policy = browser.printed();
    assert!((policy.width - 595.3).abs() < 2.0, "A4: {}", policy.width);
    assert!(policy.pages > 4, "{}", policy.pages);
    // What a page folds away is on paper too.
    browser.open(&format!("{}changes.html", preview.url));
    browser.call("Emulation.setEmulatedMedia", serde_json::json!({"media": ""}));
    let folded = "[...document.querySelectorAll('details.editorial')].filter(e => !e.open &&
        !e.lastElementChild.checkVisibility({contentVisibilityAuto: true})).length";
    let all = browser.value("document.querySelectorAll('details.editorial').length");
    assert!(all.as_u64().unwrap() > 0);
    // What a browser draws follows its styles a moment later.
    browser.wait_for(&format!("{folded} === {all}"));
    browser.call("Emulation.setEmulatedMedia", serde_json::json!({"media": "print"}));
    browser.wait_for(&format!("{folded} === 0"));
    browser.open(&format!("{}documents/P-16.html", preview.url));
    // Number, version and label stand in what the browser repeats at the head of every sheet.
    browser.call("Emulation.setEmulatedMedia", serde_json::json!({"media": "print"}));
    let head = "document.querySelector('article > .print-line')";
    assert_eq!(browser.value(&format!("getComputedStyle({head}).display")), "table-header-group");
    assert_eq!(browser.value(&format!("getComputedStyle({head}.parentElement).display")), "table");
    let policy = include_str!("../../policies/incident-management.md");
    let version = policy.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"')).unwrap();
    let line = format!("例示データサービス株式会社 P-16 第{version}版 社外秘");
    assert_eq!(browser.value(&format!("{head}.innerText.trim()")), line);
}

#[test]
fn an_edit_shows_by_itself_and_errors_stand_on_the_page() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "初めの文面とする。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    let preview = Preview::of(&repo, repo.path());
    let mut browser = Browser::start();
    browser.window(1280, false);
    browser.open(&format!("{}documents/P-01.html", preview.url));
    assert_eq!(browser.value("document.body.innerText.includes('初めの文面')"), true);
    repo.policy("policies/a.md", "P-01", "2.0", "書き換えた文面とする。");
    browser.wait_for("document.body.innerText.includes('書き換えた文面')");
    // A fault: the last good site stays readable, with the finding on the page.
    repo.policy("policies/a.md", "P-01", "2.0", "[切れたリンク](nothing.md)。");
    browser.wait_for("document.body.innerText.includes('nothing.md')");
    let banner = browser.value("document.body.innerText");
    assert!(banner.as_str().unwrap_or_default().contains("policies/a.md"), "{banner}");
    // A configuration that cannot be read at all.
    std::fs::remove_file(repo.at("kitei.toml")).unwrap();
    browser.wait_for("document.body.innerText.includes('kitei.toml')");
    assert_eq!(browser.value("document.querySelectorAll('h1').length"), 1, "the last good site stays");
    let [(path, config), ..] = BASE;
    repo.write(path, config);
    repo.policy("policies/a.md", "P-01", "2.0", "直した文面とする。");
    browser.wait_for("document.body.innerText.includes('直した文面')");
}

/// axe-core, which `tests/browser/package-lock.json` pins; npm fetches it where it is not there yet.
fn axe() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.exists() {
        let npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
        let run = std::process::Command::new("npm").args(npm).current_dir(&folder).output();
        let run = run.expect("npm is needed once, to fetch axe-core: install Node.js");
        assert!(run.status.success(), "npm ci in tests/browser: {}", String::from_utf8_lossy(&run.stderr));
    }
    std::fs::read_to_string(script).unwrap()
}

/// What axe finds wrong with the page: rule, and where.
fn violations(browser: &mut Browser, only: &str) -> serde_json::Value {
    browser.value(&format!(
        "axe.run(document, {{runOnly: {only}, resultTypes: ['violations']}}).then((found) =>
           found.passes.length === 0 ? ['axe looked at nothing'] : found.violations.flatMap((rule) =>
           rule.nodes.map((node) => rule.id + ': ' + node.target.join(' ') + ' ' + (node.any[0]?.message ?? ''))))"
    ))
}

#[test]
fn no_page_has_a_barrier_that_axe_knows() {
    const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
    let axe = axe();
    let repo = Repo::new();
    let preview = Preview::of(&repo, Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut browser = Browser::start();
    let results = "search.html?q=%E7%B4%9B%E5%A4%B1";
    let mut found = Vec::new();
    for page in PAGES.into_iter().chain([results]) {
        // What a page is made of is the same in both; its colours are not.
        for (dark, rules) in [(false, RULES), (true, "['color-contrast']")] {
            browser.window(1280, dark);
            browser.open(&format!("{}{page}", preview.url));
            if page == results {
                browser.wait_for("document.querySelectorAll('.results a').length > 0");
            }
            browser.value(&format!("{axe};0"));
            let wrong = violations(&mut browser, rules);
            found.extend(wrong.as_array().unwrap().iter().map(|wrong| format!("{page} (dark: {dark}): {wrong}")));
        }
    }
    // The list below the search box, with one of its entries chosen.
    browser.window(390, false);
    browser.open(&preview.url);
    browser.value("document.getElementById('_search').focus()");
    browser.type_text("紛失");
    browser.wait_for("document.querySelectorAll('#_found [role=option]').length > 2");
    browser.key("ArrowDown", 40, "");
    browser.value(&format!("{axe};0"));
    let wrong = violations(&mut browser, RULES);
    found.extend(wrong.as_array().unwrap().iter().map(|wrong| format!("the open list: {wrong}")));
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}
