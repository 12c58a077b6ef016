//! The types of single values: each is read from TOML and written as TOML in one place.

use std::num::NonZeroUsize;

use jiff::civil::Date;
use toml::de::DeValue;

use super::Context;
use super::reader::type_of;
use super::writer::quoted;
use crate::model::id::{Interval, Version};
use crate::parse::problem::{Expected, ProblemKind, ValueType};
use crate::source::Span;

/// A type of value that a key can hold.
pub trait TomlValue: Sized {
    /// Reads the value of a key; where it is none of this type, reports that and gives nothing.
    fn read(value: &KeyReader<'_>) -> Option<Self>;

    /// The value as TOML, on one line.
    fn to_toml(&self) -> String;

    /// Whether the value says nothing, so that a required key is as good as absent.
    fn is_blank(&self) -> bool {
        false
    }
}

/// The value of one key, as it stands in the file.
pub struct KeyReader<'r> {
    pub(super) context: &'r Context,
    pub(super) key: &'r str,
    pub(super) value: &'r DeValue<'r>,
    pub(super) span: Span,
}

impl<'r> KeyReader<'r> {
    /// The value where it is a string; anything else is reported.
    pub fn string(&self) -> Option<&'r str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong_type(ValueType::String);
        }
        text
    }

    /// The digits of the value where it is a decimal number, whole or not; anything else is reported.
    pub fn decimal(&self) -> Option<&'r str> {
        let digits = match self.value {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        if digits.is_none() {
            self.wrong_type(ValueType::Float);
        }
        digits
    }

    /// Reports that the value is of another type than expected.
    pub fn wrong_type(&self, expected: ValueType) {
        let found = type_of(self.value);
        self.report(ProblemKind::WrongType { key: self.key.to_owned(), expected, found });
    }

    /// Reports that the value, a string, is not allowed.
    pub fn invalid(&self, expected: Expected) {
        let found = self.value.as_str().unwrap_or_default().to_owned();
        self.report(ProblemKind::InvalidValue { key: self.key.to_owned(), found, expected });
    }

    /// The value as one of some words, as what `choose` makes of it; anything else is reported.
    pub fn choice<T>(&self, allowed: &[&str], choose: impl Fn(&str) -> Option<T>) -> Option<T> {
        let chosen = choose(self.string()?);
        if chosen.is_none() {
            self.invalid(Expected::OneOf(allowed.iter().map(|word| (*word).to_owned()).collect()));
        }
        chosen
    }

    /// Reports a fault of the value.
    pub fn report(&self, kind: ProblemKind) {
        self.context.report(self.span, kind);
    }
}

impl TomlValue for String {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        value.string().map(str::to_owned)
    }

    fn to_toml(&self) -> String {
        quoted(self)
    }

    fn is_blank(&self) -> bool {
        self.trim().is_empty()
    }
}

impl TomlValue for bool {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        let flag = value.value.as_bool();
        if flag.is_none() {
            value.wrong_type(ValueType::Boolean);
        }
        flag
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

/// A whole number from 1.
impl TomlValue for NonZeroUsize {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        let number = value.value.as_integer();
        let number = number.and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok()).and_then(Self::new);
        if number.is_none() {
            value.wrong_type(ValueType::Integer);
        }
        number
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

/// A calendar date without time.
impl TomlValue for Date {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        let date = match value.value {
            DeValue::Datetime(d) if d.time.is_none() && d.offset.is_none() => d.date.as_ref().and_then(|d| {
                // The TOML parser has refused impossible days already; a failure here is reported all the same.
                Self::new(i16::try_from(d.year).ok()?, i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?).ok()
            }),
            _ => None,
        };
        if date.is_none() {
            value.wrong_type(ValueType::Date);
        }
        date
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl TomlValue for Version {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        let text = value.string()?;
        let version = Self::parse(text);
        if version.is_none() {
            value.report(ProblemKind::InvalidVersion(text.to_owned()));
        }
        version
    }

    fn to_toml(&self) -> String {
        quoted(&self.to_string())
    }
}

impl TomlValue for Interval {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        let interval = Self::parse(value.string()?);
        if interval.is_none() {
            value.invalid(Expected::Interval);
        }
        interval
    }

    fn to_toml(&self) -> String {
        quoted(&self.to_string())
    }
}
