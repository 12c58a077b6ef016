//! personal-in-register: free text of a register that says of persons what the register may not hold.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG013", "personal-in-register", Basis::AnnexA("5.34"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::Personal, sink);
}
