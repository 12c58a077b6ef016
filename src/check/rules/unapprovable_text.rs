//! unapprovable-text: a place in a document that cannot stand in an approved copy, since readers and Markdown would not agree
//! on what was approved.

use crate::approved_copy::RefusalKind;
use crate::check::registry::rule;
use crate::check::{Basis, Severity, Sink};
use crate::handbook::Handbook;

rule!("LED021", "unapprovable-text", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (document, refusals) in handbook.documents.iter().zip(&handbook.refusals) {
        // Faults of the front matter and links that lead nowhere have rules of their own.
        let own = refusals.iter().filter(|refusal| !is_reported_elsewhere(&refusal.kind));
        for refusal in own {
            let finding = sink.report(document.place(refusal.span), refusal.text()).help(refusal.help());
            // A draft may be merged before it is finished; it cannot be approved.
            if matches!(refusal.kind, RefusalKind::Unfinished(_)) {
                finding.severity = Severity::Warning;
            }
        }
    }
}

fn is_reported_elsewhere(kind: &RefusalKind) -> bool {
    match kind {
        RefusalKind::Form(_)
        | RefusalKind::TargetMissing(_)
        | RefusalKind::TargetUnsafe(_)
        | RefusalKind::TargetMalformed(_) => true,
        RefusalKind::NotNfc
        | RefusalKind::Character(_)
        | RefusalKind::BlankAtEnd(_)
        | RefusalKind::LooksEmpty
        | RefusalKind::FileUnreadable { .. }
        | RefusalKind::Drawing { .. }
        | RefusalKind::Hidden(_)
        | RefusalKind::Comment
        | RefusalKind::Conflict
        | RefusalKind::Unfinished(_)
        | RefusalKind::ReadsOtherwise
        | RefusalKind::NotCanonical => false,
    }
}
