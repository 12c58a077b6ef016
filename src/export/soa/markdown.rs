//! The statement of applicability as Markdown, inert on a forge.

use super::{COLUMNS, Statement, approval_line, lines};
use crate::locale::Catalogue;
use crate::markup::markdown_escape::{escape_markdown, escape_markdown_start};

/// A heading, the approval, and one table.
pub fn markdown(statement: &Statement<'_>, catalogue: &Catalogue) -> String {
    let title = format!("{} {}", statement.organisation, catalogue.get("site-soa"));
    let mut out = format!(
        "# {}\n\n{}\n\n",
        escape_markdown(title.trim()),
        escape_markdown_start(&approval_line(statement, catalogue))
    );
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    out += &row(&COLUMNS.map(|key| escape_markdown(&catalogue.get(key))));
    out += &format!("|{}\n", "---|".repeat(COLUMNS.len()));
    for line in lines(statement, catalogue) {
        let carriers: Vec<String> = line.carriers.iter().map(|carrier| escape_markdown(carrier)).collect();
        let cells =
            [line.number, line.title, line.applicable, line.state, line.reasons, line.justification, line.stated_in];
        let mut cells: Vec<String> = cells.iter().map(|cell| escape_markdown(cell)).collect();
        cells.push(carriers.join("<br>"));
        out += &row(&cells);
    }
    out
}
