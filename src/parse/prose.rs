//! Collects the running text of a body from its events.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::prose::{Piece, Prose, ProseKind};
use crate::source::Span;

/// Collects blocks of words from the events of a body, fed in order.
#[derive(Debug, Default)]
pub struct ProseCollector {
    found: Vec<Prose>,
    open: Vec<Piece>,
    /// Kinds of the blocks around, outermost first.
    around: Vec<ProseKind>,
    links: usize,
    quotes: usize,
    in_code: bool,
}

impl ProseCollector {
    /// Takes the next event.
    pub fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(_) if !self.in_code => self.open.push(Piece { span, linked: self.links > 0 }),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let kind = match tag {
            Tag::Heading { .. } => ProseKind::Heading,
            Tag::Paragraph => match self.around.last() {
                Some(ProseKind::Item) => ProseKind::Item,
                _ => ProseKind::Paragraph,
            },
            Tag::Item => ProseKind::Item,
            Tag::TableCell => ProseKind::Cell,
            Tag::CodeBlock(_) => {
                self.close();
                self.in_code = true;
                return;
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
                return;
            }
            Tag::List(_) => return self.close(),
            Tag::Link { .. } | Tag::Image { .. } => {
                self.links += 1;
                return;
            }
            _ => return,
        };
        self.close();
        self.around.push(kind);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => {
                self.close();
                self.around.pop();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Link | TagEnd::Image => self.links = self.links.saturating_sub(1),
            _ => {}
        }
    }

    fn close(&mut self) {
        let pieces = std::mem::take(&mut self.open);
        if !pieces.is_empty() {
            let kind = self.around.last().copied().unwrap_or(ProseKind::Paragraph);
            self.found.push(Prose { kind, quoted: self.quotes > 0, pieces });
        }
    }

    /// All blocks in text order.
    pub fn finish(mut self) -> Vec<Prose> {
        self.close();
        self.found
    }
}
