//! Which unit, line or cell of one wording is which of the other.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::unit::{Line, LineKind, Unit, UnitKind};
use super::words::{Token, Words, similarity};

/// One row of an alignment: indices into the old and the new side, at least one of them.
pub type Pair = (Option<usize>, Option<usize>);

/// Below this, two lines have too little in common to be one line that was changed.
const LINE: f64 = 0.45;

/// Below this, two units without common ids and headings are two units.
const UNIT: f64 = 0.6;

/// Above this many comparisons, lines between two equal ones are paired in order.
const LIMIT: usize = 250_000;

/// Which unit became which, by id, then by heading, then by what stands in them.
pub fn matched(old: &[Unit], new: &[Unit], words: Words) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut by = |key: &dyn Fn(&Unit) -> Option<String>| {
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, unit) in new.iter().enumerate().rev().filter(|(at, _)| !taken.contains(at)) {
            if let Some(key) = key(unit) {
                known.entry(key).or_default().push(at);
            }
        }
        for (at, unit) in old.iter().enumerate() {
            if found.contains_key(&at) {
                continue;
            }
            if let Some(other) = key(unit).and_then(|key| known.get_mut(&key)?.pop()) {
                found.insert(at, other);
                taken.insert(other);
            }
        }
    };
    by(&|unit| matches!(unit.kind, UnitKind::Facts | UnitKind::Preamble).then(|| format!("{:?}", unit.kind)));
    by(&|unit| Some(format!("{}#{}", unit.in_supplement, unit.id.as_ref()?)));
    by(&|unit| unit.id.clone());
    by(&|unit| Some(format!("{:?}#{}#{}", unit.kind, unit.in_supplement, unit.title)));
    let content = |unit: &Unit| unit.lines.iter().flat_map(|line| words.of_line(line)).collect::<Vec<Token>>();
    let rest: Vec<(usize, Vec<Token>)> =
        (0..new.len()).filter(|at| !taken.contains(at)).map(|at| (at, content(&new[at]))).collect();
    for (at, unit) in old.iter().enumerate().filter(|(_, unit)| !unit.deleted) {
        if found.contains_key(&at) {
            continue;
        }
        let own = content(unit);
        let mut best: Option<(f64, usize)> = None;
        for (other, tokens) in rest.iter().filter(|(other, _)| !taken.contains(other)) {
            // An id that was given is a promise: two of them are two units.
            let promised = unit.id.is_some() && new[*other].id.is_some();
            if promised || new[*other].kind != unit.kind || new[*other].deleted {
                continue;
            }
            let share = similarity(&own, tokens);
            if share >= UNIT && best.is_none_or(|(most, _)| share > most) {
                best = Some((share, *other));
            }
        }
        if let Some((_, other)) = best {
            found.insert(at, other);
            taken.insert(other);
        }
    }
    found
}

/// The pairs in the order of the new side, what was removed behind what it stood behind.
pub fn in_order(old: usize, new: usize, matched: &BTreeMap<usize, usize>) -> Vec<Pair> {
    let back: BTreeMap<usize, usize> = matched.iter().map(|(a, b)| (*b, *a)).collect();
    // Removed units by the matched unit before them.
    let mut behind: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut last = None;
    for at in 0..old {
        match matched.get(&at) {
            Some(other) => last = Some(*other),
            None => behind.entry(last).or_default().push(at),
        }
    }
    let removed = |at: Option<usize>| behind.get(&at).into_iter().flatten().map(|at| (Some(*at), None));
    let mut pairs: Vec<Pair> = removed(None).collect();
    for at in 0..new {
        pairs.push((back.get(&at).copied(), Some(at)));
        pairs.extend(removed(Some(at)));
    }
    pairs
}

/// Which matched units changed their order: all but a longest run that kept it. By index in the old wording.
pub fn moved(matched: &BTreeMap<usize, usize>) -> BTreeSet<usize> {
    let pairs: Vec<(usize, usize)> = matched.iter().map(|(a, b)| (*a, *b)).collect();
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, (_, new)) in pairs.iter().enumerate() {
        let before = (0..at).filter(|other| pairs[*other].1 < *new).max_by_key(|other| (best[*other].0, *other));
        best.push((before.map_or(1, |other| best[other].0 + 1), before));
    }
    let mut kept = BTreeSet::new();
    let mut at = (0..best.len()).max_by_key(|at| (best[*at].0, *at));
    while let Some(index) = at {
        kept.insert(pairs[index].0);
        at = best[index].1;
    }
    pairs.into_iter().map(|(old, _)| old).filter(|old| !kept.contains(old)).collect()
}

