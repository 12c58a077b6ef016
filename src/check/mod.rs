//! Rules and findings. A rule reads the immutable [`Handbook`] and reports into a [`Sink`]; levels, order and
//! summary are applied here, in one place, so that no rule decides how its findings count.

pub mod baseline;
pub mod codeowners;
mod days;
pub mod diagnostic;
mod files;
pub mod fix;
mod form;
pub mod gate;
pub(crate) mod mentions;
mod nearest;
pub(crate) mod outside;
pub mod page;
pub mod registry;
mod rows;
pub mod rules;
mod then;
pub mod waiver;
mod wording;

use rayon::prelude::*;

use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::config::Level;
use crate::source::Place;

pub use diagnostic::{Diagnostic, Edit, Fix, Report, Severity};
pub use registry::{Basis, RULES, Rule, find};
use waiver::Waivers;

/// Where one rule reports its findings.
#[derive(Debug)]
pub struct Sink {
    rule: &'static Rule,
    found: Vec<Diagnostic>,
}

impl Sink {
    /// Reports a finding: what is wrong, and where. Returns it for the help, related places and fix.
    pub fn report(&mut self, place: Place, message: Text) -> &mut Diagnostic {
        self.found.push(Diagnostic {
            rule: self.rule,
            severity: Severity::Error,
            message,
            place,
            label: None,
            related: Vec::new(),
            help: None,
            fix: None,
        });
        self.found.last_mut().expect("a finding was pushed on the line above")
    }

    /// Judges many things in parallel and keeps what is found in their order. For rules that ask history of each.
    pub fn each<T: Sync>(&mut self, things: &[T], judge: impl Fn(&T, &mut Self) + Sync) {
        let rule = self.rule;
        let found: Vec<Vec<Diagnostic>> = things
            .par_iter()
            .map(|thing| {
                let mut sink = Self { rule, found: Vec::new() };
                judge(thing, &mut sink);
                sink.found
            })
            .collect();
        self.found.extend(found.into_iter().flatten());
    }
}

/// The level of a rule: the organisation's setting, or the rule's own.
pub fn level(handbook: &Handbook, rule: &Rule) -> Level {
    handbook.config.rules.get(rule.name).map_or(rule.level, |setting| setting.level)
}

/// Runs every rule that is not switched off.
pub fn run(handbook: &Handbook) -> Report {
    run_rules(handbook, RULES)
}

/// Runs some rules, in parallel, each over the whole handbook. Findings are sorted by place, then code; those that
/// a waiver accepts are left out.
pub fn run_rules(handbook: &Handbook, rules: &[&'static Rule]) -> Report {
    let mut diagnostics = find_all(handbook, rules);
    Waivers::in_effect(handbook).apply(&mut diagnostics);
    Report::new(handbook, diagnostics)
}

/// Every finding of some rules, whatever level the organisation has set and whatever waiver accepts it: evidence tells
/// what is, not what somebody wants to hear of. Sorted by place, then code.
pub fn find_regardless(handbook: &Handbook, rules: &[&'static Rule]) -> Vec<Diagnostic> {
    let found = rules.par_iter().flat_map_iter(|rule| {
        let mut sink = Sink { rule, found: Vec::new() };
        (rule.check)(handbook, &mut sink);
        sink.found
    });
    sorted(handbook, found.collect())
}

/// Every finding of some rules, accepted or not.
fn find_all(handbook: &Handbook, rules: &[&'static Rule]) -> Vec<Diagnostic> {
    let diagnostics: Vec<Diagnostic> = rules
        .par_iter()
        .filter_map(|rule| Some((*rule, Severity::of(level(handbook, rule))?)))
        .flat_map_iter(|(rule, severity)| {
            let mut sink = Sink { rule, found: Vec::new() };
            (rule.check)(handbook, &mut sink);
            sink.found.into_iter().map(move |mut diagnostic| {
                diagnostic.severity = severity.min(diagnostic.severity);
                // The ledger is evidence: no program rewrites what people have recorded.
                if handbook.is_ledger(diagnostic.place.file) {
                    diagnostic.fix = None;
                }
                diagnostic
            })
        })
        .collect();
    sorted(handbook, diagnostics)
}

fn sorted(handbook: &Handbook, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let sources = &handbook.sources;
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.place.span, d.rule.code);
        sources.file(a.place.file).path().cmp(sources.file(b.place.file).path()).then_with(|| key(a).cmp(&key(b)))
    });
    // A link definition that several links use is wrong once.
    diagnostics.dedup_by(|a, b| (a.place, a.rule.code, &a.message) == (b.place, b.rule.code, &b.message));
    diagnostics
}
