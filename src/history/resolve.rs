//! From changed paths to changed documents.
//!
//! Which ids a commit affects shows in the paths that changed, except where a file that did *not* change wins or loses
//! because another with its id came or went. So what stands at each path is kept at hand: commits are visited along first
//! parents, as a tree, and changes are undone on the way back. Each visit costs what the commit changed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::changes::Change;
use super::walk::Walk;

/// A revision in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Into the sorted ids.
    pub(super) document: u32,
    /// Into [`Walk::commits`].
    pub(super) commit: u32,
    /// Into the files; `None` for a removal.
    pub(super) file: Option<u32>,
}

/// All ids, sorted; of each file, the number of its id; and the revisions, by id and then newest first.
pub(super) fn resolve(walk: &Walk) -> (Vec<String>, Vec<Option<u32>>, Vec<Found>) {
    let names: HashSet<&str> = walk.ids.iter().filter_map(Option::as_deref).collect();
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    let resolver = Resolver::new(walk, &names);
    let mut found = resolver.visit_all();
    found.par_sort_unstable();
    (names.into_iter().map(str::to_owned).collect(), resolver.documents, found)
}

struct Resolver<'a> {
    walk: &'a Walk,
    /// Of each file, the number of its id.
    documents: Vec<Option<u32>>,
    /// Of each path, its place in alphabetical order.
    places: Vec<u32>,
    /// Of each id, the places of the paths it ever had, in order.
    homes: Vec<Vec<u32>>,
}

/// A path at which an id stood before a commit, after it, or both.
#[derive(Debug, Clone, Copy)]
struct Touched {
    document: u32,
    place: u32,
    old: Option<u32>,
    new: Option<u32>,
}

enum Step {
    Enter(u32),
    Leave(u32),
}

impl<'a> Resolver<'a> {
    fn new(walk: &'a Walk, names: &[&str]) -> Self {
        let numbers: HashMap<&str, u32> = names.iter().copied().zip(0..).collect();
        let number = |id: &Option<Arc<str>>| numbers.get(id.as_deref()?).copied();
        let documents: Vec<Option<u32>> = walk.ids.iter().map(number).collect();
        let paths = &walk.files.paths;
        let mut sorted: Vec<u32> = (0..).zip(paths).map(|(number, _)| number).collect();
        sorted.sort_unstable_by_key(|path| &paths[*path as usize]);
        let mut places = vec![0; sorted.len()];
        for (place, path) in (0..).zip(sorted) {
            places[path as usize] = place;
        }
        let mut homes = vec![Vec::new(); names.len()];
        for (document, file) in documents.iter().zip(&walk.files.files) {
            let Some(document) = document else { continue };
            // Most documents ever had one path, and nearly all a few.
            let homes: &mut Vec<u32> = &mut homes[*document as usize];
            if let Err(at) = homes.binary_search(&places[file.path as usize]) {
                homes.insert(at, places[file.path as usize]);
            }
        }
        Self { walk, documents, places, homes }
    }

    fn visit_all(&self) -> Vec<Found> {
        let mut children: Vec<Vec<u32>> = vec![Vec::new(); self.walk.commits.len()];
        let mut steps = Vec::new();
        for (commit, parent) in (0..).zip(&self.walk.first_parents) {
            match parent {
                Some(parent) => children[*parent as usize].push(commit),
                None => steps.push(Step::Enter(commit)),
            }
        }
        let mut standing: Vec<Option<u32>> = vec![None; self.places.len()];
        let mut found = Vec::new();
        while let Some(step) = steps.pop() {
            let (Step::Enter(commit) | Step::Leave(commit)) = step;
            for change in &self.walk.changed[commit as usize].first {
                if let Some(place) = self.place(change) {
                    standing[place as usize] = if matches!(step, Step::Enter(_)) { change.new } else { change.old };
                }
            }
            if matches!(step, Step::Enter(_)) {
                self.visit(commit, &standing, &mut found);
                steps.push(Step::Leave(commit));
                steps.extend(children[commit as usize].iter().copied().map(Step::Enter));
            }
        }
        found
    }

    /// Adds the revisions of one commit, of which `standing` says what stands at each place.
    fn visit(&self, commit: u32, standing: &[Option<u32>], found: &mut Vec<Found>) {
        let changed = &self.walk.changed[commit as usize];
        if changed.taken_over {
            return;
        }
        let first = self.touched(&changed.first);
        let others: Vec<Vec<Touched>> = changed.others.iter().map(|changes| self.touched(changes)).collect();
        for of_first in first.chunk_by(|a, b| a.document == b.document) {
            let document = of_first[0].document;
            let now = self.winner(document, of_first, standing, |touched| touched.new);
            let differs = |touched: &[Touched]| {
                !touched.is_empty() && now != self.winner(document, touched, standing, |touched| touched.old)
            };
            if differs(of_first) && others.iter().all(|touched| differs(of_document(touched, document))) {
                found.push(Found { document, commit, file: now });
            }
        }
    }

    /// The changes as seen by each id, sorted by id and path.
    fn touched(&self, changes: &[Change]) -> Vec<Touched> {
        let mut touched = Vec::with_capacity(changes.len());
        for change in changes {
            let Some(place) = self.place(change) else { continue };
            let document = |file: Option<u32>| file.and_then(|file| self.documents[file as usize]);
            let (before, after) = (document(change.old), document(change.new));
            if let Some(document) = after {
                let old = change.old.filter(|_| before == after);
                touched.push(Touched { document, place, old, new: change.new });
            }
            if let Some(document) = before.filter(|_| before != after) {
                touched.push(Touched { document, place, old: change.old, new: None });
            }
        }
        touched.sort_unstable_by_key(|touched| (touched.document, touched.place));
        touched
    }

    /// The place of a changed path.
    fn place(&self, change: &Change) -> Option<u32> {
        let file = change.new.or(change.old)?;
        Some(self.places[self.walk.files.files[file as usize].path as usize])
    }

    /// The alphabetically first file with the id on one side of a comparison. Where nothing changed, what stands in the
    /// commit stands on both sides.
    fn winner(
        &self,
        document: u32,
        touched: &[Touched],
        standing: &[Option<u32>],
        side: impl Fn(&Touched) -> Option<u32>,
    ) -> Option<u32> {
        self.homes[document as usize].iter().find_map(|place| {
            match touched.binary_search_by_key(place, |touched| touched.place) {
                Ok(at) => side(&touched[at]),
                Err(_) => standing[*place as usize].filter(|file| self.documents[*file as usize] == Some(document)),
            }
        })
    }
}

/// The part of a sorted list that is about one id.
fn of_document(touched: &[Touched], document: u32) -> &[Touched] {
    let start = touched.partition_point(|touched| touched.document < document);
    let end = touched.partition_point(|touched| touched.document <= document);
    &touched[start..end]
}
