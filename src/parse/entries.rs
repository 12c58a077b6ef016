//! A TOML file of arrays of tables as a list of entries, whatever their keys: what history compares.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
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

/// What tells entries apart: a SHA-256 hash over all that an [`Entry`] holds. Equal entries have equal names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryName([u8; 32]);

impl EntryName {
    /// The name of an entry that says what this one says and has so many of its kind before it.
    fn repeated(self, count: usize) -> Self {
        if count == 0 {
            return self;
        }
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update((count as u64).to_le_bytes());
        Self(hash.finalize().into())
    }
}

impl Entry {
    /// What tells this entry apart from others.
    pub fn entry_name(&self) -> EntryName {
        let mut hash = Sha256::new();
        let texts = self.fields.iter().flat_map(|(key, value)| [key, value]);
        for text in std::iter::once(&self.table).chain(texts) {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        EntryName(hash.finalize().into()).repeated(self.repeated)
    }

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

/// Reads the many versions of a file that grows: what stood in an earlier version letter by letter is not read again, so
/// that reading all of them takes as long as reading what each brought.
#[derive(Debug, Default)]
pub struct Versions {
    /// Texts that hold one entry and nothing else, and what it says.
    read: HashMap<Box<str>, (Arc<str>, EntryName)>,
}

impl Versions {
    /// Table and name of every entry of a version, in the order of [`entries`]; `None` where that has none.
    pub fn read(&mut self, text: &str) -> Option<Vec<(Arc<str>, EntryName)>> {
        let Some(mut found) = self.each_alone(text) else {
            let found = entries(text)?;
            return Some(found.iter().map(|(entry, _)| (Arc::from(&*entry.table), entry.entry_name())).collect());
        };
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let mut seen: HashMap<EntryName, usize> = HashMap::new();
        for (_, name) in &mut found {
            let count = seen.entry(*name).or_default();
            *name = name.repeated(*count);
            *count += 1;
        }
        Some(found)
    }

    /// Entries in file order, each read by itself; `None` where the file cannot be taken apart so.
    fn each_alone(&mut self, text: &str) -> Option<Vec<(Arc<str>, EntryName)>> {
        let starts = text.match_indices("[[").map(|(at, _)| at);
        let mut starts: Vec<usize> = starts.filter(|at| *at == 0 || text.as_bytes()[at - 1] == b'\n').collect();
        let before = starts.first().copied().unwrap_or(text.len());
        let (head, errors) = DeTable::parse_recoverable(&text[..before]);
        if !errors.is_empty() || !head.get_ref().is_empty() {
            return None;
        }
        starts.push(text.len());
        starts.windows(2).map(|part| self.alone(&text[part[0]..part[1]])).collect()
    }

    /// The entry of a text that is valid by itself and holds this one entry. Such texts one after the other are valid
    /// too, and hold these entries: no string or table of one can reach into the next.
    fn alone(&mut self, text: &str) -> Option<(Arc<str>, EntryName)> {
        if let Some(known) = self.read.get(text) {
            return Some(known.clone());
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut keys = table.get_ref().iter();
        let (Some((name, value)), None, true) = (keys.next(), keys.next(), errors.is_empty()) else { return None };
        let DeValue::Array(array) = value.get_ref() else { return None };
        let (Some(element), 1) = (array.first(), array.len()) else { return None };
        let DeValue::Table(table) = element.get_ref() else { return None };
        let entry = Entry { table: name.get_ref().to_string(), fields: fields(table), repeated: 0 };
        let found: (Arc<str>, EntryName) = (Arc::from(&*entry.table), entry.entry_name());
        self.read.insert(text.into(), found.clone());
        Some(found)
    }
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
    fn versions_read_one_after_the_other_say_what_each_says_alone() {
        let grown = [
            "# 注\n",
            "[[approval]]\nversion = \"1.0\"\n\n",
            "[[approval]] # 注\nversion = \"1.1\"\nagainst = { \"P-01\" = \"1.0\" }\n[approval.more]\na = 1\n",
            "[[review]]\nreviewed_on = 2026-04-01\n",
            "[[approval]]\nversion = '1.0'\n",
            "[[review]]\nreviewed_on = 2026-04-01\n",
            "[[announcement]]\ntext = \"\"\"\n[[approval]]\nversion = 1\n\"\"\"\n",
            "[[approval.more.parts]]\nb = 2\n",
            "[other]\nc = 3\n",
            "[[other]]\nd = 4\n",
        ];
        let mut versions = Versions::default();
        let told = |text: &str| {
            let found = entries(text)?;
            Some(found.iter().map(|(entry, _)| (Arc::from(&*entry.table), entry.entry_name())).collect::<Vec<_>>())
        };
        for from in 0..grown.len() {
            for to in from..=grown.len() {
                let text = grown[from..to].concat();
                assert_eq!(versions.read(&text), told(&text), "{text}");
                let text = text.replace("[[", " [[").replace('\n', "\r\n");
                assert_eq!(versions.read(&text), told(&text), "{text}");
            }
        }
        assert!(told(&grown.concat()).is_none(), "a table and an array of one name");
        assert!(versions.read.len() >= 4);
    }
}
