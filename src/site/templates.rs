//! The templates of the handbook, embedded in the binary, with the organisation's own in place of them.
//!
//! A template sees `t("key", name=value)` for words in the language of the handbook, the filter `date` for dates,
//! `link(address, words)` for links, and the values described in [`super::pages`]. Everything it prints is escaped unless
//! this program made it as HTML.

use std::collections::BTreeMap;

use minijinja::Environment;

use crate::locale::Catalogue;
use crate::markup::template::{self, TemplateError};
use crate::model::config::Calendar;

/// What is embedded, by name.
pub const EMBEDDED: [(&str, &str); 32] = [
    ("404.html", include_str!("../../site/templates/404.html")),
    ("annex-a.html", include_str!("../../site/templates/annex-a.html")),
    ("base.html", include_str!("../../site/templates/base.html")),
    ("calendar.html", include_str!("../../site/templates/calendar.html")),
    ("changes.html", include_str!("../../site/templates/changes.html")),
    ("clauses.html", include_str!("../../site/templates/clauses.html")),
    ("compare.html", include_str!("../../site/templates/compare.html")),
    ("document.html", include_str!("../../site/templates/document.html")),
    ("documents.html", include_str!("../../site/templates/documents.html")),
    ("due.html", include_str!("../../site/templates/due.html")),
    ("exceptions.html", include_str!("../../site/templates/exceptions.html")),
    ("glossary.html", include_str!("../../site/templates/glossary.html")),
    ("gone.html", include_str!("../../site/templates/gone.html")),
    ("home.html", include_str!("../../site/templates/home.html")),
    ("incident-card.html", include_str!("../../site/templates/incident-card.html")),
    ("incident.html", include_str!("../../site/templates/incident.html")),
    ("list.html", include_str!("../../site/templates/list.html")),
    ("my.html", include_str!("../../site/templates/my.html")),
    ("overview.html", include_str!("../../site/templates/overview.html")),
    ("parts.html", include_str!("../../site/templates/parts.html")),
    ("practices.html", include_str!("../../site/templates/practices.html")),
    ("quiz.html", include_str!("../../site/templates/quiz.html")),
    ("quizzes.html", include_str!("../../site/templates/quizzes.html")),
    ("register.html", include_str!("../../site/templates/register.html")),
    ("registers.html", include_str!("../../site/templates/registers.html")),
    ("role.html", include_str!("../../site/templates/role.html")),
    ("roles.html", include_str!("../../site/templates/roles.html")),
    ("rule.html", include_str!("../../site/templates/rule.html")),
    ("rules.html", include_str!("../../site/templates/rules.html")),
    ("search-box.html", include_str!("../../site/templates/search-box.html")),
    ("search.html", include_str!("../../site/templates/search.html")),
    ("soa.html", include_str!("../../site/templates/soa.html")),
];

/// Whether any of an organisation's own files is a template.
pub fn are_own(own: &BTreeMap<String, Vec<u8>>) -> bool {
    own.keys().any(|path| name(path).is_some())
}

/// The template that an organisation's own file is.
fn name(path: &str) -> Option<&str> {
    path.strip_prefix("templates/").filter(|name| name.ends_with(".html"))
}

/// Compiles all templates. A template of the organisation's own replaces ours of the same name; ours stays reachable
/// as `kitei/<name>`, so that `{% extends "kitei/base.html" %}` changes one block and keeps the rest.
pub fn environment(
    own: &BTreeMap<String, Vec<u8>>,
    catalogue: Catalogue,
    calendar: Calendar,
) -> Result<Environment<'static>, TemplateError> {
    let mut environment = template::pages();
    template::add_words(&mut environment, catalogue);
    template::add_dates(&mut environment, catalogue, calendar);
    let mut add = |name: String, source: String, path: &str| {
        environment.add_template_owned(name, source).map_err(|error| TemplateError::new(path, &error))
    };
    for (name, source) in EMBEDDED {
        add(name.to_owned(), source.to_owned(), name)?;
    }
    for (path, content) in own {
        let Some(name) = name(path) else { continue };
        let source = std::str::from_utf8(content).map_err(|error| TemplateError {
            name: path.clone(),
            line: None,
            detail: error.to_string(),
        })?;
        if let Some((_, embedded)) = EMBEDDED.iter().find(|(known, _)| *known == name) {
            add(format!("kitei/{name}"), (*embedded).to_owned(), name)?;
        }
        add(name.to_owned(), source.to_owned(), path)?;
    }
    Ok(environment)
}
