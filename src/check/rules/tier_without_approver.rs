//! tier-without-approver: a tier that names nobody to approve its documents, while some of them name nobody either.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::Place;

rule!("CFG005", "tier-without-approver", Basis::Clause("7.5.2"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (tier, settings) in &handbook.config.tiers {
        let without = handbook.documents.iter().filter(|d| d.tier == *tier && d.front.approver.is_none()).count();
        if settings.approver.is_some() || without == 0 {
            continue;
        }
        let place = Place { file: handbook.config.file, span: settings.span };
        let message = Text::new("tier-without-approver").arg("tier", tier.name()).arg("count", without);
        sink.report(place, message).help(Text::new("tier-without-approver-help").arg("tier", tier.name()));
    }
}
