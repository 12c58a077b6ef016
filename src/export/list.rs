//! `kitei list`: one row a document, as the version in force states it, or the draft where none is.

use jiff::civil::Date;
use serde::Serialize;

use crate::handbook::Handbook;
use crate::ledger::lifecycle::State;
use crate::model::document::Tier;
use crate::model::id::DocumentId;

/// A version approved for a later date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// The version.
    pub version: String,
    /// 施行日.
    pub effective: Date,
}

/// One document. The field names are a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Document id.
    pub id: String,
    /// Tier name.
    pub tier: Tier,
    /// Title.
    pub title: String,
    /// Version in force, or the draft's.
    pub version: Option<String>,
    /// State on the date.
    pub state: State,
    /// Classification id.
    pub classification: Option<String>,
    /// Owner (role id).
    pub owner: Option<String>,
    /// Approver (role id).
    pub approver: Option<String>,
    /// 施行日 of the version in force.
    pub effective: Option<Date>,
    /// 承認日 of the version in force.
    pub approved_on: Option<Date>,
    /// Last major approval or review.
    pub last_review: Option<Date>,
    /// When the next review is due.
    pub next_review: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether something it implements has a newer major version in force that was not looked at.
    pub suspect: bool,
    /// Path in the tree; of the old wording where the document is no longer there.
    pub path: String,
    /// Annex A controls.
    pub annex_a: Vec<String>,
    /// Ids of what it implements.
    pub implements: Vec<String>,
    /// Versions approved for later dates.
    pub pending: Vec<Pending>,
    /// Version of a draft above everything approved.
    pub draft: Option<String>,
}

/// Every document of the tree and the ledger, by id.
pub fn rows(handbook: &Handbook) -> Vec<Row> {
    let mut ids: Vec<&DocumentId> = handbook.by_id().map(|(id, _)| id).chain(handbook.ledgers.keys()).collect();
    ids.sort();
    ids.dedup();
    ids.into_iter().filter_map(|id| row(handbook, id)).collect()
}

fn row(handbook: &Handbook, id: &DocumentId) -> Option<Row> {
    let standing = handbook.status(id);
    let tree = handbook.document(id);
    let document = handbook.published_or_tree(id)?;
    let draft = tree.and_then(|document| document.front.version.as_ref()).map(|version| version.value);
    let draft = draft.filter(|draft| standing.newest.is_none_or(|newest| *draft > newest.version));
    let dates = standing.in_force.and_then(|_| handbook.review_dates(id, document));
    let next_review = dates.and_then(|dates| dates.next);
    let mut implements: Vec<String> = handbook.implements(document).map(|(id, _)| id.to_owned()).collect();
    implements.sort();
    implements.dedup();
    Some(Row {
        id: id.to_string(),
        tier: document.tier,
        title: document.title().to_owned(),
        version: match standing.in_force {
            Some(approval) => Some(approval.version.to_string()),
            None => document.front.version.as_ref().map(|version| version.value.to_string()),
        },
        state: standing.state(),
        classification: handbook.classification_of(document).map(str::to_owned),
        owner: document.front.owner.as_ref().map(|owner| owner.value.clone()),
        approver: handbook.approver_of(document, false),
        effective: standing.in_force.map(|approval| approval.effective),
        approved_on: standing.in_force.map(|approval| approval.approved_on),
        last_review: dates.map(|dates| dates.last),
        next_review,
        overdue: next_review.is_some_and(|next| next < handbook.today),
        suspect: !handbook.suspects(id).is_empty(),
        path: document.path.clone(),
        annex_a: handbook.annex_controls(document).into_iter().map(|control| control.id.to_owned()).collect(),
        implements,
        pending: standing
            .pending
            .iter()
            .map(|approval| Pending { version: approval.version.to_string(), effective: approval.effective })
            .collect(),
        draft: draft.map(|version| version.to_string()),
    })
}
