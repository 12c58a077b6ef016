//! The change log as text, as Markdown in the manner of keepachangelog.com, and as an Atom feed of what takes effect.

use atom_syndication::{Content, Entry as FeedEntry, Feed, FixedDateTime, Generator, Link, Person, Text as FeedText};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::changelog::{ChangelogEntry, EntryKind, ItemKind};
use crate::handbook::Handbook;
use crate::locale::{Catalogue, Text};
use crate::markup::markdown_escape::{escape_markdown, escape_markdown_start};

/// What an entry is about, in a line: `P-01 情報管理規程 第2.0版 改訂`.
pub fn heading(entry: &ChangelogEntry, catalogue: &Catalogue) -> String {
    let kind = match entry.kind {
        EntryKind::Established => "site-new",
        EntryKind::Revised if entry.minor => "log-minor",
        EntryKind::Revised => "site-revised",
        EntryKind::Ratified => "log-ratified",
        EntryKind::Retired => "log-retired",
        EntryKind::BeforeRecords => "site-before-records",
    };
    let mut parts = vec![entry.number.clone(), entry.title.clone()];
    parts.extend(
        entry.version.as_ref().map(|version| catalogue.with_args("site-version", [("version", version.clone())])),
    );
    parts.push(catalogue.get(kind));
    parts.extend(entry.pending.then(|| catalogue.get("log-pending")));
    parts.extend(entry.provisional.then(|| catalogue.get("site-provisional")));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Who decided what, and whom it concerns: label and words, with days in numbers.
pub fn particulars(entry: &ChangelogEntry, catalogue: &Catalogue) -> Vec<(String, String)> {
    particulars_with(entry, catalogue, |day| day.to_string())
}

/// The same with days as `day` writes them.
pub fn particulars_with(
    entry: &ChangelogEntry,
    catalogue: &Catalogue,
    day: impl Fn(Date) -> String,
) -> Vec<(String, String)> {
    let list = |values: &[String]| (!values.is_empty()).then(|| values.join(&catalogue.get("site-list-comma")));
    [
        ("site-changes", entry.changes.clone()),
        ("site-approved-by", entry.approver.clone()),
        ("site-approved-on", entry.approved_on.map(&day)),
        ("site-ratify-by", entry.ratify_by.map(&day)),
        ("log-ratified-on", entry.ratified_on.map(&day)),
        ("log-decision", entry.decision.clone()),
        ("log-reason", entry.reason.clone()),
        ("log-pull-request", entry.pull_request.clone()),
        ("log-commit", entry.commit.clone()),
        ("log-audience", list(&entry.audience)),
        ("log-replaced-by", list(&entry.replaced_by)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((catalogue.get(key), value?)))
    .collect()
}

/// For a terminal.
pub fn text(entries: &[ChangelogEntry], catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let mut day = None;
    for entry in entries {
        if day != Some(entry.effective) {
            let words = catalogue.text(&Text::new("log-effective").arg("date", entry.effective));
            out.push_str(&format!("{}{words}\n", if day.is_some() { "\n" } else { "" }));
            day = Some(entry.effective);
        }
        out.push_str(&format!("  {}\n", heading(entry, catalogue)));
        for (label, words) in particulars(entry, catalogue) {
            out.push_str(&format!("      {label}: {}\n", one_line(&words)));
        }
        for item in &entry.items {
            out.push_str(&format!("    - {}\n", one_line(&item.in_full(catalogue))));
        }
        if let Some(note) = missing(entry, catalogue) {
            out.push_str(&format!("    ! {note}\n"));
        }
    }
    if out.is_empty() { catalogue.get("log-nothing") } else { out }
}

fn missing(entry: &ChangelogEntry, catalogue: &Catalogue) -> Option<String> {
    (!entry.text_found && entry.kind != EntryKind::BeforeRecords).then(|| catalogue.get("log-no-text"))
}

/// Words on one line, without what a terminal would take for a command.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Markdown with a heading a version.
pub fn markdown(entries: &[ChangelogEntry], catalogue: &Catalogue) -> String {
    let mut out = format!("# {}\n", catalogue.get("site-change-log"));
    for entry in entries {
        let version = entry.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        out.push_str(&format!("\n## [{}{version}] - {}\n\n", escape_markdown(&entry.number), entry.effective));
        out.push_str(&format!("{}\n", escape_markdown(&heading(entry, catalogue))));
        let facts = particulars(entry, catalogue);
        if !facts.is_empty() {
            out.push('\n');
        }
        for (label, words) in facts {
            out.push_str(&format!("- {}: {}\n", escape_markdown(&label), escape_markdown(&words)));
        }
        if let Some(note) = missing(entry, catalogue) {
            out.push_str(&format!("\n> {}\n", escape_markdown(&note)));
        }
        for (key, of) in [
            ("log-group-added", &[ItemKind::Added][..]),
            (
                "log-group-changed",
                &[
                    ItemKind::Changed,
                    ItemKind::Moved,
                    ItemKind::Required,
                    ItemKind::Forbidden,
                    ItemKind::Fact,
                    ItemKind::Renumbered,
                    ItemKind::Editorial,
                ],
            ),
            ("log-group-removed", &[ItemKind::Removed]),
        ] {
            let items: Vec<_> = entry.items.iter().filter(|item| of.contains(&item.kind)).collect();
            if items.is_empty() {
                continue;
            }
            out.push_str(&format!("\n### {}\n\n", escape_markdown(&catalogue.get(key))));
            for item in items {
                out.push_str(&format!("- {}\n", escape_markdown_start(&one_line(&item.in_full(catalogue)))));
            }
        }
    }
    out
}

/// The feed of what takes effect: an entry appears when its version is approved and says from when on it is in force.
/// Ids are tag URIs (RFC 4151) of the document and its version, which are never used again.
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
    let link = |path: &str, rel: &str| Link { href: address(path), rel: rel.to_owned(), ..Link::default() };
    let first = dated.iter().map(|(day, _)| *day).min().unwrap_or(jiff::civil::date(2000, 1, 1));
    let mut feed = Feed {
        title: FeedText::plain(handbook.config.title.clone()),
        // The day has to be one on which the name was the organisation's; that of the first approval never changes.
        id: format!("tag:{host},{first}:handbook"),
        updated: moment(dated.first().map_or(handbook.today, |(day, _)| *day), &zone),
        authors: vec![Person { name: handbook.config.organisation.clone(), ..Person::default() }],
        generator: Some(Generator { value: "kitei".to_owned(), ..Generator::default() }),
        links: vec![link("feed.xml", "self"), link("changes.html", "alternate")],
        lang: Some(catalogue.language().code().to_owned()),
        ..Feed::default()
    };
    for (approved, entry) in dated {
        let version = entry.version.as_deref().unwrap_or("retired");
        let what = if entry.kind == EntryKind::Ratified { "/ratified" } else { "" };
        let mut lines = vec![catalogue.text(&Text::new("log-effective").arg("date", entry.effective))];
        lines.extend(particulars(entry, catalogue).into_iter().map(|(label, words)| format!("{label}: {words}")));
        lines.extend(entry.items.iter().map(|item| format!("- {}", item.in_full(catalogue))));
        let text: String = lines.join("\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let page = match entry.kind {
            EntryKind::Retired => "changes.html".to_owned(),
            _ => format!("documents/{}.html", entry.id),
        };
        feed.entries.push(FeedEntry {
            title: FeedText::plain(one_line(&heading(entry, catalogue))),
            id: format!("tag:{host},{approved}:{}/{version}{what}", entry.id),
            updated: moment(approved, &zone),
            links: vec![link(&page, "alternate")],
            content: Some(Content { value: Some(text), content_type: Some("text".to_owned()), ..Content::default() }),
            ..FeedEntry::default()
        });
    }
    let mut text = feed.to_string();
    text.push('\n');
    text
}

/// The host of the handbook's address; identifiers need one that is the organisation's own.
pub fn host(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or("");
    if host.is_empty() { "kitei.invalid" } else { host }
}

/// The first moment of a day.
fn moment(day: Date, zone: &TimeZone) -> FixedDateTime {
    let start = day.to_zoned(zone.clone()).map(|zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    start.ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}
