//! Rows as they stand in files below `records/<register>/`: each value with its place. A register is the union of its
//! files; a row that moves from one to another is the same row.

mod reader;
pub(super) mod values;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::definition::{Field, KindRef};
use super::finding::RegisterFinding;
use super::library::Library;
use super::number::Number;
use crate::parse::Problem;
use crate::source::{FileId, Place, Span, Spanned};

/// A file of a register.
#[derive(Debug, Clone)]
pub struct RegisterFile {
    /// Its text.
    pub file: FileId,
    /// Its register, in the library.
    pub register: usize,
    /// Its title.
    pub title: Option<String>,
    /// What it covers.
    pub period: Option<Spanned<String>>,
    /// The keys that every row of it would repeat.
    pub head: Values,
}

/// A row.
#[derive(Debug, Clone)]
pub struct RegisterRow {
    /// What it is a row of.
    pub kind: KindRef,
    /// Its file, by position in [`Data::files`].
    pub file: usize,
    /// Its header in the file.
    pub place: Place,
    /// Its fields.
    pub values: Values,
    /// The last day on which it counts.
    pub closed_on: Option<Spanned<Date>>,
    /// Why it never counted.
    pub void: Option<Spanned<String>>,
}

impl RegisterRow {
    /// Whether the row counts on a day.
    pub fn is_open(&self, day: Date) -> bool {
        self.void.is_none() && self.closed_on.as_ref().is_none_or(|closed| day <= closed.value)
    }
}

/// The fields of a row, or the keys of a file, as stated: by position among the fields of the definition.
#[derive(Debug, Clone, Default)]
pub struct Values {
    stated: BTreeMap<usize, Spanned<Stated>>,
    /// Fields that state something of the wrong type.
    unreadable: BTreeSet<usize>,
}

impl Values {
    /// The value of a field.
    pub fn get(&self, field: usize) -> Option<&Spanned<Stated>> {
        self.stated.get(&field)
    }

    /// Whether the file states something for a field, readable or not.
    pub fn has(&self, field: usize) -> bool {
        self.stated.contains_key(&field) || self.unreadable.contains(&field)
    }

    /// Whether what the file states for a field cannot be read.
    pub fn is_unreadable(&self, field: usize) -> bool {
        self.unreadable.contains(&field)
    }

    /// Every value.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Spanned<Stated>)> {
        self.stated.iter().map(|(field, value)| (*field, value))
    }

    /// Whether a group of fields, by the path with which theirs begin, states anything.
    pub fn has_group(&self, fields: &[Field], group: &str) -> bool {
        let all = self.stated.keys().chain(&self.unreadable);
        all.into_iter().any(|field| fields[*field].path.starts_with(group))
    }
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl Month {
    /// Reads `2026-09`.
    pub fn parse(text: &str) -> Option<Self> {
        let first: Date = format!("{text}-01").parse().ok().filter(|_| text.len() == 7)?;
        Some(Self { year: first.year(), month: first.month() })
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A value as stated.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// A text, a word, an id, a reference.
    Word(String),
    /// A figure.
    Number(Number),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// Several values.
    List(Vec<Spanned<Self>>),
    /// A table of figures by one or two words.
    Lookup(BTreeMap<Vec<String>, Number>),
    /// Steps of a scale, from the lowest.
    Bands(Vec<BandStep>),
}

/// A step of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct BandStep {
    /// Its id.
    pub id: String,
    /// The figure it begins with.
    pub from: Number,
    /// Whether what stands on it may be accepted.
    pub acceptable: Option<bool>,
}

/// All rows of all registers.
#[derive(Debug, Default)]
pub struct Data {
    /// Files, by path.
    pub files: Vec<RegisterFile>,
    /// Rows, in the order of files and, within a file, of places.
    pub rows: Vec<RegisterRow>,
    /// Registers of which a part could not be read: what they hold is unknown.
    pub unread: BTreeSet<usize>,
}

/// A file to be read.
#[derive(Debug, Clone, Copy)]
pub struct DataFile<'t> {
    /// The file.
    pub file: FileId,
    /// Its register.
    pub register: usize,
    /// Its text.
    pub text: &'t str,
}

impl Data {
    /// Reads files. Faults of TOML come as problems, everything else as findings.
    pub fn read(library: &Library, files: &[DataFile<'_>]) -> (Self, Vec<Problem>, Vec<RegisterFinding>) {
        let mut data = Self::default();
        let (mut problems, mut findings) = (Vec::new(), Vec::new());
        for file in files {
            if library.is_faulty(file.register) {
                data.unread.insert(file.register);
                continue;
            }
            let read = reader::read(library, file, data.files.len());
            if !read.problems.is_empty() {
                data.unread.insert(file.register);
                problems.extend(read.problems);
            } else {
                findings.extend(read.findings);
            }
            data.files.push(read.file);
            data.rows.extend(read.rows);
        }
        (data, problems, findings)
    }

    /// The period of a row's file.
    pub fn period(&self, row: &RegisterRow) -> Option<&str> {
        self.files[row.file].period.as_ref().map(|period| period.value.as_str())
    }

    /// The id of a row.
    pub fn id<'d>(&'d self, library: &Library, row: &'d RegisterRow) -> Option<&'d Spanned<Stated>> {
        row.values.get(library.definitions[row.kind.register].kinds[row.kind.kind].id()?)
    }

    /// Where a row is pointed at: its id, or its header.
    pub fn place(&self, library: &Library, row: &RegisterRow) -> Place {
        let span: Span = self.id(library, row).map_or(row.place.span, |id| id.span);
        Place { span, ..row.place }
    }
}

/// As people write it: several values one a line, tables and scales as their entries.
impl std::fmt::Display for Stated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Number(number) => number.fmt(f),
            Self::YesNo(true) => f.write_str("true"),
            Self::YesNo(false) => f.write_str("false"),
            Self::Date(date) => date.fmt(f),
            Self::Month(month) => month.fmt(f),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.value.to_string()).collect();
                f.write_str(&items.join("\n"))
            }
            Self::Lookup(cells) => {
                let cells: Vec<String> =
                    cells.iter().map(|(keys, figure)| format!("{} = {figure}", keys.join(", "))).collect();
                f.write_str(&cells.join("\n"))
            }
            Self::Bands(steps) => {
                let steps: Vec<String> = steps.iter().map(|step| format!("{} = {}", step.id, step.from)).collect();
                f.write_str(&steps.join("\n"))
            }
        }
    }
}
