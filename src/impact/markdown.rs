//! An impact report as Markdown for a forge's comment: what decides who may decide first, then what has to be done.
//!
//! Words of documents are inert; see [`crate::markup::markdown_escape`]. A comment that would be too long for the forge is written
//! again with less detail, and says what it leaves out.

mod documents;
mod parts;
mod writer;

use super::Impact;
use crate::locale::Catalogue;
use writer::{Detail, Writer};

/// Characters that a report has at most. Forges take 65,536 in a comment; what posts it may add its own words.
pub const LIMIT: usize = 60_000;

/// The report, never longer than [`LIMIT`].
pub fn markdown(impact: &Impact, catalogue: &Catalogue) -> String {
    let fits = |text: &String| text.chars().count() <= LIMIT;
    let whole = write(impact, Detail::LEVELS[0], catalogue);
    if fits(&whole) {
        return whole;
    }
    let shorter = Detail::LEVELS[1..].iter().map(|detail| write(impact, *detail, catalogue));
    shorter.into_iter().find(fits).unwrap_or_else(|| {
        let mut writer = Writer::new(catalogue, Detail::LEVELS[Detail::LEVELS.len() - 1]);
        parts::head(&mut writer, impact);
        writer.finish()
    })
}

/// Writes one section, or nothing where there is nothing to tell.
type Section = fn(&mut Writer<'_>, &Impact);

fn write(impact: &Impact, detail: Detail, catalogue: &Catalogue) -> String {
    let mut writer = Writer::new(catalogue, detail);
    parts::head(&mut writer, impact);
    if impact.is_empty() {
        writer.line(&writer.say("impact-nothing", &[]));
        return writer.finish();
    }
    let sections: [(&'static str, Section); 9] = [
        ("impact-authority", parts::authority),
        ("impact-documents", documents::documents),
        ("impact-suspects", parts::suspects),
        ("impact-citations", parts::citations),
        ("impact-annex", parts::annex),
        ("impact-findings", parts::findings),
        ("impact-announce", parts::announce),
        ("impact-files", parts::files),
        ("impact-entries", parts::entries),
    ];
    let mut nothing = Vec::new();
    for (key, section) in sections {
        let before = writer.mark();
        writer.heading(3, &catalogue.get(key));
        let begin = writer.mark();
        section(&mut writer, impact);
        if writer.mark() == begin {
            writer.back_to(before);
            nothing.push(catalogue.get(key));
        }
    }
    if !nothing.is_empty() {
        let names = nothing.join(&catalogue.get("site-list-comma"));
        writer.blank();
        writer.line(&writer.say("impact-none-of", &[("names", &names)]));
    }
    writer.finish()
}
