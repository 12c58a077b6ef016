//! Addresses outside the site that the configuration gives as templates: where to report a fault of a page, and where
//! its source lies.

use crate::model::config::Config;

/// What a page tells about its document.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Document id.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Version; empty where it has none.
    pub version: &'a str,
    /// Path of its file from the root.
    pub path: &'a str,
    /// Commit that holds the text shown, where it is known.
    pub commit: Option<&'a str>,
}

/// Where a fault of a page is reported.
pub fn report(config: &Config, subject: Subject<'_>) -> Option<String> {
    let template = config.report_url.as_deref()?;
    if template.contains("://") {
        return filled(template, subject);
    }
    let words = format!("{} {} {}", subject.id, subject.title, subject.version);
    Some(format!("mailto:{template}?subject={}", encoded(words.trim(), "")))
}

/// Where the source of a page lies. `None` where the template asks for a commit and none is known.
pub fn source(config: &Config, subject: Subject<'_>) -> Option<String> {
    filled(config.source_url.as_deref()?, subject)
}

fn filled(template: &str, subject: Subject<'_>) -> Option<String> {
    if template.contains("{commit}") && subject.commit.is_none() {
        return None;
    }
    let values = [
        ("{id}", encoded(subject.id, "")),
        ("{title}", encoded(subject.title, "")),
        ("{version}", encoded(subject.version, "")),
        ("{path}", encoded(subject.path, "/")),
        ("{commit}", encoded(subject.commit.unwrap_or_default(), "")),
    ];
    // One pass, so that a title that reads like a place is not filled in itself.
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match values.iter().find(|(place, _)| rest.starts_with(place)) {
            Some((place, value)) => {
                out.push_str(value);
                rest = &rest[place.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Some(out)
}

/// Percent-encoded so that it means itself anywhere in an address; characters of `kept` stay.
pub fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || kept.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBJECT: Subject<'_> =
        Subject { id: "P-01", title: "{id} & 規程?", version: "2.0", path: "policies/a b.md", commit: Some("0a1b") };

    #[test]
    fn values_mean_themselves_and_are_filled_in_once() {
        assert_eq!(
            filled("https://x.example/new?t={id}&b={title}#{version}{other}", SUBJECT).as_deref(),
            Some("https://x.example/new?t=P-01&b=%7Bid%7D%20%26%20%E8%A6%8F%E7%A8%8B%3F#2.0{other}")
        );
        let source = filled("https://x.example/{commit}/{path}", SUBJECT);
        assert_eq!(source.as_deref(), Some("https://x.example/0a1b/policies/a%20b.md"));
    }

    #[test]
    fn without_a_commit_nothing_points_at_one() {
        let unknown = Subject { commit: None, ..SUBJECT };
        assert_eq!(filled("https://x.example/{commit}/{path}", unknown), None);
        assert!(filled("https://x.example/main/{path}", unknown).is_some());
    }
}
