//! The text of approved records: the statement of applicability and the risk treatment plan.
//!
//! `docs/approved-copy.md` specifies the form. It has a header of its own, so that no record can pass for a document.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use crate::model::document::SoaEntry;
use crate::model::id::DocumentId;
use crate::source::Spanned;

/// The text of the statement of applicability: a line for each decision of each document.
pub fn soa_text<'a>(decisions: impl IntoIterator<Item = (&'a DocumentId, &'a SoaEntry)>) -> String {
    let lines = decisions.into_iter().map(|(id, entry)| {
        let mut reasons: Vec<&str> = entry.reasons.iter().map(|reason| reason.value.as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let mut keys = BTreeMap::new();
        keys.insert("applicable", Value::Bool(entry.applicable.value));
        keys.insert("control", string(&entry.control.value));
        keys.insert("document", string(&id.as_str().to_ascii_uppercase()));
        if let Some(state) = &entry.implementation {
            keys.insert("implementation", string(state.value.name()));
        }
        if let Some(Spanned { value, .. }) = &entry.justification {
            keys.insert("justification", string(value));
        }
        if !reasons.is_empty() {
            keys.insert("reasons", reasons.into_iter().map(string).collect());
        }
        object(keys)
    });
    text("SOA", lines.collect())
}

/// The text of a record that is a TOML file: a line for each key of its top level, and for each table of an array of
/// tables there. `None` where the file is no TOML.
///
/// What such a table says of progress is no part of what is approved: carrying out a plan does not change it.
pub fn toml_text(name: &str, content: &str) -> Option<String> {
    let (table, errors) = DeTable::parse_recoverable(content);
    if !errors.is_empty() {
        return None;
    }
    let mut lines = Vec::new();
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Array(entries) if entries.iter().all(|entry| entry.get_ref().is_table()) => {
                lines.extend(entries.iter().map(|entry| {
                    let keys = entry.get_ref().as_table().into_iter().flat_map(DeTable::iter);
                    let planned = keys.filter(|(key, _)| !is_progress(key.get_ref()));
                    let planned = object(planned.map(|(key, value)| (key.get_ref(), json(value.get_ref()))));
                    object([(key.get_ref(), planned)])
                }));
            }
            value => lines.push(object([(key.get_ref(), json(value))])),
        }
    }
    Some(text(name, lines))
}

/// Keys of an entry that tell how far it is.
fn is_progress(key: &str) -> bool {
    key == "status" || key == "actual" || key.starts_with("actual_")
}

fn text(name: &str, lines: Vec<Value>) -> String {
    let mut lines: Vec<String> = lines.into_iter().map(|line| line.to_string()).collect();
    lines.sort_unstable();
    let mut out = format!("kitei approved record, form 1\nrecord: {}\n\n", string(name));
    for line in lines {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect()
}

fn string(text: &str) -> Value {
    Value::String(clean(text))
}

/// An object whose keys are sorted, whatever order the map inside keeps.
fn object<K: AsRef<str>>(keys: impl IntoIterator<Item = (K, Value)>) -> Value {
    let sorted: BTreeMap<String, Value> = keys.into_iter().map(|(key, value)| (clean(key.as_ref()), value)).collect();
    Value::Object(sorted.into_iter().collect())
}

fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => string(text),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(day) => string(&day.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::from(number),
            // Beyond 64 bits no reader agrees on the value: the digits are taken as they stand.
            Err(_) => string(&number.to_string()),
        },
        // Decimal forms differ between programs; the bits of the double do not.
        DeValue::Float(number) => match number.as_str().parse::<f64>() {
            Ok(number) => string(&format!("float:{:016x}", number.to_bits())),
            Err(_) => string(number.as_str()),
        },
        DeValue::Array(entries) => entries.iter().map(|entry| json(entry.get_ref())).collect(),
        DeValue::Table(table) => object(table.iter().map(|(key, value)| (key.get_ref(), json(value.get_ref())))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_the_same_whatever_the_order_and_layout_of_its_file() {
        let one =
            "title = \"計画\"\n\n[[task]]\nid = \"T-1\"\ncost = 1_000\ndue = 2026-12-31\n\n[[task]]\nid = \"T-2\"\n";
        let other =
            "task = [{ id = 'T-2' }, { due = 2026-12-31, cost = 1000, id = \"T-1\" }] # same\ntitle = '計画'\r\n";
        let text = toml_text("RISK-PLAN", one).unwrap();
        assert_eq!(
            text,
            "kitei approved record, form 1\nrecord: \"RISK-PLAN\"\n\n\
             {\"task\":{\"cost\":1000,\"due\":\"2026-12-31\",\"id\":\"T-1\"}}\n{\"task\":{\"id\":\"T-2\"}}\n\
             {\"title\":\"計画\"}\n"
        );
        assert_eq!(toml_text("RISK-PLAN", other).unwrap(), text);
        assert_ne!(toml_text("RISK-PLAN", &one.replace("1_000", "1_001")).unwrap(), text);
        assert_eq!(toml_text("RISK-PLAN", "a = ["), None);
    }

    #[test]
    fn progress_is_no_part_of_the_plan() {
        let plan = "[[task]]\nid = \"T-1\"\ndue = 2026-12-31\n";
        let begun =
            plan.to_owned() + "status = \"begun\"\nactual_start = 2026-07-01\nactual = { start = 2026-07-01 }\n";
        assert_eq!(toml_text("RISK-PLAN", &begun), toml_text("RISK-PLAN", plan));
        assert_ne!(toml_text("RISK-PLAN", &("status = 1\n".to_owned() + plan)), toml_text("RISK-PLAN", plan));
    }

    #[test]
    fn numbers_keep_their_value_and_nothing_else() {
        let line = |value: &str| toml_text("X", &format!("a = {value}")).unwrap().lines().last().unwrap().to_owned();
        assert_eq!(line("0xff"), "{\"a\":255}");
        assert_eq!(line("-5"), "{\"a\":-5}");
        assert_eq!(line("1.0"), "{\"a\":\"float:3ff0000000000000\"}");
        assert_eq!(line("10e-1"), line("1.0"));
        assert_eq!(line("[1, [\"x\"]]"), "{\"a\":[1,[\"x\"]]}");
    }
}
