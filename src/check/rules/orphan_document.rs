//! orphan-document: a control or procedure that implements no document, so that nothing says why it is there.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Tier;

rule!("ORG006", "orphan-document", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        // What has no id could not be read; other rules say so.
        let Some(id) = document.id().filter(|_| document.tier != Tier::Policy) else { continue };
        if mentions::implemented(document).next().is_none() {
            let help = match document.tier {
                Tier::Policy | Tier::Control => "orphan-document-help-control",
                Tier::Procedure => "orphan-document-help-procedure",
            };
            sink.report(document.head_place(), Text::new("orphan-document").arg("id", id.as_str()))
                .help(Text::new(help));
        }
    }
}
