//! The texts of a pack: of each document in force the file as git holds it, and a page that reads like the handbook.

use serde::Serialize;

use super::material::Material;
use super::page::{Cell, Graded, Pages};
use super::table::{Row, Table};
use crate::compare::text::units;
use crate::compare::unit::{Line, LineKind, Piece, UnitKind};
use crate::handbook::edition::Edition;
use crate::markup::template::TemplateError;
use crate::model::id::DocumentId;

/// A document's file and its page.
pub struct Text {
    /// Document id.
    pub id: String,
    /// The file, byte for byte.
    pub source: Vec<u8>,
    /// The page.
    pub page: String,
}

#[derive(Serialize)]
struct TextPage<'d> {
    title: &'d str,
    facts: Vec<Fact>,
    claims: Vec<Graded>,
    wording: Vec<Block>,
}

#[derive(Serialize)]
struct Fact {
    label: String,
    cell: Cell,
}

/// A line of the wording, or rows that follow each other.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Block {
    Heading {
        mark: String,
        /// What stands between the mark and the words.
        space: &'static str,
        words: String,
    },
    Line {
        class: &'static str,
        depth: u8,
        mark: String,
        space: &'static str,
        words: String,
    },
    Table {
        rows: Vec<Vec<String>>,
    },
}

/// The texts in force, by the table of documents.
///
/// # Errors
/// Where a template is wrong.
pub fn texts(material: &Material<'_>, pages: &Pages, documents: &Table) -> Result<Vec<Text>, TemplateError> {
    use rayon::prelude::*;
    let edition = Edition::in_force(material.handbook);
    let text = |row: &Row| {
        let id = documents.get(row, "id").as_str()?;
        documents.get(row, "text_file").as_str()?;
        let entry = edition.entries.get(&DocumentId::parse(id)?)?;
        let object = documents.get(row, "text_object").as_str()?.parse().ok()?;
        let source = material.repository.read_blob(object).ok()?;
        let units = units(&edition, entry, &material.catalogue);
        let lines = units.iter().filter(|unit| unit.kind != UnitKind::Facts).flat_map(|unit| &unit.lines);
        let page = TextPage {
            title: entry.document.title(),
            facts: facts(pages, documents, row),
            claims: pages.graded(row),
            wording: wording(&lines.collect::<Vec<_>>()),
        };
        let page = pages.print("evidence/text.html", "../", page);
        Some(page.map(|page| Text { id: id.to_owned(), source, page }))
    };
    documents.rows.par_iter().filter_map(text).collect()
}

fn facts(pages: &Pages, documents: &Table, row: &Row) -> Vec<Fact> {
    const SHOWN: [&str; 16] = [
        "id",
        "number",
        "version",
        "approved_on",
        "effective",
        "role",
        "approver",
        "owner",
        "classification",
        "last_review",
        "next_review",
        "digest",
        "text_commit",
        "text_path",
        "text_object",
        "recorded_commit",
    ];
    let columns = SHOWN.iter().filter_map(|key| documents.columns.iter().find(|column| column.key == *key));
    let facts = columns.map(|column| Fact {
        label: pages.label(column.key),
        cell: pages.cell(column, documents.get(row, column.key), false),
    });
    facts.filter(|fact| !fact.cell.is_empty()).collect()
}

/// The wording, line by line; rows that follow each other are a table.
fn wording(lines: &[&Line]) -> Vec<Block> {
    let same = lines.chunk_by(|a, b| a.kind == LineKind::Row && b.kind == LineKind::Row);
    let block = |same: &[&Line]| match same {
        [line] if line.kind != LineKind::Row => block(line),
        rows => Block::Table { rows: rows.iter().map(|row| cells(row)).collect() },
    };
    same.map(block).collect()
}

fn cells(line: &Line) -> Vec<String> {
    let text = |cell: &Vec<Piece>| cell.iter().map(|piece| piece.text.as_str()).collect();
    line.cells.iter().map(text).collect()
}

fn block(line: &Line) -> Block {
    let words = cells(line).join(" ");
    let (mark, space) = (line.mark.clone(), if words.starts_with('（') { "" } else { " " });
    let class = match line.kind {
        LineKind::Heading => return Block::Heading { mark, space, words },
        LineKind::Required => "required",
        LineKind::Forbidden => "forbidden",
        LineKind::Alert => "alert",
        LineKind::Code => "code",
        LineKind::Note => "note",
        LineKind::Fact(_) => "meta",
        _ => "line",
    };
    Block::Line { class, depth: line.depth.min(4), mark, space, words }
}
