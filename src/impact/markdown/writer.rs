//! Lines of Markdown with a measure of detail.

use crate::locale::{Catalogue, Text};
use crate::markup::markdown_escape::{escape_markdown, escape_markdown_start};

/// How much is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Detail {
    /// Whether wordings stand side by side.
    pub(super) tables: bool,
    /// Changes told of a document at most.
    pub(super) items: usize,
    /// Entries of any list at most.
    pub(super) list: usize,
    /// Ledger entries at most.
    pub(super) entries: usize,
}

impl Detail {
    /// From everything to hardly anything.
    pub(super) const LEVELS: [Self; 5] = [
        Self { tables: true, items: 40, list: 200, entries: 60 },
        Self { tables: false, items: 40, list: 200, entries: 60 },
        Self { tables: false, items: 10, list: 40, entries: 20 },
        Self { tables: false, items: 3, list: 10, entries: 5 },
        Self { tables: false, items: 0, list: 3, entries: 1 },
    ];
}

/// Rows of a table that is written out.
const ROWS: usize = 40;
/// Characters of a table that is written out.
const TABLE: usize = 8_000;
/// Characters of a text of a document, wherever it is quoted.
const QUOTED: usize = 240;

/// Writes a report.
pub(super) struct Writer<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) detail: Detail,
    out: String,
    left_out: bool,
}

impl<'c> Writer<'c> {
    pub(super) fn new(catalogue: &'c Catalogue, detail: Detail) -> Self {
        // With less detail than everything, something is left out for certain.
        Self { catalogue, detail, out: String::new(), left_out: detail != Detail::LEVELS[0] }
    }

    /// A message of ours. Arguments go in as they are.
    pub(super) fn say(&self, key: &'static str, arguments: &[(&'static str, &str)]) -> String {
        let text = arguments.iter().fold(Text::new(key), |text, (name, value)| text.arg(name, *value));
        self.catalogue.text(&text)
    }

    /// A message of ours with numbers.
    pub(super) fn count(&self, key: &'static str, numbers: &[(&'static str, usize)]) -> String {
        let text = numbers.iter().fold(Text::new(key), |text, (name, value)| text.arg(name, *value));
        self.catalogue.text(&text)
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// One empty line, wherever it is asked for twice.
    pub(super) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.blank();
        self.line(&format!("{} {text}", "#".repeat(level)));
        self.blank();
    }

    pub(super) fn mark(&self) -> usize {
        self.out.len()
    }

    pub(super) fn back_to(&mut self, mark: usize) {
        self.out.truncate(mark);
    }

    /// Each thing by `write`, as far as the measure goes; then how many there are beside.
    pub(super) fn list<T>(&mut self, things: &[T], limit: usize, mut write: impl FnMut(&mut Self, &T)) {
        for thing in things.iter().take(limit) {
            write(self, thing);
        }
        let left = things.len().saturating_sub(limit);
        if left > 0 {
            let more = self.more(left);
            self.line(&format!("- {more}"));
        }
    }

    /// How many there are beside what is told.
    pub(super) fn more(&mut self, left: usize) -> String {
        self.left_out = true;
        self.count("impact-more", &[("count", left)])
    }

    /// A table, where it is small enough to be read in a comment.
    pub(super) fn table(&mut self, rows: usize, grid: &str) -> bool {
        let fits = self.detail.tables && rows <= ROWS && grid.chars().count() <= TABLE;
        if fits {
            self.blank();
            self.out.push_str(grid);
            self.blank();
        }
        fits
    }

    /// A block of code whose end no line of it can be.
    pub(super) fn block(&mut self, language: &str, text: &str) {
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        self.blank();
        self.line(&format!("{fence}{language}"));
        self.line(text.trim_end());
        self.line(&fence);
        self.blank();
    }

    /// The report. What is left out stands at its top.
    pub(super) fn finish(self) -> String {
        let mut out = self.out.trim_end().to_owned();
        out.push('\n');
        if !self.left_out {
            return out;
        }
        let note = format!("> [!NOTE]\n> {}\n\n", self.catalogue.get("impact-left-out"));
        // Behind the first heading.
        let at = out.find("\n\n").map_or(0, |at| at + 2);
        out.insert_str(at, &note);
        out
    }
}

/// Words of a document behind other words, never longer than a reader needs.
pub(super) fn quoted(text: &str) -> String {
    escape_markdown(&clipped(text))
}

/// The same where a list entry begins.
pub(super) fn quoted_start(text: &str) -> String {
    escape_markdown_start(&clipped(text))
}

fn clipped(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() <= QUOTED {
        return line;
    }
    line.chars().take(QUOTED - 1).chain(['…']).collect()
}

/// A path, a command, a revision: shown as it is.
pub(super) fn code(text: &str) -> String {
    let text = clipped(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    let room = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
