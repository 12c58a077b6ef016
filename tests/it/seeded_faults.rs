//! One fault per rule, seeded into a copy of this repository's own handbook: one run of `kitei check --format json`
//! reports every one of them at its file, line and column. A rule without a seed has to say why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kitei::check::RULES;
use kitei::workspace::{TreeRef, Workspace};

use crate::seeds::{self, SEEDS, Seed, UNSEEDED};
use crate::support::fixture::copy;
use crate::support::{self, kitei, scratch};

/// Line and column, from 1, of the last place of a text: seeds that are appended stand at the end.
fn position(text: &str, needle: &str) -> (u64, u64) {
    let at = text.rfind(needle).unwrap_or_else(|| panic!("{needle} is not there"));
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line as u64, column as u64)
}

fn git(folder: &Path, day: &str, arguments: &[&str]) {
    support::git::git(folder, &format!("{day}T09:00:00+09:00"), arguments);
}

/// Puts a seed into its file, which is made where it is not there.
fn plant(folder: &Path, seed: &Seed) {
    let path = folder.join(seed.file);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let changed = match seed.old {
        "" => text.clone() + seed.new,
        old => text.replacen(old, seed.new, 1),
    };
    assert_ne!(changed, text, "{}: nothing was seeded into {}", seed.rule, seed.file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, changed).unwrap();
}

/// Approves the text of a seeded document, whose digest nobody can write by hand.
fn approve(folder: &Path, id: &str, effective: &str) {
    let tree = Workspace::open(folder).unwrap().at(TreeRef::WorkingTree).unwrap();
    let handbook = tree.on(jiff::civil::date(2026, 11, 20));
    let copy = handbook.copy_of_tree(&handbook.documents[handbook.index_of(id).unwrap()]).unwrap();
    let digest = copy.digest();
    support::copies::write(folder, id, "2026-11-20");
    let entry = format!(
        "[[approval]]\nversion = \"1.0\"\ndigest = \"{digest}\"\napproved_on = 2026-11-10\neffective = {effective}\n\
         role = \"board\"\n"
    );
    std::fs::write(folder.join(format!("records/ledger/{id}.toml")), entry).unwrap();
}

#[test]
fn every_seeded_fault_is_reported_at_its_place_in_one_run() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = scratch();
    let folder = folder.path();
    for name in ["policies", "controls", "procedures", "records"] {
        copy(&source.join(name), &folder.join(name));
    }
    std::fs::copy(source.join("kitei.toml"), folder.join("kitei.toml")).unwrap();
    // What is wrong only in the light of history: a document whose id is used again, and everything that the faults
    // change.
    let former = seeds::document("S-990", "旧手順", "2.0", "廃止した手順。");
    std::fs::write(folder.join("procedures/former.md"), former).unwrap();
    git(folder, "2026-11-01", &["init", "-q", "-b", "main", "."]);
    git(folder, "2026-11-01", &["add", "-A"]);
    git(folder, "2026-11-01", &["commit", "-q", "-m", "制定"]);
    std::fs::remove_file(folder.join("procedures/former.md")).unwrap();
    git(folder, "2026-11-02", &["commit", "-q", "-a", "-m", "廃止"]);
    std::fs::write(folder.join(seeds::LATE), seeds::LATE_TEXT).unwrap();
    git(folder, "2026-10-20", &["add", "-A"]);
    git(folder, "2026-10-20", &["commit", "-q", "-m", "見直し"]);

    for seed in SEEDS {
        plant(folder, seed);
    }
    for (path, bytes) in seeds::BYTES {
        std::fs::write(folder.join(path), bytes).unwrap();
    }
    std::fs::write(folder.join(seeds::HUGE), vec![b'a'; (8 << 20) + 1]).unwrap();
    approve(folder, "P-90", "2026-11-12");
    let before = check(folder, &[]);
    let findings = before["diagnostics"].as_array().unwrap();
    let mut wrong = Vec::new();
    for seed in SEEDS {
        let of_rule: Vec<_> = findings.iter().filter(|finding| finding["name"] == seed.rule).collect();
        let file = if seed.shows.is_empty() { seed.file } else { seed.shows };
        let (line, column) = match seed.at {
            // A file as a whole.
            "" => (1, 1),
            at => position(&String::from_utf8_lossy(&std::fs::read(folder.join(file)).unwrap()), at),
        };
        let hit = of_rule
            .iter()
            .any(|finding| finding["file"] == file && finding["line"] == line && finding["column"] == column);
        if !hit {
            let places: Vec<String> =
                of_rule.iter().take(8).map(|f| format!("{}:{}:{}", f["file"], f["line"], f["column"])).collect();
            wrong.push(format!("{}: expected {file}:{line}:{column}, found {places:?}", seed.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // Everything mechanical at once: each rule finds fewer faults than before or as many, and nothing is left to correct.
    check(folder, &["--fix=approved"]);
    // A value that is read at last may be written wrongly besides.
    let rest = check(folder, &["--fix=approved"]);
    let (before, after) = (counts(&before), counts(&rest));
    // Corrected text is no longer the approved one.
    let new = after
        .iter()
        .filter(|(rule, count)| *rule != "unapproved-change" && before.get(*rule).is_none_or(|known| known < count));
    assert_eq!(new.collect::<Vec<_>>(), Vec::new(), "corrections brought new faults");
    for rule in
        ["not-nfc", "half-width-kana", "codeowners-drift", "unknown-rule", "malformed-reference", "term-variant"]
    {
        assert!(after.get(rule) < before.get(rule), "{rule}: nothing was corrected: {before:?} {after:?}");
    }
    let again = kitei(folder, &["check", "--fix=approved", "--dry-run", "--as-of", "2026-11-20"]);
    assert_eq!(again.stdout, "", "something is left to correct");
}

/// Runs the check, which has to find errors, and reads what it found.
fn check(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let run = kitei(folder, &[&["check", "--format", "json", "--as-of", "2026-11-20"], arguments].concat());
    assert_eq!(run.code, 1, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// How often each rule found something.
fn counts(report: &serde_json::Value) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for finding in report["diagnostics"].as_array().unwrap() {
        *counts.entry(finding["name"].as_str().unwrap().to_owned()).or_insert(0) += 1;
    }
    counts
}

#[test]
fn every_rule_has_a_seed_or_says_why_not() {
    let seeded: BTreeSet<&str> = SEEDS.iter().map(|seed| seed.rule).collect();
    let unseeded: BTreeSet<&str> = UNSEEDED.iter().map(|(rule, _)| *rule).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    let missing: Vec<_> = rules.iter().filter(|rule| !seeded.contains(*rule) && !unseeded.contains(*rule)).collect();
    assert!(missing.is_empty(), "no fault is seeded for {missing:?}");
    let unknown: Vec<_> = seeded.union(&unseeded).filter(|name| !rules.contains(*name)).collect();
    assert!(unknown.is_empty(), "no rule is called {unknown:?}");
    assert!(seeded.is_disjoint(&unseeded));
    assert!(UNSEEDED.iter().all(|(_, reason)| !reason.is_empty()));
}
