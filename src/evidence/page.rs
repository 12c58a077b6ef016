//! Pages of a pack: plain HTML that needs nothing beside its style sheet, for a screen, a phone and paper.

use std::collections::BTreeSet;

use serde_json::Value;

use super::grade::Grade;
use super::material::{Material, Request};
use super::table::{Column, Kind, Row, Table, words};
use crate::locale::{Catalogue, Text};
use crate::markup::date;
use crate::markup::html::{address_part, escaped};

/// The style sheet.
pub const STYLE: &str = include_str!("../../site/assets/evidence.css");

/// What a pack's pages may load: their style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

/// What all pages of a pack share.
pub struct Shell<'m> {
    /// Words.
    pub catalogue: &'m Catalogue,
    /// What was asked for.
    pub request: &'m Request,
    /// The organisation.
    pub organisation: &'m str,
    /// Title of the handbook.
    pub handbook: &'m str,
    /// The commit.
    pub commit: String,
    /// How dates are shown in running text.
    pub calendar: crate::model::config::Calendar,
    /// Documents that have a page.
    pub linked: BTreeSet<String>,
}

impl<'m> Shell<'m> {
    /// The shell of a pack whose documents are these.
    pub fn new(material: &'m Material<'_>, documents: &Table) -> Self {
        let with_text = documents.rows.iter().filter(|row| !documents.get(row, "text_file").is_null());
        Self {
            catalogue: &material.catalogue,
            request: material.request,
            organisation: &material.handbook.config.organisation,
            handbook: &material.handbook.config.title,
            commit: material.commit.to_string(),
            calendar: material.handbook.config.calendar,
            linked: with_text.map(|row| words(documents.get(row, "id"))).collect(),
        }
    }

    /// A day in words.
    pub fn day(&self, day: jiff::civil::Date) -> String {
        date::words(day, self.calendar, self.catalogue)
    }

    /// The period in words.
    pub fn period(&self) -> String {
        let to = self.day(self.request.to);
        match self.request.from {
            Some(from) => {
                self.catalogue.text(&Text::new("evidence-period-between").arg("from", self.day(from)).arg("to", to))
            }
            None => self.catalogue.text(&Text::new("evidence-period-until").arg("to", to)),
        }
    }
}

/// A page in the making.
pub struct Page<'s> {
    shell: &'s Shell<'s>,
    root: &'static str,
    out: String,
}

