//! replaced-history: git is told to show other commits or contents than those that were recorded.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::integrity::Fault;
use crate::history::Obstacle;
use crate::source::{Place, Span};

rule!("LED019", "replaced-history", Basis::Clause("7.5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let place = Place { file: handbook.config.file, span: Span::new(0, 0) };
    for fault in handbook.history_faults() {
        if matches!(fault, Fault::Obstacle(Obstacle::Grafts | Obstacle::Replaced(_))) {
            sink.report(place, fault.text()).help(fault.help());
        }
    }
}
