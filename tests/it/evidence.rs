//! Evidence end to end: what a pack tells of a small history, what makes one rejected, and where none is made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kitei::digest::sha256_hex;
use kitei::evidence::archive;
use kitei::evidence::manifest::{self, Files};
use serde_json::Value;

use crate::support::Repo;

const MADE: &[&str] = &["--made-on", "2026-12-10"];

/// A history in which everything that evidence tells of happens:
///
/// | 2026 | |
/// |---|---|
/// | 03-21 | P-01 1.0 and P-02 1.0 are recorded |
/// | 04-20 | P-02's text is changed under its version |
/// | 04-25 | and put right |
/// | 05-11 | C-5.1 1.0 is recorded: drafted and approved by the same person, allowed as an exception |
/// | 06-05 | P-01 2.0 comes with a merge |
/// | 06-20 | P-03 is a draft; an exception is granted |
/// | 07-01 | P-01 is announced, P-02 reviewed without a change |
fn history() -> Repo {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "情報を守る。");
    repo.policy("policies/b.md", "P-02", "1.0", "持ち出さない。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.approve("P-02", "2026-03-20", "2026-04-01");
    repo.commit_at("2026-03-21T09:00:00+09:00", "制定");
    repo.policy("policies/b.md", "P-02", "1.0", "持ち出してよい。");
    repo.commit_at("2026-04-20T09:00:00+09:00", "誤って直す");
    repo.policy("policies/b.md", "P-02", "1.0", "持ち出さない。");
    repo.commit_at("2026-04-25T09:00:00+09:00", "戻す");
    let control = "+++\nid = \"C-5.1\"\ntitle = \"方針\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n定める。\n";
    repo.write("controls/5.1.md", control);
    let days = ["--on", "2026-05-10", "--effective", "2026-05-10", "--as-of", "2026-05-10"];
    let who = [
        "approve",
        "C-5.1",
        "--yes",
        "--drafter",
        "tanaka",
        "--approver",
        "tanaka",
        "--self-approval",
        "事務局が監視する",
    ];
    repo.good(&[&who[..], &days[..]].concat());
    repo.commit_at("2026-05-11T09:00:00+09:00", "基準の制定 (#7)");
    repo.git(&["switch", "-q", "-c", "revise"]);
    repo.policy("policies/a.md", "P-01", "2.0", "情報を守り、使う。");
    repo.commit_at("2026-06-01T09:00:00+09:00", "改訂案");
    repo.policy("policies/a.md", "P-01", "2.0", "情報を守り、活かす。");
    repo.approve("P-01", "2026-06-03", "2026-06-10");
    repo.commit_at("2026-06-04T09:00:00+09:00", "改訂");
    repo.git(&["switch", "-q", "main"]);
    let merge = ["merge", "-q", "--no-ff", "-m", "Merge pull request #12 from x/revise", "revise"];
    repo.git_at("2026-06-05T09:00:00+09:00", &merge);
    repo.policy("policies/c.md", "P-03", "1.0", "案。");
    repo.write(
        "records/exceptions.toml",
        "title = \"例外\"\n\n[[exception]]\nid = \"E-01\"\ndocument = \"P-02\"\narticle = \"a1\"\napplicant = \"sato\"\n\
         reason = \"=HYPERLINK(1)\"\nmeasure = \"二人で運ぶ\"\napprover = \"tanaka\"\napproved_on = 2026-06-15\n\
         expires = 2026-07-31\n",
    );
    repo.commit_at("2026-06-20T09:00:00+09:00", "案と例外");
    let on = ["--on", "2026-06-30", "--as-of", "2026-06-30", "--yes"];
    repo.good(&[&["announce", "P-01", "--to", "office", "--means", "朝礼"], &on[..]].concat());
    let outcome = ["review", "P-02", "--reviewer", "sato", "--outcome", "no-change", "--reason", "変わらない"];
    repo.good(&[&outcome[..], &on[..]].concat());
    repo.commit_at("2026-07-01T09:00:00+09:00", "周知と見直し");
    repo
}

