//! Exceptions to articles: checked like documents, shown where the article stands, until they are closed.

use crate::support::Repo;

fn exception(id: &str, document: &str, article: &str, people: [&str; 2], rest: &str) -> String {
    format!(
        "[[exception]]\nid = \"{id}\"\ndocument = \"{document}\"\narticle = \"{article}\"\napplicant = \"{}\"\n\
         reason = \"古い装置のため <b>\"\nmeasure = \"二人で操作する\"\napprover = \"{}\"\napproved_on = 2026-03-20\n\
         expires = 2026-09-30\n{rest}\n",
        people[0], people[1]
    )
}

fn repo() -> Repo {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "初めの項とする。\n\n次の項とする。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.commit("制定");
    repo
}

fn found(repo: &Repo, date: &str) -> Vec<String> {
    let run = repo.kitei(&["check", "--format", "short", "--as-of", date]);
    let about = run.stdout.lines().filter(|line| line.starts_with("records/exceptions.toml"));
    about.map(|line| line.split(']').next().unwrap_or(line).to_owned() + "]").collect()
}

#[test]
fn what_an_exception_names_must_exist() {
    let repo = repo();
    let text = exception("E-01", "P-01", "purpose/2", ["sato", "tanaka"], "")
        + &exception("E-02", "P-01", "#gone", ["sato", "tanaka"], "")
        + &exception("E-03", "P-01", "purpose/9", ["sato", "tanaka"], "")
        + &exception("E-04", "P-09", "purpose", ["nobody", "lost"], "")
        + "[[exception]]\nid = \"E-05\"\n";
    repo.write("records/exceptions.toml", text);
    let expected = [
        "records/exceptions.toml:15:11: error[REF002]",
        "records/exceptions.toml:26:11: error[REF002]",
        "records/exceptions.toml:36:12: error[REF003]",
        "records/exceptions.toml:38:13: error[ORG002]",
        "records/exceptions.toml:41:12: error[ORG002]",
    ];
    let lines = found(&repo, "2026-06-01");
    let others: Vec<&String> = lines.iter().filter(|line| !line.contains("[FMT")).collect();
    assert_eq!(others, expected);
    // document, article, applicant, reason, measure, approver, approved_on, expires.
    assert_eq!(lines.iter().filter(|line| line.starts_with("records/exceptions.toml:45:")).count(), 8, "{lines:?}");
}

#[test]
fn an_open_exception_stands_on_the_page_until_it_is_closed() {
    let repo = repo();
    repo.write(
        "records/exceptions.toml",
        exception("E-01", "P-01", "purpose/2", ["sato", "tanaka"], "closed = 2026-10-15\n"),
    );
    repo.commit("例外");
    let page = |date: &str| {
        repo.good(&["build", "--as-of", date]);
        repo.read("public/documents/P-01.html")
    };
    let open = page("2026-06-01");
    assert!(open.contains("<h2 id=\"_exceptions\">例外</h2>") && open.contains("二人で操作する"), "{open}");
    assert!(open.contains("古い装置のため &lt;b&gt;"), "a register is text, not HTML");
    assert!(open.contains(">第1条第2項</a>") && !open.contains("期限切れ"), "{open}");
    assert!(page("2026-10-01").contains("期限切れ"));
    assert!(!page("2026-10-15").contains("_exceptions"));
    let due = repo.good(&["due", "--format", "json", "--within", "1 month", "--as-of", "2026-09-10"]);
    assert!(due.contains("\"exception-E-01\"") && due.contains("2026-09-30"), "{due}");
    assert_eq!(found(&repo, "2026-10-01"), ["records/exceptions.toml:10:11: warning[DUE006]"]);
    assert!(found(&repo, "2026-09-30").is_empty() && found(&repo, "2026-10-15").is_empty());
}
