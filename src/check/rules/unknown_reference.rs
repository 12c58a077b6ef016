//! unknown-reference: a row, person, role, department, document or the like that a register names and that is not there.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG006", "unknown-reference", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::UnknownReference, sink);
}
