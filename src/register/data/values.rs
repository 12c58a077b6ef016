//! One value: TOML → what a field of that type states, or what is wrong with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::{BandStep, Month, Stated};
use crate::locale::{Text, Words};
use crate::parse::toml_table::type_of;
use crate::register::definition::{Choices, FieldType, TextFormat};
use crate::register::finding::Fault;
use crate::register::number::Number;
use crate::source::{Span, Spanned};

/// What is wrong with a value.
pub struct ValueFault {
    /// The kind of fault.
    pub fault: Fault,
    /// Where.
    pub span: Span,
    /// One phrase.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// What should stand there, where there is no doubt.
    pub replacement: Option<String>,
}

/// Reads a value of a field: its label, its type, what stands there.
pub fn value(label: &Words, of: &FieldType, found: &DeValue<'_>, span: Span) -> Result<Stated, Box<ValueFault>> {
    Value { label, found, span }.read(of)
}

struct Value<'v> {
    label: &'v Words,
    found: &'v DeValue<'v>,
    span: Span,
}

type Read = Result<Stated, Box<ValueFault>>;

impl Value<'_> {
    fn read(&self, of: &FieldType) -> Read {
        match of {
            FieldType::Number { min, max, unit: _ } => self.number(*min, *max),
            FieldType::YesNo => match self.found {
                DeValue::Boolean(flag) => Ok(Stated::YesNo(*flag)),
                _ => self.wrong_type(
                    "register-example-yes-no",
                    self.quoted().and_then(|text| {
                        [("yes", "true"), ("true", "true"), ("no", "false"), ("false", "false")]
                            .into_iter()
                            .find_map(|(written, meant)| (written == text).then(|| meant.to_owned()))
                    }),
                ),
            },
            FieldType::Date => match self.found {
                DeValue::Datetime(d) if d.time.is_none() && d.offset.is_none() => {
                    let date = d.date.as_ref().and_then(|d| {
                        Date::new(i16::try_from(d.year).ok()?, i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?)
                            .ok()
                    });
                    date.map_or_else(|| self.wrong_type("register-example-date", None), |date| Ok(Stated::Date(date)))
                }
                _ => {
                    let meant = self.quoted().and_then(|text| text.parse::<Date>().ok()).map(|date| date.to_string());
                    self.wrong_type("register-example-date", meant)
                }
            },
            FieldType::Month => {
                let text = self.string("register-example-month")?;
                match Month::parse(text) {
                    Some(month) => Ok(Stated::Month(month)),
                    None => self.invalid(text, Text::new("register-example-month"), None),
                }
            }
            FieldType::List(items) => self.list(items),
            FieldType::Lookup(by) => self.lookup(by.len()),
            FieldType::Bands => self.bands(),
            FieldType::Choice(Choices::Fixed(words)) => {
                let text = self.string("register-example-text")?;
                let words = words.iter().map(|word| word.value.as_str());
                if words.clone().any(|word| word == text) {
                    return Ok(Stated::Word(text.to_owned()));
                }
                let near = near(text, words.clone()).map(|word| format!("\"{word}\""));
                let allowed = Text::new("register-one-of").arg("allowed", words.collect::<Vec<_>>().join(", "));
                self.invalid(text, allowed, near)
            }
            FieldType::Id(pattern) => {
                let text = self.string("register-example-text")?;
                match pattern {
                    Some(pattern) if !pattern.matches(text) => {
                        self.invalid(text, Text::new("register-id-form").arg("pattern", &pattern.text), None)
                    }
                    None if !is_id(text) => self.invalid(text, Text::new("register-id-plain"), None),
                    _ => Ok(Stated::Word(text.to_owned())),
                }
            }
            FieldType::Text(format) => {
                let text = self.string("register-example-text")?;
                if text.trim().is_empty() {
                    return self.empty();
                }
                match format_fault(*format, text) {
                    Some(key) => self.invalid(text, Text::new(key), None),
                    None => Ok(Stated::Word(text.to_owned())),
                }
            }
            FieldType::Choice(Choices::Bands(_))
            | FieldType::Row(_)
            | FieldType::Person(_)
            | FieldType::Role
            | FieldType::Department
            | FieldType::Document
            | FieldType::Control
            | FieldType::Clause
            | FieldType::Classification
            | FieldType::Term
            | FieldType::Link => {
                let text = self.string("register-example-text")?;
                if text.trim().is_empty() { self.empty() } else { Ok(Stated::Word(text.to_owned())) }
            }
        }
    }

    fn quoted(&self) -> Option<&str> {
        self.found.as_str().map(str::trim)
    }

    fn string(&self, example: &'static str) -> Result<&str, Box<ValueFault>> {
        match self.found.as_str() {
            Some(text) => Ok(text),
            None => self.wrong_type(example, None),
        }
    }

    fn wrong_type<T>(&self, example: &'static str, replacement: Option<String>) -> Result<T, Box<ValueFault>> {
        let found = Text::new(type_of(self.found).key());
        let message = Text::new("wrong-field-type").arg("field", self.label).arg("found", found);
        let help = Text::new("wrong-field-type-help").arg("example", Text::new(example));
        Err(Box::new(ValueFault { fault: Fault::WrongType, span: self.span, message, help, replacement }))
    }

    fn invalid<T>(&self, found: &str, allowed: Text, replacement: Option<String>) -> Result<T, Box<ValueFault>> {
        let message = Text::new("invalid-field-value").arg("field", self.label).arg("found", found);
        let help = Text::new("invalid-field-value-help").arg("allowed", allowed);
        Err(Box::new(ValueFault { fault: Fault::InvalidValue, span: self.span, message, help, replacement }))
    }

    fn empty<T>(&self) -> Result<T, Box<ValueFault>> {
        let message = Text::new("invalid-field-value-empty").arg("field", self.label);
        let help = Text::new("invalid-field-value-empty-help");
        Err(Box::new(ValueFault { fault: Fault::InvalidValue, span: self.span, message, help, replacement: None }))
    }

    fn figure(&self, found: &DeValue<'_>) -> Option<Number> {
        match found {
            DeValue::Integer(number) if number.radix() == 10 => Number::parse(number.as_str()),
            DeValue::Float(number) => Number::parse(number.as_str()),
            _ => None,
        }
    }

    fn number(&self, min: Option<Number>, max: Option<Number>) -> Read {
        let Some(number) = self.figure(self.found) else {
            let meant = self.quoted().and_then(Number::parse).map(|number| number.to_string());
            return self.wrong_type("register-example-number", meant);
        };
        if min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max) {
            return Ok(Stated::Number(number));
        }
        let allowed = match (min, max) {
            (Some(min), Some(max)) => {
                Text::new("register-between").arg("min", min.to_string()).arg("max", max.to_string())
            }
            (Some(min), None) => Text::new("register-at-least").arg("min", min.to_string()),
            (None, max) => {
                Text::new("register-at-most").arg("max", max.map_or_else(String::new, |max| max.to_string()))
            }
        };
        self.invalid(&number.to_string(), allowed, None)
    }

    /// Each value is of the first type that takes it.
    fn list(&self, items: &[FieldType]) -> Read {
        let DeValue::Array(array) = self.found else {
            return self.wrong_type("register-example-list", None);
        };
        let mut found = Vec::new();
        for entry in array {
            // Types of references all take a string; which of them is meant is asked when it is looked up.
            let inner = Value { label: self.label, found: entry.get_ref(), span: Span::from(entry.span()) };
            let read = items.iter().map(|item| inner.read(item));
            let read = read.reduce(|first, next| if first.is_ok() { first } else { next.or(first) });
            found.push(Spanned::new(read.unwrap_or_else(|| inner.empty())?, entry.span()));
        }
        Ok(Stated::List(found))
    }

    fn lookup(&self, depth: usize) -> Read {
        let DeValue::Table(table) = self.found else {
            return self.wrong_type("register-example-lookup", None);
        };
        let mut cells = BTreeMap::new();
        self.cells(table, depth, &mut Vec::new(), &mut cells)?;
        Ok(Stated::Lookup(cells))
    }

    fn cells(
        &self,
        table: &DeTable<'_>,
        depth: usize,
        keys: &mut Vec<String>,
        cells: &mut BTreeMap<Vec<String>, Number>,
    ) -> Result<(), Box<ValueFault>> {
        for (key, value) in table {
            keys.push(key.get_ref().to_string());
            let inner = Value { label: self.label, found: value.get_ref(), span: Span::from(value.span()) };
            match (value.get_ref(), keys.len() == depth) {
                (DeValue::Table(table), false) => inner.cells(table, depth, keys, cells)?,
                (found, true) => {
                    let figure = self.figure(found);
                    let figure = figure.map_or_else(|| inner.wrong_type("register-example-number", None), Ok)?;
                    cells.insert(keys.clone(), figure);
                }
                (_, false) => inner.wrong_type("register-example-lookup", None)?,
            }
            keys.pop();
        }
        Ok(())
    }

    fn bands(&self) -> Read {
        let DeValue::Array(array) = self.found else {
            return self.wrong_type("register-example-bands", None);
        };
        let mut steps: Vec<BandStep> = Vec::new();
        for entry in array {
            let inner = Value { label: self.label, found: entry.get_ref(), span: Span::from(entry.span()) };
            let step = inner.step();
            let step = step.map_or_else(|| inner.wrong_type("register-example-bands", None), Ok)?;
            if steps.iter().any(|known| known.id == step.id || known.from == step.from) {
                return inner.invalid(&step.id, Text::new("register-bands-twice"), None);
            }
            steps.push(step);
        }
        if steps.is_empty() {
            return self.empty();
        }
        steps.sort_by_key(|step| step.from);
        Ok(Stated::Bands(steps))
    }

    fn step(&self) -> Option<BandStep> {
        let table = self.found.as_table()?;
        let get = |name: &str| table.get(name).map(toml::Spanned::get_ref);
        if table.keys().any(|key| !["id", "from", "acceptable"].contains(&key.get_ref().as_ref())) {
            return None;
        }
        let acceptable = match get("acceptable") {
            None => None,
            Some(flag) => Some(flag.as_bool()?),
        };
        Some(BandStep { id: get("id")?.as_str()?.to_owned(), from: self.figure(get("from")?)?, acceptable })
    }
}

/// An id that needs no pattern: letters, digits, hyphens.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn format_fault(format: TextFormat, text: &str) -> Option<&'static str> {
    let plain = !text.chars().any(char::is_whitespace);
    match format {
        TextFormat::Any => None,
        TextFormat::Mail => {
            let good = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            (!(good && plain)).then_some("register-mail")
        }
        TextFormat::Url => {
            let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            (!(host.is_some_and(|host| !host.is_empty()) && plain)).then_some("register-url")
        }
        TextFormat::Phone => {
            let good = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')');
            (!(text.chars().all(good) && text.chars().filter(char::is_ascii_digit).count() > 2))
                .then_some("register-phone")
        }
    }
}

/// The word that a written one was meant to be.
pub fn near<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if written.len() > 200 {
        return None;
    }
    let length = written.chars().count();
    let near = known.map(|known| (strsim::damerau_levenshtein(known, written), known));
    near.min().filter(|(distance, _)| *distance <= 1 + length / 4 && *distance < length).map(|(_, known)| known)
}
