//! The tree of what readers of a document see: sections, paragraphs, lists, tables, alerts, and the words in them, with
//! the generated numbers. [`crate::parse::content`] makes it; pages, comparisons, search, rules and import read it, and
//! nobody else interprets Markdown.
//!
//! Nodes are kept in text order in one list, each with the number of those inside it. So a tree costs one allocation, and no
//! nesting, however deep, needs a stack of calls: readers go over it by [`Content::walk`].

use crate::source::Span;

/// What a document's body says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    nodes: Vec<Node>,
    /// Words that are not in the text as they read: entities, code over several lines.
    own: String,
    alignments: Vec<Vec<Alignment>>,
    notes: Vec<Note>,
}

/// One node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it is in its file.
    pub span: Span,
    /// How many nodes are inside it.
    inside: u32,
}

/// A block or what a block is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A block; it holds blocks or inlines.
    Block(Block),
    /// A part of a line; it holds inlines, or nothing.
    Inline(Inline),
}

/// Blocks. Numbers are those that are printed or cited; see [`crate::parse::outline`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// A 章, 節, 条, 附則 or plain section: its heading first, then what belongs to it, with the sections below. The
    /// number is its index in [`crate::model::outline::Outline::headings`].
    Section(u32),
    /// A heading; one inside a list or a quotation has no section and divides nothing.
    Heading {
        /// Its level in the Markdown text, 1 to 6.
        level: u8,
        /// The section that it opens.
        section: Option<u32>,
    },
    /// A paragraph; with its number where it is a 項.
    Paragraph(Option<u32>),
    /// A list.
    List(List),
    /// An entry of a list; with its number where it is a 号 or below one.
    Item(Option<u32>),
    /// A quotation.
    Quotation,
    /// An alert.
    Alert(Alert),
    /// Code; the words behind the opening fence, empty where there are none.
    Code(Words),
    /// HTML, which is shown as it was typed.
    Typed,
    /// The text of a footnote: its index in [`Content::notes`].
    Note(u32),
    /// A table; see [`Content::alignments`].
    Table(u32),
    /// A row of a table.
    Row {
        /// Whether it is the head of the table, which is always its first row.
        head: bool,
    },
    /// A cell of a row.
    Cell,
    /// A line between blocks.
    Rule,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// The first number of an ordered list as written.
    pub start: Option<u64>,
    /// Whether its entries hold words directly and not paragraphs.
    pub tight: bool,
    /// Whether its entries are 号 or below 号: their numbers are generated.
    pub numbered: bool,
    /// Whether the first 項 of its article begins here, having no words of its own.
    pub opens_paragraph: bool,
}

/// Kinds of alerts, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alert {
    /// 参考.
    Note,
    /// 推奨.
    Tip,
    /// 〇必須.
    Important,
    /// 注意.
    Warning,
    /// ×禁止.
    Caution,
}

/// Parts of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inline {
    /// Words. Neighbours are one node where nothing is between them in the text.
    Text(Words),
    /// Code.
    Code(Words),
    /// HTML, which is shown as it was typed.
    Typed(Words),
    /// A line that ends in the text and not for readers.
    SoftBreak,
    /// A line that ends for readers.
    HardBreak,
    /// `*…*`.
    Emphasis,
    /// `**…**`.
    Strong,
    /// `~~…~~`.
    Strikethrough,
    /// A link or short form: its index in [`crate::model::document::Document::references`]. Where the author wrote no
    /// words, the target as written is inside.
    Reference(u32),
    /// A picture: its index in [`crate::model::document::Document::references`]; its words are inside.
    Image(u32),
    /// A mention of a footnote: its index in [`Content::notes`].
    Mention(u32),
    /// The box of a task.
    Task {
        /// Whether it is ticked.
        done: bool,
    },
}

/// Words of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// The text of the node's span.
    AsTyped,
    /// A range of [`Content::own`].
    Own {
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
    },
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As it is usual.
    Default,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its label as first written; labels are the same without regard to case.
    pub label: String,
    /// Its number: footnotes count by their first mention, those without a mention after them by their text.
    pub number: u32,
}