/// Makes a pack outside the repository and returns its files and its root hash.
fn audit(repo: &Repo, folder: &Path, arguments: &[&str]) -> (Files, String) {
    let out = folder.to_str().unwrap();
    let run = repo.kitei(&[&["audit", "--out", out], arguments, MADE].concat());
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let root = run.stdout.lines().find_map(|line| line.strip_prefix("sha256:")).expect("a root hash").to_owned();
    (read(folder), root)
}

fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    for found in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
        let path = found.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        files.insert(path, std::fs::read(found.path()).unwrap());
    }
    files
}

fn write(folder: &Path, files: &Files) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).unwrap();
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Rows of a table by their first value.
fn rows(files: &Files, table: &str) -> BTreeMap<String, Value> {
    let data: Value = serde_json::from_slice(&files[&format!("data/{table}.json")]).unwrap();
    let first = data["columns"][0].as_str().unwrap().to_owned();
    let rows = data["rows"].as_array().unwrap().iter();
    let named: Vec<(String, Value)> = rows.map(|row| (row[&first].as_str().unwrap().to_owned(), row.clone())).collect();
    let found: BTreeMap<String, Value> = named.iter().cloned().collect();
    assert_eq!(found.len(), named.len(), "rows of {table} have names of their own");
    found
}

fn verify(repo: &Repo, pack: &Path, arguments: &[&str]) -> crate::support::Run {
    repo.kitei(&[&["verify", "--lang", "en", pack.to_str().unwrap()], arguments].concat())
}

/// A pack that is rejected, with these words.
#[track_caller]
fn rejected(repo: &Repo, pack: &Path, arguments: &[&str], words: &[&str]) {
    let run = verify(repo, pack, arguments);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    for word in words {
        assert!(run.stdout.contains(word), "no “{word}” in\n{}", run.stdout);
    }
}

#[track_caller]
fn accepted(repo: &Repo, pack: &Path, arguments: &[&str], words: &[&str]) {
    let run = verify(repo, pack, arguments);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    for word in words {
        assert!(run.stdout.contains(word), "no “{word}” in\n{}", run.stdout);
    }
}

