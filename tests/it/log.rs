//! The change log, as `kitei log` and the handbook tell it: what is shown on which day, what is folded away.

use serde_json::Value;

use crate::support::Repo;

/// The entries of the log on a day: day, kind, version, version before, whether provisional, and by what day ratified or to be.
fn entries(repo: &Repo, day: &str) -> Vec<String> {
    let log = repo.good(&["log", "P-01", "--format", "json", "--as-of", day]);
    let log: Value = serde_json::from_str(&log).unwrap();
    let word = |entry: &Value, key: &str| entry[key].as_str().unwrap_or("-").to_owned();
    let told = |entry: &Value| {
        let keys = ["effective", "kind", "version", "previous", "approved_on", "ratify_by", "ratified_on"];
        let mut words: Vec<String> = keys.iter().map(|key| word(entry, key)).collect();
        words.extend((entry["provisional"] == true).then(|| "provisional".to_owned()));
        words.join(" ")
    };
    log.as_array().unwrap().iter().map(told).collect()
}

#[test]
fn a_provisional_rule_is_told_on_the_day_on_which_it_took_effect_and_its_ratification_too() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "初めの文面とする。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    repo.policy("policies/a.md", "P-01", "2.0", "緊急の文面とする。");
    let urgent = ["--approver", "tanaka", "--drafter", "sato", "--on", "2026-05-10", "--as-of", "2026-05-10"];
    repo.good(&[&["approve", "P-01", "--yes", "--provisional", "--ratify-by", "2026-07-09"], &urgent[..]].concat());
    repo.commit("専決");
    let first = "2026-04-01 established 1.0 - 2026-03-20 - -";
    let open = "2026-05-10 revised 2.0 1.0 2026-05-10 2026-07-09 - provisional";
    assert_eq!(entries(&repo, "2026-05-10"), [open, first]);

    // The next version comes before the board has met.
    repo.policy("policies/a.md", "P-01", "3.0", "次の文面とする。");
    repo.approve("P-01", "2026-06-01", "2026-06-10");
    repo.commit("改訂");
    let decision = ["--decision", "取締役会 第2号議案", "--drafter", "sato"];
    let days = ["--on", "2026-06-20", "--effective", "2026-06-20", "--as-of", "2026-06-20"];
    repo.good(&[&["approve", "P-01", "--yes", "--ratify"], &decision[..], &days].concat());
    repo.commit("追認");
    let third = "2026-06-10 revised 3.0 2.0 2026-06-01 - -";
    let ratified = "2026-05-10 revised 2.0 1.0 2026-05-10 - 2026-06-20 provisional";
    let ratification = "2026-06-20 ratified 2.0 - 2026-06-20 - -";
    assert_eq!(entries(&repo, "2026-11-20"), [ratification, third, ratified, first]);
    // Of a day before the board met, the ledger of today tells what was known then.
    assert_eq!(entries(&repo, "2026-06-15"), [third, open, first]);

    let text = repo.good(&["log", "--as-of", "2026-11-20"]);
    let (ratification, rest) = text.split_once("2026-06-10 施行").unwrap();
    assert!(ratification.starts_with("2026-06-20 施行\n  P-01 規程P-01 第2.0版 追認\n"), "{text}");
    assert!(
        ratification.contains("承認者: 取締役会\n") && ratification.contains("決定: 取締役会 第2号議案\n"),
        "{text}"
    );
    let (_, provisional) = rest.split_once("2026-05-10 施行\n").unwrap();
    assert!(provisional.starts_with("  P-01 規程P-01 第2.0版 改訂 仮承認\n"), "{text}");
    assert!(provisional.contains("追認日: 2026-06-20\n") && !provisional.contains("追認の期限"), "{text}");
    assert!(repo.good(&["log", "--as-of", "2026-06-15"]).contains("追認の期限: 2026-07-09\n"));

    repo.good(&["build", "--as-of", "2026-11-20"]);
    let changes = repo.read("public/changes.html");
    for address in ["documents/P-01/compare-1.0-2.0.html", "documents/P-01/compare-2.0-3.0.html"] {
        assert!(changes.contains(address) && repo.at(&format!("public/{address}")).exists(), "{address}");
    }
    assert!(!repo.at("public/documents/P-01/compare-3.0-2.0.html").exists(), "a ratification puts nothing into force");
    assert!(changes.contains("<dt>追認日</dt><dd>2026年6月20日</dd>"), "{changes}");
    let mine = repo.read("public/my.html");
    assert_eq!(mine.matches("<li data-date=").count(), 3, "a ratification is no news for employees: {mine}");
    let feed = repo.read("public/feed.xml");
    assert!(feed.contains("2026-05-10:P-01/2.0</id>") && feed.contains("2026-06-20:P-01/2.0/ratified</id>"), "{feed}");
}

