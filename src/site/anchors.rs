//! The `id`s of a document's page: headings by their anchor, 項 and 号 by numbers behind it.

use std::collections::{BTreeMap, BTreeSet};

use crate::locale::Language;
use crate::model::outline::{Heading, Item, Outline};
use crate::model::reference::Fragment;
use crate::numbering::item_mark;

/// The `id` of a 項 (`purpose-2`), or of a 号 in it (`purpose-2-1`), which no heading of the outline has.
pub fn place_id(taken: &BTreeSet<&str>, anchor: &str, numbers: impl IntoIterator<Item = u32>) -> String {
    let mut id = anchor.to_owned();
    for number in numbers {
        id = child_id(taken, &id, number);
    }
    id
}

fn child_id(taken: &BTreeSet<&str>, parent: &str, number: u32) -> String {
    let mut id = format!("{parent}-{number}");
    // A heading may itself be called `purpose-2`. Its links are older than ours.
    while taken.contains(id.as_str()) {
        id.push('_');
    }
    id
}

/// Anchors of the headings.
pub fn heading_ids(outline: &Outline) -> BTreeSet<&str> {
    outline.headings.iter().map(|heading| heading.anchor.as_str()).collect()
}

/// The `id` that a fragment names in an outline that has it.
pub fn fragment_id(outline: &Outline, fragment: &Fragment) -> String {
    match fragment.paragraph {
        None => fragment.anchor.clone(),
        Some(paragraph) => {
            let numbers = std::iter::once(paragraph).chain(fragment.items.iter().copied());
            place_id(&heading_ids(outline), &fragment.anchor, numbers)
        }
    }
}

/// A numbered place of the text: its `id`, and its mark where one is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The `id`.
    pub id: String,
    /// `2`, `(1)`, `ア`; empty for a first 項.
    pub text: String,
}

/// All 項 and 号 of an outline by the byte at which their text starts.
#[derive(Debug, Default)]
pub struct Marks {
    /// 項; one without text of its own stands where its list starts.
    pub paragraphs: BTreeMap<usize, Mark>,
    /// 号 and what lies below.
    pub items: BTreeMap<usize, Mark>,
}

impl Marks {
    /// Of an outline.
    pub fn new(outline: &Outline, language: Language) -> Self {
        let taken = heading_ids(outline);
        let mut marks = Self::default();
        let mut seen = BTreeSet::new();
        for heading in &outline.headings {
            // Of two headings with one anchor the first has it; a second `id` of the same name would be no HTML.
            if seen.insert(heading.anchor.as_str()) {
                marks.add(&taken, heading, language);
            }
        }
        marks
    }

    fn add(&mut self, taken: &BTreeSet<&str>, heading: &Heading, language: Language) {
        for paragraph in &heading.paragraphs {
            let id = child_id(taken, &heading.anchor, paragraph.number);
            self.add_items(taken, &id, &paragraph.items, 0, language);
            let text = if paragraph.number > 1 { paragraph.number.to_string() } else { String::new() };
            self.paragraphs.insert(paragraph.span.start, Mark { id, text });
        }
    }

    fn add_items(&mut self, taken: &BTreeSet<&str>, parent: &str, items: &[Item], depth: usize, language: Language) {
        for item in items {
            let id = child_id(taken, parent, item.number);
            self.add_items(taken, &id, &item.items, depth + 1, language);
            self.items.insert(item.span.start, Mark { id, text: item_mark(item.number, depth, language) });
        }
    }

    /// Whether a list in this range is made of 号.
    pub fn numbers_list(&self, range: std::ops::Range<usize>) -> bool {
        self.items.range(range).next().is_some()
    }
}

/// The heading level of each heading on its page, from 2 and without gaps.
pub fn levels(outline: &Outline) -> Vec<u8> {
    let mut open: Vec<u8> = Vec::new();
    outline
        .headings
        .iter()
        .map(|heading| {
            let rank = heading.rank();
            while open.last().is_some_and(|last| *last >= rank) {
                open.pop();
            }
            open.push(rank);
            u8::try_from(open.len() + 1).unwrap_or(6).min(6)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_keeps_its_own_id() {
        let taken = BTreeSet::from(["a", "a-2"]);
        assert_eq!(place_id(&taken, "a", [1]), "a-1");
        assert_eq!(place_id(&taken, "a", [2, 1]), "a-2_-1");
        assert_eq!(place_id(&taken, "a-2", [1]), "a-2-1");
    }
}
