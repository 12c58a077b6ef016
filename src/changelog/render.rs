//! The change log as text and as Markdown in the manner of keepachangelog.com.

use jiff::civil::Date;

use crate::changelog::{ChangelogEntry, EntryKind, ItemKind};
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
pub(super) fn one_line(words: &str) -> String {
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
