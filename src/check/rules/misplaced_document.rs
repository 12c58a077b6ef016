//! misplaced-document: a document outside every tier's folder, which nothing reads.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::document::Tier;
use crate::parse::ProblemKind;

rule!("ID006", "misplaced-document", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let folders: Vec<&str> = Tier::ALL.iter().map(|tier| handbook.config.folder(*tier)).collect();
    for problem in &handbook.problems {
        let ProblemKind::Misplaced { id } = &problem.kind else { continue };
        // Letters before the hyphen say which tier it was meant for.
        let prefix = id.split('-').next().unwrap_or("");
        let meant = Tier::ALL.into_iter().find(|tier| {
            let configured = handbook.config.tiers.get(tier).and_then(|tier| tier.prefix.as_ref());
            configured.is_some_and(|configured| configured.value == prefix)
        });
        let help = match meant {
            Some(tier) => Text::new("misplaced-document-help").arg("folder", handbook.config.folder(tier)),
            None => Text::new("misplaced-document-help-any").arg("folders", folders.join(", ")),
        };
        sink.report(problem.place, Text::new("misplaced-document").arg("id", id)).help(help);
    }
}
