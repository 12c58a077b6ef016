//! Settings as a flat list, whatever they are: `kitei.toml` may get keys that this module never heard of, and a change
//! of any of them is told.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

/// Each setting by its path, such as `tiers.policy.approver`; a list of single values is a set.
pub(super) type Settings = BTreeMap<String, BTreeSet<String>>;

/// Reads a configuration; `None` where it is no TOML.
pub(super) fn settings(text: &str) -> Option<Settings> {
    let mut found = Settings::new();
    for (key, value) in text.parse::<toml::Table>().ok()? {
        add(&mut found, key, &value);
    }
    Some(found)
}

fn add(found: &mut Settings, path: String, value: &Value) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                add(found, format!("{path}.{key}"), value);
            }
        }
        Value::Array(array) => {
            for (at, value) in array.iter().enumerate() {
                match value {
                    Value::Table(table) => add(found, format!("{path}[{}]", name(table, at)), value),
                    other => {
                        found.entry(path.clone()).or_default().insert(plain(other));
                    }
                }
            }
        }
        other => {
            found.entry(path).or_default().insert(plain(other));
        }
    }
}

/// What tells a table of a list from its neighbours: an entry that only moved did not change.
fn name(table: &toml::Table, at: usize) -> String {
    let named: Vec<String> =
        ["id", "rule", "document", "anchor"].iter().filter_map(|key| table.get(*key)).map(plain).collect();
    if named.is_empty() { (at + 1).to_string() } else { named.join(" ") }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_a_path_and_order_does_not_count() {
        let one = "a = 1\n[t.x]\nlist = [\"b\", \"c\"]\n[[waiver]]\nrule = \"r\"\ndocument = \"P-01\"\nreason = \"x\"\n\
                   [[waiver]]\nrule = \"r\"\ndocument = \"P-02\"\n";
        let other = "a = 1\n[[waiver]]\nrule = \"r\"\ndocument = \"P-02\"\n[[waiver]]\nreason = \"x\"\nrule = \"r\"\n\
                     document = \"P-01\"\n[t.x]\nlist = [\"c\", \"b\"]\n";
        let read = settings(one).unwrap();
        assert_eq!(read, settings(other).unwrap());
        assert_eq!(read["waiver[r P-01].reason"], BTreeSet::from(["x".to_owned()]));
        assert_eq!(read["t.x.list"].len(), 2);
        assert!(settings("a = ").is_none());
    }
}
