//! A comparison as a table of two columns and perhaps remarks, in the manner of companies or of the government. What
//! the table says is decided here; [`super::html`], [`super::markdown`] and [`super::sheet`] only write it.

use super::unit::{LineKind, UnitKind};
use super::words::Segment;
use super::{Change, Comparison, LinePair, LineSide, Row};
use crate::handbook::Handbook;
use crate::handbook::version::PublishedVersion;
use crate::locale::{Catalogue, Language, Text};
use crate::markup::date;

/// Whose manner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Style {
    /// 新 / 旧 / 備考, with remarks.
    #[default]
    Company,
    /// 改正後 / 改正前, without.
    Government,
}

/// Which side stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Order {
    /// The new wording first.
    #[default]
    NewOld,
    /// The old wording first.
    OldNew,
}

/// How a table is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// Whose manner.
    pub style: Style,
    /// Which side stands first.
    pub order: Order,
    /// Whether what did not change is written out instead of （略）.
    pub all: bool,
}

/// A cell of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Steps from the left margin.
    pub depth: u8,
    /// Whether it is the heading of a unit.
    pub heading: bool,
    /// Whether it only says that something is left out, or not there.
    pub note: bool,
    /// What it says.
    pub segments: Vec<Segment>,
}

impl Cell {
    fn note(words: String, changed: bool) -> Self {
        Self { note: true, segments: vec![Segment { text: words, changed }], ..Self::default() }
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Whether a unit begins here.
    pub first: bool,
    /// First and second column.
    pub cells: [Cell; 2],
    /// Third column.
    pub remark: String,
}

/// What a table is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// Language of the words.
    pub language: Language,
    /// 文書番号 and title.
    pub title: String,
    /// What the old wording is: its version and 施行日.
    pub old: String,
    /// What the new wording is.
    pub new: String,
}

impl Subject {
    /// Of two wordings: number and title of the newer, and the version of each with the day from which it is in force.
    pub fn new(
        handbook: &Handbook,
        old: &PublishedVersion<'_>,
        new: &PublishedVersion<'_>,
        catalogue: &Catalogue,
    ) -> Self {
        let describe = |wording: &PublishedVersion<'_>| {
            let version = wording.document.front.version.as_ref().map(|version| version.to_string());
            let version = version.unwrap_or_default();
            let text = match wording.approval {
                Some(approval) => {
                    let day = date::words(approval.effective, handbook.config.calendar, catalogue);
                    Text::new("compare-wording").arg("version", version).arg("date", day)
                }
                None => Text::new("compare-wording-draft").arg("version", version),
            };
            catalogue.text(&text)
        };
        Self {
            language: catalogue.language(),
            title: format!("{} {}", new.document.number(), new.document.title()),
            old: describe(old),
            new: describe(new),
        }
    }
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// Language of the words.
    pub language: Language,
    /// Headings of the columns, with what each wording is.
    pub columns: [(String, String); 2],
    /// Heading of the remarks, where the manner has them.
    pub remark: Option<String>,
    /// What is said where nothing differs.
    pub empty: Option<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

impl Table {
    /// Lays a comparison out.
    pub fn new(comparison: &Comparison, subject: &Subject, layout: Layout, catalogue: &Catalogue) -> Self {
        let get = |key: &str| catalogue.get(key);
        let (new, old) = match layout.style {
            Style::Company => (get("compare-new"), get("compare-old")),
            Style::Government => (get("compare-after"), get("compare-before")),
        };
        let mut columns = [(new, subject.new.clone()), (old, subject.old.clone())];
        let mut writer = Writer { layout, catalogue, rows: Vec::new() };
        writer.write(comparison);
        let mut rows = writer.rows;
        if layout.order == Order::OldNew {
            columns.reverse();
            rows.iter_mut().for_each(|row| row.cells.reverse());
        }
        Self {
            title: catalogue.with_args("compare-title", [("title", subject.title.clone())]),
            language: subject.language,
            columns,
            remark: (layout.style == Style::Company).then(|| get("compare-remark")),
            empty: comparison.is_empty().then(|| get("compare-no-difference")),
            rows,
        }
    }
}