#[test]
fn a_pack_tells_what_was_in_force_who_approved_what_changed_and_how_far_it_is_certain() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let (files, _) = audit(&repo, &temp.path().join("pack"), &["--as-of", "2026-06-30"]);

    let documents = rows(&files, "documents");
    let p01 = &documents["P-01"];
    assert_eq!((&p01["version"], &p01["state"]), (&Value::from("2.0"), &Value::from("in-force")));
    assert_eq!(p01["proved"], serde_json::json!(["text", "recorded"]));
    assert_eq!(p01["not_provable"], serde_json::json!(["decision"]));
    assert_eq!(documents["P-03"]["state"], "draft");
    // The text in the pack is the object that is named, and git names it as the pack does.
    let object = p01["text_object"].as_str().unwrap();
    let place = format!("{}:{}", p01["text_commit"].as_str().unwrap(), p01["text_path"].as_str().unwrap());
    assert_eq!(repo.git(&["rev-parse", &place]), object);
    assert_eq!(files["texts/P-01.md"], repo.read("policies/a.md").into_bytes());
    assert!(String::from_utf8_lossy(&files["texts/P-01.html"]).contains("情報を守り、活かす。"));

    let approvals = rows(&files, "approvals");
    let second = &approvals["P-01/approval/2"];
    assert_eq!((&second["role"], &second["body"]), (&Value::from("取締役会 (board)"), &Value::from(true)));
    assert_eq!((&second["recorded_on"], &second["days_to_record"]), (&Value::from("2026-06-05"), &Value::from(2)));
    assert_eq!(approvals["C-5.1/approval/1"]["office"], "held");

    let changes = rows(&files, "changes");
    let texts: BTreeSet<(&str, &str, &str)> = changes
        .values()
        .filter(|row| !row["standing"].is_null())
        .map(|row| {
            let word = |key: &str| row[key].as_str().unwrap();
            (word("document"), word("kind"), word("standing"))
        })
        .collect();
    let expected = [
        ("C-5.1", "added", "approved"),
        ("P-01", "added", "approved"),
        ("P-01", "changed", "approved"),
        ("P-01", "changed", "interim"),
        ("P-02", "added", "approved"),
        ("P-02", "changed", "approved"),
        ("P-02", "changed", "under-approved-version"),
        ("P-03", "added", "draft"),
    ];
    assert_eq!(texts, BTreeSet::from(expected));
    let merged = changes.values().find(|row| row["summary"] == "改訂").unwrap();
    assert_eq!((&merged["pull_request"], &merged["arrived_on"]), (&Value::from("#12"), &Value::from("2026-06-05")));
    assert!(changes.values().any(|row| row["pull_request"] == "#7"));

    let bypasses = rows(&files, "bypasses");
    let [bypass] = bypasses.values().collect::<Vec<_>>()[..] else { panic!("{bypasses:?}") };
    assert_eq!((&bypass["document"], &bypass["arrived_on"]), (&Value::from("P-02"), &Value::from("2026-04-20")));
    assert_eq!((&bypass["ended_on"], &bypass["proved"]), (&Value::from("2026-04-25"), &serde_json::json!(["bypass"])));

    let duties = rows(&files, "duties");
    assert_eq!(duties["C-5.1/approval/1"]["overlaps"], serde_json::json!(["drafter-approver"]));
    assert_eq!(duties["P-01/approval/1"]["committer"], "佐藤 (sato)");
    let exceptions = rows(&files, "exceptions");
    assert_eq!(exceptions["E-01"]["open_then"], true);
    assert_eq!(exceptions["C-5.1/approval/1/self-approval"]["reason"], "事務局が監視する");
    let records = rows(&files, "records");
    assert_eq!(records["P-02/review/1"]["outcome"], "no-change");
    assert_eq!(records["P-01/announcement/1"]["means"], "朝礼");
    // What was recorded on the day after the period, about the period, is told.
    let integrity = rows(&files, "integrity");
    assert!(integrity.values().any(|row| row["kind"] == "recorded-after-period" && row["document"] == "P-02"));
    assert_eq!(integrity["history/commits"]["detail"], "9");

    // Every claim has a grade, and every proof an object that git has where the claim says.
    let claims: Value = serde_json::from_slice(&files["data/claims.json"]).unwrap();
    let mut proofs = BTreeSet::new();
    for claim in claims["rows"].as_array().unwrap() {
        match claim["grade"].as_str().unwrap() {
            "proved" => {
                if let (Some(path), Some(object)) = (claim["path"].as_str(), claim["object"].as_str()) {
                    let commit = claim["commit"].as_str().expect("a proof names a commit");
                    proofs.insert((format!("{commit}:{path}"), object.to_owned()));
                }
            }
            "asserted" | "not-provable" => assert!(claim["why"].is_string(), "{claim}"),
            other => panic!("{other}"),
        }
    }
    let places: Vec<&str> = proofs.iter().map(|(place, _)| place.as_str()).collect();
    let objects: Vec<&str> = proofs.iter().map(|(_, object)| object.as_str()).collect();
    assert!(places.len() > 10, "{places:?}");
    let named = repo.git(&[&["rev-parse"], &places[..]].concat());
    assert_eq!(named.lines().collect::<Vec<_>>(), objects);
}

