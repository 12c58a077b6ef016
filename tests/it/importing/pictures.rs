//! Pictures of imported texts. `pictures/` holds one Word file as pandoc 2.17 writes it with `--extract-media=mochidashi`,
//! `-t gfm` and `-t markdown`: sizes in tags and in attributes, both broken over lines, even in tables.

use super::{compare, folder};
use crate::support::{Repo, Run};

/// A picture of one point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82";

/// Another.
fn png(extra: &str) -> Vec<u8> {
    [PNG, extra.as_bytes()].concat()
}

fn repo(text: &str) -> Repo {
    let repo = Repo::new();
    repo.write("old/a.md", format!("# 規程\n\n第1条（目的）\n\n文\n\n{text}\n"));
    repo
}

fn import(repo: &Repo, more: &[&str]) -> Run {
    repo.kitei(&[&["import", "documents", "old/a.md"], more].concat())
}

#[test]
fn pictures_of_a_word_file_come_with_it() {
    for name in ["gfm.md", "markdown.md"] {
        let repo = Repo::new();
        repo.write("old/mochidashi.md", std::fs::read(folder("pictures").join(name)).expect("a source"));
        repo.write("old/mochidashi/media/rId20.png", png("20"));
        repo.write("old/mochidashi/media/rId23.png", png("23"));
        repo.write("old/mochidashi/media/rId34.emf", "EMF");
        let run = repo.kitei(&["import", "documents", "old/mochidashi.md", "--owner", "office"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        compare(&format!("pictures/{name}"), &repo.read("policies/mochidashi.md"));
        compare(&format!("pictures/{name}.txt"), &run.stdout);
        for number in ["20", "23"] {
            let copied = std::fs::read(repo.at(&format!("policies/mochidashi/rId{number}.png"))).expect("a copy");
            assert_eq!(copied, png(number));
            assert!(run.stderr.contains(&format!("policies/mochidashi/rId{number}.png")), "{}", run.stderr);
        }
        assert!(!repo.at("policies/mochidashi/rId34.emf").exists());
        // The one that browsers do not show is the only one that is found fault with.
        let check = repo.kitei(&["check", "--format", "short", "--as-of", "2026-11-20", "policies"]);
        let errors: Vec<&str> = check.stdout.lines().filter(|line| line.contains("error[")).collect();
        let emf = |line: &&str| line.contains("REF010") && line.contains("rId34.emf");
        let version = |line: &&str| line.contains("version");
        assert!(errors.iter().any(emf) && errors.iter().all(|line| emf(line) || version(line)), "{}", check.stdout);
        assert!(!check.stdout.contains("TXT002"), "{}", check.stdout);
    }
}

#[test]
fn an_adopted_text_is_published_with_its_pictures() {
    let text = "![流れ](media/a.png){width=\"8cm\"}\n\n附則\n\n2024年4月1日から施行する。\n\n\
                | 版 | 施行日 | 承認日 | 内容 |\n|---|---|---|---|\n| 1.0 | 2024/4/1 | 2024/3/20 | 制定 |";
    let repo = repo(text);
    repo.write("old/media/a.png", PNG);
    let run = import(&repo, &["--owner", "office"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    repo.commit("取込み");
    repo.good(&["approve", "--adopt", "--csv", "adoption.csv", "--yes", "--as-of", "2026-11-20"]);
    repo.commit("引継ぎ");
    repo.good(&["check", "--as-of", "2026-11-20"]);
    repo.good(&["build", "--as-of", "2026-11-20", "--out", "public"]);
    let page = repo.read("public/documents/P-01.html");
    assert!(page.contains("alt=\"流れ\"") && page.contains(".png\""), "{page}");
}

#[test]
fn what_cannot_be_copied_is_told_with_its_line() {
    let cases = [
        ("![](media/none.png)", "import-picture-missing"),
        ("![](../kitei.toml.png)", "import-picture-outside"),
        ("![](media/../../secret.png)", "import-picture-outside"),
        ("![](..%2Fsecret.png)", "import-picture-outside"),
        ("![](..\\\\secret.png)", "import-picture-outside"),
        ("![](/etc/secret.png)", "import-picture-outside"),
        ("![](https://example.com/a.png)", "import-picture-address"),
        ("![](file:///secret.png)", "import-picture-address"),
        ("<img src=\"C:\\secret.png\" />", "import-picture-address"),
        ("![](data:image/png;base64,AAAA)", "import-picture-address"),
        ("![](media/a.emf)", "import-picture-kind"),
        ("<img src=\"media/a.WMF\" alt=\"図\" />", "import-picture-kind"),
        ("![](media/a.md)", "import-picture-kind"),
        ("![](media/run.svg)", "import-picture-no-drawing"),
        ("![](media/folder.png)", "import-picture-unreadable"),
        ("![](media/link.png)", "import-picture-link"),
        ("![](linked/a.png)", "import-picture-link"),
        ("![図", "import-picture"),
    ];
    let text: Vec<&str> = cases.iter().map(|(text, _)| *text).collect();
    let repo = repo(&text.join("\n\n"));
    for path in ["secret.png", "old/media/a.png", "old/media/a.emf", "old/media/a.WMF", "old/media/a.md"] {
        repo.write(path, PNG);
    }
    repo.write("old/media/run.svg", "<svg><script>");
    std::fs::create_dir_all(repo.at("old/media/folder.png")).expect("a folder");
    #[cfg(unix)]
    for (to, link) in [("a.png", "old/media/link.png"), ("media", "old/linked")] {
        std::os::unix::fs::symlink(to, repo.at(link)).expect("a link");
    }
    let run = import(&repo, &["--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["documents"][0]["findings"].as_array().expect("findings");
    let found: Vec<(u64, &str)> = findings
        .iter()
        .filter(|finding| finding["kind"] == "undecided")
        .filter_map(|finding| Some((finding["line"].as_u64()?, finding["name"].as_str()?)))
        .filter(|(_, name)| name.starts_with("import-picture"))
        .collect();
    let expected: Vec<(u64, &str)> = cases.iter().zip(0..).map(|((_, name), at)| (7 + 2 * at, *name)).collect();
    if cfg!(unix) {
        assert_eq!(found, expected);
    }
    assert_eq!(report["documents"][0]["pictures"], serde_json::json!([]));
    assert!(!repo.at("policies/a").exists(), "something was copied");
}

#[test]
fn no_picture_takes_the_place_of_another() {
    let text = "![](one/図.png) ![](two/図.png)\n\n<img src=\"one/%E5%9B%B3.png\" /> と ![](./two/../one/図.png)\n\n\
                1. 号 ![](<a b (1).PNG>)\n\n| 図 |\n|---|\n| ![](Mine.png) |\n\n![](../old/x.png) ![](old/x.png)";
    let repo = repo(text);
    for path in ["one/図.png", "two/図.png", "a b (1).PNG", "Mine.png", "x.png"] {
        repo.write(&format!("old/{path}"), png(path));
    }
    repo.write("policies/a/mine.png", "mine");
    let dry = import(&repo, &["--dry-run", "--lang", "en"]);
    assert!(dry.stdout.contains("==> policies/a/図-2.png <=="), "{}", dry.stdout);
    assert!(dry.stdout.contains("a picture, ") && dry.stdout.contains("from two/図.png"), "{}", dry.stdout);
    assert!(!repo.at("policies/a/図.png").exists(), "a dry run writes nothing");

    // A file in the way of the document: no picture is left either.
    repo.write("policies/a.md", "mine");
    assert_eq!(import(&repo, &[]).code, 2);
    assert!(!repo.at("policies/a/図.png").exists(), "half of an import was written");
    std::fs::remove_file(repo.at("policies/a.md")).expect("removed");

    let run = import(&repo, &[]);
    for (path, content) in [
        ("図.png", "one/図.png"),
        ("図-2.png", "two/図.png"),
        ("a-b--1-.PNG", "a b (1).PNG"),
        ("Mine-2.png", "Mine.png"),
    ] {
        let copied = std::fs::read(repo.at(&format!("policies/a/{path}"))).unwrap_or_default();
        assert_eq!(copied, png(content), "{path}\n{}", run.stdout);
    }
    assert_eq!(repo.read("policies/a/mine.png"), "mine");
    let text = repo.read("policies/a.md");
    assert!(text.contains("![](a/図.png) ![](a/図-2.png)"), "{text}");
    assert!(text.contains("![](a/図.png) と ![](a/図.png)"), "{text}");
    assert!(text.contains("1. 号 ![](a/a-b--1-.PNG)") && text.contains("| ![](a/Mine-2.png) |"), "{text}");
    // Converters write paths as seen from where they run; out of the folder and back into it is out of it.
    assert!(text.contains("![](../old/x.png) ![](a/x.png)"), "{text}");
}
