//! A definition that extends one that kitei brings: it adds fields, kinds, rules and words, and changes what belongs to the
//! organisation: labels, owner, classification, retention. It narrows what may be written and never widens it.

use super::reader::{DueLine, Line, Reader, both, words};
use super::{Choices, DefinedRule, Definition, Field, FieldType};
use crate::locale::{Text, Words};
use crate::parse::toml_table::TableReader;
use crate::register::number::Number;
use crate::source::Spanned;

/// What one line changes of a field.
pub struct Change {
    label: Option<Words>,
    help: Option<Words>,
    required: Option<Spanned<bool>>,
    values: Vec<Spanned<String>>,
    min: Option<Spanned<Number>>,
    max: Option<Spanned<Number>>,
    aliases: Vec<String>,
}

impl Reader<'_> {
    /// `[register]` with `extends`: the extended definition, with what is the organisation's own to say of it.
    pub(super) fn extended(
        &mut self,
        name: &str,
        table: &mut TableReader<'_, '_>,
    ) -> Option<(Definition, Option<DueLine>)> {
        let extends = table.required::<String>("extends");
        let title = table.table("name", words);
        let laid_down_in = table.string("laid_down_in").map(|place| place.value);
        let owner = table.string("owner").map(|owner| owner.value);
        let classification = table.string("classification").map(|label| label.value);
        let retention = table.interval("retention").map(|interval| interval.value.to_string());
        let extends = extends?;
        let base = self.built_in.iter().find(|known| known.id.value == extends.value);
        let Some(base) = base.filter(|_| extends.value == name) else {
            self.report(extends.span, Text::new("definition-extends").arg("id", &extends.value).arg("file", name));
            return None;
        };
        let base = base.clone();
        let definition = Definition {
            id: extends,
            extended: true,
            name: title.unwrap_or(base.name),
            laid_down_in: laid_down_in.or(base.laid_down_in),
            owner: owner.or(base.owner),
            classification: classification.or(base.classification),
            retention: retention.or(base.retention),
            file: self.file,
            ..base
        };
        Some((definition, None))
    }

    /// Adds the lines of a table to fields, or changes those that are there already.
    pub(super) fn extend(&mut self, fields: &mut Vec<Field>, table: TableReader<'_, '_>, reserved: &[&str]) {
        self.known = fields.iter().map(|field| field.path.clone()).collect();
        let lines = self.lines(table, reserved);
        self.known.clear();
        for placed in lines {
            if let Line::Change(change) = placed.line {
                if let Some(field) = fields.iter_mut().find(|field| field.path == placed.path) {
                    self.apply(*change, field);
                }
                continue;
            }
            let span = placed.span;
            for field in self.fields(vec![placed]) {
                let below = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'));
                let taken = |known: &Field| {
                    known.path == field.path || below(&known.path, &field.path) || below(&field.path, &known.path)
                };
                if fields.iter().any(taken) {
                    self.report(span, Text::new("definition-field-exists").arg("field", &field.path));
                } else {
                    fields.push(field);
                }
            }
        }
    }

    /// A line that changes a field.
    pub(super) fn change(&mut self, line: &mut TableReader<'_, '_>) -> Change {
        let (ja, en) = (line.string("ja"), line.string("en"));
        Change {
            label: both(ja.map(|words| words.value), en.map(|words| words.value)),
            help: line.table("help", words),
            required: line.boolean("required"),
            values: line.strings("values"),
            min: line.optional("min"),
            max: line.optional("max"),
            aliases: line.strings("aliases").into_iter().map(|name| name.value).collect(),
        }
    }

    fn apply(&mut self, change: Change, field: &mut Field) {
        let Change { label, help, required, values, min, max, aliases } = change;
        if let Some(label) = label {
            field.label = label;
        }
        field.help = help.or(field.help.take());
        field.aliases.extend(aliases);
        if let Some(required) = required {
            if field.required && !required.value {
                self.report(required.span, Text::new("definition-loosened").arg("field", &field.path));
            }
            field.required |= required.value;
        }
        if !values.is_empty() {
            self.narrow(values, field);
        }
        self.limit(min, max, field);
    }

    /// Leaves of the words of a choice only some.
    fn narrow(&mut self, values: Vec<Spanned<String>>, field: &mut Field) {
        let choice = match &mut field.value {
            FieldType::List(items) => items.first_mut(),
            single => Some(single),
        };
        let Some(FieldType::Choice(Choices::Fixed(words))) = choice else {
            self.report(values[0].span, Text::new("definition-no-choice").arg("field", &field.path));
            return;
        };
        let widened = values.iter().find(|value| !words.iter().any(|word| word.value == value.value)).map(|v| v.span);
        match widened {
            Some(span) => self.report(span, Text::new("definition-loosened").arg("field", &field.path)),
            None => *words = values,
        }
    }

    fn limit(&mut self, min: Option<Spanned<Number>>, max: Option<Spanned<Number>>, field: &mut Field) {
        let mut loosened = Vec::new();
        if let FieldType::Number { min: least, max: most, unit: _ } = &mut field.value {
            if let Some(min) = min {
                loosened.extend(least.is_some_and(|least| min.value < least).then_some(min.span));
                *least = Some(min.value);
            }
            if let Some(max) = max {
                loosened.extend(most.is_some_and(|most| max.value > most).then_some(max.span));
                *most = Some(max.value);
            }
        } else {
            loosened.extend(min.map(|min| min.span));
            loosened.extend(max.map(|max| max.span));
        }
        for span in loosened {
            self.report(span, Text::new("definition-loosened").arg("field", &field.path));
        }
    }

    /// Two rules of one name.
    pub(super) fn rules_named_twice(&mut self, rules: &[DefinedRule]) {
        for (at, rule) in rules.iter().enumerate() {
            if rules[..at].iter().any(|earlier| earlier.name.value == rule.name.value) {
                self.report(rule.name.span, Text::new("definition-rule-twice").arg("name", &rule.name.value));
            }
        }
    }
}
