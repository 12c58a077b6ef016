//! Rows found by what they are and by their ids, and which row a written id means.

use std::collections::{BTreeMap, HashMap};

use super::data::Data;
use super::definition::KindRef;
use super::library::Library;

/// A row by its position in [`Data::rows`].
pub type RowIndex = usize;

/// A row with its period.
pub type Dated<'d> = (Option<&'d str>, RowIndex);

/// Look-ups over all rows.
#[derive(Debug)]
pub struct Index<'d> {
    /// Rows of a kind that were not declared void, in the order of files.
    rows: BTreeMap<KindRef, Vec<RowIndex>>,
    /// Rows by id, for each register, each with its period.
    ids: Vec<HashMap<&'d str, Vec<Dated<'d>>>>,
    library: &'d Library,
}

/// What a written reference came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// A row.
    Row(RowIndex),
    /// No such row.
    None,
    /// No register has the name.
    NoRegister,
}

impl<'d> Index<'d> {
    /// Over all rows.
    pub fn new(library: &'d Library, data: &'d Data) -> Self {
        let mut rows: BTreeMap<KindRef, Vec<RowIndex>> = BTreeMap::new();
        let mut ids: Vec<HashMap<&str, Vec<Dated<'_>>>> = vec![HashMap::new(); library.definitions.len()];
        for (at, row) in data.rows.iter().enumerate() {
            if row.void.is_none() {
                rows.entry(row.kind).or_default().push(at);
            }
            if let Some(super::data::Stated::Word(id)) = data.id(library, row).map(|id| &id.value) {
                ids[row.kind.register].entry(id).or_default().push((data.period(row), at));
            }
        }
        for known in ids.iter_mut().flat_map(HashMap::values_mut) {
            known.sort_unstable();
        }
        Self { rows, ids, library }
    }

    /// Rows of a kind that were not declared void.
    pub fn rows(&self, kind: KindRef) -> &[RowIndex] {
        self.rows.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Every row with an id in a register, by period.
    pub fn with_id(&self, register: usize, id: &str) -> &[Dated<'d>] {
        self.ids[register].get(id).map_or(&[], Vec::as_slice)
    }

    /// Ids of a register.
    pub fn ids_of(&self, register: usize) -> impl Iterator<Item = &'d str> {
        let mut ids: Vec<&str> = self.ids[register].keys().copied().collect();
        ids.sort_unstable();
        ids.into_iter()
    }

    /// The row that an id means in a row of a period: the one of the same period, else of the newest earlier one; where
    /// the row has no period, of the newest. `R-001@2026` names the period itself.
    pub fn find(&self, register: usize, written: &str, period: Option<&str>) -> Lookup {
        let (id, pinned) = written.split_once('@').map_or((written, None), |(id, period)| (id, Some(period)));
        let known = self.with_id(register, id);
        let found = match (pinned, period) {
            (Some(pinned), _) => known.iter().find(|(of, _)| *of == Some(pinned)),
            (None, Some(period)) => known.iter().rev().find(|(of, _)| of.is_none_or(|of| of <= period)),
            (None, None) => known.last(),
        };
        found.map_or(Lookup::None, |(_, row)| Lookup::Row(*row))
    }

    /// The row that `register/id` means.
    pub fn link(&self, written: &str, period: Option<&str>) -> Lookup {
        let Some((register, id)) = written.split_once('/') else { return Lookup::NoRegister };
        match self.library.position(register) {
            Some(register) => self.find(register, id, period),
            None => Lookup::NoRegister,
        }
    }
}
