//! What the pages of a pack share: the engine that prints them, what stands around their content, and values as cells.
//! The templates (`site/templates/evidence/`) are the program's own, whatever the repository holds: a pack follows from
//! the commit and the request alone.

use std::collections::BTreeSet;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;

use super::grade::Grade;
use super::material::Material;
use super::table::{Column, Kind, Row, Table, words};
use crate::locale::{Catalogue, Text};
use crate::markup::date;
use crate::markup::html::address_part;
use crate::markup::template::{self, TemplateError};

/// The style sheet.
pub const STYLE: &str = include_str!("../../site/assets/evidence.css");

/// What a pack's pages may load: their style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

const TEMPLATES: [(&str, &str); 5] = [
    ("evidence/base.html", include_str!("../../site/templates/evidence/base.html")),
    ("evidence/index.html", include_str!("../../site/templates/evidence/index.html")),
    ("evidence/parts.html", include_str!("../../site/templates/evidence/parts.html")),
    ("evidence/table.html", include_str!("../../site/templates/evidence/table.html")),
    ("evidence/text.html", include_str!("../../site/templates/evidence/text.html")),
];

/// What every page of a pack shows around its content.
#[derive(Debug, Serialize)]
pub struct PageLayout {
    language: &'static str,
    policy: &'static str,
    /// The organisation.
    pub organisation: String,
    /// Title of the handbook.
    pub handbook: String,
    /// The period in words.
    pub period: String,
    /// The commit.
    pub commit: String,
    /// The day taken as today, in words.
    pub made_on: String,
    version: &'static str,
}

/// What prints the pages of a pack.
pub struct Pages {
    /// Words.
    pub catalogue: Catalogue,
    /// What stands around each page.
    pub layout: PageLayout,
    environment: Environment<'static>,
    pack: Value,
    /// Documents that have a page.
    linked: BTreeSet<String>,
}

impl Pages {
    /// For a pack whose documents are these.
    ///
    /// # Errors
    /// Where a template is wrong.
    pub fn new(material: &Material<'_>, documents: &Table) -> Result<Self, TemplateError> {
        let catalogue = material.catalogue;
        let config = &material.handbook.config;
        let mut environment = template::pages();
        template::add_words(&mut environment, catalogue);
        template::add_dates(&mut environment, catalogue, config.calendar);
        for (name, source) in TEMPLATES {
            environment.add_template(name, source).map_err(|error| TemplateError::new(name, &error))?;
        }
        let day = |day| date::words(day, config.calendar, &catalogue);
        let request = material.request;
        let period = match request.from {
            Some(from) => Text::new("evidence-period-between").arg("from", day(from)),
            None => Text::new("evidence-period-until"),
        };
        let layout = PageLayout {
            language: catalogue.language().code(),
            policy: POLICY,
            organisation: config.organisation.clone(),
            handbook: config.title.clone(),
            period: catalogue.text(&period.arg("to", day(request.to))),
            commit: material.commit.to_string(),
            made_on: day(request.made_on),
            version: env!("CARGO_PKG_VERSION"),
        };
        let with_text = documents.rows.iter().filter(|row| !documents.get(row, "text_file").is_null());
        let linked = with_text.map(|row| words(documents.get(row, "id"))).collect();
        let pack = Value::from(Serde(&layout));
        Ok(Self { catalogue, layout, environment, pack, linked })
    }

    /// A page. `root` leads from it to the pack's first page.
    ///
    /// # Errors
    /// Where the template is wrong.
    pub fn print(&self, name: &str, root: &str, page: impl Serialize) -> Result<String, TemplateError> {
        let context = context! { pack => self.pack.clone(), root, page => Value::from(Serde(page)) };
        let mut html = template::render(&self.environment, name, context)?;
        html.push('\n');
        Ok(html)
    }

    /// Heading of a column.
    pub fn label(&self, key: &str) -> String {
        self.catalogue.get(&format!("evidence-column-{}", key.replace('_', "-")))
    }

    /// A value; dates as in tables where `wide`, else in words.
    pub fn cell(&self, column: &Column, value: &serde_json::Value, wide: bool) -> Cell {
        match (column.kind, value) {
            (_, serde_json::Value::Null) => Cell::text(""),
            (_, serde_json::Value::Array(values)) => {
                self.list(values.iter().map(|value| self.cell(column, value, wide)).collect())
            }
            (Kind::Code(beginning), serde_json::Value::String(code)) => {
                Cell::text(self.catalogue.get(&format!("{beginning}-{code}")))
            }
            (Kind::Flag, serde_json::Value::Bool(true)) => Cell::text(self.catalogue.get("evidence-yes")),
            (Kind::Flag, serde_json::Value::Bool(false)) => Cell::text(""),
            (Kind::Date, serde_json::Value::String(day)) => match day.parse::<jiff::civil::Date>() {
                Ok(day) if !wide => Cell::Day { day: day.to_string() },
                _ => Cell::WrittenDay { text: day.clone() },
            },
            (Kind::Object, serde_json::Value::String(name)) => {
                let short = name.get(..12).filter(|_| wide).unwrap_or(name).to_owned();
                Cell::Object { name: name.clone(), short }
            }
            (Kind::Document, serde_json::Value::String(id)) if wide && self.linked.contains(id) => {
                Cell::Document { id: id.clone(), address: format!("texts/{}.html", address_part(id)) }
            }
            (_, value) => Cell::text(words(value)),
        }
    }

    /// Several values; those that are text alone are one text.
    fn list(&self, cells: Vec<Cell>) -> Cell {
        let texts = cells.iter().map(|cell| match cell {
            Cell::Text { text } => Some(text.as_str()),
            _ => None,
        });
        match texts.collect::<Option<Vec<_>>>() {
            Some(texts) => Cell::text(texts.join(&self.catalogue.get("site-list-comma"))),
            None => Cell::List { cells },
        }
    }

    /// What a row claims, by grade.
    pub fn graded(&self, row: &Row) -> Vec<Graded> {
        let comma = self.catalogue.get("site-list-comma");
        let graded = Grade::ALL.into_iter().map(|grade| {
            let claims = row.claims.iter().filter(|claim| claim.grade == grade);
            let claims = claims.map(|claim| self.catalogue.get(&format!("evidence-claim-{}", claim.what)));
            Graded { grade: grade.name(), claims: claims.collect::<Vec<_>>().join(&comma) }
        });
        graded.filter(|graded| !graded.claims.is_empty()).collect()
    }
}

/// A value as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cell {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// A day, in words.
    Day {
        /// In ISO form.
        day: String,
    },
    /// A day as data has it.
    WrittenDay {
        /// As written.
        text: String,
    },
    /// A commit or another git object.
    Object {
        /// Its whole name.
        name: String,
        /// As much of it as is shown.
        short: String,
    },
    /// A document that has a page.
    Document {
        /// Its id.
        id: String,
        /// Address of its page, relative to the pack.
        address: String,
    },
    /// Several values.
    List {
        /// The values.
        cells: Vec<Cell>,
    },
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text { text } if text.is_empty())
    }
}

/// The claims of a grade, in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Graded {
    grade: &'static str,
    claims: String,
}
