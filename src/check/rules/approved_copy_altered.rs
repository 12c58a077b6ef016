//! approved-copy-altered: an approved copy that is not, byte for byte, what the ledger says was approved, that this program
//! reads otherwise, or whose pictures and attachments are gone or others.

use crate::approved_copy::{Attachment, CopiedDocument};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::copies::StoredCopy;
use crate::ledger::{Approval, Ledger, LedgerEntry};
use crate::locale::Text;
use crate::model::reference::Target;
use crate::paths;
use crate::source::{Place, Span};

rule!("LED023", "approved-copy-altered", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let copies: Vec<_> = handbook.copies.all().collect();
    sink.each(&copies, |(id, version, copy), sink| {
        let Some(ledger) = handbook.ledgers.get(*id) else { return };
        let approvals = || ledger.approvals.iter().filter(|approval| approval.version == *version);
        // Of two texts of one version one is approved; the rule on that tells the other.
        let known = approvals().any(|approval| approval.digest == copy.digest);
        for approval in approvals().filter(|approval| !known || approval.digest == copy.digest) {
            of_approval(handbook, sink, (ledger, approval), copy);
        }
        files(handbook, sink, copy);
    });
}

fn of_approval(
    handbook: &Handbook,
    sink: &mut Sink,
    (ledger, approval): (&Ledger, &LedgerEntry<Approval>),
    copy: &StoredCopy,
) {
    let start = Place { file: copy.file, span: Span::default() };
    if copy.digest != approval.digest {
        let digest = ledger.place(approval.span_of("digest"));
        let message = Text::new("approved-copy-altered").arg("digest", copy.digest.to_string());
        sink.report(start, message)
            .related(digest, Text::new("approved-copy-altered-approval").arg("date", approval.approved_on))
            .help(Text::new("approved-copy-altered-help"));
        return;
    }
    match copy.read(&handbook.sources) {
        Err(refusals) => {
            for refusal in refusals {
                let place = Place { file: copy.file, span: refusal.span };
                sink.report(place, refusal.text()).help(Text::new("approved-copy-altered-help"));
            }
        }
        Ok(CopiedDocument { reading, .. }) if approval.reading.is_some_and(|approved| approved != *reading) => {
            let message = Text::new("approved-copy-altered-reading");
            sink.report(ledger.place(approval.span_of("reading")), message)
                .help(Text::new("approved-copy-altered-reading-help"));
        }
        Ok(_) => {}
    }
}

/// Every file beside a copy that it shows or links to is there, and its bytes are those of its name.
fn files(handbook: &Handbook, sink: &mut Sink, copy: &StoredCopy) {
    let Ok(CopiedDocument { document, .. }) = copy.read(&handbook.sources) else { return };
    for reference in &document.references {
        let Target::Path { path: name, .. } = &reference.target else { continue };
        let Some(path) = paths::resolve(&document.path, name) else { continue };
        let attached = handbook.attachments.get(&path).and_then(Option::as_ref);
        let named = Attachment::named_digest(name);
        if attached.is_none_or(|file| named.is_none_or(|named| named.hex() != file.sha256)) {
            let message = Text::new("approved-copy-altered-file").arg("path", path);
            sink.report(document.place(reference.raw.span), message).help(Text::new("approved-copy-altered-file-help"));
        }
    }
}
