//! A register with its rows, as JSON for programs, as comma-separated values and as a workbook for spreadsheets.

mod csv;
mod json;
mod sheet;

pub use csv::csv;
pub use json::json;
pub use sheet::sheet;

use jiff::civil::Date;

use crate::handbook::Handbook;
use crate::register::data::{RegisterFile, RegisterRow};
use crate::register::definition::Definition;
use crate::register::judge::Judgement;

/// A register of a handbook, all of it or one period.
pub struct Register<'h> {
    handbook: &'h Handbook,
    definition: &'h Definition,
    judgement: &'h Judgement,
    position: usize,
    period: Option<&'h str>,
}

impl<'h> Register<'h> {
    /// The register of an id; one period of it where one is named. `None` where there is no such register.
    pub fn of(handbook: &'h Handbook, id: &str, period: Option<&'h str>) -> Option<Self> {
        let position = handbook.register_set.library.position(id)?;
        let definition = &handbook.register_set.library.definitions[position];
        Some(Self { handbook, definition, judgement: handbook.register_judgement(), position, period })
    }

    /// Its definition.
    pub fn definition(&self) -> &'h Definition {
        self.definition
    }

    /// Whether a part of it could not be read, so that rows may be missing.
    pub fn is_unread(&self) -> bool {
        let set = &self.handbook.register_set;
        set.data.unread.contains(&self.position) || set.library.is_faulty(self.position)
    }

    fn files(&self) -> impl Iterator<Item = &'h RegisterFile> {
        let files = self.handbook.register_set.data.files.iter();
        files.filter(|file| {
            file.register == self.position && self.covers(file.period.as_ref().map(|p| p.value.as_str()))
        })
    }

    fn covers(&self, period: Option<&str>) -> bool {
        self.period.is_none() || self.period == period
    }

    /// Rows of a kind with their positions among all rows.
    fn rows(&self, kind: usize) -> impl Iterator<Item = (usize, &'h RegisterRow)> {
        let data = &self.handbook.register_set.data;
        let rows = data.rows.iter().enumerate();
        rows.filter(move |(_, row)| row.kind.register == self.position && row.kind.kind == kind)
            .filter(move |(_, row)| self.covers(data.period(row)))
    }

    fn file_of(&self, row: &RegisterRow) -> &'h RegisterFile {
        &self.handbook.register_set.data.files[row.file]
    }

    fn today(&self) -> Date {
        self.handbook.today
    }
}

/// Where a row stands: `open`, `closed` or `void`.
fn state(row: &RegisterRow, today: Date) -> &'static str {
    match (row.void.is_some(), row.is_open(today)) {
        (true, _) => "void",
        (false, true) => "open",
        (false, false) => "closed",
    }
}
