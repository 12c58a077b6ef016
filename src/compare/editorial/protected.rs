//! The words of a text that decide what it demands: numbers, units, negations, modal words, conditions and their like, from
//! a list for each language, and the organisation's role names and terms. Finds them; compares nothing.

use std::collections::BTreeMap;
use std::ops::Range;

/// Why a word is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordKind {
    /// Digits, 漢数字, number words, and signs that count or compare.
    Number,
    /// 営業日, か月, days, percent.
    Unit,
    /// ない, ず, not, without.
    Negation,
    /// しなければならない, できる, 禁止, must, may, approval.
    Modality,
    /// 場合, 限り, ただし, if, unless.
    Condition,
    /// すべて, いずれか, all, at least.
    Quantifier,
    /// 以上, 以内, 直ちに, before, within.
    Limit,
    /// 及び, 又は, and, or.
    Connective,
    /// The name of a role.
    Role,
    /// A term of the glossary.
    Term,
    /// A word that the organisation added to the lists.
    Added,
}

/// The lists of both languages and what was added to them. There is no way to take a word out.
#[derive(Debug, Clone)]
pub struct ProtectedWords {
    /// Entries by their first character.
    entries: BTreeMap<char, Vec<Entry>>,
}

/// A protected word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Characters of the text.
    pub(super) range: Range<usize>,
    pub(super) kind: WordKind,
    /// The spelling that stands for all spellings of the word.
    pub(super) word: String,
}

#[derive(Debug, Clone)]
struct Entry {
    spelling: Vec<char>,
    /// What it means; `None` where it only holds a protected word by chance.
    meaning: Option<(WordKind, String)>,
    place: Position,
}

/// Where a word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Position {
    Anywhere,
    AfterNumber,
    /// Between words that are not hiragana.
    Between,
}

/// One kind of words in a list.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Group {
    anywhere: Vec<String>,
    after_number: Vec<String>,
    between: Vec<String>,
}

/// A list of a language.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    unit: Group,
    negation: Group,
    modality: Group,
    condition: Group,
    quantifier: Group,
    limit: Group,
    connective: Group,
    number: Group,
    #[serde(default)]
    plain: Group,
}

const LISTS: [&str; 2] = [include_str!("words.ja.toml"), include_str!("words.en.toml")];

impl Default for ProtectedWords {
    fn default() -> Self {
        let mut words = Self { entries: BTreeMap::new() };
        for list in LISTS {
            let List { unit, negation, modality, condition, quantifier, limit, connective, number, plain } =
                toml::from_str(list).expect("the lists of protected words are part of the program");
            for (kind, group) in [
                (Some(WordKind::Unit), unit),
                (Some(WordKind::Negation), negation),
                (Some(WordKind::Modality), modality),
                (Some(WordKind::Condition), condition),
                (Some(WordKind::Quantifier), quantifier),
                (Some(WordKind::Limit), limit),
                (Some(WordKind::Connective), connective),
                (Some(WordKind::Number), number),
                (None, plain),
            ] {
                let Group { anywhere, after_number, between } = group;
                for (place, spellings) in [
                    (Position::Anywhere, anywhere),
                    (Position::AfterNumber, after_number),
                    (Position::Between, between),
                ] {
                    for spellings in spellings {
                        words.insert(kind, place, &spellings);
                    }
                }
            }
        }
        words
    }
}

impl ProtectedWords {
    /// Adds names and words, such as [`WordKind::Role`] names; empty ones count as none.
    pub fn extend<W: AsRef<str>>(&mut self, kind: WordKind, words: impl IntoIterator<Item = W>) {
        for word in words {
            // A name may hold the sign that divides spellings in a list.
            self.spell(word.as_ref(), Some((kind, word.as_ref().to_owned())), Position::Anywhere);
        }
    }

    /// Adds a term of the glossary. A wording that the glossary replaces by it counts as a spelling of it, so that a
    /// correction to the term is one of writing; but not where the wording is protected itself or holds a word that is:
    /// names of roles have to be added before.
    pub fn add_term<W: AsRef<str>>(&mut self, term: &str, variants: impl IntoIterator<Item = W>) {
        let meaning = Some((WordKind::Term, term.to_owned()));
        for variant in variants {
            let variant = variant.as_ref();
            if self.find(&super::reading::folded(variant)).is_empty() {
                self.spell(variant, meaning.clone(), Position::Anywhere);
            }
        }
        self.spell(term, meaning, Position::Anywhere);
    }

    fn insert(&mut self, kind: Option<WordKind>, place: Position, spellings: &str) {
        let mut spellings = spellings.split('|').map(str::trim);
        let first = spellings.clone().next().unwrap_or_default().to_owned();
        for spelling in spellings.by_ref() {
            self.spell(spelling, kind.map(|kind| (kind, first.clone())), place);
        }
    }

    fn spell(&mut self, spelling: &str, meaning: Option<(WordKind, String)>, place: Position) {
        let spelling: Vec<char> = super::reading::folded(spelling).into_iter().map(lower).collect();
        let Some(first) = spelling.first() else { return };
        let entries = self.entries.entry(*first).or_default();
        let at = entries.partition_point(|entry| entry.spelling.len() >= spelling.len());
        entries.insert(at, Entry { spelling, meaning, place });
    }

