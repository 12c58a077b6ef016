//! term-variant: a wording that the glossary says is not to be used (表記ゆれ).

use std::collections::BTreeMap;

use crate::check::registry::rule;
use crate::check::wording::{front_words, words};
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::term::Term;
use crate::source::Span;

rule!("TXT008", "term-variant", Basis::OwnRule, Warn);

/// Wordings by their first character, the longest first, each with its term where it is a variant.
type Wordings<'h> = BTreeMap<char, Vec<(&'h str, Option<&'h Term>)>>;

fn check(handbook: &Handbook, sink: &mut Sink) {
    if handbook.terms.iter().all(|term| term.variants.is_empty()) {
        return;
    }
    let mut wordings: Wordings<'_> = BTreeMap::new();
    for term in &handbook.terms {
        let variants = term.variants.iter().map(|variant| (variant.value.as_str(), Some(term)));
        for (wording, meant) in variants.chain([(term.term.value.as_str(), None)]) {
            if let Some(first) = wording.chars().next() {
                wordings.entry(first).or_default().push((wording, meant));
            }
        }
    }
    for list in wordings.values_mut() {
        // Longest first; of equal ones the right wording first.
        list.sort_by_key(|(wording, meant)| (std::cmp::Reverse(wording.len()), meant.is_some(), *wording));
    }
    for document in &handbook.documents {
        let text = handbook.sources.file(document.file).text();
        for (place, words) in front_words(document, text).chain(self::words(document, text)) {
            for (start, variant, term) in variants(words, &wordings) {
                let span = Span::new(place.start + start, place.start + start + variant.len());
                let right = &term.term.value;
                sink.report(document.place(span), Text::new("term-variant").arg("written", variant).arg("term", right))
                    .help(Text::new("term-variant-help").arg("term", right))
                    .fix(span, right);
            }
        }
    }
}

/// Every variant in a text. A wording inside a longer one of the glossary does not count.
fn variants<'h>(text: &str, wordings: &Wordings<'h>) -> Vec<(usize, &'h str, &'h Term)> {
    let mut found = Vec::new();
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        let Some(list) = wordings.get(&c).filter(|_| at >= skip) else { continue };
        let here = list.iter().find(|(wording, _)| text[at..].starts_with(wording) && is_word(text, at, wording.len()));
        if let Some((wording, meant)) = here {
            skip = at + wording.len();
            found.extend(meant.map(|term| (at, *wording, term)));
        }
    }
    found
}

/// Whether a match is no part of a longer word in katakana or ASCII letters.
fn is_word(text: &str, at: usize, length: usize) -> bool {
    let alike = |a: char, b: char| {
        let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
        (katakana(a) && katakana(b)) || (a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric())
    };
    let word = &text[at..at + length];
    let joined = |before: Option<char>, after: Option<char>| before.zip(after).is_some_and(|(a, b)| alike(a, b));
    !joined(text[..at].chars().next_back(), word.chars().next())
        && !joined(word.chars().next_back(), text[at + length..].chars().next())
}
