//! owner-role-vacant: a role that owns or approves documents in force is held by nobody today. Of a body no holder is
//! expected: it decides as a body.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::edition::Edition;
use crate::locale::Text;
use crate::model::id::DocumentId;

rule!("ORG007", "owner-role-vacant", Basis::Clause("5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let held: BTreeSet<&str> = handbook
        .people
        .iter()
        .flat_map(|person| &person.roles)
        .filter(|appointment| appointment.covers(handbook.today))
        .map(|appointment| appointment.role.value.as_str())
        .collect();
    let mut charged: BTreeMap<String, BTreeSet<DocumentId>> = BTreeMap::new();
    for (id, entry) in Edition::judged(handbook).entries {
        let owner = entry.document.front.owner.as_ref().map(|owner| owner.value.clone());
        for role in owner.into_iter().chain(handbook.approver_of(entry.document, false)) {
            charged.entry(role).or_default().insert(id.clone());
        }
    }
    // The fault is the vacancy: it stands once at the role, however many documents wait for it.
    for role in handbook.roles.iter().filter(|role| !role.body && !held.contains(role.id.value.as_str())) {
        let Some(documents) = charged.get(&role.id.value) else { continue };
        let Some(first) = documents.first() else { continue };
        let message = Text::new("owner-role-vacant")
            .arg("role", role.name.value.as_str())
            .arg("id", first.as_str())
            .arg("others", documents.len() - 1);
        let people = format!("{}/people.toml", handbook.config.records_path);
        let place = crate::source::Place { file: role.place.file, span: role.id.span };
        sink.report(place, message).help(Text::new("owner-role-vacant-help").arg("path", people));
    }
}
