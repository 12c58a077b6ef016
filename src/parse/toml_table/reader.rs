//! Reads one table key by key, keeping spans and reporting every fault instead of the first.
//!
//! The calls made on a reader are the keys that its table may hold; [`TableReader::finish`] reports the rest as
//! unknown. Byte spans are shifted by the start of the TOML text in its file.

use std::num::NonZeroUsize;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::{Context, KeyPlaces, KeyReader, TomlValue};
use crate::model::id::Interval;
use crate::parse::problem::{Expected, ProblemKind, ValueType};
use crate::source::{Span, Spanned};

/// Reads the keys of one table.
pub struct TableReader<'c, 't> {
    context: &'c Context,
    table: &'t DeTable<'t>,
    span: Span,
    name: String,
    known: Vec<&'static str>,
    places: KeyPlaces,
    open: bool,
}

/// The type of a value as it stands in the file.
pub fn type_of(value: &DeValue<'_>) -> ValueType {
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
    pub(super) fn new(context: &'c Context, table: &'t DeTable<'t>, span: Span, name: String) -> Self {
        Self { context, table, span, name, known: Vec::new(), places: KeyPlaces::default(), open: false }
    }

    /// The table's span: its header, or the value where it is inline.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Where faults are reported.
    pub fn context(&self) -> &'c Context {
        self.context
    }

    /// Where the values stand that were read so far.
    pub fn places(&self) -> &KeyPlaces {
        &self.places
    }

    fn value(&mut self, key: &'static str) -> Option<(&'t DeValue<'t>, Span)> {
        self.known.push(key);
        let value = self.table.get(key)?;
        let span = self.context.span(value.span());
        self.places.push(key, span);
        Some((value.get_ref(), span))
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&self, key: &str, span: Span, expected: ValueType, found: &DeValue<'_>) {
        let found = type_of(found);
        self.context.report(span, ProblemKind::WrongType { key: key.to_owned(), expected, found });
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

    /// Whether a key holds a list.
    pub fn is_list(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().is_array())
    }

    /// The value of a key, where it is there.
    pub fn optional<T: TomlValue>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        let (value, span) = self.value(key)?;
        let value = T::read(&KeyReader { context: self.context, key, value, span })?;
        Some(Spanned::new(value, span))
    }

    /// Whether a key is there that must be; its absence is reported.
    pub fn require(&mut self, key: &'static str) -> bool {
        let there = self.has(key);
        if !there {
            self.known.push(key);
            self.context.report(self.span, ProblemKind::MissingKey { key, table: self.name.clone() });
        }
        there
    }

    /// The value of a key that must be there and say something.
    pub fn required<T: TomlValue>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        if !self.require(key) {
            return None;
        }
        let value = self.optional::<T>(key)?;
        if value.value.is_blank() {
            let found = self.table.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or_default().to_owned();
            let kind = ProblemKind::InvalidValue { key: key.to_owned(), found, expected: Expected::NotEmpty };
            self.context.report(value.span, kind);
            return None;
        }
        Some(value)
    }

    /// An optional string.
    pub fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.optional(key)
    }

    /// An optional truth value.
    pub fn boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        self.optional(key)
    }

    /// An optional whole number from 1.
    pub fn count(&mut self, key: &'static str) -> Option<Spanned<NonZeroUsize>> {
        self.optional(key)
    }

    /// An optional calendar date without time.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        self.optional(key)
    }

    /// An optional interval.
    pub fn interval(&mut self, key: &'static str) -> Option<Spanned<Interval>> {
        self.optional(key)
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
                Some(text) => {
                    self.places.push(key, span);
                    found.push(Spanned::new(text.to_owned(), span));
                }
                None => self.wrong_type(key, span, ValueType::String, entry.get_ref()),
            }
        }
        found
    }

    /// An optional string, or a list of them.
    pub fn string_or_strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        if self.is_list(key) { self.strings(key) } else { self.string(key).into_iter().collect() }
    }

    /// An optional word out of a list, as what `choose` makes of it.
    pub fn choice<T>(
        &mut self,
        key: &'static str,
        allowed: &[&str],
        choose: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let (value, span) = self.value(key)?;
        let chosen = KeyReader { context: self.context, key, value, span }.choice(allowed, choose)?;
        Some(Spanned::new(chosen, span))
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

    /// A table of free keys, each with a value of one type.
    pub fn map<T: TomlValue>(&mut self, key: &'static str) -> Vec<(Spanned<String>, Spanned<T>)> {
        let context = self.context;
        let read = |reader: &mut TableReader<'_, '_>| {
            let entries = reader.entries().into_iter().filter_map(|(name, value, span)| {
                let value = T::read(&KeyReader { context, key: &name.value, value, span })?;
                Some((name, Spanned::new(value, span)))
            });
            entries.collect()
        };
        let found: Vec<(Spanned<String>, Spanned<T>)> = self.table(key, read).unwrap_or_default();
        for (name, _) in &found {
            self.places.push(key, name.span);
        }
        found
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