#[test]
fn a_period_tells_of_what_did_not_change_and_what_was_overdue_then_and_now() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let (files, _) = audit(&repo, &temp.path().join("pack"), &["--from", "2026-06-01", "--to", "2026-06-30"]);
    let changes = rows(&files, "changes");
    let unchanged = &changes["P-02/unchanged"];
    assert_eq!(unchanged["proved"], serde_json::json!(["unchanged"]));
    let (from, to) = (unchanged["unchanged_from"].as_str().unwrap(), unchanged["unchanged_to"].as_str().unwrap());
    assert_eq!(repo.git(&["log", "-1", "--format=%s", from]), "基準の制定 (#7)");
    assert_eq!(repo.git(&["log", "-1", "--format=%s", to]), "案と例外");
    assert_eq!(repo.git(&["diff", "--name-only", from, to, "--", "policies/b.md"]), "");
    assert!(changes.contains_key("C-5.1/unchanged") && !changes.contains_key("P-01/unchanged"));
    assert!(rows(&files, "bypasses").is_empty(), "that was before the period");
    assert!(rows(&files, "overdue").is_empty());

    let later = ["--as-of", "2027-05-15"];
    let out = temp.path().join("later");
    let run = repo.kitei(&[&["audit", "--out", out.to_str().unwrap(), "--made-on", "2027-07-15"], &later[..]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let overdue = rows(&read(&out), "overdue");
    let told: Vec<(&str, &Value, &Value)> =
        overdue.iter().map(|(id, row)| (id.as_str(), &row["overdue_then"], &row["overdue_now"])).collect();
    let (yes, no) = (&Value::from(true), &Value::from(false));
    assert_eq!(told, [("C-5.1", yes, yes), ("P-01", no, yes), ("P-02", no, yes)]);
}

#[test]
fn a_pack_is_the_same_every_time_and_says_everything_in_words() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let period = ["--as-of", "2026-07-31"];
    for language in ["ja", "en"] {
        let arguments = [&period[..], &["--lang", language]].concat();
        let (one, root) = audit(&repo, &temp.path().join(format!("{language}1")), &arguments);
        let (two, again) = audit(&repo, &temp.path().join(format!("{language}2")), &arguments);
        assert_eq!((&one, &root), (&two, &again));
        let zips = [1, 2].map(|at| std::fs::read(temp.path().join(format!("{language}{at}.zip"))).unwrap());
        assert_eq!(zips[0], zips[1]);
        assert_eq!(archive::unpack(&zips[0]).as_ref(), Ok(&one));
        assert_eq!(sha256_hex(&one[manifest::NAME]), root);
        for (path, bytes) in &one {
            let text = String::from_utf8_lossy(bytes);
            if path.ends_with(".html") || path == "README.txt" {
                assert!(!text.contains("evidence-"), "{path} shows the key of a message:\n{text}");
            }
            if let Some(name) = path.strip_prefix("csv/") {
                assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{name}");
            }
        }
        let exceptions = String::from_utf8_lossy(&one["csv/exceptions.csv"]).into_owned();
        assert!(exceptions.contains(",'=HYPERLINK(1),"), "no spreadsheet computes it: {exceptions}");
    }
    // Every link leads to a file of the pack.
    let files = read(&temp.path().join("ja1"));
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in String::from_utf8_lossy(bytes).split("href=\"").skip(1) {
            let target = kitei::paths::resolve(path, link.split('"').next().unwrap()).unwrap();
            assert!(files.contains_key(&target), "{path} links to {target}");
        }
    }
}

