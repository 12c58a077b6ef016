//! codeowners-drift: a `CODEOWNERS` that no longer says who has to look at a change. A file that people wrote themselves is
//! reported and not rewritten.

use std::collections::BTreeSet;

use crate::check::codeowners::{HEADER, codeowners};
use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{Place, Span};

rule!("CFG007", "codeowners-drift", Basis::AnnexA("5.3"), Warn);

fn check(handbook: &Handbook, sink: &mut Sink) {
    if handbook.codeowners.is_empty() {
        return;
    }
    let wanted = codeowners(handbook);
    for file in &handbook.codeowners {
        let text = handbook.sources.file(*file).text();
        // A checkout on Windows may have other line ends; the forge does not care.
        if text.lines().eq(wanted.lines()) {
            continue;
        }
        let (has, needs): (BTreeSet<&str>, BTreeSet<&str>) = (text.lines().collect(), wanted.lines().collect());
        let place = Place { file: *file, span: first_difference(text, &wanted) };
        let ours = text.lines().next() == Some(HEADER);
        let (message, help) = match ours {
            true => ("codeowners-drift", "codeowners-drift-help"),
            false => ("codeowners-drift-foreign", "codeowners-drift-foreign-help"),
        };
        let message = Text::new(message)
            .arg("missing", needs.difference(&has).count())
            .arg("surplus", has.difference(&needs).count());
        let path = handbook.sources.file(*file).path();
        let finding = sink.report(place, message).help(Text::new(help).arg("path", path));
        if ours {
            finding.fix(Span::new(0, text.len()), wanted.as_str());
        }
    }
}

/// The first line that differs.
fn first_difference(text: &str, wanted: &str) -> Span {
    let mut at = 0;
    let mut wanted = wanted.lines();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        if wanted.next() != Some(bare) {
            return Span::new(at, at + bare.len());
        }
        at += line.len();
    }
    Span::new(at, at)
}
