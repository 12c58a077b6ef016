//! What `serve` adds to a page: the script that reloads it and the findings of the last build.
//!
//! The findings are put in here, not by a script, so that they are seen without JavaScript and on a page whose own
//! scripts fail.

use crate::locale::{Catalogue, Text};

use super::respond::Site;

/// Puts the reload script and, where there are any, the findings behind the start of a page's body.
pub(super) fn decorate(page: &[u8], site: &Site, catalogue: &Catalogue) -> Vec<u8> {
    let mut added = format!("<script src=\"/_kitei/reload.js?{}\" defer></script>", site.token());
    if !site.findings_html.is_empty() {
        added.push_str(&banner(site, catalogue));
    }
    let at = body_start(page).unwrap_or(page.len());
    [&page[..at], added.as_bytes(), &page[at..]].concat()
}

/// A page of our own with one sentence.
pub(super) fn plain(sentence: &str, site: &Site, catalogue: &Catalogue) -> Vec<u8> {
    let sentence = escape(sentence);
    let language = catalogue.language().code();
    let page = format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{sentence}</title></head><body><main><p>{sentence}</p></main></body></html>"
    );
    decorate(page.as_bytes(), site, catalogue)
}

/// Text as HTML.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

fn banner(site: &Site, catalogue: &Catalogue) -> String {
    let summary = match (site.is_stale(), site.errors) {
        (true, errors) => Text::new("serve-banner-stale").arg("errors", errors),
        (false, 0) => Text::new("serve-banner-warnings"),
        (false, errors) => Text::new("serve-banner-errors").arg("errors", errors),
    };
    let open = if site.errors > 0 { " open" } else { "" };
    let summary = escape(&catalogue.text(&summary));
    let label = escape(&catalogue.get("serve-banner-label"));
    let findings = &site.findings_html;
    // A box that scrolls must take the focus, or its end is out of reach for the keyboard.
    format!(
        "<link rel=\"stylesheet\" href=\"/_kitei/findings.css\"><aside class=\"kitei-findings\" aria-label=\"{label}\">\
         <details{open}><summary>{summary}</summary><div tabindex=\"0\">{findings}</div></details></aside>"
    )
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
