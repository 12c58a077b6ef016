//! The texts of a pack: of each document in force the file as git holds it, and a page that reads like the handbook.

use super::material::Material;
use super::page::{Page, Shell, graded};
use super::table::{Row, Table};
use crate::compare::text::units;
use crate::compare::unit::{Line, LineKind, Piece, UnitKind};
use crate::handbook::edition::Edition;
use crate::markup::html::escaped;
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

/// The texts in force, by the table of documents.
pub fn texts(material: &Material<'_>, shell: &Shell<'_>, documents: &Table) -> Vec<Text> {
    use rayon::prelude::*;
    let edition = Edition::in_force(material.handbook);
    documents
        .rows
        .par_iter()
        .filter_map(|row| {
            let id = documents.get(row, "id").as_str()?;
            documents.get(row, "text_file").as_str()?;
            let entry = edition.entries.get(&DocumentId::parse(id)?)?;
            let object = documents.get(row, "text_object").as_str()?.parse().ok()?;
            let source = material.repository.read_blob(object).ok()?;
            let mut page = Page::new(shell, entry.document.title(), "../");
            page.above("documents.html", "evidence-table-documents");
            page.push(&format!("<h1>{}</h1>\n", escaped(entry.document.title())));
            facts(&mut page, documents, row);
            let units = units(&edition, entry, &material.catalogue);
            let lines = units.iter().filter(|unit| unit.kind != UnitKind::Facts).flat_map(|unit| &unit.lines);
            wording(&mut page, &lines.collect::<Vec<_>>());
            Some(Text { id: id.to_owned(), source, page: page.finish() })
        })
        .collect()
}

fn facts(page: &mut Page<'_>, documents: &Table, row: &Row) {
    let shown = [
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
    page.push("<dl class=\"facts\">\n");
    for key in shown {
        let Some(column) = documents.columns.iter().find(|column| column.key == key) else { continue };
        let cell = page.cell(column, documents.get(row, key), false);
        if !cell.is_empty() {
            let label = page.word(&format!("evidence-column-{}", key.replace('_', "-")));
            page.push(&format!("<div><dt>{}</dt><dd>{cell}</dd></div>\n", escaped(&label)));
        }
    }
    page.push("</dl>\n");
    let claims = graded(page, row);
    page.push(&claims);
}

/// The wording, line by line; rows that follow each other are a table.
fn wording(page: &mut Page<'_>, lines: &[&Line]) {
    page.push("<div class=\"wording\">\n");
    for same in lines.chunk_by(|a, b| a.kind == LineKind::Row && b.kind == LineKind::Row) {
        match same {
            [line] if line.kind != LineKind::Row => push_line(page, line),
            rows => push_rows(page, rows),
        }
    }
    page.push("</div>\n");
}

fn cells(line: &Line) -> Vec<String> {
    let text = |cell: &Vec<Piece>| cell.iter().map(|piece| piece.text.as_str()).collect::<String>();
    line.cells.iter().map(|cell| escaped(&text(cell)).replace('\n', "<br>")).collect()
}

fn push_rows(page: &mut Page<'_>, rows: &[&Line]) {
    page.push("<div class=\"table\"><table>\n");
    for (at, row) in rows.iter().enumerate() {
        let (open, close) = if at == 0 { ("<th scope=\"col\">", "</th>") } else { ("<td>", "</td>") };
        let cells: String = cells(row).iter().map(|cell| format!("{open}{cell}{close}")).collect();
        page.push(&format!("<tr>{cells}</tr>\n"));
    }
    page.push("</table></div>\n");
}

fn push_line(page: &mut Page<'_>, line: &Line) {
    let words = cells(line).join(" ");
    let space = if words.starts_with('（') { "" } else { " " };
    let mark = match line.mark.as_str() {
        "" => String::new(),
        mark => format!("<span class=\"mark\">{}</span>{space}", escaped(mark)),
    };
    let class = match line.kind {
        LineKind::Required => "required",
        LineKind::Forbidden => "forbidden",
        LineKind::Alert => "alert",
        LineKind::Code => "code",
        LineKind::Note => "note",
        LineKind::Fact(_) => "meta",
        _ => "line",
    };
    match line.kind {
        LineKind::Heading => page.push(&format!("<h2>{mark}{words}</h2>\n")),
        _ => page.push(&format!("<p class=\"{class} depth-{}\">{mark}{words}</p>\n", line.depth.min(4))),
    }
}
