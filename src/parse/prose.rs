//! The running text of a body: a view of its tree for rules that judge words.

use crate::model::content::{Block, Content, Inline, Kind, Step};
use crate::model::prose::{Piece, Prose, ProseKind};

/// All blocks of words of a tree in text order.
pub fn prose(content: &Content) -> Vec<Prose> {
    let mut collector = Collector::default();
    let mut walk = content.walk();
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => match node.kind {
                Kind::Block(Block::Typed) => walk.skip_inside(),
                Kind::Block(Block::Code(_)) => {
                    collector.close();
                    walk.skip_inside();
                }
                Kind::Block(block) => collector.enter(block),
                Kind::Inline(Inline::Text(_)) => {
                    collector.open.push(Piece { span: node.span, linked: collector.links > 0 });
                }
                Kind::Inline(Inline::Reference(_) | Inline::Image(_)) => collector.links += 1,
                // Code and typed HTML are no words of the author's language.
                Kind::Inline(_) => {}
            },
            Step::Leave(node) => match node.kind {
                Kind::Block(block) => collector.leave(block),
                Kind::Inline(Inline::Reference(_) | Inline::Image(_)) => collector.links -= 1,
                Kind::Inline(_) => {}
            },
        }
    }
    collector.close();
    collector.found
}

#[derive(Debug, Default)]
struct Collector {
    found: Vec<Prose>,
    open: Vec<Piece>,
    /// Kinds of the blocks around, outermost first.
    around: Vec<ProseKind>,
    links: usize,
    quotes: usize,
}

impl Collector {
    fn enter(&mut self, block: Block) {
        let kind = match block {
            Block::Heading { .. } => ProseKind::Heading,
            Block::Paragraph(_) => match self.around.last() {
                Some(ProseKind::Item) => ProseKind::Item,
                _ => ProseKind::Paragraph,
            },
            Block::Item(_) => ProseKind::Item,
            Block::Cell => ProseKind::Cell,
            Block::Quotation | Block::Alert(_) => {
                self.close();
                self.quotes += 1;
                return;
            }
            Block::List(_) => return self.close(),
            Block::Section(_)
            | Block::Code(_)
            | Block::Typed
            | Block::Note(_)
            | Block::Table(_)
            | Block::Row { .. }
            | Block::Rule => return,
        };
        self.close();
        self.around.push(kind);
    }

    fn leave(&mut self, block: Block) {
        match block {
            Block::Heading { .. } | Block::Paragraph(_) | Block::Item(_) | Block::Cell => {
                self.close();
                self.around.pop();
            }
            Block::Quotation | Block::Alert(_) => {
                self.close();
                self.quotes -= 1;
            }
            Block::Section(_)
            | Block::List(_)
            | Block::Code(_)
            | Block::Typed
            | Block::Note(_)
            | Block::Table(_)
            | Block::Row { .. }
            | Block::Rule => {}
        }
    }

    fn close(&mut self) {
        let pieces = std::mem::take(&mut self.open);
        if !pieces.is_empty() {
            let kind = self.around.last().copied().unwrap_or(ProseKind::Paragraph);
            self.found.push(Prose { kind, quoted: self.quotes > 0, pieces });
        }
    }
}
