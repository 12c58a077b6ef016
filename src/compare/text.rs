//! A wording as plain text, the way its readers see it: [`Unit`]s for the front matter, the preamble and each heading.
//! Decides nothing about what changed.

mod reader;

use super::facts;
use super::unit::Unit;
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;
use reader::Reader;

/// Reads a wording.
pub fn units(edition: &Edition<'_>, entry: &PublishedVersion<'_>, catalogue: &Catalogue) -> Vec<Unit> {
    let mut reader = Reader::new(edition, entry, catalogue);
    reader.read();
    let mut units = vec![facts::unit(edition.handbook, entry.document, catalogue)];
    units.append(&mut reader.units);
    // A document without a preamble has no unit of that name.
    units.retain(|unit| !unit.lines.is_empty());
    units
}
