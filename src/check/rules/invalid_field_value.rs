//! invalid-field-value: a value of the right type that its field does not allow.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG005", "invalid-field-value", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::InvalidValue, sink);
}
