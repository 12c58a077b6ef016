//! A TOML file of arrays of tables as a list of entries, whatever their keys: what history compares.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::source::Span;

/// One `[[table]]`, as it can be compared with another: what it says, not how it is laid out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The table's name.
    pub table: String,
    /// Its keys, and their values in one fixed spelling.
    pub fields: BTreeMap<String, String>,
    /// How many entries before it in the file say just the same.
    pub repeated: usize,
}

impl Entry {
    /// Name of the table and what tells the entry from others of its kind: version or date.
    pub fn label(&self) -> String {
        let mark = ["version", "reviewed_on", "effective", "on"].iter().find_map(|key| self.fields.get(*key));
        let mark = mark.map(|mark| mark.trim_matches('"')).unwrap_or_default();
        format!("[[{}]] {mark}", self.table).trim_end().to_owned()
    }
}

/// Every entry with the span that readers give it, in file order within each table, tables by name. `None` where the
/// text is no TOML: it then says nothing that could be compared.
pub fn entries(text: &str) -> Option<Vec<(Entry, Span)>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return None;
    }
    let mut arrays: Vec<(String, &DeValue<'_>)> =
        table.get_ref().iter().map(|(key, value)| (key.get_ref().to_string(), value.get_ref())).collect();
    arrays.sort_by(|a, b| a.0.cmp(&b.0));
    let mut found: Vec<(Entry, Span)> = Vec::new();
    let mut seen: BTreeMap<(String, BTreeMap<String, String>), usize> = BTreeMap::new();
    for (name, value) in arrays {
        let DeValue::Array(array) = value else { continue };
        for element in array {
            let DeValue::Table(table) = element.get_ref() else { continue };
            let fields = fields(table);
            let count = seen.entry((name.clone(), fields.clone())).or_default();
            let entry = Entry { table: name.clone(), fields, repeated: *count };
            *count += 1;
            found.push((entry, Span::from(element.span())));
        }
    }
    Some(found)
}

fn fields(table: &DeTable<'_>) -> BTreeMap<String, String> {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), spelled(value.get_ref()))).collect()
}

/// A value in one fixed spelling; the order of keys in an inline table does not count.
fn spelled(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => serde_json::Value::String(text.to_string()).to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(array) => {
            let values: Vec<String> = array.iter().map(|value| spelled(value.get_ref())).collect();
            format!("[{}]", values.join(", "))
        }
        DeValue::Table(table) => {
            let fields: Vec<String> =
                fields(table).into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_does_not_count_and_content_does() {
        let one = "# 注\n[[approval]]\nversion = \"1.0\"\nagainst = { \"P-01\" = \"1.0\", \"P-02\" = \"2.0\" }\n";
        let other = "[[approval]]\nagainst = { \"P-02\" = '2.0', \"P-01\" = \"1.0\" } # 注\n\nversion = '1.0'\n";
        let read = |text: &str| entries(text).unwrap().into_iter().map(|(entry, _)| entry).collect::<Vec<_>>();
        assert_eq!(read(one), read(other));
        assert_ne!(read(one), read(&one.replace("2.0", "2.1")));
        assert_eq!(read(one)[0].label(), "[[approval]] 1.0");
    }

    #[test]
    fn equal_entries_are_counted() {
        let text = "[[review]]\nreviewed_on = 2026-04-01\n\n[[review]]\nreviewed_on = 2026-04-01\n";
        let counts: Vec<usize> = entries(text).unwrap().iter().map(|(entry, _)| entry.repeated).collect();
        assert_eq!(counts, [0, 1]);
        assert!(entries("[[approval]\n").is_none());
    }

    #[test]
    fn spans_are_those_of_the_reader() {
        let text = "[[history]]\nversion = \"1.0\"\neffective = 2026-04-01\n\n[[history]]\nversion = \"2.0\"\n\
                    effective = 2026-04-02\n";
        let file = crate::source::SourceDb::default().add("x", text.to_owned());
        let (ledger, _) = crate::parse::ledger::ledger(file, "P-01", text);
        let read: Vec<Span> = ledger.past.iter().map(|past| past.span).collect();
        assert_eq!(entries(text).unwrap().into_iter().map(|(_, span)| span).collect::<Vec<_>>(), read);
    }
}