#[test]
fn a_pack_altered_in_one_byte_row_or_file_is_rejected_with_the_place() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let pack = temp.path().join("pack");
    let (files, root) = audit(&repo, &pack, &["--as-of", "2026-07-31"]);
    let zip = temp.path().join("pack.zip");
    for pack in [&pack, &zip] {
        accepted(&repo, pack, &[], &["gives the same evidence", "Nothing in the evidence was altered"]);
        accepted(&repo, pack, &["--no-repository"], &["Internally consistent only"]);
        accepted(&repo, pack, &["--no-repository", "--root", &format!("sha256:{root}")], &["The root hash is the one"]);
    }
    // One byte of every file.
    let copy = temp.path().join("copy");
    for path in files.keys() {
        let mut altered = files.clone();
        let bytes = altered.get_mut(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let told = kitei::evidence::verify::inside(&altered);
        assert!(told.iter().any(|text| text.words().contains(&path.as_str()) || path == manifest::NAME), "{path}");
        if ["index.html", "texts/P-01.md", manifest::NAME].contains(&path.as_str()) {
            write(&copy, &altered);
            rejected(&repo, &copy, &["--no-repository"], &["This evidence is rejected"]);
        }
    }
    // A file more, less, renamed.
    let mut more = files.clone();
    more.insert("texts/P-09.md".into(), b"x".to_vec());
    write(&copy, &more);
    rejected(&repo, &copy, &["--no-repository"], &["texts/P-09.md: was not there"]);
    let mut less = files.clone();
    let text = less.remove("texts/P-01.md").unwrap();
    write(&copy, &less);
    rejected(&repo, &copy, &["--no-repository"], &["texts/P-01.md: the file is missing"]);
    less.insert("texts/P-08.md".into(), text);
    write(&copy, &less);
    rejected(
        &repo,
        &copy,
        &["--no-repository"],
        &["texts/P-01.md: the file is missing", "texts/P-08.md: was not there"],
    );
    // One row: with the repository the place is told to the row and the column.
    let mut row = files.clone();
    let data = String::from_utf8(row["data/approvals.json"].clone()).unwrap();
    row.insert("data/approvals.json".into(), data.replacen("2026-06-03", "2026-06-02", 1).into_bytes());
    write(&copy, &row);
    let words = ["data/approvals.json: altered", "P-01/approval/2, approved_on", "2026-06-02", "2026-06-03"];
    rejected(&repo, &copy, &[], &words);
    rejected(&repo, &copy, &["--no-repository"], &["data/approvals.json: altered", "csv/approvals.csv line"]);
    assert_eq!(verify(&repo, &temp.path().join("absent"), &[]).code, 2);
    assert_eq!(verify(&repo, &pack, &["--root", "12"]).code, 2);
}

#[test]
fn a_pack_altered_with_a_regenerated_manifest_is_rejected_by_root_and_by_repository() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let (files, root) = audit(&repo, &temp.path().join("pack"), &["--as-of", "2026-07-31"]);
    let forged = temp.path().join("forged");
    let forge = |changes: &[(&str, &str, &str)]| {
        let mut altered = files.clone();
        for (path, old, new) in changes {
            let text = String::from_utf8(altered[*path].clone()).unwrap();
            assert!(text.contains(old), "{path} holds {old}");
            altered.insert((*path).to_owned(), text.replace(old, new).into_bytes());
        }
        let manifest = manifest::manifest(&altered);
        altered.insert(manifest::NAME.into(), manifest.into_bytes());
        write(&forged, &altered);
        let packed = kitei::publish::zip::pack(&altered).unwrap();
        std::fs::write(temp.path().join("forged.zip"), packed).unwrap();
    };
    // Consistently, in data and spreadsheet: nothing inside tells.
    let everywhere =
        [("data/approvals.json", "2026-06-03", "2026-06-02"), ("csv/approvals.csv", "2026-06-03", "2026-06-02")];
    forge(&everywhere);
    for pack in [forged.clone(), temp.path().join("forged.zip")] {
        accepted(&repo, &pack, &["--no-repository"], &["Internally consistent only"]);
        rejected(&repo, &pack, &["--no-repository", "--root", &root], &["the root hash differs"]);
        rejected(&repo, &pack, &[], &["P-01/approval/2, approved_on", "\"2026-06-02\", the repository \"2026-06-03\""]);
    }
    // Where only readers look.
    forge(&[("texts/P-01.html", "活かす", "捨てる")]);
    rejected(&repo, &forged, &[], &["texts/P-01.html line"]);
    forge(&[("texts/P-01.md", "活かす", "捨てる")]);
    rejected(&repo, &forged, &[], &["texts/P-01.md line"]);
    // A proof that becomes an assertion, a row less, another version of the program.
    forge(&[(
        "data/claims.json",
        "\"claim\":\"bypass\",\"grade\":\"proved\"",
        "\"claim\":\"bypass\",\"grade\":\"asserted\"",
    )]);
    rejected(&repo, &forged, &[], &["data/claims.json line", "grade"]);
    let bypass = String::from_utf8(files["data/bypasses.json"].clone()).unwrap();
    let line = bypass.lines().nth(1).unwrap().to_owned() + "\n";
    forge(&[("data/bypasses.json", &line, "")]);
    rejected(&repo, &forged, &[], &["data/bypasses.json: lacks the row P-02/text/"]);
    forge(&[("evidence.json", "\"version\": \"0.1.0\"", "\"version\": \"0.0.9\""), everywhere[0], everywhere[1]]);
    rejected(&repo, &forged, &[], &["made by kitei 0.0.9", "P-01/approval/2, approved_on"]);
    // Another day is another pack.
    forge(&[("evidence.json", "\"to\": \"2026-07-31\"", "\"to\": \"2026-07-30\"")]);
    rejected(&repo, &forged, &[], &["index.html line"]);
}

