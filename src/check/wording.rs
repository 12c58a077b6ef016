//! Running text as rules on wording read it: sentences with the way back to their places in the source.

use crate::model::document::Document;
use crate::model::prose::{Prose, ProseKind};
use crate::source::Span;

/// A sentence, without its full stop.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its words, those of links included, those in code left out.
    pub text: String,
    /// What it stands in.
    pub kind: ProseKind,
    /// Inside a quotation or note.
    pub quoted: bool,
    /// Whether a full stop ends it.
    pub ended: bool,
    /// Pieces: where each begins in `text` and in the file, and whether it is linked.
    pieces: Vec<(usize, usize, bool)>,
}

impl Sentence {
    /// The place of a range of its text in the file.
    pub fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.source(from), to.checked_sub(1).map_or(0, |last| self.source(last) + 1))
    }

    /// The place of the whole sentence.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }

    fn source(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, ..)| *start <= at).saturating_sub(1);
        self.pieces.get(index).map_or(0, |(start, source, _)| source + (at - start))
    }

    /// Whether a byte of its text stands inside a link.
    pub fn is_linked(&self, at: usize) -> bool {
        let index = self.pieces.partition_point(|(start, ..)| *start <= at).saturating_sub(1);
        self.pieces.get(index).is_some_and(|(.., linked)| *linked)
    }

    /// Whether any of it is a link or reference.
    pub fn has_link(&self) -> bool {
        self.pieces.iter().any(|(.., linked)| *linked)
    }

    fn push(&mut self, text: &str, source: usize, linked: bool) {
        if !text.is_empty() {
            self.pieces.push((self.text.len(), source, linked));
            self.text.push_str(text);
        }
    }
}

/// The sentences of a document; `text` is its whole file.
pub fn sentences(document: &Document, text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for prose in &document.prose {
        split(prose, text, &mut found);
    }
    found
}

fn split(prose: &Prose, text: &str, found: &mut Vec<Sentence>) {
    let first = found.len();
    let empty =
        || Sentence { text: String::new(), kind: prose.kind, quoted: prose.quoted, ended: false, pieces: Vec::new() };
    let mut open = empty();
    for piece in &prose.pieces {
        let words = text.get(std::ops::Range::from(piece.span)).unwrap_or("");
        if piece.linked {
            open.push(words, piece.span.start, true);
            continue;
        }
        let mut from = 0;
        for (at, stop) in words.match_indices(['。', '！', '？']) {
            let behind = at + stop.len();
            // A full stop before a closing bracket ends a quotation and not the sentence.
            if words[behind..].starts_with(['」', '』', '）', ')']) {
                continue;
            }
            open.push(&words[from..at], piece.span.start + from, false);
            open.ended = true;
            found.push(std::mem::replace(&mut open, empty()));
            from = behind;
        }
        open.push(&words[from..], piece.span.start + from, false);
    }
    found.push(open);
    // Only what this paragraph added: looking through all of them again would be quadratic in a document's length.
    let added = found.split_off(first);
    found.extend(added.into_iter().filter(|sentence| !sentence.text.trim().is_empty()));
}

/// The pieces of a document outside links, as written, with their places.
pub fn words<'t>(document: &'t Document, text: &'t str) -> impl Iterator<Item = (Span, &'t str)> {
    let pieces = document.prose.iter().flat_map(|prose| &prose.pieces).filter(|piece| !piece.linked);
    pieces.filter_map(move |piece| Some((piece.span, text.get(std::ops::Range::from(piece.span))?)))
}

/// The title and summary of a document, as written in quotation marks, with their places.
pub fn front_words<'t>(document: &'t Document, text: &'t str) -> impl Iterator<Item = (Span, &'t str)> {
    let front = [&document.front.title, &document.front.summary];
    front
        .into_iter()
        .flatten()
        .filter_map(move |value| Some((value.span, text.get(std::ops::Range::from(value.span))?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Numbering, Tier};
    use crate::source::SourceDb;

    fn read(text: &str) -> Vec<Sentence> {
        let file = SourceDb::default().add("a.md", text.to_owned());
        sentences(&crate::parse::document::document(file, "a.md", text, Tier::Policy, Numbering::Plain).0, text)
    }

    #[test]
    fn a_sentence_knows_its_place_across_links_and_lines() {
        let text = "# 題\n\n申請は**必ず**[[S-01]]に\nよる。「よい。」と`答`える。\n\n- 一\n- 二。\n\n> 注\n\n| a。 |\n|---|\n";
        let found = read(text);
        let words: Vec<&str> = found.iter().map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(words, ["題", "申請は必ずS-01による", "「よい。」とえる", "一", "二", "注", "a"]);
        let second = &found[1];
        let at = second.text.find("よる").unwrap();
        let span = second.span(at, at + "よる".len());
        assert_eq!(&text[span.start..span.end], "よる");
        assert!(second.has_link() && second.is_linked(second.text.find("S-01").unwrap()));
        assert!(second.ended && !found[0].ended && found[5].quoted);
        let kinds: Vec<ProseKind> = found.iter().map(|sentence| sentence.kind).collect();
        assert_eq!(kinds[0], ProseKind::Heading);
        assert_eq!((kinds[3], kinds[6]), (ProseKind::Item, ProseKind::Cell));
    }
}
