//! row-out-of-office: open rows that name somebody who does not hold the office today.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG012", "row-out-of-office", Basis::Clause("5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::OutOfOffice, sink);
}
