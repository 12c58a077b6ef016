//! A table as Markdown, for pull requests and minutes. Differences are underlined by `<ins>`, which forges show.

use super::table::{Cell, Table};
use crate::markup::markdown_escape::escape_markdown;

/// The text.
pub fn markdown(table: &Table) -> String {
    let mut out = format!("# {}\n\n", escape_markdown(&table.title));
    if let Some(empty) = &table.empty {
        out.push_str(&format!("{}\n\n", escape_markdown(empty)));
    }
    out + &grid(table)
}

/// The table alone.
pub fn grid(table: &Table) -> String {
    let mut out = String::new();
    let heading = |(name, what): &(String, String)| match what.is_empty() {
        true => escape_markdown(name),
        false => format!("{}（{}）", escape_markdown(name), escape_markdown(what)),
    };
    let mut columns: Vec<String> = table.columns.iter().map(heading).collect();
    columns.extend(table.remark.iter().map(|remark| escape_markdown(remark)));
    out.push_str(&format!("| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(columns.len())));
    for row in &table.rows {
        let mut cells: Vec<String> = row.cells.iter().map(cell).collect();
        if table.remark.is_some() {
            cells.push(escape_markdown(&row.remark));
        }
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

fn cell(cell: &Cell) -> String {
    let mut out = "　".repeat(usize::from(cell.depth));
    for segment in &cell.segments {
        let text = escape_markdown(&segment.text);
        if segment.changed {
            out.push_str(&format!("<ins>{text}</ins>"));
        } else {
            out.push_str(&text);
        }
    }
    if cell.heading && !out.is_empty() { format!("**{out}**") } else { out }
}
