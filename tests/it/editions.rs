//! Editions for readers who may not see everything: they hold the documents up to a label, and nothing of any other
//! document, register or person, in whatever file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::{Repo, good};

const DAY: &str = "2026-11-20";

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
            }
        }
    }
    found
}

/// Every link of every page leads to a file of the site.
fn assert_whole(site: &BTreeMap<String, String>) {
    for (path, html) in site.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html") {
        let depth = path.matches('/').count();
        for address in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let target = address.split('#').next().unwrap();
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let up = target.matches("../").count();
            let folder: Vec<&str> = path.split('/').take(depth - up).collect();
            let target = folder.into_iter().chain([target.trim_start_matches("../")]).collect::<Vec<_>>().join("/");
            assert!(site.contains_key(&target), "{path}: {address} leads nowhere");
        }
    }
}

fn label(repo: &Repo) {
    let labels = "[[classification]]\nid = \"public\"\nname = \"公開\"\n\n";
    let config = repo.read("kitei.toml").replacen("[[classification]]", &format!("{labels}[[classification]]"), 1);
    repo.write("kitei.toml", config + "\n[editions.outside]\nhighest = \"public\"\ntitle = \"公開版\"\n");
}

fn policy(repo: &Repo, path: &str, id: &str, version: &str, label: &str, text: &str) {
    repo.write(
        path,
        format!(
            "+++\nid = \"{id}\"\ntitle = \"規程{id}{label}\"\nversion = \"{version}\"\nowner = \"office\"\nclassification = \"{label}\"\n+++\n\n### 見出し{id}{label} {{#purpose}}\n\n{text}\n"
        ),
    );
}