struct Writer<'c> {
    layout: Layout,
    catalogue: &'c Catalogue,
    rows: Vec<TableRow>,
}

impl Writer<'_> {
    fn write(&mut self, comparison: &Comparison) {
        if !self.layout.all && comparison.is_empty() {
            return;
        }
        let mut rest = comparison.rows.as_slice();
        while let Some(first) = rest.first() {
            let alike = |row: &&Row| !self.layout.all && folds(row) && folds(first) && row.change == first.change;
            let run = rest.iter().take_while(alike).count();
            if run > 0 {
                self.folded(&rest[..run]);
            } else {
                self.unit(first);
            }
            rest = &rest[run.max(1)..];
        }
    }

    /// Units that read the same, or differ by their number alone: one row.
    fn folded(&mut self, run: &[Row]) {
        let renumbered = run[0].change == Change::Renumbered;
        // What documents say of themselves is worth no row while it stays.
        let run: Vec<&Row> = run.iter().filter(|row| row.kind != UnitKind::Facts).collect();
        let articles: Vec<&Row> = run.iter().copied().filter(|row| row.kind == UnitKind::Article).collect();
        let named = if articles.is_empty() { &run } else { &articles };
        let (Some(first), Some(last)) = (named.first(), named.last()) else { return };
        let cell = |side: &dyn Fn(&Row) -> Option<String>| {
            let (Some(from), Some(to)) = (side(first), side(last)) else { return Cell::default() };
            let text =
                if from == to { from } else { self.catalogue.with_args("compare-range", [("from", from), ("to", to)]) };
            let mut cell = Cell::note(text, renumbered);
            cell.segments.push(Segment { text: self.catalogue.get("compare-omitted"), changed: false });
            cell
        };
        let short = |name: &super::UnitName| if name.number.is_empty() { &name.label } else { &name.number }.clone();
        let cells = [cell(&|row| row.new.as_ref().map(short)), cell(&|row| row.old.as_ref().map(short))];
        let remark = if renumbered { self.remark("compare-renumbered") } else { String::new() };
        self.rows.push(TableRow { first: true, cells, remark });
    }

    fn unit(&mut self, row: &Row) {
        let begin = self.rows.len();
        let mut omitted: Vec<&LinePair> = Vec::new();
        for (at, line) in row.lines.iter().enumerate() {
            // The heading tells where what follows stands.
            let shown = self.layout.all || line.change != Change::Unchanged || at == 0 && row.kind != UnitKind::Facts;
            if !shown {
                omitted.push(line);
                continue;
            }
            self.omitted(&std::mem::take(&mut omitted), row);
            let remark = if at == 0 { self.unit_remark(row, line) } else { self.line_remark(row, line) };
            let cells = [self.cell(line.new.as_ref(), line, row), self.cell(line.old.as_ref(), line, row)];
            self.rows.push(TableRow { first: self.rows.len() == begin, cells, remark });
        }
        self.omitted(&omitted, row);
        if let Some(first) = self.rows.get_mut(begin) {
            first.first = true;
        }
        // A preamble or the particulars have no heading; what became of the whole stands at its first row.
        if row.change == Change::Moved
            && let Some(first) = self.rows.get_mut(begin)
            && first.remark.is_empty()
        {
            first.remark = self.catalogue.get("compare-moved");
        }
    }

    fn omitted(&mut self, lines: &[&LinePair], row: &Row) {
        if row.kind == UnitKind::Facts {
            return;
        }
        if lines.is_empty() {
            return;
        }
        let cell = |side: &dyn Fn(&LinePair) -> Option<&LineSide>| {
            let sides: Vec<&LineSide> = lines.iter().filter_map(|line| side(line)).collect();
            let Some(first) = sides.first() else { return Cell::default() };
            let peers = || sides.iter().filter(|side| (side.kind, side.depth) == (first.kind, first.depth));
            // A 項 stands for its 号 and tables too; 号 followed by anything else do not.
            let named = first.kind == LineKind::Text || sides.iter().all(|side| side.kind == first.kind);
            let from = if named { first.mark.text.clone() } else { String::new() };
            let to = peers().next_back().map(|side| side.mark.text.clone()).filter(|to| !to.is_empty() && *to != from);
            let text = match to {
                _ if from.is_empty() => String::new(),
                Some(to) => {
                    self.catalogue.with_args("compare-range", [("from", from.clone()), ("to", to)]) + self.space()
                }
                None => format!("{from}{}", self.space()),
            };
            let depth = if text.is_empty() { 0 } else { first.depth };
            Cell { depth, ..Cell::note(format!("{text}{}", self.catalogue.get("compare-omitted")), false) }
        };
        let cells = [cell(&|line| line.new.as_ref()), cell(&|line| line.old.as_ref())];
        self.rows.push(TableRow { first: false, cells, remark: String::new() });
    }

    fn cell(&self, side: Option<&LineSide>, line: &LinePair, row: &Row) -> Cell {
        let Some(side) = side else {
            let whole = matches!(row.change, Change::Added | Change::Removed);
            let heading = [&line.old, &line.new].into_iter().flatten().any(|side| side.kind == LineKind::Heading);
            return match (self.layout.style, line.change) {
                // Of a whole unit the first row says it for all.
                (Style::Government, _) if whole && !heading => Cell::default(),
                (Style::Government, Change::Added) => Cell::note(self.catalogue.get("compare-gov-added"), true),
                (Style::Government, _) => Cell::note(self.catalogue.get("compare-gov-removed"), true),
                (Style::Company, _) => Cell::default(),
            };
        };
        let mut segments = Vec::new();
        let mut add = |text: &str, changed: bool| {
            if text.is_empty() {
                return;
            }
            match segments.last_mut() {
                Some(Segment { text: last, changed: same }) if *same == changed => last.push_str(text),
                _ => segments.push(Segment { text: text.to_owned(), changed }),
            }
        };
        add(&side.mark.text, side.mark.changed);
        let first = side.cells.first().and_then(|cell| cell.first());
        if !side.mark.text.is_empty() && !first.is_some_and(|segment| segment.text.starts_with('（')) {
            add(self.space(), side.mark.changed && first.is_some_and(|segment| segment.changed));
        }
        for (at, cell) in side.cells.iter().enumerate() {
            if at > 0 {
                add(" ｜ ", false);
            }
            cell.iter().for_each(|segment| add(&segment.text, segment.changed));
        }
        Cell { depth: side.depth, heading: side.kind == LineKind::Heading, note: false, segments }
    }

    fn space(&self) -> &'static str {
        match self.catalogue.language() {
            Language::Ja => "　",
            Language::En => " ",
        }
    }

    fn unit_remark(&self, row: &Row, line: &LinePair) -> String {
        let from = |key: &str| {
            let Some(old) = &row.old else { return self.remark(key) };
            if row.new.as_ref().is_some_and(|new| !old.is_distinct_from(new)) {
                return self.remark(key);
            }
            format!("{}{}", self.remark(key), self.catalogue.with_args("compare-moved-from", [("place", old.place())]))
        };
        match row.change {
            Change::Added => self.remark("compare-added-unit"),
            Change::Removed | Change::Deleted => self.remark("compare-removed"),
            Change::Moved => from("compare-moved"),
            _ => self.line_remark(row, line),
        }
    }

    fn line_remark(&self, row: &Row, line: &LinePair) -> String {
        match (row.change, line.change) {
            (Change::Added | Change::Removed | Change::Deleted, _) | (_, Change::Unchanged) => String::new(),
            (_, Change::Added) => self.remark("compare-added"),
            (_, Change::Removed) => self.remark("compare-removed"),
            (_, Change::Renumbered) => self.remark("compare-renumbered"),
            _ => self.remark("compare-changed"),
        }
    }

    fn remark(&self, key: &str) -> String {
        match self.layout.style {
            Style::Company => self.catalogue.get(key),
            Style::Government => String::new(),
        }
    }
}

/// Whether a unit may stand in one row with its neighbours.
fn folds(row: &Row) -> bool {
    let heading_only = || row.lines.iter().enumerate().all(|(at, line)| at == 0 || line.change == Change::Unchanged);
    match row.change {
        Change::Unchanged => true,
        Change::Renumbered => row.kind == UnitKind::Article && heading_only(),
        _ => false,
    }
}
