//! Headings → 章・節・条, top-level paragraphs → 項, top-level ordered lists → 号.
//!
//! Only blocks at the top level of the text count: tables, alerts and quotes are neither 項 nor 号. Numbers are
//! generated here and nowhere else; [`super::content`] puts them into the tree.

use pulldown_cmark::CowStr;

use crate::model::document::Numbering;
use crate::model::outline::{Heading, HeadingKind, Item, Number, Outline, Paragraph};
use crate::source::{Span, Spanned};

/// Numbers headings, paragraphs and items, which are stated in text order.
#[derive(Debug)]
pub struct OutlineBuilder<'t> {
    text: &'t str,
    numbering: Numbering,
    headings: Vec<Heading>,
    counters: Counters,
    /// Finished items by level, those of the top-level list first. They wait for the item that holds them, or for the
    /// end of their list.
    items: Vec<Vec<Item>>,
}

/// Levels of 号 that are read; regulations have three or four. Lists below are text, so that no file makes items that
/// are nested deeper than a stack.
const DEEPEST: usize = 16;

#[derive(Debug, Default)]
struct Counters {
    chapter: Option<Number>,
    section: Option<Number>,
    article: Option<Number>,
    in_supplement: bool,
}

/// The next number: a branch keeps the main number and counts on from 2.
fn next(number: &mut Option<Number>, branch: bool) -> Number {
    let value = match (*number, branch) {
        (None, _) => Number { main: 1, branch: 0 },
        (Some(last), true) => Number { main: last.main, branch: last.branch.max(1) + 1 },
        (Some(last), false) => Number { main: last.main + 1, branch: 0 },
    };
    *number = Some(value);
    value
}

/// A count as a number of the text, from 1.
fn number_after(count: usize) -> u32 {
    u32::try_from(count.saturating_add(1)).unwrap_or(u32::MAX)
}

impl<'t> OutlineBuilder<'t> {
    /// For a whole file's text; spans count from its start.
    pub fn new(text: &'t str, numbering: Numbering) -> Self {
        Self { text, numbering, headings: Vec::new(), counters: Counters::default(), items: Vec::new() }
    }