    /// The protected words of a text in order, the longest where several begin at one place.
    pub(super) fn find(&self, text: &[char]) -> Vec<Found> {
        let text: Vec<char> = text.iter().copied().map(lower).collect();
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let number = number(&text, at);
            match self.entry(&text, at, found.last()).filter(|entry| entry.spelling.len() >= number) {
                Some(Entry { spelling, meaning, .. }) => {
                    let range = at..at + spelling.len();
                    at = range.end;
                    found.extend(meaning.clone().map(|(kind, word)| Found { range, kind, word }));
                }
                None if number > 0 => {
                    let range = at..at + number;
                    at = range.end;
                    let word = text[range.clone()].iter().collect();
                    found.push(Found { range, kind: WordKind::Number, word });
                }
                None => at += 1,
            }
        }
        found
    }

    fn entry(&self, text: &[char], at: usize, last: Option<&Found>) -> Option<&Entry> {
        let before = at.checked_sub(1).map(|before| text[before]);
        let entries = self.entries.get(&text[at])?;
        entries.iter().find(|entry| {
            let Entry { spelling, place, .. } = entry;
            let end = at + spelling.len();
            if text.get(at..end) != Some(spelling.as_slice()) {
                return false;
            }
            let after = text.get(end).copied();
            let apart = |inner: char, outer: Option<char>| !(is_latin(inner) && outer.is_some_and(is_latin));
            let ends = spelling.last().is_some_and(|last| apart(*last, after));
            match place {
                Position::Anywhere => ends && apart(spelling[0], before),
                Position::AfterNumber => {
                    let from = last.filter(|last| last.kind == WordKind::Number).map(|last| last.range.end);
                    ends && from.is_some_and(|from| text[from..at].iter().all(|c| *c == ' ') && at <= from + 1)
                }
                Position::Between => {
                    let word = |c: char| (c.is_alphanumeric() && !is_hiragana(c)) || "」』）)”\u{fffc}".contains(c);
                    before.is_some_and(word) && after.is_some_and(|c| !is_hiragana(c))
                }
            }
        })
    }
}

/// How many characters of a number begin here. Points and commas belong to it between digits.
fn number(text: &[char], at: usize) -> usize {
    let digits = |from: usize| text[from..].iter().take_while(|c| is_number(**c)).count();
    let mut end = at + digits(at);
    if end == at {
        return 0;
    }
    while text.get(end).is_some_and(|c| matches!(c, '.' | ',')) && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end - at
}

/// Digits of any script, signs such as ½ and ①, and 漢数字.
fn is_number(c: char) -> bool {
    c.is_numeric() || "〇一二三四五六七八九十百千万億兆零壱弐参拾".contains(c)
}

/// What forms a word together with its like: letters of scripts that are written with spaces, and digits.
fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !crate::parse::markdown::written_without_spaces(c)
}

pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// A character without regard to case, and without regard to how an apostrophe is typed.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some('\u{2019}'), None) => '\'',
        (Some(lower), None) => lower,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut words = ProtectedWords::default();
        words.extend(WordKind::Role, ["ISMS事務局"]);
        let text: Vec<char> = text.chars().collect();
        words.find(&text).into_iter().map(|found| found.word).collect()
    }

    #[test]
    fn the_longest_word_counts_and_spellings_of_it_are_one() {
        assert_eq!(found("記録しなければならない"), ["なければならない"]);
        assert_eq!(found("記録しなくてはなりません"), ["なければならない"]);
        assert_eq!(found("10営業日以内"), ["10", "営業日", "以内"]);
        assert_eq!(found("Staff cannot; they needn’t"), ["can not", "need not"]);
        assert_eq!(found("ISMS事務局の部屋"), ["ISMS事務局"]);
    }

    #[test]
    fn words_of_english_count_as_whole_words_and_units_behind_numbers() {
        assert_eq!(found("canned notes normally"), ["normally"]);
        assert_eq!(found("3分の部分"), ["3", "分"]);
        assert_eq!(found("10 GB, 1,000.5"), ["10", "GB", "1,000.5"]);
        assert_eq!(found("従業員と委託"), ["と"]);
        assert_eq!(found("目的とする"), Vec::<String>::new());
    }

    #[test]
    fn what_a_glossary_replaces_is_a_spelling_of_its_term_unless_it_is_protected() {
        let mut words = ProtectedWords::default();
        words.add_term("残留リスク", ["残存リスク", "許可", "二次リスク"]);
        let found = |text: &str| {
            let text: Vec<char> = text.chars().collect();
            words.find(&text).into_iter().map(|found| found.word).collect::<Vec<_>>()
        };
        assert_eq!(found("残存リスク、残留リスク"), ["残留リスク", "残留リスク"]);
        assert_eq!(found("許可、二次リスク"), ["許可", "二", "次"]);
    }

    #[test]
    fn no_word_stands_twice_in_a_list() {
        let words = ProtectedWords::default();
        for entries in words.entries.values() {
            for (at, entry) in entries.iter().enumerate() {
                let again = entries[at + 1..]
                    .iter()
                    .any(|other| other.spelling == entry.spelling && other.place == entry.place);
                assert!(!again, "{} stands twice", entry.spelling.iter().collect::<String>());
            }
        }
    }
}
