//! What `kitei build --as-of` publishes on thirty days: documents and versions as `tests/example/published.txt` lists them,
//! and of each document exactly the wording of its version.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use kitei::publish::Artifacts;
use rayon::prelude::*;

use super::company::words;
use super::pages::{page, pages};
use super::wordings::{WORDINGS, only, phrases, pieces, squeezed};
use crate::support::snapshot;

/// Days on which something takes effect, the days before them, and days on which something else might have been published.
const DAYS: [&str; 30] = [
    "2017-01-01",
    "2019-01-01",
    "2022-01-01",
    "2023-12-04",
    "2024-03-21",
    // Approved on this day, in force from April on.
    "2024-03-22",
    "2024-03-31",
    "2024-04-01",
    "2024-06-09",
    "2024-06-10",
    "2024-09-30",
    "2024-10-01",
    "2024-12-31",
    "2025-02-09",
    "2025-02-10",
    "2025-03-19",
    "2025-04-12",
    "2025-07-31",
    "2025-08-01",
    // A draft of P-05 that was refused later stands in the tree of this day.
    "2025-11-01",
    "2025-12-31",
    "2026-03-31",
    "2026-04-01",
    "2026-09-30",
    "2026-10-01",
    "2026-10-31",
    "2026-11-01",
    "2026-11-08",
    "2026-11-09",
    "2026-11-27",
];

/// Versions by document.
type Published = BTreeMap<String, String>;

/// Published documents with their versions, as the site's own record says.
fn published(site: &Artifacts) -> Published {
    let record: serde_json::Value = serde_json::from_str(&page(site, "build.json")).unwrap();
    let text = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    record["documents"].as_array().unwrap().iter().map(|entry| (text(entry, "id"), text(entry, "version"))).collect()
}

/// Every page shows the whole text of its version, and nothing that only another version says.
fn assert_wordings(day: &str, site: &Artifacts, published: &Published) {
    for id in WORDINGS.documents() {
        let page = squeezed(&words(&page(site, &format!("documents/{id}.html"))));
        let in_force = published.get(id).map(|version| WORDINGS.text(id, version));
        let missing: Vec<_> =
            in_force.map(phrases).into_iter().flatten().filter(|phrase| !page.contains(phrase.as_str())).collect();
        assert!(missing.is_empty(), "{day}: the page of {id} does not show {missing:?}");
        for version in WORDINGS.versions(id).filter(|version| published.get(id).is_none_or(|it| it != version)) {
            let other = WORDINGS.text(id, version);
            let more = only(other, in_force);
            let less = in_force.map(|text| only(text, [other])).unwrap_or_default();
            // Of two that differ in the address of a reference alone, readers see the same words.
            let told = !more.is_empty() || !less.is_empty() || in_force.map(pieces) == Some(pieces(other));
            assert!(told, "{day}: nothing tells what is in force from {id} {version}");
            let shown: Vec<_> = more.into_iter().filter(|phrase| page.contains(phrase)).collect();
            assert!(shown.is_empty(), "{day}: the page of {id} shows {shown:?} of version {version}");
        }
    }
}

/// What changed between two days.
fn told(day: &str, before: &Published, now: &Published) -> String {
    let mut out = format!("{day}: {} documents\n", now.len());
    let mut line = |what: &str, entries: Vec<String>| {
        if !entries.is_empty() {
            writeln!(out, "  {what}: {}", entries.join(", ")).unwrap();
        }
    };
    let new = now.iter().filter(|(id, _)| !before.contains_key(*id));
    line("new", new.map(|(id, version)| format!("{id} {version}")).collect());
    let changed = now.iter().filter_map(|(id, version)| Some((id, before.get(id)?, version)));
    line(
        "changed",
        changed.filter(|(_, old, new)| old != new).map(|(id, old, new)| format!("{id} {old} → {new}")).collect(),
    );
    let gone = before.iter().filter(|(id, _)| !now.contains_key(*id));
    line("gone", gone.map(|(id, version)| format!("{id} {version}")).collect());
    out
}

#[test]
fn each_day_shows_what_was_in_force_in_its_wording() {
    let found: Vec<Published> = DAYS
        .par_iter()
        .map(|day| {
            let site = pages(None, day);
            let published = published(&site);
            assert_wordings(day, &site, &published);
            published
        })
        .collect();
    let nothing = Published::new();
    let before = std::iter::once(&nothing).chain(&found);
    let list: String = DAYS.iter().zip(before.zip(&found)).map(|(day, (before, now))| told(day, before, now)).collect();
    snapshot(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example/published.txt"), &list);
}