#[test]
fn a_rewritten_branch_is_said_of_an_old_pack() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let pack = temp.path().join("pack");
    audit(&repo, &pack, &["--as-of", "2026-07-31"]);
    // Later commits leave it as it is.
    repo.write("records/assets.toml", "title = \"資産\"\n");
    repo.commit_at("2026-08-01T09:00:00+09:00", "登録簿");
    accepted(&repo, &pack, &[], &["is part of the current branch"]);
    // Force-pushed: the commit is still there, and no longer part of the branch.
    repo.git(&["reset", "-q", "--hard", "HEAD~2"]);
    repo.commit_at("2026-08-02T09:00:00+09:00", "書き直し");
    rejected(&repo, &pack, &[], &["the branch was rewritten (force-pushed)"]);
    // And cleaned up: it is gone.
    repo.git(&["reflog", "expire", "--expire=now", "--all"]);
    repo.git(&["gc", "-q", "--prune=now"]);
    rejected(&repo, &pack, &[], &["is not in this repository: history was rewritten"]);
    accepted(&repo, &pack, &["--no-repository"], &["Internally consistent only"]);
}

#[test]
fn rewritten_ledgers_and_wrong_clocks_stand_in_the_pack() {
    let repo = history();
    let ledger = repo.read("records/ledger/P-01.toml");
    repo.write("records/ledger/P-01.toml", ledger.replacen("approved_on = 2026-03-20", "approved_on = 2026-03-19", 1));
    repo.commit_at("2026-05-01T09:00:00+09:00", "時計の遅れた書き換え");
    let review = "\n[[review]]\nreviewed_on = 2026-11-30\nreviewer = \"sato\"\noutcome = \"no-change\"\n";
    repo.write("records/ledger/P-02.toml", repo.read("records/ledger/P-02.toml") + review);
    repo.commit_at("2030-01-01T09:00:00+09:00", "時計の進んだ記録");
    repo.write("records/ledger/P-02.toml", repo.read("records/ledger/P-02.toml") + &review.replace("11-30", "12-01"));
    repo.commit_at("2026-10-01T09:00:00+09:00", "先の日付");
    let temp = tempfile::tempdir().unwrap();
    let (files, _) = audit(&repo, &temp.path().join("pack"), &["--as-of", "2026-12-05"]);
    let integrity = rows(&files, "integrity");
    let kinds: BTreeSet<&str> = integrity.values().map(|row| row["kind"].as_str().unwrap()).collect();
    for kind in ["rewritten", "clock-back", "clock-ahead", "dated-after-recording"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    let rewritten = integrity.values().find(|row| row["kind"] == "rewritten").unwrap();
    assert_eq!((&rewritten["document"], &rewritten["detail"]), (&Value::from("P-01"), &Value::from("approved_on")));
    assert!(rows(&files, "bypasses").values().any(|row| row["rule"] == "LED017 ledger-rewritten"));
    accepted(&repo, &temp.path().join("pack"), &[], &["gives the same evidence"]);
}

#[test]
fn signatures_are_checked_by_the_file_that_is_given() {
    use ssh_key::private::{Ed25519Keypair, KeypairData};
    use ssh_key::{HashAlg, LineEnding, PrivateKey};
    let key = |seed: u8| PrivateKey::new(KeypairData::from(Ed25519Keypair::from_seed(&[seed; 32])), "").unwrap();
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let signers = temp.path().join("allowed");
    let public = key(1).public_key().to_openssh().unwrap();
    std::fs::write(&signers, format!("sato@example.com {public}\nnobody\n")).unwrap();
    // A commit of the same tree, with a signature in its header.
    let signed = |armour: &dyn Fn(&[u8]) -> String| {
        let (tree, parent) = (repo.git(&["rev-parse", "HEAD^{tree}"]), repo.git(&["rev-parse", "HEAD"]));
        let head = format!(
            "tree {tree}\nparent {parent}\nauthor 佐藤 <sato@example.com> 1783000000 +0900\ncommitter 佐藤 <sato@example.com> 1783000000 +0900\n"
        );
        let rest = "\n署名\n";
        let armour = armour(format!("{head}{rest}").as_bytes());
        let header = format!("gpgsig {}\n", armour.trim_end().replace('\n', "\n "));
        repo.write(".git/object", format!("{head}{header}{rest}"));
        let id = repo.git(&["hash-object", "-t", "commit", "-w", ".git/object"]);
        repo.git(&["reset", "-q", "--soft", &id]);
        id
    };
    let with = |key: PrivateKey, namespace: &'static str| {
        move |bytes: &[u8]| key.sign(namespace, HashAlg::Sha512, bytes).unwrap().to_pem(LineEnding::LF).unwrap()
    };
    let cases = [
        (signed(&with(key(1), "git")), "good"),
        (signed(&with(key(2), "git")), "unknown-key"),
        (signed(&with(key(1), "file")), "bad"),
        (signed(&|_| "-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----".to_owned()), "not-checked"),
    ];
    let pack = temp.path().join("pack");
    let arguments = ["--as-of", "2026-07-31", "--allowed-signers", signers.to_str().unwrap()];
    let (files, _) = audit(&repo, &pack, &arguments);
    let signatures = rows(&files, "signatures");
    for (commit, verdict) in &cases {
        assert_eq!(signatures[commit]["verdict"], *verdict, "{}", signatures[commit]);
    }
    assert_eq!(signatures[&cases[0].0]["proved"], serde_json::json!(["signed"]));
    assert_eq!(signatures[&cases[3].0]["not_provable"], serde_json::json!(["signed"]));
    let first = repo.git(&["rev-list", "--max-parents=0", "HEAD"]);
    assert_eq!(signatures[&first]["verdict"], "absent");
    assert!(rows(&files, "integrity").values().any(|row| row["kind"] == "signers-line" && row["subject"] == "2"));
    accepted(&repo, &pack, &[], &["by the allowed signers in the evidence itself"]);
    // By the verifier's own file the same signatures are another's.
    let own = temp.path().join("own");
    std::fs::write(&own, format!("tanaka@example.com {public}\n")).unwrap();
    rejected(
        &repo,
        &pack,
        &["--allowed-signers", own.to_str().unwrap()],
        &["good in the evidence, other-principal by"],
    );
    let same = temp.path().join("same");
    std::fs::write(&same, format!("# mine\n*@example.com {public}\n")).unwrap();
    accepted(&repo, &pack, &["--allowed-signers", same.to_str().unwrap()], &["gives the same evidence"]);
}

