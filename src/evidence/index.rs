//! The first page of a pack, a page for each table, and the README: what an auditor reads and prints.

use super::grade::Grade;
use super::manifest;
use super::page::{Page, Shell};
use super::table::{Table, words};
use crate::locale::{Arg, Text};
use crate::markup::html::escaped;

/// What git cannot show, and what kitei does not look at: words under `evidence-limit-…`.
const LIMITS: [&str; 9] =
    ["dates", "names", "decision", "forge", "squash", "completeness", "sha1", "other-files", "readers"];

/// The columns that a table's page shows; files hold all of them.
fn shown(table: &str) -> &'static [&'static str] {
    match table {
        "documents" => &[
            "id",
            "title",
            "state",
            "version+draft+pending",
            "approved_on+effective",
            "role+approver",
            "owner",
            "last_review+next_review",
            "overdue",
            "text_commit+recorded_commit",
        ],
        "approvals" => &[
            "document",
            "version+kind",
            "approved_on+effective",
            "role+approver+chair",
            "office",
            "drafters+checked_by",
            "changes+reason",
            "decision",
            "recorded_on+days_to_record",
            "text_commit+recorded_commit",
        ],
        "records" => &[
            "document",
            "kind+outcome",
            "version",
            "on+effective",
            "role+person",
            "reason+decision+means+evidence",
            "to",
            "recorded_on",
            "recorded_commit",
        ],
        "changes" => &[
            "document+path",
            "kind",
            "version+standing",
            "summary+pull_request",
            "author+committer",
            "arrived_on",
            "commit+unchanged_from+unchanged_to",
        ],
        "bypasses" => &[
            "document",
            "kind",
            "version",
            "detail+rule",
            "author",
            "arrived_on+ended_on",
            "commit+ended_with",
            "path+line",
        ],
        "overdue" => &[
            "document",
            "title",
            "owner",
            "last_review_then+due_then",
            "days_then",
            "last_review_now+due_now",
            "days_now",
        ],
        "exceptions" => &[
            "id",
            "kind",
            "document+subject",
            "reason",
            "measure+plan",
            "applicant+approver",
            "approved_on+expires+closed",
            "open_then",
            "expired_then",
            "open_now",
        ],
        "duties" => &[
            "document",
            "version",
            "drafters",
            "checked_by",
            "approver",
            "recorded_by",
            "committer",
            "text_author",
            "overlaps",
            "allowed_by",
        ],
        "signatures" => &["commit", "committed_on", "summary", "committer", "form+verdict", "key+principals"],
        "integrity" => &["kind", "document", "subject", "detail", "on", "commit+other_commit"],
        _ => &[],
    }
}

/// The pages of tables by file name. The claims have none: every row tells its own.
pub fn pages(shell: &Shell<'_>, tables: &[Table]) -> Vec<(String, String)> {
    use rayon::prelude::*;
    let pages = tables.par_iter().filter(|table| !shown(table.name).is_empty()).map(|table| {
        let title = shell.catalogue.get(&format!("evidence-table-{}", table.name));
        let mut page = Page::new(shell, &title, "");
        page.above("index.html", "evidence-title");
        page.push(&format!("<h1>{}</h1>\n", escaped(&title)));
        let lead = page.word(&format!("evidence-lead-{}", table.name));
        let files = Text::new("evidence-all-columns").arg("name", table.name);
        let files = escaped(&shell.catalogue.text(&files));
        page.push(&format!("<p class=\"lead\">{}</p>\n<p class=\"meta\">{files}</p>\n", escaped(&lead)));
        page.table(table, shown(table.name));
        (format!("{}.html", table.name), page.finish())
    });
    pages.collect()
}

/// Numbers that the first page and the terminal tell.
pub struct Tally {
    /// Key of the words, under `evidence-tally-…`.
    pub key: &'static str,
    /// The number.
    pub count: usize,
    /// The page that shows them.
    pub page: &'static str,
    /// Whether there should be none.
    pub attention: bool,
}

