//! Ledgers as they stood on a day: the entries of today's file that had happened by then.
//!
//! Entries are cut out of the text whole, so that each commit holds, byte for byte, what later ones add to.

use std::collections::BTreeSet;

use jiff::civil::Date;
use toml::{Table, Value};

use super::Fault;

/// A register made of entries.
#[derive(Debug)]
pub struct Register {
    /// What stands before the first entry: a title, comments on the file.
    head: String,
    entries: Vec<Entry>,
}

/// One table of a register with the comments above it.
#[derive(Debug)]
struct Entry {
    text: String,
    /// The name of the table, `approval`.
    table: String,
    version: Option<String>,
    /// The day on which it happened; `None` for what a register says of times before it.
    day: Option<Date>,
}

/// Keys that tell on which day an entry was made, one of which every dated entry has.
const DAYS: [&str; 3] = ["approved_on", "reviewed_on", "on"];

impl Register {
    /// Cuts a register into its entries.
    pub fn read(path: &str, text: &str) -> Result<Self, Fault> {
        let (mut starts, mut comments, mut at) = (Vec::new(), None, 0);
        for line in text.split_inclusive('\n') {
            // Comments directly above an entry belong to it.
            match (line.starts_with("[["), line.starts_with('#')) {
                (true, _) => starts.push(comments.take().unwrap_or(at)),
                (false, true) => comments = comments.or(Some(at)),
                (false, false) => comments = None,
            }
            at += line.len();
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let entries: Result<_, _> =
            starts.iter().zip(ends).map(|(start, end)| entry(path, text[*start..end].trim_end())).collect();
        let head = text[..starts.first().copied().unwrap_or(text.len())].trim_end().to_owned();
        Ok(Self { head, entries: entries? })
    }

    /// The register of the example: what the story adds stands behind the versions of times before the repository and
    /// before today's entries. An approval of the story takes the place of the bare line that a version of those times
    /// has today.
    pub fn with(self, added: Self) -> Self {
        let approved: BTreeSet<&String> = added.approvals(Date::MAX).collect();
        let (mut entries, since): (Vec<_>, Vec<_>) =
            self.entries.into_iter().partition(|entry| entry.table == "history");
        entries.retain(|entry| entry.version.as_ref().is_none_or(|version| !approved.contains(version)));
        entries.extend(added.entries);
        entries.extend(since);
        Self { head: self.head, entries }
    }

    /// What it held on the evening of a day. Nothing is left of one that had no entry yet.
    pub fn until(&self, day: Date) -> Option<String> {
        let kept = self.entries.iter().filter(|entry| entry.day.is_none_or(|happened| happened <= day));
        let kept: Vec<&str> = kept.map(|entry| entry.text.as_str()).collect();
        let head = Some(self.head.as_str()).filter(|head| !head.is_empty());
        (!kept.is_empty()).then(|| head.into_iter().chain(kept).collect::<Vec<_>>().join("\n\n") + "\n")
    }

    /// The versions that were approved until a day, in the order of the entries.
    pub fn approvals(&self, day: Date) -> impl DoubleEndedIterator<Item = &String> {
        let of_day = move |entry: &&Entry| entry.table == "approval" && entry.day.is_some_and(|given| given <= day);
        self.entries.iter().filter(of_day).filter_map(|entry| entry.version.as_ref())
    }
}

fn entry(path: &str, text: &str) -> Result<Entry, Fault> {
    let bad = |why: String| Fault::new(format!("{path}: {why}"));
    let table: Table = toml::from_str(text).map_err(|error| bad(error.to_string()))?;
    let entry = table.iter().next().and_then(|(name, tables)| Some((name, tables.as_array()?.first()?.as_table()?)));
    let Some((name, entry)) = entry else { return Err(bad("an entry without a table".to_owned())) };
    let day = DAYS.iter().find_map(|key| entry.get(*key)).filter(|_| name != "history");
    let day = day.map(|day| day.to_string().parse().map_err(|_| bad(format!("{day} is no date")))).transpose()?;
    if day.is_none() && name != "history" {
        return Err(bad(format!("an entry [[{name}]] without a day")));
    }
    let version = entry.get("version").and_then(Value::as_str).map(str::to_owned);
    Ok(Entry { text: text.to_owned(), table: name.clone(), version, day })
}
