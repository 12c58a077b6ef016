//! stated-not-computed: a stated value that is not the one computed from the others.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG008", "stated-not-computed", Basis::Format, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::StatedOtherwise, sink);
}
