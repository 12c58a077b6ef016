//! The first page of a pack, a page for each table, and the README: what an auditor reads and prints.

use std::collections::BTreeMap;

use serde::Serialize;

use super::grade::Grade;
use super::manifest;
use super::page::{Cell, Graded, Pages};
use super::table::{Column, Kind, Row, Table, words};
use crate::locale::{Arg, Text};
use crate::markup::template::TemplateError;

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

/// The page of a table.
#[derive(Serialize)]
struct TablePage<'t> {
    title: String,
    name: &'t str,
    /// Headings.
    columns: Vec<String>,
    /// What most rows claim.
    usual: Vec<Graded>,
    /// Whether some row claims something else.
    differs: bool,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    cells: Vec<Group>,
    /// What it claims, where that is not what most rows claim.
    claims: Vec<Graded>,
}

/// The values of some columns, shown below each other.
#[derive(Serialize)]
struct Group {
    class: Option<&'static str>,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    /// Heading of its column, where it is not the first of the group.
    label: Option<String>,
    cell: Cell,
}

/// The pages of tables by file name. The claims have none: every row tells its own.
///
/// # Errors
/// Where a template is wrong.
pub fn table_pages(pages: &Pages, tables: &[Table]) -> Result<Vec<(String, String)>, TemplateError> {
    use rayon::prelude::*;
    let printed = tables.par_iter().filter(|table| !shown(table.name).is_empty()).map(|table| {
        let page = table_page(pages, table, shown_columns(table));
        Ok((format!("{}.html", table.name), pages.print("evidence/table.html", "", page)?))
    });
    printed.collect()
}

/// A table's columns, several in one cell where `+` joins their keys, and what is claimed: once above the table what most
/// rows claim, and behind every row that claims something else. Columns without a value are left out.
fn table_page<'t>(pages: &Pages, table: &'t Table, groups: Vec<Vec<&Column>>) -> TablePage<'t> {
    let claims: Vec<Vec<Graded>> = table.rows.iter().map(|row| pages.graded(row)).collect();
    let usual = usual(&claims);
    let differs = claims.iter().any(|claims| claims != usual);
    let rows = table.rows.iter().zip(&claims).map(|(row, claims)| RowView {
        cells: groups.iter().map(|group| cells(pages, table, row, group)).collect(),
        claims: if claims == usual { Vec::new() } else { claims.clone() },
    });
    TablePage {
        title: pages.catalogue.get(&format!("evidence-table-{}", table.name)),
        name: table.name,
        // Behind the first value of a cell every other one bears its own label.
        columns: groups.iter().filter_map(|group| Some(pages.label(group.first()?.key))).collect(),
        differs,
        rows: rows.collect(),
        usual: usual.to_vec(),
    }
}

/// The values of a group's columns, each only once, the first without its label.
fn cells(pages: &Pages, table: &Table, row: &Row, group: &[&Column]) -> Group {
    let mut parts: Vec<Part> = Vec::new();
    for (at, column) in group.iter().enumerate() {
        let cell = pages.cell(column, table.get(row, column.key), true);
        if !cell.is_empty() && parts.iter().all(|part| part.cell != cell) {
            parts.push(Part { label: (at > 0).then(|| pages.label(column.key)), cell });
        }
    }
    Group { class: class(group), parts }
}

/// The columns of each group that have a value in some row.
fn shown_columns(table: &Table) -> Vec<Vec<&Column>> {
    let is_said = |value: &serde_json::Value| match value {
        serde_json::Value::Null | serde_json::Value::Bool(false) => false,
        serde_json::Value::Array(values) => !values.is_empty(),
        _ => true,
    };
    let columns = |group: &&str| {
        let known = group.split('+').filter_map(|key| table.columns.iter().find(|column| column.key == key));
        known.filter(|column| table.rows.iter().any(|row| is_said(table.get(row, column.key)))).collect::<Vec<_>>()
    };
    shown(table.name).iter().map(columns).filter(|group| !group.is_empty()).collect()
}

/// How the cells of a group are laid out.
fn class(group: &[&Column]) -> Option<&'static str> {
    match group.first().map(|column| column.kind) {
        Some(Kind::Date) => Some("date"),
        Some(Kind::Document | Kind::Object) => Some("id"),
        Some(Kind::Text | Kind::Code(_) | Kind::Flag) | None => None,
    }
}

/// What most rows claim; of several the first in the order of grades and words.
fn usual(claims: &[Vec<Graded>]) -> &[Graded] {
    let mut counts: BTreeMap<&[Graded], usize> = BTreeMap::new();
    for claims in claims {
        *counts.entry(claims).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or_default();
    counts.into_iter().find(|(_, count)| *count == most).map_or(&[], |(claims, _)| claims)
}

/// A number that the first page and the terminal show.
#[derive(Debug, Serialize)]
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

/// The first page.
#[derive(Serialize)]
struct IndexPage<'t> {
    title: String,
    /// Whether a file says who may sign.
    signers: bool,
    /// What to look at.
    attention: Vec<&'t Tally>,
    /// What there is.
    numbers: Vec<&'t Tally>,
    tables: Vec<TableLink>,
    grades: [&'static str; 3],
    limits: [&'static str; 9],
}

#[derive(Serialize)]
struct TableLink {
    name: &'static str,
    rows: usize,
    has_page: bool,
}

/// `index.html`.
///
/// # Errors
/// Where a template is wrong.
pub fn index(pages: &Pages, tables: &[Table], signers: bool) -> Result<String, TemplateError> {
    let tallies = tallies(tables);
    let page = IndexPage {
        title: pages.catalogue.get("evidence-title"),
        signers,
        attention: tallies.iter().filter(|tally| tally.attention && tally.count > 0).collect(),
        numbers: tallies.iter().filter(|tally| !tally.attention).collect(),
        tables: tables
            .iter()
            .map(|table| TableLink {
                name: table.name,
                rows: table.rows.len(),
                has_page: !shown(table.name).is_empty(),
            })
            .collect(),
        grades: Grade::ALL.map(Grade::name),
        limits: LIMITS,
    };
    pages.print("evidence/index.html", "", page)
}

/// `README.txt`.
pub fn readme(pages: &Pages) -> String {
    let layout = &pages.layout;
    let word = |key: &str| pages.catalogue.get(key);
    let filled = |key: &'static str, args: &[(&'static str, Arg)]| {
        let text = args.iter().fold(Text::new(key), |text, (name, value)| text.arg(name, value.clone()));
        pages.catalogue.text(&text)
    };
    let mut out = format!("{}\n\n{}\n\n", word("evidence-title"), word("evidence-lead"));
    let line = |label: &str, value: &str| format!("{}: {value}\n", word(label));
    out.push_str(&line("evidence-organisation", &layout.organisation));
    out.push_str(&line("evidence-handbook", &layout.handbook));
    out.push_str(&line("evidence-period", &layout.period));
    out.push_str(&line("evidence-commit", &layout.commit));
    out.push_str(&line("evidence-made-on", &layout.made_on));
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
        &[("commit", layout.commit.as_str().into()), ("manifest", manifest::NAME.into())],
    ));
    out.push('\n');
    out
}
