//! Text on its way from a source into a document: every byte knows where it came from, so that a finding points at the
//! source however often the text was cut, cleaned and joined.

use std::ops::Range;

use crate::source::Span;

/// A text and, for each of its bytes, the place in the source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    text: String,
    origin: Vec<usize>,
}

impl Words {
    /// A text that stands in the source at `at` as it is.
    pub(super) fn at(text: &str, at: usize) -> Self {
        Self { text: text.to_owned(), origin: (at..at + text.len()).collect() }
    }

    /// Words that stand in the source for others at `at`.
    pub(super) fn made(text: &str, at: usize) -> Self {
        Self { text: text.to_owned(), origin: vec![at; text.len()] }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The place in the source of a range of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.origin.get(range.start).or(self.origin.last()).copied().unwrap_or(0);
        let last = range.end.checked_sub(1).and_then(|last| self.origin.get(last)).copied();
        Span::new(start, last.map_or(start, |last| last + 1).max(start))
    }

    /// The place of the whole text.
    pub(super) fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// A part; the range lies on character boundaries.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        Self { text: self.text[range.clone()].to_owned(), origin: self.origin[range].to_vec() }
    }

    /// Without blanks at both ends, full-width ones too.
    pub(super) fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        self.slice(start..end)
    }

    /// The same, but forced line breaks stay.
    pub(super) fn trimmed_blanks(&self) -> Self {
        let is = |c: char| c.is_whitespace() && c != '\n';
        let start = self.text.len() - self.text.trim_start_matches(is).len();
        let end = start + self.text.trim_matches(is).len();
        self.slice(start..end)
    }

    /// Adds a character that stands at `at` in the source.
    pub(super) fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.origin.extend(at..at + c.len_utf8());
    }

    /// Adds words that the source does not have, said to stand where the text ends so far.
    pub(super) fn push_str(&mut self, text: &str) {
        let at = self.origin.last().copied().unwrap_or(0);
        self.text.push_str(text);
        self.origin.extend(std::iter::repeat_n(at, text.len()));
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.origin.extend_from_slice(&other.origin);
    }

    /// Without any occurrence of a mark.
    pub(super) fn without(&self, mark: &str) -> Self {
        let mut out = Self::default();
        let mut from = 0;
        for (at, _) in self.text.match_indices(mark) {
            out.append(&self.slice(from..at));
            from = at + mark.len();
        }
        out.append(&self.slice(from..self.text.len()));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_cutting_and_joining() {
        let source = "xx**第1条** の文";
        let words = Words::at(&source[2..], 2).without("**").trimmed();
        assert_eq!(words.as_str(), "第1条 の文");
        let at = words.as_str().find('文').unwrap();
        let span = words.span(at..at + 3);
        assert_eq!(&source[span.start..span.end], "文");
        let mut joined = words.slice(0..3);
        joined.push_str("、");
        joined.append(&words.slice(at..at + 3));
        assert_eq!(joined.as_str(), "第、文");
        assert_eq!(&source[joined.whole().start..joined.whole().end], "第1条** の文");
        assert_eq!(Words::default().whole(), Span::new(0, 0));
    }
}
