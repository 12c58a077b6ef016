//! Reads one TOML table key by key, keeping spans and reporting every fault instead of the first.
//!
//! A reader is told each key it may hold by the calls made on it; [`TableReader::finish`] reports the rest as
//! unknown. Byte spans are shifted by the start of the TOML text in its file.

use std::cell::RefCell;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::problem::{Expected, Problem, ProblemKind, ValueType};
use crate::model::id::{Interval, Version};
use crate::source::{FileId, Place, Span, Spanned};

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

/// Reads the keys of one table.
pub struct TableReader<'c, 't> {
    context: &'c Context,
    table: &'t DeTable<'t>,
    span: Span,
    name: String,
    known: Vec<&'static str>,
    open: bool,
}

fn type_of(value: &DeValue<'_>) -> ValueType {
    match value {
        DeValue::String(_) => ValueType::String,
        DeValue::Integer(_) => ValueType::Integer,
        DeValue::Float(_) => ValueType::Float,
        DeValue::Boolean(_) => ValueType::Boolean,
        DeValue::Datetime(d) if d.time.is_none() && d.offset.is_none() => ValueType::Date,
        DeValue::Datetime(_) => ValueType::DateTime,
        DeValue::Array(_) => ValueType::Array,
        DeValue::Table(_) => ValueType::Table,
    }
}

impl<'c, 't> TableReader<'c, 't> {
    fn new(context: &'c Context, table: &'t DeTable<'t>, span: Span, name: String) -> Self {
        Self { context, table, span, name, known: Vec::new(), open: false }
    }

