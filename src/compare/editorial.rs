//! Whether a new wording only corrects words (a minor version) or changes what is decided (a major one).
//!
//! Minor is: the same front matter apart from summary and owner; the same sections, blocks, ids, numbers, marks and
//! references; in each block the same [`ProtectedWords`] at the same places between the other words; and what else differs
//! is at most [`MOST_PAIRS`] pairs of words, which are named. Everything else is major. More is not claimed: a noun that is
//! neither the name of a role nor a term may be replaced, and the approver sees the pair.
//!
//! A pure function of two documents, their texts and the words; it knows no handbook and decides nothing about who may
//! approve. Both wordings have to state their references in the same way, as approved copies do.

mod front;
mod pairs;
mod protected;
mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use self::pairs::Pair;
pub use self::protected::{ProtectedWords, WordKind};
use self::reading::{Part, Section, Shape};
use super::words::Words;
use crate::model::document::Document;
use crate::source::Span;

/// How many pairs of words a minor version may correct. The same pair at several places is one.
pub const MOST_PAIRS: usize = 5;

/// How many words one side of a pair may have; beyond that, a passage was written anew.
pub const LONGEST_PAIR: usize = 8;

/// A document and the whole file that it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'w> {
    /// The document.
    pub document: &'w Document,
    /// Its file.
    pub text: &'w str,
}

/// What a new wording is, compared with an old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Editorial {
    /// Words were corrected, or nothing was changed. Differences of width and white space alone count as none.
    Minor {
        /// What differs, in the order of the new wording; at most [`MOST_PAIRS`].
        corrections: Vec<Correction>,
    },
    /// What is decided may have changed.
    Major {
        /// Why, in the order of the new wording; at least one.
        reasons: Vec<MajorReason>,
    },
}

/// Words that were replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The words before; empty where words were added to the summary or owner.
    pub before: String,
    /// The words now.
    pub after: String,
    /// Where, in the order of the new wording: one place or more.
    pub places: Vec<CorrectedPlace>,
}

/// Where a correction was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedPlace {
    /// The key or block.
    pub at: At,
    /// The place in the new text; `None` where a key of the front matter is gone.
    pub span: Option<Span>,
}

/// Why a wording is not minor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MajorReason {
    /// What kind of difference it is.
    pub kind: MajorKind,
    /// The key or block; of the old wording where the new one has none.
    pub at: At,
    /// The place in the new text; `None` where nothing there belongs to it.
    pub new: Option<Span>,
    /// The place in the old text; `None` where nothing there belongs to it.
    pub old: Option<Span>,
    /// What was there; may be empty.
    pub before: String,
    /// What is there now; may be empty.
    pub after: String,
}

/// Kinds of differences that make a version major.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MajorKind {
    /// A key of the front matter.
    FrontMatter(&'static str),
    /// A heading with what belongs to it is new.
    SectionAdded,
    /// A heading with what belongs to it is gone.
    SectionRemoved,
    /// Blocks are other ones: paragraphs, items, tables, alerts, code, the marks of a heading.
    Structure,
    /// Emphasis, code, a line break, a mention of a footnote or the box of a task.
    Markup,
    /// A reference or picture.
    Reference,
    /// A protected word.
    Word(WordKind),
    /// Words changed places.
    Moved,
    /// One pair has more than [`LONGEST_PAIR`] words on a side.
    Rewritten,
    /// The pair is one more than [`MOST_PAIRS`].
    TooMany,
}

/// A key of the front matter, or a block by what readers cite it by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct At {
    /// The anchor of the heading; `None` before the first heading and in the front matter.
    pub section: Option<String>,
    /// The 項 in whose range it stands.
    pub paragraph: Option<u32>,
    /// The 号 in which it stands, outermost first; a key of the front matter has none.
    pub items: Vec<u32>,
}

impl fmt::Display for At {
    /// As a reference would name it: `carrying/2/1`; empty outside all sections.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.section.as_deref().unwrap_or_default())?;
        if let Some(paragraph) = self.paragraph {
            write!(f, "/{paragraph}")?;
        }
        self.items.iter().try_for_each(|item| write!(f, "/{item}"))
    }
}

/// Judges a new wording of a document by an old one.
pub fn judge(old: Wording<'_>, new: Wording<'_>, protected: &ProtectedWords) -> Editorial {
    let mut judgement = Judgement { protected, words: Words::default(), reasons: Vec::new(), pairs: Vec::new() };
    let mut corrections = front::compare(old.document, new.document, &mut judgement.reasons);
    judgement.sections(&reading::sections(old), &reading::sections(new));
    judgement.moved();
    for (at, pair) in &judgement.pairs {
        let place = CorrectedPlace { at: at.clone(), span: Some(pair.new) };
        match corrections.iter_mut().find(|known| known.before == pair.before && known.after == pair.after) {
            Some(known) => known.places.push(place),
            None => corrections.push(Correction {
                before: pair.before.clone(),
                after: pair.after.clone(),
                places: vec![place],
            }),
        }
    }
    for Correction { before, after, places } in corrections.iter().skip(MOST_PAIRS) {
        let place = places.first();
        judgement.reasons.push(MajorReason {
            kind: MajorKind::TooMany,
            at: place.map(|place| place.at.clone()).unwrap_or_default(),
            new: place.and_then(|place| place.span),
            old: None,
            before: before.clone(),
            after: after.clone(),
        });
    }
    match judgement.reasons {
        reasons if reasons.is_empty() => Editorial::Minor { corrections },
        mut reasons => {
            // What is gone has no place in the new text and is named where it was.
            reasons.sort_by_key(|reason| reason.new.or(reason.old).unwrap_or_default().start);
            Editorial::Major { reasons }
        }
    }
}

