//! What a text holds and no reader of its page sees: cells beyond the head of a table, titles of links, definitions that
//! nothing uses, words behind the language of code, attributes without a meaning, comments.
//!
//! It is found from the other side: whatever lies between the words of the tree has to be known markup. So what a parser
//! leaves out without a word is found, too, whatever the reason.

use std::collections::BTreeSet;

use super::refusal::{Refusal, RefusalKind};
use crate::model::content::{Block, Inline, Kind, Node};
use crate::model::document::Document;
use crate::model::reference::{Form, Reference};
use crate::source::Span;

/// Checks a document's body; `text` is its whole file.
pub fn check(document: &Document, text: &str, refusals: &mut Vec<Refusal>) {
    let nodes = document.content.nodes();
    let mut checker = Checker { document, text, known: Vec::new(), refusals };
    checker.references();
    let mut notes = BTreeSet::new();
    for (index, node) in nodes.iter().enumerate() {
        let inside = document.content.inside(index);
        match node.kind {
            Kind::Block(Block::Heading { section, .. }) => checker.heading(node, inside, section.is_some()),
            Kind::Block(Block::Alert(_)) => checker.marker(node, inside),
            Kind::Block(Block::Code(info)) => checker.info(node, document.content.words(node, info, text)),
            Kind::Block(Block::Item(_)) => checker.number(node),
            Kind::Block(Block::Note(note)) => checker.note(node, notes.insert(note)),
            Kind::Block(Block::Typed) => checker.typed(inside),
            Kind::Block(Block::Row { .. }) => checker.row(node, inside),
            Kind::Inline(Inline::Typed(_)) => checker.typed(&inside[..1]),
            Kind::Block(
                Block::Section(_)
                | Block::Paragraph(_)
                | Block::List(_)
                | Block::Quotation
                | Block::Table(_)
                | Block::Cell
                | Block::Rule,
            )
            | Kind::Inline(
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::SoftBreak
                | Inline::HardBreak
                | Inline::Emphasis
                | Inline::Strong
                | Inline::Strikethrough
                | Inline::Reference(_)
                | Inline::Image(_)
                | Inline::Mention(_)
                | Inline::Task { .. },
            ) => {}
        }
    }
    checker.gaps(nodes);
}

/// Whether a node's own span is words that readers see, or a sign in their place.
fn is_seen(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Inline(Inline::Text(_) | Inline::Code(_) | Inline::Typed(_) | Inline::Mention(_) | Inline::Task { .. })
    )
}

/// Markup that says nothing by itself.
fn is_markup(c: char) -> bool {
    c.is_ascii_whitespace() || "[]()<>!|*_~#-+=:\\`".contains(c)
}

/// Names, such as labels: anything without white space, so that no sentence hides in one.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 64 && !text.chars().any(char::is_whitespace)
}

/// Classes of headings that mean something.
const CLASSES: [&str; 5] = [".branch", ".deleted", ".plain", ".section", ".supplement"];

const IMPLEMENTS: &str = "implements=";

struct Checker<'d, 'r> {
    document: &'d Document,
    text: &'d str,
    /// Markup with words of its own that were looked at.
    known: Vec<Span>,
    refusals: &'r mut Vec<Refusal>,
}

impl Checker<'_, '_> {
    fn hidden(&mut self, span: Span) {
        let words: String = self.text[span.start..span.end].chars().take(40).collect();
        self.refusals.push(Refusal { span, kind: RefusalKind::Hidden(words) });
    }

    /// Knows a name, or refuses what is none.
    fn name(&mut self, span: Span) {
        if is_name(&self.text[span.start..span.end]) { self.known.push(span) } else { self.hidden(span) }
    }

    fn references(&mut self) {
        for reference in &self.document.references {
            self.known.push(reference.raw.span);
            let defined =
                reference.raw.span.start < reference.span.start || reference.span.end < reference.raw.span.end;
            if reference.form != Form::Short && defined {
                self.labels(reference);
            }
        }
    }

    /// The label of a link that is defined elsewhere, where it is used and where it is defined. One that readers see as
    /// the words of the link may be anything.
    fn labels(&mut self, reference: &Reference) {
        let used = &self.text[reference.span.start..reference.span.end];
        let (label, seen) = match used.strip_suffix(']').and_then(|used| used.rfind("][")) {
            Some(at) if used.len() - at > 3 => (Span::new(at + 2, used.len() - 1).shift(reference.span.start), false),
            Some(at) => (Span::new(used.find('[').map_or(0, |open| open + 1), at).shift(reference.span.start), true),
            None => {
                (Span::new(used.find('[').map_or(0, |open| open + 1), used.len() - 1).shift(reference.span.start), true)
            }
        };
        if !seen {
            self.name(label);
        }
        let before = &self.text[..reference.raw.span.start];
        let Some(end) = before.rfind("]:") else { return };
        let Some(line) = self.text[self.document.body.start..end].rfind('\n') else {
            let start = self.document.body.start;
            return self.definition(&before[start..end], start, label, seen);
        };
        let start = self.document.body.start + line + 1;
        self.definition(&before[start..end], start, label, seen);
    }