impl<'s> Page<'s> {
    /// A page with its head. `root` leads from it to the pack's first page.
    pub fn new(shell: &'s Shell<'s>, title: &str, root: &'static str) -> Self {
        let language = shell.catalogue.language();
        let name = shell.catalogue.get("evidence-title");
        let out = format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"{POLICY}\">\n<meta name=\"robots\" content=\"noindex\">\n<meta name=\"color-scheme\" \
             content=\"light dark\">\n<title>{} | {name}</title>\n<link rel=\"stylesheet\" href=\"{root}style.css\">\n\
             </head>\n<body>\n<header><p><a href=\"{root}index.html\">{name}</a> <span>{} {}</span></p></header>\n<main>\n",
            escaped(title),
            escaped(shell.organisation),
            escaped(&shell.period()),
        );
        Self { shell, root, out }
    }

    /// Adds HTML.
    pub fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Words of the catalogue.
    pub fn word(&self, key: &str) -> String {
        self.shell.catalogue.get(key)
    }

    /// A link to the page above.
    pub fn above(&mut self, address: &str, key: &str) {
        let link = format!("<p class=\"above\"><a href=\"{}{address}\">{}</a></p>\n", self.root, self.word(key));
        self.push(&link);
    }

    /// A heading and what stands below it.
    pub fn section(&mut self, key: &str) {
        let heading = format!("<h2>{}</h2>\n", escaped(&self.word(key)));
        self.push(&heading);
    }

    /// A value as HTML; dates as in tables where `wide`, else in words.
    pub fn cell(&self, column: &Column, value: &Value, wide: bool) -> String {
        match (column.kind, value) {
            (_, Value::Null) => String::new(),
            (_, Value::Array(values)) => {
                let all: Vec<String> = values.iter().map(|value| self.cell(column, value, wide)).collect();
                all.join(&escaped(&self.word("site-list-comma")))
            }
            (Kind::Code(beginning), Value::String(code)) => escaped(&self.word(&format!("{beginning}-{code}"))),
            (Kind::Flag, Value::Bool(yes)) => match yes {
                true => escaped(&self.word("evidence-yes")),
                false => String::new(),
            },
            (Kind::Date, Value::String(day)) => match day.parse() {
                Ok(day) if !wide => date::element(day, self.shell.calendar, self.shell.catalogue),
                _ => format!("<time>{}</time>", escaped(day)),
            },
            (Kind::Object, Value::String(name)) => {
                let short = name.get(..12).filter(|_| wide).unwrap_or(name);
                format!("<code title=\"{}\">{}</code>", escaped(name), escaped(short))
            }
            (Kind::Document, Value::String(id)) if wide && self.shell.linked.contains(id) => {
                format!("<a href=\"{}texts/{}.html\">{}</a>", self.root, address_part(id), escaped(id))
            }
            (_, value) => escaped(&words(value)),
        }
    }

    /// Columns of a table, several in one cell where `+` joins their keys, and what is claimed: once above the table what
    /// most rows claim, and behind every row that claims something else. Columns without a value are left out.
    pub fn table(&mut self, table: &Table, groups: &[&str]) {
        if table.rows.is_empty() {
            let none = format!("<p class=\"none\">{}</p>\n", escaped(&self.word("evidence-none")));
            return self.push(&none);
        }
        let groups: Vec<Vec<&Column>> = groups.iter().map(|group| columns(table, group)).collect();
        let groups: Vec<Vec<&Column>> = groups.into_iter().filter(|group| !group.is_empty()).collect();
        let label = |key: &str| escaped(&self.word(&format!("evidence-column-{}", key.replace('_', "-"))));
        // Behind the first value of a cell every other one bears its own label.
        let labels: Vec<String> = groups.iter().filter_map(|group| Some(label(group.first()?.key))).collect();
        let claims: Vec<String> = table.rows.iter().map(|row| graded(self, row)).collect();
        let usual = usual(&claims);
        let differs = claims.iter().any(|claims| claims != usual);
        let mut html = String::new();
        if !usual.is_empty() {
            let key = if differs { "evidence-usual-differs" } else { "evidence-usual" };
            html.push_str(&format!(
                "<div class=\"usual\"><p class=\"meta\">{}</p>{usual}</div>\n",
                escaped(&self.word(key))
            ));
        }
        html.push_str(&format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n<thead><tr>",
            escaped(&self.word(&format!("evidence-table-{}", table.name)))
        ));
        labels.iter().for_each(|label| html.push_str(&format!("<th scope=\"col\">{label}</th>")));
        if differs {
            html.push_str(&format!("<th scope=\"col\">{}</th>", label("grades")));
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for (row, claims) in table.rows.iter().zip(&claims) {
            html.push_str("<tr>");
            for (group, label) in groups.iter().zip(&labels) {
                html.push_str(&format!(
                    "<td{} data-label=\"{label}\">{}</td>",
                    class(group),
                    self.group(table, row, group)
                ));
            }
            if differs {
                let own = if claims == usual { "" } else { claims };
                html.push_str(&format!("<td class=\"grades\">{own}</td>"));
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table>\n</div>\n");
        self.push(&html);
    }

    /// The values of some columns below each other, each only once, the first without its label.
    fn group(&self, table: &Table, row: &Row, group: &[&Column]) -> String {
        let mut seen: Vec<String> = Vec::new();
        let mut html = String::new();
        for (at, column) in group.iter().enumerate() {
            let cell = self.cell(column, table.get(row, column.key), true);
            if cell.is_empty() || seen.contains(&cell) {
                continue;
            }
            let tag = match at {
                0 => String::new(),
                _ => {
                    let label = self.word(&format!("evidence-column-{}", column.key.replace('_', "-")));
                    format!("<span class=\"tag\">{}</span> ", escaped(&label))
                }
            };
            html.push_str(&format!("<span class=\"part\">{tag}{cell}</span>"));
            seen.push(cell);
        }
        html
    }

    /// The finished page.
    pub fn finish(mut self) -> String {
        let made = Text::new("evidence-footer")
            .arg("commit", self.shell.commit.as_str())
            .arg("day", self.shell.day(self.shell.request.made_on))
            .arg("version", env!("CARGO_PKG_VERSION"));
        let made = escaped(&self.shell.catalogue.text(&made));
        self.out.push_str(&format!("</main>\n<footer><p>{made}</p></footer>\n</body>\n</html>\n"));
        self.out
    }
}

/// The columns of a group that have a value in some row.
fn columns<'t>(table: &'t Table, group: &str) -> Vec<&'t Column> {
    let known = group.split('+').filter_map(|key| table.columns.iter().find(|column| column.key == key));
    let is_said = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(values) => !values.is_empty(),
        _ => true,
    };
    known.filter(|column| table.rows.iter().any(|row| is_said(table.get(row, column.key)))).collect()
}

/// How the cells of a group are laid out.
fn class(group: &[&Column]) -> &'static str {
    match group.first().map(|column| column.kind) {
        Some(Kind::Date) => " class=\"date\"",
        Some(Kind::Document | Kind::Object) => " class=\"id\"",
        Some(Kind::Text | Kind::Code(_) | Kind::Flag) | None => "",
    }
}

/// What most rows claim; of several the first in the order of text.
fn usual(claims: &[String]) -> &str {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for claims in claims {
        *counts.entry(claims).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or_default();
    counts.into_iter().find(|(_, count)| *count == most).map_or("", |(claims, _)| claims)
}

/// What a row claims, by grade.
pub fn graded(page: &Page<'_>, row: &Row) -> String {
    let mut html = String::new();
    for grade in Grade::ALL {
        let claims: Vec<String> = row
            .claims
            .iter()
            .filter(|claim| claim.grade == grade)
            .map(|claim| escaped(&page.word(&format!("evidence-claim-{}", claim.what))))
            .collect();
        if !claims.is_empty() {
            let name = grade.name();
            html.push_str(&format!(
                "<p class=\"claims\"><span class=\"grade {name}\">{}</span> {}</p>",
                escaped(&page.word(&format!("evidence-grade-{name}"))),
                claims.join(&escaped(&page.word("site-list-comma")))
            ));
        }
    }
    html
}
