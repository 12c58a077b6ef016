//! Findings that an organisation had when it began: a list in a file, so that only new ones count.
//!
//! A finding is known by its rule, its file, the heading it stands under, the words at its place and what its message
//! names; never by its line, so that text may be added above it. Reads and writes texts only; the file belongs to
//! `kitei check`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Diagnostic, Report};
use crate::digest::sha256_hex;
use crate::handbook::Handbook;

/// The version of the file's shape.
const SCHEMA: u32 = 1;

/// Longest text of a place that is written whole, in characters.
const WHOLE: usize = 80;

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Known {
    /// Path from the root.
    pub file: String,
    /// Name of the rule.
    pub rule: String,
    /// Id of the nearest heading above that has one; empty where there is none.
    pub under: String,
    /// The words at its place.
    pub text: String,
    /// What its message names beside.
    pub about: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    rule: String,
    #[serde(default)]
    under: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    about: Vec<String>,
    #[serde(default = "one")]
    count: usize,
}

fn one() -> usize {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    #[serde(default)]
    finding: Vec<Entry>,
}

/// Known findings, each with how often it occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Known, usize>);

impl Baseline {
    /// The findings of a report.
    pub fn of(handbook: &Handbook, report: &Report) -> Self {
        let mut found = BTreeMap::new();
        for diagnostic in &report.diagnostics {
            *found.entry(Known::of(handbook, diagnostic)).or_insert(0) += 1;
        }
        Self(found)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The parser's words, with line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        if file.schema != SCHEMA {
            return Err(format!("schema = {}", file.schema));
        }
        let mut known = BTreeMap::new();
        for Entry { file, rule, under, text, about, count } in file.finding {
            *known.entry(Known { file, rule, under, text, about }).or_insert(0) += count;
        }
        Ok(Self(known))
    }

    /// The file's text below a comment, sorted by file and rule.
    pub fn to_toml(&self, comment: &str) -> String {
        let comment: String = comment.lines().map(|line| format!("# {line}\n")).collect();
        let mut text = format!("{comment}schema = {SCHEMA}\n");
        for (known, count) in &self.0 {
            let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
            text += &format!("\n[[finding]]\nfile = {}\nrule = {}\n", quoted(&known.file), quoted(&known.rule));
            for (key, value) in [("under", &known.under), ("text", &known.text)] {
                if !value.is_empty() {
                    text += &format!("{key} = {}\n", quoted(value));
                }
            }
            if !known.about.is_empty() {
                let about: Vec<String> = known.about.iter().map(|about| quoted(about)).collect();
                text += &format!("about = [{}]\n", about.join(", "));
            }
            if *count > 1 {
                text += &format!("count = {count}\n");
            }
        }
        text
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Leaves the known findings out of a report. Returns those that occur no more, or less often, each with how many
    /// are gone.
    pub fn apply(&self, handbook: &Handbook, report: &mut Report) -> Vec<(Known, usize)> {
        let mut left = self.0.clone();
        report.diagnostics.retain(|diagnostic| match left.get_mut(&Known::of(handbook, diagnostic)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        left.into_iter().filter(|(_, count)| *count > 0).collect()
    }
}

impl Known {
    fn of(handbook: &Handbook, diagnostic: &Diagnostic) -> Self {
        let file = handbook.sources.file(diagnostic.place.file);
        let start = diagnostic.place.span.start;
        let document = handbook.index_at(file.path()).map(|index| &handbook.documents[index]);
        let under = document.and_then(|document| {
            let headings = &document.outline.headings;
            let upto = headings.partition_point(|heading| heading.span.start <= start);
            headings[..upto].iter().rev().find_map(|heading| heading.id.as_ref())
        });
        let text = shown(handbook.sources.text_at(diagnostic.place));
        // Dates and counts change by themselves; what a message names does not.
        let about = diagnostic.message.words().into_iter().filter(|word| word.parse::<jiff::civil::Date>().is_err());
        let about = about.map(shown).filter(|word| *word != text && !word.is_empty()).collect();
        Self {
            file: file.path().to_owned(),
            rule: diagnostic.rule.name.to_owned(),
            under: under.map_or(String::new(), |id| id.value.clone()),
            text,
            about,
        }
    }
}

/// A text on one line, and where it is long its beginning and a name for the whole.
fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= WHOLE {
        return line;
    }
    let beginning: String = line.chars().take(WHOLE / 2).collect();
    let name: String = sha256_hex(line.as_bytes()).chars().take(12).collect();
    format!("{beginning}… {name}")
}
