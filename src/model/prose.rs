//! The running text of a document as readers see it: blocks of words, with the place of each piece.

use crate::source::Span;

/// What a block of words stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProseKind {
    /// A heading.
    Heading,
    /// A paragraph, or a list item that holds none.
    Paragraph,
    /// A list item's words.
    Item,
    /// A cell of a table.
    Cell,
}

/// A run of words without markup in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands. Its text is the source text: escapes end a piece, entities are pieces of their own.
    pub span: Span,
    /// Inside a link or reference.
    pub linked: bool,
}

/// A block of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// What it stands in.
    pub kind: ProseKind,
    /// Inside a quotation or note.
    pub quoted: bool,
    /// Its pieces in order; words in code are none.
    pub pieces: Vec<Piece>,
}

impl Prose {
    /// From the first to the last piece.
    pub fn span(&self) -> Span {
        let start = self.pieces.first().map_or(0, |piece| piece.span.start);
        Span::new(start, self.pieces.last().map_or(start, |piece| piece.span.end))
    }
}
