//! What the rules of ledger, due dates and offices say of the history: on the days on which it happened, and when somebody
//! tampers with it.

use std::path::Path;

use super::company::{Copy, company, git};
use crate::support::kitei;

/// `CODE file` of the findings of ledger, due dates and offices that are no notes, sorted.
fn findings(folder: &Path, rev: Option<&str>, day: &str) -> Vec<String> {
    let mut arguments = vec!["check", "--format", "short", "--as-of", day];
    arguments.extend(rev.iter().flat_map(|rev| ["--rev", rev]));
    let run = kitei(folder, &arguments);
    assert!(run.code < 2, "{}", run.stderr);
    let mut found = Vec::new();
    for line in run.stdout.lines() {
        let (Some((place, _)), Some(code)) = (line.split_once(": "), line.split(['[', ']']).nth(1)) else { continue };
        if ["LED", "DUE", "ORG"].iter().any(|family| code.starts_with(family)) && !line.contains(": note[") {
            found.push(format!("{code} {}", place.split(':').next().unwrap_or_default()));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// A rule and the files in which it finds something.
fn of(code: &str, files: &[&str]) -> Vec<String> {
    files.iter().map(|file| format!("{code} {file}")).collect()
}

#[test]
fn each_day_had_its_findings() {
    let ledgers = ["01", "02", "03", "04", "05", "14", "16", "21"].map(|id| format!("records/ledger/P-{id}.toml"));
    let policies = ["01", "02", "03", "04", "05", "14", "16", "21"].map(|id| format!("policies/P-{id}.md"));
    let (ledgers, policies) = (ledgers.each_ref().map(String::as_str), policies.each_ref().map(String::as_str));
    let days: [(&str, &str, Vec<String>); 12] = [
        // Moved from paper: nobody had looked at the regulations for years, nor recorded that they were announced.
        ("2023-12", "2024-02-01", [of("DUE001", &policies), of("DUE005", &ledgers)].concat()),
        // The standards have come into force, and nobody has told anybody.
        (
            "2024-03",
            "2024-04-05",
            of(
                "DUE005",
                &[
                    &["records/ledger/C-5.12.toml", "records/ledger/C-5.17.toml"][..],
                    &ledgers,
                    &["records/ledger/S-04.toml"],
                ]
                .concat(),
            ),
        ),
        ("2024-04", "2024-04-05", vec![]),
        ("2025-02", "2025-02-11", vec![]),
        ("2025-03", "2025-03-27", vec![]),
        // Nobody in office.
        ("2025-03-31", "2025-04-01", of("ORG007", &["records/roles.toml"])),
        ("2025-04", "2025-04-03", vec![]),
        ("2025-08", "2025-08-10", of("DUE002", &["controls/5.17.md"])),
        ("2025-10-draft", "2025-11-01", vec![]),
        ("2025-11", "2025-11-22", vec![]),
        ("2026-04", "2026-04-02", of("DUE002", &["procedures/incident-response.md"])),
        ("main", "2026-11-27", vec![]),
    ];
    for (rev, day, expected) in days {
        assert_eq!(findings(&company(), Some(rev), day), expected, "{day} at {rev}");
    }
    // Had nobody ratified the emergency regulation in time.
    let left = findings(&company(), Some("2025-02"), "2025-04-12");
    assert!(left.contains(&"DUE004 records/ledger/P-22.toml".to_owned()), "{left:?}");
    assert!(!findings(&company(), Some("2025-02"), "2025-04-11").iter().any(|found| found.starts_with("DUE004")));
    // Reviews were late in March 2025.
    let late = findings(&company(), Some("2025-03~1"), "2025-03-20");
    assert_eq!(late.iter().filter(|found| found.starts_with("DUE001")).count(), 8, "{late:?}");
}

#[test]
fn drafts_are_notes_that_stop_no_merge() {
    for (rev, day, count) in [("2024-03-drafts", "2024-03-20", 3), ("2026-03~1^2~4", "2026-03-01", 43)] {
        let run = kitei(&company(), &["check", "--format", "short", "--rev", rev, "--as-of", day]);
        let drafts = run.stdout.lines().filter(|line| line.contains("note[LED006]")).count();
        assert_eq!(drafts, count, "{rev}: {}", run.stdout);
        assert!(!run.stdout.contains("error[LED"), "{rev}: {}", run.stdout);
    }
}

const DAY: &str = "2026-11-28";

const P01: &str = "policies/information-security-policy.md";

/// Makes the next version of P-01 with other words, in force from December on.
fn revise(copy: &Copy, words: &str) {
    copy.reword(P01, words);
    copy.raise(P01);
    copy.append(
        P01,
        "\n## 附則（2026年12月1日施行） {#supplement-2026-12 .supplement}\n\n### 施行期日 {#effective-2026-12}\n\n\
         この方針の改正は、2026年12月1日から施行する。\n",
    );
}

/// An approval of P-04 in its approved wording, by whoever is named.
fn approval(role: &str, approver: &str, on: &str) -> String {
    let text = std::fs::read_to_string(company().join("records/ledger/P-04.toml")).unwrap();
    let last = |key: &str| text.lines().rfind(|line| line.starts_with(key)).expect("an approval");
    let (version, digest) = (last("version"), last("digest"));
    format!(
        "\n[[approval]]\n{version}\n{digest}\napproved_on = {on}\neffective = {on}\nrole = \"{role}\"\n\
         approver = \"{approver}\"\n"
    )
}

#[test]
fn whoever_has_left_office_can_no_longer_approve() {
    let copy = Copy::new(&[]);
    let path = "records/ledger/P-04.toml";
    for (role, approver, on, code) in [
        ("crisis-head", "yamamoto", "2026-11-28", None),
        ("crisis-head", "mori", "2026-11-28", Some("LED012")),
        ("crisis-head", "sato", "2026-11-28", Some("LED004")),
        ("ciso", "tanaka", "2026-11-28", Some("LED008")),
    ] {
        copy.append(path, &approval(role, approver, on));
        let found = findings(copy.path(), None, DAY);
        let expected: Vec<String> = code.map(|code| format!("{code} {path}")).into_iter().collect();
        assert_eq!(found, expected, "{role} {approver}");
        git(copy.path(), &["checkout", "-q", "."]);
    }
}

#[test]
fn what_was_recorded_years_ago_stays_as_it_was() {
    let copy = Copy::new(&[]);
    let path = "records/ledger/P-03.toml";
    for (old, new) in [
        ("approved_on = 2024-03-22", "approved_on = 2024-03-21"),
        ("reviewed_on = 2025-03-26", "reviewed_on = 2025-03-14"),
        (
            "[[announcement]]\nversion = \"1.1\"\non = 2024-03-29\n",
            "[[announcement]]\nversion = \"1.1\"\non = 2024-03-28\n",
        ),
    ] {
        copy.replace(path, old, new);
        let found = findings(copy.path(), None, DAY);
        assert_eq!(found, of("LED017", &[path]), "{new}");
        git(copy.path(), &["checkout", "-q", "."]);
    }
    // The ledger of a document that was retired and taken out of the tree.
    std::fs::remove_file(copy.path().join("records/ledger/P-21.toml")).unwrap();
    assert!(findings(copy.path(), None, DAY).iter().any(|found| found.starts_with("LED017")));
}

#[test]
fn approved_text_is_found_however_the_tree_goes_on() {
    let copy = Copy::new(&[]);
    let path = P01;
    copy.reword(path, "改める");
    assert_eq!(findings(copy.path(), None, DAY), of("LED001", &[path]), "edited without a new version");
    copy.raise(path);
    assert_eq!(findings(copy.path(), None, DAY), Vec::<String>::new(), "a draft; what is in force stands in its copy");

    // A clone without its past publishes all the same, and says what it cannot prove.
    let shallow = Copy::new(&["--depth", "1"]);
    assert_eq!(findings(shallow.path(), None, DAY), of("LED018", &["kitei.toml"]));
    let build = kitei(shallow.path(), &["build", "--as-of", DAY, "--out", "built", "--lang", "en"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
}

#[test]
fn of_two_branches_that_both_revise_a_regulation_the_second_is_stopped() {
    let copy = Copy::new(&[]);
    let root = copy.path();
    for (branch, words) in [("one", "初めの案"), ("two", "次の案")] {
        git(root, &["switch", "-q", "-c", branch, "main"]);
        revise(&copy, words);
        let approve = ["approve", "P-01", "--yes", "--quiet", "--as-of", DAY, "--on", DAY, "--effective", "2026-12-01"];
        let run =
            kitei(root, &[&approve[..], &["--chair", "ito", "--drafter", "sato", "--checked-by", "tanaka"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        git(root, &["add", "-A"]);
        git(root, &["commit", "-q", "-m", branch]);
        assert!(!findings(root, None, DAY).iter().any(|found| found.starts_with("LED007")), "each alone is right");
    }
    git(root, &["switch", "-q", "main"]);
    git(root, &["merge", "-q", "--no-ff", "-m", "一つ目", "one"]);
    // The second is merged by keeping both entries and one text.
    git(root, &["merge", "-q", "--no-ff", "-s", "ours", "-m", "二つ目", "two"]);
    let second = git(root, &["show", "two:records/ledger/P-01.toml"]);
    let (_, entry) = second.rsplit_once("[[approval]]").unwrap();
    copy.append("records/ledger/P-01.toml", &format!("\n[[approval]]{entry}\n"));
    let found = findings(root, None, DAY);
    assert!(found.contains(&"LED007 records/ledger/P-01.toml".to_owned()), "{found:?}");
}

#[test]
fn squash_merge_and_rebase_keep_the_next_approval_provable() {
    let ways: [(&str, &[&[&str]]); 3] = [
        ("merge", &[&["merge", "-q", "--no-ff", "-m", "統合", "revise"]]),
        ("squash", &[&["merge", "-q", "--squash", "revise"], &["commit", "-q", "-m", "統合 (#40)"]]),
        (
            "rebase",
            &[&["rebase", "-q", "main", "revise"], &["switch", "-q", "main"], &["merge", "-q", "--ff-only", "revise"]],
        ),
    ];
    let copy = Copy::new(&[]);
    let root = copy.path();
    git(root, &["switch", "-q", "-c", "revise"]);
    revise(&copy, "改正の案");
    git(root, &["commit", "-q", "-a", "-m", "改訂案"]);
    let approve = ["approve", "P-01", "--yes", "--quiet", "--as-of", DAY, "--on", DAY, "--effective", "2026-12-01"];
    let run = kitei(root, &[&approve[..], &["--chair", "ito", "--drafter", "sato", "--checked-by", "tanaka"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "承認を記録"]);
    git(root, &["tag", "revised"]);
    git(root, &["switch", "-q", "main"]);
    copy.append("records/terms.toml", "\n# 見直し中\n");
    git(root, &["commit", "-q", "-a", "-m", "別の作業"]);
    git(root, &["tag", "before"]);
    for (name, commands) in ways {
        git(root, &["reset", "-q", "--hard", "before"]);
        git(root, &["branch", "-q", "-f", "revise", "revised"]);
        for command in commands {
            git(root, command);
        }
        git(root, &["branch", "-q", "-D", "revise"]);
        // The next draft, so that both versions before it have to come out of history.
        copy.raise(P01);
        for day in [DAY, "2026-12-01"] {
            let found = findings(root, None, day);
            assert!(!found.iter().any(|found| found.starts_with("LED")), "{name} on {day}: {found:?}");
        }
    }
}
