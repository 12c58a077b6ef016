//! id-reused: an id that another document bore once.

use rayon::prelude::*;

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;

rule!("ID005", "id-reused", Basis::Clause("7.5.2"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let found: Vec<_> = (0..handbook.documents.len())
        .into_par_iter()
        .filter_map(|index| Some((&handbook.documents[index], handbook.earlier_bearer(index)?)))
        .collect();
    for (document, bearer) in found {
        let id = document.id().map_or("", |id| id.as_str());
        let commit: String = bearer.commit.chars().take(10).collect();
        let message = Text::new("id-reused").arg("id", id).arg("title", bearer.title).arg("commit", commit);
        sink.report(document.head_place(), message).help(Text::new("id-reused-help").arg("id", id));
    }
}
