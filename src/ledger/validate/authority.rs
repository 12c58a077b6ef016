//! Who may decide: ranks, bodies, terms of office, and drafters who approve their own drafts.

use jiff::civil::Date;

use super::ValidationContext;
use crate::locale::Text;

/// Who decides, and in what capacity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decider<'a> {
    pub(super) role: &'a str,
    pub(super) approver: Option<&'a str>,
    pub(super) chair: Option<&'a str>,
    pub(super) on: Date,
}

/// Reasons against a decider: an unknown role or person, a body with an approver, an office not held on the day.
pub(super) fn check(context: &ValidationContext<'_>, decider: Decider<'_>, reasons: &mut Vec<Text>) {
    let Decider { role, approver, chair, on } = decider;
    let Some(known) = context.role(role) else {
        reasons.push(Text::new("approve-unknown-role").arg("role", role));
        return;
    };
    let name = || context.role_name(role);
    known_people(context, chair, reasons);
    if known.body {
        if let Some(person) = approver {
            let text = Text::new("approve-body-with-approver").arg("role", name());
            reasons.push(text.arg("person", context.person_name(person)));
        }
        return;
    }
    if chair.is_some() {
        reasons.push(Text::new("approve-chair-without-body").arg("role", name()));
    }
    let Some(person) = approver else {
        reasons.push(Text::new("approve-nobody").arg("role", name()));
        return;
    };
    known_people(context, [person], reasons);
    let outside = context.person(person).is_some_and(|person| !person.holds(role, on));
    if outside {
        let text = Text::new("approve-not-in-office").arg("person", context.person_name(person));
        reasons.push(text.arg("role", name()).arg("date", on));
    }
}

/// A reason for each id that nobody has.
pub(super) fn known_people<'a>(
    context: &ValidationContext<'_>,
    people: impl IntoIterator<Item = &'a str>,
    reasons: &mut Vec<Text>,
) {
    for person in people {
        if context.person(person).is_none() {
            let text = Text::new("no-such-person").arg("person", person);
            if !reasons.contains(&text) {
                reasons.push(text);
            }
        }
    }
}

/// A reason where a rank is not one of those that may decide. Where none is declared, nobody may; `table` of
/// `kitei.toml` is where it would be.
pub(super) fn check_rank(
    context: &ValidationContext<'_>,
    role: &str,
    allowed: &[String],
    table: &str,
    reasons: &mut Vec<Text>,
) {
    let Some(needed) = allowed.first() else {
        reasons.push(Text::new("approve-nobody-declared").arg("table", table));
        return;
    };
    if allowed.iter().all(|allowed| allowed != role) {
        let text = Text::new("approve-wrong-rank").arg("role", context.role_name(role));
        reasons.push(text.arg("needed", context.role_name(needed)));
    }
}

/// Whether a text names who watches over a drafter that approves: a department or a role other than the drafter's
/// own. By name or id, as `people.toml` and `roles.toml` state them.
pub(super) fn names_a_monitor(context: &ValidationContext<'_>, text: &str, drafter: &str) -> bool {
    let own = context.person(drafter);
    let department = own.and_then(|person| person.department.as_ref()).map(|department| department.value.as_str());
    let departments = context.people.iter().filter_map(|person| Some(person.department.as_ref()?.value.as_str()));
    let mut departments = departments.filter(|other| Some(*other) != department);
    let held = |role: &str| own.is_some_and(|person| person.roles.iter().any(|term| term.role.value == role));
    let mut roles = context.roles.iter().filter(|role| !held(&role.id.value));
    let named = |name: &str| !name.trim().is_empty() && text.contains(name);
    departments.any(named) || roles.any(|role| named(&role.name.value) || named(&role.id.value))
}
