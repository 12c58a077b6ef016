//! The text of an edition by section, as readers see it.

use super::sections;
use crate::compare::text::units;
use crate::compare::unit::{Unit, UnitKind, label};
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;

/// A section and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionText {
    /// The anchor; `None` for what stands before the first heading.
    pub anchor: Option<String>,
    /// Index of the heading in the outline.
    pub heading: Option<usize>,
    /// 第3条（適用範囲）; the document's title for what stands before the first heading.
    pub label: String,
    /// The words below the heading, a line for each 項, 号 and row.
    pub text: String,
}

/// The sections of one document. The first is what stands before all headings, with the summary.
pub fn texts(edition: &Edition<'_>, entry: &PublishedVersion<'_>, catalogue: &Catalogue) -> Vec<SectionText> {
    let document = entry.document;
    let units = units(edition, entry, catalogue);
    let preamble = units.iter().filter(|unit| unit.kind == UnitKind::Preamble).flat_map(lines);
    let summary = document.front.summary.iter().map(|summary| summary.value.clone());
    let mut found = vec![SectionText {
        anchor: None,
        heading: None,
        label: document.title().to_owned(),
        text: summary.chain(preamble).collect::<Vec<_>>().join("\n"),
    }];
    // Every other unit is a heading's, in the order of the outline.
    let below: Vec<&Unit> =
        units.iter().filter(|unit| !matches!(unit.kind, UnitKind::Facts | UnitKind::Preamble)).collect();
    found.extend(sections(document).map(|(index, heading)| SectionText {
        anchor: Some(heading.anchor.clone()),
        heading: Some(index),
        label: label(heading, catalogue),
        // The first line is the heading.
        text: below.get(index).map(|unit| lines(unit).skip(1).collect::<Vec<_>>().join("\n")).unwrap_or_default(),
    }));
    found
}

fn lines(unit: &Unit) -> impl Iterator<Item = String> {
    unit.lines.iter().map(|line| match line.mark.is_empty() {
        true => line.text(),
        false => format!("{} {}", line.mark, line.text()),
    })
}
