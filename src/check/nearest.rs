//! "Did you mean": the known name that a written one was probably meant to be.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

/// How many known names are looked at: a suggestion is a courtesy, and must not make a run slow.
const LIMIT: usize = 2_000;

/// The known name with the fewest typing slips between it and a written one; `None` where every name is too far.
/// Of equally near names the first is taken.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    // The distance costs both lengths multiplied, and nobody mistypes a name of pages.
    if length > 200 {
        return None;
    }
    let allowed = 1 + length / 4;
    let mut best: Option<(usize, &str)> = None;
    for name in known.into_iter().take(LIMIT) {
        // The distance is at least the difference in length; most names are dropped without computing it. Another
        // number is another thing and no slip.
        if name.chars().count().abs_diff(length) > allowed || !digits(name).eq(digits(written)) {
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

fn digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(char::is_ascii_digit)
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

/// What a written name was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant<'a> {
    /// Nothing else can have been meant: only the manner of writing differs, or the printed name stands for the id.
    Certainly(&'a str),
    /// Probably a slip.
    Perhaps(&'a str),
    /// No known name is near.
    Nothing,
}

/// The ids that something defines, and what ids that are none of them were meant to be.
#[derive(Debug)]
pub struct Known<'a> {
    ids: BTreeSet<&'a str>,
    folded: Folded<'a>,
    names: BTreeMap<&'a str, &'a str>,
    meant: BTreeMap<String, Meant<'a>>,
}

impl<'a> Known<'a> {
    /// Of ids and the names they are printed with.
    pub fn new(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut ids = BTreeSet::new();
        let mut names: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (id, name) in entries {
            ids.insert(id);
            names.entry(name).and_modify(|known| *known = known.filter(|known| *known == id)).or_insert(Some(id));
        }
        // A name that two of them share stands for neither.
        let names = names.into_iter().filter_map(|(name, id)| Some((name, id?))).collect();
        Self { folded: Folded::new(ids.iter().copied()), ids, names, meant: BTreeMap::new() }
    }

    /// Whether an id is defined.
    pub fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// What an undefined id was meant to be. Searched once for each spelling, however often it is written.
    pub fn meant(&mut self, written: &str) -> Meant<'a> {
        if let Some(found) = self.meant.get(written) {
            return *found;
        }
        let certain = self.names.get(written).copied().or_else(|| self.folded.get(written));
        let found = match (certain, nearest(written, self.ids.iter().copied())) {
            (Some(id), _) => Meant::Certainly(id),
            (None, Some(id)) => Meant::Perhaps(id),
            (None, None) => Meant::Nothing,
        };
        self.meant.insert(written.to_owned(), found);
        found
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
        assert_eq!(nearest("e1024", ["e1042", "e1025"]), None);
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

    #[test]
    fn a_printed_name_stands_for_its_id() {
        let mut roles = Known::new([("office", "事務局"), ("a", "部長"), ("b", "部長")]);
        assert_eq!(roles.meant("事務局"), Meant::Certainly("office"));
        assert_eq!(roles.meant("Office"), Meant::Certainly("office"));
        assert_eq!(roles.meant("offce"), Meant::Perhaps("office"));
        assert_eq!(roles.meant("部長"), Meant::Nothing);
    }
}
