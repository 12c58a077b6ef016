//! A regulation as its source has it: parts in order, each with the number that was typed.

use super::tables::Table;
use super::words::Words;
use crate::model::outline::Number;
use crate::source::Span;

/// One part of a regulation, up to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub kind: Kind,
    /// Its heading without number and brackets.
    pub title: Words,
    /// Where it begins.
    pub span: Span,
    /// The name by which references point at it; empty until all parts are known.
    pub id: String,
    pub contents: Vec<Content>,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What stands before the first heading.
    Opening,
    Chapter(Number),
    Section(Number),
    Article {
        number: Number,
        deleted: bool,
        in_supplement: bool,
    },
    Supplement,
    /// 別表 and the like.
    Appendix,
    /// A heading without a number, of a level from 2.
    Plain(u8),
}

impl Kind {
    /// Whether paragraphs and items below it are 項 and 号.
    pub(super) fn holds_paragraphs(self) -> bool {
        matches!(self, Self::Article { .. } | Self::Supplement)
    }
}

/// What stands in a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// A paragraph with the number that was typed.
    Paragraph {
        typed: Option<u32>,
        words: Words,
    },
    Items(Vec<Item>),
    /// Entries without numbers, each with its depth.
    Bullets(Vec<(usize, Words)>),
    Table(Table),
    Verbatim(Words),
}

/// A numbered item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub typed: u32,
    pub words: Words,
    /// Paragraphs and entries that go on behind its first line.
    pub more: Vec<Words>,
    pub items: Vec<Item>,
}

impl Part {
    pub(super) fn new(kind: Kind, title: Words, span: Span) -> Self {
        Self { kind, title, span, id: String::new(), contents: Vec::new() }
    }
}
