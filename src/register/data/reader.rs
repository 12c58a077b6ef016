//! One file of a register: TOML → its head and rows.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::values::{ValueFault, near, value};
use super::{DataFile, RegisterFile, RegisterRow, Stated, Values};
use crate::locale::Text;
use crate::parse::{Problem, ProblemKind};
use crate::register::definition::{Definition, Field, FieldType, KindRef, Period, TextFormat};
use crate::register::finding::{Fault, RegisterFinding};
use crate::register::library::Library;
use crate::source::{FileId, Place, Span, Spanned};

/// What was read of a file.
pub struct Read {
    /// The file.
    pub file: RegisterFile,
    /// Its rows, in file order.
    pub rows: Vec<RegisterRow>,
    /// Faults of TOML.
    pub problems: Vec<Problem>,
    /// Everything else.
    pub findings: Vec<RegisterFinding>,
}

/// Reads a file that will be at a position among all files.
pub fn read(library: &Library, data: &DataFile<'_>, position: usize) -> Read {
    let (table, errors) = DeTable::parse_recoverable(data.text);
    let place = |range: std::ops::Range<usize>| Place { file: data.file, span: Span::from(range) };
    let problems = errors.iter().map(|error| Problem {
        kind: ProblemKind::Toml(error.message().to_owned()),
        place: place(error.span().unwrap_or(0..0)),
    });
    let problems = problems.collect();
    let definition = &library.definitions[data.register];
    let mut reader = Reader { file: data.file, definition, register: data.register, findings: Vec::new() };
    let (file, rows) = reader.top(table.get_ref(), position);
    Read { file, rows, problems, findings: reader.findings }
}

struct Reader<'l> {
    file: FileId,
    definition: &'l Definition,
    register: usize,
    findings: Vec<RegisterFinding>,
}

