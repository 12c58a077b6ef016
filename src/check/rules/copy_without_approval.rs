//! copy-without-approval: a file among the approved copies that no approval is of.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{FileId, Place, Span};

rule!("LED022", "copy-without-approval", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let start = |file: FileId| Place { file, span: Span::default() };
    for (id, version, copy) in handbook.copies.all() {
        let approvals = handbook.ledgers.get(id).into_iter().flat_map(|ledger| &ledger.approvals);
        if approvals.into_iter().all(|approval| approval.version != version) {
            let message = Text::new("copy-without-approval").arg("id", id.as_str()).arg("version", version.to_string());
            sink.report(start(copy.file), message).help(Text::new("copy-without-approval-help"));
        }
    }
    for file in &handbook.copies.misnamed {
        let message = Text::new("copy-without-approval-misnamed");
        sink.report(start(*file), message).help(Text::new("copy-without-approval-misnamed-help"));
    }
}
