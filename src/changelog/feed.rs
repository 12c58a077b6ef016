//! The change log as an Atom feed (RFC 4287) of what takes effect. Its form stands in `feed.xml`; what is printed there
//! is escaped.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;

use super::render::{heading, one_line, particulars};
use super::{ChangelogEntry, EntryKind};
use crate::handbook::Handbook;
use crate::locale::{Catalogue, Text};

const TEMPLATE: &str = include_str!("feed.xml");

#[derive(Serialize)]
struct Feed {
    language: &'static str,
    title: String,
    id: String,
    updated: String,
    author: String,
    address: String,
    page: String,
    entries: Vec<FeedEntry>,
}

#[derive(Serialize)]
struct FeedEntry {
    title: String,
    id: String,
    updated: String,
    page: String,
    text: String,
}

/// The feed: an entry appears when its version is approved and says from when on it is in force. Ids are tag URIs (RFC
/// 4151) of the document and its version, which are never used again.
pub fn feed(entries: &[ChangelogEntry], handbook: &Handbook, catalogue: &Catalogue) -> String {
    let base = handbook.config.base_url.as_deref().unwrap_or("");
    let host = host(base);
    let zone = TimeZone::get(&handbook.config.timezone).unwrap_or(TimeZone::UTC);
    let mut dated: Vec<(Date, &ChangelogEntry)> = entries
        .iter()
        .filter(|entry| entry.kind != EntryKind::BeforeRecords)
        .filter_map(|entry| Some((entry.approved_on?, entry)))
        .collect();
    dated.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| y.effective.cmp(&x.effective)));
    let address = |path: &str| match base.is_empty() {
        true => path.to_owned(),
        false => format!("{}/{path}", base.trim_end_matches('/')),
    };
    let first = dated.iter().map(|(day, _)| *day).min().unwrap_or(jiff::civil::date(2000, 1, 1));
    let newest = dated.first().map_or(handbook.today, |(day, _)| *day);
    let entry = |(approved, entry): &(Date, &ChangelogEntry)| {
        let version = entry.version.as_deref().unwrap_or("retired");
        let what = if entry.kind == EntryKind::Ratified { "/ratified" } else { "" };
        let mut lines = vec![catalogue.text(&Text::new("log-effective").arg("date", entry.effective))];
        lines.extend(particulars(entry, catalogue).into_iter().map(|(label, words)| format!("{label}: {words}")));
        lines.extend(entry.items.iter().map(|item| format!("- {}", item.in_full(catalogue))));
        let page = match entry.kind {
            EntryKind::Retired => "changes.html".to_owned(),
            _ => format!("documents/{}.html", entry.id),
        };
        FeedEntry {
            title: one_line(&heading(entry, catalogue)),
            id: format!("tag:{host},{approved}:{}/{version}{what}", entry.id),
            updated: moment(*approved, &zone),
            page: address(&page),
            text: lines.join("\n"),
        }
    };
    let feed = Feed {
        language: catalogue.language().code(),
        title: handbook.config.title.clone(),
        // The day has to be one on which the name was the organisation's; that of the first approval never changes.
        id: format!("tag:{host},{first}:handbook"),
        updated: moment(newest, &zone),
        author: handbook.config.organisation.clone(),
        address: address("feed.xml"),
        page: address("changes.html"),
        entries: dated.iter().map(entry).collect(),
    };
    render(&feed)
}

#[expect(clippy::expect_used, reason = "the template and the shape of what it prints are parts of the program")]
fn render(feed: &Feed) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(print);
    let syntax = SyntaxConfig::builder().trim_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the usual marks"));
    environment.render_str(TEMPLATE, Value::from(Serde(feed))).expect("feed.xml fits the feed")
}

/// Prints a value as XML text or the value of an attribute. What XML cannot hold is left out.
fn print(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let failed = |_| Error::new(ErrorKind::WriteFailure, "the feed cannot be written");
    for c in value.to_string().chars() {
        match c {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&apos;"),
            '\n' => out.write_str("\n"),
            '\u{fffe}' | '\u{ffff}' => Ok(()),
            c if c.is_control() => Ok(()),
            c => write!(out, "{c}"),
        }
        .map_err(failed)?;
    }
    Ok(())
}

/// The host of the handbook's address; identifiers need one that is the organisation's own.
pub fn host(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or("");
    if host.is_empty() { "kitei.invalid" } else { host }
}

/// The first moment of a day, as RFC 3339.
fn moment(day: Date, zone: &TimeZone) -> String {
    let start = day.to_zoned(zone.clone()).map(|zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    start.unwrap_or_else(|_| format!("{day}T00:00:00+00:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_feed_stay_words() {
        let entry = FeedEntry {
            title: "</title><x a='b'>".to_owned(),
            id: "tag:a&b".to_owned(),
            updated: String::new(),
            page: "\"/>".to_owned(),
            text: "一行目\n二行目\u{1b}\u{ffff}".to_owned(),
        };
        let feed = Feed {
            language: "ja",
            title: "題".to_owned(),
            id: String::new(),
            updated: String::new(),
            author: String::new(),
            address: String::new(),
            page: String::new(),
            entries: vec![entry],
        };
        let text = render(&feed);
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut words = String::new();
        let mut elements = Vec::new();
        loop {
            match reader.read_event().expect("well-formed") {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(start) => elements.push(start.name().as_ref().to_owned()),
                quick_xml::events::Event::Text(text) => words.push_str(&text.decode().expect("UTF-8")),
                quick_xml::events::Event::GeneralRef(name) => words.push_str(&name.decode().expect("UTF-8")),
                _ => {}
            }
        }
        assert!(!elements.iter().any(|name| name.as_slice() == b"x"), "{text}");
        assert!(words.contains("一行目\n二行目") && !words.contains('\u{1b}'), "{words}");
        assert!(text.contains("<id>tag:a&amp;b</id>") && text.contains("href=\"&quot;/&gt;\""), "{text}");
    }

    #[test]
    fn a_handbook_without_an_address_has_a_host_that_is_nobodys() {
        assert_eq!(host("https://handbook.example.com:8080/x"), "handbook.example.com");
        assert_eq!(host(""), "kitei.invalid");
    }
}
