//! `kitei list`: every document with its state and dates.

use super::arguments::{List, ListFormat};
use super::open::{open_when, report_history};
use super::table::columns;
use super::{Context, Failure, Outcome};
use crate::export::list::{Row, rows};
use crate::locale::{Catalogue, Text};
use crate::markup::escape::spreadsheet_cell;

/// Runs the command.
pub fn run(context: &mut Context, arguments: List) -> Result<Outcome, Failure> {
    let snapshot = open_when(context, &arguments.when)?;
    report_history(context, &snapshot, arguments.when.as_of);
    let rows = rows(&snapshot);
    let words = match arguments.format {
        ListFormat::Json => serde_json::to_string_pretty(&rows)?,
        ListFormat::Csv => csv(&rows)?,
        ListFormat::Table => table(&rows, &context.catalogue, |id| snapshot.role_name(id).to_owned()),
    };
    context.output.result(&words);
    Ok(Outcome::Good)
}

fn date(date: Option<jiff::civil::Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn table(rows: &[Row], catalogue: &Catalogue, role_name: impl Fn(&str) -> String) -> String {
    let headings = [
        "list-id",
        "list-title",
        "list-version",
        "list-state",
        "list-effective",
        "list-next-review",
        "list-owner",
        "list-note",
    ];
    let mut lines = vec![headings.map(|key| catalogue.get(key))];
    for row in rows {
        let mut notes = Vec::new();
        notes.extend(row.draft.as_ref().map(|v| catalogue.text(&Text::new("list-draft").arg("version", v))));
        notes.extend(
            row.pending.iter().map(|p| {
                catalogue.text(&Text::new("list-pending").arg("version", &p.version).arg("date", p.effective))
            }),
        );
        notes.extend(row.overdue.then(|| catalogue.get("list-overdue")));
        notes.extend(row.suspect.then(|| catalogue.get("list-suspect")));
        lines.push([
            row.id.clone(),
            row.title.clone(),
            row.version.clone().unwrap_or_default(),
            catalogue.get(&format!("state-{}", row.state.name())),
            date(row.effective),
            date(row.next_review),
            row.owner.as_deref().map(&role_name).unwrap_or_default(),
            notes.join(", "),
        ]);
    }
    columns(&lines)
}

/// Spreadsheets take the encoding from the byte order mark, and records end with CRLF (RFC 4180).
fn csv(rows: &[Row]) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record([
        "id",
        "tier",
        "title",
        "version",
        "state",
        "classification",
        "owner",
        "approver",
        "effective",
        "approved_on",
        "last_review",
        "next_review",
        "overdue",
        "suspect",
        "path",
        "annex_a",
        "implements",
        "pending",
        "draft",
    ])?;
    for row in rows {
        let pending: Vec<String> = row.pending.iter().map(|p| format!("{} {}", p.version, p.effective)).collect();
        let (annex_a, implements, pending) = (row.annex_a.join(" "), row.implements.join(" "), pending.join("; "));
        let [effective, approved_on, last_review, next_review] =
            [row.effective, row.approved_on, row.last_review, row.next_review].map(date);
        let cells = [
            row.id.as_str(),
            row.tier.name(),
            &row.title,
            row.version.as_deref().unwrap_or(""),
            row.state.name(),
            row.classification.as_deref().unwrap_or(""),
            row.owner.as_deref().unwrap_or(""),
            row.approver.as_deref().unwrap_or(""),
            &effective,
            &approved_on,
            &last_review,
            &next_review,
            yes_no(row.overdue),
            yes_no(row.suspect),
            &row.path,
            &annex_a,
            &implements,
            &pending,
            row.draft.as_deref().unwrap_or(""),
        ];
        writer.write_record(cells.map(|cell| spreadsheet_cell(cell).into_owned()))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

fn yes_no(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}
