//! The glossary, in the order in which a dictionary has it.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::Page;
use crate::locale::Language;
use crate::markup::html::identifier;
use crate::model::term::Term;
use crate::site::Site;
use crate::site::reference::term_address;

#[derive(Serialize)]
struct GlossaryPage<'a> {
    total: usize,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    /// か, or a letter; empty for everything else.
    name: String,
    terms: Vec<TermView<'a>>,
}

#[derive(Serialize)]
struct TermView<'a> {
    anchor: String,
    /// The anchor as an address.
    address: String,
    term: &'a str,
    reading: Option<&'a str>,
    definition: Option<&'a str>,
    /// Wordings that are not to be used.
    variants: Vec<&'a str>,
}

/// The first kana of each row of the syllabary.
const ROWS: [char; 10] = ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ'];

pub(super) fn glossary(site: &Site<'_, '_>) -> Page {
    let terms = &site.edition.handbook.terms;
    let language = site.options.language;
    // Terms without a row come last.
    let mut groups: BTreeMap<(bool, String), Vec<(String, &Term)>> = BTreeMap::new();
    for term in terms {
        let key = sort_key(reading(term, language));
        let row = row(&key);
        groups.entry((row.is_empty(), row)).or_default().push((key, term));
    }
    let groups = groups
        .into_iter()
        .map(|((_, name), mut terms)| {
            terms.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.term.value.cmp(&y.term.value)));
            Group { name, terms: terms.into_iter().map(|(_, term)| view(term)).collect() }
        })
        .collect();
    Page::new("glossary.html", "glossary", GlossaryPage { total: terms.len(), groups })
}

fn view(term: &Term) -> TermView<'_> {
    TermView {
        anchor: identifier(&term.term.value),
        address: term_address(&term.term.value),
        term: &term.term.value,
        reading: term.reading.as_ref().map(|reading| reading.value.as_str()),
        definition: term.definition.as_ref().map(|definition| definition.value.as_str()),
        variants: term.variants.iter().map(|variant| variant.value.as_str()).collect(),
    }
}

fn reading(term: &Term, language: Language) -> &str {
    match (&term.reading, language) {
        (Some(reading), Language::Ja) => &reading.value,
        _ => &term.term.value,
    }
}

/// Folds what a dictionary looks past at first: voicing marks, small kana, katakana, width, case.
fn sort_key(reading: &str) -> String {
    reading
        .nfkd()
        .filter(|c| !matches!(c, '\u{3099}' | '\u{309a}'))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
            c => c,
        })
        .map(|c| match c {
            'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' => {
                char::from_u32(u32::from(c) + 1).unwrap_or(c)
            }
            c => c,
        })
        .collect()
}

/// The row of the syllabary or the letter under which a key stands.
fn row(key: &str) -> String {
    match key.chars().next() {
        Some(c @ 'あ'..='ん') => ROWS.iter().rfind(|first| **first <= c).map(ToString::to_string).unwrap_or_default(),
        Some(c) if c.is_ascii_alphabetic() => c.to_ascii_uppercase().to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_ordered_as_in_a_dictionary() {
        let mut readings = ["がいぶ", "かいぎ", "きゃく", "きや", "ガス", "かん", "いんしでんと"];
        readings.sort_by_key(|reading| sort_key(reading));
        assert_eq!(readings, ["いんしでんと", "かいぎ", "がいぶ", "ガス", "かん", "きや", "きゃく"]);
        let rows = ["ぎょうむ", "っ", "んん", "ISMS", "2要素", ""].map(|reading| row(&sort_key(reading)));
        assert_eq!(rows, ["か", "た", "わ", "I", "", ""]);
    }
}
