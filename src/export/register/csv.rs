//! The rows of one kind as comma-separated values that a spreadsheet opens: UTF-8 with its mark, CRLF, formulas inert.

use super::Register;
use crate::markup::escape::spreadsheet_cell;
use crate::register::data::{RegisterRow, Stated};
use crate::register::judge::Computed;

/// The table of a kind. Its columns are the period where the register has any, the keys of the file, the paths of the
/// fields, and what says that a row was closed or declared void.
///
/// # Errors
/// Never in memory; the library's words.
pub fn csv(register: &Register<'_>, kind: usize) -> Result<String, csv::Error> {
    let definition = register.definition;
    let fields = &definition.kinds[kind].fields;
    let periods = definition.period != crate::register::definition::Period::None;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let head = definition.head.iter().map(|field| format!("head.{}", field.path));
    let period = periods.then(|| "period".to_owned());
    let names = fields.iter().map(|field| field.path.clone());
    let last = ["closed_on", "void"].map(str::to_owned);
    writer.write_record(period.into_iter().chain(head).chain(names).chain(last))?;
    for (position, row) in register.rows(kind) {
        let mut cells: Vec<String> = Vec::new();
        let file = register.file_of(row);
        if periods {
            cells.push(file.period.as_ref().map_or_else(String::new, |period| period.value.clone()));
        }
        cells.extend((0..definition.head.len()).map(|field| cell(file.head.get(field).map(|value| &value.value))));
        cells.extend((0..fields.len()).map(|field| cell(value(register, position, row, field))));
        cells.push(row.closed_on.as_ref().map_or_else(String::new, |day| day.value.to_string()));
        cells.push(row.void.as_ref().map_or_else(String::new, |reason| reason.value.clone()));
        writer.write_record(cells.iter().map(|cell| spreadsheet_cell(cell).into_owned()))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

/// What a row has in a field: as stated, else as computed.
pub(super) fn value<'r>(
    register: &'r Register<'_>,
    position: usize,
    row: &'r RegisterRow,
    field: usize,
) -> Option<&'r Stated> {
    let computed = || match register.judgement.computed[position].get(&field) {
        Some(Computed::Value(value)) => Some(value),
        _ => None,
    };
    row.values.get(field).map(|value| &value.value).or_else(computed)
}

/// Several values stand in one cell, one a line.
fn cell(value: Option<&Stated>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}
