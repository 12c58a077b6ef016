//! What a text reads as: its tree as lines, a line a node, and the digest over them.
//!
//! Two uses: a copy is made only where it has the lines of its source, and an entry of the ledger keeps the digest, so that a
//! later parser that reads a copy otherwise is noticed. Every kind of node is taken apart without a rest, so that a new one
//! cannot be forgotten. `docs/approved-copy.md` specifies the lines.

use super::digest::CopyDigest;
use super::meaning::{Meant, Targets};
use crate::model::content::{Alert, Alignment, Block, Inline, Kind, List, Node, Note, Step};
use crate::model::document::Document;
use crate::model::outline::{Heading, HeadingKind, Number};
use crate::model::reference::{Form, Fragment, Reference};
use crate::source::{Span, Spanned};

/// The first line: another serialisation has another number.
const FORM: &str = "kitei reading, form 1\n";

/// A document's tree as lines.
#[derive(Debug, Default)]
pub struct Reading {
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    depth: usize,
    span: Span,
    what: What,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    /// Words as they read; neighbours are one.
    Words(String),
    /// Any other node.
    Node(String),
}

impl Reading {
    /// The lines of a document; `text` is the whole file.
    pub(super) fn of(document: &Document, text: &str, targets: &Targets) -> Self {
        let mut reading = Self::default();
        let mut depth = 0;
        for step in document.content.walk() {
            match step {
                Step::Enter(node) => {
                    match node.kind {
                        Kind::Inline(Inline::Text(words)) => {
                            let words = document.content.words(node, words, text);
                            reading.push_words(depth, node.span, &words.replace("\r\n", "\n"));
                        }
                        kind => {
                            let what = What::Node(written(document, text, targets, node, kind));
                            reading.lines.push(Line { depth, span: node.span, what });
                        }
                    }
                    depth += usize::from(!node.is_leaf());
                }
                Step::Leave(_) => depth -= 1,
            }
        }
        reading
    }

    fn push_words(&mut self, depth: usize, span: Span, words: &str) {
        if let Some(Line { depth: before, span: known, what: What::Words(said) }) = self.lines.last_mut()
            && *before == depth
        {
            said.push_str(words);
            known.end = span.end;
            return;
        }
        self.lines.push(Line { depth, span, what: What::Words(words.to_owned()) });
    }

    /// The lines as text, without the first.
    fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            let node = match &line.what {
                What::Words(words) => format!("text {}", quoted(words)),
                What::Node(node) => node.clone(),
            };
            out.push_str(&format!("{} {node}\n", line.depth));
        }
        out
    }

    /// The digest of the lines.
    pub fn digest(&self) -> CopyDigest {
        CopyDigest::of(format!("{FORM}{}", self.text()).as_bytes())
    }

    /// The place in this reading of the first node that another reading has otherwise, `None` inside where it has no
    /// place: the other goes on. Nothing where both are the same.
    pub(super) fn first_difference(&self, other: &Self) -> Option<Option<Span>> {
        let same = |(a, b): &(&Line, &Line)| a.depth == b.depth && a.what == b.what;
        let at = self.lines.iter().zip(&other.lines).take_while(same).count();
        if at == self.lines.len() && at == other.lines.len() {
            return None;
        }
        Some(self.lines.get(at).or(self.lines.last()).map(|line| line.span))
    }
}

fn quoted(words: &str) -> String {
    serde_json::Value::String(words.to_owned()).to_string()
}

