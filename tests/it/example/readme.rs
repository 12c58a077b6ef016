//! The commands with which README and guide show the example run as they stand there.

use std::path::Path;

use super::company::{Copy, company, git};
use crate::support::{kitei, scratch};

/// The indented lines of a section.
fn commands(page: &str, heading: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let (_, section) =
        text.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("{page} has no {heading}"));
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    section.lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned).collect()
}

#[test]
fn the_tour_of_the_readme_is_true_line_by_line() {
    for (page, heading) in [("README.md", "See it on three years of history"), ("README.ja.md", "三年間の履歴で見る")]
    {
        let lines = commands(page, heading);
        assert_eq!(lines[..2], ["kitei init --example ../demo", "cd ../demo"], "{page}");
        let temp = scratch();
        let root = temp.path().join("here");
        std::fs::create_dir(&root).unwrap();
        // Whoever reads the page stands in its repository, which is a handbook.
        let run = kitei(&root, &["init", ".", "--organisation", "例示商事", "--quiet"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let run = kitei(&root, &["init", "--example", "../demo"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let root = temp.path().join("demo");
        let mut told = Vec::new();
        for line in &lines[2..] {
            let arguments: Vec<&str> = line.strip_prefix("kitei ").expect(line).split(' ').collect();
            let run = kitei(&root, &arguments);
            // Warnings of a day that was wrong are no errors.
            assert_eq!(run.code, 0, "{page}: {line}\n{}{}", run.stdout, run.stderr);
            told.push(run.stdout);
        }
        let expected = [
            "生成AIサービスの利用に関する緊急規程",
            "上位文書の改訂を未確認",
            "",
            "社外からの接続",
            "最高情報セキュリティ責任者",
            "追認されていません",
            "P-16 インシデント管理規程",
        ];
        assert_eq!(told.len(), expected.len(), "{page}");
        for (words, expected) in told.iter().zip(expected) {
            assert!(words.contains(expected), "{page}: {expected}\n{words}");
        }
        assert!(temp.path().join("june-2024/documents/P-05.html").exists());
    }
}

#[test]
fn a_handbook_of_ones_own_begins_as_the_readme_says() {
    for (page, heading) in
        [("README.md", "Start a handbook of your own"), ("README.ja.md", "自社のハンドブックを始める")]
    {
        let temp = scratch();
        let here = temp.path().join("here");
        std::fs::create_dir(&here).unwrap();
        assert_eq!(kitei(&here, &["init", ".", "--organisation", "例示商事", "--quiet"]).code, 0);
        let mut folder = here;
        let mut ran = Vec::new();
        for line in commands(page, heading) {
            let words = quoted(&line);
            match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["cd", to] => folder = folder.join(to).canonicalize().expect("the folder was made"),
                // The preview waits for a browser.
                ["kitei", "serve", ..] => ran.push("serve".to_owned()),
                ["kitei", ref arguments @ ..] => {
                    let run = kitei(&folder, arguments);
                    assert_eq!(run.code, 0, "{page}: {line}\n{}{}", run.stdout, run.stderr);
                    ran.push(arguments[0].to_owned());
                }
                _ => panic!("{page}: {line}"),
            }
        }
        assert_eq!(ran, ["init", "check", "serve"], "{page}");
        assert_eq!(folder, temp.path().canonicalize().unwrap().join("our-handbook"));
    }
}

#[test]
fn the_guides_first_month_works_in_the_example() {
    let copy = Copy::new(&[]);
    let root = copy.path();
    let path = "policies/information-management.md";
    git(root, &["switch", "-q", "-c", "asset-deadline"]);
    let version = copy.raise(path);
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.ja.md")).unwrap();
    // 「…」の「10」を「5」にします。
    let change =
        guide.lines().find(|line| line.starts_with("2. 「") && line.ends_with("」にします。")).expect("a change");
    let [_, sentence, old, new] = *change.split('「').map(|it| it.split('」').next().unwrap()).collect::<Vec<_>>()
    else {
        panic!("{change}");
    };
    copy.replace(path, sentence, &sentence.replace(old, new));
    copy.append(
        path,
        "\n## 附則（2026年12月1日施行） {#supplement-2026-12 .supplement}\n\n### 施行期日 {#effective-2026-12}\n\n\
         この規程の改正は、2026年12月1日から施行する。\n",
    );
    for page in ["docs/guide.md", "docs/guide.ja.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("    kitei approve P-05 ")).expect(page);
        let arguments: Vec<String> = quoted(line);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let more = ["--yes", "--as-of", "2026-11-24", "--dry-run"];
        let run = kitei(root, &[&["approve", "P-05"][..], &arguments, &more].concat());
        assert_eq!(run.code, 0, "{page}: {}", run.stderr);
        assert!(run.stdout.contains(&format!("version = \"{version}\"")), "{page}: {}", run.stdout);
        assert!(text.contains(sentence), "{page} shows the same sentence");
        assert!(text.contains("kitei init --example ../handbook-practice"), "{page}");
    }
    assert!(company().join(path).exists(), "the guide names a file that the example has");
}

/// Words of a command line, some of them in double quotes.
fn quoted(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, part) in line.split('"').enumerate() {
        match number % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
