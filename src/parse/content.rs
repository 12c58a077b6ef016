//! The body of a document → the tree of what its readers see. The only place that interprets Markdown: whatever the
//! parser reports becomes a node here or is named as something that readers do not see.

use std::collections::BTreeMap;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, RefDefs, Tag};

use super::markdown::events;
use super::outline::OutlineBuilder;
use super::reference::{LinkTag, ReferenceCollector};
use crate::model::content::{Alert, Alignment, Block, Content, Inline, Kind, List, Note, Words};
use crate::model::document::Numbering;
use crate::model::outline::Outline;
use crate::model::reference::Reference;
use crate::source::Span;

/// What a body says.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The tree.
    pub content: Content,
    /// Its headings with their 項 and 号.
    pub outline: Outline,
    /// Its links, pictures and short forms, in text order.
    pub references: Vec<Reference>,
}

/// Reads the body of a file; all spans count from the start of `text`.
pub fn read(text: &str, body: Span, numbering: Numbering) -> Body {
    let mut builder = Builder::new(text, body.start, numbering);
    let mut stream = events(&text[body.start..body.end]);
    while let Some((event, range)) = stream.next() {
        builder.event(event, Span::from(range).shift(body.start), stream.reference_definitions());
    }
    builder.finish()
}

struct Builder<'t> {
    text: &'t str,
    content: Content,
    outline: OutlineBuilder<'t>,
    references: ReferenceCollector<'t>,
    notes: Notes,
    /// Sections that are open: node and rank.
    sections: Vec<(usize, u8)>,
    /// Everything else that is open, outermost first.
    open: Vec<Open>,
    /// How many lists of 号 are around; `None` inside anything that is neither such a list nor one of its entries.
    level: Option<usize>,
    /// Whether the paragraph that may become a 項 has words.
    has_words: bool,
    /// How many pictures are around.
    pictures: usize,
    /// Whether the next words may join those before: the last node, where it is text as typed.
    joinable: Option<usize>,
}

