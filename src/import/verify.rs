//! Holds an imported text against its source: read back as any document is, it must show the numbers that were typed.

use super::finding::Findings;
use super::structure::{Content, Item, Kind, Part};
use crate::locale::{Language, Text};
use crate::model::document::Document;
use crate::model::outline::{self, Heading, HeadingKind, Number};
use crate::numbering::heading_number;
use crate::source::Span;

/// Tells every number that would be shown otherwise than it was typed.
pub(super) fn verify(document: &Document, parts: &[Part], findings: &mut Findings) {
    let headed = parts.iter().filter(|part| part.kind != Kind::Opening);
    // Numbers that differ by the same amount, one after the other, are one fault.
    let mut open: Option<Shifted> = None;
    for (part, heading) in headed.zip(&document.outline.headings) {
        let typed = match part.kind {
            Kind::Chapter(number) | Kind::Section(number) | Kind::Article { number, .. } => Some(number),
            _ => None,
        };
        let by = amount(typed) - amount(heading.number);
        let written = number_of(heading, typed);
        if by != 0
            && let Some(shifted) = open.as_mut().filter(|shifted| shifted.by == by && shifted.kind == heading.kind)
        {
            shifted.last = written;
            shifted.span.end = part.span.end;
        } else if by != 0 {
            tell(findings, open.take());
            let shown = number_of(heading, heading.number);
            open =
                Some(Shifted { by, kind: heading.kind, span: part.span, last: written.clone(), first: written, shown });
        } else if open.as_ref().is_some_and(|shifted| shifted.kind == heading.kind) {
            tell(findings, open.take());
        }
        if part.kind.holds_paragraphs() {
            paragraphs(part, heading, findings);
        }
    }
    tell(findings, open);
}

/// Headings one after the other whose numbers differ by the same amount.
struct Shifted {
    by: i64,
    kind: HeadingKind,
    span: Span,
    first: String,
    last: String,
    shown: String,
}

fn tell(findings: &mut Findings, shifted: Option<Shifted>) {
    let Some(Shifted { span, first, last, shown, .. }) = shifted else { return };
    let key = if first == last { "import-number-differs" } else { "import-numbers-differ" };
    let text = Text::new(key).arg("written", first).arg("last", last).arg("shown", shown);
    findings.undecided(span, text, "import-number-differs-help");
}

fn amount(number: Option<Number>) -> i64 {
    number.map_or(0, |number| i64::from(number.main) * 1000 + i64::from(number.branch))
}

fn number_of(heading: &Heading, number: Option<Number>) -> String {
    let kind = if heading.kind == HeadingKind::Plain { HeadingKind::Article } else { heading.kind };
    let heading = Heading { number, kind, ..heading.clone() };
    heading_number(&heading, Language::Ja)
}

fn paragraphs(part: &Part, heading: &Heading, findings: &mut Findings) {
    let mut shown = heading.paragraphs.iter();
    let mut current: Option<&outline::Paragraph> = None;
    let mut done = 0;
    let mut differs = 0;
    for content in &part.contents {
        match content {
            Content::Paragraph { typed, words } => {
                current = shown.next();
                done = 0;
                let (Some(typed), Some(found)) = (typed, current) else { continue };
                let by = i64::from(*typed) - i64::from(found.number);
                if by != differs {
                    let number = |number: u32| Text::new("import-paragraph").arg("number", number as usize);
                    let text = Text::new("import-number-differs")
                        .arg("written", number(*typed))
                        .arg("shown", number(found.number));
                    findings.undecided(words.whole(), text, "import-count-differs-help");
                }
                differs = by;
            }
            Content::Items(typed) => {
                if current.is_none() {
                    current = shown.next();
                }
                let found = current.map_or(&[][..], |paragraph| paragraph.items.get(done..).unwrap_or_default());
                done += typed.len();
                items(typed, found, findings);
            }
            _ => {}
        }
    }
}

fn items(typed: &[Item], shown: &[outline::Item], findings: &mut Findings) {
    let mut differs = 0;
    for (typed, shown) in typed.iter().zip(shown) {
        let by = i64::from(typed.typed) - i64::from(shown.number);
        if by != differs {
            let number = |number: u32| Text::new("import-item").arg("number", number as usize);
            let text = Text::new("import-number-differs")
                .arg("written", number(typed.typed))
                .arg("shown", number(shown.number));
            findings.undecided(typed.words.whole(), text, "import-count-differs-help");
        }
        differs = by;
        items(&typed.items, &shown.items, findings);
    }
}
