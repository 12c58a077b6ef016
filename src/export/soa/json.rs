//! The statement of applicability as JSON. The names of the fields are a contract.

use serde_json::{Value, json as value};

use super::Statement;
use crate::locale::Language;
use crate::numbering::heading_name;

/// The statement on one line.
pub fn json(statement: &Statement<'_>, language: Language) -> String {
    let controls: Vec<Value> = statement
        .rows
        .iter()
        .map(|row| {
            let decisions = row.decisions.iter().map(|decision| {
                value!({
                    "document": decision.entry.document.id().map(ToString::to_string),
                    "applicable": decision.soa.applicable.value,
                    "implementation": decision.soa.implementation.as_ref().map(|state| state.value.name()),
                    "reasons": decision.soa.reasons.iter().map(|reason| reason.value.as_str()).collect::<Vec<_>>(),
                    "justification": decision.soa.justification.as_ref().map(|text| text.value.as_str()),
                })
            });
            let documents = row.carriers.iter().map(|carrier| {
                let sections = carrier.sections.iter();
                let sections = sections
                    .map(|heading| value!({ "anchor": heading.anchor, "name": heading_name(heading, language) }));
                value!({
                    "id": carrier.id.as_str(),
                    "title": carrier.document.title(),
                    "tier": carrier.document.tier,
                    "sections": sections.collect::<Vec<_>>(),
                })
            });
            value!({
                "control": row.control.id,
                "title": row.control.title.get(language),
                "decisions": decisions.collect::<Vec<_>>(),
                "documents": documents.collect::<Vec<_>>(),
            })
        })
        .collect();
    let approval = statement.approval.as_ref().map(|approval| {
        value!({
            "version": approval.version,
            "approved_on": approval.approved_on.to_string(),
            "effective": approval.effective.to_string(),
            "role": approval.role,
            "approver": approval.person,
            "changed_since": approval.changed,
        })
    });
    let date = statement.date.to_string();
    format!("{}\n", value!({ "schema": 1, "as_of": date, "approval": approval, "controls": controls }))
}