#[test]
fn an_approval_that_was_mended_is_told_once() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "文面とする。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    let ledger = repo.read("records/ledger/P-01.toml");
    repo.write("records/ledger/P-01.toml", ledger.clone() + "\n" + &ledger.replace("2026-03-20", "2026-03-25"));
    repo.commit("訂正");
    assert_eq!(entries(&repo, "2026-11-20"), ["2026-04-01 established 1.0 - 2026-03-25 - -"]);
    // Before it was mended the first entry is what was known.
    assert_eq!(entries(&repo, "2026-03-22"), ["2026-04-01 established 1.0 - 2026-03-20 - -"]);
}

#[test]
fn editorial_revisions_of_a_day_are_folded_away_behind_what_changed_content() {
    let repo = Repo::new();
    let text = "情報を取り扱う者は、規定を守る。";
    for (path, id) in [("a", "P-01"), ("b", "P-02"), ("c", "P-03"), ("d", "P-04")] {
        repo.policy(&format!("policies/{path}.md"), id, "1.0", text);
        repo.approve(id, "2026-03-20", "2026-04-01");
    }
    repo.commit("制定");
    let new = text.replace("規定", "規程");
    repo.policy("policies/a.md", "P-01", "1.1", &new);
    repo.policy("policies/b.md", "P-02", "2.0", &new);
    // A minor version that says more than other words is shown like any other.
    repo.policy("policies/c.md", "P-03", "1.1", &new);
    let summary = repo.read("policies/c.md").replacen("version", "summary = \"要旨。\"\nversion", 1);
    repo.write("policies/c.md", summary);
    repo.policy("policies/d.md", "P-04", "1.1", &text.replace("者は、", "者は"));
    repo.approve("P-02", "2026-09-01", "2026-10-01");
    let minor = ["--approver", "sato", "--drafter", "tanaka", "--changes", "誤字を直した", "--on", "2026-09-01"];
    let days = ["--effective", "2026-10-01", "--as-of", "2026-09-01"];
    repo.good(&[&["approve", "P-01", "P-03", "P-04", "--yes"], &minor[..], &days].concat());
    repo.commit("改訂");
    let log = repo.good(&["log", "--since", "2026-10-01", "--as-of", "2026-11-20"]);
    let heads: Vec<&str> = log.lines().filter(|line| line.starts_with("  P-")).map(str::trim).collect();
    let expected = [
        "P-02 規程P-02 第2.0版 改訂",
        "P-03 規程P-03 第1.1版 軽微な改訂",
        "P-01 規程P-01 第1.1版 軽微な改訂",
        "P-04 規程P-04 第1.1版 軽微な改訂",
    ];
    assert_eq!(heads, expected, "{log}");
    let markdown =
        repo.good(&["log", "P-01", "--since", "2026-10-01", "--format", "markdown", "--as-of", "2026-11-20"]);
    assert!(markdown.contains("P-01 規程P-01 第1.1版 軽微な改訂\n"), "{markdown}");
    repo.good(&["build", "--as-of", "2026-11-20"]);
    let changes = repo.read("public/changes.html");
    let (day, _) = changes.split_once("2026年4月1日").unwrap();
    let (shown, folded) =
        day.split_once("<details class=\"editorial\">\n<summary>字句だけの改訂 2件</summary>").unwrap();
    for (part, ids, others) in
        [(shown, ["P-02", "P-03"], ["P-01", "P-04"]), (folded, ["P-01", "P-04"], ["P-02", "P-03"])]
    {
        for id in ids {
            assert!(part.contains(&format!("<h3><a href=\"documents/{id}.html\">")), "{id} in {part}");
            assert!(part.contains(&format!("documents/{id}/compare-1.0-")), "{id} in {part}");
        }
        assert!(others.iter().all(|id| !part.contains(id)), "{part}");
    }
    for words in ["誤字を直した", "2026年9月1日", "第1条（目的）を変更", "<li>第1条（目的）</li>"]
    {
        assert!(folded.contains(words), "no {words} in {folded}");
    }
    assert!(!folded.contains("<details class=\"editorial\">"), "nothing is folded twice: {folded}");
}
