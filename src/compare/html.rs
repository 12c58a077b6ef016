//! A table as HTML: as a part of the handbook's pages, or as one page that needs nothing else and prints on A4
//! landscape.

use std::sync::LazyLock;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;

use super::table::{Cell, Table};
use super::words::Segment;
use crate::markup::template::{self, TemplateError};

/// The style sheet of comparisons, which the handbook publishes too.
pub const STYLE: &str = include_str!("../../site/assets/compare.css");

const TEMPLATES: [(&str, &str); 2] = [
    ("comparison/page.html", include_str!("../../site/templates/comparison/page.html")),
    ("comparison/table.html", include_str!("../../site/templates/comparison/table.html")),
];

static ENVIRONMENT: LazyLock<Result<Environment<'static>, TemplateError>> = LazyLock::new(|| {
    let mut environment = template::pages();
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).map_err(|error| TemplateError::new(name, &error))?;
    }
    Ok(environment)
});

/// A table as the templates see it.
#[derive(Serialize)]
struct TableView<'t> {
    title: &'t str,
    language: &'static str,
    columns: &'t [(String, String); 2],
    remark: Option<&'t str>,
    empty: Option<&'t str>,
    rows: Vec<RowView<'t>>,
}

#[derive(Serialize)]
struct RowView<'t> {
    first: bool,
    cells: [CellView<'t>; 2],
    remark: &'t str,
}

#[derive(Serialize)]
struct CellView<'t> {
    class: String,
    segments: &'t [Segment],
}

/// The `<table>`.
///
/// # Errors
/// Where the template is wrong: a fault of the program's own files, which its tests find.
pub fn element(table: &Table) -> Result<String, TemplateError> {
    print("comparison/table.html", table)
}

/// The page.
///
/// # Errors
/// Where the template is wrong: a fault of the program's own files, which its tests find.
pub fn page(table: &Table) -> Result<String, TemplateError> {
    print("comparison/page.html", table)
}

fn print(name: &str, table: &Table) -> Result<String, TemplateError> {
    let environment = ENVIRONMENT.as_ref().map_err(Clone::clone)?;
    let view = TableView {
        title: &table.title,
        language: table.language.code(),
        columns: &table.columns,
        remark: table.remark.as_deref(),
        empty: table.empty.as_deref(),
        rows: table
            .rows
            .iter()
            .map(|row| RowView { first: row.first, cells: row.cells.each_ref().map(cell), remark: &row.remark })
            .collect(),
    };
    let context = context! { table => Value::from(Serde(view)), style => Value::from_safe_string(STYLE.to_owned()) };
    let mut html = template::render(environment, name, context)?;
    html.push('\n');
    Ok(html)
}

fn cell(cell: &Cell) -> CellView<'_> {
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
    CellView { class: classes.join(" "), segments: &cell.segments }
}
