//! What was found in registers, for the rules that report it: each kind of fault is one rule.

use super::Sink;
use super::diagnostic::Severity;
use crate::handbook::Handbook;
use crate::register::Fault;

/// Reports every finding of a kind.
pub fn report(handbook: &Handbook, fault: Fault, sink: &mut Sink) {
    for found in handbook.register_findings().filter(|found| found.fault == fault) {
        let severity = match found.level {
            None => Severity::Error,
            Some(level) => match Severity::of(level) {
                Some(severity) => severity,
                None => continue,
            },
        };
        let finding = sink.report(found.place, found.message.clone());
        finding.severity = severity;
        finding.help(found.help.clone());
        for (place, text) in &found.related {
            finding.related(*place, text.clone());
        }
        if let Some(text) = &found.replacement {
            finding.fix(found.place.span, text);
        }
    }
}
