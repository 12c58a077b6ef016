//! One TOML table as text, key by key: the form in which entries are appended to a ledger.

use std::fmt::Write;

use jiff::civil::Date;

use crate::model::id::{DocumentId, Version};

/// One TOML table under construction.
pub(super) struct Entry(String);

impl Entry {
    pub(super) fn new(table: &str) -> Self {
        Self(format!("[[{table}]]\n"))
    }

    pub(super) fn string(&mut self, key: &str, value: &str) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.0, "{key} = {}", quote(value));
    }

    pub(super) fn optional(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.string(key, value);
        }
    }

    pub(super) fn strings(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let list: Vec<String> = values.iter().map(|value| quote(value)).collect();
            let _ = writeln!(self.0, "{key} = [{}]", list.join(", "));
        }
    }

    pub(super) fn date(&mut self, key: &str, value: Date) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    pub(super) fn versions(&mut self, key: &str, values: &[(DocumentId, Version)]) {
        if !values.is_empty() {
            let list: Vec<String> =
                values.iter().map(|(id, version)| format!("{} = \"{version}\"", quote(id.as_str()))).collect();
            let _ = writeln!(self.0, "{key} = {{ {} }}", list.join(", "));
        }
    }

    /// The table as text.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// A TOML basic string on one line.
fn quote(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
