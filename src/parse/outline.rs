//! Headings → 章・節・条, top-level paragraphs → 項, top-level ordered lists → 号.
//!
//! Only blocks at the top level of the text count: tables, alerts and quotes are neither 項 nor 号. Numbers are
//! generated here and nowhere else.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::document::Numbering;
use crate::model::outline::{Heading, HeadingKind, Item, Number, Outline, Paragraph};
use crate::source::{Span, Spanned};

/// Builds an outline from the events of a body, fed in order.
#[derive(Debug)]
pub struct OutlineBuilder<'t> {
    text: &'t str,
    numbering: Numbering,
    headings: Vec<Heading>,
    counters: Counters,
    /// Containers around the current event, outermost first.
    containers: Vec<Container>,
    /// How many of them are ordered lists, and how many neither those nor items.
    ordered: usize,
    others: usize,
    open_heading: Option<OpenHeading>,
    open_paragraph: Option<OpenParagraph>,
    /// Items of the top-level list being read: one list of finished items per open list level.
    lists: Vec<Vec<Item>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    OrderedList,
    Item,
    Other,
}

/// Levels of 号 that are read; regulations have three or four. Lists below are text, so that no file makes items that
/// are nested deeper than a stack.
const DEEPEST: usize = 16;

#[derive(Debug)]
struct OpenHeading {
    level: u8,
    text: String,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<(String, Option<String>)>,
    span: Span,
}

#[derive(Debug)]
struct OpenParagraph {
    span: Span,
    has_text: bool,
    image_depth: usize,
}

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

impl<'t> OutlineBuilder<'t> {
    /// For a whole file's text; event ranges given to [`Self::event`] count from its start.
    pub fn new(text: &'t str, numbering: Numbering) -> Self {
        Self {
            text,
            numbering,
            headings: Vec::new(),
            counters: Counters::default(),
            containers: Vec::new(),
            ordered: 0,
            others: 0,
            open_heading: None,
            open_paragraph: None,
            lists: Vec::new(),
        }
    }

