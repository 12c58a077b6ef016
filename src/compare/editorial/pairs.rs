//! The words of one block in two wordings: pairs of words that were replaced, and differences that are more than that.

use std::collections::BTreeSet;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::protected::{Found, ProtectedWords, is_hiragana};
use super::reading::{Mark, OBJECT, Placed, Run};
use super::{LONGEST_PAIR, MajorKind, WordKind};
use crate::compare::words::Words;
use crate::source::Span;

/// What differs in a block.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) differences: Vec<Difference>,
    pub(super) pairs: Vec<Pair>,
}

/// Something that no minor version does.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) kind: MajorKind,
    pub(super) old: Option<Span>,
    pub(super) new: Option<Span>,
    pub(super) before: String,
    pub(super) after: String,
}

/// Words that were replaced. Where words were only added or taken out, the neighbour belongs to both sides.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) old: Span,
    pub(super) new: Span,
    /// Words with a content of their own that only one side has.
    pub(super) removed: BTreeSet<String>,
    pub(super) added: BTreeSet<String>,
}

impl Pair {
    pub(super) fn has_letters(&self) -> bool {
        self.before.chars().chain(self.after.chars()).any(char::is_alphanumeric)
    }
}

/// A word and which letters of the block it is.
#[derive(Debug)]
struct Token {
    text: String,
    letters: Range<usize>,
}

/// One side of a block.
struct Side<'r> {
    run: &'r Run,
    found: Vec<Found>,
}

impl<'r> Side<'r> {
    fn new(run: &'r Run, protected: &ProtectedWords) -> Self {
        let letters: Vec<char> = run.letters.iter().map(|letter| letter.c).collect();
        Self { run, found: protected.find(&letters) }
    }

    fn text(&self, letters: Range<usize>) -> String {
        self.run.letters[letters].iter().map(|letter| letter.c).filter(|c| *c != OBJECT).collect()
    }

    /// The protected words of which a letter is in the range.
    fn protected(&self, letters: &Range<usize>) -> Vec<(WordKind, &str)> {
        let touched =
            self.found.iter().filter(|found| found.range.start < letters.end && letters.start < found.range.end);
        touched.map(|found| (found.kind, found.word.as_str())).collect()
    }

    fn span(&self, letters: &Range<usize>) -> Option<Span> {
        let all = &self.run.letters;
        match all.get(letters.clone()).and_then(|letters| Some((letters.first()?, letters.last()?))) {
            Some((first, last)) => Some(Span::new(first.span.start, last.span.end)),
            None => {
                let behind = all.get(letters.start).map(|next| next.span.start);
                let at = behind.or_else(|| all.last().map(|last| last.span.end))?;
                Some(Span::new(at, at))
            }
        }
    }

    /// The letters between the marks.
    fn segments(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut segments = Vec::with_capacity(self.run.marks.len() + 1);
        for mark in &self.run.marks {
            segments.push(start..mark.before);
            start = mark.before + usize::from(mark.mark.divides());
        }
        segments.push(start..self.run.letters.len());
        segments
    }

    fn tokens(&self, segment: Range<usize>, words: Words) -> Vec<Token> {
        let text: String = self.run.letters[segment.clone()].iter().map(|letter| letter.c).collect();
        let mut at = segment.start;
        let cut = words.cut(&text).into_iter().map(|word| {
            let start = at;
            at += word.chars().count();
            Token { text: word.to_owned(), letters: start..at }
        });
        cut.collect()
    }
}

