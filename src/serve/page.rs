//! What `serve` adds to a page: the script that reloads it and the findings of the last build.
//!
//! The findings are put in here, not by a script, so that they are seen without JavaScript and on a page whose own
//! scripts fail.

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};

use super::respond::Site;
use crate::locale::{Catalogue, Text};
use crate::markup::html::escaped;
use crate::markup::template::{self, TemplateError};

const TEMPLATES: [(&str, &str); 2] = [
    ("preview/banner.html", include_str!("../../site/templates/preview/banner.html")),
    ("preview/sentence.html", include_str!("../../site/templates/preview/sentence.html")),
];

/// What prints the parts of a preview that are not the site's own.
pub(super) struct Pages {
    environment: Environment<'static>,
    catalogue: Catalogue,
}

impl Pages {
    pub(super) fn new(catalogue: Catalogue) -> Result<Self, TemplateError> {
        let mut environment = template::pages();
        template::add_words(&mut environment, catalogue);
        for (name, source) in TEMPLATES {
            environment.add_template(name, source).map_err(|error| TemplateError::new(name, &error))?;
        }
        Ok(Self { environment, catalogue })
    }

    /// Puts the reload script and, where there are any, the findings behind the start of a page's body.
    pub(super) fn decorate(&self, page: &[u8], site: &Site) -> Vec<u8> {
        let summary = match (site.is_stale(), site.errors) {
            (true, errors) => Text::new("serve-banner-stale").arg("errors", errors),
            (false, 0) => Text::new("serve-banner-warnings"),
            (false, errors) => Text::new("serve-banner-errors").arg("errors", errors),
        };
        let added = self.print(
            "preview/banner.html",
            context! {
                token => site.token(),
                summary => (!site.banner.is_empty()).then(|| self.catalogue.text(&summary)),
                open => site.errors > 0,
                banner => Value::from(Serde(&site.banner)),
            },
        );
        let at = body_start(page).unwrap_or(page.len());
        [&page[..at], added.trim_end().as_bytes(), &page[at..]].concat()
    }

    /// A page of our own with one sentence of the catalogue.
    pub(super) fn sentence(&self, key: &str, site: &Site) -> Vec<u8> {
        let (sentence, language) = (self.catalogue.get(key), self.catalogue.language().code());
        let page = self.print("preview/sentence.html", context! { sentence, language });
        self.decorate(page.as_bytes(), site)
    }

    /// A fault of a template is shown in its place: a preview that hides findings would be worse.
    fn print(&self, name: &str, context: Value) -> String {
        template::render(&self.environment, name, context)
            .unwrap_or_else(|error| escaped(&self.catalogue.text(&error.text())))
    }
}

/// The first byte behind the tag `<body …>`.
fn body_start(page: &[u8]) -> Option<usize> {
    let name = page.windows(6).enumerate().position(|(at, window)| {
        window[..5].eq_ignore_ascii_case(b"<body")
            && (window[5] == b'>' || window[5].is_ascii_whitespace())
            && !page[..at].ends_with(b"<!--")
    })?;
    let mut quote = None;
    for (at, byte) in page.iter().enumerate().skip(name) {
        match (quote, *byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_the_body_is_found() {
        let behind = |page: &str| body_start(page.as_bytes()).map(|at| page[at..].to_owned());
        assert_eq!(behind("<html><body>x"), Some("x".to_owned()));
        assert_eq!(behind("<BODY class='a > b' data-x=\"'>'\" >x"), Some("x".to_owned()));
        assert_eq!(behind("<!--<body>--><bodyguard><body\n>x"), Some("x".to_owned()));
        for page in ["", "<p>x", "<body", "<body class='", "<body class='>"] {
            assert_eq!(behind(page), None, "{page}");
        }
    }
}