/// One step over the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'c> {
    /// A node begins.
    Enter(&'c Node),
    /// A node ends that can hold others.
    Leave(&'c Node),
}

impl Content {
    /// Appends a node to what is being made; what it holds is appended next.
    pub(crate) fn push(&mut self, kind: Kind, span: Span) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node { kind, span, inside: 0 });
        index
    }

    /// Ends a node: whatever was appended since lies inside it.
    pub(crate) fn close(&mut self, index: usize) {
        self.nodes[index].inside = position(self.nodes.len() - index - 1);
    }

    /// A node that is being made.
    pub(crate) fn node_mut(&mut self, index: usize) -> &mut Node {
        &mut self.nodes[index]
    }

    /// Keeps words that are not in the text as they read.
    pub(crate) fn keep(&mut self, words: &str) -> Words {
        let start = position(self.own.len());
        self.own.push_str(words);
        Words::Own { start, end: position(self.own.len()) }
    }

    /// Appends a table's columns.
    pub(crate) fn push_alignments(&mut self, alignments: Vec<Alignment>) -> u32 {
        self.alignments.push(alignments);
        position(self.alignments.len() - 1)
    }

    /// States the footnotes.
    pub(crate) fn set_notes(&mut self, notes: Vec<Note>) {
        self.notes = notes;
    }

    /// All nodes in text order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A node and everything inside it.
    pub fn inside(&self, index: usize) -> &[Node] {
        &self.nodes[index..=index + self.nodes[index].inside()]
    }

    /// Goes over the tree in text order.
    pub fn walk(&self) -> Walk<'_> {
        Walk { nodes: &self.nodes, at: 0, inside_end: 0, open: Vec::new() }
    }

    /// The words of a node; `text` is the whole file.
    pub fn words<'c>(&'c self, node: &Node, words: Words, text: &'c str) -> &'c str {
        let found = match words {
            Words::AsTyped => text.get(node.span.start..node.span.end),
            Words::Own { start, end } => self.own.get(start as usize..end as usize),
        };
        found.unwrap_or("")
    }

    /// The words of nodes on one line, as they are where no markup can be: in the words of a picture, in the name of
    /// a heading. `text` is the whole file.
    pub fn line(&self, nodes: &[Node], text: &str) -> String {
        let mut line = String::new();
        for node in nodes {
            match node.kind {
                Kind::Inline(Inline::Text(words) | Inline::Code(words) | Inline::Typed(words)) => {
                    line.push_str(self.words(node, words, text));
                }
                Kind::Inline(Inline::SoftBreak | Inline::HardBreak) => line.push(' '),
                Kind::Block(_)
                | Kind::Inline(
                    Inline::Emphasis
                    | Inline::Strong
                    | Inline::Strikethrough
                    | Inline::Reference(_)
                    | Inline::Image(_)
                    | Inline::Mention(_)
                    | Inline::Task { .. },
                ) => {}
            }
        }
        line
    }

    /// How the columns of a table are set.
    pub fn alignments(&self, table: u32) -> &[Alignment] {
        self.alignments.get(table as usize).map_or(&[], Vec::as_slice)
    }

    /// The footnotes, in the order in which their labels occur.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

/// An index as it is kept. Texts of four gigabytes are not read.
fn position(index: usize) -> u32 {
    u32::try_from(index).expect("a text of a document is shorter than 4 GiB")
}

impl Node {
    /// How many nodes are inside it; they follow it in text order.
    pub fn inside(&self) -> usize {
        self.inside as usize
    }

    /// Whether it can hold other nodes.
    pub fn is_leaf(&self) -> bool {
        match self.kind {
            Kind::Block(block) => block == Block::Rule,
            Kind::Inline(inline) => match inline {
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Typed(_)
                | Inline::SoftBreak
                | Inline::HardBreak
                | Inline::Mention(_)
                | Inline::Task { .. } => true,
                Inline::Emphasis | Inline::Strong | Inline::Strikethrough | Inline::Reference(_) | Inline::Image(_) => {
                    false
                }
            },
        }
    }
}

/// Goes over a tree in text order.
#[derive(Debug, Clone)]
pub struct Walk<'c> {
    nodes: &'c [Node],
    at: usize,
    /// One past the last node inside the one that was entered last.
    inside_end: usize,
    /// Nodes that have begun and not ended, with one past the last node inside them.
    open: Vec<(&'c Node, usize)>,
}

impl<'c> Walk<'c> {
    /// What is inside the node that was entered last.
    pub fn inside(&self) -> &'c [Node] {
        self.nodes.get(self.at..self.inside_end).unwrap_or(&[])
    }

    /// Leaves out what is inside the node that was entered last; its end is still a step.
    pub fn skip_inside(&mut self) {
        self.at = self.at.max(self.inside_end);
    }
}

impl<'c> Iterator for Walk<'c> {
    type Item = Step<'c>;

    fn next(&mut self) -> Option<Step<'c>> {
        if let Some((node, _)) = self.open.pop_if(|(_, end)| *end <= self.at) {
            return Some(Step::Leave(node));
        }
        let node = self.nodes.get(self.at)?;
        self.at += 1;
        self.inside_end = self.at + node.inside();
        if !node.is_leaf() {
            self.open.push((node, self.inside_end));
        }
        Some(Step::Enter(node))
    }
}
