//! Annex A over a change: which documents cover which controls, and what the statement of applicability decides.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::compare::facts::decision;
use crate::handbook::Handbook;
use crate::locale::Catalogue;
use crate::model::id::DocumentId;
use crate::standard;

/// A control that other documents cover than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverageChange {
    /// Its number in ISO/IEC 27001:2022, without `A.`.
    pub control: &'static str,
    /// Documents that cover it now and did not.
    pub added: Vec<String>,
    /// Documents that covered it and do not any more.
    pub removed: Vec<String>,
    /// Whether any document covers it after the change.
    pub covered: bool,
}

/// A decision of the statement of applicability that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SoaChange {
    /// The control's number as written.
    pub control: String,
    /// The document that decides.
    pub document: String,
    /// What it decided, in words.
    pub old: Option<String>,
    /// What it decides now.
    pub new: Option<String>,
}

/// Controls in the order of the standard.
pub(super) fn controls(base: &Handbook, head: &Handbook) -> Vec<CoverageChange> {
    let read = |handbook: &Handbook| {
        let mut found: BTreeMap<&'static str, BTreeSet<DocumentId>> = BTreeMap::new();
        for (id, document) in handbook.by_id() {
            for control in handbook.annex_controls(document) {
                found.entry(control.id).or_default().insert(id.clone());
            }
        }
        found
    };
    let (old, new) = (read(base), read(head));
    let none = BTreeSet::new();
    let numbers: BTreeSet<&&'static str> = old.keys().chain(new.keys()).collect();
    let mut changes: Vec<CoverageChange> = numbers
        .into_iter()
        .filter_map(|number| {
            let (before, after) = (old.get(number).unwrap_or(&none), new.get(number).unwrap_or(&none));
            let names = |ids: Vec<&DocumentId>| ids.into_iter().map(DocumentId::to_string).collect();
            (before != after).then(|| CoverageChange {
                control: number,
                added: names(after.difference(before).collect()),
                removed: names(before.difference(after).collect()),
                covered: !after.is_empty(),
            })
        })
        .collect();
    changes.sort_by_key(|change| standard::control(change.control).map(|control| control.number));
    changes
}

/// Decisions by control, then by document.
pub(super) fn decisions(base: &Handbook, head: &Handbook, catalogue: &Catalogue) -> Vec<SoaChange> {
    type Decisions = BTreeMap<(String, DocumentId), String>;
    let read = |handbook: &Handbook| -> Decisions {
        let all = handbook.by_id().flat_map(|(id, document)| document.front.soa.iter().map(move |soa| (id, soa)));
        all.map(|(id, soa)| ((soa.control.value.clone(), id.clone()), decision(soa, catalogue))).collect()
    };
    let (old, new) = (read(base), read(head));
    let keys: BTreeSet<&(String, DocumentId)> = old.keys().chain(new.keys()).collect();
    let mut changes: Vec<SoaChange> = keys
        .into_iter()
        .filter(|key| old.get(*key) != new.get(*key))
        .map(|key| SoaChange {
            control: key.0.clone(),
            document: key.1.to_string(),
            old: old.get(key).cloned(),
            new: new.get(key).cloned(),
        })
        .collect();
    changes.sort_by_key(|change| standard::control(&change.control).map(|control| control.number));
    changes
}
