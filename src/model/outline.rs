//! The outline of a document: 章 (chapters), 節 (sections), 条 (articles), 項 (paragraphs), 号 (items).
//!
//! Numbers are generated from the order in the text; ids are written by people and stay. See
//! [`crate::parse::outline`] for how the outline is read and [`crate::numbering`] for how numbers read.

use super::document::Numbering;
use crate::source::{Span, Spanned};

/// Generated number of a chapter, section or article: 第3条の2 is `main = 3, branch = 2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// Main number, from 1.
    pub main: u32,
    /// Branch number from 2, or 0 where there is none.
    pub branch: u32,
}

/// What a heading stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadingKind {
    /// 章.
    Chapter,
    /// 節.
    Section,
    /// 条.
    Article,
    /// 附則.
    Supplement,
    /// An unnumbered heading.
    Plain,
}

/// One item (号) of an ordered list, with the lists below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The item's text.
    pub span: Span,
    /// Number from 1.
    pub number: u32,
    /// Items one level down.
    pub items: Vec<Item>,
}

/// One paragraph (項) of an article with its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The paragraph's text, without its items.
    pub span: Span,
    /// Number from 1; the first is not printed.
    pub number: u32,
    /// Its 号.
    pub items: Vec<Item>,
}

/// One heading and, for an article, its paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level in the Markdown text, 1 to 6.
    pub level: u8,
    /// Heading text without markup.
    pub text: String,
    /// The whole heading line.
    pub span: Span,
    /// The id as written, with its place.
    pub id: Option<Spanned<String>>,
    /// The id used in addresses: the written one, or one made from the position.
    pub anchor: String,
    /// What it stands for.
    pub kind: HeadingKind,
    /// Generated number; `None` for 附則 and plain headings.
    pub number: Option<Number>,
    /// Kept as 第N条 削除.
    pub deleted: bool,
    /// Inside 附則.
    pub in_supplement: bool,
    /// What the section says it implements: document ids and Annex A controls as written.
    pub implements: Vec<Spanned<String>>,
    /// 項 of an article, in order.
    pub paragraphs: Vec<Paragraph>,
    /// End of the text that belongs to this heading: the next heading of the same or a higher level.
    pub end: usize,
}

impl Heading {
    /// Its place in the order of headings: a heading belongs to the nearest one before it whose rank is smaller.
    pub fn rank(&self) -> u8 {
        match self.kind {
            HeadingKind::Chapter | HeadingKind::Supplement => 2,
            HeadingKind::Section => 3,
            HeadingKind::Article => 4,
            HeadingKind::Plain if self.level >= 3 => self.level + 1,
            HeadingKind::Plain => self.level,
        }
    }

    /// The paragraph of a number.
    pub fn paragraph(&self, number: u32) -> Option<&Paragraph> {
        self.paragraphs.get(place(number)?)
    }

    /// The item at `path` (号, then below) of paragraph `paragraph`.
    pub fn item(&self, paragraph: u32, path: &[u32]) -> Option<&Item> {
        let mut items = &self.paragraph(paragraph)?.items;
        let mut found = None;
        for number in path {
            let item = items.get(place(*number)?)?;
            items = &item.items;
            found = Some(item);
        }
        found
    }
}

/// Where a number stands in a list: paragraphs and items are numbered from 1 without a gap.
fn place(number: u32) -> Option<usize> {
    usize::try_from(number.checked_sub(1)?).ok()
}

/// All headings of a document in text order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// How headings are numbered.
    pub numbering: Numbering,
    /// The headings.
    pub headings: Vec<Heading>,
    /// Indexes of the headings, by anchor, then in text order.
    by_anchor: Vec<usize>,
}

impl Outline {
    /// An outline of headings in text order.
    pub fn new(numbering: Numbering, headings: Vec<Heading>) -> Self {
        let mut by_anchor: Vec<usize> = (0..headings.len()).collect();
        by_anchor.sort_by(|a, b| headings[*a].anchor.cmp(&headings[*b].anchor));
        Self { numbering, headings, by_anchor }
    }

    /// The first heading with this anchor.
    pub fn heading(&self, anchor: &str) -> Option<&Heading> {
        let first = self.by_anchor.partition_point(|index| self.headings[*index].anchor.as_str() < anchor);
        let heading = &self.headings[*self.by_anchor.get(first)?];
        (heading.anchor == anchor).then_some(heading)
    }

    /// The heading that starts at this byte.
    pub fn at(&self, offset: usize) -> Option<&Heading> {
        let index = self.headings.binary_search_by_key(&offset, |heading| heading.span.start).ok()?;
        Some(&self.headings[index])
    }
}
