//! approver-out-of-office: an approval or retirement by a person who held the stated role at another time, but not on
//! that day; a review by a person who held no role at all.

use super::approver_lacks_role::{decisions, people};
use crate::check::mentions::ledgers;
use crate::check::registry::rule;
use crate::check::then::tell;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::people::Appointment;
use crate::source::Place;

rule!("LED012", "approver-out-of-office", Basis::Clause("5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    reviews(handbook, sink);
    for decision in decisions(handbook) {
        let authority = &decision.authority;
        let Some(approver) = &decision.approver else { continue };
        let Some(person) = authority.person(approver.value) else { continue };
        let terms: Vec<&Appointment> =
            person.roles.iter().filter(|term| term.role.value == decision.role.value).collect();
        if terms.is_empty() || terms.iter().any(|term| term.covers(decision.on)) {
            continue;
        }
        let message = Text::new("approver-out-of-office")
            .arg("person", person.name.value.as_str())
            .arg("role", handbook.role_name(decision.role.value))
            .arg("date", decision.on);
        let finding = sink.report(decision.ledger.place(approver.span), message);
        tell(finding, authority, Text::new("approver-out-of-office-help").arg("path", people(authority)));
        for term in terms.iter().filter(|_| authority.of_tree) {
            let place = Place { file: person.place.file, span: term.span };
            finding.related(place, Text::new("approver-out-of-office-term"));
        }
    }
}

/// Whoever reviews a document has some office on that day.
fn reviews(handbook: &Handbook, sink: &mut Sink) {
    for ledger in ledgers(handbook) {
        for review in &ledger.reviews {
            let authority = handbook.judged_by(ledger, review.span);
            let Some(person) = authority.person(&review.reviewer) else { continue };
            if person.is_in_office(review.reviewed_on) {
                continue;
            }
            let message = Text::new("approver-out-of-office-review")
                .arg("person", person.name.value.as_str())
                .arg("date", review.reviewed_on);
            let finding = sink.report(ledger.place(review.span_of("reviewer")), message);
            tell(finding, &authority, Text::new("approver-out-of-office-help").arg("path", people(&authority)));
        }
    }
}
