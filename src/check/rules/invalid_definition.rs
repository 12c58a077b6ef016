//! invalid-definition: a definition of a register that cannot mean what it says: a misspelt field in an expression, a type that does not fit, a
//! circle of computed fields.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG001", "invalid-definition", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::Definition, sink);
}
