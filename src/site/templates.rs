//! The templates of the handbook, embedded in the binary, with the organisation's own in place of them.
//!
//! A template sees `t("key", name=value)` for words in the language of the handbook, the filter `date` for dates, and
//! the values described in [`super::pages`]. Everything it prints is escaped unless this program made it as HTML.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::SiteError;
use crate::locale::Catalogue;
use crate::markup::date;
use crate::markup::html::escape;
use crate::model::config::Calendar;

/// What is embedded, by name.
pub const EMBEDDED: [(&str, &str); 30] = [
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
    ("role.html", include_str!("../../site/templates/role.html")),
    ("roles.html", include_str!("../../site/templates/roles.html")),
    ("rule.html", include_str!("../../site/templates/rule.html")),
    ("rules.html", include_str!("../../site/templates/rules.html")),
    ("search-box.html", include_str!("../../site/templates/search-box.html")),
    ("search.html", include_str!("../../site/templates/search.html")),
    ("soa.html", include_str!("../../site/templates/soa.html")),
];

/// Compiles all templates. A template of the organisation's own replaces ours of the same name; ours stays reachable
/// as `kitei/<name>`, so that `{% extends "kitei/base.html" %}` changes one block and keeps the rest.
pub fn environment(
    own: &BTreeMap<String, Vec<u8>>,
    catalogue: &Arc<Catalogue>,
    calendar: Calendar,
) -> Result<Environment<'static>, SiteError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(print);
    // The default marks with other white space; cannot be wrong.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    let words = Arc::clone(catalogue);
    environment.add_function("t", move |key: &str, args: Kwargs| translate(&words, key, &args));
    let words = Arc::clone(catalogue);
    environment.add_filter("date", move |day: &str| {
        let day: Date = day.parse().map_err(|_| Error::new(ErrorKind::InvalidOperation, "not a date"))?;
        Ok::<_, Error>(Value::from_safe_string(date::element(day, calendar, &words)))
    });
    for (name, source) in EMBEDDED {
        environment.add_template(name, source).map_err(|error| SiteError::template(name, &error))?;
    }
    for (path, content) in own {
        let Some(name) = path.strip_prefix("templates/").filter(|name| name.ends_with(".html")) else { continue };
        let source = std::str::from_utf8(content).map_err(|error| SiteError::Template {
            name: path.clone(),
            line: None,
            detail: error.to_string(),
        })?;
        if let Some((_, embedded)) = EMBEDDED.iter().find(|(known, _)| *known == name) {
            let kept = format!("kitei/{name}");
            environment.add_template_owned(kept, *embedded).map_err(|error| SiteError::template(name, &error))?;
        }
        environment
            .add_template_owned(name.to_owned(), source.to_owned())
            .map_err(|error| SiteError::template(path, &error))?;
    }
    Ok(environment)
}

/// `t("key", name=value)`. A key that the catalogue lacks is a fault of the template.
fn translate(catalogue: &Catalogue, key: &str, args: &Kwargs) -> Result<String, Error> {
    if !catalogue.has(key) {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("no message has the key {key}")));
    }
    let names: Vec<&str> = args.args().collect();
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        values.push((name, args.get::<Value>(name)?.to_string()));
    }
    Ok(catalogue.with_args(key, values))
}

/// Prints a value: text escaped, our own HTML as it is, nothing for an absent one.
fn print(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let failed = |_| Error::new(ErrorKind::WriteFailure, "the page cannot be written");
    match value.kind() {
        ValueKind::Undefined => Err(Error::new(ErrorKind::UndefinedError, "the value is not defined")),
        ValueKind::None => Ok(()),
        ValueKind::Number | ValueKind::Bool => write!(out, "{value}").map_err(failed),
        _ if value.is_safe() => match value.as_str() {
            Some(html) => out.write_str(html).map_err(failed),
            None => write!(out, "{value}").map_err(failed),
        },
        _ => {
            let mut escaped = String::new();
            match value.as_str() {
                Some(text) => escape(&mut escaped, text),
                None => escape(&mut escaped, &value.to_string()),
            }
            out.write_str(&escaped).map_err(failed)
        }
    }
}