/// Compares a block's words.
pub(super) fn compare(old: &Run, new: &Run, protected: &ProtectedWords, words: Words) -> Compared {
    let mut compared = Compared::default();
    marks(&old.marks, &new.marks, &mut compared.differences);
    if compared.differences.is_empty() {
        moved_mark(old, new, &mut compared.differences);
    }
    if !compared.differences.is_empty() {
        return compared;
    }
    let (old, new) = (Side::new(old, protected), Side::new(new, protected));
    for (was, is) in old.segments().into_iter().zip(new.segments()) {
        let (was, is) = (old.tokens(was, words), new.tokens(is, words));
        for (was_changed, is_changed) in changes(&was, &is) {
            change((&old, &was, was_changed), (&new, &is, is_changed), &mut compared);
        }
    }
    // Words that nobody changed can become a protected word by what now stands beside them.
    let all = |side: &Side<'_>| side.found.iter().map(|found| (found.kind, found.word.clone())).collect::<Vec<_>>();
    let (was, is) = (all(&old), all(&new));
    if was != is && compared.differences.is_empty() {
        let at = was.iter().zip(&is).take_while(|(was, is)| was == is).count();
        let kind = is.get(at).or(was.get(at)).map_or(WordKind::Added, |(kind, _)| *kind);
        let word = |words: &[(WordKind, String)]| words.get(at).map(|(_, word)| word.clone()).unwrap_or_default();
        let span = |side: &Side<'_>| side.found.get(at).and_then(|found| side.span(&found.range));
        compared.differences.push(Difference {
            kind: MajorKind::Word(kind),
            old: span(&old),
            new: span(&new),
            before: word(&was),
            after: word(&is),
        });
    }
    compared
}

fn marks(old: &[Placed], new: &[Placed], differences: &mut Vec<Difference>) {
    let different = old.iter().zip(new).find(|(was, is)| was.mark != is.mark);
    let (was, is) = match different {
        Some((was, is)) => (Some(was), Some(is)),
        None if old.len() == new.len() => return,
        None => (old.get(new.len()), new.get(old.len())),
    };
    let kind = match is.or(was).map(|placed| &placed.mark) {
        Some(Mark::Reference { .. }) => MajorKind::Reference,
        // Where a reference was taken out, what is there now may be anything.
        _ if matches!(was.map(|placed| &placed.mark), Some(Mark::Reference { .. })) => MajorKind::Reference,
        _ => MajorKind::Markup,
    };
    let shown = |placed: Option<&Placed>| placed.map(|placed| placed.shown.clone()).unwrap_or_default();
    differences.push(Difference {
        kind,
        old: was.map(|placed| placed.span),
        new: is.map(|placed| placed.span),
        before: shown(was),
        after: shown(is),
    });
}

/// Finds a mark that stands around other words of a block in which no word differs.
fn moved_mark(old: &Run, new: &Run, differences: &mut Vec<Difference>) {
    let letters = |run: &Run| run.letters.iter().map(|letter| letter.c).collect::<Vec<_>>();
    let moved = old.marks.iter().zip(&new.marks).find(|(was, is)| was.before != is.before);
    if let Some((was, is)) = moved
        && letters(old) == letters(new)
    {
        differences.push(Difference {
            kind: MajorKind::Markup,
            old: Some(was.span),
            new: Some(is.span),
            before: old.text(),
            after: new.text(),
        });
    }
}

/// Ranges of words that differ. Those with only blanks between them are one.
fn changes(old: &[Token], new: &[Token]) -> Vec<(Range<usize>, Range<usize>)> {
    let texts = |tokens: &[Token]| tokens.iter().map(|token| token.text.clone()).collect::<Vec<_>>();
    let blank = |tokens: &[Token]| tokens.iter().all(|token| token.text == " ");
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &texts(old), &texts(new)) {
        if let DiffOp::Equal { .. } = operation {
            continue;
        }
        let (was, is) = (operation.old_range(), operation.new_range());
        match found.last_mut() {
            Some(last) if blank(&old[last.0.end..was.start]) && blank(&new[last.1.end..is.start]) => {
                (last.0.end, last.1.end) = (was.end, is.end);
            }
            _ => found.push((was, is)),
        }
    }
    found.retain(|(was, is)| !(blank(&old[was.clone()]) && blank(&new[is.clone()])));
    found
}