#[test]
fn nothing_above_the_label_is_in_any_file() {
    let repo = Repo::new();
    label(&repo);
    // Once internal, public now, and a draft that is internal again.
    policy(&repo, "policies/a.md", "P-01", "1.0", "internal", "秘一。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("1");
    let text = "公表する。[秘二の見出し語](b.md#purpose)、[[P-02]]、[[P-02#purpose]]、[[P-04]]、[[role:ciso]]。";
    policy(&repo, "policies/a.md", "P-01", "2.0", "public", text);
    policy(&repo, "policies/b.md", "P-02", "1.0", "internal", "秘二。");
    policy(&repo, "policies/c.md", "P-03", "1.0", "internal", "秘三。");
    policy(&repo, "policies/d.md", "P-04", "1.0", "public", "公表四。");
    // Two that were retired, one of them public: what is no longer in force is for nobody outside.
    for (path, id, label) in [("policies/e.md", "P-05", "internal"), ("policies/f.md", "P-06", "public")] {
        for (version, day) in [("1.0", "2026-03-20"), ("2.0", "2026-04-20")] {
            policy(&repo, path, id, version, label, &format!("秘の廃止された文面{version}。"));
            repo.approve(id, day, day);
            repo.commit(version);
        }
        let days = ["--on", "2026-05-10", "--effective", "2026-05-11", "--as-of", "2026-05-10"];
        repo.good(&[&["retire", id, "--yes", "--reason", "秘", "--decision", "秘"], &days[..]].concat());
    }
    repo.good(&[
        "approve",
        "P-01",
        "P-02",
        "P-03",
        "P-04",
        "--yes",
        "--drafter",
        "sato",
        "--decision",
        "秘の議事録",
        "--reason",
        "秘の理由",
        "--on",
        "2026-05-20",
        "--effective",
        "2026-06-01",
        "--as-of",
        "2026-05-20",
    ]);
    repo.commit("2 秘の伝言");
    policy(&repo, "policies/a.md", "P-01", "3.0", "internal", "秘の草案。");
    // A draft that would be public does not make what is in force so, and one that would not be hides nothing.
    policy(&repo, "policies/c.md", "P-03", "2.0", "public", "秘三の草案。");
    policy(&repo, "policies/d.md", "P-04", "2.0", "internal", "秘四の草案。");
    repo.commit("3");
    repo.good(&["build", "--edition", "outside", "--as-of", DAY]);
    let site = files(&repo.at("editions/outside"));
    for (path, content) in &site {
        for secret in [
            "秘一",
            "秘二。",
            "秘三",
            "秘四",
            "秘の",
            "internal",
            "佐藤",
            "sato",
            "規程P-02",
            "見出しP-02",
            "P-05",
            "P-06",
        ] {
            assert!(!content.contains(secret), "{path} holds {secret}");
        }
    }
    assert_whole(&site);
    let pages: Vec<&str> = site.keys().map(String::as_str).filter(|path| path.starts_with("documents/")).collect();
    assert_eq!(pages, ["documents/P-01.html", "documents/P-04.html"]);
    let page = &site["documents/P-01.html"];
    assert!(
        page.contains("公表する。<span>秘二の見出し語</span>") || page.contains("公表する。秘二の見出し語"),
        "{page}"
    );
    assert!(
        page.contains("「P-02」") && page.contains("<a href=\"P-04.html\">") || page.contains("P-04.html"),
        "{page}"
    );
    // The version before is told by number and date, without its text.
    assert!(page.contains("1.0"), "{page}");
    assert!(site["changes.html"].contains("公開") || !site["changes.html"].is_empty());
    let record: serde_json::Value = serde_json::from_str(&site["build.json"]).unwrap();
    assert_eq!(record["edition"], "outside");
    assert_eq!(record["date"], DAY);
    assert_eq!(record["commit"], repo.git(&["rev-parse", "HEAD"]).as_str());
    assert_eq!(record["documents"].as_array().unwrap().len(), 2);
    assert!(!repo.at("public").exists(), "the whole handbook's folder is left alone");
    repo.good(&["build", "--as-of", DAY]);
    let whole: serde_json::Value = serde_json::from_str(&repo.read("public/build.json")).unwrap();
    assert_eq!(whole["edition"], "in-force");
    for id in ["P-05", "P-06"] {
        let page = repo.read(&format!("public/documents/{id}/compare-1.0-2.0.html"));
        assert!(page.contains("秘の廃止された文面"), "the whole handbook has the comparison: {page}");
    }
}

#[test]
fn an_edition_that_is_not_configured_is_refused() {
    let repo = Repo::new();
    let run = repo.kitei(&["build", "--edition", "outside", "--as-of", DAY]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("editions.outside"), "{}", run.stderr);
    label(&repo);
    let run = repo.kitei(&["build", "--edition", "outsiders", "--as-of", DAY]);
    assert!(run.code == 2 && run.stderr.contains("outside"), "{}", run.stderr);
    let config = repo.read("kitei.toml");
    let config = config.replace("highest = \"public\"", "highest = \"publik\"");
    repo.write("kitei.toml", &config);
    assert_eq!(repo.kitei(&["build", "--edition", "outside", "--as-of", DAY]).code, 2);
    repo.write("kitei.toml", config.replace("editions.outside", "editions.In"));
    let run = repo.kitei(&["build", "--edition", "In", "--as-of", DAY]);
    assert!(run.code == 1 && run.stderr.contains("error[FMT008]"), "{}", run.stderr);
    let findings = repo.kitei(&["check", "--format", "short", "--as-of", DAY]).stdout;
    assert!(findings.contains("ORG003") && findings.contains("FMT"), "{findings}");
}

/// A base template of an organisation's own whose footer holds a link.
fn linking(repo: &Repo, link: &str) {
    let template = format!("{{% extends 'kitei/base.html' %}}{{% block footer %}}<p>{link}</p>{{% endblock %}}");
    repo.write("site/templates/base.html", template);
}

#[test]
fn an_own_template_cannot_link_to_what_an_edition_leaves_out() {
    let repo = Repo::new();
    label(&repo);
    policy(&repo, "policies/a.md", "P-01", "1.0", "public", "公表する。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    let outside = || repo.kitei(&["build", "--edition", "outside", "--as-of", DAY]);
    for link in [
        r#"<a href="{{ root }}my.html">私</a>"#,
        r#"<a class="x" href='{{ root }}my.html'>私</a>"#,
        "<a\n href=\"{{ root }}my.html#x\">私</a>",
        r#"<A HREF="{{ root }}my.html">私</A>"#,
        r#"<a href={{ root }}my.html>私</a>"#,
        r#"<a href="{{ root }}&#109;y.html">私</a>"#,
    ] {
        linking(&repo, link);
        let run = outside();
        assert_eq!(run.code, 2, "{link}");
        assert!(run.stderr.contains("my.html"), "{}", run.stderr);
        assert!(!repo.at("editions/outside").exists(), "{link}");
        repo.good(&["build", "--as-of", DAY]);
    }
    // By the function it is a link where the page is, and words where it is not.
    linking(&repo, r#"{{ link("my.html", "私の") }} {% call link("index.html", class="x") %}<b>初め</b>{% endcall %}"#);
    assert_eq!(outside().code, 0);
    let page = repo.read("editions/outside/documents/P-01.html");
    assert!(page.contains(r#"<p><span>私の</span> <a href="../index.html" class="x"><b>初め</b></a></p>"#), "{page}");
    assert_whole(&files(&repo.at("editions/outside")));
    repo.good(&["build", "--as-of", DAY]);
    assert!(repo.read("public/documents/P-01.html").contains(r#"<a href="../my.html">私の</a>"#));
}

/// Strings of a TOML file or lines of a text that are long enough to be told from words that any page has.
fn words(path: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let pieces: Vec<&str> = match path.extension().is_some_and(|extension| extension == "toml") {
        true => text.split('"').skip(1).step_by(2).collect(),
        false => text.split(['\n', '。', '|', '"']).collect(),
    };
    pieces.into_iter().map(str::trim).filter(|piece| piece.chars().count() >= 10).map(str::to_owned).collect()
}

#[test]
fn the_example_companys_public_edition_holds_nothing_of_its_other_documents() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let build = ["build", "--quiet", "--edition", "public", "--as-of", DAY, "--out", site.to_str().unwrap()];
    good(&root, &build);
    let site = files(&site);
    assert_whole(&site);
    let (mut open, mut closed) = (String::new(), BTreeSet::new());
    for folder in ["policies", "controls", "procedures", "records"] {
        let mut paths: Vec<PathBuf> =
            files(&root.join(folder)).into_keys().map(|name| root.join(folder).join(name)).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "toml"));
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains("classification = \"public\"") {
                open += &text;
            } else {
                closed.extend(words(&path));
            }
        }
    }
    // What the public documents say, and how their roles, terms and versions are named, is theirs to tell.
    let cited =
        ["records/roles.toml", "records/terms.toml"].map(|path| std::fs::read_to_string(root.join(path)).unwrap());
    let theirs = |words: &str| {
        let of_the_standard =
            kitei::standard::controls().iter().any(|control| control.title.get(kitei::locale::Language::Ja) == words);
        of_the_standard
            || open.contains(words)
            || cited.iter().any(|text| text.contains(&format!("name = \"{words}\"")))
    };
    let ledger = std::fs::read_to_string(root.join("records/ledger/P-01.toml")).unwrap();
    let changes = ledger.lines().filter(|line| line.starts_with("changes") || line.starts_with("digest"));
    let changes: String = changes.collect();
    let secrets: Vec<&String> =
        closed.iter().filter(|words| !theirs(words) && !changes.contains(words.as_str())).collect();
    assert!(secrets.len() > 5000, "{}", secrets.len());
    for (path, content) in site.iter().filter(|(path, _)| !path.starts_with("assets")) {
        let found: Vec<_> = secrets.iter().filter(|words| content.contains(words.as_str())).collect();
        assert!(found.is_empty(), "{path} holds {found:?}");
    }
    assert!(site["documents/P-01.html"].contains("情報セキュリティ基本方針"));
    let people = std::fs::read_to_string(root.join("records/people.toml")).unwrap();
    let ids = people.lines().filter_map(|line| line.strip_prefix("id = \""));
    for id in ids.map(|id| id.trim_end_matches('"')) {
        assert!(site.values().all(|content| !content.contains(&format!("{id}@"))), "{id}");
        assert!(!site["documents/P-01.html"].contains(id) && !site["changes.html"].contains(id), "{id}");
    }
}
