//! The pages in a headless browser: this repository's own handbook under `kitei serve`.
//!
//! The browser is named by `CHROME`; `./test` finds or installs one. These tests never skip.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests prepare files and look at the clock")]

#[path = "support/browser.rs"]
mod browser;
mod support;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use browser::Browser;
use support::Repo;

const DAY: &str = "2026-11-20";

/// A preview of a repository, ended with the test.
struct Preview {
    child: Child,
    url: String,
}

impl Preview {
    fn of(repo: &Repo, root: &Path) -> Self {
        let mut child = repo
            .command(&["serve", "--quiet", "--port", "0", "--as-of", DAY, "--root", root.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().unwrap();
        let url = BufReader::new(stdout).lines().next().unwrap().unwrap();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        Self { child, url }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One page of each kind, as the example company's handbook has them.
const PAGES: [&str; 20] = [
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
    "rules.html",
    "rules/broken-link.html",
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
            let foreign: Vec<_> = browser.requests.iter().filter(|url| !url.starts_with(&preview.url)).collect();
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
        assert!(text.as_u64().unwrap_or(0) > 100, "{page} shows nothing");
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
    repo.write("kitei.toml", include_str!("base/kitei.toml"));
    repo.policy("policies/a.md", "P-01", "2.0", "直した文面とする。");
    browser.wait_for("document.body.innerText.includes('直した文面')");
}
