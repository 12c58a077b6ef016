//! The template engine of everything that is written from templates: pages of the handbook, of evidence, of comparisons
//! and of the preview, and the files of a new handbook. A value that is not defined is a fault of the template, and what
//! a template prints is escaped by the ending of its name. Holds no template and reads nothing.

use jiff::civil::Date;
use minijinja::syntax::{SyntaxConfig, SyntaxConfigBuilder};
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::{date, escape, html};
use crate::locale::{Catalogue, Text};
use crate::model::config::Calendar;

const QUOTED: &str = "quoted";
const MARKDOWN: &str = "markdown";
const PLAIN: &str = "plain";

/// A fault of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// Name of the template; of an included one its own.
    pub name: String,
    /// Line from 1.
    pub line: Option<usize>,
    /// What the engine says.
    pub detail: String,
}

impl TemplateError {
    /// What the engine reports of a template.
    pub fn new(name: &str, error: &Error) -> Self {
        Self { name: error.name().unwrap_or(name).to_owned(), line: error.line(), detail: error.to_string() }
    }

    /// The error in words.
    pub fn text(&self) -> Text {
        Text::new("site-error-template")
            .arg("name", &self.name)
            .arg("line", self.line.unwrap_or_default())
            .arg("detail", &self.detail)
    }
}

/// An engine for pages: `{{ value }}`, `{% tag %}`, `{# comment #}`, and `text|breaks` for text in which line breaks count.
pub fn pages() -> Environment<'static> {
    let mut environment = environment(|_| ());
    environment.add_filter("breaks", |text: &str| Value::from_safe_string(html::escaped(text).replace('\n', "<br>")));
    environment
}

/// An engine for files that themselves hold such braces, as workflows of a forge do: `@{ value }@`, `@% tag %@`,
/// `@# comment #@`. Keeps the line break at the end of a file.
pub fn files() -> Environment<'static> {
    environment(|syntax| {
        syntax.variable_delimiters("@{", "}@").block_delimiters("@%", "%@").comment_delimiters("@#", "#@");
        syntax.keep_trailing_newline(true);
    })
}

fn environment(change: impl FnOnce(&mut SyntaxConfigBuilder)) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("html") => AutoEscape::Html,
        Some("toml" | "yml") => AutoEscape::Custom(QUOTED.into()),
        Some("md") => AutoEscape::Custom(MARKDOWN.into()),
        _ => AutoEscape::Custom(PLAIN.into()),
    });
    environment.set_formatter(print);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    change(&mut syntax);
    // Fails for delimiters alone that begin with each other.
    if let Ok(syntax) = syntax.build() {
        environment.set_syntax(syntax);
    }
    environment
}

/// Adds `t("key", name=value)`: words of a catalogue.
pub fn add_words(environment: &mut Environment<'_>, catalogue: Catalogue) {
    environment.add_function("t", move |key: &str, args: Kwargs| translate(&catalogue, key, &args));
}

/// Adds `day|date`: a day as people read it, as a `<time>` element.
pub fn add_dates(environment: &mut Environment<'_>, catalogue: Catalogue, calendar: Calendar) {
    environment.add_filter("date", move |day: &str| {
        let day: Date = day.parse().map_err(|_| Error::new(ErrorKind::InvalidOperation, "not a date"))?;
        Ok::<_, Error>(Value::from_safe_string(date::element(day, calendar, &catalogue)))
    });
}

/// Renders a template.
///
/// # Errors
/// Where the template is wrong, or asks for what the context lacks.
pub fn render(environment: &Environment<'_>, name: &str, context: Value) -> Result<String, TemplateError> {
    let template = environment.get_template(name).map_err(|error| TemplateError::new(name, &error))?;
    template.render(context).map_err(|error| TemplateError::new(name, &error))
}

/// A key that the catalogue lacks is a fault of the template.
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

/// Prints a value: text escaped, what is marked as safe as it is, nothing for an absent one.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let failed = |_| Error::new(ErrorKind::WriteFailure, "the file cannot be written");
    match value.kind() {
        ValueKind::Undefined => Err(Error::new(ErrorKind::UndefinedError, "the value is not defined")),
        ValueKind::None => Ok(()),
        ValueKind::Number | ValueKind::Bool => write!(out, "{value}").map_err(failed),
        _ if value.is_safe() => match value.as_str() {
            Some(text) => out.write_str(text).map_err(failed),
            None => write!(out, "{value}").map_err(failed),
        },
        _ => {
            let text = match value.as_str() {
                Some(text) => escaped(state.auto_escape(), text)?,
                None => escaped(state.auto_escape(), &value.to_string())?,
            };
            out.write_str(&text).map_err(failed)
        }
    }
}

fn escaped(how: &AutoEscape, text: &str) -> Result<String, Error> {
    match how {
        AutoEscape::Html => Ok(html::escaped(text)),
        AutoEscape::Custom(how) if how == QUOTED => Ok(escape::quoted(text)),
        AutoEscape::Custom(how) if how == MARKDOWN => Ok(escape::markdown(text)),
        // A file whose escape nobody has stated, such as a script: only text that means itself in any of them.
        _ if text.chars().any(|c| c.is_control() || "\"\\$`".contains(c)) => Err(Error::new(
            ErrorKind::InvalidOperation,
            "the value holds a character that may mean something else in a file of this kind",
        )),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    fn filled(name: &'static str, source: &'static str, value: &str) -> Result<String, TemplateError> {
        let mut environment = files();
        environment.add_template(name, source).unwrap();
        render(&environment, name, context! { value })
    }

    #[test]
    fn values_are_escaped_by_the_ending_of_the_file() {
        const SOURCE: &str = "@{ value }@ {{ x }} ${{ y }} a@example.com @ @@\n";
        let filled = |name| filled(name, SOURCE, "<\"@{ value }@\">").unwrap();
        assert_eq!(filled("a.toml"), "<\\\"@{ value }@\\\"> {{ x }} ${{ y }} a@example.com @ @@\n");
        assert_eq!(filled("a.yml"), filled("a.toml"));
        assert_eq!(filled("a.md"), "\\<\"@\\{ value \\}@\"\\> {{ x }} ${{ y }} a@example.com @ @@\n");
        assert_eq!(filled("a.html"), "&lt;&quot;@{ value }@&quot;&gt; {{ x }} ${{ y }} a@example.com @ @@\n");
    }

    #[test]
    fn a_file_without_a_known_escape_takes_plain_text_alone() {
        assert_eq!(filled("run", "echo \"@{ value }@\"", "言葉 isn't <x>").unwrap(), "echo \"言葉 isn't <x>\"");
        for value in ["\"; rm x", "$(x)", "`x`", "a\\", "a\nb"] {
            assert_eq!(filled("run", "@{ value }@", value).unwrap_err().line, Some(1), "{value}");
        }
    }

    #[test]
    fn what_is_not_there_is_a_fault_with_its_place() {
        let mut environment = pages();
        environment.add_template("x.html", "a\n{{ y }}").unwrap();
        let error = render(&environment, "x.html", context! {}).unwrap_err();
        assert_eq!((error.name.as_str(), error.line), ("x.html", Some(2)));
    }
}
