//! Registers as a whole: definitions and rows in, findings at line and column out.

mod built_in;
mod language;

use jiff::civil::date;

use super::surroundings::{DocumentLookup, NameKind, Surroundings};
use super::{RecordFile, RegisterSet};
use crate::locale::{Catalogue, Language};
use crate::source::SourceDb;

/// A small organisation.
pub struct Organisation;

impl Surroundings for Organisation {
    fn today(&self) -> jiff::civil::Date {
        date(2026, 11, 20)
    }
    fn is_known(&self, kind: NameKind, name: &str) -> bool {
        self.names(kind).contains(&name)
    }
    fn names(&self, kind: NameKind) -> Vec<&str> {
        match kind {
            NameKind::Person => vec!["p001", "p002", "p003"],
            NameKind::Role => vec!["risk-owner", "isms-office", "dept-head"],
            NameKind::Classification => vec!["public", "internal", "restricted"],
            NameKind::Term => vec!["残留リスク"],
            NameKind::Document => vec!["P-04", "P-05"],
        }
    }
    fn document(&self, written: &str) -> DocumentLookup {
        match written.split_once('#') {
            None if self.is_known(NameKind::Document, written) => DocumentLookup::Found,
            Some(("P-04" | "P-05", "inventory")) => DocumentLookup::Found,
            Some(("P-04" | "P-05", _)) => DocumentLookup::NoPlace,
            _ => DocumentLookup::NoDocument,
        }
    }
    fn is_own_control(&self, written: &str) -> bool {
        written == "C-X.1"
    }
    fn is_file(&self, path: &str) -> bool {
        path == "records/files/report.pdf"
    }
    fn holds(&self, person: &str, role: &str, _: jiff::civil::Date) -> bool {
        (person, role) == ("p001", "risk-owner")
    }
    fn departments(&self, person: &str, _: jiff::civil::Date, _: jiff::civil::Date) -> Vec<&str> {
        if person == "p002" { vec!["dc"] } else { Vec::new() }
    }
    fn names_of_people(&self) -> Vec<&str> {
        vec!["例示 太郎"]
    }
}

/// Registers read from files below the records folder, and their texts.
pub fn read(files: &[(&str, &str)]) -> (RegisterSet, Vec<crate::parse::Problem>, SourceDb) {
    let mut sources = SourceDb::default();
    let ids: Vec<_> = files.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    let files: Vec<RecordFile<'_>> =
        ids.iter().zip(files).map(|(file, (name, text))| RecordFile { file: *file, name, text }).collect();
    let (set, problems) = RegisterSet::read(&files);
    (set, problems, sources)
}

/// What is found in files: `path:line:column fault: message`.
pub fn found(files: &[(&str, &str)]) -> Vec<String> {
    let (set, problems, sources) = read(files);
    let catalogue = Catalogue::new(Language::En);
    let at = |place: crate::source::Place| {
        let file = sources.file(place.file);
        let position = file.position(place.span.start);
        format!("{}:{}:{}", file.path(), position.line, position.column)
    };
    let mut lines: Vec<String> =
        problems.iter().map(|problem| format!("{} {:?}", at(problem.place), problem.kind)).collect();
    lines.extend(set.findings(&Organisation).map(|finding| {
        assert!(!catalogue.text(&finding.help).is_empty());
        format!("{} {:?}: {}", at(finding.place), finding.fault, catalogue.text(&finding.message))
    }));
    lines
}
