//! What is published: exactly the approved wording that is in force, from the tree or from history, and never less
//! than a whole site.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::support::Repo;

const DAY: &str = "2026-11-20";

fn site(repo: &Repo) -> BTreeMap<String, Vec<u8>> {
    fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                collect(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(&repo.at("public"), "", &mut found);
    found
}

fn anywhere(repo: &Repo, needle: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
    site(repo).into_iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect()
}

fn approved() -> Repo {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "初めの文面とする。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("P-01 を制定");
    repo
}

#[test]
fn nothing_is_published_by_a_configuration_that_cannot_be_read() {
    let repo = approved();
    repo.good(&["build", "--as-of", DAY]);
    let (good, before) = (repo.read("kitei.toml"), site(&repo));
    let editions = "\n[editions.public]\nhighest = \"public\"\n".repeat(2);
    for (broken, place) in [
        (good.replacen("[handbook]", "[handbook", 1), "kitei.toml:1:10: error[FMT003]"),
        (good.replacen("folder = \"policies\"", "folder = policies", 1), "kitei.toml:20:10: error[FMT003]"),
        (good.clone() + &editions, "error[FMT003]"),
        (good.replacen("folder = \"policies\"", "folder = 3", 1), "kitei.toml:20:10: error[FMT007]"),
        (good.replacen("Asia/Tokyo", "Asia/Tokio", 1), "kitei.toml:5:12: error[FMT008]"),
    ] {
        repo.write("kitei.toml", &broken);
        repo.commit("設定");
        for arguments in [&["build", "--as-of", DAY][..], &["build", "--drafts", "--as-of", DAY]] {
            let run = repo.kitei(arguments);
            assert_eq!(run.code, 1, "{broken}\n{}{}", run.stdout, run.stderr);
            assert!(run.stderr.contains(place), "{place}\n{}", run.stderr);
        }
        assert!(site(&repo) == before, "the last good site stays");
    }
    // A key that nothing reads hides nothing.
    repo.write("kitei.toml", good.replacen("title =", "subtitle = \"x\"\ntitle =", 1));
    repo.commit("知らないキー");
    repo.good(&["build", "--as-of", DAY]);
}

#[test]
fn an_unapproved_edit_never_reaches_the_site_and_the_old_wording_does() {
    let repo = approved();
    repo.policy("policies/a.md", "P-01", "2.0", "改訂した文面とする。");
    for committed in [false, true] {
        if committed {
            repo.commit("P-01 の改訂案");
        }
        repo.good(&["build", "--as-of", DAY]);
        assert_eq!(anywhere(&repo, "改訂した文面"), Vec::<String>::new(), "committed: {committed}");
        assert!(anywhere(&repo, "初めの文面").contains(&"documents/P-01.html".to_owned()), "committed: {committed}");
    }
    let list = repo.good(&["list", "--format", "json", "--as-of", DAY]);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list[0]["version"], "1.0");
    assert_eq!(list[0]["draft"], "2.0");
    assert_eq!(list[0]["state"], "in-force");
}

#[test]
fn text_changed_under_an_approved_version_is_an_error_and_is_not_published() {
    let repo = approved();
    repo.policy("policies/a.md", "P-01", "1.0", "こっそり変えた文面とする。");
    repo.commit("誤って版を上げずに変更");
    let check = repo.kitei(&["check", "--format", "short", "--as-of", DAY]);
    assert_eq!(check.code, 1);
    assert!(check.stdout.contains("policies/a.md") && check.stdout.contains("[LED001]"), "{}", check.stdout);
    repo.good(&["build", "--as-of", DAY]);
    assert!(anywhere(&repo, "こっそり").is_empty());
    assert!(!anywhere(&repo, "初めの文面").is_empty());
}

