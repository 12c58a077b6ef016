//! Tables of evidence: rows of named values, as JSON with a row a line and as CSV for spreadsheets. What a pack says
//! stands in tables only; pages show them, and `verify` compares them.

use serde_json::Value;

use super::grade::{Claim, Grade};
use crate::markup::escape::spreadsheet_cell;

/// What the values of a column are, for whoever shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text as it stands, or a list of texts.
    Text,
    /// A code, or a list of codes, with words in the catalogue under this beginning.
    Code(&'static str),
    /// A day.
    Date,
    /// A commit or another git object.
    Object,
    /// Yes or no.
    Flag,
    /// A document's id, which has a page of its own where the pack holds its text.
    Document,
}

/// A column of a table. The keys are a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Key in JSON and heading in CSV.
    pub key: &'static str,
    /// What its values are.
    pub kind: Kind,
}

/// A column of plain text.
pub const fn text(key: &'static str) -> Column {
    Column { key, kind: Kind::Text }
}

/// A column of days.
pub const fn date(key: &'static str) -> Column {
    Column { key, kind: Kind::Date }
}

/// A column of names of git objects.
pub const fn object(key: &'static str) -> Column {
    Column { key, kind: Kind::Object }
}

/// A column of yes and no.
pub const fn flag(key: &'static str) -> Column {
    Column { key, kind: Kind::Flag }
}

/// A column of codes.
pub const fn code(key: &'static str, words: &'static str) -> Column {
    Column { key, kind: Kind::Code(words) }
}

/// A column of document ids.
pub const fn document(key: &'static str) -> Column {
    Column { key, kind: Kind::Document }
}

/// One row: a value for each column, and what is claimed by them.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// In the order of the table's columns.
    pub values: Vec<Value>,
    /// Graded claims.
    pub claims: Vec<Claim>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name of its files.
    pub name: &'static str,
    /// Its columns; the first is the row's own name, unique in the table.
    pub columns: &'static [Column],
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row in the making.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    values: Vec<(&'static str, Value)>,
    claims: Vec<Claim>,
}

impl Draft {
    /// Sets a value; none leaves the cell empty.
    #[must_use]
    pub fn set(mut self, key: &'static str, value: impl Cell) -> Self {
        self.values.push((key, value.value()));
        self
    }

    /// Adds a claim.
    #[must_use]
    pub fn claim(mut self, claim: Claim) -> Self {
        self.claims.push(claim);
        self
    }
}

/// What can stand in a cell.
pub trait Cell {
    /// The value.
    fn value(self) -> Value;
}

impl Cell for &str {
    fn value(self) -> Value {
        Value::from(self)
    }
}
impl Cell for String {
    fn value(self) -> Value {
        Value::from(self)
    }
}
impl Cell for &String {
    fn value(self) -> Value {
        Value::from(self.as_str())
    }
}
impl Cell for bool {
    fn value(self) -> Value {
        Value::from(self)
    }
}
impl Cell for i64 {
    fn value(self) -> Value {
        Value::from(self)
    }
}
impl Cell for jiff::civil::Date {
    fn value(self) -> Value {
        Value::from(self.to_string())
    }
}
impl Cell for Vec<String> {
    fn value(self) -> Value {
        Value::from(self)
    }
}
impl Cell for crate::history::CommitId {
    fn value(self) -> Value {
        Value::from(self.to_string())
    }
}
impl Cell for crate::history::BlobId {
    fn value(self) -> Value {
        Value::from(self.to_string())
    }
}
impl<C: Cell> Cell for Option<C> {
    fn value(self) -> Value {
        self.map_or(Value::Null, Cell::value)
    }
}

impl Table {
    /// A table without rows.
    pub fn new(name: &'static str, columns: &'static [Column]) -> Self {
        Self { name, columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, draft: Draft) {
        let mut values = vec![Value::Null; self.columns.len()];
        for (key, value) in draft.values {
            let at = self.columns.iter().position(|column| column.key == key);
            debug_assert!(at.is_some(), "{} has no column {key}", self.name);
            if let Some(at) = at {
                values[at] = value;
            }
        }
        self.rows.push(Row { values, claims: draft.claims });
    }

    /// The value of a column in a row; nothing where there is no such column.
    pub fn get<'t>(&self, row: &'t Row, key: &str) -> &'t Value {
        let at = self.columns.iter().position(|column| column.key == key);
        at.and_then(|at| row.values.get(at)).unwrap_or(&Value::Null)
    }

    /// How many rows have a value in a column.
    pub fn count(&self, key: &str, value: impl Cell) -> usize {
        let value = value.value();
        self.rows.iter().filter(|row| *self.get(row, key) == value).count()
    }

    /// The table as it stands in files: its columns, and behind them the claims by grade.
    pub fn plain(&self) -> Plain {
        let mut columns: Vec<String> = self.columns.iter().map(|column| column.key.to_owned()).collect();
        let graded = self.rows.iter().any(|row| !row.claims.is_empty());
        if graded {
            columns.extend(Grade::ALL.map(|grade| grade.column().to_owned()));
        }
        let rows = self.rows.iter().map(|row| {
            let mut values = row.values.clone();
            if graded {
                values.extend(Grade::ALL.map(|grade| {
                    let claims = row.claims.iter().filter(|claim| claim.grade == grade);
                    Value::from(claims.map(|claim| claim.what).collect::<Vec<_>>())
                }));
            }
            values
        });
        let rows = rows.collect();
        Plain { columns, rows }
    }
}

