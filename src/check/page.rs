//! The page of a rule: documentation, text of `kitei explain`, page of the site, and the rule's test.
//!
//! A page is Markdown. Its first fenced blocks under the second-level heading of bad examples are files
//! (````markdown file=PATH`) and one block `findings` with a line `PATH:LINE:COLUMN: SEVERITY[CODE]` a finding;
//! under the heading of good examples there are files only. A block ````bytes file=PATH` is a file with escapes
//! `\xNN` for bytes that are no text, ````symlink file=PATH` a symbolic link. A block with `at=DATE` besides is a file that
//! was committed on that day; each commit keeps what those before it hold. Only where there are such blocks does the
//! example have a history. `clock=DATE` is what the committer's clock said where it was not that day, and files below
//! `.git/` are the repository's own. The Japanese page holds the examples, the English one takes them in at `<!-- bad -->` and
//! `<!-- good -->`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::registry::Rule;
use crate::load::MemoryFiles;
use crate::locale::Language;
use crate::model::content::{Block, Inline, Kind, Step};
use crate::model::document::Numbering;
use crate::parse::content::read;
use crate::source::Span;

/// What stands at a path of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// Any bytes.
    Bytes(Vec<u8>),
    /// A symbolic link.
    Link,
}

impl Content {
    fn new(kind: &str, text: &str) -> Self {
        match kind {
            "bytes" => Self::Bytes(unescape(text)),
            "symlink" => Self::Link,
            _ => Self::Text(text.to_owned()),
        }
    }

    /// Puts it at a path.
    pub fn insert(&self, path: &str, files: &mut MemoryFiles) {
        match self {
            Self::Text(text) => files.insert(path, text.as_str()),
            Self::Bytes(bytes) => files.insert(path, bytes.as_slice()),
            Self::Link => files.insert_link(path),
        }
    }
}

/// The bytes of a text with escapes `\xNN`.
fn unescape(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.extend(byte);
        bytes.extend(byte.map_or(part, |_| &part[2..]).bytes());
    }
    bytes
}

/// Files that were committed, by day and path.
pub type Commits = BTreeMap<Date, BTreeMap<String, Content>>;

/// The examples of a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// Files of the bad example, by path.
    pub bad: BTreeMap<String, Content>,
    /// What the bad example yields, in order.
    pub findings: Vec<String>,
    /// Files of the good example, by path.
    pub good: BTreeMap<String, Content>,
    /// History of the bad example.
    pub bad_past: Commits,
    /// History of the good example.
    pub good_past: Commits,
    /// What clocks said that were wrong, by the day of the commit.
    pub clocks: BTreeMap<Date, Date>,
}

const BAD: &str = "悪い例";
const GOOD: &str = "よい例";

/// Reads the examples of a Japanese page.
pub fn examples(page: &str) -> Examples {
    let mut found = Examples::default();
    let content = read(page, Span::new(0, page.len()), Numbering::Plain).content;
    let mut section = String::new();
    let mut walk = content.walk();
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        match node.kind {
            Kind::Block(Block::Heading { level: 2, .. }) => section = content.line(walk.inside(), page),
            Kind::Block(Block::Code(info)) => {
                let text: String = walk
                    .inside()
                    .iter()
                    .filter_map(|line| match line.kind {
                        Kind::Inline(Inline::Text(words)) => Some(content.words(line, words, page)),
                        Kind::Block(_) | Kind::Inline(_) => None,
                    })
                    .collect();
                found.add(&section, content.words(node, info, page), &text);
            }
            Kind::Block(_) | Kind::Inline(_) => {}
        }
    }
    found
}

impl Examples {
    /// Adds a block of a section: a file, or the findings.
    fn add(&mut self, section: &str, info: &str, text: &str) {
        let word = |key: &str| info.split_whitespace().find_map(|word| word.strip_prefix(key));
        let date = |key: &str| word(key).and_then(|day| day.parse::<Date>().ok());
        let day = date("at=");
        self.clocks.extend(day.zip(date("clock=")));
        let (past, files) = match (section, word("file=")) {
            (BAD, Some(_)) => (&mut self.bad_past, &mut self.bad),
            (GOOD, Some(_)) => (&mut self.good_past, &mut self.good),
            (BAD, None) if info == "findings" => {
                self.findings.extend(text.lines().map(str::to_owned));
                return;
            }
            _ => return,
        };
        let files = day.map(|day| past.entry(day).or_default()).unwrap_or(files);
        let content = Content::new(info.split_whitespace().next().unwrap_or(""), text);
        files.extend(word("file=").map(|path| (path.to_owned(), content)));
    }
}

/// The part of a page below a second-level heading, without the heading.
fn section<'p>(page: &'p str, title: &str) -> &'p str {
    let start = format!("\n## {title}\n");
    let Some(at) = page.find(&start) else { return "" };
    let rest = &page[at + start.len()..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end]).trim()
}

/// A rule's page as it is shown: the English one with the examples filled in.
pub fn shown(rule: &Rule, language: Language) -> String {
    match language {
        Language::Ja => rule.page_ja.to_owned(),
        Language::En => rule
            .page_en
            .replace("<!-- bad -->", section(rule.page_ja, BAD))
            .replace("<!-- good -->", section(rule.page_ja, GOOD)),
    }
}

/// The title of a rule's page.
pub fn title(rule: &Rule, language: Language) -> &'static str {
    rule.page(language).lines().next().unwrap_or("").trim_start_matches('#').trim()
}