/// What there is, and what to look at.
pub fn tallies(tables: &[Table]) -> Vec<Tally> {
    let table = |name: &str| tables.iter().find(|table| table.name == name);
    let count = |name: &str, key: &str, value: &str| table(name).map_or(0, |table| table.count(key, value));
    let flags = |name: &str, key: &str| table(name).map_or(0, |table| table.count(key, true));
    let rows = |name: &str| table(name).map_or(0, |table| table.rows.len());
    let overlaps = table("duties").map_or(0, |table| {
        let overlapping =
            |key: &str| table.rows.iter().filter(|row| words(table.get(row, "overlaps")).contains(key)).count();
        overlapping("drafter-approver")
    });
    let unchanged = count("changes", "kind", "unchanged");
    let list = [
        ("in-force", count("documents", "state", "in-force"), "documents", false),
        ("text-missing", count("documents", "state", "text-missing"), "documents", true),
        ("approvals", flags("approvals", "in_period"), "approvals", false),
        ("not-held", count("approvals", "office", "not-held"), "approvals", true),
        ("changes", rows("changes") - unchanged, "changes", false),
        ("unchanged", unchanged, "changes", false),
        ("bypasses", rows("bypasses"), "bypasses", true),
        ("overdue-then", flags("overdue", "overdue_then"), "overdue", true),
        ("overdue-now", flags("overdue", "overdue_now"), "overdue", true),
        ("exceptions", flags("exceptions", "open_then"), "exceptions", false),
        ("exceptions-over", flags("exceptions", "expired_then"), "exceptions", true),
        ("overlaps", overlaps, "duties", true),
        ("signed", count("signatures", "verdict", "good"), "signatures", false),
        ("unsigned", count("signatures", "verdict", "absent"), "signatures", false),
        ("bad-signatures", count("signatures", "verdict", "bad"), "signatures", true),
        ("anomalies", flags("integrity", "anomaly"), "integrity", true),
    ];
    list.map(|(key, count, page, attention)| Tally { key, count, page, attention }).into()
}

/// `index.html`.
pub fn index(shell: &Shell<'_>, tables: &[Table]) -> String {
    let title = shell.catalogue.get("evidence-title");
    let mut page = Page::new(shell, &title, "");
    page.push(&format!(
        "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n",
        escaped(&title),
        escaped(&page.word("evidence-lead"))
    ));
    let signers = if shell.request.signers.is_some() { "evidence-signers-given" } else { "evidence-signers-none" };
    let facts = [
        ("evidence-organisation", escaped(shell.organisation)),
        ("evidence-handbook", escaped(shell.handbook)),
        ("evidence-period", escaped(&shell.period())),
        ("evidence-commit", format!("<code>{}</code>", shell.commit)),
        ("evidence-made-on", escaped(&shell.day(shell.request.made_on))),
        ("evidence-signers", escaped(&page.word(signers))),
    ];
    page.push("<dl class=\"facts\">\n");
    for (key, value) in facts {
        page.push(&format!("<div><dt>{}</dt><dd>{value}</dd></div>\n", escaped(&page.word(key))));
    }
    page.push("</dl>\n");
    let tallies = tallies(tables);
    page.section("evidence-attention");
    let found: Vec<&Tally> = tallies.iter().filter(|tally| tally.attention && tally.count > 0).collect();
    page.push(&format!("<p class=\"meta\">{}</p>\n", escaped(&page.word("evidence-attention-lead"))));
    if found.is_empty() {
        page.push(&format!("<p class=\"none\">{}</p>\n", escaped(&page.word("evidence-attention-none"))));
    } else {
        list(&mut page, &found, "attention");
    }
    page.section("evidence-numbers");
    list(&mut page, &tallies.iter().filter(|tally| !tally.attention).collect::<Vec<_>>(), "numbers");
    contents(&mut page, tables);
    page.section("evidence-grades");
    page.push("<dl class=\"explained\">\n");
    for grade in Grade::ALL {
        let name = grade.name();
        page.push(&format!(
            "<div><dt><span class=\"grade {name}\">{}</span></dt><dd>{}</dd></div>\n",
            escaped(&page.word(&format!("evidence-grade-{name}"))),
            escaped(&page.word(&format!("evidence-grade-{name}-means")))
        ));
    }
    page.push("</dl>\n");
    page.section("evidence-limits");
    page.push("<ul>\n");
    for limit in LIMITS {
        page.push(&format!("<li>{}</li>\n", escaped(&page.word(&format!("evidence-limit-{limit}")))));
    }
    page.push("</ul>\n");
    page.section("evidence-verify");
    page.push(&format!("<p>{}</p>\n", escaped(&page.word("evidence-verify-lead"))));
    page.finish()
}

