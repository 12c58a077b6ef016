//! The story ends as this repository is, and what it says was approved is in it. These tests fail when somebody edits an
//! approved document, or records a new approval, and forgets the story; they say what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ledger::Register;
use super::*;
use crate::approved_copy::{ApprovedCopy, Attachment, CopyDigest, FileAt, PathMeaning, Refusal, canonical};
use crate::load::MemoryFiles;
use crate::model::config::APPROVED_RECORDS;
use crate::model::id::DocumentId;
use crate::parse;
use crate::parse::front_matter::id_in;
use crate::publish::NewCommit;
use crate::source::FileId;
use crate::workspace::{TreeRef, Workspace};

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
    let copies = company.keys().filter(|path| path.starts_with("approved/")).map(|path| format!("records/{path}"));
    let told: BTreeSet<String> = copies.chain(retired).chain([".gitignore".to_owned()]).collect();
    assert_eq!(more, told.iter().collect::<Vec<_>>());
}

struct Meaning<'t>(&'t Tree);

impl PathMeaning for Meaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        DocumentId::parse(&id_in(self.0.get(path)?.as_bytes())?)
    }

    fn file_at(&self, path: &str) -> FileAt {
        self.0.get(path).map_or(FileAt::Missing, |text| Attachment::of(path, text.as_bytes()))
    }
}

type Key = (String, String);

/// The approved copy of each approval of the story: of the text that stood in the tree when the entry came.
fn copies() -> BTreeMap<Key, ApprovedCopy> {
    let (mut texts, mut copies) = (BTreeMap::<Key, (&str, &NewCommit)>::new(), BTreeMap::new());
    let (mut seen, mut known) = (BTreeSet::<(&str, &str)>::new(), BTreeSet::<Key>::new());
    for commit in on_main() {
        for (path, text) in commit.files.iter().filter(|(path, _)| path.ends_with(".md")) {
            if path.starts_with("records/") || !seen.insert((path, text)) {
                continue;
            }
            let version = text.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
            if let (Some(id), Some(version)) = (id_in(text.as_bytes()), version) {
                texts.insert((id, version.to_owned()), (path, commit));
            }
        }
        for (path, text) in commit.files.iter().filter(|(path, _)| path.starts_with("records/ledger/")) {
            let name = path.trim_start_matches("records/ledger/").trim_end_matches(".toml");
            if !seen.insert((path, text)) || APPROVED_RECORDS.contains(&name) {
                continue;
            }
            for version in Register::read(path, text).unwrap().approvals(Date::MAX) {
                let key = (name.to_owned(), version.clone());
                if known.insert(key.clone()) {
                    let (path, commit) = texts.get(&key).unwrap_or_else(|| panic!("no text of {key:?} was told"));
                    let copy = copied(commit, path).unwrap_or_else(|why| panic!("{key:?}: {why:?}"));
                    copies.insert(key, copy);
                }
            }
        }
    }
    copies
}

/// The approved copy of a document as a commit holds it.
fn copied(commit: &NewCommit, path: &str) -> Result<ApprovedCopy, Vec<Refusal>> {
    let (config, _) = parse::config::config(FileId::DETACHED, &commit.files["kitei.toml"]);
    let tier = config.tier_of(path).expect("the folder of a tier");
    let text = &commit.files[path];
    let (document, _) = parse::document::document(FileId::DETACHED, path, text, tier, config.tier(tier).numbering);
    canonical(&document, text, &config.in_effect(tier), &Meaning(&commit.files))
}

