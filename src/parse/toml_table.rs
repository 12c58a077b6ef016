//! TOML with the place of every key and value: one table at a time, read and written key by key.
//!
//! Stands between the `toml` crate and whatever gives a file its meaning. Reading never stops at a fault: each is
//! reported with its span, unknown keys with the key that was probably meant. Writing gives one line a key. It knows
//! the form of values, not what any file is for.

mod places;
mod reader;
mod value;
mod writer;

use std::cell::RefCell;

use toml::de::DeTable;

use super::problem::{Problem, ProblemKind};
use crate::source::{FileId, Place, Span};

pub use places::KeyPlaces;
pub use reader::{TableReader, type_of};
pub use value::{KeyReader, TomlValue};
pub use writer::TableWriter;

/// Where the readers of one file report to.
#[derive(Debug)]
pub struct Context {
    file: FileId,
    offset: usize,
    problems: RefCell<Vec<Problem>>,
}

impl Context {
    /// Reports faults of a TOML text that starts at byte `offset` of `file`.
    pub fn new(file: FileId, offset: usize) -> Self {
        Self { file, offset, problems: RefCell::default() }
    }

    /// Adds a fault.
    pub fn report(&self, span: Span, kind: ProblemKind) {
        self.problems.borrow_mut().push(Problem { kind, place: Place { file: self.file, span } });
    }

    /// The file's span of a range of the TOML text.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::from(range).shift(self.offset)
    }

    /// All faults reported.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }
}

/// Parses a whole TOML text and reads its top level. Syntax errors are reported; what could be read is read.
pub fn read_toml<T>(context: &Context, text: &str, read: impl FnOnce(&mut TableReader<'_, '_>) -> T) -> T {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        context.report(context.span(range), ProblemKind::Toml(error.message().to_owned()));
    }
    let mut reader = TableReader::new(context, table.get_ref(), context.span(0..0), String::new());
    let value = read(&mut reader);
    reader.finish();
    value
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::model::id::Version;
    use crate::parse::problem::{Expected, ValueType};
    use crate::source::SourceDb;

    fn context() -> Context {
        Context::new(SourceDb::default().add("x.toml", String::new()), 0)
    }

    #[test]
    fn one_reading_reports_every_fault_at_its_place() {
        let text = "[[row]]\nname = \" \"\nday = \"2026-04-01\"\nverson = \"1.0\"\nroles = [\"a\", 1, \"b\"]\n";
        let context = context();
        let roles = read_toml(&context, text, |top| {
            top.tables("row", |row| {
                row.required::<String>("name");
                row.required::<Date>("day");
                row.required::<Version>("version");
                let roles = row.strings("roles");
                let spans: Vec<Span> = row.places().items("roles").collect();
                Some((roles, spans))
            })
        });
        let (roles, spans) = &roles[0];
        assert_eq!(roles.iter().map(|role| role.value.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(roles.iter().map(|role| role.span).collect::<Vec<_>>(), *spans, "the item left out shifts no place");
        let found = context.into_problems();
        let found: Vec<(&str, &ProblemKind)> = found
            .iter()
            .map(|problem| (&text[problem.place.span.start..problem.place.span.end], &problem.kind))
            .collect();
        let row = || "[[row]]".to_owned();
        let wrong = |key: &str, expected, found| ProblemKind::WrongType { key: key.to_owned(), expected, found };
        let blank = ProblemKind::InvalidValue { key: "name".into(), found: " ".into(), expected: Expected::NotEmpty };
        let unknown = ProblemKind::UnknownKey { key: "verson".into(), table: row(), suggestion: Some("version") };
        assert_eq!(
            found,
            [
                ("\" \"", &blank),
                ("\"2026-04-01\"", &wrong("day", ValueType::Date, ValueType::String)),
                ("[[row]]", &ProblemKind::MissingKey { key: "version", table: row() }),
                ("1", &wrong("roles", ValueType::String, ValueType::Integer)),
                ("verson", &unknown),
            ]
        );
    }

    #[test]
    fn what_is_written_reads_back_with_the_place_of_each_item() {
        let words = ["a\"b\\c".to_owned(), "第8条を\n新設\u{1}\u{7f}".to_owned()];
        let mut table = TableWriter::array_entry("row");
        table.value("day", &date(2026, 4, 1));
        table.list("words", &words);
        table.inline_table("read", [("C-5.12", &Version { major: 1, minor: 3 })]);
        let text = table.into_text();
        let context = context();
        read_toml(&context, &text, |top| {
            top.tables("row", |row| {
                assert_eq!(row.date("day").unwrap().value, date(2026, 4, 1));
                assert_eq!(row.strings("words").iter().map(|word| word.value.clone()).collect::<Vec<_>>(), words);
                let read = row.map::<Version>("read");
                assert_eq!((read[0].0.value.as_str(), read[0].1.value), ("C-5.12", Version { major: 1, minor: 3 }));
                let at = |span: Span| &text[span.start..span.end];
                assert_eq!(row.places().get("day").map(at), Some("2026-04-01"));
                assert_eq!(row.places().items("day").map(at).collect::<Vec<_>>(), ["2026-04-01"]);
                assert_eq!(row.places().get("read").map(at), Some("{ \"C-5.12\" = \"1.3\" }"));
                assert_eq!(row.places().items("read").map(at).collect::<Vec<_>>(), ["\"C-5.12\""]);
                Some(())
            })
        });
        assert_eq!(context.into_problems(), []);
    }
}
