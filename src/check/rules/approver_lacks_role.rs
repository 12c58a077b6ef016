//! approver-lacks-role: an approval or retirement by a person who never held the stated role. Who held it at another
//! time is a finding of approver-out-of-office instead.

use jiff::civil::Date;

use crate::check::mentions::ledgers;
use crate::check::registry::rule;
use crate::check::then::tell;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::handbook::authority::Authority;
use crate::ledger::Ledger;
use crate::locale::Text;
use crate::source::{Span, Spanned};

/// An id with its place.
fn stated((id, span): (&String, Span)) -> Spanned<&str> {
    Spanned::new(id, span)
}

rule!("LED004", "approver-lacks-role", Basis::Clause("5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    for decision in decisions(handbook) {
        judge(handbook, sink, &decision);
    }
    for ledger in ledgers(handbook) {
        for approval in ledger.standing_approvals() {
            let Some(chair) = &approval.chair else { continue };
            let authority = handbook.judged_by(ledger, approval.span);
            if authority.person(chair).is_some() {
                continue;
            }
            let path = people(&authority);
            let message = Text::new("approver-lacks-role-chair").arg("person", chair).arg("path", &path);
            let help = Text::new("approver-lacks-role-chair-help").arg("path", path);
            tell(sink.report(ledger.place(approval.span_of("chair")), message), &authority, help);
        }
    }
}

/// A decision in a capacity that no body holds: an approval that stands for itself, or a retirement.
pub(super) struct Decision<'h> {
    pub(super) ledger: &'h Ledger,
    pub(super) role: Spanned<&'h str>,
    pub(super) approver: Option<Spanned<&'h str>>,
    pub(super) on: Date,
    pub(super) authority: Authority<'h>,
}

/// Every decision for which a person needs an office.
pub(super) fn decisions(handbook: &Handbook) -> impl Iterator<Item = Decision<'_>> {
    ledgers(handbook)
        .flat_map(|ledger| {
            let approvals = ledger.standing_approvals().map(|approval| {
                let (on, authority) = (approval.approved_on, handbook.judged_by(ledger, approval.span));
                let role = Spanned::new(approval.role.as_str(), approval.span_of("role"));
                let approver = approval.placed("approver", &approval.approver).next();
                Decision { ledger, role, approver: approver.map(stated), on, authority }
            });
            let retirements = ledger.retirements.iter().map(|retirement| {
                let (on, authority) = (retirement.approved_on, handbook.judged_by(ledger, retirement.span));
                let role = Spanned::new(retirement.role.as_str(), retirement.span_of("role"));
                let approver = retirement.placed("approver", &retirement.approver).next();
                Decision { ledger, role, approver: approver.map(stated), on, authority }
            });
            approvals.chain(retirements)
        })
        .filter(|decision| decision.authority.role(decision.role.value).is_none_or(|role| !role.body))
}

fn judge(handbook: &Handbook, sink: &mut Sink, decision: &Decision<'_>) {
    let Decision { ledger, ref role, ref approver, on, ref authority } = *decision;
    let name = handbook.role_name(role.value);
    let Some(approver) = approver else {
        let message = Text::new("approver-lacks-role-nobody").arg("role", name);
        let help = Text::new("approver-lacks-role-nobody-help");
        tell(sink.report(ledger.place(role.span), message), authority, help);
        return;
    };
    let ever =
        authority.person(approver.value).is_some_and(|person| person.roles.iter().any(|term| *term.role == role.value));
    if !ever {
        let message = Text::new("approver-lacks-role")
            .arg("person", handbook.person_name(approver.value))
            .arg("role", name)
            .arg("date", on);
        let help = Text::new("approver-lacks-role-help").arg("path", people(authority));
        tell(sink.report(ledger.place(approver.span), message), authority, help);
    }
}

/// The register that appointments are recorded in.
pub(super) fn people(authority: &Authority<'_>) -> String {
    format!("{}/people.toml", authority.config.records_path)
}
