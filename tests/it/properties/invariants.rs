//! What holds for every text, whatever it is. Used by the properties and by the fuzz target.

use kitei::check;
use kitei::emit::{Format, emit};
use kitei::handbook::edition::Edition;
use kitei::ledger::Ledger;
use kitei::load::MemoryFiles;
use kitei::locale::{Catalogue, Language};
use kitei::model::document::{Document, Numbering, Tier};
use kitei::model::outline::{Heading, HeadingKind, Item};
use kitei::parse::{self, Problem};
use kitei::source::{Position, SourceDb};
use kitei::workspace::{TreeRef, Workspace};

/// Everything below.
#[cfg_attr(not(fuzzing), expect(dead_code, reason = "the fuzz target calls it"))]
pub fn all(bytes: &[u8]) {
    handbook(bytes);
    let text = String::from_utf8_lossy(bytes);
    document(&text);
    registers(&text);
    positions(&text);
}

/// A document of any text keeps to its text.
pub fn document(text: &str) {
    for numbering in [Numbering::Plain, Numbering::Articles] {
        let file = SourceDb::default().add("policies/x.md", text.to_owned());
        let (document, problems) = parse::document::document(file, "policies/x.md", text, Tier::Policy, numbering);
        spans(text, &document);
        spans(text, &problems);
        references(text, &document);
        outline(text, &document);
        // The quick reading of an id, which history uses, agrees with the full one.
        let closed = parse::front_matter::split(text).front.is_some();
        let quick = parse::front_matter::id_in(text.as_bytes());
        assert!(!closed || quick.as_deref() == document.id().map(|id| id.as_str()), "{quick:?} is {:?}", document.id());
    }
}

/// Registers of any text keep to their text.
pub fn registers(text: &str) {
    let file = SourceDb::default().add("x.toml", text.to_owned());
    let both = |(facts, problems): (String, Vec<Problem>)| {
        debug_spans(text, &facts);
        spans(text, &problems);
    };
    let shown = |facts: &dyn std::fmt::Debug| format!("{facts:?}");
    let (config, problems) = parse::config::config(file, text);
    both((shown(&config), problems));
    let (ledger, problems) = Ledger::read(file, "P-01", text);
    both((shown(&ledger), problems));
    let (roles, problems) = parse::people::roles(file, text);
    both((shown(&roles), problems));
    let (people, problems) = parse::people::people(file, text);
    both((shown(&people), problems));
    let (terms, problems) = parse::term::terms(file, text);
    both((shown(&terms), problems));
    both((String::new(), parse::term::record_title(file, text).1));
}

/// Every offset has a line and a column, which grow along the text.
pub fn positions(text: &str) {
    let mut sources = SourceDb::default();
    let id = sources.add("x", text.to_owned());
    let file = sources.file(id);
    let mut last = Position { line: 1, column: 1 };
    for offset in 0..text.len() + 3 {
        let position = file.position(offset);
        assert!(position >= last, "{offset}: {position:?} after {last:?}");
        let line = file.line(offset);
        assert!(line.start <= offset.min(text.len()) && text.get(std::ops::Range::from(line)).is_some());
        last = position;
    }
    assert_eq!(file.position(usize::MAX), last);
}

/// A handbook with these bytes in every kind of file is read, checked, put into every format and published.
pub fn handbook(bytes: &[u8]) {
    const PATHS: [&str; 7] = [
        "policies/x.md",
        "controls/x.md",
        "records/roles.toml",
        "records/people.toml",
        "records/terms.toml",
        "records/risks.toml",
        "records/ledger/P-01.toml",
    ];
    for path in PATHS {
        let mut files = MemoryFiles::default();
        for (path, text) in super::BASE {
            files.insert(path, text);
        }
        files.insert(path, bytes);
        checked(&files);
    }
    let mut files = MemoryFiles::default();
    files.insert("kitei.toml", bytes);
    files.insert("policies/x.md", bytes);
    checked(&files);
}

