//! "Did you mean": the known name that a written one was probably meant to be.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// The known name with the fewest typing slips between it and a written one; `None` where every name is too far.
/// Of equally near names the first is taken.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let allowed = 1 + length / 4;
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        // The distance is at least the difference in length; most names are dropped without computing it.
        if name.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(written, name);
        // A name of which nothing is left is no slip.
        if distance <= allowed && distance < length && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// A name as it is compared where only the manner of writing may differ: width, case, punctuation and leading
/// zeros do not count. `P-01`, `p-1` and `Ｐ－０１` are alike.
pub fn folded(name: &str) -> String {
    let mut out = String::new();
    let mut digits = false;
    for c in name.nfkc().flat_map(char::to_uppercase) {
        if c == '0' && !digits {
            continue;
        }
        digits = c.is_ascii_digit();
        // A dot tells 5.12 from 51.2; no other punctuation tells two ids apart.
        if c.is_alphanumeric() || c == '.' {
            out.push(c);
        }
    }
    out
}

/// Names by their folded form, for finding the one that was meant without a search.
#[derive(Debug)]
pub struct Folded<'a>(BTreeMap<String, Option<&'a str>>);

impl<'a> Folded<'a> {
    /// Of some names; where two fold alike, neither can be told to have been meant.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_form: BTreeMap<String, Option<&'a str>> = BTreeMap::new();
        for name in names {
            by_form
                .entry(folded(name))
                .and_modify(|known| *known = known.filter(|known| *known == name))
                .or_insert(Some(name));
        }
        Self(by_form)
    }

    /// The only name that folds like a written one.
    pub fn get(&self, written: &str) -> Option<&'a str> {
        self.0.get(&folded(written)).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_different_word_is_not() {
        assert_eq!(nearest("ofice", ["board", "office"]), Some("office"));
        assert_eq!(nearest("残留リスク値", ["残留リスク", "情報資産"]), Some("残留リスク"));
        assert_eq!(nearest("x", ["a", "b"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("president", ["board"]), None);
    }

    #[test]
    fn ids_that_differ_only_in_writing_are_alike() {
        let ids = Folded::new(["P-01", "S-10", "C-5.12", "C-51.2"]);
        assert_eq!(ids.get("p-1"), Some("P-01"));
        assert_eq!(ids.get("Ｐ－０１"), Some("P-01"));
        assert_eq!(ids.get("C5.12"), Some("C-5.12"));
        assert_eq!(ids.get("S-1"), None);
        assert_eq!(Folded::new(["P-01", "P-1"]).get("p-1"), None);
    }
}
