//! incomplete-history: a clone that lacks a part of history, or history that cannot be read.

use crate::check::registry::rule;
use crate::check::{Basis, Severity, Sink};
use crate::handbook::Handbook;
use crate::handbook::integrity::Fault;
use crate::history::Obstacle;
use crate::source::{Place, Span};

rule!("LED018", "incomplete-history", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let place = Place { file: handbook.config.file, span: Span::new(0, 0) };
    for fault in handbook.all_history_faults() {
        if !matches!(fault, Fault::Obstacle(Obstacle::Shallow | Obstacle::Partial) | Fault::Unreadable(_)) {
            continue;
        }
        let finding = sink.report(place, fault.text());
        finding.help(fault.help());
        if !fault.is_fatal() {
            finding.severity = Severity::Warning;
        }
    }
}
