//! Two wordings of one document side by side (新旧対照表): units by the id of their heading, lines in them by what they
//! have in common, differences by words. Between the handbook and everything that shows or tells changes; decides
//! nothing about layout and reads no history.

mod align;
pub mod editorial;
pub(crate) mod facts;
pub mod html;
pub mod markdown;
pub mod sheet;
pub mod table;
pub mod text;
pub mod unit;
pub mod words;

use rayon::prelude::*;

use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;
use unit::{Line, LineKind, Unit, UnitKind};
use words::{Segment, Words, differences};

/// What became of a unit or a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Nothing.
    Unchanged,
    /// Its number, or a number it cites, is another; its author wrote nothing else.
    Renumbered,
    /// It reads otherwise.
    Changed,
    /// It stands elsewhere, and may read otherwise.
    Moved,
    /// Only its number is kept.
    Deleted,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// One side of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSide {
    /// What it is.
    pub kind: LineKind,
    /// How deep it stands below its unit.
    pub depth: u8,
    /// Its number or sign, and whether that differs.
    pub mark: Segment,
    /// Its text by cells.
    pub cells: Vec<Vec<Segment>>,
}

/// A line of both wordings; at least one side is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePair {
    /// What became of it.
    pub change: Change,
    /// In the old wording.
    pub old: Option<LineSide>,
    /// In the new wording.
    pub new: Option<LineSide>,
    /// Whether nothing but punctuation, width and white space differs.
    pub editorial: bool,
}

/// How a side names a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitName {
    /// 第3条; empty for units without a number.
    pub number: String,
    /// 第3条（適用範囲）.
    pub label: String,
    /// The unit it belongs to: its 章 or 節.
    pub above: Option<String>,
}

impl UnitName {
    /// Where it stands: its number, or its heading where it has none, below its 章 or 節.
    pub fn place(&self) -> String {
        let own = if self.number.is_empty() { &self.label } else { &self.number };
        self.above.iter().map(|above| format!("{above} ")).chain([own.clone()]).collect()
    }

    /// Whether its place tells readers of the other wording anything. A heading without a number that changed its
    /// order alone has the same name on both sides.
    pub fn is_distinct_from(&self, other: &Self) -> bool {
        self.place() != other.place()
    }
}

/// A unit of both wordings; at least one side is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: UnitKind,
    /// What became of it.
    pub change: Change,
    /// In the old wording.
    pub old: Option<UnitName>,
    /// In the new wording.
    pub new: Option<UnitName>,
    /// Its lines, in the order of the new wording.
    pub lines: Vec<LinePair>,
}

/// Two wordings side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Units in the order of the new wording; what is gone stands behind what it stood behind.
    pub rows: Vec<Row>,
}

impl Comparison {
    /// Compares two wordings of a document. Each cites its own numbers, and other documents as `edition` has them.
    pub fn new(
        edition: &Edition<'_>,
        old: &PublishedVersion<'_>,
        new: &PublishedVersion<'_>,
        catalogue: &Catalogue,
    ) -> Self {
        let old = text::units(edition, old, catalogue);
        let new = text::units(edition, new, catalogue);
        Self::of_units(&old, &new)
    }

    /// Compares two wordings that were read before.
    pub fn of_units(old: &[Unit], new: &[Unit]) -> Self {
        let words = Words::default();
        let matched = align::matched(old, new, words);
        let moved = align::moved(&matched);
        let (above_old, above_new) = (above(old), above(new));
        let rows = align::in_order(old.len(), new.len(), &matched)
            .into_par_iter()
            .map(|(a, b)| {
                let elsewhere = match (a, b) {
                    (Some(a), Some(b)) => moved.contains(&a) || is_other_parent(above_old[a], above_new[b], &matched),
                    _ => false,
                };
                let name = |units: &[Unit], above: &[Option<usize>], at: Option<usize>| {
                    let unit = units.get(at?)?;
                    let above = above[at?].map(|at| units[at].label.clone());
                    Some(UnitName { number: unit.number.clone(), label: unit.label.clone(), above })
                };
                let (left, right) = (a.map(|a| &old[a]), b.map(|b| &new[b]));
                row(left, right, elsewhere, name(old, &above_old, a), name(new, &above_new, b), words)
            })
            .collect();
        Self { rows }
    }

    /// Whether both wordings read the same.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.change == Change::Unchanged)
    }
}

