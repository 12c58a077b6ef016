//! The `id`s of a document's page: headings by their anchor, 項 and 号 by numbers behind it.

use crate::model::outline::Outline;
use crate::model::reference::Fragment;

/// The `id` of a 項 (`purpose-2`) or of a 号 in it (`purpose-2-1`), which no heading has.
pub fn child_id(outline: &Outline, parent: &str, number: u32) -> String {
    let mut id = format!("{parent}-{number}");
    // A heading may itself be called `purpose-2`. Its links are older than ours.
    while outline.heading(&id).is_some() {
        id.push('_');
    }
    id
}

/// The `id` that a fragment names in an outline that has it.
pub fn fragment_id(outline: &Outline, fragment: &Fragment) -> String {
    let numbers = fragment
        .paragraph
        .into_iter()
        .flat_map(|paragraph| [paragraph].into_iter().chain(fragment.items.iter().copied()));
    numbers.fold(fragment.anchor.clone(), |id, number| child_id(outline, &id, number))
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
    use crate::model::document::Numbering;
    use crate::parse::content::read;
    use crate::source::Span;

    #[test]
    fn a_heading_keeps_its_own_id() {
        let text = "### 一 {#a}\n\n一。\n\n### 二 {#a-2}\n\n二。\n";
        let outline = read(text, Span::new(0, text.len()), Numbering::Articles).outline;
        let id = |anchor: &str, paragraph, items: &[u32]| {
            let anchor = anchor.to_owned();
            fragment_id(&outline, &Fragment { anchor, paragraph, items: items.to_vec(), malformed: None })
        };
        assert_eq!(id("a", None, &[]), "a");
        assert_eq!(id("a", Some(1), &[]), "a-1");
        assert_eq!(id("a", Some(2), &[1]), "a-2_-1");
        assert_eq!(id("a-2", Some(1), &[]), "a-2-1");
    }
}
