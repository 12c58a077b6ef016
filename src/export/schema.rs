//! The form of a register's files as JSON Schema (draft 7), for editors that complete and check TOML while it is typed.
//! `#:schema PATH` in the first line of a file names it.

use serde_json::{Map, Value, json as value};

use crate::handbook::Handbook;
use crate::locale::Language;
use crate::register::data::Stated;
use crate::register::definition::{Choices, Definition, Field, FieldType, IdPattern, Kind, Period, TextFormat};
use crate::register::number::Number;
use crate::register::surroundings::{NameKind, Surroundings};

/// Names that are offered at most; a longer list helps nobody to choose.
const OFFERED: usize = 500;

/// The schema of a register's files, with the ids of people, roles, labels and departments that the handbook has.
pub fn schema(handbook: &Handbook, definition: &Definition, language: Language) -> Value {
    let form = Form { handbook, definition, language };
    let mut keys = Map::new();
    keys.insert("title".to_owned(), value!({ "type": "string" }));
    keys.insert("edition".to_owned(), value!({ "type": "integer", "const": definition.edition }));
    let mut required: Vec<String> = Vec::new();
    if definition.period != Period::None {
        let pattern = if definition.period == Period::Month { "^[0-9]{4}-(0[1-9]|1[0-2])$" } else { "^[0-9]{4}$" };
        keys.insert("period".to_owned(), value!({ "type": "string", "pattern": pattern }));
        required.push("period".to_owned());
    }
    let Value::Object(head) = form.fields(&definition.head) else { return Value::Null };
    if let Some(Value::Object(found)) = head.get("properties") {
        keys.extend(found.clone());
    }
    if let Some(Value::Array(names)) = head.get("required") {
        required.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    for kind in &definition.kinds {
        let rows = value!({
            "type": "array",
            "title": definition.word(&kind.name.value, language),
            "items": form.row(kind),
        });
        keys.insert(kind.name.value.clone(), rows);
    }
    value!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": definition.name.get(language),
        "type": "object",
        "additionalProperties": false,
        "properties": keys,
        "required": required,
    })
}

struct Form<'h> {
    handbook: &'h Handbook,
    definition: &'h Definition,
    language: Language,
}

