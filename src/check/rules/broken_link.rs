//! broken-link: a relative link that leads to no file of the repository. Pictures and paths that are wrong in upper
//! and lower case only have rules of their own.

use crate::check::files::{Files, Missing};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::{Broken, Handbook, Link};
use crate::locale::Text;

rule!("REF001", "broken-link", Basis::Clause("7.5.3"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let files = Files::new(handbook);
    for (document, links) in handbook.documents.iter().zip(&handbook.links) {
        for (reference, link) in document.references.iter().zip(links) {
            let Link::Broken(broken) = link else { continue };
            let place = document.place(reference.raw.span);
            match broken {
                Broken::NoFile(path) if files.missing(reference, path) == Missing::File => {
                    sink.report(place, Text::new("broken-link").arg("path", path)).help(Text::new("broken-link-help"));
                }
                Broken::OutsideRoot => {
                    sink.report(place, Text::new("broken-link-outside")).help(Text::new("broken-link-outside-help"));
                }
                _ => {}
            }
        }
    }
}