    fn definition(&mut self, line: &str, start: usize, label: Span, seen: bool) {
        let Some(open) = line.find('[') else { return };
        let span = Span::new(open + 1, line.len()).shift(start);
        let folded = |span: Span| {
            let words: Vec<&str> = self.text[span.start..span.end].split_whitespace().collect();
            words.join(" ").to_lowercase()
        };
        if seen && folded(span) == folded(label) { self.known.push(span) } else { self.name(span) }
    }

    /// Attributes behind the words of a heading.
    fn heading(&mut self, node: &Node, inside: &[Node], divides: bool) {
        let seen = inside.iter().filter(|node| is_seen(node.kind)).map(|node| node.span.end).max();
        let start = seen.unwrap_or(node.span.start);
        let Some(rest) = self.text.get(start..node.span.end) else { return };
        let (Some(open), Some(close)) = (rest.rfind('{'), rest.rfind('}')) else { return };
        if divides && open < close && are_attributes(&rest[open + 1..close]) {
            self.known.push(Span::new(open, close + 1).shift(start));
        }
    }

    /// `[!NOTE]` in the first line of an alert.
    fn marker(&mut self, node: &Node, inside: &[Node]) {
        let end = inside.get(1).map_or(node.span.end, |first| first.span.start);
        let Some(head) = self.text.get(node.span.start..end) else { return };
        let (Some(open), Some(close)) = (head.find("[!"), head.find(']')) else { return };
        self.known.push(Span::new(open, close).shift(node.span.start));
    }

    /// One word behind an opening fence names the language.
    fn info(&mut self, node: &Node, info: &str) {
        let first = self.text[node.span.start..node.span.end].lines().next().unwrap_or("");
        let behind = first.trim_start_matches(['`', '~']);
        let span = Span::new(first.len() - behind.len(), first.len()).shift(node.span.start);
        let plain = info.len() <= 32 && info.chars().all(|c| c.is_ascii_alphanumeric() || "_+.#-".contains(c));
        if first.starts_with(['`', '~']) && plain && behind.trim_matches([' ', '\t']) == info {
            self.known.push(span);
        }
    }

    /// The number that an entry of a list was typed with.
    fn number(&mut self, node: &Node) {
        let typed = &self.text[node.span.start..node.span.end];
        let digits = typed.len() - typed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && typed[digits..].starts_with(['.', ')']) {
            self.known.push(Span::new(0, digits + 1).shift(node.span.start));
        }
    }

    /// The label of a footnote. Of two footnotes with one label a page shows one.
    fn note(&mut self, node: &Node, first: bool) {
        if !first {
            return self.hidden(node.span);
        }
        let typed = &self.text[node.span.start..node.span.end];
        if let Some(end) = typed.find("]:").filter(|_| typed.starts_with("[^")) {
            self.name(Span::new(1, end).shift(node.span.start));
        }
    }

    /// What a forge takes for a comment, a page shows; they must not differ.
    fn typed(&mut self, inside: &[Node]) {
        for node in inside {
            let Kind::Inline(Inline::Text(words) | Inline::Typed(words)) = node.kind else { continue };
            let words = self.document.content.words(node, words, self.text);
            if words.contains("<!") || words.contains("<?") {
                self.refusals.push(Refusal { span: node.span, kind: RefusalKind::Comment });
            }
        }
    }

    /// Behind the last cell that the head has a column for there is nothing but the end of the row.
    fn row(&mut self, node: &Node, inside: &[Node]) {
        let cells = inside.iter().filter(|node| node.kind == Kind::Block(Block::Cell));
        let Some(end) = cells.map(|cell| cell.span.end).max() else { return };
        let Some(rest) = self.text.get(end..node.span.end) else { return };
        let line = rest.lines().next().unwrap_or("");
        let bar = line.strip_prefix('|').unwrap_or(line);
        if !bar.trim().is_empty() {
            let span = Span::new(end, end + line.len());
            self.hidden(span);
            self.known.push(span);
        }
    }

    /// Goes through what lies between the words.
    fn gaps(&mut self, nodes: &[Node]) {
        self.known.sort();
        let known = std::mem::take(&mut self.known);
        let mut known = known.into_iter().peekable();
        let body = self.document.body;
        let mut at = body.start;
        let seen = nodes.iter().filter(|node| is_seen(node.kind)).map(|node| node.span);
        for span in seen.chain([Span::new(body.end, body.end)]) {
            while let Some(next) = known.next_if(|next| next.start < span.start) {
                self.gap(Span::new(at, next.start.max(at)));
                at = at.max(next.end);
            }
            self.gap(Span::new(at, span.start.max(at)));
            at = at.max(span.end);
        }
    }

    fn gap(&mut self, span: Span) {
        let mut from = span.start;
        for line in self.text[span.start..span.end].split_inclusive('\n') {
            if let Some(at) = line.find(|c: char| !is_markup(c)) {
                let words = Span::new(from + at, from + line.trim_end().len());
                self.hidden(words);
            }
            from += line.len();
        }
    }
}

/// Whether what stands between the brackets of a heading is an id, classes and what it implements, each once.
fn are_attributes(inside: &str) -> bool {
    let mut found = BTreeSet::new();
    inside.split_ascii_whitespace().all(|part| {
        let kind = match part {
            part if part.starts_with('#') && is_name(&part[1..]) => "#",
            part if part.starts_with(IMPLEMENTS) && part.len() > IMPLEMENTS.len() => IMPLEMENTS,
            part if CLASSES.contains(&part) => part,
            _ => return false,
        };
        found.insert(kind)
    })
}
