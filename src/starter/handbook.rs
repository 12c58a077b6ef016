//! The reference handbook inside the program: what this repository's own handbook is, file by file.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::load::MemoryFiles;

static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");
static CONTROLS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/controls");
static PROCEDURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/procedures");
static RECORDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/records");

/// Texts by path from the handbook's root.
pub type Texts = BTreeMap<String, &'static str>;

/// Settings, documents and records.
pub fn handbook() -> Texts {
    let mut files = Texts::from([(crate::load::CONFIG_FILE.to_owned(), include_str!("../../kitei.toml"))]);
    for (folder, dir) in
        [("policies/", &POLICIES), ("controls/", &CONTROLS), ("procedures/", &PROCEDURES), ("records/", &RECORDS)]
    {
        files.extend(texts(folder, dir));
    }
    files
}

/// The name that its documents call the organisation by.
pub const ORGANISATION: &str = "例示データサービス株式会社";

/// The name of the place where it works, which stands for any such place.
pub const SITE: &str = "例示第一データセンター";

/// The same without ledger and approved copies: what happened to these documents happened to no other organisation's.
pub fn without_ledger() -> MemoryFiles {
    let mut files = MemoryFiles::default();
    let decided = |path: &str| path.starts_with("records/ledger/") || path.starts_with("records/approved/");
    for (path, text) in handbook().into_iter().filter(|(path, _)| !decided(path)) {
        files.insert(path, text);
    }
    files
}

/// Registers outside ledger and approved copies, by path below `records/`.
pub fn registers() -> Texts {
    let mut found = texts("", &RECORDS);
    let decided = |path: &str| path.starts_with("ledger/") || path.starts_with("approved/");
    found.retain(|path, _| path.ends_with(".toml") && !decided(path));
    found
}

/// Every text below an embedded folder, by path behind a prefix.
pub fn texts(prefix: &str, dir: &'static Dir<'static>) -> Texts {
    let mut found = Texts::new();
    for file in dir.files() {
        // The separator is that of the system on which the program was built.
        let path = format!("{prefix}{}", file.path().to_string_lossy().replace('\\', "/"));
        // Only texts are kept there; a test holds that.
        found.extend(file.contents_utf8().map(|text| (path, text)));
    }
    for folder in dir.dirs() {
        found.extend(texts(prefix, folder));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_handbook_is_inside_as_text() {
        let count = |dir: &'static Dir<'static>| {
            let mut open = vec![dir];
            let mut files = 0;
            while let Some(dir) = open.pop() {
                files += dir.files().count();
                open.extend(dir.dirs());
            }
            files
        };
        let all: usize = [&POLICIES, &CONTROLS, &PROCEDURES, &RECORDS].into_iter().map(count).sum();
        let handbook = handbook();
        assert_eq!(handbook.len(), all + 1);
        for path in ["kitei.toml", "controls/5.12.md", "records/ledger/P-01.toml", "records/roles.toml"] {
            assert!(handbook.contains_key(path), "{path}");
        }
    }
}
