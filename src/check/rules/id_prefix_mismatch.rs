//! id-prefix-mismatch: an id whose letters are not those of the tier that holds the document.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("ID002", "id-prefix-mismatch", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let prefix = handbook.config.tiers.get(&document.tier).and_then(|tier| tier.prefix.as_ref());
        let (Some(id), Some(prefix)) = (document.id(), prefix) else { continue };
        if id.prefix().eq_ignore_ascii_case(&prefix.value) {
            continue;
        }
        let message = Text::new("id-prefix-mismatch")
            .arg("id", id.as_str())
            .arg("prefix", &prefix.value)
            .arg("folder", handbook.config.folder(document.tier));
        sink.report(document.head_place(), message)
            .help(Text::new("id-prefix-mismatch-help").arg("prefix", &prefix.value));
    }
}