struct Judgement<'p> {
    protected: &'p ProtectedWords,
    words: Words,
    reasons: Vec<MajorReason>,
    pairs: Vec<(At, Pair)>,
}

impl Judgement<'_> {
    fn sections(&mut self, old: &[Section], new: &[Section]) {
        let keys = |sections: &[Section]| sections.iter().map(|section| section.key.clone()).collect::<Vec<_>>();
        let reason = |kind, section: &Section| MajorReason {
            kind,
            at: section.parts.first().map(|part| part.at.clone()).unwrap_or_default(),
            new: None,
            old: None,
            before: String::new(),
            after: String::new(),
        };
        for operation in capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new)) {
            let (was, is) = (&old[operation.old_range()], &new[operation.new_range()]);
            if let DiffOp::Equal { .. } = operation {
                was.iter().zip(is).for_each(|(was, is)| self.section(was, is));
                continue;
            }
            self.reasons.extend(is.iter().map(|section| MajorReason {
                new: Some(section.span),
                after: section.title.clone(),
                ..reason(MajorKind::SectionAdded, section)
            }));
            self.reasons.extend(was.iter().map(|section| MajorReason {
                old: Some(section.span),
                before: section.title.clone(),
                ..reason(MajorKind::SectionRemoved, section)
            }));
        }
    }

    fn section(&mut self, old: &Section, new: &Section) {
        let shapes = |section: &Section| section.parts.iter().map(|part| part.shape.clone()).collect::<Vec<_>>();
        let (was, is) = (shapes(old), shapes(new));
        if was == is {
            old.parts.iter().zip(&new.parts).for_each(|(old, new)| self.part(old, new));
            return;
        }
        for operation in capture_diff_slices(Algorithm::Myers, &was, &is) {
            if let DiffOp::Equal { .. } = operation {
                continue;
            }
            let (was, is) = (&old.parts[operation.old_range()], &new.parts[operation.new_range()]);
            let at = is.first().or(was.first()).map(|part| part.at.clone()).unwrap_or_default();
            let span = |parts: &[Part]| parts.first().map(|part| part.span);
            self.reasons.push(MajorReason {
                kind: MajorKind::Structure,
                at,
                new: span(is),
                old: span(was),
                before: shown(was),
                after: shown(is),
            });
        }
    }

    fn part(&mut self, old: &Part, new: &Part) {
        let compared = pairs::compare(&old.run, &new.run, self.protected, self.words);
        self.reasons.extend(compared.differences.into_iter().map(|difference| MajorReason {
            kind: difference.kind,
            at: new.at.clone(),
            new: Some(difference.new.unwrap_or(new.span)),
            old: Some(difference.old.unwrap_or(old.span)),
            before: difference.before,
            after: difference.after,
        }));
        self.pairs.extend(compared.pairs.into_iter().map(|pair| (new.at.clone(), pair)));
    }

    /// Finds words that stand elsewhere than before, over the whole document: nobody corrects one word into another and the
    /// other into the one.
    fn moved(&mut self) {
        let removed: BTreeSet<&String> = self.pairs.iter().flat_map(|(_, pair)| &pair.removed).collect();
        let turned: BTreeMap<(&str, &str), ()> =
            self.pairs.iter().map(|(_, pair)| ((pair.before.as_str(), pair.after.as_str()), ())).collect();
        for (at, pair) in &self.pairs {
            let back = turned.contains_key(&(pair.after.as_str(), pair.before.as_str()));
            if (back && pair.has_letters()) || pair.added.iter().any(|word| removed.contains(word)) {
                self.reasons.push(MajorReason {
                    kind: MajorKind::Moved,
                    at: at.clone(),
                    new: Some(pair.new),
                    old: Some(pair.old),
                    before: pair.before.clone(),
                    after: pair.after.clone(),
                });
            }
        }
    }
}

/// The words of parts, as a message shows them.
fn shown(parts: &[Part]) -> String {
    let words = parts.iter().map(|part| match &part.shape {
        Shape::Code { language: _, text } | Shape::Typed(text) => text.trim().to_owned(),
        Shape::Preamble
        | Shape::Section { .. }
        | Shape::Heading(_)
        | Shape::Paragraph(_)
        | Shape::List { .. }
        | Shape::Item(_)
        | Shape::Quotation
        | Shape::Alert(_)
        | Shape::Note(_)
        | Shape::Table(_)
        | Shape::Row { .. }
        | Shape::Cell
        | Shape::Rule
        | Shape::End => part.run.text(),
    });
    words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}
