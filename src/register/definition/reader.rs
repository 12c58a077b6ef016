//! One definition: TOML → what it says, with the place of each key. What its names mean is looked up when the library is
//! put together.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::extension::Change;
use super::{
    Choices, DefinedRule, Definition, DueRule, Expression, Field, FieldType, IdPattern, Kind, Period, Personal,
    RowTarget, TextFormat,
};
use crate::locale::{Text, Words};
use crate::model::config::Level;
use crate::parse::Problem;
use crate::parse::toml_table::{Context, KeyReader, TableReader, TomlValue, read_toml};
use crate::register::finding::{Fault, RegisterFinding};
use crate::register::number::Number;
use crate::source::{FileId, Place, Span, Spanned};

/// Tables of a definition that are no kinds of rows.
const TABLES: [&str; 5] = ["register", "head", "group", "rule", "words"];

/// Names that no kind of row may have: those of the language, and those that a later edition of it needs.
const RESERVED_KINDS: [&str; 8] = ["sign", "view", "compute", "title", "period", "edition", "this", "where"];

/// Keys that every row may have, whatever its definition says, and words of the language.
const RESERVED_FIELDS: [&str; 13] =
    ["closed_on", "void", "this", "yes", "no", "if", "then", "else", "and", "or", "not", "in", "where"];

/// Keys that every file may have.
const RESERVED_HEAD: [&str; 3] = ["title", "period", "edition"];

/// What was read of one definition.
pub struct Read {
    /// The definition; `None` where not even its id could be read.
    pub definition: Option<Definition>,
    /// Faults of its form.
    pub problems: Vec<Problem>,
    /// What it says wrongly.
    pub findings: Vec<RegisterFinding>,
}

/// Reads a definition. `name` is the name of its file without the ending, `built_in` what it may extend.
pub fn definition(file: FileId, name: &str, text: &str, built_in: &[Definition]) -> Read {
    let context = Context::new(file, 0);
    let mut reader = Reader {
        file,
        text,
        groups: BTreeMap::new(),
        findings: Vec::new(),
        incomplete: false,
        built_in,
        known: Vec::new(),
    };
    let definition = read_toml(&context, text, |top| reader.top(name, top));
    let mut problems = context.into_problems();
    problems.sort_by_key(|problem| problem.place.span);
    Read { definition, problems, findings: reader.findings }
}

/// A decimal number.
impl TomlValue for Number {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        let number = Self::parse(value.decimal()?);
        if number.is_none() {
            value.wrong_type(crate::parse::problem::ValueType::Float);
        }
        number
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

/// A field as one line says it, before groups are put in.
pub(super) enum Line {
    Field(Box<Field>),
    /// What an extension changes of a field.
    Change(Box<Change>),
    /// The fields of a group, below a path.
    Use {
        group: Spanned<String>,
        required: bool,
        label: Words,
    },
}

/// The field that falls due and the one that says it was done.
pub(super) type DueLine = (Spanned<String>, Option<Spanned<String>>);

pub(super) struct Placed {
    pub(super) path: String,
    pub(super) line: Line,
    pub(super) span: Span,
}

pub(super) struct Reader<'t> {
    pub(super) file: FileId,
    text: &'t str,
    groups: BTreeMap<String, Vec<Placed>>,
    findings: Vec<RegisterFinding>,
    /// Whether a line could not be read: what names it is then not at fault.
    incomplete: bool,
    /// What may be extended.
    pub(super) built_in: &'t [Definition],
    /// Paths of the fields that are extended just now.
    pub(super) known: Vec<String>,
}

