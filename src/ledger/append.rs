//! New entries as text behind what a ledger file holds. Earlier bytes stay as they are, and the file keeps the ends of
//! lines that it has. Writes nothing: [`crate::publish`] does.

use super::entry::EntryKind;
use super::{Announcement, Approval, Ledger, PastVersion, Retirement, Review};

/// An entry of any kind that is to be appended. Two are equal where they would read back as the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewEntry {
    /// `[[history]]`.
    Past(PastVersion),
    /// `[[approval]]`.
    Approval(Box<Approval>),
    /// `[[review]]`.
    Review(Review),
    /// `[[retirement]]`.
    Retirement(Retirement),
    /// `[[announcement]]`.
    Announcement(Announcement),
}

impl NewEntry {
    /// The entry as TOML.
    pub fn to_toml(&self) -> String {
        match self {
            Self::Past(entry) => entry.to_toml(),
            Self::Approval(entry) => entry.to_toml(),
            Self::Review(entry) => entry.to_toml(),
            Self::Retirement(entry) => entry.to_toml(),
            Self::Announcement(entry) => entry.to_toml(),
        }
    }

    /// Whether a ledger holds this very entry: a run that died after writing it is then simply repeated.
    pub fn is_in(&self, ledger: &Ledger) -> bool {
        match self {
            Self::Past(entry) => entry.is_in(ledger),
            Self::Approval(entry) => entry.is_in(ledger),
            Self::Review(entry) => entry.is_in(ledger),
            Self::Retirement(entry) => entry.is_in(ledger),
            Self::Announcement(entry) => entry.is_in(ledger),
        }
    }
}

/// Entries as the text of a new ledger file, an empty line between two.
pub fn ledger_text(entries: &[NewEntry]) -> String {
    entries.iter().map(NewEntry::to_toml).collect::<Vec<_>>().join("\n")
}

/// What has to follow the text of a ledger file, so that it holds some more entries: an end of its last line where that
/// has none, an empty line, and the entries, with the ends of lines of the file.
pub fn addition(old: &str, entries: &[NewEntry]) -> String {
    let line_end = match old.rfind('\n') {
        Some(at) if old[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let ends = |text: &str| text.is_empty() || text.ends_with('\n');
    let mut text = String::new();
    if !ends(old) {
        text.push('\n');
    }
    let last_line = old.strip_suffix('\n').map(|old| old.strip_suffix('\r').unwrap_or(old));
    if !old.is_empty() && !last_line.is_some_and(|old| old.ends_with('\n')) {
        text.push('\n');
    }
    text.push_str(&ledger_text(entries));
    // No value of an entry holds an end of a line: each is written on one.
    text.replace('\n', line_end)
}