/// Takes up one change of words: as a pair, or as a difference.
fn change(
    (old, was, was_changed): (&Side<'_>, &[Token], Range<usize>),
    (new, is, is_changed): (&Side<'_>, &[Token], Range<usize>),
    compared: &mut Compared,
) {
    let only = |these: &[Token], those: &[Token]| -> BTreeSet<String> {
        let words = these.iter().filter(|token| has_content(&token.text));
        let words = words.filter(|token| those.iter().all(|other| other.text != token.text));
        words.map(|token| token.text.clone()).collect()
    };
    let (before, after) = (&was[was_changed.clone()], &is[is_changed.clone()]);
    let (removed, added) = (only(before, after), only(after, before));
    let exchanged =
        before.iter().any(|word| has_content(&word.text) && after.iter().any(|other| other.text == word.text));
    let count = |tokens: &[Token]| tokens.iter().filter(|token| token.text.chars().any(char::is_alphanumeric)).count();
    let long = count(before).max(count(after)) > LONGEST_PAIR;
    let (was_letters, is_letters) = (letters(was, &was_changed), letters(is, &is_changed));
    let (was_protected, is_protected) = (old.protected(&was_letters), new.protected(&is_letters));
    let (was_shown, is_shown) = with_neighbour((was, was_changed), (is, is_changed));
    let (was_shown, is_shown) = (letters(was, &was_shown), letters(is, &is_shown));
    let (before, after) = (old.text(was_shown.clone()), new.text(is_shown.clone()));
    let (was_span, is_span) = (old.span(&was_shown), new.span(&is_shown));
    let first = || {
        let at = was_protected.iter().zip(&is_protected).take_while(|(was, is)| was == is).count();
        is_protected.get(at).or(was_protected.get(at)).map_or(WordKind::Added, |(kind, _)| *kind)
    };
    let kind = match () {
        () if was_protected != is_protected => MajorKind::Word(first()),
        () if negates(&before, &after) => MajorKind::Word(WordKind::Negation),
        () if long => MajorKind::Rewritten,
        () if exchanged => MajorKind::Moved,
        () => {
            let (old, new) = (was_span.unwrap_or_default(), is_span.unwrap_or_default());
            compared.pairs.push(Pair { before, after, old, new, removed, added });
            return;
        }
    };
    compared.differences.push(Difference { kind, old: was_span, new: is_span, before, after });
}

/// The letters of a range of words.
fn letters(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    let start = |at: usize| match tokens.get(at) {
        Some(token) => token.letters.start,
        None => tokens.last().map_or(0, |last| last.letters.end),
    };
    start(range.start)..start(range.end)
}

/// A change with the word behind or before it, where one side has no words: nobody can find an empty place again.
fn with_neighbour(
    (old, was): (&[Token], Range<usize>),
    (new, is): (&[Token], Range<usize>),
) -> (Range<usize>, Range<usize>) {
    let blank = |tokens: &[Token]| tokens.iter().all(|token| token.text == " ");
    if !blank(&old[was.clone()]) && !blank(&new[is.clone()]) {
        return (was, is);
    }
    let is_word = |token: Option<&Token>| token.is_some_and(|token| token.text.chars().any(char::is_alphanumeric));
    match was.start.checked_sub(1).zip(is.start.checked_sub(1)) {
        _ if is_word(old.get(was.end)) => (was.start..was.end + 1, is.start..is.end + 1),
        Some((before, also)) => (before..was.end, also..is.end),
        None => (was.start..(was.end + 1).min(old.len()), is.start..(is.end + 1).min(new.len())),
    }
}

/// Words that say something by themselves, and not only how others belong together.
fn has_content(word: &str) -> bool {
    const LITTLE: [&str; 14] = ["a", "an", "the", "of", "to", "in", "on", "at", "for", "as", "is", "are", "be", "it"];
    word.chars().any(|c| c.is_alphanumeric() && !is_hiragana(c)) && !LITTLE.contains(&word.to_lowercase().as_str())
}

/// Whether one side is the other with a prefix of English that turns a word into its opposite.
fn negates(before: &str, after: &str) -> bool {
    const PREFIXES: [&str; 9] = ["un", "in", "im", "il", "ir", "non", "non-", "dis", "de"];
    let (before, after) = (before.to_lowercase(), after.to_lowercase());
    let turns = |word: &str, opposite: &str| {
        PREFIXES.iter().any(|prefix| opposite.strip_prefix(prefix).is_some_and(|rest| rest == word && word.len() > 2))
    };
    turns(&before, &after) || turns(&after, &before)
}
