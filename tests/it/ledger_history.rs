//! The ledger against history, end to end: approvals keep the authority they had, what was recorded stays, and every
//! way of merging keeps approvals provable or says why not.

use crate::support::Repo;

const P01: &str = "records/ledger/P-01.toml";
const PATH: &str = "policies/a.md";

/// `file:line CODE` of every finding of some families of rules on a date.
fn findings(repo: &Repo, day: &str, families: &[&str]) -> Vec<String> {
    let run = repo.kitei(&["check", "--format", "short", "--as-of", day]);
    assert!(run.code < 2, "{}", run.stderr);
    let mut found = Vec::new();
    for line in run.stdout.lines() {
        let Some((place, rest)) = line.split_once(": ") else { continue };
        let Some(code) = rest.split(['[', ']']).nth(1) else { continue };
        if families.iter().any(|family| code.starts_with(family)) {
            let place = place.rsplit_once(':').map_or(place, |(place, _)| place);
            found.push(format!("{place} {code}"));
        }
    }
    found
}

/// The same of all rules of the ledger but the note that a draft was never approved.
fn ledger(repo: &Repo, day: &str) -> Vec<String> {
    let mut found = findings(repo, day, &["LED"]);
    found.retain(|line| !line.ends_with("LED006"));
    found
}

