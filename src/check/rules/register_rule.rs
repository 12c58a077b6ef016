//! register-rule: a row that is wrong by a rule of its register's definition, which sets the level.

use crate::check::registry::rule;
use crate::check::{Basis, Sink, rows};
use crate::handbook::Handbook;
use crate::register::Fault;

rule!("REG010", "register-rule", Basis::OwnRule, Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    rows::report(handbook, Fault::Rule, sink);
}
