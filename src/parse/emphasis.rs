//! Finds `**…**` that CommonMark leaves as asterisks, as it does beside full-width punctuation.

use crate::model::content::{Block, Content, Inline, Kind, Step};
use crate::source::Span;

/// The marks that stay literal in a tree, with what they enclose; `text` is the whole file.
pub fn literal_emphasis(content: &Content, text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    // Asterisks that were rendered as such; an escaped one has its backslash before it.
    let mut stars = Vec::new();
    let mut walk = content.walk();
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => match node.kind {
                Kind::Block(Block::Code(_) | Block::Typed) => walk.skip_inside(),
                Kind::Inline(Inline::Text(_)) => {
                    let typed = text.get(node.span.start..node.span.end).unwrap_or("");
                    stars.extend(typed.match_indices('*').map(|(at, _)| node.span.start + at));
                }
                Kind::Block(_) | Kind::Inline(_) => {}
            },
            Step::Leave(node) => {
                if let Kind::Block(Block::Paragraph(_) | Block::Heading { .. } | Block::Item(_) | Block::Cell) =
                    node.kind
                {
                    pair(&mut stars, text, &mut found);
                }
            }
        }
    }
    found
}

/// Pairs the marks of one block. Marks between spaces are no emphasis anybody meant.
fn pair(stars: &mut Vec<usize>, text: &str, found: &mut Vec<Span>) {
    let mut marks = Vec::new();
    let mut at = 0;
    while let (Some(first), Some(second)) = (stars.get(at), stars.get(at + 1)) {
        let pair = second - first == 1;
        if pair {
            marks.push(*first);
        }
        at += if pair { 2 } else { 1 };
    }
    stars.clear();
    let mut rest = marks.as_slice();
    while let [open, close, tail @ ..] = rest {
        let inner = text.get(open + 2..*close).unwrap_or("");
        let meant = !inner.is_empty() && inner.trim() == inner && !inner.contains("\n\n");
        if meant {
            found.push(Span::new(*open, close + 2));
            rest = tail;
        } else {
            rest = &rest[1..];
        }
    }
}