/// Keys in the order of the file.
fn in_order<'t>(table: &'t DeTable<'t>) -> Vec<(&'t str, Span, &'t DeValue<'t>, Span)> {
    let entries = table.iter();
    let entries = entries.map(|(key, value)| {
        (key.get_ref().as_ref(), Span::from(key.span()), value.get_ref(), Span::from(value.span()))
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|(_, at, ..)| *at);
    entries
}

impl Reader<'_> {
    fn report(&mut self, fault: Fault, span: Span, message: Text, help: Text) -> &mut RegisterFinding {
        self.findings.push(RegisterFinding::new(fault, Place { file: self.file, span }, message, help));
        self.findings.last_mut().expect("a finding was pushed on the line above")
    }

    fn value_fault(&mut self, found: ValueFault) {
        let ValueFault { fault, span, message, help, replacement } = found;
        self.report(fault, span, message, help).replacement = replacement;
    }

    fn top(&mut self, table: &DeTable<'_>, position: usize) -> (RegisterFile, Vec<RegisterRow>) {
        let definition = self.definition;
        let mut file = RegisterFile {
            file: self.file,
            register: self.register,
            title: None,
            period: None,
            head: Values::default(),
        };
        let mut rows = Vec::new();
        let mut unknown: BTreeSet<Span> = BTreeSet::new();
        for (name, at, value, span) in in_order(table) {
            if let Some(kind) = definition.kind(name) {
                rows.extend(self.rows(kind, value, span, position));
                continue;
            }
            match name {
                "title" => file.title = self.text("title", value, span).map(|title| title.value),
                "period" if definition.period != Period::None => file.period = self.period(value, span),
                "edition" => self.edition(value, span),
                _ => {
                    if !self.field(&definition.head, "", (name, value, span), &mut file.head) {
                        unknown.insert(at);
                    }
                }
            }
        }
        let known: Vec<&str> = definition.kinds.iter().map(|kind| kind.name.value.as_str()).collect();
        let head = definition.head.iter().map(|field| field.path.as_str());
        let known: Vec<&str> = known.into_iter().chain(head).chain(["title", "period"]).collect();
        for (name, at, ..) in in_order(table).into_iter().filter(|(_, at, ..)| unknown.contains(at)) {
            self.unknown(name, at, &known, !table.contains_key(near(name, known.iter().copied()).unwrap_or_default()));
        }
        if definition.period != Period::None && file.period.is_none() && !table.contains_key("period") {
            let help = Text::new("missing-period-help").arg("example", definition.period.example());
            self.report(Fault::MissingField, Span::default(), Text::new("missing-period"), help);
        }
        rows.sort_by_key(|row| row.place.span);
        (file, rows)
    }

    fn unknown(&mut self, name: &str, at: Span, known: &[&str], fix: bool) {
        let message = Text::new("unknown-field").arg("name", name).arg("register", &self.definition.name);
        let meant = near(name, known.iter().copied());
        let help = match meant {
            Some(meant) => Text::new("unknown-field-help-nearest").arg("meant", meant),
            None => Text::new("unknown-field-help").arg("known", known.join(", ")),
        };
        let replacement = meant.filter(|_| fix).map(str::to_owned);
        self.report(Fault::UnknownField, at, message, help).replacement = replacement;
    }

    fn text(&mut self, key: &str, found: &DeValue<'_>, span: Span) -> Option<Spanned<String>> {
        let label = crate::locale::Words { ja: key.to_owned(), en: key.to_owned() };
        match value(&label, &FieldType::Text(TextFormat::Any), found, span) {
            Ok(Stated::Word(text)) => Some(Spanned::new(text, span)),
            Ok(_) => None,
            Err(found) => {
                self.value_fault(*found);
                None
            }
        }
    }

    fn period(&mut self, found: &DeValue<'_>, span: Span) -> Option<Spanned<String>> {
        let period = self.text("period", found, span)?;
        if self.definition.period.accepts(&period.value) {
            return Some(period);
        }
        let message = Text::new("invalid-period").arg("found", &period.value);
        let help = Text::new("missing-period-help").arg("example", self.definition.period.example());
        self.report(Fault::InvalidValue, span, message, help);
        None
    }

    /// A file may name the edition of the definition that it was written for.
    fn edition(&mut self, found: &DeValue<'_>, span: Span) {
        let edition = self.definition.edition;
        let stated = found.as_integer().and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok());
        if stated != Some(edition) {
            let message = Text::new("unknown-edition").arg("register", &self.definition.name);
            let help = Text::new("unknown-edition-help").arg("edition", edition);
            self.report(Fault::InvalidValue, span, message, help);
        }
    }

    fn rows(&mut self, kind: usize, found: &DeValue<'_>, span: Span, position: usize) -> Vec<RegisterRow> {
        let name = &self.definition.kinds[kind].name.value;
        let DeValue::Array(array) = found else {
            let message = Text::new("wrong-rows").arg("kind", name);
            self.report(Fault::WrongType, span, message, Text::new("wrong-rows-help").arg("kind", name));
            return Vec::new();
        };
        let mut rows = Vec::new();
        for entry in array {
            let span = Span::from(entry.span());
            match entry.get_ref() {
                DeValue::Table(table) => rows.push(self.row(kind, table, span, position)),
                _ => {
                    let message = Text::new("wrong-rows").arg("kind", name);
                    self.report(Fault::WrongType, span, message, Text::new("wrong-rows-help").arg("kind", name));
                }
            }
        }
        rows
    }

    fn row(&mut self, kind: usize, table: &DeTable<'_>, span: Span, position: usize) -> RegisterRow {
        let fields = &self.definition.kinds[kind].fields;
        let mut row = RegisterRow {
            kind: KindRef { register: self.register, kind },
            file: position,
            place: Place { file: self.file, span },
            values: Values::default(),
            closed_on: None,
            void: None,
        };
        let label = |name: &str| crate::locale::Words { ja: name.to_owned(), en: name.to_owned() };
        for (name, at, found, span) in in_order(table) {
            match name {
                "closed_on" => match value(&label(name), &FieldType::Date, found, span) {
                    Ok(Stated::Date(date)) => row.closed_on = Some(Spanned::new(date, span)),
                    Ok(_) => {}
                    Err(found) => self.value_fault(*found),
                },
                "void" => row.void = self.text(name, found, span),
                _ => {
                    if !self.field(fields, "", (name, found, span), &mut row.values) {
                        let known: Vec<&str> = fields.iter().map(|field| field.path.as_str()).collect();
                        let fix = near(name, known.iter().copied()).is_some_and(|meant| !table.contains_key(meant));
                        self.unknown(name, at, &known, fix);
                    }
                }
            }
        }
        row
    }

    /// Reads the value of a key below a prefix; `false` where no field has such a path.
    fn field(
        &mut self,
        fields: &[Field],
        prefix: &str,
        (name, found, span): (&str, &DeValue<'_>, Span),
        values: &mut Values,
    ) -> bool {
        let path = format!("{prefix}{name}");
        if let Some(at) = fields.iter().position(|field| field.path == path) {
            match value(&fields[at].label, &fields[at].value, found, span) {
                Ok(stated) => {
                    values.stated.insert(at, Spanned::new(stated, span));
                }
                Err(fault) => {
                    values.unreadable.insert(at);
                    self.value_fault(*fault);
                }
            }
            return true;
        }
        let inner = format!("{path}.");
        let (true, DeValue::Table(table)) = (fields.iter().any(|field| field.path.starts_with(&inner)), found) else {
            return false;
        };
        for (name, at, found, span) in in_order(table) {
            if !self.field(fields, &inner, (name, found, span), values) {
                let below = fields.iter().filter_map(|field| field.path.strip_prefix(&inner));
                let below: Vec<&str> = below.collect();
                let fix = near(name, below.iter().copied()).is_some_and(|meant| !table.contains_key(meant));
                self.unknown(name, at, &below, fix);
            }
        }
        true
    }
}
