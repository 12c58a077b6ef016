//! `kitei soa`: the statement of applicability as a table.

use super::arguments::{Soa, SoaFormat};
use super::open::{open, report_history};
use super::table::columns;
use super::{Context, Failure, Outcome};
use crate::export::soa::{self, Statement};
use crate::handbook::edition::{Edition, LeftOut};
use crate::locale::{Catalogue, Text};
use crate::publish::{outside_sources, write_atomic};

/// Runs the command.
pub fn run(context: &mut Context, arguments: Soa) -> Result<Outcome, Failure> {
    let out = arguments.out.as_ref().map(|out| context.path(out));
    if arguments.format == SoaFormat::Xlsx && out.is_none() {
        return Err(Failure::new(Text::new("compare-needs-out")));
    }
    let snapshot = open(context, arguments.as_of, None)?;
    if let Some(out) = &out {
        outside_sources(out, snapshot.root(), &snapshot.config.source_folders())?;
    }
    report_history(context, &snapshot, arguments.as_of);
    let edition = Edition::in_force(&snapshot);
    let statement = soa::statement(&edition);
    let catalogue = &context.catalogue;
    let bytes = match arguments.format {
        SoaFormat::Table => table(&statement, catalogue).into_bytes(),
        SoaFormat::Json => soa::json(&statement, catalogue.language()).into_bytes(),
        SoaFormat::Csv => soa::csv(&statement, catalogue)?.into_bytes(),
        SoaFormat::Xlsx => soa::sheet(&statement, catalogue)?,
        SoaFormat::Markdown => soa::markdown(&statement, catalogue).into_bytes(),
    };
    match out {
        Some(out) => {
            write_atomic(&out, &bytes)?;
            let done = Text::new("compare-written").arg("path", out.display().to_string());
            context.output.progress(&catalogue.text(&done));
        }
        None => context.output.result(&String::from_utf8_lossy(&bytes)),
    }
    // A statement that lacks the decisions of a document must not pass for a whole one.
    let missing = edition.left_out.iter().filter(|(_, why)| **why == LeftOut::TextMissing);
    let missing: Vec<&str> = missing.map(|(id, _)| id.as_str()).collect();
    if missing.is_empty() {
        return Ok(Outcome::Good);
    }
    context.output.complain(&catalogue.text(&Text::new("soa-text-missing").arg("ids", missing.join(", "))));
    Ok(Outcome::Errors)
}

/// The approval, then a line a decision; what does not fit a terminal is in the other formats.
fn table(statement: &Statement<'_>, catalogue: &Catalogue) -> String {
    let headings = ["soa-column-number", "soa-column-title", "site-column-applicable", "site-column-state"];
    let [number, title, applicable, state] = headings.map(|key| catalogue.get(key));
    let (reasons, carried) = (catalogue.get("site-soa-reasons"), catalogue.get("site-column-carried"));
    let mut lines = vec![[number, title, applicable, state, reasons, carried]];
    let carriers = |number: &str| {
        let row = statement.rows.iter().find(|row| number.strip_prefix("A.") == Some(row.control.id));
        let ids = row.into_iter().flat_map(|row| &row.carriers).map(|carrier| carrier.id.to_string());
        ids.collect::<Vec<_>>().join(" ")
    };
    lines.extend(soa::lines(statement, catalogue).into_iter().map(|line| {
        let carried = carriers(&line.number);
        [line.number, line.title, line.applicable, line.state, line.reasons, carried]
    }));
    format!("{}\n\n{}", soa::approval_line(statement, catalogue), columns(&lines))
}