fn written(document: &Document, text: &str, targets: &Targets, node: &Node, kind: Kind) -> String {
    let words = |words| quoted(&document.content.words(node, words, text).replace("\r\n", "\n"));
    match kind {
        Kind::Block(block) => match block {
            Block::Section(index) => document.outline.headings.get(index as usize).map_or_else(String::new, section),
            Block::Heading { level, section } => {
                format!("heading {level} {}", if section.is_some() { "divides" } else { "inside" })
            }
            Block::Paragraph(number) => format!("paragraph {}", number.unwrap_or(0)),
            Block::List(List { start, tight, numbered, opens_paragraph }) => {
                let start = start.map_or_else(|| "-".to_owned(), |start| start.to_string());
                let tight = if tight { "tight" } else { "loose" };
                let numbered = if numbered { "numbered" } else { "plain" };
                format!("list {start} {tight} {numbered} {}", if opens_paragraph { "opens" } else { "follows" })
            }
            Block::Item(number) => format!("item {}", number.unwrap_or(0)),
            Block::Quotation => "quotation".to_owned(),
            Block::Alert(alert) => format!("alert {}", alert_name(alert)),
            Block::Code(info) => format!("code {}", words(info)),
            Block::Typed => "typed".to_owned(),
            Block::Note(note) => format!("note {}", note_name(document, note)),
            Block::Table(table) => {
                let columns = document.content.alignments(table).iter().map(|set| alignment_name(*set));
                std::iter::once("table").chain(columns).collect::<Vec<_>>().join(" ")
            }
            Block::Row { head } => format!("row {}", if head { "head" } else { "body" }),
            Block::Cell => "cell".to_owned(),
            Block::Rule => "rule".to_owned(),
        },
        Kind::Inline(inline) => match inline {
            Inline::Text(said) => format!("text {}", words(said)),
            Inline::Code(said) => format!("code-words {}", words(said)),
            Inline::Typed(said) => format!("typed-words {}", words(said)),
            Inline::SoftBreak => "soft-break".to_owned(),
            Inline::HardBreak => "hard-break".to_owned(),
            Inline::Emphasis => "emphasis".to_owned(),
            Inline::Strong => "strong".to_owned(),
            Inline::Strikethrough => "strikethrough".to_owned(),
            Inline::Reference(index) => format!("reference {}", reference(document, targets, index)),
            Inline::Image(index) => format!("image {}", reference(document, targets, index)),
            Inline::Mention(note) => format!("mention {}", note_name(document, note)),
            Inline::Task { done } => format!("task {}", if done { "done" } else { "open" }),
        },
    }
}

fn section(heading: &Heading) -> String {
    // Words, 項 and 号 are nodes of their own; places differ from text to text.
    let Heading {
        level,
        text: _,
        span: _,
        id,
        anchor,
        kind,
        number,
        deleted,
        in_supplement,
        implements,
        paragraphs: _,
        end: _,
    } = heading;
    let kind = match kind {
        HeadingKind::Chapter => "chapter",
        HeadingKind::Section => "section",
        HeadingKind::Article => "article",
        HeadingKind::Supplement => "supplement",
        HeadingKind::Plain => "plain",
    };
    let Number { main, branch } = number.unwrap_or(Number { main: 0, branch: 0 });
    let given = if id.is_some() { "given" } else { "made" };
    let deleted = if *deleted { "deleted" } else { "kept" };
    let place = if *in_supplement { "supplement" } else { "main" };
    let mut out = format!("section {kind} {level} {main} {branch} {} {given} {deleted} {place}", quoted(anchor));
    for Spanned { value, span: _ } in implements {
        out.push(' ');
        out.push_str(&quoted(value));
    }
    out
}

fn alert_name(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "note",
        Alert::Tip => "tip",
        Alert::Important => "important",
        Alert::Warning => "warning",
        Alert::Caution => "caution",
    }
}

fn alignment_name(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Default => "default",
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}

fn note_name(document: &Document, note: u32) -> String {
    document.content.notes().get(note as usize).map_or_else(String::new, |note| {
        let Note { label, number } = note;
        format!("{number} {}", quoted(&label.to_lowercase()))
    })
}

fn reference(document: &Document, targets: &Targets, index: u32) -> String {
    let index = index as usize;
    let (Some(reference), Some(meant)) = (document.references.get(index), targets.get(index)) else {
        return String::new();
    };
    // The target is written as what it means.
    let Reference { form, span: _, raw: _, target: _, has_text } = reference;
    let form = match form {
        Form::Link => "link",
        Form::Image => "image",
        Form::Short => "short",
    };
    format!("{form} {} {}", if *has_text { "words" } else { "generated" }, meaning(meant))
}

fn meaning(meant: &Meant) -> String {
    match meant {
        Meant::Document(id, fragment) => {
            let id = id.as_ref().map(|id| id.to_ascii_uppercase()).unwrap_or_default();
            let mut out = format!("document {}", quoted(&id));
            if let Some(Fragment { anchor, paragraph, items, malformed: _ }) = fragment {
                out.push_str(&format!(" {}", quoted(anchor)));
                for number in paragraph.iter().chain(items) {
                    out.push_str(&format!(" {number}"));
                }
            }
            out
        }
        Meant::File(name, fragment) => match fragment {
            Some(fragment) => format!("file {} {}", quoted(name), quoted(fragment)),
            None => format!("file {}", quoted(name)),
        },
        Meant::Named(kind, name) => format!("{kind} {}", quoted(name)),
    }
}
