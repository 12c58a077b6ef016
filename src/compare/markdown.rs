//! A table as Markdown, for pull requests and minutes. Differences are underlined by `<ins>`, which forges show.

use super::table::{Cell, Table};

/// The text.
pub fn markdown(table: &Table) -> String {
    let mut out = format!("# {}\n\n", escape(&table.title));
    if let Some(empty) = &table.empty {
        out.push_str(&format!("{}\n\n", escape(empty)));
    }
    let heading = |(name, what): &(String, String)| match what.is_empty() {
        true => escape(name),
        false => format!("{}（{}）", escape(name), escape(what)),
    };
    let mut columns: Vec<String> = table.columns.iter().map(heading).collect();
    columns.extend(table.remark.iter().map(|remark| escape(remark)));
    out.push_str(&format!("| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(columns.len())));
    for row in &table.rows {
        let mut cells: Vec<String> = row.cells.iter().map(cell).collect();
        if table.remark.is_some() {
            cells.push(escape(&row.remark));
        }
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

fn cell(cell: &Cell) -> String {
    let mut out = "　".repeat(usize::from(cell.depth));
    for segment in &cell.segments {
        let text = escape(&segment.text);
        if segment.changed {
            out.push_str(&format!("<ins>{text}</ins>"));
        } else {
            out.push_str(&text);
        }
    }
    if cell.heading && !out.is_empty() { format!("**{out}**") } else { out }
}

/// Text that means itself inside a cell.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '@' => out.push_str("&#64;"),
            c => out.push(c),
        }
    }
    out
}
