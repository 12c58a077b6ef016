//! Writes one TOML table, one line a key: the form of tables that are appended to a file that people read, and of approved
//! copies.

use std::fmt::Write;

use super::value::TomlValue;

/// A table under construction.
#[derive(Debug)]
pub struct TableWriter(String);

impl TableWriter {
    /// Begins the keys that stand before every table.
    pub fn top() -> Self {
        Self(String::new())
    }

    /// Begins a table: `[name]`.
    pub fn table(name: &str) -> Self {
        Self(format!("[{name}]\n"))
    }

    /// Begins an entry of an array of tables: `[[name]]`.
    pub fn array_entry(name: &str) -> Self {
        Self(format!("[[{name}]]\n"))
    }

    /// A key with a single value.
    pub fn value(&mut self, key: &str, value: &impl TomlValue) {
        self.line(key, &value.to_toml());
    }

    /// A key with a list on one line.
    pub fn list<T: TomlValue>(&mut self, key: &str, values: &[T]) {
        let values: Vec<String> = values.iter().map(TomlValue::to_toml).collect();
        self.line(key, &format!("[{}]", values.join(", ")));
    }

    /// A key with an inline table whose keys are free, and therefore quoted.
    pub fn inline_table<'a, T: TomlValue + 'a>(
        &mut self,
        key: &str,
        values: impl IntoIterator<Item = (&'a str, &'a T)>,
    ) {
        let values: Vec<String> =
            values.into_iter().map(|(name, value)| format!("{} = {}", quoted(name), value.to_toml())).collect();
        self.line(key, &format!("{{ {} }}", values.join(", ")));
    }

    fn line(&mut self, key: &str, value: &str) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    /// The table as text; every line ends in `\n`.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// A TOML basic string on one line.
pub(super) fn quoted(value: &str) -> String {
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