fn list(page: &mut Page<'_>, tallies: &[&Tally], class: &str) {
    page.push(&format!("<dl class=\"tally {class}\">\n"));
    for tally in tallies {
        let word = escaped(&page.word(&format!("evidence-tally-{}", tally.key)));
        page.push(&format!("<div><dt><a href=\"{}.html\">{word}</a></dt><dd>{}</dd></div>\n", tally.page, tally.count));
    }
    page.push("</dl>\n");
}

fn contents(page: &mut Page<'_>, tables: &[Table]) {
    page.section("evidence-contents");
    let label = |page: &Page<'_>, key: &str| escaped(&page.word(key));
    let heads =
        ["evidence-contents-table", "evidence-contents-about", "evidence-contents-rows", "evidence-contents-files"];
    let heads: String = heads.iter().map(|key| format!("<th scope=\"col\">{}</th>", label(page, key))).collect();
    page.push(&format!("<div class=\"table\"><table class=\"contents\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"));
    for table in tables {
        let name = table.name;
        let title = label(page, &format!("evidence-table-{name}"));
        let title = match shown(name).is_empty() {
            true => title,
            false => format!("<a href=\"{name}.html\">{title}</a>"),
        };
        let about = label(page, &format!("evidence-lead-{name}"));
        page.push(&format!(
            "<tr><th scope=\"row\">{title}</th><td>{about}</td><td class=\"count\">{}</td><td class=\"files\"><a href=\"csv/{name}.csv\">CSV</a> <a href=\"data/{name}.json\">JSON</a></td></tr>\n",
            table.rows.len()
        ));
    }
    page.push("</tbody>\n</table></div>\n");
}

/// `README.txt`.
pub fn readme(shell: &Shell<'_>) -> String {
    let word = |key: &str| shell.catalogue.get(key);
    let filled = |key: &'static str, args: &[(&'static str, Arg)]| {
        let text = args.iter().fold(Text::new(key), |text, (name, value)| text.arg(name, value.clone()));
        shell.catalogue.text(&text)
    };
    let mut out = format!("{}\n\n{}\n\n", word("evidence-title"), word("evidence-lead"));
    let line = |label: &str, value: &str| format!("{}: {value}\n", word(label));
    out.push_str(&line("evidence-organisation", shell.organisation));
    out.push_str(&line("evidence-handbook", shell.handbook));
    out.push_str(&line("evidence-period", &shell.period()));
    out.push_str(&line("evidence-commit", &shell.commit));
    out.push_str(&line("evidence-made-on", &shell.day(shell.request.made_on)));
    out.push_str(&format!("\n{}\n\n{}\n", word("evidence-files"), word("evidence-files-list")));
    out.push_str(&format!("\n{}\n\n", word("evidence-grades")));
    for grade in Grade::ALL {
        let name = grade.name();
        let (grade, means) = (word(&format!("evidence-grade-{name}")), word(&format!("evidence-grade-{name}-means")));
        out.push_str(&format!("{grade}\n    {means}\n"));
    }
    out.push_str(&format!("\n{}\n\n", word("evidence-limits")));
    for limit in LIMITS {
        out.push_str(&format!("- {}\n", word(&format!("evidence-limit-{limit}"))));
    }
    out.push_str(&format!("\n{}\n\n", word("evidence-verify")));
    out.push_str(&filled(
        "evidence-verify-how",
        &[("commit", shell.commit.as_str().into()), ("manifest", manifest::NAME.into())],
    ));
    out.push('\n');
    out
}