/// The unit that holds each unit.
fn above(units: &[Unit]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::with_capacity(units.len());
    for (at, unit) in units.iter().enumerate() {
        if matches!(unit.kind, UnitKind::Facts | UnitKind::Preamble) {
            found.push(None);
            continue;
        }
        while open.last().is_some_and(|last| units[*last].rank >= unit.rank) {
            open.pop();
        }
        found.push(open.last().copied());
        open.push(at);
    }
    found
}

/// Whether a unit went from one chapter to another while both are in both wordings. A chapter that was divided, or
/// that took in another one, moves nothing.
fn is_other_parent(old: Option<usize>, new: Option<usize>, matched: &std::collections::BTreeMap<usize, usize>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => {
            matched.get(&old).is_some_and(|now| *now != new) && matched.values().any(|known| *known == new)
        }
        _ => false,
    }
}

fn row(
    old: Option<&Unit>,
    new: Option<&Unit>,
    elsewhere: bool,
    old_name: Option<UnitName>,
    new_name: Option<UnitName>,
    words: Words,
) -> Row {
    let none: &[Line] = &[];
    let (left, right) = (old.map_or(none, |unit| &unit.lines), new.map_or(none, |unit| &unit.lines));
    let lines: Vec<LinePair> = align::lines(left, right, words)
        .into_iter()
        .map(|(a, b)| pair(a.and_then(|a| left.get(a)), b.and_then(|b| right.get(b)), words))
        .collect();
    let change = match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        (Some(old), Some(new)) if new.deleted && !old.deleted => Change::Deleted,
        _ if elsewhere => Change::Moved,
        _ => match lines.iter().map(|line| line.change).max().unwrap_or(Change::Unchanged) {
            change @ (Change::Unchanged | Change::Renumbered) => change,
            _ => Change::Changed,
        },
    };
    let kind = new.or(old).map_or(UnitKind::Heading, |unit| unit.kind);
    Row { kind, change, old: old_name, new: new_name, lines }
}

fn pair(old: Option<&Line>, new: Option<&Line>, words: Words) -> LinePair {
    let (Some(a), Some(b)) = (old, new) else {
        let change = if old.is_none() { Change::Added } else { Change::Removed };
        let editorial = old.or(new).is_some_and(|line| substance(&line.meaning()).is_empty());
        return LinePair {
            change,
            old: old.map(|line| whole(line, true)),
            new: new.map(|line| whole(line, true)),
            editorial,
        };
    };
    if a == b {
        let (old, new) = (Some(whole(a, false)), Some(whole(b, false)));
        return LinePair { change: Change::Unchanged, old, new, editorial: false };
    }
    let tokens = |line: &Line| line.cells.iter().map(|cell| words.tokens(cell)).collect::<Vec<_>>();
    let (left, right) = (tokens(a), tokens(b));
    let mut old_cells = Vec::with_capacity(left.len());
    let mut new_cells = Vec::with_capacity(right.len());
    for (i, j) in align::cells(&left, &right) {
        let none = Vec::new();
        let (x, y) = (i.map_or(&none, |i| &left[i]), j.map_or(&none, |j| &right[j]));
        let (x, y) = differences(x, y);
        if i.is_some() {
            old_cells.push(x);
        }
        if j.is_some() {
            new_cells.push(y);
        }
    }
    let differs = a.mark != b.mark;
    let side = |line: &Line, cells| LineSide {
        kind: line.kind,
        depth: line.depth,
        mark: Segment { text: line.mark.clone(), changed: differs },
        cells,
    };
    let (before, after) = (a.meaning(), b.meaning());
    let change = match () {
        () if before != after => Change::Changed,
        () if differs || a.text() != b.text() => Change::Renumbered,
        // The same text in one line more or less deep reads the same.
        () => Change::Unchanged,
    };
    let editorial = change == Change::Changed && substance(&before) == substance(&after);
    LinePair { change, old: Some(side(a, old_cells)), new: Some(side(b, new_cells)), editorial }
}

fn whole(line: &Line, changed: bool) -> LineSide {
    let segment = |text: String| Segment { text, changed };
    let cell = |cell: &Vec<unit::Piece>| {
        let text: String = cell.iter().map(|piece| piece.text.as_str()).collect();
        if text.is_empty() { Vec::new() } else { vec![segment(text)] }
    };
    LineSide {
        kind: line.kind,
        depth: line.depth,
        mark: segment(line.mark.clone()),
        cells: line.cells.iter().map(cell).collect(),
    }
}

/// A text without what an editor may change alone: punctuation, width, white space.
fn substance(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !"、。，．,;・「」『』（）()［］[]【】〈〉《》'\"“”‘’…‥!?".contains(*c))
        .collect()
}