#[test]
fn no_evidence_is_made_where_it_would_be_false() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("pack");
    let refused = |repo: &Repo, arguments: &[&str], words: &[&str]| {
        let common = ["audit", "--lang", "en", "--out", out.to_str().unwrap()];
        let run = repo.kitei(&[&common[..], arguments].concat());
        assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
        words.iter().for_each(|word| assert!(run.stderr.contains(word), "no “{word}” in {}", run.stderr));
        assert!(!out.exists() && !temp.path().join("pack.zip").exists());
    };
    let day = ["--as-of", "2026-07-31", "--made-on", "2026-12-10"];
    refused(&Repo::shallow_clone_of(&repo), &day, &["shallow", "git fetch --unshallow"]);
    refused(&repo, &["--as-of", "2026-12-31", "--made-on", "2026-12-10"], &["a day to come"]);
    refused(&repo, &["--from", "2026-07-01", "--to", "2026-06-01", "--made-on", "2026-12-10"], &["wrong way round"]);
    refused(&repo, &["--as-of", "2026-07-31", "--allowed-signers", "absent"], &["absent"]);
    let clone = Repo::clone_of(&repo);
    clone.git(&["config", "remote.origin.promisor", "true"]);
    refused(&clone, &day, &["partial clone", "--filter"]);
    let clone = Repo::clone_of(&repo);
    clone.git(&["replace", "HEAD~1", "HEAD~2"]);
    refused(&clone, &day, &["git replace"]);
    let clone = Repo::clone_of(&repo);
    clone.write(".git/info/grafts", clone.git(&["rev-parse", "HEAD"]));
    refused(&clone, &day, &["grafts"]);
    // An object that has gone: an old text of P-02.
    let object = repo.git(&["rev-parse", "HEAD:policies/b.md"]);
    let file = format!(".git/objects/{}/{}", &object[..2], &object[2..]);
    let bytes = std::fs::read(repo.at(&file)).unwrap();
    std::fs::remove_file(repo.at(&file)).unwrap();
    refused(&repo, &day, &[&object]);
    repo.write(&file, bytes);
    // A folder with content is not taken, and uncommitted changes are told.
    repo.write("policies/new.md", "x");
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("other"), "x").unwrap();
    let run = repo.kitei(&[&["audit", "--lang", "en", "--out", out.to_str().unwrap()], &day[..]].concat());
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("is not empty"), "{}", run.stderr);
    std::fs::remove_dir_all(&out).unwrap();
    let run = repo.kitei(&[&["audit", "--lang", "en", "--out", out.to_str().unwrap()], &day[..]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("one change is not committed") && run.stderr.contains("policies/new.md"),
        "{}",
        run.stderr
    );
}

