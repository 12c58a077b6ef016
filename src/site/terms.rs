//! Glossary terms inside running text, so that readers find the meaning where they meet the word.
//!
//! Japanese has no spaces, so a term counts only where the script changes around it: 「リスク」 is not meant in
//! 「リスクマネジメント」, nor 「資産」 in 「情報資産」.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::term::Term;

/// All terms that have a definition, by their first character, longest first.
#[derive(Debug, Default)]
pub struct Terms<'h> {
    by_first: BTreeMap<char, Vec<&'h Term>>,
}

impl<'h> Terms<'h> {
    /// Of a glossary.
    pub fn new(terms: &'h [Term]) -> Self {
        let mut by_first: BTreeMap<char, Vec<&Term>> = BTreeMap::new();
        for term in terms.iter().filter(|term| term.definition.is_some()) {
            if let Some(first) = term.term.value.chars().next() {
                by_first.entry(first).or_default().push(term);
            }
        }
        for terms in by_first.values_mut() {
            terms.sort_by_key(|term| std::cmp::Reverse(term.term.value.len()));
        }
        Self { by_first }
    }

    /// The terms in a text, in order, none inside another. `before` and `after` are the characters around the text.
    pub fn find(&self, text: &str, before: Option<char>, after: Option<char>) -> Vec<(Range<usize>, &'h Term)> {
        let mut found = Vec::new();
        let mut previous = before;
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let here = self.by_first.get(&first).into_iter().flatten().find(|term| {
                let rest = text[at..].strip_prefix(term.term.value.as_str());
                rest.is_some_and(|rest| stands_alone(&term.term.value, previous, rest.chars().next().or(after)))
            });
            let length = here.map_or(first.len_utf8(), |term| term.term.value.len());
            if let Some(term) = here {
                found.push((at..at + length, *term));
            }
            previous = text[at..at + length].chars().next_back();
            at += length;
        }
        found
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Other,
}

fn script(c: char) -> Script {
    match c {
        'ぁ'..='ゟ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ' => Script::Katakana,
        '々' | '〆' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Script::Kanji,
        _ if c.is_alphanumeric() => Script::Latin,
        _ => Script::Other,
    }
}

/// What may follow a noun that ends in hiragana; behind anything else it is likely to be a verb (見直し, 見直した).
const PARTICLES: &str = "はがをにへとでのもやか";

/// Whether a word stands by itself between two characters.
fn stands_alone(word: &str, before: Option<char>, after: Option<char>) -> bool {
    let starts = |first: char| match (script(first), before.map(script)) {
        (_, None | Some(Script::Other)) => true,
        // Particles are hiragana too; only words long enough to be no accident count behind them.
        (Script::Hiragana, Some(Script::Hiragana)) => word.chars().count() >= 4,
        (first, Some(other)) => first != other,
    };
    let ends = |last: char| match (script(last), after.map(script)) {
        (_, None | Some(Script::Other)) => true,
        (Script::Hiragana, Some(Script::Hiragana)) => after.is_some_and(|next| PARTICLES.contains(next)),
        // 取扱い規程 is another word than 取扱い.
        (Script::Hiragana, Some(_)) => false,
        (last, Some(other)) => last != other,
    };
    word.chars().next().is_some_and(starts) && word.chars().next_back().is_some_and(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(terms: &[&str], text: &str) -> Vec<String> {
        let file = crate::source::SourceDb::default().add("x", String::new());
        let entries: String =
            terms.iter().map(|term| format!("[[term]]\nterm = \"{term}\"\ndefinition = \"意味\"\n")).collect();
        let (terms, _) = crate::parse::term::terms(file, &entries);
        let terms = Terms::new(&terms);
        terms.find(text, None, None).into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn a_part_of_a_longer_word_is_no_term() {
        assert_eq!(found(&["リスク"], "リスクを、リスクマネジメントで、残留リスクと"), ["リスク", "リスク"]);
        assert_eq!(found(&["資産"], "情報資産と資産の"), ["資産"]);
        assert_eq!(found(&["ISMS"], "ISMSはISMS2とISMS-1"), ["ISMS", "ISMS"]);
    }

    #[test]
    fn the_longest_term_counts() {
        assert_eq!(
            found(&["インシデント", "情報セキュリティインシデント"], "情報セキュリティインシデントを"),
            ["情報セキュリティインシデント"]
        );
    }

    #[test]
    fn a_verb_is_no_noun() {
        assert_eq!(found(&["見直し"], "見直しを行う。見直した。見直します。見直し"), ["見直し", "見直し"]);
        assert_eq!(found(&["ぜい弱性"], "のぜい弱性を"), ["ぜい弱性"]);
    }
}
