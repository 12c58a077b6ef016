//! wrong-tier: a document that implements one of its own or a lower tier, or skips a tier where that is not allowed.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Tier;

rule!("ORG004", "wrong-tier", Basis::OwnRule, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for document in &handbook.documents {
        let adjacent = handbook.config.tiers.get(&document.tier).is_some_and(|tier| tier.adjacent);
        for mention in mentions::implemented(document) {
            let Some(index) = handbook.index_of(mention.written) else { continue };
            let target = &handbook.documents[index];
            let (message, help) = if target.tier >= document.tier {
                ("wrong-tier", Text::new("wrong-tier-help"))
            } else if adjacent && target.tier as u8 + 1 != document.tier as u8 {
                ("wrong-tier-skipped", Text::new("wrong-tier-skipped-help").arg("table", document.tier.name()))
            } else {
                continue;
            };
            let message = Text::new(message)
                .arg("id", mention.written)
                .arg("tier", tier_name(target.tier))
                .arg("own", tier_name(document.tier));
            sink.report(mention.place, message).help(help.arg("id", mention.written));
        }
    }
}

fn tier_name(tier: Tier) -> Text {
    Text::new(match tier {
        Tier::Policy => "wrong-tier-policy",
        Tier::Control => "wrong-tier-control",
        Tier::Procedure => "wrong-tier-procedure",
    })
}
