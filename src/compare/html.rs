//! A table as HTML: as a part of the handbook's pages, or as one page that needs nothing else and prints on A4
//! landscape.

use super::table::{Cell, Table};
use crate::markup::html::{escape, escaped};

/// The style sheet of comparisons, which the handbook publishes too.
pub const STYLE: &str = include_str!("../../site/assets/compare.css");

/// The `<table>`.
pub fn element(table: &Table) -> String {
    let mut out = String::new();
    if let Some(empty) = &table.empty {
        out.push_str(&format!("<p class=\"no-difference\">{}</p>\n", escaped(empty)));
    }
    if table.rows.is_empty() {
        return out;
    }
    out.push_str("<table class=\"comparison\">\n<thead><tr>");
    for (name, what) in &table.columns {
        out.push_str(&format!("<th scope=\"col\">{}", escaped(name)));
        if !what.is_empty() {
            out.push_str(&format!(" <span class=\"what\">{}</span>", escaped(what)));
        }
        out.push_str("</th>");
    }
    if let Some(remark) = &table.remark {
        out.push_str(&format!("<th scope=\"col\" class=\"remark\">{}</th>", escaped(remark)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str(if row.first { "<tr class=\"first\">" } else { "<tr>" });
        row.cells.iter().for_each(|cell| push(&mut out, cell));
        if table.remark.is_some() {
            out.push_str("<td class=\"remark\">");
            escape(&mut out, &row.remark);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

fn push(out: &mut String, cell: &Cell) {
    let mut classes = Vec::new();
    if cell.heading {
        classes.push("heading".to_owned());
    }
    if cell.note {
        classes.push("note".to_owned());
    }
    if cell.depth > 0 {
        classes.push(format!("depth-{}", cell.depth.min(4)));
    }
    match classes.is_empty() {
        true => out.push_str("<td>"),
        false => out.push_str(&format!("<td class=\"{}\">", classes.join(" "))),
    }
    for segment in &cell.segments {
        let text = escaped(&segment.text).replace('\n', "<br>");
        match segment.changed {
            // Not <ins> and <del>: which of them it is depends on the column, and both columns are underlined.
            true => out.push_str(&format!("<u>{text}</u>")),
            false => out.push_str(&text),
        }
    }
    out.push_str("</td>");
}

/// The page.
pub fn page(table: &Table) -> String {
    let title = escaped(&table.title);
    let language = table.language;
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"comparison-page\">\n<h1>{title}</h1>\n{}</body>\n</html>\n",
        element(table)
    )
}
