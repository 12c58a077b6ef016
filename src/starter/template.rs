//! The templates of a new handbook (`site/starters/`) and what its settings put into them. A value is written so that the
//! file stays what it is: a name with a quotation mark does not end a TOML string, one with brackets is no link.

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use minijinja::value::Value;
use minijinja::{Environment, context};

use super::Settings;
use crate::locale::{Catalogue, Language};
use crate::markup::template::{self, TemplateError};

static STARTERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/site/starters");

/// The text of a template.
pub fn source(name: &str) -> &'static str {
    // The tests read every template.
    STARTERS.get_file(name).and_then(|file| file.contents_utf8()).unwrap_or("")
}

/// The templates below a folder, by path from there.
pub fn below(folder: &str) -> Vec<String> {
    let prefix = format!("{folder}/");
    let names = super::handbook::texts("", &STARTERS).into_keys();
    names.filter_map(|name| name.strip_prefix(&prefix).map(str::to_owned)).collect()
}

/// The templates, with what the settings say for all of them.
pub struct Templates {
    environment: Environment<'static>,
    settings: Value,
}

impl Templates {
    /// Compiles the templates.
    pub fn new(settings: &Settings) -> Result<Self, TemplateError> {
        let mut environment = template::files();
        template::add_words(&mut environment, Catalogue::new(settings.language));
        for (name, text) in super::handbook::texts("", &STARTERS) {
            environment.add_template_owned(name.clone(), text).map_err(|error| TemplateError::new(&name, &error))?;
        }
        let settings = context! {
            organisation => settings.organisation.as_str(),
            timezone => settings.timezone.as_str(),
            today => settings.today.to_string(),
            today_words => words_of(settings.today, settings.language),
            language => settings.language.code(),
            has_forge => settings.forges.any(),
        };
        Ok(Self { environment, settings })
    }

    /// A file from its template, with values that this one asks for beside the settings.
    pub fn render(&self, name: &str, more: Value) -> Result<String, TemplateError> {
        template::render(&self.environment, name, context! { ..more, ..self.settings.clone() })
    }
}

/// A day as the documents of a language write it.
pub fn words_of(day: Date, language: Language) -> String {
    match language {
        Language::Ja => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Language::En => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::starter::forge::Forges;

    #[test]
    fn a_name_that_looks_like_a_template_stays_a_name() {
        let settings = Settings {
            organisation: "@{ today }@ \"社\"".to_owned(),
            language: Language::Ja,
            timezone: "Asia/Tokyo".to_owned(),
            today: date(2026, 4, 1),
            forges: Forges { github: false, gitlab: false },
        };
        let templates = Templates::new(&settings).unwrap();
        let config: toml::Table =
            templates.render("handbook.ja/kitei.toml", Value::UNDEFINED).unwrap().parse().unwrap();
        assert_eq!(config["handbook"]["organisation"].as_str(), Some(settings.organisation.as_str()));
        let page = templates.render("handbook.ja/README.md", Value::UNDEFINED).unwrap();
        assert!(page.starts_with("# @\\{ today \\}@ \"社\" 情報セキュリティハンドブック\n"), "{page}");
        assert!(page.contains("--on 2026-04-01") && page.contains("2026年4月1日"), "{page}");
    }
}
