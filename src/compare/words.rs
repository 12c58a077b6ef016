//! Differences inside a line, by words. Japanese has no spaces between words; the dictionary of Unicode finds them,
//! so that a changed word is marked and not its whole sentence.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::unit::{Line, Piece};

/// A run of text and whether it differs from the other side.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Segment {
    /// The text.
    pub text: String,
    /// Whether it differs.
    pub changed: bool,
}

/// A word, or a reference as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    text: String,
    meaning: Option<String>,
}

/// Cuts text into words.
#[derive(Debug, Clone, Copy)]
pub struct Words(WordSegmenterBorrowed<'static>);

impl Default for Words {
    fn default() -> Self {
        Self(WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
    }
}

impl Words {
    /// The words of a cell.
    pub fn tokens(self, cell: &[Piece]) -> Vec<Token> {
        let mut tokens = Vec::new();
        for piece in cell {
            match &piece.meaning {
                Some(meaning) => tokens.push(Token { text: piece.text.clone(), meaning: Some(meaning.clone()) }),
                None => {
                    let mut start = 0;
                    for end in self.0.segment_str(&piece.text) {
                        if end > start {
                            tokens.push(Token { text: piece.text[start..end].to_owned(), meaning: None });
                        }
                        start = end;
                    }
                }
            }
        }
        tokens
    }

    /// The words of a text, blanks and punctuation among them: together they are the text.
    pub(super) fn cut(self, text: &str) -> Vec<&str> {
        let mut start = 0;
        let ends = self.0.segment_str(text).filter(|end| *end > 0);
        ends.map(|end| &text[std::mem::replace(&mut start, end)..end]).collect()
    }

    /// The words of all cells of a line.
    pub fn of_line(self, line: &Line) -> Vec<Token> {
        line.cells.iter().flat_map(|cell| self.tokens(cell)).collect()
    }
}

/// How much two lists of words share, from 0 to 1; their order does not count.
pub fn similarity(old: &[Token], new: &[Token]) -> f64 {
    if old.is_empty() && new.is_empty() {
        return 1.0;
    }
    let sorted = |tokens: &[Token]| {
        let mut texts: Vec<String> = tokens.iter().map(|token| token.text.clone()).collect();
        texts.sort_unstable();
        texts
    };
    let (old, new) = (sorted(old), sorted(new));
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    // Long words say more about what a line is about than particles do.
    let weight = |text: &str| text.chars().count();
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Equal => {
                common += weight(a);
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    let total: usize = old.iter().chain(&new).map(|text| weight(text)).sum();
    #[expect(clippy::cast_precision_loss, reason = "lines are shorter than 2^52 characters")]
    let share = 2.0 * common as f64 / total.max(1) as f64;
    share
}

/// Both sides of a cell with what differs marked. Every character of either side is in exactly one segment.
pub fn differences(old: &[Token], new: &[Token]) -> (Vec<Segment>, Vec<Segment>) {
    let operations = capture_diff_slices(Algorithm::Myers, old, new);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let last = operations.len().saturating_sub(1);
    for (at, operation) in operations.iter().enumerate() {
        let equal = match operation {
            DiffOp::Equal { old_index, len, .. } => {
                let between = at > 0 && at < last;
                !(between && is_incidental(&old[*old_index..old_index + len]))
            }
            _ => false,
        };
        push(&mut left, &old[operation.old_range()], !equal);
        push(&mut right, &new[operation.new_range()], !equal);
    }
    (left, right)
}

/// Whether words between two changes are the same by chance only: one particle or mark.
fn is_incidental(tokens: &[Token]) -> bool {
    let mut characters = tokens.iter().flat_map(|token| token.text.chars());
    let first = characters.next();
    characters.next().is_none()
        && first.is_some_and(|c| matches!(c, '\u{3041}'..='\u{309f}' | '、' | ' ' | ','))
        && tokens.iter().all(|token| token.meaning.is_none())
}

fn push(side: &mut Vec<Segment>, tokens: &[Token], changed: bool) {
    for token in tokens {
        match side.last_mut() {
            Some(last) if last.changed == changed => last.text.push_str(&token.text),
            _ => side.push(Segment { text: token.text.clone(), changed }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(old: &str, new: &str) -> (String, String) {
        let words = Words::default();
        let cell = |text: &str| vec![Piece { text: text.to_owned(), meaning: None, generated: false }];
        let show = |segments: Vec<Segment>| -> String {
            segments.into_iter().map(|s| if s.changed { format!("[{}]", s.text) } else { s.text }).collect()
        };
        let (old, new) = differences(&words.tokens(&cell(old)), &words.tokens(&cell(new)));
        (show(old), show(new))
    }

    #[test]
    fn a_changed_word_is_marked_and_not_its_sentence() {
        assert_eq!(
            differ("従業員は、毎年1回、教育を受ける。", "従業員は、毎年2回、教育を受ける。"),
            ("従業員は、毎年[1]回、教育を受ける。".into(), "従業員は、毎年[2]回、教育を受ける。".into())
        );
        assert_eq!(
            differ("部長の承認を得る。", "情報管理責任者の承認を得る。"),
            ("[部長]の承認を得る。".into(), "[情報管理責任者]の承認を得る。".into())
        );
    }
}
