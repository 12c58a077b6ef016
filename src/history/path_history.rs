//! What stood at a path at a commit, told from what commits changed: no tree is read.

use std::sync::OnceLock;

use super::changes::{Change, Changed, Files};

/// Farther from the main line a tree is read sooner than so many commits are looked at.
const FARTHEST: usize = if cfg!(test) { 2 } else { 256 };

/// What every commit changed against its first parent. Paths, files and commits are numbers of the walk.
#[derive(Debug)]
pub(super) struct PathHistory {
    /// Of each commit.
    changed: Vec<Vec<Change>>,
    /// Made when first asked for.
    line: OnceLock<Line>,
}

/// The same along the main line, by path.
#[derive(Debug)]
struct Line {
    /// Of each commit on the line, its place there, the oldest 0.
    places: Vec<Option<u32>>,
    /// Of each path, the places at which it changed, in order, and what stood there from then on.
    states: Vec<Vec<(u32, Option<u32>)>>,
}

/// What is known of a path at a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathState {
    /// This file, or none.
    Known(Option<u32>),
    /// The commit lies too far from the main line.
    TooFar,
}

impl PathHistory {
    pub(super) fn new(changed: Vec<Changed>) -> Self {
        Self { changed: changed.into_iter().map(|changed| changed.first).collect(), line: OnceLock::new() }
    }

    /// What stood at a path after a commit. `main_line` is asked once, for the numbers of the main line, newest first.
    pub(super) fn at<I: Iterator<Item = u32>>(
        &self,
        (mut commit, path): (u32, u32),
        files: &Files,
        first_parents: &[Option<u32>],
        main_line: impl FnOnce() -> I,
    ) -> PathState {
        let line = self.line.get_or_init(|| self.along(files, main_line()));
        for _ in 0..FARTHEST {
            if let Some(place) = line.places[commit as usize] {
                let states = &line.states[path as usize];
                let later = states.partition_point(|(changed, _)| *changed <= place);
                return PathState::Known(later.checked_sub(1).and_then(|last| states[last].1));
            }
            let here = self.changed[commit as usize].iter().find(|change| path_of(change, files) == Some(path));
            if let Some(change) = here {
                return PathState::Known(change.new);
            }
            match first_parents[commit as usize] {
                Some(parent) => commit = parent,
                None => return PathState::Known(None),
            }
        }
        PathState::TooFar
    }

    fn along(&self, files: &Files, main_line: impl Iterator<Item = u32>) -> Line {
        let mut line = Line { places: vec![None; self.changed.len()], states: vec![Vec::new(); files.paths.len()] };
        let numbers: Vec<u32> = main_line.collect();
        for (place, commit) in (0..).zip(numbers.into_iter().rev()) {
            line.places[commit as usize] = Some(place);
            for change in &self.changed[commit as usize] {
                if let Some(path) = path_of(change, files) {
                    line.states[path as usize].push((place, change.new));
                }
            }
        }
        line
    }
}

fn path_of(change: &Change, files: &Files) -> Option<u32> {
    change.new.or(change.old).map(|file| files.files[file as usize].path)
}