impl Reader<'_> {
    /// Reports a name that no field has, unless the field may be one that could not be read.
    fn report_unless_incomplete(&mut self, span: Span, message: Text) {
        if !self.incomplete {
            self.report(span, message);
        }
    }

    pub(super) fn report(&mut self, span: Span, message: Text) {
        let place = Place { file: self.file, span };
        self.findings.push(RegisterFinding::new(
            Fault::Definition,
            place,
            message,
            Text::new("invalid-definition-help"),
        ));
    }

    fn top(&mut self, name: &str, top: &mut TableReader<'_, '_>) -> Option<Definition> {
        if !top.require("register") {
            return None;
        }
        let mut about = None;
        top.table("register", |table| {
            about = if table.has("extends") { self.extended(name, table) } else { self.about(name, table) };
        });
        let base = about.as_ref().map(|(definition, _)| definition).filter(|definition| definition.extended);
        let (mut head, mut kinds) = base.map(|base| (base.head.clone(), base.kinds.clone())).unwrap_or_default();
        let (base_rules, base_words) = base.map(|base| (base.rules.clone(), base.words.clone())).unwrap_or_default();
        let entries = top.entries();
        for (key, value, span) in entries.iter().filter(|(key, ..)| key.value == "group") {
            let Some(mut groups) = top.entry_reader(&key.value, value, *span) else { continue };
            for (name, value, span) in groups.entries() {
                let Some(group) = groups.entry_reader(&name.value, value, span) else { continue };
                let lines = self.lines(group, &[]);
                self.groups.insert(name.value, lines);
            }
        }
        for (key, value, span) in entries {
            if TABLES.contains(&key.value.as_str()) && key.value != "head" {
                continue;
            }
            let Some(mut table) = top.entry_reader(&key.value, value, span) else {
                self.report(key.span, Text::new("definition-no-kind").arg("name", &key.value));
                continue;
            };
            if key.value == "head" {
                self.extend(&mut head, table, &RESERVED_HEAD);
                continue;
            }
            if !is_name(&key.value) || RESERVED_KINDS.contains(&key.value.as_str()) {
                self.report(key.span, Text::new("definition-reserved").arg("name", &key.value));
            }
            if let Some(kind) = kinds.iter_mut().find(|kind: &&mut Kind| kind.name.value == key.value) {
                self.extend(&mut kind.fields, table, &RESERVED_FIELDS);
                continue;
            }
            let keys = if table.is_list("key") { table.strings("key") } else { Vec::new() };
            let lines = self.lines(table, &RESERVED_FIELDS);
            let fields = self.fields(lines);
            kinds.push(self.kind(key, fields, &keys));
        }
        let mut words = base_words;
        words.extend(top.table("words", words_by_name).unwrap_or_default());
        let mut rules = base_rules;
        rules.extend(top.tables("rule", |table| self.rule(table, &kinds)));
        self.rules_named_twice(&rules);
        let (definition, due) = about?;
        if kinds.is_empty() {
            self.report(definition.id.span, Text::new("definition-without-kinds"));
        }
        let due = match due {
            Some((on, done)) => self.due(&on, done, &kinds),
            None => definition.due.clone(),
        };
        Some(Definition { due, head, kinds, rules, words, ..definition })
    }

    /// `[register]`, and its `due` as written: what it names is known once the kinds are.
    fn about(&mut self, name: &str, table: &mut TableReader<'_, '_>) -> Option<(Definition, Option<DueLine>)> {
        let id = table.required::<String>("id");
        let edition = table.count("edition");
        let title = table.table("name", words);
        let sources = table.strings("sources").into_iter().map(|source| source.value).collect();
        let covers = table.strings("covers");
        let laid_down_in = table.string("laid_down_in").map(|place| place.value);
        let owner = table.string("owner").map(|owner| owner.value);
        let classification = table.string("classification").map(|label| label.value);
        let personal = table.choice("personal", &Personal::NAMES, Personal::from_name);
        let retention = table.interval("retention").map(|interval| interval.value.to_string());
        let period = table.choice("period", &Period::NAMES, Period::from_name);
        let provides =
            table.choice("provides", &["department"], |word| Some(word.to_owned()).filter(|w| w == "department"));
        let due = table.table("due", |due| (due.required("on"), due.string("done")));
        let due = due.and_then(|(on, done)| Some((on?, done)));
        for cover in &covers {
            let known = match cover.value.split_once(':') {
                Some(("clause", number)) => {
                    crate::standard::clause(number.split_once('#').map_or(number, |(number, _)| number)).is_some()
                }
                Some(("control", number)) => crate::standard::control(number).is_some(),
                _ => false,
            };
            if !known {
                self.report(cover.span, Text::new("definition-covers").arg("written", &cover.value));
            }
        }
        let id = id?;
        if !is_id(&id.value) || id.value != name {
            self.report(id.span, Text::new("definition-id").arg("id", &id.value).arg("file", name));
        }
        let definition = Definition {
            name: title.unwrap_or_else(|| Words { ja: id.value.clone(), en: id.value.clone() }),
            id,
            extended: false,
            edition: edition.map_or(1, |edition| edition.value.get()),
            sources,
            covers,
            laid_down_in,
            owner,
            classification,
            personal: personal.map_or(Personal::Ids, |personal| personal.value),
            retention,
            period: period.map_or(Period::None, |period| period.value),
            due: None,
            provides: provides.map(|provides| provides.value),
            head: Vec::new(),
            kinds: Vec::new(),
            rules: Vec::new(),
            words: BTreeMap::new(),
            file: self.file,
        };
        Some((definition, due))
    }

    /// What falls due and what says that it was done, of the first kind that has such a date.
    fn due(&mut self, on: &Spanned<String>, done: Option<Spanned<String>>, kinds: &[Kind]) -> Option<DueRule> {
        let found = (0..).zip(kinds).find_map(|(at, kind)| Some((at, kind, kind.field(&on.value)?)));
        let Some((kind_at, kind, field)) =
            found.filter(|(_, kind, at)| matches!(kind.fields[*at].value, FieldType::Date))
        else {
            self.report_unless_incomplete(on.span, Text::new("definition-due").arg("field", &on.value));
            return None;
        };
        let done = match done {
            None => None,
            Some(done) => match kind.field(&done.value) {
                Some(field) => Some(field),
                None => {
                    self.report_unless_incomplete(
                        done.span,
                        Text::new("definition-no-field").arg("field", &done.value),
                    );
                    None
                }
            },
        };
        Some(DueRule { kind: kind_at, on: field, done })
    }

    fn kind(&mut self, name: Spanned<String>, fields: Vec<Field>, keys: &[Spanned<String>]) -> Kind {
        let mut kind = Kind { name, fields, key: Vec::new() };
        for key in keys {
            match kind.field(&key.value) {
                Some(field) => kind.key.push(field),
                None => {
                    self.report_unless_incomplete(key.span, Text::new("definition-no-field").arg("field", &key.value))
                }
            }
        }
        if kind.fields.is_empty() {
            self.report_unless_incomplete(
                kind.name.span,
                Text::new("definition-without-fields").arg("kind", &kind.name.value),
            );
        } else if kind.id().is_none() && kind.key.is_empty() {
            self.report_unless_incomplete(
                kind.name.span,
                Text::new("definition-without-id").arg("kind", &kind.name.value),
            );
        }
        kind
    }

    /// The lines of a table in the order of the file, however deep their keys are.
    pub(super) fn lines(&mut self, table: TableReader<'_, '_>, reserved: &[&str]) -> Vec<Placed> {
        let mut found = Vec::new();
        self.collect(table, "", reserved, &mut found);
        found.sort_by_key(|line| line.span);
        found
    }

    fn collect(&mut self, mut table: TableReader<'_, '_>, prefix: &str, reserved: &[&str], found: &mut Vec<Placed>) {
        for (key, value, span) in table.entries() {
            if prefix.is_empty() && key.value == "key" && value.is_array() {
                continue;
            }
            let path = format!("{prefix}{}", key.value);
            if !is_name(&key.value) || (prefix.is_empty() && reserved.contains(&key.value.as_str())) {
                self.report(key.span, Text::new("definition-reserved").arg("name", &key.value));
                continue;
            }
            let Some(mut inner) = table.entry_reader(&path, value, span) else {
                self.report(key.span, Text::new("definition-no-line").arg("name", &path));
                continue;
            };
            let is_line = |name: &str| {
                let DeValue::Table(table) = value else { return false };
                table.get(name).is_some_and(|value| value.get_ref().is_str())
            };
            if self.known.contains(&path) {
                if is_line("type") || is_line("use") {
                    self.report(key.span, Text::new("definition-field-exists").arg("field", &path));
                    continue;
                }
                let line = Line::Change(Box::new(self.change(&mut inner)));
                inner.finish();
                found.push(Placed { path, line, span: key.span });
            } else if is_line("type") || is_line("use") {
                let line = self.line(&path, key.span, &mut inner, is_line("use"));
                inner.finish();
                match line {
                    Some(line) => found.push(Placed { path, line, span: key.span }),
                    None => self.incomplete = true,
                }
            } else if prefix.matches('.').count() < 2 {
                self.collect(inner, &format!("{path}."), reserved, found);
            } else {
                self.report(key.span, Text::new("definition-no-line").arg("name", &path));
            }
        }
    }

    fn line(&mut self, path: &str, span: Span, line: &mut TableReader<'_, '_>, uses: bool) -> Option<Line> {
        let label = label(path, line);
        if uses {
            let group = line.required::<String>("use")?;
            let required = line.boolean("required").is_some_and(|flag| flag.value);
            return Some(Line::Use { group, required, label });
        }
        let help = line.table("help", words);
        let required = line.boolean("required").is_some_and(|flag| flag.value);
        let required_if = line.string("required_if").map(|text| self.expression(text));
        let computed = line.string("computed").map(|text| self.expression(text));
        let or_stated = line.boolean("or_stated");
        if let (Some(flag), None) = (&or_stated, &computed) {
            self.report(flag.span, Text::new("definition-or-stated"));
        }
        let aliases = line.strings("aliases").into_iter().map(|name| name.value).collect();
        let value = self.field_type(line)?;
        Some(Line::Field(Box::new(Field {
            path: path.to_owned(),
            group: 0,
            group_optional: false,
            label,
            help,
            value,
            required,
            required_if,
            computed,
            or_stated: or_stated.is_some_and(|flag| flag.value),
            aliases,
            span,
        })))
    }

    fn expression(&self, text: Spanned<String>) -> Expression {
        let written = self.text.get(std::ops::Range::from(text.span)).unwrap_or_default();
        let plain = ["\"", "'"].into_iter().any(|mark| written == format!("{mark}{}{mark}", text.value));
        Expression { file: self.file, start: plain.then_some(text.span.start + 1), text, code: None }
    }

    fn field_type(&mut self, line: &mut TableReader<'_, '_>) -> Option<FieldType> {
        const NAMES: [&str; 20] = [
            "id",
            "text",
            "number",
            "yes-no",
            "date",
            "month",
            "choice",
            "list",
            "row",
            "person",
            "role",
            "department",
            "document",
            "control",
            "clause",
            "classification",
            "term",
            "link",
            "lookup",
            "bands",
        ];
        let name = line.choice("type", &NAMES, |word| NAMES.contains(&word).then(|| word.to_owned()))?;
        let of = if matches!(name.value.as_str(), "list" | "row") { line.string_or_strings("of") } else { Vec::new() };
        if name.value == "list" {
            if of.is_empty() {
                self.report(name.span, Text::new("definition-list-of"));
                return None;
            }
            let mut items = Vec::new();
            for item in &of {
                let (type_name, target) =
                    item.value.split_once(' ').map_or((item.value.as_str(), None), |(name, rest)| {
                        let at = Span::new(item.span.start + 1 + name.len() + 1, item.span.end.saturating_sub(1));
                        (name, Some(Spanned::new(rest.trim().to_owned(), at)))
                    });
                if !NAMES.contains(&type_name) || matches!(type_name, "id" | "list" | "lookup" | "bands" | "yes-no") {
                    self.report(item.span, Text::new("definition-item-type").arg("type", type_name));
                    return None;
                }
                items.push(self.single(type_name, item.span, target, line)?);
            }
            return Some(FieldType::List(items));
        }
        let target = of.into_iter().next();
        self.single(&name.value, name.span, target, line)
    }

    /// A type by its name, with the attributes that belong to it.
    fn single(
        &mut self,
        name: &str,
        span: Span,
        target: Option<Spanned<String>>,
        line: &mut TableReader<'_, '_>,
    ) -> Option<FieldType> {
        Some(match name {
            "id" => FieldType::Id(line.string("pattern").map(|pattern| IdPattern { text: pattern.value })),
            "text" => {
                let format = line.choice("format", &TextFormat::NAMES, TextFormat::from_name);
                FieldType::Text(format.map(|format| format.value).unwrap_or_default())
            }
            "number" => FieldType::Number {
                min: line.optional("min").map(|number| number.value),
                max: line.optional("max").map(|number| number.value),
                unit: line.string("unit").map(|unit| unit.value),
            },
            "yes-no" => FieldType::YesNo,
            "date" => FieldType::Date,
            "month" => FieldType::Month,
            "choice" => FieldType::Choice(self.choices(span, line)?),
            "row" => match target {
                Some(written) => FieldType::Row(RowTarget { written, to: None }),
                None => {
                    self.report(span, Text::new("definition-row-of"));
                    return None;
                }
            },
            "person" => FieldType::Person(line.string("role").map(|role| role.value)),
            "role" => FieldType::Role,
            "department" => FieldType::Department,
            "document" => FieldType::Document,
            "control" => FieldType::Control,
            "clause" => FieldType::Clause,
            "classification" => FieldType::Classification,
            "term" => FieldType::Term,
            "link" => FieldType::Link,
            "bands" => FieldType::Bands,
            _ => {
                let by = line.strings("by");
                if by.is_empty() || by.len() > 2 {
                    self.report(span, Text::new("definition-lookup-by"));
                    return None;
                }
                FieldType::Lookup(by.into_iter().map(|name| name.value).collect())
            }
        })
    }

    fn choices(&mut self, span: Span, line: &mut TableReader<'_, '_>) -> Option<Choices> {
        let listed = line.is_list("values");
        let mut values = line.string_or_strings("values");
        if values.is_empty() {
            self.report(span, Text::new("definition-choice-values"));
            return None;
        }
        if listed {
            return Some(Choices::Fixed(values));
        }
        Some(Choices::Bands(Box::new(self.expression(values.remove(0)))))
    }

    /// Lines as fields, with the fields of groups in place of the lines that use them.
    pub(super) fn fields(&mut self, lines: Vec<Placed>) -> Vec<Field> {
        let mut fields = Vec::new();
        for Placed { path, line, .. } in lines {
            match line {
                Line::Field(field) => fields.push(*field),
                // Changes are made where fields are extended.
                Line::Change(_) => {}
                Line::Use { group, required, label } => self.use_group(&path, &group, required, &label, &mut fields),
            }
        }
        fields
    }

    fn use_group(
        &mut self,
        path: &str,
        group: &Spanned<String>,
        required: bool,
        label: &Words,
        fields: &mut Vec<Field>,
    ) {
        let prefix = format!("{path}.");
        let Some(lines) = self.groups.get(&group.value) else {
            self.report(group.span, Text::new("definition-no-group").arg("name", &group.value));
            return;
        };
        let mut nested = Vec::new();
        for placed in lines {
            match &placed.line {
                Line::Field(field) => fields.push(Field {
                    path: format!("{prefix}{}", field.path),
                    group: prefix.len(),
                    group_optional: !required,
                    label: Words {
                        ja: format!("{} {}", label.ja, field.label.ja),
                        en: format!("{} {}", label.en, field.label.en.to_lowercase()),
                    },
                    ..(**field).clone()
                }),
                Line::Use { group, .. } => nested.push(group.span),
                Line::Change(_) => {}
            }
        }
        for span in nested {
            self.report(span, Text::new("definition-nested-group"));
        }
    }

    /// `[[rule]]`.
    fn rule(&mut self, table: &mut TableReader<'_, '_>, kinds: &[Kind]) -> Option<DefinedRule> {
        let place = Place { file: self.file, span: table.span() };
        let name = table.required::<String>("name");
        let of = table.string("of");
        let condition = table.required::<String>("where").map(|text| self.expression(text));
        let at = table.string("at");
        let level = table.choice("level", &Level::NAMES, Level::from_name);
        let basis = table.string("basis").map(|basis| basis.value);
        let message = table.table("message", |message| (message.string("ja"), message.string("en")));
        if !table.has("message") {
            table.require("message");
        }
        let kind = match &of {
            None => Some(0),
            Some(of) => {
                let found = kinds.iter().position(|kind| kind.name.value == of.value);
                if found.is_none() {
                    self.report(of.span, Text::new("definition-no-kind-named").arg("kind", &of.value));
                }
                found
            }
        }?;
        let fields = kinds.get(kind)?;
        let at = at.and_then(|at| {
            let found = fields.field(&at.value);
            if found.is_none() {
                self.report_unless_incomplete(at.span, Text::new("definition-no-field").arg("field", &at.value));
            }
            found
        });
        let (ja, en) = message?;
        for words in ja.iter().chain(&en) {
            for name in placeholders(&words.value) {
                if fields.field(name).is_none() {
                    self.report_unless_incomplete(words.span, Text::new("definition-no-field").arg("field", name));
                }
            }
        }
        let (ja, en) = (ja.map(|words| words.value), en.map(|words| words.value));
        let message = both(ja, en)?;
        Some(DefinedRule {
            name: name?,
            kind,
            condition: condition?,
            at,
            level: level.map_or(Level::Warn, |level| level.value),
            basis,
            message,
            place,
        })
    }
}