#[test]
fn any_bytes_as_a_pack_are_a_rejection_and_never_a_panic() {
    let repo = history();
    let temp = tempfile::tempdir().unwrap();
    audit(&repo, &temp.path().join("pack"), &["--as-of", "2026-06-30"]);
    let packed = std::fs::read(temp.path().join("pack.zip")).unwrap();
    let path = temp.path().join("hostile.zip");
    let mut hostile: Vec<Vec<u8>> = vec![Vec::new(), b"PK".to_vec(), vec![0; 4096]];
    hostile.extend([1, 3, 7].map(|part| packed[..packed.len() * part / 8].to_vec()));
    for bytes in hostile {
        std::fs::write(&path, bytes).unwrap();
        rejected(&repo, &path, &["--no-repository"], &["This evidence is rejected"]);
    }
    // What states sizes and dates that cannot be.
    let record = |text: &str| {
        let mut files = Files::new();
        files.insert("evidence.json".into(), text.as_bytes().to_vec());
        files.insert("data/x.json".into(), b"[[[".to_vec());
        let manifest = manifest::manifest(&files);
        files.insert(manifest::NAME.into(), manifest.into_bytes());
        files
    };
    let good = String::from_utf8(read(&temp.path().join("pack"))["evidence.json"].clone()).unwrap();
    for text in ["", "[]", "{}", &good.replace("\"to\": \"2026-06-30\"", "\"to\": \"9999-99-99\"")] {
        write(&temp.path().join("hostile"), &record(text));
        rejected(&repo, &temp.path().join("hostile"), &[], &["evidence.json", "data/x.json: cannot be read"]);
    }
}
