//! unused-role: a role that is mentioned nowhere but where it is defined.

use std::collections::BTreeSet;

use crate::check::registry::rule;
use crate::check::{Basis, Sink, mentions};
use crate::handbook::{Handbook, Link};
use crate::locale::Text;
use crate::source::Place;

rule!("CFG006", "unused-role", Basis::Clause("5.3"), Note);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let linked = handbook.links.iter().flatten().filter_map(|link| match link {
        Link::Role(id) => Some(id.as_str()),
        _ => None,
    });
    let used: BTreeSet<&str> = mentions::roles(handbook).iter().map(|mention| mention.written).chain(linked).collect();
    for role in &handbook.roles {
        if used.contains(role.id.value.as_str()) {
            continue;
        }
        let place = Place { file: role.place.file, span: role.id.span };
        sink.report(place, Text::new("unused-role").arg("name", &role.name.value)).help(Text::new("unused-role-help"));
    }
}