#[test]
fn a_future_version_takes_over_on_its_effective_date() {
    let repo = approved();
    repo.policy("policies/a.md", "P-01", "2.0", "次の文面とする。");
    repo.approve("P-01", "2026-11-01", "2026-12-01");
    repo.commit("P-01 を改訂");
    repo.good(&["build", "--as-of", "2026-11-30"]);
    assert!(!anywhere(&repo, "初めの文面").is_empty() && anywhere(&repo, "次の文面").is_empty());
    repo.good(&["build", "--as-of", "2026-12-01"]);
    assert!(anywhere(&repo, "初めの文面").is_empty() && !anywhere(&repo, "次の文面").is_empty());
}

#[test]
fn an_old_wording_keeps_what_its_links_and_pictures_meant() {
    let repo = Repo::new();
    repo.write("policies/fig.svg", "<svg><text>古い図</text></svg>");
    repo.policy("policies/b.md", "P-02", "1.0", "先の規程とする。");
    repo.policy("policies/a.md", "P-01", "1.0", "[先](b.md#purpose)と![図](fig.svg)を見る。");
    repo.approve("P-02", "2026-03-20", "2026-04-01");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    // The linked document moves, the picture changes, and the text is redrafted.
    repo.git(&["mv", "policies/b.md", "policies/moved.md"]);
    repo.write("policies/fig.svg", "<svg><text>新しい図</text></svg>");
    repo.policy("policies/a.md", "P-01", "2.0", "[先](moved.md#purpose)と![図](fig.svg)を見る。改訂案。");
    repo.commit("移動と改訂案");
    repo.good(&["build", "--as-of", DAY]);
    let site = site(&repo);
    let page = String::from_utf8_lossy(&site["documents/P-01.html"]).into_owned();
    assert!(page.contains("P-02.html#purpose"), "{page}");
    assert!(anywhere(&repo, "新しい図").is_empty());
    assert_eq!(anywhere(&repo, "古い図").len(), 1);
}

#[test]
fn a_text_that_is_nowhere_stops_the_build_and_leaves_the_last_site() {
    let repo = approved();
    repo.good(&["build", "--as-of", DAY]);
    let before = site(&repo);
    std::fs::remove_file(repo.at("records/approved/P-01/1.0.md")).unwrap();
    repo.commit("写しを失う");
    let run = repo.kitei(&["build", "--as-of", DAY]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("P-01"), "{}", run.stderr);
    assert_eq!(site(&repo), before);
    let check = repo.kitei(&["check", "--format", "short", "--as-of", DAY]);
    assert!(check.stdout.contains("[LED003]"), "{}", check.stdout);
}

