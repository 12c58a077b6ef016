//! wrong-field-type: a value of another type than its field has.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG004", "wrong-field-type", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::WrongType, sink);
}
