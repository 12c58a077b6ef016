//! From the tree of a document to lines: what stands in which container, with which mark, how deep.

mod heading;
mod reference;

use crate::compare::unit::{Line, LineKind, Piece, Unit, UnitKind};
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;
use crate::model::content::{Alert, Block, Content, Inline, Kind, Node, Step};
use crate::numbering::item_mark;
use crate::parse::markdown::written_without_spaces;

/// Reads one wording.
pub(super) struct Reader<'r, 'h> {
    edition: &'r Edition<'h>,
    entry: &'r PublishedVersion<'h>,
    catalogue: &'r Catalogue,
    /// Whole file.
    text: &'h str,
    pub(super) units: Vec<Unit>,
    /// Kinds of lines that the containers around the text make.
    around: Vec<(LineKind, u8)>,
    /// For each open list: the number of its next entry, where the author's numbers count.
    lists: Vec<Option<u64>>,
    /// How many 号 are around.
    items: usize,
    mark: Option<String>,
    line: Option<Line>,
    row: Vec<Vec<Piece>>,
    in_row: bool,
    /// Text that is shown as typed, by its lines.
    typed: Option<String>,
    /// What the links around mean; `None` where the words inside are not shown.
    link: Vec<Option<String>>,
    /// Whether what is inside the node that was entered is left out.
    skip: bool,
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
        let text = entry.text(edition.handbook);
        Self {
            edition,
            entry,
            catalogue,
            text,
            units: vec![preamble],
            around: Vec::new(),
            lists: Vec::new(),
            items: 0,
            mark: None,
            line: None,
            row: Vec::new(),
            in_row: false,
            typed: None,
            link: Vec::new(),
            skip: false,
            broken: false,
        }
    }

    fn content(&self) -> &'h Content {
        &self.entry.document.content
    }

    pub(super) fn read(&mut self) {
        let mut walk = self.content().walk();
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) => {
                    match node.kind {
                        Kind::Block(block) => self.enter(block),
                        Kind::Inline(inline) => self.enter_inline(inline, node, walk.inside()),
                    }
                    if std::mem::take(&mut self.skip) {
                        walk.skip_inside();
                    }
                }
                Step::Leave(node) => match node.kind {
                    Kind::Block(block) => self.leave(block),
                    Kind::Inline(Inline::Reference(_)) => drop(self.link.pop()),
                    Kind::Inline(_) => {}
                },
            }
        }
        self.flush();
    }

    fn enter(&mut self, block: Block) {
        match block {
            // A heading begins a unit; what encloses it says nothing more.
            Block::Section(_) => {}
            Block::Heading { section, .. } => self.start_heading(section),
            Block::Paragraph(number) => self.start_paragraph(number),
            Block::Quotation => {
                self.flush();
                self.around.push((LineKind::Text, self.depth() + 1));
            }
            Block::Alert(alert) => self.start_alert(alert),
            Block::Code(_) | Block::Typed => {
                self.flush();
                self.typed = Some(String::new());
            }
            Block::List(list) => {
                self.flush();
                self.lists.push(list.start);
            }
            Block::Item(number) => self.start_item(number),
            Block::Note(note) => {
                self.flush_item();
                self.mark = Some(self.note_mark(note));
                self.around.push((LineKind::Note, 1));
            }
            // The cells have no room for the mark of an entry that begins with them.
            Block::Table(_) => self.flush_item(),
            Block::Row { .. } => {
                self.flush();
                self.in_row = true;
            }
            Block::Cell => self.row.push(Vec::new()),
            Block::Rule => self.lone(LineKind::Text, "――――"),
        }
    }

    fn leave(&mut self, block: Block) {
        match block {
            Block::Heading { section, .. } => self.end_heading(section),
            Block::Paragraph(_) => self.flush(),
            Block::Item(number) => {
                self.flush_item();
                self.around.pop();
                self.items -= usize::from(number.is_some());
            }
            Block::Quotation | Block::Alert(_) | Block::Note(_) => {
                self.flush_item();
                self.around.pop();
            }
            Block::List(_) => {
                self.flush();
                self.lists.pop();
            }
            Block::Code(_) | Block::Typed => {
                for line in self.typed.take().unwrap_or_default().lines() {
                    self.lone(LineKind::Code, line);
                }
            }
            Block::Row { .. } => {
                self.in_row = false;
                let cells = std::mem::take(&mut self.row);
                let line = Line { kind: LineKind::Row, depth: self.depth(), mark: String::new(), cells };
                self.keep(line);
            }
            Block::Section(_) | Block::Table(_) | Block::Cell | Block::Rule => {}
        }
    }

    fn enter_inline(&mut self, inline: Inline, node: &Node, inside: &[Node]) {
        match inline {
            Inline::Text(words) | Inline::Code(words) | Inline::Typed(words) => {
                let text = self.text;
                self.push_text(self.content().words(node, words, text));
            }
            Inline::SoftBreak => self.broken = true,
            Inline::HardBreak => self.push(Piece::plain("\n")),
            Inline::Task { done } => self.push_text(if done { "☑ " } else { "☐ " }),
            Inline::Mention(note) => {
                let text = format!("({})", self.note_mark(note));
                let label = self.content().notes().get(note as usize).map_or("", |note| &note.label);
                let meaning = Some(format!("note {}", label.to_lowercase()));
                self.push(Piece { text, meaning, generated: true });
            }
            Inline::Reference(index) => self.start_link(index),
            Inline::Image(index) => self.picture(index, inside),
            // How words are set off is not how they read.
            Inline::Emphasis | Inline::Strong | Inline::Strikethrough => {}
        }
    }

    fn note_mark(&self, note: u32) -> String {
        let number = self.content().notes().get(note as usize).map_or(0, |note| note.number);
        self.catalogue.with_args("site-note-mark", [("number", number.to_string())])
    }

    fn start_alert(&mut self, alert: Alert) {
        self.flush_item();
        let (kind, key) = match alert {
            Alert::Important => (LineKind::Required, "site-alert-required"),
            Alert::Caution => (LineKind::Forbidden, "site-alert-forbidden"),
            Alert::Warning => (LineKind::Alert, "site-alert-warning"),
            Alert::Tip => (LineKind::Alert, "site-alert-tip"),
            Alert::Note => (LineKind::Alert, "site-alert-reference"),
        };
        let word = self.catalogue.get(key);
        self.mark = Some(self.catalogue.with_args("compare-alert", [("word", word)]));
        self.around.push((kind, self.depth() + 1));
    }

    fn depth(&self) -> u8 {
        self.around.last().map_or(0, |(_, depth)| *depth)
    }

    fn start_paragraph(&mut self, number: Option<u32>) {
        if self.line.is_some() {
            self.flush();
        }
        let own = number.filter(|number| *number > 1).map(|number| number.to_string());
        let mark = self.mark.take().or(own).unwrap_or_default();
        self.open(mark);
    }

    fn start_item(&mut self, number: Option<u32>) {
        self.flush();
        let mark = match (number, self.lists.last_mut()) {
            (Some(number), _) => {
                self.items += 1;
                item_mark(number, self.items - 1, self.catalogue.language())
            }
            (None, Some(Some(number))) => {
                let mark = format!("{number}.");
                *number += 1;
                mark
            }
            (None, _) => "・".to_owned(),
        };
        // What an alert is made of stays part of it.
        let (kind, mark) = match (self.around.last(), self.mark.take()) {
            (Some((kind @ (LineKind::Required | LineKind::Forbidden | LineKind::Alert | LineKind::Note), _)), word) => {
                (*kind, format!("{}{mark}", word.unwrap_or_default()))
            }
            (_, Some(outer)) => {
                // An entry that begins with a list has a line of its own.
                self.open(outer);
                self.flush();
                (LineKind::Item, mark)
            }
            (_, None) => (LineKind::Item, mark),
        };
        self.mark = Some(mark);
        self.around.push((kind, self.depth() + 1));
    }

    fn open(&mut self, mark: String) {
        let (kind, depth) = self.around.last().copied().unwrap_or((LineKind::Text, 0));
        self.line = Some(Line { kind, depth, mark, cells: vec![Vec::new()] });
        self.broken = false;
    }

    /// Ends the line; an entry without text still has its mark.
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

    fn push_text(&mut self, text: &str) {
        if let Some(typed) = &mut self.typed {
            typed.push_str(text);
            return;
        }
        let meaning = self.link.last().cloned().flatten();
        self.push(Piece { text: text.to_owned(), meaning, generated: false });
    }

    fn push(&mut self, mut piece: Piece) {
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