/// A table as files hold it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plain {
    /// Keys.
    pub columns: Vec<String>,
    /// Values in the order of the columns.
    pub rows: Vec<Vec<Value>>,
}

impl Plain {
    /// JSON with a row a line, so that a difference has a place.
    pub fn json(&self) -> String {
        let text = |text: &str| Value::from(text).to_string();
        let columns: Vec<String> = self.columns.iter().map(|key| text(key)).collect();
        let mut out = format!("{{\"schema\":1,\"columns\":[{}],\"rows\":[\n", columns.join(","));
        for (at, row) in self.rows.iter().enumerate() {
            let pairs: Vec<String> = columns.iter().zip(row).map(|(key, value)| format!("{key}:{value}")).collect();
            let end = if at + 1 < self.rows.len() { "," } else { "" };
            out.push_str(&format!("{{{}}}{end}\n", pairs.join(",")));
        }
        out.push_str("]}\n");
        out
    }

    /// Reads what [`Plain::json`] writes, in whatever layout.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(text).ok()?;
        if value.get("schema") != Some(&Value::from(1)) {
            return None;
        }
        let columns = value.get("columns")?.as_array()?.iter();
        let columns: Vec<String> = columns.map(|key| key.as_str().map(str::to_owned)).collect::<Option<_>>()?;
        let rows = value.get("rows")?.as_array()?.iter().map(|row| {
            let row = row.as_object().filter(|row| row.len() == columns.len())?;
            columns.iter().map(|key| row.get(key).cloned()).collect::<Option<Vec<Value>>>()
        });
        let rows = rows.collect::<Option<_>>()?;
        Some(Self { columns, rows })
    }

    /// CSV for spreadsheets: UTF-8 with a byte order mark, records ending with CRLF (RFC 4180), and nothing that a
    /// spreadsheet would take for a formula.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xef, 0xbb, 0xbf]);
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>());
        for row in std::iter::once(self.columns.clone()).chain(rows) {
            // Writing into memory cannot fail, and every row has as many cells as there are columns.
            drop(writer.write_record(row));
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// A value as text.
pub fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn cell(value: &Value) -> String {
    spreadsheet_cell(&words(value)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[text("id"), text("words"), flag("good")];

    fn table() -> Table {
        let mut table = Table::new("test", COLUMNS);
        table.push(Draft::default().set("id", "a").set("words", "改訂, \"一\"\n二").set("good", true));
        table.push(
            Draft::default()
                .set("id", "b")
                .set("words", vec!["=1+2".to_owned(), "x".to_owned()])
                .claim(Claim::not_provable("decided", "outside")),
        );
        table
    }

    #[test]
    fn a_table_is_read_back_as_it_was_written() {
        let plain = table().plain();
        let json = plain.json();
        assert_eq!(json.lines().count(), 4, "{json}");
        assert_eq!(Plain::parse(json.as_bytes()), Some(plain));
        assert_eq!(Plain::parse(json.replace("\"good\":true,", "").as_bytes()), None, "a missing cell");
        assert_eq!(Plain::parse(b"{"), None);
    }

    #[test]
    fn spreadsheets_read_it_and_compute_nothing() {
        let csv = String::from_utf8(table().plain().csv()).unwrap();
        assert_eq!(
            csv,
            "\u{feff}id,words,good,proved,asserted,not_provable\r\n\
             a,\"改訂, \"\"一\"\"\n二\",true,,,\r\nb,'=1+2; x,,,,decided\r\n"
        );
        for start in ["=", "+", "-", "@", "\t", "\r", "＝"] {
            assert!(cell(&Value::from(format!("{start}cmd"))).starts_with('\''), "{start:?}");
        }
    }
}
