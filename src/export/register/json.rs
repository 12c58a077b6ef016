//! A register as JSON. The names of the keys are a contract; `docs/registers.md` describes it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json as value};

use super::{Register, state};
use crate::locale::Catalogue;
use crate::register::data::{RegisterRow, Stated, Values};
use crate::register::definition::Field;
use crate::register::judge::Computed;
use crate::register::number::Number;

/// The register on one line. `revision` is the commit that it was read from, where it was read from one.
pub fn json(register: &Register<'_>, revision: Option<&str>, catalogue: &Catalogue) -> String {
    let definition = register.definition;
    let files: Vec<Value> = register
        .files()
        .map(|file| {
            let head = nested(&definition.head, &file.head);
            value!({
                "path": register.handbook.sources.file(file.file).path(),
                "title": file.title,
                "period": file.period.as_ref().map(|period| &period.value),
                "head": head,
            })
        })
        .collect();
    let mut tables = Map::new();
    for (at, kind) in definition.kinds.iter().enumerate() {
        let rows = register.rows(at).map(|(position, row)| self::row(register, &kind.fields, position, row, catalogue));
        tables.insert(kind.name.value.clone(), rows.collect());
    }
    let whole = value!({
        "schema": 1,
        "register": definition.id.value,
        "edition": definition.edition,
        "revision": revision,
        "as_of": register.today().to_string(),
        "files": files,
        "tables": tables,
    });
    format!("{whole}\n")
}

fn row(register: &Register<'_>, fields: &[Field], position: usize, row: &RegisterRow, catalogue: &Catalogue) -> Value {
    let set = &register.handbook.register_set;
    let (mut computed, mut uncomputed) = (BTreeMap::new(), Vec::new());
    for (field, found) in &register.judgement.computed[position] {
        let path = &fields[*field].path;
        match found {
            Computed::Value(found) => {
                computed.insert(path, stated(found));
            }
            Computed::None(why) => uncomputed.push(value!({ "field": path, "why": catalogue.text(why) })),
        }
    }
    let file = register.handbook.sources.file(row.place.file);
    value!({
        "id": set.data.id(&set.library, row).map(|id| id.value.to_string()),
        "period": set.data.period(row),
        "state": state(row, register.today()),
        "closed_on": row.closed_on.as_ref().map(|day| day.value.to_string()),
        "void": row.void.as_ref().map(|reason| &reason.value),
        "values": nested(fields, &row.values),
        "computed": computed,
        "uncomputed": uncomputed,
        "file": file.path(),
        "line": file.position(row.place.span.start).line,
    })
}

/// Values as stated, below the keys of their paths.
fn nested(fields: &[Field], values: &Values) -> Value {
    let mut found = Map::new();
    for (field, value) in values.iter() {
        let mut table = &mut found;
        let mut keys = fields[field].path.split('.').peekable();
        while let Some(key) = keys.next() {
            if keys.peek().is_none() {
                table.insert(key.to_owned(), stated(&value.value));
                break;
            }
            let inner = table.entry(key).or_insert_with(|| Value::Object(Map::new()));
            // A definition has no field whose path another one's goes through.
            let Value::Object(inner) = inner else { break };
            table = inner;
        }
    }
    Value::Object(found)
}

fn number(number: Number) -> Value {
    number.as_whole().map_or_else(|| value!(number.as_float()), |whole| value!(whole))
}

fn stated(found: &Stated) -> Value {
    match found {
        Stated::Word(word) => value!(word),
        Stated::Number(figure) => number(*figure),
        Stated::YesNo(flag) => value!(flag),
        Stated::Date(date) => value!(date.to_string()),
        Stated::Month(month) => value!(month.to_string()),
        Stated::List(items) => items.iter().map(|item| stated(&item.value)).collect(),
        Stated::Lookup(cells) => {
            cells.iter().map(|(keys, figure)| value!({ "keys": keys, "value": number(*figure) })).collect()
        }
        Stated::Bands(steps) => steps
            .iter()
            .map(|step| value!({ "id": step.id, "from": number(step.from), "acceptable": step.acceptable }))
            .collect(),
    }
}