impl Form<'_> {
    fn row(&self, kind: &Kind) -> Value {
        let mut row = self.fields(&kind.fields);
        if let Some(Value::Object(keys)) = row.get_mut("properties") {
            keys.insert("closed_on".to_owned(), value!({ "type": "string", "format": "date" }));
            keys.insert("void".to_owned(), value!({ "type": "string", "minLength": 1 }));
        }
        row
    }

    /// Fields below the keys of their paths. What is computed and cannot be stated is left out.
    fn fields(&self, fields: &[Field]) -> Value {
        let mut whole = value!({ "type": "object", "additionalProperties": false, "properties": {} });
        for field in fields.iter().filter(|field| field.computed.is_none() || field.or_stated) {
            let needed = (field.required || matches!(field.value, FieldType::Id(_)))
                && field.computed.is_none()
                && !field.group_optional;
            let mut keys: Vec<&str> = field.path.split('.').collect();
            let Some(last) = keys.pop() else { continue };
            let mut table = &mut whole;
            for key in keys {
                if needed {
                    require(table, key);
                }
                table = &mut table["properties"][key];
                if table.is_null() {
                    *table = value!({ "type": "object", "additionalProperties": false, "properties": {} });
                }
            }
            if needed {
                require(table, last);
            }
            table["properties"][last] = self.field(field);
        }
        whole
    }

    fn field(&self, field: &Field) -> Value {
        let mut found = self.value(&field.value);
        found["title"] = value!(field.label.get(self.language));
        if let Some(help) = &field.help {
            found["description"] = value!(help.get(self.language));
        }
        found
    }

    fn value(&self, of: &FieldType) -> Value {
        let number =
            |number: &Number| number.as_whole().map_or_else(|| value!(number.as_float()), |whole| value!(whole));
        match of {
            FieldType::Id(pattern) => match pattern {
                Some(pattern) => value!({ "type": "string", "pattern": expression(pattern) }),
                None => value!({ "type": "string", "pattern": "^[A-Za-z0-9._-]+$" }),
            },
            FieldType::Text(format) => match format {
                TextFormat::Mail => value!({ "type": "string", "format": "email" }),
                TextFormat::Url => value!({ "type": "string", "format": "uri" }),
                TextFormat::Any | TextFormat::Phone => value!({ "type": "string", "minLength": 1 }),
            },
            FieldType::Number { min, max, unit: _ } => {
                let mut found = value!({ "type": "number" });
                if let Some(min) = min {
                    found["minimum"] = number(min);
                }
                if let Some(max) = max {
                    found["maximum"] = number(max);
                }
                found
            }
            FieldType::YesNo => value!({ "type": "boolean" }),
            FieldType::Date => value!({ "type": "string", "format": "date" }),
            FieldType::Month => value!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" }),
            FieldType::Choice(Choices::Fixed(words)) => {
                let words: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
                value!({ "type": "string", "enum": words })
            }
            FieldType::List(items) => {
                let items: Vec<Value> = items.iter().map(|item| self.value(item)).collect();
                match items.as_slice() {
                    [item] => value!({ "type": "array", "items": item }),
                    _ => value!({ "type": "array", "items": { "anyOf": items } }),
                }
            }
            FieldType::Person(_) => self.names(NameKind::Person),
            FieldType::Role => self.names(NameKind::Role),
            FieldType::Classification => self.names(NameKind::Classification),
            FieldType::Department => self.departments(),
            FieldType::Clause => value!({ "type": "string", "pattern": "^clause:" }),
            FieldType::Lookup(_) => value!({ "type": "object" }),
            FieldType::Bands => value!({
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["id", "from"],
                    "properties": {
                        "id": { "type": "string" },
                        "from": { "type": "number" },
                        "acceptable": { "type": "boolean" },
                    },
                },
            }),
            FieldType::Choice(Choices::Bands(_))
            | FieldType::Row(_)
            | FieldType::Document
            | FieldType::Control
            | FieldType::Term
            | FieldType::Link => value!({ "type": "string", "minLength": 1 }),
        }
    }

    /// One of the names that the handbook has.
    fn names(&self, kind: NameKind) -> Value {
        offered(self.handbook.names(kind).into_iter().map(str::to_owned).collect())
    }

    fn departments(&self) -> Value {
        let set = &self.handbook.register_set;
        let provider = set.library.provider("department");
        let rows = set.data.rows.iter().filter(|row| Some(row.kind.register) == provider);
        let ids = rows.filter_map(|row| match &set.data.id(&set.library, row)?.value {
            Stated::Word(id) => Some(id.clone()),
            _ => None,
        });
        // A department is not offered in the very register that says which there are.
        let own = provider.is_some_and(|provider| set.library.definitions[provider].id == self.definition.id);
        offered(if own { Vec::new() } else { ids.collect() })
    }
}

/// One of some names, or any text where there are none or too many.
fn offered(names: Vec<String>) -> Value {
    if names.is_empty() || names.len() > OFFERED {
        return value!({ "type": "string", "minLength": 1 });
    }
    value!({ "type": "string", "enum": names })
}

fn require(table: &mut Value, key: &str) {
    let Some(table) = table.as_object_mut() else { return };
    let required = table.entry("required").or_insert_with(|| value!([]));
    if let Value::Array(names) = required
        && !names.iter().any(|name| name == key)
    {
        names.push(value!(key));
    }
}

/// A pattern of ids as a regular expression.
fn expression(pattern: &IdPattern) -> String {
    let mut out = "^".to_owned();
    let last = pattern.text.rfind('0');
    for (at, c) in pattern.text.char_indices() {
        match c {
            '0' if Some(at) == last => out += "[0-9]+",
            '0' => out += "[0-9]",
            c if c.is_ascii_alphanumeric() || c == '-' => out.push(c),
            c => {
                out.push('\\');
                out.push(c);
            }
        }
    }
    out + "$"
}
