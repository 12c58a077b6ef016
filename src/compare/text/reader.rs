//! From the events of Markdown to lines: what stands in which container, with which mark, how deep.

mod heading;
mod reference;

use std::collections::BTreeMap;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use crate::compare::unit::{Line, LineKind, Piece, Unit, UnitKind};
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;
use crate::model::outline::{Item, Outline};
use crate::numbering::item_mark;
use crate::parse::markdown::{events, written_without_spaces};

/// Reads one wording.
pub(super) struct Reader<'r, 'h> {
    edition: &'r Edition<'h>,
    entry: &'r PublishedVersion<'h>,
    catalogue: &'r Catalogue,
    /// Marks of 項 and 号 by the byte at which their text starts.
    marks: BTreeMap<usize, String>,
    /// Numbers of footnotes by label, in the order of mention.
    notes: BTreeMap<String, usize>,
    pub(super) units: Vec<Unit>,
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
    pub(super) fn new(edition: &'r Edition<'h>, entry: &'r PublishedVersion<'h>, catalogue: &'r Catalogue) -> Self {
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

    pub(super) fn read(&mut self) {
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
