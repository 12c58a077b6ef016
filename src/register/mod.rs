//! Registers as data: what assets there are, which risks, what was found and done. A register is a definition (kinds of
//! rows with a line a field, computed fields, rules) and rows in TOML files; nothing here knows any one register.
//!
//! [`definition`] and [`expression`] say what a register is, [`data`] what its files state, [`judge`] what is wrong with
//! that and what comes of it. Reads texts, knows of the handbook what [`surroundings`] tells, reports [`finding`]s.

pub mod data;
pub mod definition;
mod evaluator;
pub mod expression;
pub mod finding;
mod index;
pub mod judge;
pub mod library;
pub mod number;
pub mod surroundings;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::locale::Language;
use crate::model::term::Record;
use crate::parse::Problem;
use crate::source::{FileId, SourceDb};
use data::{Data, DataFile};
pub use finding::{Fault, RegisterFinding};
use judge::{Judgement, judge};
use library::{Built, Library, OwnDefinition};
use surroundings::Surroundings;

/// Folder of an organisation's own definitions, below that of records.
pub const DEFINITIONS: &str = "definitions";

/// All registers of a handbook.
#[derive(Debug, Default)]
pub struct RegisterSet {
    /// Definitions.
    pub library: Library,
    /// Rows.
    pub data: Data,
    /// The files of both.
    files: BTreeSet<FileId>,
    /// What was found while reading.
    read: Vec<RegisterFinding>,
    judged: OnceLock<Judgement>,
}

/// A TOML file below the records folder.
#[derive(Debug, Clone, Copy)]
pub struct RecordFile<'t> {
    /// The file.
    pub file: FileId,
    /// Its path below the records folder.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

impl RecordFile<'_> {
    /// The name of its definition, where it is one.
    fn definition(&self) -> Option<&str> {
        let name = self.name.strip_prefix(DEFINITIONS)?.strip_prefix('/')?;
        name.strip_suffix(".toml").filter(|name| !name.contains('/'))
    }

    /// The register that its place names: its folder, or its own name.
    fn register(&self) -> Option<&str> {
        let name = self.name.strip_suffix(".toml")?;
        Some(name.split_once('/').map_or(name, |(folder, _)| folder))
    }
}

impl RegisterSet {
    /// Reads the definitions and registers among files. Gives the faults of TOML besides.
    pub fn read(files: &[RecordFile<'_>]) -> (Self, Vec<Problem>) {
        let own: Vec<OwnDefinition<'_>> = files
            .iter()
            .filter_map(|file| Some(OwnDefinition { file: file.file, name: file.definition()?, text: file.text }))
            .collect();
        let Built { library, mut problems, findings: mut read } = Library::build(&own);
        let rows: Vec<DataFile<'_>> = files
            .iter()
            .filter(|file| file.definition().is_none())
            .filter_map(|file| {
                Some(DataFile { file: file.file, register: library.position(file.register()?)?, text: file.text })
            })
            .collect();
        let files = own.iter().map(|own| own.file).chain(rows.iter().map(|row| row.file)).collect();
        let (data, faults, findings) = Data::read(&library, &rows);
        problems.extend(faults);
        read.extend(findings);
        (Self { library, data, files, read, judged: OnceLock::new() }, problems)
    }

    /// Whether a file holds a definition or rows.
    pub fn holds(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    /// Every file that holds a definition or rows.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.iter().copied()
    }

    /// Whether what is written names a row, as `assets/A-001` does.
    pub fn has_row(&self, written: &str) -> bool {
        let Some((register, id)) = written.split_once('/') else { return false };
        let Some(register) = self.library.position(register) else { return false };
        let (id, period) = id.split_once('@').map_or((id, None), |(id, period)| (id, Some(period)));
        self.data.rows.iter().filter(|row| row.kind.register == register).any(|row| {
            let named = matches!(self.data.id(&self.library, row).map(|id| &id.value), Some(data::Stated::Word(known)) if known == id);
            named && period.is_none_or(|period| self.data.period(row) == Some(period))
        })
    }

    /// Each register that has files, as what references name: by its id, with the title of its only file or else the
    /// name of its definition.
    pub fn records(&self, sources: &SourceDb, language: Language) -> Vec<Record> {
        let registers = self.library.definitions.iter().enumerate();
        let records = registers.filter_map(|(register, definition)| {
            let mut files = self.data.files.iter().filter(|file| file.register == register);
            let first = files.next()?;
            let title = first.title.clone().filter(|_| files.next().is_none());
            let title = title.unwrap_or_else(|| definition.name.get(language).to_owned());
            let path = sources.file(first.file).path().to_owned();
            Some(Record { id: definition.id.value.clone(), title: Some(title), path })
        });
        records.collect()
    }

    /// What comes of the rows, on the handbook's day; made when something first asks.
    pub fn judgement(&self, around: &dyn Surroundings) -> &Judgement {
        self.judged.get_or_init(|| judge(&self.library, &self.data, around))
    }

    /// Everything that is wrong.
    pub fn findings<'s>(&'s self, around: &dyn Surroundings) -> impl Iterator<Item = &'s RegisterFinding> {
        self.read.iter().chain(&self.judgement(around).findings)
    }
}
