//! The pages of a day without the index of all texts, which takes longer to make than everything else of a site. Tests of
//! what stands on pages ask for these; that they are what the program publishes is a test of its own.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use kitei::handbook::edition::Edition;
use kitei::publish::Artifacts;
use kitei::site::{Options, last_changes, render};
use kitei::workspace::Workspace;

use super::company::company;
use crate::support::{good, scratch};

/// What `kitei build` makes of the working tree or of a revision on a day, but for `pagefind/`.
pub fn pages(rev: Option<&str>, day: &str) -> Artifacts {
    let today: Date = day.parse().unwrap();
    let tree = Workspace::open(company()).unwrap().at(rev).unwrap();
    let language = tree.config().language;
    let snapshot = tree.on(today);
    let edition = Edition::in_force(&snapshot);
    let options = Options {
        language,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        uncommitted: false,
        revision: snapshot.commit().map(|commit| commit.to_string()),
        changes: last_changes(&edition, snapshot.history().timelines().unwrap().unwrap()),
    };
    render(&edition, &options, snapshot.files()).unwrap()
}

/// A page as text; empty where there is none.
pub fn page(site: &Artifacts, path: &str) -> String {
    site.get(path).map(|bytes| String::from_utf8(bytes.to_vec()).unwrap()).unwrap_or_default()
}

/// Every file below a folder by its path in it.
fn files(folder: &Path, before: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => files(&entry.path(), &format!("{name}/"), found),
            false => drop(found.insert(name, std::fs::read(entry.path()).unwrap())),
        }
    }
}

#[test]
fn they_are_what_the_program_publishes() {
    for (rev, day) in [(None, "2024-06-10"), (Some("2025-03"), "2025-03-27")] {
        let site = scratch();
        let out = site.path().join("site");
        let at = ["build", "--quiet", "--as-of", day, "--out", out.to_str().unwrap()];
        good(&company(), &rev.map_or(at.to_vec(), |rev| [&at[..], &["--rev", rev]].concat()));
        let mut published = BTreeMap::new();
        files(&out, "", &mut published);
        published.retain(|path, _| !path.starts_with("pagefind/") && !path.starts_with('.'));
        let made = pages(rev, day);
        let made: BTreeMap<String, Vec<u8>> =
            made.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(&made), paths(&published), "{day}");
        for (path, bytes) in &made {
            assert!(published[path] == *bytes, "{day}: {path} differs");
        }
    }
}
