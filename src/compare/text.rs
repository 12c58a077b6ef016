//! A wording as plain text, the way its readers see it: units (front matter, preamble, each heading with what stands
//! below it) made of lines, with the generated numbers apart from the text they number.

use std::collections::BTreeMap;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::facts;
use crate::digest::sha256_hex;
use crate::handbook::edition::{Edition, Entry};
use crate::handbook::reading::{Reading, read};
use crate::locale::Catalogue;
use crate::model::outline::{Heading, HeadingKind, Item, Outline};
use crate::model::reference::{Form, Reference, Target};
use crate::numbering::{caption_in_brackets, heading_number, item_mark};
use crate::parse::markdown::{events, written_without_spaces};
use crate::paths;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// What the front matter says.
    Facts,
    /// 前文: what stands before the first heading.
    Preamble,
    /// 章, 節 or an unnumbered heading.
    Heading,
    /// 条.
    Article,
    /// 附則.
    Supplement,
}

/// What a line is. Lines of different kinds are never the same line in another wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// The heading of a unit.
    Heading,
    /// One statement of the front matter, by its name.
    Fact(&'static str),
    /// 項 and other text.
    Text,
    /// 号, or an entry of any other list.
    Item,
    /// A row of a table.
    Row,
    /// 必須.
    Required,
    /// 禁止.
    Forbidden,
    /// Any other alert.
    Alert,
    /// Code, as typed.
    Code,
    /// A footnote.
    Note,
}

/// A piece of text that is one word or more, or one reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece {
    /// As readers see it.
    pub text: String,
    /// For a reference or a picture: what it means, whatever it reads.
    pub meaning: Option<String>,
    /// Whether the text follows from the meaning, so that it may change although nobody changed the wording.
    pub generated: bool,
}

impl Piece {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), meaning: None, generated: false }
    }
}

/// One line: a heading, a 項, a 号, a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// How deep it stands below its unit.
    pub depth: u8,
    /// Its number or sign: `第3条`, `2`, `(1)`, `・`.
    pub mark: String,
    /// Its text; the cells of a row.
    pub cells: Vec<Vec<Piece>>,
}

impl Line {
    /// A line of one text.
    pub fn new(kind: LineKind, mark: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind, depth: 0, mark: mark.into(), cells: vec![vec![Piece::plain(text)]] }
    }

    /// The text without its mark; cells apart by spaces.
    pub fn text(&self) -> String {
        let cell = |cell: &Vec<Piece>| cell.iter().map(|piece| piece.text.as_str()).collect::<String>();
        self.cells.iter().map(cell).collect::<Vec<_>>().join(" ")
    }

    /// What the author wrote: generated words count by what they mean.
    pub fn meaning(&self) -> String {
        let piece = |piece: &Piece| match (&piece.meaning, piece.generated) {
            (Some(meaning), true) => format!("\u{1}{meaning}\u{2}"),
            (Some(meaning), false) => format!("{}\u{1}{meaning}\u{2}", piece.text),
            (None, _) => piece.text.clone(),
        };
        let cell = |cell: &Vec<Piece>| cell.iter().map(piece).collect::<String>();
        self.cells.iter().map(cell).collect::<Vec<_>>().join("\u{3}")
    }
}

/// A heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Where it belongs in the order of headings; smaller holds larger.
    pub rank: u8,
    /// The id its author gave it.
    pub id: Option<String>,
    /// Its number, as the heading line shows it.
    pub number: String,
    /// How people call it: 第3条（適用範囲）.
    pub label: String,
    /// The heading's words alone.
    pub title: String,
    /// Whether only its number is kept.
    pub deleted: bool,
    /// Whether it stands in 附則.
    pub in_supplement: bool,
    /// Its lines, the heading first.
    pub lines: Vec<Line>,
}

/// Reads a wording.
pub fn units(edition: &Edition<'_>, entry: &Entry<'_>, catalogue: &Catalogue) -> Vec<Unit> {
    let mut reader = Reader::new(edition, entry, catalogue);
    reader.read();
    let mut units = vec![facts::unit(edition.handbook, entry.document, catalogue)];
    units.append(&mut reader.units);
    // A document without a preamble has no unit of that name.
    units.retain(|unit| !unit.lines.is_empty());
    units
}

