//! approver-lacks-role: an approval or retirement by a person who did not hold the stated role on that day.

use jiff::civil::Date;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::model::ledger::Ledger;
use crate::source::{Place, Spanned};

rule!("LED004", "approver-lacks-role", Basis::Clause("5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for ledger in handbook.ledgers.values().chain(&handbook.other_ledgers) {
        for approval in ledger.standing_approvals() {
            decision(handbook, sink, ledger, &approval.role, approval.approver.as_ref(), approval.approved_on.value);
            let Some(chair) = &approval.chair else { continue };
            if handbook.person(chair).is_none() {
                let path = people(handbook);
                sink.report(
                    ledger.place(chair.span),
                    Text::new("approver-lacks-role-chair").arg("person", &chair.value).arg("path", &path),
                )
                .help(Text::new("approver-lacks-role-chair-help").arg("path", path));
            }
        }
        for retirement in &ledger.retirements {
            let approver = retirement.approver.as_ref();
            decision(handbook, sink, ledger, &retirement.role, approver, retirement.approved_on.value);
        }
    }
}

/// Judges one decision in a capacity. What a body decides needs no person.
fn decision(
    handbook: &Handbook,
    sink: &mut Sink,
    ledger: &Ledger,
    role: &Spanned<String>,
    approver: Option<&Spanned<String>>,
    on: Date,
) {
    if handbook.role(role).is_some_and(|role| role.body) {
        return;
    }
    let name = handbook.role_name(role);
    let Some(approver) = approver else {
        sink.report(ledger.place(role.span), Text::new("approver-lacks-role-nobody").arg("role", name))
            .help(Text::new("approver-lacks-role-nobody-help"));
        return;
    };
    let person = handbook.person(approver);
    if person.is_some_and(|person| person.holds(role, on)) {
        return;
    }
    let message = Text::new("approver-lacks-role")
        .arg("person", handbook.person_name(approver))
        .arg("role", name)
        .arg("date", on);
    let finding = sink.report(ledger.place(approver.span), message);
    finding.help(Text::new("approver-lacks-role-help").arg("path", people(handbook)));
    let terms = person.into_iter().flat_map(|person| person.roles.iter().map(|term| (person.place.file, term)));
    for (file, term) in terms.filter(|(_, term)| term.role.value == role.value) {
        finding.related(Place { file, span: term.span }, Text::new("approver-lacks-role-term"));
    }
}

fn people(handbook: &Handbook) -> String {
    format!("{}/people.toml", handbook.config.records_path)
}
