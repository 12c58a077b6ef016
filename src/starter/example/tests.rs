//! The story ends as this repository is, and what it says was approved is in it. These tests fail when somebody edits an
//! approved document, or records a new approval, and forgets the story; they say what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ledger::Register;
use super::*;
use crate::digest::{Digest, LinkMeaning, digest, sha256_hex};
use crate::ledger::Ledger;
use crate::model::document::Tier;
use crate::model::id::{DocumentId, Version};
use crate::parse;
use crate::parse::front_matter::id_in;
use crate::publish::NewCommit;
use crate::source::SourceDb;

type Tree = BTreeMap<String, Arc<str>>;

static HISTORY: LazyLock<NewHistory> = LazyLock::new(|| history().unwrap_or_else(|fault| panic!("{fault}")));

fn end() -> &'static Tree {
    HISTORY.checked_out().expect("a main branch")
}

/// Commits that the main branch leads to, oldest first.
fn on_main() -> Vec<&'static NewCommit> {
    let mut wanted = BTreeSet::from([HISTORY.branches["main"]]);
    for (number, commit) in HISTORY.commits.iter().enumerate().rev() {
        if wanted.contains(&number) {
            wanted.extend(&commit.parents);
        }
    }
    wanted.into_iter().map(|number| &HISTORY.commits[number]).collect()
}

#[test]
fn the_story_ends_as_this_repository_is() {
    let today = handbook();
    let company = texts("", &COMPANY);
    let own: BTreeSet<String> =
        company.keys().filter_map(|path| Some(format!("records/ledger/{}", path.strip_prefix("ledger/")?))).collect();
    for (path, text) in &today {
        let told = end().get(path).unwrap_or_else(|| panic!("{path} is not in the last commit of the story"));
        if own.contains(path) {
            // Everything but the bare lines of times before the repository, which the story tells in full.
            for entry in text.split("\n\n").filter(|entry| !entry.starts_with("[[history]]")) {
                assert!(told.contains(entry.trim_end()), "{path} lost\n{entry}");
            }
        } else {
            assert_eq!(&**told, *text, "{path} of the story's last commit is not this repository's");
        }
    }
    let more: Vec<&String> = end().keys().filter(|path| !today.contains_key(*path)).collect();
    let retired = ["P-21", "P-22", "S-41", "S-42"].map(|id| format!("records/ledger/{id}.toml"));
    assert_eq!(more, [&[".gitignore".to_owned()][..], &retired].concat().iter().collect::<Vec<_>>());
}

struct Meaning<'t>(&'t Tree);

impl LinkMeaning for Meaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        DocumentId::parse(&id_in(self.0.get(path)?.as_bytes())?)
    }
    fn file_hash(&self, path: &str) -> Option<String> {
        Some(sha256_hex(self.0.get(path)?.as_bytes()))
    }
}