/// A repository whose main branch holds P-01, approved as 1.0.
fn approved() -> Repo {
    let repo = Repo::new();
    repo.policy(PATH, "P-01", "1.0", "情報を守る。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit_at("2026-03-21T09:00:00+09:00", "制定");
    repo
}

fn revise(repo: &Repo, version: &str, text: &str, on: &str, effective: &str) {
    repo.policy(PATH, "P-01", version, text);
    repo.approve("P-01", on, effective);
}

fn replace(repo: &Repo, path: &str, old: &str, new: &str) {
    let text = repo.read(path);
    assert!(text.contains(old), "{path} holds {old}");
    repo.write(path, text.replacen(old, new, 1));
}

/// A table of the tier of policies.
const POLICY_APPROVER: &str = "[tiers.policy]\nfolder = \"policies\"\nprefix = \"P\"\napprover = \"board\"";

#[test]
fn a_later_change_of_rank_makes_no_old_approval_wrong() {
    let repo = approved();
    assert!(ledger(&repo, "2026-05-01").is_empty());
    replace(&repo, "kitei.toml", POLICY_APPROVER, &POLICY_APPROVER.replace("board", "ciso"));
    assert!(ledger(&repo, "2026-05-01").is_empty(), "the change is not committed yet");
    repo.commit_at("2026-05-01T09:00:00+09:00", "承認者を変更");
    assert!(ledger(&repo, "2026-05-02").is_empty());
    // Who approves the next version, the wording in force says: another default takes effect with that approval.
    revise(&repo, "2.0", "情報を守り、活用する。", "2026-05-10", "2026-05-10");
    assert!(ledger(&repo, "2026-05-20").is_empty());
    by_another_rank(&repo);
    assert_eq!(ledger(&repo, "2026-05-20"), [format!("{P01}:{} LED008", line_of(&repo, "role", 1))]);
    repo.commit_at("2026-05-20T09:00:00+09:00", "改訂");
    replace(&repo, "kitei.toml", &POLICY_APPROVER.replace("board", "ciso"), POLICY_APPROVER);
    repo.commit_at("2026-06-01T09:00:00+09:00", "承認者を戻す");
    assert_eq!(ledger(&repo, "2026-06-02"), [format!("{P01}:{} LED008", line_of(&repo, "role", 1))]);
}

#[test]
fn a_side_branch_that_cannot_be_read_hides_no_wrong_approval() {
    let repo = approved();
    replace(&repo, "kitei.toml", POLICY_APPROVER, &POLICY_APPROVER.replace("board", "ciso"));
    repo.commit_at("2026-05-01T09:00:00+09:00", "承認者を変更");
    revise(&repo, "2.0", "情報を守り、活用する。", "2026-05-10", "2026-05-10");
    by_another_rank(&repo);
    repo.commit_at("2026-05-20T09:00:00+09:00", "改訂");
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.policy("policies/b.md", "P-02", "1.0", "別の規程。");
    let side = repo.commit_at("2026-05-21T09:00:00+09:00", "別の案");
    repo.git(&["switch", "-q", "main"]);
    repo.git_at("2026-05-22T09:00:00+09:00", &["merge", "-q", "--no-ff", "-m", "統合", "side"]);
    // The next draft stands in the tree, so that it cannot tell who approves 2.0.
    repo.policy(PATH, "P-01", "3.0", "情報を守り、捨てる。");
    repo.commit_at("2026-05-23T09:00:00+09:00", "次の案");
    let wrong = format!("{P01}:{} LED008", line_of(&repo, "role", 1));
    assert_eq!(ledger(&repo, "2026-06-02"), std::slice::from_ref(&wrong));
    std::fs::remove_dir_all(repo.path().join(".git/kitei")).unwrap();
    std::fs::remove_file(repo.path().join(format!(".git/objects/{}/{}", &side[..2], &side[2..]))).unwrap();
    assert!(ledger(&repo, "2026-06-02").contains(&wrong), "{:?}", ledger(&repo, "2026-06-02"));
}

/// The last approval of P-01 as somebody writes it by hand whom the wording in force does not name.
fn by_another_rank(repo: &Repo) {
    let text = repo.read(P01);
    let (before, last) = text.rsplit_once("role = \"board\"").expect("an approval by the board");
    repo.write(P01, format!("{before}role = \"ciso\"\napprover = \"tanaka\"{last}"));
}

/// The line of the nth line in the ledger that begins with a key.
fn line_of(repo: &Repo, key: &str, nth: usize) -> usize {
    let text = repo.read(P01);
    let key = format!("{key} = ");
    let lines = text.lines().enumerate().filter(|(_, line)| line.starts_with(&key));
    lines.map(|(at, _)| at + 1).nth(nth).unwrap_or_else(|| panic!("{key}: {text}"))
}

#[test]
fn an_appointment_recorded_afterwards_gives_no_authority() {
    let repo = Repo::new();
    let control = "+++\nid = \"C-5.1\"\ntitle = \"方針\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n定める。\n";
    repo.write("controls/5.1.md", control);
    let approve = |by: &str, on: &str| {
        let days = ["--on", on, "--effective", on, "--as-of", on];
        repo.good(&[&["approve", "C-5.1", "--yes", "--approver", by], &days[..]].concat());
    };
    approve("tanaka", "2026-04-10");
    let ledger_path = "records/ledger/C-5.1.toml";
    replace(&repo, ledger_path, "approver = \"tanaka\"", "approver = \"sato\"");
    repo.commit_at("2026-04-11T09:00:00+09:00", "制定");
    assert_eq!(ledger(&repo, "2026-05-01"), [format!("{ledger_path}:8 LED004")]);
    let office = "roles = [{ role = \"office\", from = 2024-04-01 }]";
    replace(
        &repo,
        "records/people.toml",
        office,
        "roles = [{ role = \"office\", from = 2024-04-01 }, { role = \"ciso\", from = 2026-04-01 }]",
    );
    repo.commit_at("2026-05-01T09:00:00+09:00", "任命を追記");
    assert_eq!(ledger(&repo, "2026-05-02"), [format!("{ledger_path}:8 LED004")]);
    let message = repo.kitei(&["check", "--as-of", "2026-05-02"]).stdout;
    assert!(message.contains("記録されたコミット"), "{message}");
    // Approved once more by somebody with authority on that day and in that commit, it stands.
    let text = repo.read(ledger_path);
    let again = text.replace("2026-04-10", "2026-05-10");
    repo.write(ledger_path, format!("{text}\n{again}"));
    assert!(ledger(&repo, "2026-05-11").is_empty());
}

#[test]
fn what_was_recorded_stays() {
    let repo = approved();
    let original = repo.read(P01);
    let rewritten = [format!("{P01}:1 LED017")];
    replace(&repo, P01, "approved_on = 2026-03-20", "approved_on = 2026-03-19");
    assert_eq!(ledger(&repo, "2026-05-01"), rewritten, "in the working tree");
    repo.commit_at("2026-05-01T09:00:00+09:00", "日付を変更");
    assert_eq!(ledger(&repo, "2026-05-01"), rewritten, "in history");
    repo.write(P01, &original);
    assert!(ledger(&repo, "2026-05-01").is_empty(), "restored");
    repo.commit_at("2026-05-02T09:00:00+09:00", "戻す");
    assert!(ledger(&repo, "2026-05-02").is_empty());
    // Layout and comments are not what was recorded.
    repo.write(P01, format!("# 取締役会の承認\n{}", original.replace(" = ", "  =  ")));
    assert!(ledger(&repo, "2026-05-02").is_empty());
    std::fs::remove_file(repo.at(P01)).unwrap();
    assert_eq!(
        ledger(&repo, "2026-05-02"),
        [format!("{PATH}:2 LED017"), "records/approved/P-01/1.0.md:1 LED022".to_owned()]
    );
}

#[test]
fn a_copy_that_only_lies_in_the_folder_is_not_one_of_the_commit() {
    let repo = approved();
    revise(&repo, "2.0", "情報を守り、活用する。", "2026-05-10", "2026-05-10");
    assert!(ledger(&repo, "2026-05-10").is_empty(), "neither entry nor copy is committed");
    repo.git(&["add", P01, PATH]);
    repo.git_at("2026-05-10T09:00:00+09:00", &["commit", "-q", "-m", "写しを忘れた"]);
    assert_eq!(ledger(&repo, "2026-05-10"), [format!("{P01}:{} LED003", line_of(&repo, "digest", 1))]);
    assert_eq!(repo.kitei(&["build", "--as-of", "2026-05-11"]).code, 1, "the commit lacks the text in force");
    repo.commit_at("2026-05-10T10:00:00+09:00", "写し");
    assert!(ledger(&repo, "2026-05-10").is_empty());
}

#[test]
fn an_unmerged_entry_may_change_and_a_merged_one_may_not() {
    let repo = approved();
    repo.git(&["switch", "-q", "-c", "revise"]);
    revise(&repo, "2.0", "情報を守り、活用する。", "2026-05-10", "2026-06-01");
    repo.commit_at("2026-05-10T09:00:00+09:00", "承認を記録");
    replace(&repo, P01, "approved_on = 2026-05-10", "approved_on = 2026-05-11");
    repo.commit_at("2026-05-11T09:00:00+09:00", "承認日を訂正");
    repo.git(&["switch", "-q", "main"]);
    repo.git_at("2026-05-12T09:00:00+09:00", &["merge", "-q", "--no-ff", "-m", "統合", "revise"]);
    assert!(ledger(&repo, "2026-05-12").is_empty(), "first parents never held the first record");
    replace(&repo, P01, "approved_on = 2026-05-11", "approved_on = 2026-05-10");
    assert_eq!(ledger(&repo, "2026-05-12"), [format!("{P01}:{} LED017", line_of(&repo, "version", 1) - 1)]);
}

#[test]
fn on_a_clone_only_what_the_remote_holds_is_recorded() {
    let origin = approved();
    let clone = Repo::clone_of(&origin);
    revise(&clone, "2.0", "情報を守り、活用する。", "2026-05-10", "2026-06-01");
    clone.commit_at("2026-05-10T09:00:00+09:00", "承認を記録");
    replace(&clone, P01, "approved_on = 2026-05-10", "approved_on = 2026-05-11");
    clone.commit_at("2026-05-11T09:00:00+09:00", "承認日を訂正");
    assert!(ledger(&clone, "2026-05-12").is_empty());
    replace(&clone, P01, "approved_on = 2026-03-20", "approved_on = 2026-03-19");
    assert_eq!(ledger(&clone, "2026-05-12"), [format!("{P01}:1 LED017")]);
}

#[test]
fn a_record_counts_from_the_day_of_its_merge_in_the_organisations_time_zone() {
    let late = |zone: &str, merged: &str| {
        let repo = approved();
        let settings = repo.read("kitei.toml").replace("Asia/Tokyo", zone);
        repo.write("kitei.toml", format!("{settings}\n[limits]\nrecorded_within = \"3 days\"\n"));
        repo.commit_at("2026-04-01T09:00:00+09:00", "期限を定める");
        repo.git(&["switch", "-q", "-c", "revise"]);
        revise(&repo, "2.0", "情報を守り、活用する。", "2026-05-10", "2026-06-01");
        repo.commit_at("2026-05-10T09:00:00+09:00", "改訂");
        repo.git(&["switch", "-q", "main"]);
        repo.git_at(merged, &["merge", "-q", "--no-ff", "-m", "統合", "revise"]);
        ledger(&repo, "2026-05-20").iter().filter(|line| line.ends_with("LED013")).count()
    };
    // Half past midnight on the 14th in Japan is still the 13th in UTC.
    assert_eq!(late("Asia/Tokyo", "2026-05-13T15:30:00+00:00"), 1);
    assert_eq!(late("UTC", "2026-05-13T15:30:00+00:00"), 0);
    assert_eq!(late("Asia/Tokyo", "2026-05-13T14:30:00+00:00"), 0);
}

/// Main with 1.0, and a branch that makes 2.0 of it: first the text, then the approval.
fn with_branch() -> Repo {
    let repo = approved();
    repo.git(&["switch", "-q", "-c", "revise"]);
    repo.policy(PATH, "P-01", "2.0", "情報を守り、活用する。");
    repo.commit_at("2026-05-01T09:00:00+09:00", "改訂案");
    repo.approve("P-01", "2026-05-10", "2026-06-01");
    repo.commit_at("2026-05-10T09:00:00+09:00", "承認を記録");
    repo.git(&["switch", "-q", "main"]);
    // Work on main meanwhile, so that nothing is a fast-forward.
    repo.policy("policies/b.md", "P-02", "1.0", "別の規程。");
    repo.commit_at("2026-05-11T09:00:00+09:00", "別の案");
    repo
}

const MERGED: &str = "2026-05-12T09:00:00+09:00";

#[test]
fn merge_commit_squash_and_rebase_keep_an_approval_provable() {
    let ways: [(&str, &[&[&str]]); 3] = [
        ("merge", &[&["merge", "-q", "--no-ff", "-m", "統合", "revise"]]),
        ("squash", &[&["merge", "-q", "--squash", "revise"], &["commit", "-q", "-m", "統合"]]),
        (
            "rebase",
            &[&["rebase", "-q", "main", "revise"], &["switch", "-q", "main"], &["merge", "-q", "--ff-only", "revise"]],
        ),
    ];
    for (name, commands) in ways {
        let repo = with_branch();
        for command in commands {
            repo.git_at(MERGED, command);
        }
        repo.git(&["branch", "-q", "-D", "revise"]);
        // The next draft stands in the tree, so that the approved texts have to come out of history.
        repo.policy(PATH, "P-01", "3.0", "情報を守り、活用し、捨てる。");
        repo.commit_at("2026-05-13T09:00:00+09:00", "次の案");
        assert!(ledger(&repo, "2026-05-14").is_empty(), "{name}: {:?}", ledger(&repo, "2026-05-14"));
        assert!(ledger(&repo, "2026-06-01").is_empty(), "{name}: {:?}", ledger(&repo, "2026-06-01"));
        replace(&repo, P01, "approved_on = 2026-05-10", "approved_on = 2026-05-09");
        assert_eq!(ledger(&repo, "2026-06-01").len(), 1, "{name}: the record is one of main");
    }
}

#[test]
fn a_squash_swallows_no_approved_text() {
    let repo = approved();
    repo.git(&["switch", "-q", "-c", "revise"]);
    revise(&repo, "2.0", "情報を守り、活用する。", "2026-05-10", "2026-06-01");
    repo.commit_at("2026-05-10T09:00:00+09:00", "2.0 を承認");
    revise(&repo, "3.0", "情報を守り、活用し、捨てる。", "2026-05-11", "2026-07-01");
    repo.commit_at("2026-05-11T09:00:00+09:00", "3.0 を承認");
    repo.git(&["switch", "-q", "main"]);
    repo.git_at(MERGED, &["merge", "-q", "--squash", "revise"]);
    repo.git_at(MERGED, &["commit", "-q", "-m", "統合"]);
    assert!(ledger(&repo, "2026-05-14").is_empty());
    repo.good(&["build", "--as-of", "2026-06-02", "--out", "dist"]);
    let page = repo.read("dist/documents/P-01.html");
    assert!(
        page.contains("活用する") && !page.contains("捨てる"),
        "2.0 is in force, which no commit of main held: {page}"
    );
}

#[test]
fn an_entry_that_a_rebase_carries_through_two_wordings_is_told_with_its_commit() {
    let repo = with_branch();
    repo.git(&["switch", "-q", "revise"]);
    replace(&repo, P01, "approved_on = 2026-05-10", "approved_on = 2026-05-11");
    repo.commit_at("2026-05-11T09:00:00+09:00", "承認日を訂正");
    repo.git_at(MERGED, &["rebase", "-q", "main"]);
    repo.git(&["switch", "-q", "main"]);
    repo.git_at(MERGED, &["merge", "-q", "--ff-only", "revise"]);
    // A rebase puts the first record onto main as well: what stands there is not what main once held.
    let line = line_of(&repo, "version", 1) - 1;
    assert_eq!(ledger(&repo, "2026-05-14"), [format!("{P01}:{line} LED017")]);
    let changed = repo.git(&["rev-parse", "--short=12", "HEAD"]);
    let told = repo.kitei(&["check", "--as-of", "2026-05-14"]).stdout;
    assert!(told.contains(&changed) && told.contains("approved_on"), "{told}");
}

/// Two branches that both make 2.0 of P-01, each with its approval.
fn two_claims() -> Repo {
    let repo = approved();
    for (branch, text) in [("one", "情報を守り、活用する。"), ("two", "情報を守り、共有する。")] {
        repo.git(&["switch", "-q", "-c", branch, "main"]);
        revise(&repo, "2.0", text, "2026-05-10", "2026-06-01");
        repo.commit_at("2026-05-10T09:00:00+09:00", branch);
        assert!(ledger(&repo, "2026-05-11").is_empty(), "each branch alone is right");
    }
    repo.git(&["switch", "-q", "main"]);
    repo.git_at(MERGED, &["merge", "-q", "--no-ff", "-m", "一つ目", "one"]);
    assert!(ledger(&repo, "2026-05-12").is_empty());
    let second = repo.git_command(MERGED, &["merge", "-q", "two"]).output().expect("git runs");
    assert!(!second.status.success(), "text and ledger conflict");
    repo
}

#[test]
fn of_two_branches_that_both_become_the_same_version_one_is_refused() {
    for text in ["情報を守り、活用する。", "情報を守り、共有する。"] {
        let repo = two_claims();
        assert_eq!(repo.kitei(&["check", "--as-of", "2026-05-13"]).code, 1, "conflicts left in the files");
        // Both entries kept and one text taken, as a person would who only wants the merge to go through.
        repo.policy(PATH, "P-01", "2.0", text);
        let (one, two) = (repo.git(&["show", &format!("one:{P01}")]), repo.git(&["show", &format!("two:{P01}")]));
        let second = two.rsplit_once("[[approval]]").expect("an entry").1;
        repo.write(P01, format!("{one}\n\n[[approval]]{second}\n"));
        let copy = "records/approved/P-01/2.0.md";
        let branch = if text.contains("活用") { "one" } else { "two" };
        repo.write(copy, format!("{}\n", repo.git(&["show", &format!("{branch}:{copy}")])));
        repo.git(&["add", "-A"]);
        repo.git_at(MERGED, &["commit", "-q", "-m", "二つ目"]);
        let line = line_of(&repo, "version", 2);
        assert_eq!(ledger(&repo, "2026-05-13"), [format!("{P01}:{line} LED007")], "{text}");
    }
}

#[test]
fn a_shallow_clone_tells_that_it_cannot_know() {
    let repo = approved();
    repo.policy(PATH, "P-01", "2.0", "情報を守り、活用する。");
    repo.commit_at("2026-05-01T09:00:00+09:00", "改訂案");
    let clone = Repo::shallow_clone_of(&repo);
    // The record is there from the first commit that the clone has: neither new nor late.
    let settings = clone.read("kitei.toml");
    clone.write("kitei.toml", format!("{settings}\n[limits]\nrecorded_within = \"3 days\"\n"));
    assert_eq!(ledger(&clone, "2026-05-02"), ["kitei.toml:1 LED018"]);
    let told = clone.kitei(&["check", "--as-of", "2026-05-02"]).stdout;
    assert!(told.contains("浅いクローン"), "{told}");
}
