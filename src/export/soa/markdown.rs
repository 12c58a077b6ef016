//! The statement of applicability as Markdown, inert on a forge.

use super::{COLUMNS, Statement, approval_line, lines};
use crate::export::inert::{inert, inert_start};
use crate::locale::Catalogue;

/// A heading, the approval, and one table.
pub fn markdown(statement: &Statement<'_>, catalogue: &Catalogue) -> String {
    let title = format!("{} {}", statement.organisation, catalogue.get("site-soa"));
    let mut out = format!("# {}\n\n{}\n\n", inert(title.trim()), inert_start(&approval_line(statement, catalogue)));
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    out += &row(&COLUMNS.map(|key| inert(&catalogue.get(key))));
    out += &format!("|{}\n", "---|".repeat(COLUMNS.len()));
    for line in lines(statement, catalogue) {
        let carriers: Vec<String> = line.carriers.iter().map(|carrier| inert(carrier)).collect();
        let cells =
            [line.number, line.title, line.applicable, line.state, line.reasons, line.justification, line.stated_in];
        let mut cells: Vec<String> = cells.iter().map(|cell| inert(cell)).collect();
        cells.push(carriers.join("<br>"));
        out += &row(&cells);
    }
    out
}