    /// Takes the next event.
    pub fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut self.open_heading {
                    heading.text.push_str(text);
                }
                if let Some(paragraph) = &mut self.open_paragraph {
                    paragraph.has_text |= paragraph.image_depth == 0 && !text.trim().is_empty();
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut self.open_heading {
                    heading.text.push(' ');
                }
            }
            Event::InlineHtml(_) => {
                if let Some(paragraph) = &mut self.open_paragraph {
                    paragraph.has_text = true;
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, id, classes, attrs } if self.containers.is_empty() => {
                self.open_heading = Some(OpenHeading {
                    level: *level as u8,
                    text: String::new(),
                    id: id.as_ref().map(ToString::to_string),
                    classes: classes.iter().map(ToString::to_string).collect(),
                    attributes: attrs
                        .iter()
                        .map(|(k, v)| (k.to_string(), v.as_ref().map(ToString::to_string)))
                        .collect(),
                    span,
                });
            }
            Tag::Paragraph if self.containers.is_empty() => {
                self.open_paragraph = Some(OpenParagraph { span, has_text: false, image_depth: 0 });
            }
            Tag::Image { .. } => {
                if let Some(paragraph) = &mut self.open_paragraph {
                    paragraph.image_depth += 1;
                }
            }
            Tag::List(Some(_)) if self.ordered < DEEPEST => {
                if self.list_counts() {
                    self.lists.push(Vec::new());
                }
                self.ordered += 1;
                self.containers.push(Container::OrderedList);
            }
            Tag::Item => self.containers.push(Container::Item),
            Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::Table(_) | Tag::DefinitionList => {
                self.others += 1;
                self.containers.push(Container::Other);
            }
            _ => {}
        }
    }

    /// Whether an ordered list that starts now is made of 号: only ordered lists lie around it.
    fn list_counts(&self) -> bool {
        self.others == 0
    }

    fn leave(&mut self) {
        match self.containers.pop() {
            Some(Container::OrderedList) => self.ordered -= 1,
            Some(Container::Other) => self.others -= 1,
            Some(Container::Item) | None => {}
        }
    }

    fn end(&mut self, tag: &TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) if self.containers.is_empty() => {
                if let Some(open) = self.open_heading.take() {
                    self.push_heading(open);
                }
            }
            TagEnd::Paragraph if self.containers.is_empty() => {
                if let Some(open) = self.open_paragraph.take().filter(|p| p.has_text) {
                    self.push_paragraph(open.span);
                }
            }
            TagEnd::Image => {
                if let Some(paragraph) = &mut self.open_paragraph {
                    paragraph.image_depth = paragraph.image_depth.saturating_sub(1);
                }
            }
            TagEnd::Item => {
                self.leave();
                self.end_item(span);
            }
            TagEnd::List(true) => {
                self.leave();
                if self.list_counts() && self.containers.is_empty() {
                    let items = self.lists.pop().unwrap_or_default();
                    self.attach_items(items, span);
                }
            }
            TagEnd::List(false)
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::DefinitionList => {
                self.leave();
            }
            _ => {}
        }
    }

    fn end_item(&mut self, span: Span) {
        // The item belongs to 号 when every container around it is an ordered list or its item.
        if !self.list_counts() {
            return;
        }
        let level = self.ordered;
        // Lists that ended inside this item wait behind the item's own list.
        let below = if self.lists.len() > level { self.lists.drain(level..).flatten().collect() } else { Vec::new() };
        if let Some(list) = self.lists.get_mut(level.wrapping_sub(1)) {
            let number = u32::try_from(list.len() + 1).unwrap_or(u32::MAX);
            list.push(Item { span, number, items: below });
        }
    }

    fn holder(&mut self) -> Option<&mut Heading> {
        let heading = self.headings.last_mut()?;
        matches!(heading.kind, HeadingKind::Article | HeadingKind::Supplement).then_some(heading)
    }

    fn push_paragraph(&mut self, span: Span) {
        if let Some(heading) = self.holder() {
            let number = u32::try_from(heading.paragraphs.len() + 1).unwrap_or(u32::MAX);
            heading.paragraphs.push(Paragraph { span, number, items: Vec::new() });
        }
    }

    fn attach_items(&mut self, items: Vec<Item>, span: Span) {
        let Some(heading) = self.holder() else { return };
        if heading.paragraphs.is_empty() {
            let empty = Span::new(span.start, span.start);
            heading.paragraphs.push(Paragraph { span: empty, number: 1, items: Vec::new() });
        }
        if let Some(paragraph) = heading.paragraphs.last_mut() {
            // A second list under one 項 counts on, so that no two 号 share a number.
            let done = u32::try_from(paragraph.items.len()).unwrap_or(u32::MAX);
            paragraph.items.extend(items.into_iter().map(|mut item| {
                item.number = item.number.saturating_add(done);
                item
            }));
        }
    }

    fn push_heading(&mut self, open: OpenHeading) {
        let has = |class: &str| open.classes.iter().any(|c| c == class);
        let branch = has("branch");
        let counters = &mut self.counters;
        let (kind, number) = match (self.numbering, open.level) {
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
        };
        let id = open.id.map(|id| {
            let span = self.find(open.span, &format!("#{id}")).map_or(open.span, |s| Span::new(s.start + 1, s.end));
            Spanned::new(id, span)
        });
        let implements = open
            .attributes
            .iter()
            .filter(|(key, _)| key == "implements")
            .flat_map(|(_, value)| value.iter().flat_map(|v| v.split(',')))
            .filter(|part| !part.trim().is_empty())
            .map(|part| {
                let part = part.trim().trim_matches('"');
                Spanned::new(part.to_owned(), self.find(open.span, part).unwrap_or(open.span))
            })
            .collect();
        let position = self.headings.len() + 1;
        self.headings.push(Heading {
            level: open.level,
            text: open.text.trim().to_owned(),
            span: open.span,
            anchor: id.as_ref().map_or_else(|| format!("section-{position}"), |id| id.value.clone()),
            id,
            kind,
            number,
            deleted: has("deleted"),
            in_supplement: self.counters.in_supplement,
            implements,
            paragraphs: Vec::new(),
            end: self.text.len(),
        });
    }

    /// The last place of `needle` in a heading: attributes stand at its end.
    fn find(&self, span: Span, needle: &str) -> Option<Span> {
        let at = self.text.get(span.start..span.end)?.rfind(needle)?;
        Some(Span::new(span.start + at, span.start + at + needle.len()))
    }

    /// The outline, with the extent of every heading's text.
    pub fn finish(mut self) -> Outline {
        let starts: Vec<(usize, u8)> = self.headings.iter().map(|h| (h.span.start, h.rank())).collect();
        // Read backwards with the enclosing starts on a stack: linear in the number of headings.
        let mut stack: Vec<(usize, u8)> = Vec::new();
        for (index, heading) in self.headings.iter_mut().enumerate().rev() {
            let (start, own) = starts[index];
            while stack.last().is_some_and(|(_, rank)| *rank > own) {
                stack.pop();
            }
            if let Some((next, _)) = stack.last() {
                heading.end = *next;
            }
            stack.push((start, own));
        }
        Outline::new(self.numbering, self.headings)
    }
}
