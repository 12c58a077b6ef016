//! Starting with kitei: a new handbook checks clean, and its first page is true line by line.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{self, Run, finish, program, scratch};

const DAY: &str = "2026-04-01";

/// Exit code of a run of the program, and everything that it said.
fn kitei(folder: &Path, arguments: &[&str]) -> (i32, String) {
    told(&support::kitei(folder, arguments))
}

/// The same of a line as it stands in a document, which a person types into a shell.
fn shell(folder: &Path, line: &str) -> (i32, String) {
    let mut command = program::shell(folder, &format!("set -u\n{line}"));
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "p003")
            .env(format!("GIT_{who}_EMAIL"), "office@example.com")
            .env(format!("GIT_{who}_DATE"), "2026-04-01T09:00:00+09:00");
    }
    told(&finish(&mut command))
}

fn told(run: &Run) -> (i32, String) {
    (run.code, run.words())
}

/// A new handbook in a language.
fn new_handbook(folder: &Path, language: &str) {
    let arguments = ["init", ".", "--lang", language, "--organisation", "例示商事", "--as-of", DAY];
    let (code, words) = kitei(folder, &arguments);
    assert_eq!(code, 0, "{words}");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Does what the first page says, line by line, and gives the commands it ran.
fn follow_first_page(root: &Path) -> String {
    let page = std::fs::read_to_string(root.join("README.md")).unwrap();
    let mut ran = Vec::new();
    for line in page.lines().filter_map(|line| line.strip_prefix("    ")) {
        // The preview waits for a browser.
        if line.starts_with("kitei serve") {
            continue;
        }
        let dated = ["check", "approve", "build", "due"].iter().any(|c| line.starts_with(&format!("kitei {c}")));
        let more = match (dated, line.starts_with("kitei approve")) {
            (true, true) => format!(" --as-of {DAY} --yes"),
            (true, false) => format!(" --as-of {DAY}"),
            (false, _) => String::new(),
        };
        let (code, words) = shell(root, &format!("{line}{more}"));
        assert_eq!(code, 0, "{line}\n{words}");
        ran.push(line.split(' ').nth(1).unwrap_or_default().to_owned());
    }
    ran.join(" ")
}

#[test]
fn the_first_page_of_a_new_handbook_is_true_line_by_line() {
    for language in ["ja", "en"] {
        let temp = scratch();
        let root = temp.path();
        new_handbook(root, language);
        assert_eq!(std::fs::read_to_string(root.join(".git/HEAD")).unwrap().trim(), "ref: refs/heads/main");
        let (code, words) = kitei(root, &["check", "--strict", "--as-of", DAY, "--format", "short"]);
        assert_eq!(code, 0, "{words}");

        let expected = "check add commit approve approve add commit build new due export";
        assert_eq!(follow_first_page(root), expected, "{language}");
        // What was approved is published.
        let built = names(&root.join("public/documents"));
        assert_eq!(built, ["C-6.8.html", "P-01.html", "S-01.html"]);
        assert_eq!(kitei(root, &["check", "--as-of", DAY]).0, 0);
        let new = std::fs::read_to_string(root.join("procedures/s-02.md")).unwrap();
        assert!(new.contains("id = \"S-02\""), "{new}");
        assert!(std::fs::read_to_string(root.join("CODEOWNERS")).unwrap().contains("/records/ledger/"));
    }
}

/// Every Markdown file of a folder by name.
fn documents(folder: &Path) -> BTreeMap<String, String> {
    let read = |name: &String| std::fs::read_to_string(folder.join(name)).unwrap();
    names(folder).into_iter().map(|name| (name.clone(), read(&name))).collect()
}

#[test]
fn every_level_of_the_reference_handbook_checks_clean_by_itself() {
    let decided = [("quick", 31), ("baseline", 64), ("comprehensive", 93)];
    let mut smaller = 0;
    for (level, controls) in decided {
        let temp = scratch();
        let root = temp.path();
        let organisation = "例示 \"電機\" [[P-01]]_社";
        let arguments = ["init", ".", "--level", level, "--organisation", organisation, "--as-of", DAY];
        let (code, words) = kitei(root, &arguments);
        assert_eq!(code, 0, "{words}");
        let (code, words) = kitei(root, &["check", "--strict", "--as-of", DAY, "--format", "short"]);
        assert_eq!(code, 0, "{level}: {words}");
        // A decision that is still to be taken is told, and nothing is called excluded that was not decided.
        let open = format!("{}に対策基準がなく", 93 - controls);
        assert_eq!(words.contains(&open), controls < 93, "{level}: {words}");

        let mut count = 0;
        let mut states = Vec::new();
        for folder in ["policies", "controls", "procedures"] {
            for (name, text) in documents(&root.join(folder)) {
                count += 1;
                assert!(text.contains("\nversion = \"1.0\"\n"), "{name}");
                for gone in ["\nlevel = ", "\nestablished = ", "例示データ", "例示第一", "2026年11月1日から施行"]
                {
                    assert!(!text.contains(gone), "{level} {name}: {gone}");
                }
                assert!(
                    !text.contains("附則")
                        || !text.contains("から施行する")
                        || text.contains("2026年4月1日から施行する。")
                );
                states
                    .extend(text.lines().filter_map(|line| line.strip_prefix("implementation = ")).map(str::to_owned));
            }
        }
        assert!(count > smaller, "{level}");
        smaller = count;
        assert_eq!(states.len(), controls, "{level}: decisions");
        // Nothing has been carried out yet.
        let excluded = states.iter().filter(|state| *state == "\"none\"").count();
        let planned = states.iter().filter(|state| *state == "\"planned\"").count();
        assert_eq!(excluded + planned, controls);
        assert_eq!(excluded, if level == "comprehensive" { 2 } else { 0 });
        let config = std::fs::read_to_string(root.join("kitei.toml")).unwrap();
        let config: toml::Table = config.parse().unwrap();
        assert_eq!(config["handbook"]["organisation"].as_str(), Some(organisation));
        assert!(!config["handbook"].as_table().unwrap().contains_key("base_url"));
        assert_eq!(names(&root.join("records/ledger")), [".gitkeep"]);
        // People are still to be named, and no name of the example company's is among them.
        let people = std::fs::read_to_string(root.join("records/people.toml")).unwrap();
        assert!(people.contains("id = \"p001\"") && !people.contains("@example.com"), "{people}");

        let left_out = std::fs::read_to_string(root.join("LEFT-OUT.md")).unwrap();
        assert_eq!(left_out.contains("| S-24 | システム開発手順 |"), level != "comprehensive", "{left_out}");
        let replaced = "| controls/8.15.md | C-8.17 | クロックの同期「要求事項」 |";
        assert_eq!(left_out.contains(replaced), level != "comprehensive", "{left_out}");
        assert!(left_out.contains("| P-15 | 人的セキュリティ規程「経過措置」 |"), "what an earlier 附則 had said");
        let page = std::fs::read_to_string(root.join("README.md")).unwrap();
        assert!(!page.contains('@') && !left_out.contains('@'), "a name was not filled in: {page}{left_out}");
    }
}

#[test]
fn the_first_page_of_a_level_is_true_line_by_line() {
    let temp = scratch();
    let root = temp.path();
    let (code, words) =
        kitei(root, &["init", ".", "--level", "quick", "--organisation", "例示商事", "--as-of", DAY, "--lang", "en"]);
    assert_eq!(code, 0, "{words}");
    let expected = "check add commit approve approve approve add commit build new due export";
    assert_eq!(follow_first_page(root), expected);
    let built = names(&root.join("public/documents"));
    assert_eq!(built, ["C-5.24.html", "C-6.8.html", "P-01.html", "P-02.html", "P-03.html", "S-04.html"]);

    // The sets of the single threats are the control standards of the level, all of them.
    let page = std::fs::read_to_string(root.join("README.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains("C-8."));
    let mut listed: Vec<String> = rows
        .flat_map(|row| row.split(' ').filter(|word| word.starts_with("C-")))
        .map(|id| format!("{}.md", &id[2..]))
        .collect();
    listed.sort();
    assert_eq!(listed, names(&root.join("controls")));
}

#[test]
fn a_folder_with_other_things_in_it_is_left_as_it_is() {
    let temp = scratch();
    let root = temp.path().join("thesis");
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("chapter.txt"), "years of work").unwrap();
    let arguments = ["init", "thesis", "--organisation", "例示商事"];
    let (code, words) = kitei(temp.path(), &arguments);
    assert_eq!((code, words.contains("空ではありません")), (2, true), "{words}");
    assert_eq!(names(&root), ["chapter.txt"]);
    assert_eq!(names(temp.path()), ["thesis"], "no remains");

    let (code, words) = kitei(temp.path(), &["init", "new", "--organisation", "a\nb"]);
    assert_eq!(code, 2, "a name that cannot be one: {words}");
    assert!(!temp.path().join("new").exists());
    // Where nobody can be asked, the folder's name stands for it, which is said.
    let (code, words) = kitei(temp.path(), &["init", "new"]);
    assert!(code == 0 && words.contains("「new」"), "{words}");
    std::fs::remove_dir_all(temp.path().join("new")).unwrap();
    let zone = ["init", "new", "--organisation", "例示商事", "--timezone", "Asia/Nowhere"];
    assert_eq!(kitei(temp.path(), &zone).0, 2);
    assert_eq!(names(temp.path()), ["thesis"], "no remains");
}

#[test]
fn a_repository_as_a_forge_makes_it_is_extended() {
    let repo = scratch();
    let root = repo.path();
    assert_eq!(shell(root, "git init -q -b trunk . && echo '# x' > README.md && echo target > .gitignore").0, 0);
    new_handbook(root, "ja");
    assert_eq!(std::fs::read_to_string(root.join("README.md")).unwrap(), "# x\n");
    assert_eq!(std::fs::read_to_string(root.join(".gitignore")).unwrap(), "target\n");
    assert!(std::fs::read_to_string(root.join("GETTING-STARTED.md")).unwrap().contains("例示商事"));
    assert_eq!(std::fs::read_to_string(root.join(".git/HEAD")).unwrap().trim(), "ref: refs/heads/trunk");
    assert_eq!(kitei(root, &["check", "--strict", "--as-of", DAY]).0, 0);

    // Begun once, it is not begun again, nor below.
    for dir in [".", "policies", "policies/new"] {
        let (code, words) = kitei(root, &["init", dir, "--organisation", "例示商事"]);
        assert_eq!((code, words.contains("既にハンドブック")), (2, true), "{words}");
    }
    assert!(!root.join("policies/new").exists());
}

#[test]
fn a_file_in_the_way_is_named_and_nothing_is_written() {
    let repo = scratch();
    let root = repo.path();
    assert_eq!(shell(root, "git init -q . && mkdir records && echo x > records/roles.toml").0, 0);
    let (code, words) = kitei(root, &["init", ".", "--organisation", "例示商事"]);
    assert_eq!((code, words.contains("roles.toml")), (2, true), "{words}");
    assert_eq!(names(root), [".git", "records"]);
    assert_eq!(names(&root.join("records")), ["roles.toml"]);
}

#[test]
fn a_folder_of_a_repository_gets_no_repository_of_its_own() {
    let repo = scratch();
    let root = repo.path();
    assert_eq!(shell(root, "git init -q . && mkdir -p docs").0, 0);
    let (code, words) = kitei(root, &["init", "docs/isms", "--organisation", "例示商事", "--as-of", DAY]);
    assert_eq!(code, 0, "{words}");
    assert!(!root.join("docs/isms/.git").exists());
    assert_eq!(kitei(&root.join("docs/isms"), &["check", "--strict", "--as-of", DAY]).0, 0);
}

#[test]
fn new_documents_have_the_sections_that_the_organisation_demands() {
    let temp = scratch();
    let root = temp.path();
    new_handbook(root, "ja");
    // Nothing has been committed yet. A document of the tier has words for the first; nobody has any for the second.
    let config = std::fs::read_to_string(root.join("kitei.toml")).unwrap();
    let demand = |config: &str, tier: &str, sections: &str| {
        let header = format!("[tiers.{tier}]\n");
        config.replace(&header, &format!("{header}required_sections = [{sections}]\n"))
    };
    let config = demand(&config, "policy", "\"purpose\", \"exceptions\", \"penalties\"");
    let config = demand(&config, "procedure", "\"contact\", \"records\", \"who\"");
    std::fs::write(root.join("kitei.toml"), config).unwrap();
    for tier in ["policy", "control", "procedure"] {
        let above: &[&str] = if tier == "policy" { &[] } else { &["--implements", "P-01"] };
        let (code, words) = kitei(root, &[&["new", tier, "題名 \"二\"", "--owner", "ciso"], above].concat());
        assert_eq!(code, 0, "{words}");
    }
    let (code, words) = kitei(root, &["check", "--as-of", DAY, "--format", "short"]);
    assert_eq!(code, 0, "{words}");
    let of_new: Vec<&str> = words.lines().filter(|line| line.contains("-02.md") || line.contains("c-01.md")).collect();
    assert!(of_new.iter().all(|line| !line.contains("STR001")), "{of_new:?}");

    let policy = std::fs::read_to_string(root.join("policies/p-02.md")).unwrap();
    let penalties = policy.find("### penalties {#penalties}\n\nここに定めを書く。\n").unwrap();
    assert!(penalties < policy.find("## 附則").unwrap(), "{policy}");
    assert_eq!(policy.matches("{#purpose}").count(), 1, "what is there already is not added");
    let procedure = std::fs::read_to_string(root.join("procedures/s-02.md")).unwrap();
    assert!(
        procedure.contains("## 連絡先 {#contact}\n")
            && procedure.ends_with("## who {#who}\n\nここに定めを書きます。\n"),
        "{procedure}"
    );
}

#[test]
fn what_the_readme_says_about_starting_is_true() {
    let pages = [
        (include_str!("../../README.md"), "## Start a handbook of your own"),
        (include_str!("../../README.ja.md"), "## 自社のハンドブックを始める"),
    ];
    for (page, title) in pages {
        let section = page.split(title).nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
        let lines = section.lines().filter_map(|line| line.strip_prefix("    "));
        // The preview waits for a browser.
        let lines: Vec<&str> = lines.filter(|line| !line.starts_with("kitei serve")).collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        let temp = scratch();
        let here = temp.path().join("here");
        std::fs::create_dir(&here).unwrap();
        let (code, words) = shell(&here, &lines.join(" && "));
        assert_eq!(code, 0, "{words}");
        let there = temp.path().join("our-handbook");
        for path in ["README.md", ".git", "CODEOWNERS", ".github/workflows", ".gitlab-ci.yml", ".ci/install-kitei"] {
            assert_eq!(there.join(path).exists(), path != "CODEOWNERS", "{path}");
        }
    }
}