/// The names between braces of a message.
pub fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    message.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// What is given in one language stands for both.
pub(super) fn both(ja: Option<String>, en: Option<String>) -> Option<Words> {
    match (ja, en) {
        (Some(ja), Some(en)) => Some(Words { ja, en }),
        (Some(only), None) | (None, Some(only)) => Some(Words { ja: only.clone(), en: only }),
        (None, None) => None,
    }
}

pub(super) fn words(table: &mut TableReader<'_, '_>) -> Words {
    let (ja, en) = (table.string("ja"), table.string("en"));
    both(ja.map(|words| words.value), en.map(|words| words.value)).unwrap_or_default()
}

fn words_by_name(table: &mut TableReader<'_, '_>) -> BTreeMap<String, Words> {
    let mut found = BTreeMap::new();
    for (name, value, span) in table.entries() {
        if let Some(mut inner) = table.entry_reader(&name.value, value, span) {
            found.insert(name.value, words(&mut inner));
            inner.finish();
        }
    }
    found
}

/// The heading of a field; its path where none is given.
fn label(path: &str, line: &mut TableReader<'_, '_>) -> Words {
    let (ja, en) = (line.string("ja"), line.string("en"));
    let given = both(ja.map(|words| words.value), en.map(|words| words.value));
    given.unwrap_or_else(|| Words { ja: path.to_owned(), en: path.to_owned() })
}

/// Whether a name can be a field or kind.
fn is_name(name: &str) -> bool {
    let first = name.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    first && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a name can be a register: as a field, and hyphens before letters.
fn is_id(name: &str) -> bool {
    !name.is_empty() && name.split('-').all(is_name)
}