/// Aligns the lines of a unit.
pub fn lines(old: &[Line], new: &[Line], words: Words) -> Vec<Pair> {
    align(&keys(old), &keys(new), |block_old, block_new| {
        let tokens = |lines: &[Line]| lines.iter().map(|line| words.of_line(line)).collect::<Vec<_>>();
        let (old, new) = (&old[block_old], &new[block_new]);
        let (left, right) = (tokens(old), tokens(new));
        between(old.len(), new.len(), |i, j| {
            let (a, b) = (&old[i], &new[j]);
            if a.kind != b.kind {
                return None;
            }
            match a.kind {
                LineKind::Heading => Some(1.0),
                LineKind::Fact(_) => (fact(a) == fact(b)).then_some(1.0),
                _ => Some(similarity(&left[i], &right[j])).filter(|share| *share >= LINE),
            }
        })
    })
}

/// What makes two lines the same line.
fn keys(lines: &[Line]) -> Vec<(LineKind, Option<&str>, String)> {
    lines.iter().map(|line| (line.kind, fact(line), line.meaning())).collect()
}

/// What a fact is about; its mark names it.
fn fact(line: &Line) -> Option<&str> {
    matches!(line.kind, LineKind::Fact(_)).then_some(line.mark.as_str())
}

/// Aligns the cells of a row. Rows of one width are aligned by column.
pub fn cells(old: &[Vec<Token>], new: &[Vec<Token>]) -> Vec<Pair> {
    if old.len() == new.len() {
        return (0..old.len()).map(|at| (Some(at), Some(at))).collect();
    }
    align(old, new, |block_old, block_new| {
        let (old, new) = (&old[block_old], &new[block_new]);
        between(old.len(), new.len(), |i, j| Some(similarity(&old[i], &new[j])).filter(|share| *share >= LINE))
    })
}

/// Aligns equal elements, and what lies between them by `inner`, which answers with indices into the two blocks.
fn align<T: Ord + Clone + std::hash::Hash>(
    old: &[T],
    new: &[T],
    inner: impl Fn(std::ops::Range<usize>, std::ops::Range<usize>) -> Vec<Pair>,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        let (tag, left, right) = operation.as_tag_tuple();
        match tag {
            DiffTag::Equal => pairs.extend(left.zip(right).map(|(a, b)| (Some(a), Some(b)))),
            DiffTag::Delete => pairs.extend(left.map(|a| (Some(a), None))),
            DiffTag::Insert => pairs.extend(right.map(|b| (None, Some(b)))),
            DiffTag::Replace => {
                let (i, j) = (left.start, right.start);
                let shift = |(a, b): Pair| (a.map(|a| a + i), b.map(|b| b + j));
                pairs.extend(inner(left, right).into_iter().map(shift));
            }
        }
    }
    pairs
}

/// The alignment of two blocks whose pairs are alike as much as possible in sum.
fn between(old: usize, new: usize, alike: impl Fn(usize, usize) -> Option<f64>) -> Vec<Pair> {
    if old * new > LIMIT {
        let common = old.min(new);
        let mut pairs = Vec::new();
        for at in 0..common {
            match alike(at, at) {
                Some(_) => pairs.push((Some(at), Some(at))),
                None => pairs.extend([(Some(at), None), (None, Some(at))]),
            }
        }
        pairs.extend((common..old).map(|at| (Some(at), None)));
        pairs.extend((common..new).map(|at| (None, Some(at))));
        return pairs;
    }
    let width = new + 1;
    // The best sum for what lies behind each point.
    let mut sums = vec![0.0f64; (old + 1) * width];
    let mut alikes = vec![None; old * new];
    for i in (0..old).rev() {
        for j in (0..new).rev() {
            let pair = alike(i, j);
            alikes[i * new + j] = pair;
            let skip = sums[(i + 1) * width + j].max(sums[i * width + j + 1]);
            let both = pair.map_or(f64::MIN, |share| share + sums[(i + 1) * width + j + 1]);
            sums[i * width + j] = skip.max(both);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < old && j < new {
        let here = sums[i * width + j];
        let both = alikes[i * new + j].map_or(f64::MIN, |share| share + sums[(i + 1) * width + j + 1]);
        if both >= here {
            pairs.push((Some(i), Some(j)));
            i += 1;
            j += 1;
        } else if sums[(i + 1) * width + j] >= here {
            pairs.push((Some(i), None));
            i += 1;
        } else {
            pairs.push((None, Some(j)));
            j += 1;
        }
    }
    pairs.extend((i..old).map(|at| (Some(at), None)));
    pairs.extend((j..new).map(|at| (None, Some(at))));
    pairs
}