#[test]
fn a_shallow_clone_publishes_every_version() {
    let repo = approved();
    repo.policy("policies/a.md", "P-01", "2.0", "改訂案とする。");
    repo.commit("改訂案");
    let clone = tempfile::tempdir().unwrap();
    let address = format!("file://{}", repo.path().display());
    repo.git(&["clone", "-q", "--depth", "1", &address, clone.path().join("c").to_str().unwrap()]);
    let folder = clone.path().join("c");
    let run = repo.kitei(&["check", "--lang", "en", "--as-of", DAY, "--root", folder.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("LED018") && run.stdout.contains("shallow"), "{}", run.stdout);
    let pages = |folder: &str, out: &str| {
        repo.good(&["build", "--as-of", DAY, "--root", folder, "--out", out]);
        std::fs::read_to_string(Path::new(out).join("documents/P-01.html")).unwrap()
    };
    let (whole, part) = (clone.path().join("whole"), clone.path().join("part"));
    let whole = pages(repo.path().to_str().unwrap(), whole.to_str().unwrap());
    let part = pages(folder.to_str().unwrap(), part.to_str().unwrap());
    let text =
        |page: &str| page.split("data-pagefind-body>").nth(1).unwrap().split("<footer").next().unwrap().to_owned();
    assert_eq!(text(&part), text(&whole));
    assert!(!part.contains("改訂案"), "{part}");
}

#[test]
fn two_builds_of_one_commit_and_date_are_byte_identical() {
    let repo = approved();
    repo.good(&["build", "--as-of", DAY]);
    let first = site(&repo);
    // Another place, another time of the day, the same commit.
    let clone = tempfile::tempdir().unwrap();
    let folder = clone.path().join("elsewhere");
    repo.git(&["clone", "-q", repo.path().to_str().unwrap(), folder.to_str().unwrap()]);
    let out = repo.at("public2");
    repo.good(&["build", "--as-of", DAY, "--root", folder.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    std::fs::remove_dir_all(repo.at("public")).unwrap();
    std::fs::rename(out, repo.at("public")).unwrap();
    assert_eq!(site(&repo), first);
}

#[test]
fn a_revision_is_read_without_touching_the_working_tree() {
    let repo = approved();
    let first = repo.git(&["rev-parse", "HEAD"]);
    repo.policy("policies/a.md", "P-01", "2.0", "次の文面とする。");
    repo.approve("P-01", "2026-11-01", "2026-11-10");
    repo.commit("P-01 を改訂");
    repo.write("policies/unfinished.md", "書きかけ");
    repo.good(&["build", "--as-of", DAY, "--rev", &first]);
    assert!(!anywhere(&repo, "初めの文面").is_empty() && anywhere(&repo, "次の文面").is_empty());
    assert!(repo.read("public/build.json").contains(&first));
    assert_eq!(repo.read("policies/unfinished.md"), "書きかけ");
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let repo = approved();
    for number in 2..120 {
        repo.policy(
            &format!("policies/{number}.md"),
            &format!("P-{number}"),
            "1.0",
            &"長い文面とする。\n\n".repeat(200),
        );
    }
    let ids: Vec<String> = (2..120).map(|number| format!("P-{number}")).collect();
    let mut arguments = vec![
        "approve",
        "--yes",
        "--on",
        "2026-03-20",
        "--effective",
        "2026-04-01",
        "--drafter",
        "sato",
        "--as-of",
        DAY,
    ];
    arguments.extend(ids.iter().map(String::as_str));
    repo.good(&arguments);
    repo.commit("制定");
    repo.good(&["build", "--as-of", DAY]);
    let whole = site(&repo);
    assert_eq!(whole.keys().filter(|path| path.starts_with("documents/")).count(), 119);
    for step in 0..12 {
        let mut child = repo
            .command(&["build", "--quiet", "--as-of", DAY])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(step * 40));
        let _ = child.kill();
        let _ = child.wait();
        if repo.at("public").exists() {
            assert_eq!(site(&repo), whole, "killed after {} ms", step * 40);
        }
    }
    repo.good(&["build", "--as-of", DAY]);
    assert_eq!(site(&repo), whole);
    let left: Vec<String> = std::fs::read_dir(repo.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".kitei-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_folder_that_is_no_earlier_build_is_refused() {
    let repo = approved();
    repo.write("public/valuable.txt", "大切");
    let run = repo.kitei(&["build", "--as-of", DAY]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("public"), "{}", run.stderr);
    assert_eq!(repo.read("public/valuable.txt"), "大切");
}

/// What a run keeps of history for the next one changes nothing that is published, also after history was rewritten.
#[test]
fn what_is_kept_of_history_changes_no_page() {
    let repo = approved();
    let build = || {
        repo.good(&["build", "--as-of", DAY]);
        site(&repo)
    };
    let kept = repo.at(".git/kitei");
    build();
    assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 1);
    repo.policy("policies/b.md", "P-02", "1.0", "次の文面とする。");
    repo.approve("P-02", "2026-04-20", "2026-05-01");
    repo.commit("P-02 を制定");
    let with = build();
    std::fs::remove_dir_all(&kept).unwrap();
    assert_eq!(build(), with);
    repo.git(&["commit", "-q", "--amend", "-m", "P-02 を定める"]);
    let with = build();
    std::fs::remove_dir_all(&kept).unwrap();
    // Where it cannot be written, everything works as before.
    std::fs::write(&kept, "").unwrap();
    assert_eq!(build(), with);
}