#[test]
fn every_approval_of_the_story_has_its_wording_in_the_story() {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut wordings: BTreeSet<(DocumentId, Digest)> = BTreeSet::new();
    let mut places: BTreeMap<DocumentId, &str> = BTreeMap::new();
    for commit in on_main() {
        for (path, text) in commit.files.iter().filter(|(path, _)| path.ends_with(".md")) {
            if !seen.insert((path, text)) {
                continue;
            }
            let file = SourceDb::default().add(path.clone(), text.to_string());
            let tier = Tier::Policy;
            let (document, _) = parse::document::document(file, path, text, tier, Default::default());
            let Some(id) = document.id() else { continue };
            wordings.insert((id.clone(), digest(&document, text, &Meaning(&commit.files))));
            places.insert(id.clone(), path);
        }
    }
    let mut missing = Vec::new();
    for (path, text) in end().iter().filter(|(path, _)| path.starts_with("records/ledger/")) {
        let name = path.trim_start_matches("records/ledger/").trim_end_matches(".toml");
        let file = SourceDb::default().add(path.clone(), text.to_string());
        let (ledger, problems) = Ledger::read(file, name, text);
        assert!(problems.is_empty(), "{path}: {problems:?}");
        let Some(id) = ledger.id.as_ref().filter(|_| !matches!(name, "SOA" | "RISK-PLAN")) else { continue };
        for approval in &ledger.approvals {
            let digest = approval.digest;
            if !wordings.contains(&(id.clone(), digest)) {
                let version: Version = approval.version;
                missing.push(format!(
                    "{id} {version}, approved on {}: neither {} nor examples/company/wordings/{id}/{version}.md is the \
                     text that was approved",
                    approval.approved_on,
                    places.get(id).unwrap_or(&"any document"),
                ));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "{}\n\nAn approved text was edited. Raise the document's version and record an approval of it (`kitei approve`), \
         and keep the wording approved before: `git show COMMIT:PATH > examples/company/wordings/ID/VERSION.md`. Or take \
         the edit back.",
        missing.join("\n")
    );
}

/// The day of a commit in Japan.
fn day(commit: &NewCommit) -> Date {
    let moment = Timestamp::from_second(commit.committer.seconds).expect("a moment");
    moment.to_zoned(TimeZone::get("Asia/Tokyo").expect("a zone")).date()
}

#[test]
fn nothing_is_recorded_before_it_happened() {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for commit in on_main() {
        let day = day(commit);
        for (path, text) in commit.files.iter().filter(|(path, _)| path.starts_with("records/ledger/")) {
            if !seen.insert((path, text)) {
                continue;
            }
            let by_then = Register::read(path, text).unwrap().until(day).unwrap_or_default();
            assert_eq!(
                by_then,
                **text,
                "{path} has an entry that is younger than the commit of {day} ({}). Put a step for it before the last \
                 one of examples/company/story.toml, or move the last one's `at` to that day.",
                commit.message.lines().next().unwrap_or_default()
            );
        }
    }
}

#[test]
fn commits_follow_each_other_in_time_and_say_who_made_them() {
    for commit in &HISTORY.commits {
        assert!(commit.author.seconds <= commit.committer.seconds, "{}", commit.message);
        for parent in &commit.parents {
            assert!(HISTORY.commits[*parent].committer.seconds < commit.committer.seconds, "{}", commit.message);
        }
        assert!(commit.author.email.ends_with("example.com") && !commit.author.name.is_empty());
        assert_eq!(commit.author.minutes, 540, "{}", commit.message);
    }
    let branches: Vec<&str> = HISTORY.branches.keys().map(String::as_str).collect();
    assert_eq!(branches, ["main", "refused/p-16-direct-report"]);
    let merges = HISTORY.commits.iter().filter(|commit| commit.parents.len() == 2).count();
    assert!(merges >= 9, "{merges}");
}

#[test]
fn faults_of_the_story_are_told_with_the_step() {
    let today = Texts::from([("kitei.toml".to_owned(), "[handbook]\n")]);
    let step = |rest: &str| {
        let text = format!(
            "people = {{ sato = [\"佐藤\", \"sato@example.com\"] }}\n[[step]]\nat = \"2024-01-01T09:00:00+09:00\"\n\
             by = \"sato\"\nmessage = \"始める\"\n{rest}"
        );
        story::read(&text).and_then(|story| teller::tell(&story, &today, &Texts::new())).map_err(|it| it.to_string())
    };
    assert_eq!(step("now = [\"kitei.toml\"]").unwrap().commits.len(), 1);
    let second =
        "now = [\"kitei.toml\"]\n[[step]]\nat = \"2024-01-02T09:00:00+09:00\"\nby = \"sato\"\nmessage = \"次\"\n";
    for (rest, words) in [
        ("", "changes nothing"),
        ("branch = \"other\"", "begins twice or never"),
        ("now = [\"policies\"]", "nothing stands at policies today"),
        ("put = { \"a.md\" = \"b.md\" }", "no file b.md to put"),
        ("remove = [\"a.md\"]", "a.md is not there"),
        ("move = { \"a.md\" = \"b.md\" }", "a.md is not there"),
        ("revert = \"nothing\"", "no step nothing"),
        ("merge = \"other\"", "no branch other"),
        ("[[step.edit]]\nfile = \"kitei.toml\"\nfind = \"無い\"\nwith = \"有る\"", "no file kitei.toml"),
        ("unknown = 1", "unknown field"),
        (&format!("{second}[[step.edit]]\nfile = \"kitei.toml\"\nfind = \"無い\"\nwith = \"有る\""), "does not hold"),
        (&format!("{second}until = 09:00:00\nledger = true"), "is no date"),
        (&format!("{}remove = [\"kitei.toml\"]", second.replace("+09:00\"\nby", "\"\nby")), "no time with an offset"),
        (&format!("{}remove = [\"kitei.toml\"]", second.replace("by = \"sato\"", "by = \"x\"")), "no person x"),
    ] {
        let told = step(rest).unwrap_err();
        assert!(told.contains(words), "{rest}\n{told}");
    }
    assert!(step("").unwrap_err().starts_with("2024-01-01T09:00:00+09:00 (始める): "));
}

#[test]
fn a_file_that_two_branches_change_is_a_fault() {
    let today = Texts::from([("a".to_owned(), "1\n")]);
    let step = |rest: &str, day: u8| {
        format!("[[step]]\nat = \"2024-01-{day:02}T09:00:00+09:00\"\nby = \"s\"\nmessage = \"x\"\n{rest}\n")
    };
    let edit = |with: &str| format!("[[step.edit]]\nfile = \"a\"\nfind = \"1\"\nwith = \"{with}\"\n");
    let told = |ours: &str| {
        let steps = [
            step("now = [\"a\"]", 1),
            step(&format!("branch = \"b\"\nfrom = \"main\"\n{}", edit("2")), 2),
            step(&edit(ours), 3),
            step("merge = \"b\"", 4),
        ];
        let text = format!("[people]\ns = [\"s\", \"s@example.com\"]\n{}", steps.concat());
        teller::tell(&story::read(&text).unwrap(), &today, &Texts::new())
    };
    assert!(told("3").unwrap_err().to_string().contains("a was changed on both sides"));
    assert_eq!(&*told("2").unwrap().checked_out().unwrap()["a"], "2\n", "the same change is none");
}

const LEDGER: &str = "# 台帳\n\n[[history]]\nversion = \"1.0\"\neffective = 2020-04-01\n\n# 取締役会\n[[approval]]\n\
                      version = \"2.0\"\napproved_on = 2026-03-20\n\n[[review]]\nreviewed_on = 2026-11-02\n";

#[test]
fn a_ledger_is_cut_at_a_day_and_grows_only_at_its_end() {
    let ledger = Register::read("x", LEDGER).unwrap();
    let until = |day: &str| ledger.until(day.parse().unwrap()).unwrap();
    assert_eq!(until("2026-03-19"), LEDGER.split_once("\n\n# 取締役会").unwrap().0.to_owned() + "\n");
    assert_eq!(until("2026-03-20"), LEDGER.split_once("\n\n[[review]]").unwrap().0.to_owned() + "\n");
    assert_eq!(until("2026-11-02"), LEDGER);
    assert_eq!(Register::read("x", "[[review]]\nreviewed_on = 2026-11-02\n").unwrap().until(Date::ZERO), None);
    assert_eq!(ledger.approvals(Date::MAX).collect::<Vec<_>>(), ["2.0"]);
    let day = Register::read("x", "[[review]]\noutcome = \"no-change\"\n").unwrap_err();
    assert!(day.to_string().contains("without a day"), "{day}");
}

#[test]
fn an_approval_of_the_story_takes_the_place_of_the_bare_version() {
    let added = "[[approval]]\nversion = \"1.0\"\napproved_on = 2020-03-20\n";
    let joined = |added: &str| Register::read("x", LEDGER).unwrap().with(Register::read("x", added).unwrap());
    let same = joined(added);
    assert_eq!(same.approvals(Date::MAX).collect::<Vec<_>>(), ["1.0", "2.0"]);
    assert!(!same.until(Date::MAX).unwrap().contains("[[history]]"));
    let other = joined(&added.replace("1.0", "1.1")).until(Date::MAX).unwrap();
    assert!(other.starts_with("# 台帳\n\n[[history]]") && other.contains("1.1"), "{other}");
}