/// The story holds for each approval the copy of what was approved, and the ledger its digest. With `SNAPSHOTS=overwrite`
/// the test writes both: once, then the program is built again with them, and once more for the records made of them.
#[test]
fn every_approval_of_the_story_has_its_copy_and_its_digest() {
    let copies = copies();
    let mut digests: BTreeMap<Key, Vec<String>> = BTreeMap::new();
    for (key, copy) in &copies {
        let lines = [format!("digest = \"{}\"", copy.digest()), format!("reading = \"{}\"", copy.reading)];
        digests.insert(key.clone(), lines.to_vec());
    }
    for (key, digest) in records() {
        digests.insert(key, vec![format!("digest = \"{digest}\"")]);
    }
    let (today, company) = (handbook(), texts("", &COMPANY));
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let ledgers = today.iter().filter(|(path, _)| path.starts_with("records/ledger/"));
    let ledgers = ledgers.map(|(path, text)| (path.clone(), *text));
    let own = company.iter().filter(|(path, _)| path.starts_with("ledger/"));
    let own = own.map(|(path, text)| (format!("examples/company/{path}"), *text));
    for (path, text) in ledgers.chain(own) {
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml").to_owned();
        let folder = if path.starts_with("records/") { "records" } else { "examples/company" };
        for version in Register::read(&path, text).unwrap().approvals(Date::MAX) {
            if let Some(copy) = copies.get(&(name.clone(), version.clone())) {
                files.insert(format!("{folder}/approved/{name}/{version}.md"), copy.text.clone());
            }
        }
        files.insert(path, with_digests(&name, text, &digests));
    }
    check_or_overwrite(&files);
}

/// A ledger with the digests of its approvals.
fn with_digests(name: &str, text: &str, digests: &BTreeMap<Key, Vec<String>>) -> String {
    let (mut out, mut version) = (Vec::new(), String::new());
    for line in text.lines() {
        if let Some(stated) = line.strip_prefix("version = \"").and_then(|rest| rest.strip_suffix('"')) {
            version = stated.to_owned();
        }
        let own = digests.get(&(name.to_owned(), version.clone()));
        match own {
            Some(own) if line.starts_with("digest = ") => out.extend(own.iter().map(String::as_str)),
            Some(_) if line.starts_with("reading = ") => {}
            _ => out.push(line),
        }
    }
    out.join("\n") + "\n"
}

/// The digests of the records that were approved, as they were when their entries came.
fn records() -> BTreeMap<Key, CopyDigest> {
    let mut digests = BTreeMap::new();
    for commit in on_main() {
        for name in APPROVED_RECORDS {
            let path = format!("records/ledger/{name}.toml");
            let Some(text) = commit.files.get(&path) else { continue };
            let all: Vec<String> = Register::read(&path, text).unwrap().approvals(Date::MAX).cloned().collect();
            let new: Vec<_> =
                all.into_iter().filter(|v| !digests.contains_key(&(name.to_owned(), v.clone()))).collect();
            if new.is_empty() {
                continue;
            }
            let mut files = MemoryFiles::default();
            commit.files.iter().for_each(|(path, text)| files.insert(path.clone(), text.as_bytes()));
            let at = Workspace::of_files(files).at(TreeRef::WorkingTree).expect("a configuration").on(day(commit));
            for version in new {
                let ledger = at.record_ledger(name).expect("a ledger");
                let approval = ledger.approvals.iter().find(|approval| approval.version.to_string() == version);
                let effective = approval.map_or(day(commit), |approval| approval.effective);
                match at.record_digest(name, effective) {
                    Ok(digest) => drop(digests.insert((name.to_owned(), version), digest)),
                    // The copies that it is made of are written by this very run.
                    Err(why) => assert!(overwrites(), "{name} {version}: {why:?}"),
                }
            }
        }
    }
    digests
}

#[expect(clippy::disallowed_methods, reason = "a person asks by the environment")]
fn overwrites() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|asked| asked == "overwrite")
}

#[expect(clippy::disallowed_methods, reason = "a person asks for the files to be written anew")]
fn check_or_overwrite(files: &BTreeMap<String, String>) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for (path, text) in files {
        let at = root.join(path);
        if std::fs::read_to_string(&at).is_ok_and(|found| found == *text) {
            continue;
        }
        wrong.push(path.as_str());
        if overwrites() {
            std::fs::create_dir_all(at.parent().expect("a folder")).expect("the folder is made");
            std::fs::write(&at, text).expect("the file is written");
        }
    }
    assert!(
        wrong.is_empty(),
        "not what was approved: {}\n\nAn approved text was edited, or an approval is new. Raise the document's version and \
         record an approval of it (`kitei approve`), and keep the wording approved before: `git show COMMIT:PATH > \
         examples/company/wordings/ID/VERSION.md`. Then `SNAPSHOTS=overwrite cargo test --lib starter::example`, twice, \
         writes copies and digests. Or take the edit back.",
        wrong.join(", ")
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
