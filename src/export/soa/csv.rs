//! The statement of applicability as comma-separated values that a spreadsheet opens: UTF-8 with its mark, CRLF.

use super::{Statement, lines};
use crate::locale::Catalogue;
use crate::markup::escape::spreadsheet_cell;

/// The file. Its columns are a contract; what stands in them are the words of the language.
///
/// # Errors
/// Never in memory; the library's words.
pub fn csv(statement: &Statement<'_>, catalogue: &Catalogue) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record([
        "control",
        "title",
        "applicable",
        "implementation",
        "reasons",
        "justification",
        "stated_in",
        "carried_out_by",
        "soa_version",
        "soa_approved_on",
        "soa_effective",
    ])?;
    let approval = statement.approval.as_ref();
    let version = approval.map_or(String::new(), |approval| approval.version.clone());
    let approved_on = approval.map_or(String::new(), |approval| approval.approved_on.to_string());
    let effective = approval.map_or(String::new(), |approval| approval.effective.to_string());
    for line in lines(statement, catalogue) {
        let carriers = line.carriers.join("\n");
        let cells = [
            &line.number,
            &line.title,
            &line.applicable,
            &line.state,
            &line.reasons,
            &line.justification,
            &line.stated_in,
            &carriers,
            &version,
            &approved_on,
            &effective,
        ];
        writer.write_record(cells.map(|cell| spreadsheet_cell(cell).into_owned()))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}
