//! row-overdue: a row whose day has passed and that does not say it was done.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG011", "row-overdue", Basis::OwnRule, Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::Overdue, sink);
}
