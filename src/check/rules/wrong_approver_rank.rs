//! wrong-approver-rank: a version approved by a role that is not the document's approver. Only the tree's version is
//! judged: others were approved under the configuration of their time.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::standing::is_minor_step;
use crate::locale::Text;
use crate::model::document::Document;
use crate::model::ledger::ApprovalKind;
use crate::source::Place;

rule!("LED008", "wrong-approver-rank", Basis::Clause("5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (id, document) in handbook.by_id() {
        let Some(ledger) = handbook.ledgers.get(id) else { continue };
        let Some(newest) = handbook.standing(id).newest.map(|newest| newest.version.value) else { continue };
        // A draft may name another approver than the one who approved the version before it.
        if document.front.version.as_ref().is_none_or(|version| version.value != newest) {
            continue;
        }
        let Some(needed) = handbook.approver_of(document, false) else { continue };
        for approval in ledger.standing_approvals().filter(|approval| approval.version.value == newest) {
            let delegated = handbook.approver_of(document, true).filter(|_| is_minor_step(ledger, approval));
            // What was adopted was approved under rules that the repository does not hold.
            let allowed = approval.role.value == needed
                || delegated.is_some_and(|role| role == approval.role.value)
                || approval.adopted_from.is_some();
            if approval.kind == ApprovalKind::Provisional {
                provisional(handbook, sink, document, ledger.place(approval.role.span), &approval.role.value);
                continue;
            }
            if allowed {
                continue;
            }
            let message = Text::new("wrong-approver-rank")
                .arg("id", id.as_str())
                .arg("version", newest.to_string())
                .arg("needed", handbook.role_name(&needed))
                .arg("role", handbook.role_name(&approval.role));
            let help = Text::new("wrong-approver-rank-help").arg("needed", handbook.role_name(&needed));
            let finding = sink.report(ledger.place(approval.role.span), message).help(help);
            if let Some(place) = where_set(handbook, document) {
                finding.related(place, Text::new("wrong-approver-rank-set"));
            }
        }
    }
}

/// 専決 is by another role on purpose: the one that is configured for it.
fn provisional(handbook: &Handbook, sink: &mut Sink, document: &Document, place: Place, role: &str) {
    let configured = handbook.config.tiers.get(&document.tier).and_then(|tier| tier.provisional_approver.as_ref());
    if configured.is_some_and(|configured| configured.value == role) {
        return;
    }
    let message = Text::new("wrong-approver-rank-provisional").arg("role", handbook.role_name(role));
    match configured {
        Some(configured) => {
            let help =
                Text::new("wrong-approver-rank-provisional-help").arg("needed", handbook.role_name(&configured.value));
            let set = Place { file: handbook.config.file, span: configured.span };
            sink.report(place, message).help(help).related(set, Text::new("wrong-approver-rank-provisional-set"));
        }
        None => {
            let help = Text::new("wrong-approver-rank-provisional-help-nobody").arg("tier", document.tier.name());
            sink.report(place, message).help(help);
        }
    }
}

/// Where the approver of a document is set: in the document itself, or for its tier.
fn where_set(handbook: &Handbook, document: &Document) -> Option<Place> {
    match &document.front.approver {
        Some(own) => Some(document.place(own.span)),
        None => {
            let tier = handbook.config.tiers.get(&document.tier)?.approver.as_ref()?;
            Some(Place { file: handbook.config.file, span: tier.span })
        }
    }
}
