//! Separation of duties: who drafted, checked, approved, recorded and committed each version, and where one person
//! did two of these that should lie with two.

use super::approvals::held;
use super::named;
use crate::evidence::grade::{Basis, Claim};
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, code, document, flag, object, text};
use crate::handbook::authority::Authority;

const COLUMNS: &[Column] = &[
    text("id"),
    document("document"),
    text("version"),
    text("drafters"),
    text("checked_by"),
    text("approver"),
    text("recorded_by"),
    text("committer"),
    text("text_author"),
    code("overlaps", "evidence-overlap"),
    text("allowed_by"),
    flag("in_period"),
    object("recorded_commit"),
    object("text_commit"),
];

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("duties", COLUMNS);
    for held in held(material) {
        let (ledger, approval) = (held.ledger, held.approval);
        let authority = material.handbook.judged_by(ledger, approval.span);
        let (drafters, checkers) = (&approval.drafters, &approval.checked_by);
        let approver: Vec<String> = approval.approver.iter().chain(&approval.chair).cloned().collect();
        let recorder: Vec<String> = approval.recorded_by.iter().cloned().collect();
        let recorded = material.recorded(ledger, approval.span);
        let committer = recorded.and_then(|recorded| material.timelines.commit(recorded.commit));
        let committer = committer.map(|commit| who(&authority, &commit.committer));
        let holder = ledger.id.as_ref().and_then(|id| material.first_holder(id, approval.digest));
        let author = holder.and_then(|holder| material.timelines.commit(holder.revision.commit));
        let author = author.map(|commit| who(&authority, &commit.author));
        let one = |person: &Option<String>| person.iter().cloned().collect::<Vec<_>>();
        let pairs = [
            ("drafter-approver", drafters, &approver),
            ("checker-approver", checkers, &approver),
            ("drafter-checker", drafters, checkers),
            ("recorder-approver", &recorder, &approver),
            ("committer-approver", &one(&committer), &approver),
            ("author-approver", &one(&author), &approver),
        ];
        let overlaps = pairs.into_iter().filter(|(_, some, others)| some.iter().any(|person| others.contains(person)));
        let overlaps: Vec<String> = overlaps.map(|(code, ..)| code.to_owned()).collect();
        let words =
            |people: &[String]| people.iter().map(|id| named(id, authority.person_name(id))).collect::<Vec<_>>();
        let label = format!("[[approval]] {}", approval.version);
        let entry = material.register_basis(material.ledger_path(ledger), label);
        let commit = Basis { commit: recorded.map(|recorded| recorded.commit.to_string()), ..Basis::default() };
        table.push(
            Draft::default()
                .set("id", &held.id)
                .set("document", &ledger.name)
                .set("version", approval.version.to_string())
                .set("drafters", words(drafters))
                .set("checked_by", words(checkers))
                .set("approver", words(&approver))
                .set("recorded_by", words(&recorder))
                .set("committer", committer.map(|id| named(&id, authority.person_name(&id))))
                .set("text_author", author.map(|id| named(&id, authority.person_name(&id))))
                .set("overlaps", overlaps)
                .set("allowed_by", approval.self_approval.clone())
                .set("in_period", held.in_period)
                .set("recorded_commit", recorded.map(|recorded| recorded.commit))
                .set("text_commit", holder.map(|holder| holder.revision.commit))
                .claim(Claim::asserted("duties", entry, "names"))
                .claim(Claim::asserted("committer", commit, "names")),
        );
    }
    table
}

/// The person whose mail address a commit bears, or the address where the register of people has nobody of it.
fn who(authority: &Authority<'_>, actor: &crate::history::Actor) -> String {
    let theirs = |mail: &crate::source::Spanned<String>| mail.value.eq_ignore_ascii_case(&actor.email);
    let known = authority.people.iter().find(|person| person.emails.iter().any(theirs));
    known.map_or_else(|| actor.email.to_string(), |person| person.id.value.clone())
}
