//! Registers as people meet them: an own one written from the manual, its findings, its exports.

use crate::support::Repo;

/// The definition that the manual shows.
fn manual(page: &str) -> String {
    let page = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let block = page.split("```toml\n").find(|block| block.starts_with("[register]")).expect("a definition");
    block.split("```").next().unwrap().to_owned()
}

const KEYS: &str = "title = \"鍵の台帳\"\nbuilding = \"本社\"\n\n[[key]]\nid = \"K-001\"\nroom = \"=サーバー室\"\ncopies = 2\n\
    holder.person = \"tanaka\"\nholder.since = 2026-04-01\n\n[[key]]\nid = \"K-002\"\nroom = \"倉庫\"\ncopies = 1\n\
    closed_on = 2026-09-30\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-01\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-02\n\
    until = 2026-10-03\n";

fn keys() -> Repo {
    let repo = Repo::new();
    repo.write("records/definitions/keys.toml", manual("docs/registers.md").replace("ga-head", "office"));
    repo.write("records/keys.toml", KEYS);
    repo.commit("鍵");
    repo
}

fn check(repo: &Repo) -> Vec<String> {
    let run = repo.kitei(&["check", "--format", "short", "--as-of", "2026-11-20", "--lang", "en"]);
    run.stdout.lines().filter(|line| line.contains("[REG")).map(str::to_owned).collect()
}

#[test]
fn the_register_of_the_manual_works_as_it_stands_there() {
    assert_eq!(
        manual("docs/registers.md").lines().map(|line| line.split(" #").next().unwrap().trim_end()).collect::<String>(),
        manual("docs/registers.ja.md")
            .lines()
            .map(|line| line.split(" #").next().unwrap().trim_end())
            .collect::<String>()
            .replace("部屋の名前", "Name of the room"),
        "both manuals show the same definition"
    );
    let repo = keys();
    assert_eq!(check(&repo), Vec::<String>::new());
    // A formula, a rule, a date that passed, and two loans of one day.
    let more = "\n[[loan]]\nof = \"K-001\"\non = 2026-10-04\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-05\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-05\n";
    repo.write("records/keys.toml", KEYS.replace("copies = 2\n", "copies = 2\nback_by = 2026-11-19\n") + more);
    let said = [
        "records/keys.toml:7:10: error[REG010] K-001 is lent more often than there are copies (more-lent-than-there-are)",
        "records/keys.toml:8:11: warning[REG011] “Back by” of K-001 has passed (2026-11-19)",
        "records/keys.toml:35:1: error[REG007] another row has the same of, on",
    ];
    assert_eq!(check(&repo), said);
}

#[test]
fn rows_are_exported_for_programs_with_what_was_computed() {
    let repo = keys();
    let json = repo.good(&["export", "register", "keys", "--as-of", "2026-11-20", "--rev", "HEAD"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["register"], "keys");
    assert_eq!(json["revision"], repo.git(&["rev-parse", "HEAD"]));
    assert_eq!(json["files"][0]["head"]["building"], "本社");
    let key = &json["tables"]["key"][0];
    assert_eq!(key["values"]["holder"]["since"], "2026-04-01");
    assert_eq!(key["computed"]["lent"], 1);
    assert_eq!((&key["state"], &key["line"]), (&"open".into(), &4.into()));
    assert_eq!(json["tables"]["key"][1]["state"], "closed");
    assert_eq!(json["tables"]["loan"][0]["id"], serde_json::Value::Null);
    let tree = repo.good(&["export", "register", "keys"]);
    assert!(tree.contains("\"revision\":null"), "a working tree is no commit");
}

#[test]
fn rows_are_exported_for_spreadsheets_and_compute_nothing_there() {
    let repo = keys();
    let run = repo.kitei(&["export", "register", "keys", "--format", "csv", "--lang", "en"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("choose one with --kind: key, loan"), "{}", run.stderr);
    let csv = repo.good(&["export", "register", "keys", "--format", "csv", "--kind", "key"]);
    let expected = "\u{feff}head.building,id,room,copies,holder.person,holder.since,back_by,back_on,lent,closed_on,void\r\n\
        本社,K-001,'=サーバー室,2,tanaka,2026-04-01,,,1,,\r\n本社,K-002,倉庫,1,,,,,0,2026-09-30,\r\n";
    assert_eq!(csv, expected);
    let run = repo.kitei(&["export", "register", "kes", "--lang", "en"]);
    assert!(run.code == 2 && run.stderr.contains("there is no register “kes”"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_read_does_not_pass_for_a_whole_register() {
    let repo = keys();
    repo.write("records/keys/more.toml", "[[key]\nid = \"K-003\"\n");
    let run = repo.kitei(&["export", "register", "keys", "--lang", "en"]);
    assert!(run.code == 1 && run.stderr.contains("rows are missing"), "{}", run.stderr);
    repo.write("records/keys/more.toml", "");
    repo.write("records/definitions/keys.toml", manual("docs/registers.md").replace("has(until)", "has(untli)"));
    let run = repo.kitei(&["export", "register", "keys", "--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    // Only the definition is at fault, and it is said once.
    let said = check(&repo);
    assert!(said.len() == 1 && said[0].contains("definitions/keys.toml") && said[0].contains("“untli”"), "{said:?}");
}

#[test]
fn two_branches_that_take_one_id_are_found_in_the_merge_result() {
    let repo = Repo::new();
    let asset = |id: &str| format!("[[department]]\nid = \"{id}\"\nname = \"部\"\n");
    repo.write("records/departments/a.toml", asset("d1"));
    repo.commit("一");
    repo.git(&["checkout", "-q", "-b", "two"]);
    repo.write("records/departments/b.toml", asset("d2"));
    repo.commit("二");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("records/departments/c.toml", asset("d2"));
    repo.commit("三");
    repo.git(&["merge", "-q", "--no-edit", "two"]);
    assert_eq!(check(&repo), ["records/departments/c.toml:2:6: error[REG007] the id “d2” is used twice"]);
}
