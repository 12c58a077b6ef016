//! Files beside the handbook that decide what happens to it: what runs on every change, who has to look at it, and
//! what the pages are made of.

use std::collections::BTreeMap;

use super::Area;
use crate::digest::sha256_hex;
use crate::load::{EntryKind, Files};

/// Folders and single files, with what they are.
const PLACES: [(&str, Area); 18] = [
    (".ci", Area::Pipeline),
    (".circleci", Area::Pipeline),
    (".forgejo", Area::Pipeline),
    (".gitea", Area::Pipeline),
    (".github", Area::Pipeline),
    (".gitlab", Area::Pipeline),
    (".woodpecker", Area::Pipeline),
    ("site", Area::Site),
    (".gitattributes", Area::Pipeline),
    (".gitlab-ci.yml", Area::Pipeline),
    (".gitmodules", Area::Pipeline),
    ("CODEOWNERS", Area::Owners),
    ("Jenkinsfile", Area::Pipeline),
    ("azure-pipelines.yml", Area::Pipeline),
    ("bitbucket-pipelines.yml", Area::Pipeline),
    ("docs/CODEOWNERS", Area::Owners),
    (".github/CODEOWNERS", Area::Owners),
    (".gitlab/CODEOWNERS", Area::Owners),
];

/// Each watched file by its path: what it is, and the SHA-256 of its bytes; a sign of its kind where it is no file.
pub type Watched = BTreeMap<String, (Area, String)>;

/// Looks at the watched files of a tree.
pub fn watched(files: &dyn Files) -> Watched {
    let mut found = Watched::new();
    for (place, area) in PLACES {
        if files.exists(place) {
            found.insert(place.to_owned(), (area, content(files, place)));
            continue;
        }
        for entry in files.list(place).into_iter().filter(|entry| entry.path != place) {
            let content = match entry.kind {
                EntryKind::File(_) => content(files, &entry.path),
                other => format!("{other:?}"),
            };
            found.insert(entry.path, (area, content));
        }
    }
    found
}

fn content(files: &dyn Files, path: &str) -> String {
    files.read(path).map_or_else(|error| error, |bytes| sha256_hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::MemoryFiles;

    #[test]
    fn owners_are_owners_wherever_they_stand() {
        let mut files = MemoryFiles::default();
        for path in [".github/workflows/check.yml", ".github/CODEOWNERS", "site/templates/base.html", "policies/a.md"] {
            files.insert(path, "x");
        }
        let found = watched(&files);
        let told: Vec<_> = found.iter().map(|(path, (area, _))| (path.as_str(), *area)).collect();
        let expected = [
            (".github/CODEOWNERS", Area::Owners),
            (".github/workflows/check.yml", Area::Pipeline),
            ("site/templates/base.html", Area::Site),
        ];
        assert_eq!(told, expected);
    }
}