struct Open {
    node: usize,
    /// The level around it.
    level: Option<usize>,
    /// Where the last thing inside it ends.
    inner_end: usize,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, base: usize, numbering: Numbering) -> Self {
        Self {
            text,
            content: Content::default(),
            outline: OutlineBuilder::new(text, numbering),
            references: ReferenceCollector::new(text, base),
            notes: Notes::default(),
            sections: Vec::new(),
            open: Vec::new(),
            level: Some(0),
            has_words: false,
            pictures: 0,
            joinable: None,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span, definitions: &RefDefs<'_>) {
        match event {
            Event::Start(tag) => self.start(tag, span, definitions),
            Event::End(_) => self.end(span),
            // Raw HTML arrives line by line inside its block, which says what it is.
            Event::Text(words) | Event::Html(words) => self.push_text(&words, span),
            // The dialect has no formulas.
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.has_words |= self.pictures == 0 && !words.trim().is_empty();
                let words = self.words(&words, span);
                self.leaf(Inline::Code(words), span);
            }
            Event::InlineHtml(words) => {
                self.has_words = true;
                let words = self.words(&words, span);
                self.leaf(Inline::Typed(words), span);
            }
            Event::FootnoteReference(label) => {
                let note = self.notes.mention(&label, !self.is_in_deleted_heading());
                self.leaf(Inline::Mention(note), span);
            }
            Event::SoftBreak => self.leaf(Inline::SoftBreak, span),
            Event::HardBreak => self.leaf(Inline::HardBreak, span),
            Event::TaskListMarker(done) => self.leaf(Inline::Task { done }, span),
            Event::Rule => {
                self.joinable = None;
                self.push(Kind::Block(Block::Rule), span);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span, definitions: &RefDefs<'_>) {
        self.joinable = None;
        match tag {
            // The dialect has no lists of definitions and no metadata of its own.
            Tag::Paragraph | Tag::DefinitionListTitle | Tag::DefinitionListDefinition | Tag::MetadataBlock(_) => {
                self.has_words = false;
                self.open(Block::Paragraph(None), span);
            }
            Tag::Heading { level, id, classes, attrs } => {
                let level = level as u8;
                if !self.open.is_empty() {
                    self.open(Block::Heading { level, section: None }, span);
                    return;
                }
                let (section, rank) = self.outline.open_heading(level, id, &classes, &attrs, span);
                self.close_sections(rank, span.start);
                let node = self.push(Kind::Block(Block::Section(section)), span);
                self.sections.push((node, rank));
                self.open(Block::Heading { level, section: Some(section) }, span);
            }
            Tag::BlockQuote(kind) => {
                self.open(kind.map_or(Block::Quotation, |kind| Block::Alert(alert(kind))), span);
                self.level = None;
            }
            Tag::CodeBlock(kind) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info.as_ref(),
                    CodeBlockKind::Indented => "",
                };
                let info = self.content.keep(info);
                self.open(Block::Code(info), span);
            }
            Tag::HtmlBlock => self.open(Block::Typed, span),
            Tag::List(start) => self.start_list(start, span),
            Tag::DefinitionList => self.start_list(None, span),
            Tag::Item => self.start_item(span),
            Tag::FootnoteDefinition(label) => {
                let note = self.notes.index(&label);
                self.open(Block::Note(note), span);
                self.level = None;
            }
            Tag::Table(alignments) => {
                let table = self.content.push_alignments(alignments.into_iter().map(alignment).collect());
                self.open(Block::Table(table), span);
                self.level = None;
            }
            Tag::TableHead => self.open(Block::Row { head: true }, span),
            Tag::TableRow => self.open(Block::Row { head: false }, span),
            Tag::TableCell => self.open(Block::Cell, span),
            // The dialect sets no words higher or lower than others.
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => self.open_inline(Inline::Emphasis, span),
            Tag::Strong => self.open_inline(Inline::Strong, span),
            Tag::Strikethrough => self.open_inline(Inline::Strikethrough, span),
            // The title of a link is no text of the page.
            Tag::Link { link_type, dest_url, title: _, id } => {
                let tag = LinkTag { link_type, destination: &dest_url, label: &id, image: false };
                let index = self.references.open(&tag, span, definitions);
                self.open_inline(Inline::Reference(index), span);
                self.set_inner_end(span.start + 1);
            }
            Tag::Image { link_type, dest_url, title: _, id } => {
                let tag = LinkTag { link_type, destination: &dest_url, label: &id, image: true };
                let index = self.references.open(&tag, span, definitions);
                self.open_inline(Inline::Image(index), span);
                self.set_inner_end(span.start + 2);
                self.pictures += 1;
            }
        }
    }

    fn start_list(&mut self, start: Option<u64>, span: Span) {
        let numbered = match (start, self.level) {
            (Some(_), Some(level)) => self.outline.numbers_lists(level),
            _ => false,
        };
        let opens_paragraph = numbered && self.level == Some(0) && self.outline.open_list(span);
        self.open(Block::List(List { start, tight: true, numbered, opens_paragraph }), span);
        self.level = self.level.filter(|_| numbered).map(|level| level + 1);
    }

    fn start_item(&mut self, span: Span) {
        let number = self.level.map(|level| self.outline.open_item(level));
        self.open(Block::Item(number), span);
    }

    /// Ends what was opened last; the parser closes in the reverse order.
    fn end(&mut self, span: Span) {
        self.joinable = None;
        let Some(open) = self.open.pop() else { return };
        self.content.close(open.node);
        self.level = open.level;
        match self.content.node_mut(open.node).kind {
            Kind::Block(Block::Heading { section: Some(_), .. }) => self.end_heading(open.node),
            Kind::Block(Block::Paragraph(_)) => self.end_paragraph(open.node, span),
            Kind::Block(Block::Item(Some(_))) => {
                if let Some(level) = self.level {
                    self.outline.close_item(level, span);
                }
            }
            Kind::Block(Block::List(list)) if list.numbered && self.level == Some(0) => self.outline.close_list(),
            Kind::Inline(Inline::Reference(index)) => self.references.close(index, open.inner_end),
            Kind::Inline(Inline::Image(index)) => {
                self.pictures -= 1;
                self.references.close(index, open.inner_end);
            }
            Kind::Block(_) | Kind::Inline(_) => {}
        }
        self.set_inner_end(span.end);
    }

    fn end_heading(&mut self, node: usize) {
        let words = self.content.line(self.content.inside(node), self.text);
        self.outline.close_heading(words);
    }

    fn end_paragraph(&mut self, node: usize, span: Span) {
        if self.open.is_empty() && self.has_words {
            let number = self.outline.paragraph(span);
            self.content.node_mut(node).kind = Kind::Block(Block::Paragraph(number));
        }
        // A list is loose where any of its entries holds a paragraph.
        if let [.., list, item] = self.open.as_slice()
            && matches!(self.content.node_mut(item.node).kind, Kind::Block(Block::Item(_)))
            && let Kind::Block(Block::List(list)) = &mut self.content.node_mut(list.node).kind
        {
            list.tight = false;
        }
    }

    fn close_sections(&mut self, rank: u8, at: usize) {
        while let Some((node, _)) = self.sections.pop_if(|(_, open)| *open >= rank) {
            self.content.close(node);
            let section = self.content.node_mut(node);
            section.span.end = at;
            if let Kind::Block(Block::Section(index)) = section.kind {
                self.outline.close_section(index, at);
            }
        }
    }

    fn is_in_deleted_heading(&self) -> bool {
        let heading = self.open.first().map(|open| self.content.nodes()[open.node].kind);
        matches!(heading, Some(Kind::Block(Block::Heading { section: Some(_), .. }))) && self.outline.is_deleted()
    }

    fn push(&mut self, kind: Kind, span: Span) -> usize {
        self.set_inner_end(span.end);
        self.content.push(kind, span)
    }

    fn open(&mut self, block: Block, span: Span) {
        let node = self.content.push(Kind::Block(block), span);
        self.open.push(Open { node, level: self.level, inner_end: span.start });
    }

    fn open_inline(&mut self, inline: Inline, span: Span) {
        let node = self.content.push(Kind::Inline(inline), span);
        self.open.push(Open { node, level: self.level, inner_end: span.start });
    }

    fn leaf(&mut self, inline: Inline, span: Span) {
        self.joinable = None;
        self.push(Kind::Inline(inline), span);
    }

    fn set_inner_end(&mut self, end: usize) {
        if let Some(open) = self.open.last_mut() {
            open.inner_end = open.inner_end.max(end);
        }
    }

    fn words(&mut self, words: &str, span: Span) -> Words {
        match self.text.get(span.start..span.end) {
            Some(typed) if typed == words => Words::AsTyped,
            _ => self.content.keep(words),
        }
    }

    fn push_text(&mut self, text: &str, span: Span) {
        self.has_words |= self.pictures == 0 && !text.trim().is_empty();
        let words = self.words(text, span);
        if words == Words::AsTyped
            && let Some(last) = self.joinable
        {
            let last = self.content.node_mut(last);
            if last.span.end == span.start {
                last.span.end = span.end;
                self.set_inner_end(span.end);
                return;
            }
        }
        let node = self.push(Kind::Inline(Inline::Text(words)), span);
        self.joinable = (words == Words::AsTyped).then_some(node);
    }

    fn finish(mut self) -> Body {
        self.close_sections(0, self.text.len());
        self.content.set_notes(self.notes.finish());
        Body { content: self.content, outline: self.outline.finish(), references: self.references.finish() }
    }
}

/// Footnotes by their labels.
#[derive(Default)]
struct Notes {
    notes: Vec<Note>,
    /// Indexes by label; labels are the same without regard to case, as link labels are.
    by_label: BTreeMap<String, u32>,
    mentioned: u32,
}

impl Notes {
    fn index(&mut self, label: &str) -> u32 {
        let next = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
        let index = *self.by_label.entry(label.to_lowercase()).or_insert(next);
        if index == next {
            self.notes.push(Note { label: label.to_owned(), number: 0 });
        }
        index
    }

    /// A mention gives the next number, where readers see it.
    fn mention(&mut self, label: &str, seen: bool) -> u32 {
        let index = self.index(label);
        let note = &mut self.notes[index as usize];
        if seen && note.number == 0 {
            self.mentioned += 1;
            note.number = self.mentioned;
        }
        index
    }

    fn finish(mut self) -> Vec<Note> {
        for note in self.notes.iter_mut().filter(|note| note.number == 0) {
            self.mentioned += 1;
            note.number = self.mentioned;
        }
        self.notes
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::Default,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests;
