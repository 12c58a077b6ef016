//! Waivers: findings that the organisation accepts, each for one rule in one document (or one of its articles), with
//! a reason, the person who accepted it and an end. Applied in one place, behind the rules, so that no rule knows
//! of them; what they did is worked out anew for the rules and lists that ask.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::Diagnostic;
use super::find_all;
use super::registry::{RULES, Rule, find};
use crate::handbook::Handbook;
use crate::model::config::Waiver;
use crate::model::id::DocumentId;
use crate::source::FileId;

/// What becomes of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It accepts this many findings.
    Used(usize),
    /// There is no finding that it could accept.
    Unused,
    /// Its last day is over; it accepts nothing any more.
    Expired,
    /// Reason, person or end is missing; it accepts nothing.
    Incomplete,
    /// It names no rule.
    UnknownRule,
}

impl State {
    /// The name in output and in the catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Self::Used(_) => "used",
            Self::Unused => "unused",
            Self::Expired => "expired",
            Self::Incomplete => "incomplete",
            Self::UnknownRule => "unknown-rule",
        }
    }
}

/// Keys that a waiver lacks and needs to have any effect; an empty text counts as none.
pub fn missing_keys(waiver: &Waiver) -> Vec<&'static str> {
    let empty = |text: &Option<crate::source::Spanned<String>>| text.as_ref().is_none_or(|t| t.value.trim().is_empty());
    let lacks = [
        ("reason", empty(&waiver.reason)),
        ("approved_by", empty(&waiver.approved_by)),
        ("expires", waiver.expires.is_none()),
    ];
    lacks.into_iter().filter_map(|(key, lacks)| lacks.then_some(key)).collect()
}

/// Whether a waiver's last day lies before the handbook's date.
pub fn is_expired(handbook: &Handbook, waiver: &Waiver) -> bool {
    waiver.expires.as_ref().is_some_and(|expires| expires.value < handbook.today)
}

/// Rules whose findings stand in no document, so that no waiver reaches them. They judge waivers themselves:
/// running them for a waiver would never end.
fn is_about_configuration(rule: &Rule) -> bool {
    rule.code.starts_with("CFG")
}

/// Waivers that have an effect on the handbook's date.
pub(super) struct Waivers<'h> {
    handbook: &'h Handbook,
    /// The waivers of a rule, as indices in the configuration.
    by_rule: BTreeMap<&'static str, Vec<usize>>,
    /// The document that a file is about: its text or its ledger.
    documents: BTreeMap<FileId, &'h DocumentId>,
}

impl<'h> Waivers<'h> {
    pub(super) fn in_effect(handbook: &'h Handbook) -> Self {
        let mut by_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, waiver) in handbook.config.waivers.iter().enumerate() {
            let Some(rule) = find(&waiver.rule.value) else { continue };
            if missing_keys(waiver).is_empty() && !is_expired(handbook, waiver) && !is_about_configuration(rule) {
                by_rule.entry(rule.name).or_default().push(index);
            }
        }
        let mut documents = BTreeMap::new();
        if !by_rule.is_empty() {
            documents.extend(handbook.documents.iter().filter_map(|document| Some((document.file, document.id()?))));
            documents.extend(handbook.ledgers.iter().map(|(id, ledger)| (ledger.file, id)));
        }
        Self { handbook, by_rule, documents }
    }

    /// The waiver that accepts a finding.
    fn of(&self, finding: &Diagnostic) -> Option<usize> {
        let waivers = self.by_rule.get(finding.rule.name)?;
        let document = self.documents.get(&finding.place.file)?;
        waivers.iter().copied().find(|index| {
            let waiver = &self.handbook.config.waivers[*index];
            let same = waiver.document.value.eq_ignore_ascii_case(document.as_str());
            same && waiver.anchor.as_ref().is_none_or(|anchor| self.is_below(finding, document, &anchor.value))
        })
    }

    /// Whether a finding stands in the text below a heading of its document.
    fn is_below(&self, finding: &Diagnostic, document: &DocumentId, anchor: &str) -> bool {
        let Some(document) = self.handbook.document(document).filter(|d| d.file == finding.place.file) else {
            return false;
        };
        let heading = document.outline.heading(anchor);
        heading.is_some_and(|h| (h.span.start..h.end).contains(&finding.place.span.start))
    }

    /// Drops the findings that a waiver accepts.
    pub(super) fn apply(&self, findings: &mut Vec<Diagnostic>) {
        if !self.by_rule.is_empty() {
            findings.retain(|finding| self.of(finding).is_none());
        }
    }
}

/// The state of every waiver, in the order of the configuration. Runs the rules that waivers name.
pub fn states(handbook: &Handbook) -> Vec<State> {
    let waivers = Waivers::in_effect(handbook);
    let named: BTreeSet<&str> = waivers.by_rule.keys().copied().collect();
    let named: Vec<&'static Rule> = RULES.iter().copied().filter(|rule| named.contains(rule.name)).collect();
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in find_all(handbook, &named) {
        if let Some(index) = waivers.of(&finding) {
            *used.entry(index).or_default() += 1;
        }
    }
    let state = |(index, waiver): (usize, &Waiver)| {
        if find(&waiver.rule.value).is_none() {
            State::UnknownRule
        } else if !missing_keys(waiver).is_empty() {
            State::Incomplete
        } else if is_expired(handbook, waiver) {
            State::Expired
        } else {
            used.get(&index).map_or(State::Unused, |count| State::Used(*count))
        }
    };
    handbook.config.waivers.iter().enumerate().map(state).collect()
}