    /// The table's span: its header, or the value where it is inline.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Where faults are reported.
    pub fn context(&self) -> &'c Context {
        self.context
    }

    fn value(&mut self, key: &'static str) -> Option<(&'t DeValue<'t>, Span)> {
        self.known.push(key);
        let value = self.table.get(key)?;
        Some((value.get_ref(), self.context.span(value.span())))
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&self, key: &str, span: Span, expected: ValueType, found: &DeValue<'_>) {
        let found = type_of(found);
        self.context.report(span, ProblemKind::WrongType { key: key.to_owned(), expected, found });
    }

    /// Reports that a required key is absent.
    fn missing(&self, key: &'static str) {
        self.context.report(self.span, ProblemKind::MissingKey { key, table: self.name.clone() });
    }

    /// Reports a value that is not allowed.
    pub fn invalid(&self, key: &str, value: &Spanned<String>, expected: Expected) {
        let kind = ProblemKind::InvalidValue { key: key.to_owned(), found: value.value.clone(), expected };
        self.context.report(value.span, kind);
    }

    /// Whether the table holds a key, of any type.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// An optional string.
    pub fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let (value, span) = self.value(key)?;
        match value.as_str() {
            Some(text) => Some(Spanned::new(text.to_owned(), span)),
            None => {
                self.wrong_type(key, span, ValueType::String, value);
                None
            }
        }
    }

    /// A required string that is not blank.
    pub fn required_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        let text = self.string(key)?;
        if text.value.trim().is_empty() {
            self.invalid(key, &text, Expected::NotEmpty);
            return None;
        }
        Some(text)
    }

    /// An optional truth value.
    pub fn boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        let (value, span) = self.value(key)?;
        match value.as_bool() {
            Some(flag) => Some(Spanned::new(flag, span)),
            None => {
                self.wrong_type(key, span, ValueType::Boolean, value);
                None
            }
        }
    }

    /// A required truth value.
    pub fn required_boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        self.boolean(key)
    }

    /// An optional whole number from 1.
    pub fn count(&mut self, key: &'static str) -> Option<Spanned<usize>> {
        let (value, span) = self.value(key)?;
        let number = value.as_integer().and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        match number.filter(|number| *number > 0) {
            Some(number) => Some(Spanned::new(number, span)),
            None => {
                self.wrong_type(key, span, ValueType::Integer, value);
                None
            }
        }
    }

    /// A required whole number from 1.
    pub fn required_count(&mut self, key: &'static str) -> Option<Spanned<usize>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        self.count(key)
    }

    /// An optional whole number from 1, or a list of them; those outside `allowed` are reported and left out.
    pub fn numbers(&mut self, key: &'static str, allowed: std::ops::RangeInclusive<usize>) -> Vec<Spanned<usize>> {
        let Some((value, span)) = self.value(key) else { return Vec::new() };
        let one = |value: &DeValue<'_>, span: Span| {
            let number = value.as_integer().and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
            let number = number.filter(|number| allowed.contains(number));
            if number.is_none() {
                self.wrong_type(key, span, ValueType::Integer, value);
            }
            number.map(|number| Spanned::new(number, span))
        };
        match value {
            DeValue::Array(array) => {
                array.iter().filter_map(|entry| one(entry.get_ref(), self.context.span(entry.span()))).collect()
            }
            value => one(value, span).into_iter().collect(),
        }
    }

    /// An optional calendar date without time.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        let (value, span) = self.value(key)?;
        let date = match value {
            DeValue::Datetime(d) if d.time.is_none() && d.offset.is_none() => d.date.as_ref().and_then(|d| {
                // The TOML parser has refused impossible days already; a failure here is reported all the same.
                Date::new(i16::try_from(d.year).ok()?, i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?).ok()
            }),
            _ => None,
        };
        if date.is_none() {
            self.wrong_type(key, span, ValueType::Date, value);
        }
        date.map(|date| Spanned::new(date, span))
    }

    /// A required calendar date.
    pub fn required_date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        self.date(key)
    }

    /// An optional list of strings; entries of another type are reported and left out.
    pub fn strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some((value, span)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value else {
            self.wrong_type(key, span, ValueType::Strings, value);
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in array {
            let span = self.context.span(entry.span());
            match entry.get_ref().as_str() {
                Some(text) => found.push(Spanned::new(text.to_owned(), span)),
                None => self.wrong_type(key, span, ValueType::String, entry.get_ref()),
            }
        }
        found
    }

    /// An optional version.
    pub fn version(&mut self, key: &'static str) -> Option<Spanned<Version>> {
        let text = self.string(key)?;
        let version = Version::parse(&text.value);
        if version.is_none() {
            self.context.report(text.span, ProblemKind::InvalidVersion(text.value.clone()));
        }
        version.map(|version| Spanned::new(version, text.span))
    }

    /// A required version.
    pub fn required_version(&mut self, key: &'static str) -> Option<Spanned<Version>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        self.version(key)
    }

    /// An optional interval.
    pub fn interval(&mut self, key: &'static str) -> Option<Spanned<Interval>> {
        let text = self.string(key)?;
        let interval = Interval::parse(&text.value);
        if interval.is_none() {
            self.invalid(key, &text, Expected::Interval);
        }
        interval.map(|interval| Spanned::new(interval, text.span))
    }

    /// An optional word out of a list, as what `choose` makes of it.
    pub fn choice<T>(
        &mut self,
        key: &'static str,
        allowed: &[&str],
        choose: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let text = self.string(key)?;
        let chosen = choose(&text.value);
        if chosen.is_none() {
            self.invalid(key, &text, Expected::OneOf(allowed.iter().map(|s| (*s).to_owned()).collect()));
        }
        chosen.map(|value| Spanned::new(value, text.span))
    }

    /// A sub-table, read by `read`.
    pub fn table<T>(&mut self, key: &'static str, read: impl FnOnce(&mut TableReader<'_, '_>) -> T) -> Option<T> {
        let (value, span) = self.value(key)?;
        let Some(table) = value.as_table() else {
            self.wrong_type(key, span, ValueType::Table, value);
            return None;
        };
        let mut reader = TableReader::new(self.context, table, span, self.sub_name(key, false));
        let value = read(&mut reader);
        reader.finish();
        Some(value)
    }

    /// An array of tables, each read by `read`; entries for which it returns `None` are left out.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut TableReader<'_, '_>) -> Option<T>,
    ) -> Vec<T> {
        let Some((value, span)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value else {
            self.wrong_type(key, span, ValueType::Tables, value);
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in array {
            let span = self.context.span(entry.span());
            let Some(table) = entry.get_ref().as_table() else {
                self.wrong_type(key, span, ValueType::Table, entry.get_ref());
                continue;
            };
            let mut reader = TableReader::new(self.context, table, span, self.sub_name(key, true));
            found.extend(read(&mut reader));
            reader.finish();
        }
        found
    }

    /// Every entry of a table whose keys are free, such as rule names: key, value and the value's span.
    pub fn entries(&mut self) -> Vec<(Spanned<String>, &'t DeValue<'t>, Span)> {
        self.open = true;
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                let name = Spanned::new(key.get_ref().to_string(), self.context.span(key.span()));
                (name, value.get_ref(), self.context.span(value.span()))
            })
            .collect();
        entries.sort_by_key(|(key, _, _)| key.span);
        entries
    }

    /// A reader for the table value of a free key.
    pub fn entry_reader(&self, key: &str, value: &'t DeValue<'t>, span: Span) -> Option<TableReader<'c, 't>> {
        let table = value.as_table()?;
        let name = if self.name.is_empty() {
            format!("[{key}]")
        } else {
            format!("[{}.{key}]", self.name.trim_matches(['[', ']']))
        };
        Some(TableReader::new(self.context, table, span, name))
    }

    /// A table of free keys with versions as values, such as `against`.
    pub fn versions(&mut self, key: &'static str) -> Vec<(Spanned<String>, Spanned<Version>)> {
        let context = self.context;
        self.table(key, |reader| {
            let mut found = Vec::new();
            for (name, value, span) in reader.entries() {
                match value.as_str().map(|text| (text, Version::parse(text))) {
                    Some((_, Some(version))) => found.push((name, Spanned::new(version, span))),
                    Some((text, None)) => context.report(span, ProblemKind::InvalidVersion(text.to_owned())),
                    None => reader.wrong_type(&name.value, span, ValueType::String, value),
                }
            }
            found
        })
        .unwrap_or_default()
    }

    fn sub_name(&self, key: &str, array: bool) -> String {
        let outer = self.name.trim_matches(['[', ']']);
        let path = if outer.is_empty() { key.to_owned() } else { format!("{outer}.{key}") };
        if array { format!("[[{path}]]") } else { format!("[{path}]") }
    }

    /// Lets keys through that no call has asked for.
    pub fn ignore_unknown(&mut self) {
        self.open = true;
    }

    /// Reports every key that no call has asked for. Called by the reader that made this one.
    pub fn finish(self) {
        if self.open {
            return;
        }
        let mut unknown: Vec<_> =
            self.table.keys().filter(|key| !self.known.iter().any(|known| *known == key.get_ref().as_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let name = key.get_ref().to_string();
            let suggestion = self
                .known
                .iter()
                // A key that stands here already was not misspelled, and renaming to it would set it twice.
                .filter(|known| !self.has(known))
                // The distance is at least the difference in length, and costs both lengths multiplied.
                .filter(|known| known.len().abs_diff(name.chars().count()) <= 1 + known.len() / 4)
                .map(|known| (strsim::damerau_levenshtein(known, &name), *known))
                .min()
                .filter(|(distance, known)| *distance <= 1 + known.len() / 4)
                .map(|(_, known)| known);
            let kind = ProblemKind::UnknownKey { key: name, table: self.name.clone(), suggestion };
            self.context.report(self.context.span(key.span()), kind);
        }
    }
}
