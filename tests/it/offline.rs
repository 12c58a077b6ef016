//! The handbook without a network: what the browser has kept, and the archive that opens from a file.

use std::path::Path;

use crate::support::Repo;
use crate::support::browser::Browser;
use crate::support::host::Host;

const DAY: &str = "2026-11-20";

/// A handbook with contacts, a procedure for an emergency, one that only a few may read, and a glossary.
fn handbook() -> Repo {
    let repo = Repo::new();
    let front = |id: &str, label: &str, more: &str| {
        format!(
            "+++\nid = \"{id}\"\ntitle = \"手順{id}\"\nversion = \"1.0\"\nowner = \"office\"\nclassification = \"{label}\"\n{more}+++\n\n"
        )
    };
    let open = front("P-01", "internal", "annex_a = [\"6.8\"]\n");
    repo.write("policies/a.md", open + "### 報告 {#report}\n\n端末を紛失した者は、[[P-02#secret]]による。\n");
    let closed = front("P-02", "restricted", "annex_a = [\"5.26\"]\n");
    repo.write("policies/b.md", closed + "### 秘密 {#secret}\n\n鍵は金庫に置く。\n");
    let contacts =
        "title = \"連絡先\"\nfirst = [\"電話する\"]\n\n[[contact]]\nname = \"受付窓口\"\nphone = [\"03-0000-9110\"]\n";
    repo.write("records/contacts.toml", contacts);
    repo.write("records/terms.toml", "[[term]]\nterm = \"紛失\"\nsee = [\"P-01#report\"]\n");
    for id in ["P-01", "P-02"] {
        repo.approve(id, "2026-03-20", "2026-04-01");
    }
    repo.commit("制定");
    repo
}

#[test]
fn pages_for_an_emergency_are_read_without_a_network_and_say_how_old_they_are() {
    let repo = handbook();
    repo.good(&["build", "--quiet", "--as-of", DAY, "--out", "public"]);
    let script = repo.read("public/sw.js");
    assert!(script.contains("documents/P-01.html") && !script.contains("documents/P-02.html"), "{script}");
    let host = Host::of(&repo.at("public"));
    let mut browser = Browser::start();
    browser.window(390, false);
    browser.open(&format!("{}index.html", host.url));
    assert_eq!(browser.value("navigator.serviceWorker.ready.then((worker) => !!worker.active)"), true);
    browser.wait_for("navigator.serviceWorker.controller !== null");
    browser.open(&format!("{}incident.html", host.url));
    assert_eq!(browser.value("document.querySelector('.saved')"), serde_json::Value::Null);
    assert!(browser.messages.is_empty(), "{:?}", browser.messages);
    host.go_down();
    for page in ["incident.html", "documents/P-01.html"] {
        browser.open(&format!("{}{page}", host.url));
        let notice = browser.value("document.querySelector('main .saved').textContent");
        let notice = notice.as_str().unwrap_or_default();
        assert!(notice.starts_with("保存した版（") && notice.contains("古い可能性があります"), "{page}: {notice}");
        assert!(notice.contains("年"), "{page}: {notice}");
        let styled = browser.value("getComputedStyle(document.querySelector('.saved')).borderInlineStartWidth");
        assert_eq!(styled, "6px", "{page}: the style sheet is kept, too");
    }
    assert_eq!(browser.value("document.body.innerText.includes('端末を紛失した')"), true);
    // What is not kept says so and leads to what is.
    browser.open(&format!("{}documents/P-02.html", host.url));
    let text = browser.value("document.body.innerText");
    let text = text.as_str().unwrap_or_default();
    assert!(text.contains("ネットワークにつながっていません") && !text.contains("金庫"), "{text}");
    assert_eq!(browser.value("document.querySelectorAll('a[href$=\"incident.html\"]').length"), 1);
}

#[test]
fn a_site_that_keeps_nothing_clears_what_an_earlier_one_has_kept() {
    let repo = handbook();
    repo.good(&["build", "--quiet", "--as-of", DAY, "--out", "public"]);
    let settings = repo.read("kitei.toml").replacen("[handbook]\n", "[handbook]\noffline = false\n", 1);
    repo.write("kitei.toml", settings);
    repo.commit("端末に残さない");
    repo.good(&["build", "--quiet", "--as-of", DAY, "--out", "none"]);
    assert!(!repo.at("none/manifest.webmanifest").exists());
    assert!(!repo.read("none/index.html").contains("rel=\"manifest\""));
    let host = Host::of(&repo.at("public"));
    let mut browser = Browser::start();
    browser.window(390, false);
    browser.open(&format!("{}index.html", host.url));
    browser.value("navigator.serviceWorker.ready.then(() => true)");
    assert_eq!(browser.value("caches.keys().then((names) => names.length)"), 1);
    std::fs::copy(repo.at("none/sw.js"), repo.at("public/sw.js")).unwrap();
    browser.value("navigator.serviceWorker.getRegistration().then((worker) => worker.update()).then(() => true)");
    browser.value(
        "new Promise((done) => { const look = async () => (await caches.keys()).length === 0
           && !(await navigator.serviceWorker.getRegistration()) ? done(true) : setTimeout(look, 50); look() })",
    );
}

/// Unpacks an archive as a person would.
fn unpack(archive: &Path, to: &Path) {
    let bytes = std::fs::read(archive).unwrap();
    for (name, content) in kitei::evidence::archive::unpack(&bytes).unwrap() {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

#[test]
fn the_archive_opens_from_a_file_with_links_and_search() {
    let repo = handbook();
    let build = |name: &str| repo.good(&["build", "--quiet", "--as-of", DAY, "--out", "public", "--bundle", name]);
    build("handbook.zip");
    build("again.zip");
    let bytes = |name: &str| std::fs::read(repo.at(name)).unwrap();
    assert!(bytes("handbook.zip") == bytes("again.zip"), "the same handbook gives the same archive");
    unpack(&repo.at("handbook.zip"), &repo.at("unpacked"));
    let start = format!("file://{}/handbook/index.html", repo.at("unpacked").display());
    let mut browser = Browser::start();
    browser.window(1280, false);
    browser.open(&start);
    assert_eq!(browser.value("getComputedStyle(document.querySelector('.search input')).borderRadius"), "999px");
    browser.value("document.querySelector('a[href$=\"policies.html\"]').click()");
    browser.wait_for("document.readyState === 'complete' && location.href.endsWith('/policies.html')");
    browser.value("document.querySelector('main a[href$=\"P-01.html\"]').click()");
    browser.wait_for("document.readyState === 'complete' && document.body.innerText.includes('端末を紛失した')");
    // A word that stands in the text alone.
    browser.value("document.getElementById('_search').focus()");
    browser.type_text("金庫");
    browser.wait_for("document.querySelector('#_found .label')?.textContent === '第1条（秘密）'");
    browser.key("ArrowDown", 40, "");
    browser.key("Enter", 13, "\r");
    browser.wait_for("location.href.endsWith('/documents/P-02.html#secret')");
    browser.open(&start.replace("index.html", "search.html?q=%E7%B4%9B%E5%A4%B1%E3%81%97%E3%81%9F"));
    browser.wait_for("[...document.querySelectorAll('.results a')].some((a) => a.href.endsWith('P-01.html#report'))");
    assert_eq!(browser.value("document.querySelector('.results mark').textContent"), "紛失した");
    assert!(browser.messages.is_empty(), "{:?}", browser.messages);
    let outside: Vec<_> = browser.requests.iter().filter(|url| !url.starts_with("file:")).collect();
    assert!(outside.is_empty(), "{outside:?}");
}
