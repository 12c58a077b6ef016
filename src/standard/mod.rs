//! ISO/IEC 27001:2022 as facts: the numbers and titles of clauses and Annex A controls, how they are classified,
//! and what became of the controls of 2013.
//!
//! Everything here is embedded data behind look-ups; no other module spells out a number of the standard. The
//! sentences of the standard are protected and stand nowhere in it.

mod annex_a;
mod clauses;

use std::cmp::Ordering;

use crate::locale::Language;

pub use annex_a::{Attribute, AttributeValue, Control, Theme, attribute, attributes, control, controls, successors};
pub use clauses::{Clause, DocumentedInformation, clause, clauses};

/// A title or name in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    /// Japanese, as in JIS Q 27001:2023.
    pub ja: &'static str,
    /// English, as in ISO/IEC 27001:2022.
    pub en: &'static str,
}

impl Titles {
    /// The one in a language.
    pub fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.ja,
            Language::En => self.en,
        }
    }
}

/// The order of dotted numbers as people read them: `5.2` before `5.10`, `7.5` before `7.5.1`. Parts that are not
/// numbers come after those that are and compare as text, so that the order is total for any input.
pub fn compare_numbers(a: &str, b: &str) -> Ordering {
    let part = |text: &str| (text.parse::<u64>().map_or((true, 0), |number| (false, number)), text.to_owned());
    a.split('.').map(part).cmp(b.split('.').map(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_as_people_read_them() {
        let mut ids = ["10.1", "5.10", "7.5.3", "5.2", "7.5", "7.5.1", "x", "5.02"];
        ids.sort_by(|a, b| compare_numbers(a, b));
        assert_eq!(ids, ["5.02", "5.2", "5.10", "7.5", "7.5.1", "7.5.3", "10.1", "x"]);
    }
}
