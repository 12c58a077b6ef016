//! Where the keys of one table stand.

use crate::source::Span;

/// The spans of the values of a table, by key: the whole value first, then its items where it is a list or a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyPlaces(Vec<(&'static str, Span)>);

impl KeyPlaces {
    /// Notes the span of a key's value; of a list or a table, afterwards the span of each item.
    pub(super) fn push(&mut self, key: &'static str, span: Span) {
        self.0.push((key, span));
    }

    /// The span of a key's value.
    pub fn get(&self, key: &str) -> Option<Span> {
        self.of(key).next()
    }

    /// The spans of the items of a key's value, in their order; the value itself where it is a single one.
    pub fn items(&self, key: &str) -> impl Iterator<Item = Span> {
        let single = self.of(key).count() == 1;
        self.of(key).skip(usize::from(!single))
    }

    fn of(&self, key: &str) -> impl Iterator<Item = Span> {
        self.0.iter().filter(move |(known, _)| *known == key).map(|(_, span)| *span)
    }
}