fn checked(files: &MemoryFiles) {
    let tree = Workspace::of_files(files.clone()).at(TreeRef::WorkingTree).expect("there is a configuration");
    let handbook = tree.on(jiff::civil::date(2026, 11, 20));
    let report = check::run(&handbook);
    for finding in &report.diagnostics {
        let places = finding.related.iter().map(|(place, _)| *place).chain([finding.place]);
        for place in places {
            let text = handbook.sources.file(place.file).text();
            assert!(text.get(std::ops::Range::from(place.span)).is_some(), "{finding:?} lies outside its text");
        }
        let text = handbook.sources.file(finding.place.file).text();
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(text.get(std::ops::Range::from(edit.span)).is_some(), "{finding:?} corrects outside its text");
        }
    }
    for language in Language::ALL {
        let catalogue = Catalogue::new(language);
        for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
            emit(format, &report, &handbook.sources, &catalogue, false);
        }
    }
    for edition in [Edition::in_force(&handbook), Edition::preview(&handbook)] {
        for entry in edition.entries.values() {
            for reference in &entry.document.references {
                edition.destination(entry, reference);
            }
        }
    }
}

/// Every span inside a value lies inside the text, on boundaries of characters. Spans are found in the value as it is
/// shown for debugging, so that none can be forgotten.
fn spans(text: &str, value: &dyn std::fmt::Debug) {
    debug_spans(text, &format!("{value:?}"));
}

fn debug_spans(text: &str, shown: &str) {
    for part in shown.split("Span { start: ").skip(1) {
        let numbers = part.split_once(" }").and_then(|(numbers, _)| numbers.split_once(", end: "));
        let Some((start, end)) = numbers.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?))) else { continue };
        assert!(text.get(start..end).is_some(), "{start}..{end} is no part of the text");
    }
}

fn references(text: &str, document: &Document) {
    let mut last = 0;
    for reference in &document.references {
        let raw = reference.raw.span;
        assert_eq!(reference.raw.value, text[raw.start..raw.end]);
        assert!(reference.span.start >= last, "references stand in text order");
        assert!(reference.span.end > reference.span.start, "a reference has a text");
        last = reference.span.start;
    }
}

fn outline(text: &str, document: &Document) {
    let mut last = document.body.start;
    let mut taken = std::collections::BTreeSet::new();
    // Sections count anew in each chapter, everything in each 附則.
    let (mut chapter, mut supplement) = (None, 0);
    for heading in &document.outline.headings {
        assert!(heading.span.start >= last && heading.end >= heading.span.end && heading.end <= text.len());
        assert!(text.is_char_boundary(heading.end));
        last = heading.span.end;
        assert_eq!(document.outline.at(heading.span.start), Some(heading));
        assert!(document.outline.heading(&heading.anchor).is_some_and(|first| first.anchor == heading.anchor));
        match heading.kind {
            HeadingKind::Chapter => chapter = heading.number,
            HeadingKind::Supplement => (chapter, supplement) = (None, supplement + 1),
            _ => {}
        }
        if let Some(number) = heading.number {
            assert!(number.main > 0 && number.branch != 1);
            let within = if heading.kind == HeadingKind::Section { chapter } else { None };
            let unique = taken.insert((supplement, within, format!("{:?}", heading.kind), number));
            assert!(unique, "{:?} {number:?} stands twice", heading.kind);
        }
        paragraphs(heading);
    }
}

fn paragraphs(heading: &Heading) {
    for (number, paragraph) in (1..).zip(&heading.paragraphs) {
        assert_eq!(paragraph.number, number);
        assert!(paragraph.span.start >= heading.span.end && paragraph.span.start <= heading.end);
        assert_eq!(heading.paragraph(number), Some(paragraph));
        items(heading, number, &mut Vec::new(), &paragraph.items);
    }
    assert!(heading.paragraph(0).is_none());
}

fn items(heading: &Heading, paragraph: u32, path: &mut Vec<u32>, list: &[Item]) {
    for (number, item) in (1..).zip(list) {
        assert_eq!(item.number, number);
        path.push(number);
        assert_eq!(heading.item(paragraph, path), Some(item));
        items(heading, paragraph, path, &item.items);
        path.pop();
    }
}