/// How people call a heading: 第3条（適用範囲）, 附則第1条（施行期日）.
pub fn label(heading: &Heading, catalogue: &Catalogue) -> String {
    let number = heading_number(heading, catalogue.language());
    let deleted = catalogue.get("site-deleted");
    let text = if heading.deleted { &deleted } else { &heading.text };
    let label = match caption_in_brackets(heading, catalogue.language()) {
        true => format!("{number}（{text}）"),
        false if number.is_empty() => text.clone(),
        false => format!("{number} {text}"),
    };
    match heading.in_supplement && heading.kind != HeadingKind::Supplement {
        true => catalogue.with_args("compare-in-supplement", [("label", label)]),
        false => label,
    }
}

struct Reader<'r, 'h> {
    edition: &'r Edition<'h>,
    entry: &'r Entry<'h>,
    catalogue: &'r Catalogue,
    /// Marks of 項 and 号 by the byte at which their text starts.
    marks: BTreeMap<usize, String>,
    /// Numbers of footnotes by label, in the order of mention.
    notes: BTreeMap<String, usize>,
    units: Vec<Unit>,
    /// Kinds of lines that the containers around the text make.
    around: Vec<(LineKind, u8)>,
    /// For each open list that is not made of 号: the number of its next entry.
    lists: Vec<Option<u64>>,
    mark: Option<String>,
    line: Option<Line>,
    row: Vec<Vec<Piece>>,
    in_row: bool,
    in_code: bool,
    /// Constructs whose text is not shown, and pictures.
    hidden: usize,
    picture: Option<(String, String)>,
    link: Vec<Option<String>>,
    broken: bool,
}

impl<'r, 'h> Reader<'r, 'h> {
    fn new(edition: &'r Edition<'h>, entry: &'r Entry<'h>, catalogue: &'r Catalogue) -> Self {
        let preamble = Unit {
            kind: UnitKind::Preamble,
            rank: 1,
            id: None,
            number: String::new(),
            label: catalogue.get("compare-preamble"),
            title: String::new(),
            deleted: false,
            in_supplement: false,
            lines: Vec::new(),
        };
        Self {
            edition,
            entry,
            catalogue,
            marks: marks(&entry.document.outline, catalogue),
            notes: BTreeMap::new(),
            units: vec![preamble],
            around: Vec::new(),
            lists: Vec::new(),
            mark: None,
            line: None,
            row: Vec::new(),
            in_row: false,
            in_code: false,
            hidden: 0,
            picture: None,
            link: Vec::new(),
            broken: false,
        }
    }

