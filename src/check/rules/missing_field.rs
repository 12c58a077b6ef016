//! missing-field: a field that a row must have and does not.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG003", "missing-field", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::MissingField, sink);
}
