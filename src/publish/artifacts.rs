//! The files of a site in memory, before anything is written: what `site` and `export` hand to `publish` and `serve`.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::PublishError;

/// Files by their path relative to the folder they are published to, with `/` between the parts.
///
/// Every path can be written on any system and served from any: no part is empty, `.` or `..`, none holds a
/// backslash, a colon or a control character, and no two differ only by case or by Unicode composition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artifacts {
    files: BTreeMap<String, Vec<u8>>,
    /// Every file and folder as file systems without case see it, with the spelling that was seen first.
    seen: BTreeMap<String, (String, Kind)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

impl Artifacts {
    /// Adds a file; one whose path is unusable or already taken is refused.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<(), PublishError> {
        let path = path.into();
        if !path.split('/').all(is_usable) {
            return Err(PublishError::BadPath { path });
        }
        let levels = || folders(&path).map(|folder| (folder, Kind::Folder)).chain([(path.as_str(), Kind::File)]);
        for (level, kind) in levels() {
            if let Some((spelling, known)) = self.seen.get(&fold(level))
                && (spelling != level || *known != kind || kind == Kind::File)
            {
                return Err(PublishError::PathTaken { other: spelling.clone(), path: path.clone() });
            }
        }
        for (level, kind) in levels() {
            self.seen.entry(fold(level)).or_insert_with(|| (level.to_owned(), kind));
        }
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// Adds the files of another part of the site.
    pub fn extend(&mut self, other: Self) -> Result<(), PublishError> {
        other.files.into_iter().try_for_each(|(path, bytes)| self.insert(path, bytes))
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Gives the files away, sorted by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files
    }
}

/// The folders above a path, outermost first: `a`, `a/b` for `a/b/c.html`.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

fn is_usable(part: &str) -> bool {
    // Windows drops a final dot and reads a colon as a stream or a drive.
    !part.is_empty() && !part.ends_with('.') && !part.contains(['\\', ':']) && !part.contains(char::is_control)
}

fn fold(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfc().flat_map(char::to_lowercase).nfc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusable_paths_are_refused() {
        let mut artifacts = Artifacts::default();
        let bad =
            ["", "/", "/etc/passwd", "a//b", "a/", "..", "../a", "a/../b", "./a", "a/.", "C:/a", "a\\b", "a\0", "a\n"];
        for path in bad {
            assert!(matches!(artifacts.insert(path, ""), Err(PublishError::BadPath { .. })), "{path:?}");
        }
        assert!(artifacts.is_empty());
        artifacts.insert("..a/b..c", "").unwrap();
        artifacts.insert("規程/第1条.html", "").unwrap();
    }

    #[test]
    fn paths_are_unique_on_every_file_system() {
        let mut artifacts = Artifacts::default();
        artifacts.insert("P-01/index.html", "x").unwrap();
        artifacts.insert("P-01/print.html", "x").unwrap();
        artifacts.insert("\u{30ac}.html", "x").unwrap();
        let taken =
            ["P-01/index.html", "P-01/INDEX.html", "p-01/other.html", "P-01", "P-01/index.html/x", "カ\u{3099}.html"];
        for path in taken {
            assert!(matches!(artifacts.insert(path, "y"), Err(PublishError::PathTaken { .. })), "{path:?}");
        }
        assert_eq!(artifacts.len(), 3);
        assert_eq!(artifacts.get("P-01/index.html"), Some(&b"x"[..]));
        artifacts.insert("P-010", "x").unwrap();
        let paths: Vec<_> = artifacts.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["P-01/index.html", "P-01/print.html", "P-010", "\u{30ac}.html"]);
    }
}