    fn source(&self) -> &'h str {
        self.edition.handbook.sources.file(self.entry.document.file).text()
    }

    fn read(&mut self) {
        let span = self.entry.document.body;
        let body = self.source().get(span.start..span.end).unwrap_or("");
        for (event, _) in events(body) {
            if let Event::FootnoteReference(label) = event {
                let next = self.notes.len() + 1;
                self.notes.entry(label.to_lowercase()).or_insert(next);
            }
        }
        for (event, range) in events(body) {
            let range = range.start + span.start..range.end + span.start;
            match event {
                Event::Start(tag) => self.start(&tag, range),
                Event::End(tag) => self.end(tag),
                Event::Text(text) if self.in_code => self.code(&text),
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => self.push_text(&text),
                Event::Html(html) => self.code(&html),
                Event::SoftBreak => self.broken = true,
                Event::HardBreak => self.push(Piece::plain("\n")),
                Event::Rule => self.lone(LineKind::Text, "――――"),
                Event::TaskListMarker(done) => self.push_text(if done { "☑ " } else { "☐ " }),
                Event::FootnoteReference(label) => {
                    let number = self.notes.get(&label.to_lowercase()).copied().unwrap_or_default();
                    let mark = self.catalogue.with_args("site-note-mark", [("number", number.to_string())]);
                    let meaning = Some(format!("note {}", label.to_lowercase()));
                    self.push(Piece { text: format!("({mark})"), meaning, generated: true });
                }
                _ => {}
            }
        }
        self.flush();
    }

    fn start(&mut self, tag: &Tag<'_>, range: std::ops::Range<usize>) {
        match tag {
            Tag::Heading { .. } => self.start_heading(range.start),
            Tag::Paragraph => self.start_paragraph(range.start),
            Tag::BlockQuote(kind) => {
                self.flush();
                let (kind, key) = match kind {
                    Some(BlockQuoteKind::Important) => (LineKind::Required, "site-alert-required"),
                    Some(BlockQuoteKind::Caution) => (LineKind::Forbidden, "site-alert-forbidden"),
                    Some(BlockQuoteKind::Warning) => (LineKind::Alert, "site-alert-warning"),
                    Some(BlockQuoteKind::Tip) => (LineKind::Alert, "site-alert-tip"),
                    Some(BlockQuoteKind::Note) => (LineKind::Alert, "site-alert-reference"),
                    None => (LineKind::Text, ""),
                };
                if !key.is_empty() {
                    let word = self.catalogue.get(key);
                    self.mark = Some(self.catalogue.with_args("compare-alert", [("word", word)]));
                }
                self.around.push((kind, self.depth() + 1));
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.in_code = true;
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(*first);
            }
            Tag::Item => self.start_item(range.start),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                let next = self.notes.len() + 1;
                let number = *self.notes.entry(label.to_lowercase()).or_insert(next);
                self.mark = Some(self.catalogue.with_args("site-note-mark", [("number", number.to_string())]));
                self.around.push((LineKind::Note, 1));
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.in_row = true;
            }
            Tag::TableCell => self.row.push(Vec::new()),
            Tag::Link { .. } => self.start_link(range.start),
            Tag::Image { .. } => self.start_picture(range.start),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Item => {
                self.flush_item();
                self.around.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.flush_item();
                self.around.pop();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableHead | TagEnd::TableRow => {
                self.in_row = false;
                let cells = std::mem::take(&mut self.row);
                let line = Line { kind: LineKind::Row, depth: self.depth(), mark: String::new(), cells };
                self.keep(line);
            }
            TagEnd::Link => {
                let generated = self.link.pop() == Some(None);
                self.hidden = self.hidden.saturating_sub(usize::from(generated));
            }
            TagEnd::Image => {
                if let Some((alt, meaning)) = self.picture.take() {
                    let text = self.catalogue.with_args("compare-picture", [("words", alt)]);
                    self.push(Piece { text, meaning: Some(meaning), generated: false });
                }
            }
            _ => {}
        }
    }

    fn depth(&self) -> u8 {
        self.around.last().map_or(0, |(_, depth)| *depth)
    }

    fn start_heading(&mut self, start: usize) {
        self.flush();
        // A heading inside a list or a quote divides nothing.
        let heading = self.entry.document.outline.at(start).filter(|_| self.around.is_empty());
        let Some(heading) = heading else { return };
        let number = heading_number(heading, self.catalogue.language());
        let unit = Unit {
            kind: match heading.kind {
                HeadingKind::Chapter | HeadingKind::Section | HeadingKind::Plain => UnitKind::Heading,
                HeadingKind::Article => UnitKind::Article,
                HeadingKind::Supplement => UnitKind::Supplement,
            },
            rank: heading.rank(),
            id: heading.id.as_ref().map(|id| id.value.clone()),
            label: label(heading, self.catalogue),
            title: heading.text.clone(),
            deleted: heading.deleted,
            in_supplement: heading.in_supplement,
            number: number.clone(),
            lines: Vec::new(),
        };
        self.units.push(unit);
        let mut line = Line { kind: LineKind::Heading, depth: 0, mark: number, cells: vec![Vec::new()] };
        let pieces = &mut line.cells[0];
        if heading.deleted {
            pieces.push(Piece::plain(self.catalogue.get("site-deleted")));
            self.hidden += 1;
        } else if caption_in_brackets(heading, self.catalogue.language()) {
            pieces.push(Piece::plain("（"));
        }
        self.line = Some(line);
    }

    fn end_heading(&mut self) {
        let top = self.around.is_empty();
        let heading = self.units.last().filter(|_| top).is_some_and(|unit| unit.lines.is_empty());
        if !heading {
            self.flush();
            return;
        }
        let deleted = self.units.last().is_some_and(|unit| unit.deleted);
        if deleted {
            self.hidden = self.hidden.saturating_sub(1);
        }
        // The first unit is the preamble; every other one is a heading's.
        let heading = self.entry.document.outline.headings.get(self.units.len().saturating_sub(2));
        if heading.is_some_and(|heading| caption_in_brackets(heading, self.catalogue.language())) {
            self.push(Piece::plain("）"));
        }
        self.flush();
        let implements: Vec<&str> =
            heading.into_iter().flat_map(|heading| &heading.implements).map(|id| id.value.as_str()).collect();
        if !implements.is_empty() {
            let mark = self.catalogue.get("site-section-implements");
            let line = Line::new(LineKind::Fact("implements"), mark, implements.join(", "));
            self.keep(line);
        }
    }

    fn start_paragraph(&mut self, start: usize) {
        if self.line.is_some() {
            self.flush();
        }
        let own = self.marks.get(&start).filter(|_| self.around.is_empty()).cloned();
        let mark = self.mark.take().or(own).unwrap_or_default();
        self.open(mark);
    }

    fn start_item(&mut self, start: usize) {
        self.flush();
        let own = self.marks.get(&start).cloned();
        let mark = match (own, self.lists.last_mut()) {
            (Some(mark), _) => mark,
            (None, Some(Some(number))) => {
                let mark = format!("{number}.");
                *number += 1;
                mark
            }
            _ => "・".to_owned(),
        };
        // What an alert is made of stays part of it.
        let (kind, mark) = match (self.around.last(), self.mark.take()) {
            (Some((kind @ (LineKind::Required | LineKind::Forbidden | LineKind::Alert | LineKind::Note), _)), word) => {
                (*kind, format!("{}{mark}", word.unwrap_or_default()))
            }
            _ => (LineKind::Item, mark),
        };
        self.mark = Some(mark);
        self.around.push((kind, self.depth() + 1));
    }

    fn open(&mut self, mark: String) {
        let (kind, depth) = self.around.last().copied().unwrap_or((LineKind::Text, 0));
        self.line = Some(Line { kind, depth, mark, cells: vec![Vec::new()] });
        self.broken = false;
    }

    /// Ends an entry; one without text still has its mark.
    fn flush_item(&mut self) {
        if self.line.is_none()
            && let Some(mark) = self.mark.take()
        {
            self.open(mark);
        }
        self.flush();
    }

    fn flush(&mut self) {
        self.broken = false;
        if let Some(line) = self.line.take() {
            self.keep(line);
        }
    }

    fn keep(&mut self, line: Line) {
        if let Some(unit) = self.units.last_mut() {
            unit.lines.push(line);
        }
    }

    fn lone(&mut self, kind: LineKind, text: &str) {
        self.flush();
        let line = Line { depth: self.depth(), ..Line::new(kind, self.mark.take().unwrap_or_default(), text) };
        self.keep(line);
    }

    fn code(&mut self, text: &str) {
        for line in text.lines() {
            self.lone(LineKind::Code, line);
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Some((alt, _)) = &mut self.picture {
            alt.push_str(text);
            return;
        }
        let meaning = self.link.last().cloned().flatten();
        self.push(Piece { text: text.to_owned(), meaning, generated: false });
    }

    fn push(&mut self, mut piece: Piece) {
        if self.hidden > 0 || self.picture.is_some() {
            return;
        }
        let cell = match self.in_row {
            true => self.row.last_mut(),
            false => {
                if self.line.is_none() {
                    let mark = self.mark.take().unwrap_or_default();
                    self.open(mark);
                }
                self.line.as_mut().and_then(|line| line.cells.last_mut())
            }
        };
        let Some(cell) = cell else { return };
        if std::mem::take(&mut self.broken)
            && let Some(last) = cell.last().and_then(|last| last.text.chars().next_back())
            && let Some(first) = piece.text.chars().next()
            && !written_without_spaces(last)
            && !written_without_spaces(first)
        {
            cell.push(Piece::plain(" "));
        }
        match cell.last_mut() {
            Some(last) if last.meaning == piece.meaning && !last.generated && !piece.generated => {
                last.text.push_str(&piece.text);
            }
            _ => {
                piece.text.shrink_to_fit();
                cell.push(piece);
            }
        }
    }

    fn reference(&self, start: usize) -> Option<&'h Reference> {
        let references = &self.entry.document.references;
        let index = references.binary_search_by_key(&start, |reference| reference.span.start).ok()?;
        references.get(index)
    }

    fn start_link(&mut self, start: usize) {
        let Some(reference) = self.reference(start).filter(|_| self.hidden == 0 && self.picture.is_none()) else {
            self.link.push(self.link.last().cloned().flatten().or_else(|| Some(String::new())));
            return;
        };
        let reading = read(self.edition, self.entry, reference, self.catalogue);
        let meaning = self.meaning(&reading, reference);
        let words = match reading {
            Reading::Typed => {
                let span = reference.span;
                Some(self.source().get(span.start..span.end).unwrap_or("").to_owned())
            }
            Reading::Document { words, .. } | Reading::Entity { words, .. } | Reading::Words(words)
                if !reference.has_text =>
            {
                Some(words)
            }
            _ => None,
        };
        match words {
            Some(text) => {
                self.push(Piece { text, meaning: Some(meaning), generated: true });
                self.hidden += 1;
                self.link.push(None);
            }
            None => self.link.push(Some(meaning)),
        }
    }

    fn start_picture(&mut self, start: usize) {
        let Some(reference) = self.reference(start).filter(|_| self.hidden == 0 && self.picture.is_none()) else {
            return;
        };
        let meaning = self.file(reference).unwrap_or_else(|| reference.raw.value.clone());
        self.picture = Some((String::new(), meaning));
    }

    /// What a reference leads to, in a form that is the same however it was written.
    fn meaning(&self, reading: &Reading, reference: &Reference) -> String {
        match reading {
            Reading::Document { id, fragment, .. } => {
                let written = match &reference.target {
                    Target::Path { fragment, .. } => fragment.clone(),
                    _ => fragment.as_ref().map(|fragment| {
                        let numbers = fragment.paragraph.iter().chain(&fragment.items);
                        numbers.fold(fragment.anchor.clone(), |text, number| format!("{text}/{number}"))
                    }),
                };
                format!("{id}#{}", written.unwrap_or_default())
            }
            Reading::External(address) => address.clone(),
            _ => self.file(reference).unwrap_or_else(|| reference.raw.value.clone()),
        }
    }

    /// The hash of the file that a path leads to.
    fn file(&self, reference: &Reference) -> Option<String> {
        let Target::Path { path, .. } = &reference.target else { return None };
        let path = paths::resolve(&self.entry.document.path, path)?;
        let hash = match self.entry.past {
            Some(past) => past.files.get(&path).map(|bytes| sha256_hex(bytes)),
            None => self.edition.handbook.attachments.get(&path).cloned().flatten(),
        };
        hash.filter(|_| reference.form != Form::Short)
    }
}

/// Marks of 項 and 号 by the byte at which their text starts.
fn marks(outline: &Outline, catalogue: &Catalogue) -> BTreeMap<usize, String> {
    fn add(found: &mut BTreeMap<usize, String>, items: &[Item], depth: usize, catalogue: &Catalogue) {
        for item in items {
            add(found, &item.items, depth + 1, catalogue);
            found.insert(item.span.start, item_mark(item.number, depth, catalogue.language()));
        }
    }
    let mut found = BTreeMap::new();
    for heading in &outline.headings {
        for paragraph in &heading.paragraphs {
            if paragraph.number > 1 {
                found.insert(paragraph.span.start, paragraph.number.to_string());
            }
            add(&mut found, &paragraph.items, 0, catalogue);
        }
    }
    found
}
