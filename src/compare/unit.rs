//! What a comparison compares: units (front matter, preamble, each heading with what stands below it) made of lines, with
//! the generated numbers apart from the text they number. Plain values; knows no handbook.

use crate::locale::Catalogue;
use crate::model::outline::{Heading, HeadingKind};
use crate::numbering::{caption_in_brackets, heading_number};

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
    pub(super) fn plain(text: impl Into<String>) -> Self {
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