    /// A heading at the top level: its index in the outline and its rank.
    pub fn open_heading(
        &mut self,
        level: u8,
        id: Option<CowStr<'_>>,
        classes: &[CowStr<'_>],
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
        span: Span,
    ) -> (u32, u8) {
        let has = |class: &str| classes.iter().any(|c| c.as_ref() == class);
        let (kind, number) = self.kind(level, has);
        let id = id.map(|id| {
            let place = self.find(span, &format!("#{id}")).map_or(span, |s| Span::new(s.start + 1, s.end));
            Spanned::new(id.into_string(), place)
        });
        let implements = attributes
            .iter()
            .filter(|(key, _)| key.as_ref() == "implements")
            .flat_map(|(_, value)| value.iter().flat_map(|v| v.split(',')))
            .filter(|part| !part.trim().is_empty())
            .map(|part| {
                let part = part.trim().trim_matches('"');
                Spanned::new(part.to_owned(), self.find(span, part).unwrap_or(span))
            })
            .collect();
        let index = self.headings.len();
        let heading = Heading {
            level,
            text: String::new(),
            span,
            anchor: id.as_ref().map_or_else(|| format!("section-{}", index + 1), |id| id.value.clone()),
            id,
            kind,
            number,
            deleted: has("deleted"),
            in_supplement: self.counters.in_supplement,
            implements,
            paragraphs: Vec::new(),
            end: self.text.len(),
        };
        let rank = heading.rank();
        self.headings.push(heading);
        (u32::try_from(index).unwrap_or(u32::MAX), rank)
    }

    fn kind(&mut self, level: u8, has: impl Fn(&str) -> bool) -> (HeadingKind, Option<Number>) {
        let counters = &mut self.counters;
        let branch = has("branch");
        match (self.numbering, level) {
            (Numbering::Plain, _) => (HeadingKind::Plain, None),
            (Numbering::Articles, 2) if has("supplement") => {
                *counters = Counters { in_supplement: true, ..Counters::default() };
                (HeadingKind::Supplement, None)
            }
            (Numbering::Articles, 2) if has("plain") || counters.in_supplement => (HeadingKind::Plain, None),
            (Numbering::Articles, 2) if has("section") => {
                (HeadingKind::Section, Some(next(&mut counters.section, branch)))
            }
            (Numbering::Articles, 2) => {
                counters.section = None;
                (HeadingKind::Chapter, Some(next(&mut counters.chapter, branch)))
            }
            (Numbering::Articles, 3) if has("plain") => (HeadingKind::Plain, None),
            (Numbering::Articles, 3) => (HeadingKind::Article, Some(next(&mut counters.article, branch))),
            (Numbering::Articles, _) => (HeadingKind::Plain, None),
        }
    }

    /// The words of the heading that was opened last.
    pub fn close_heading(&mut self, words: String) {
        if let Some(heading) = self.headings.last_mut() {
            let trimmed = words.trim();
            heading.text = if trimmed.len() == words.len() { words } else { trimmed.to_owned() };
        }
    }

    /// Where the text of a heading ends: at the next one of the same or a higher rank.
    pub fn close_section(&mut self, index: u32, end: usize) {
        if let Some(heading) = self.headings.get_mut(index as usize) {
            heading.end = end;
        }
    }

    /// Whether only the number of the heading that was opened last is kept.
    pub fn is_deleted(&self) -> bool {
        self.headings.last().is_some_and(|heading| heading.deleted)
    }

    fn holder(&mut self) -> Option<&mut Heading> {
        let heading = self.headings.last_mut()?;
        matches!(heading.kind, HeadingKind::Article | HeadingKind::Supplement).then_some(heading)
    }

    /// A paragraph with words at the top level: its number where it is a 項.
    pub fn paragraph(&mut self, span: Span) -> Option<u32> {
        let heading = self.holder()?;
        let number = number_after(heading.paragraphs.len());
        heading.paragraphs.push(Paragraph { span, number, items: Vec::new() });
        Some(number)
    }

    /// Whether an ordered list is made of 号 that has nothing but `level` such lists around it.
    pub fn numbers_lists(&mut self, level: usize) -> bool {
        level < DEEPEST && self.holder().is_some()
    }

    /// A top-level list of 号: whether it begins the first 項 of its article, which then has no words of its own.
    pub fn open_list(&mut self, span: Span) -> bool {
        let Some(heading) = self.holder().filter(|heading| heading.paragraphs.is_empty()) else { return false };
        heading.paragraphs.push(Paragraph { span: Span::new(span.start, span.start), number: 1, items: Vec::new() });
        true
    }

    /// An item of a list of 号, the outermost being at level 1: its number.
    pub fn open_item(&mut self, level: usize) -> u32 {
        if self.items.len() <= level {
            self.items.resize_with(level + 1, Vec::new);
        }
        self.number_at(level)
    }

    /// A second list under one 項 or 号 counts on, so that no two items share a number.
    fn number_at(&self, level: usize) -> u32 {
        let done = match level {
            1 => self.headings.last().and_then(|heading| heading.paragraphs.last()).map_or(0, |p| p.items.len()),
            _ => 0,
        };
        number_after(done + self.items[level - 1].len())
    }

    /// The end of the item that was opened last at this level.
    pub fn close_item(&mut self, level: usize, span: Span) {
        let number = self.number_at(level);
        let items = std::mem::take(&mut self.items[level]);
        self.items[level - 1].push(Item { span, number, items });
    }

    /// The end of a top-level list of 号.
    pub fn close_list(&mut self) {
        let items = self.items.first_mut().map(std::mem::take).unwrap_or_default();
        if let Some(paragraph) = self.headings.last_mut().and_then(|heading| heading.paragraphs.last_mut()) {
            paragraph.items.extend(items);
        }
    }

    /// The last place of `needle` in a heading: attributes are at its end.
    fn find(&self, span: Span, needle: &str) -> Option<Span> {
        let at = self.text.get(span.start..span.end)?.rfind(needle)?;
        Some(Span::new(span.start + at, span.start + at + needle.len()))
    }

    /// The outline.
    pub fn finish(self) -> Outline {
        Outline::new(self.numbering, self.headings)
    }
}
