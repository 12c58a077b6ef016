//! Files that a person names on the command line, from anywhere: tables, packs of evidence, other texts.
#![expect(clippy::disallowed_methods, reason = "this reads the disk")]

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use super::{ATTACHMENT_LIMIT, TEXT_LIMIT};
use crate::locale::Text;

/// A path without links, as seen from `start`; `None` where nothing stands there.
pub fn absolute(start: &Path, path: &Path) -> Option<PathBuf> {
    start.join(path).canonicalize().ok()
}

/// A path as somebody named it, seen from `start`, without `.` and `..`; nothing need stand there. `..` behind a link
/// leads to the folder above what the link points at, as the system takes it.
pub fn normal(start: &Path, named: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in start.join(named).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if normal.is_symlink()
                    && let Ok(real) = normal.canonicalize()
                {
                    normal = real;
                }
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// Reads a table that a person names, from anywhere: UTF-8 with or without a byte order mark.
///
/// # Errors
/// The operating system's words, or where it stops being UTF-8.
pub fn read_table(path: &Path) -> Result<String, Text> {
    let size = std::fs::metadata(path).map(|data| data.len());
    let bytes = size.and_then(|size| if size > TEXT_LIMIT { Ok(None) } else { std::fs::read(path).map(Some) });
    let bytes = bytes.map_err(|error| Text::new("csv-io").arg("error", error.to_string()))?;
    let bytes = bytes.ok_or_else(|| Text::new("csv-too-large"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        Text::new("csv-not-utf8").arg("line", valid.iter().filter(|byte| **byte == b'\n').count() + 1)
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// A pack of evidence as it was found.
#[derive(Debug)]
pub enum FoundPack {
    /// The files of a folder by path, and what lies there that is no file.
    Folder(BTreeMap<String, Vec<u8>>, Vec<String>),
    /// The bytes of an archive.
    Archive(Vec<u8>),
}

/// Reads a pack that a person names, from anywhere. Links in it are not followed.
///
/// # Errors
/// The operating system's words, or that there is more than `limit` bytes.
pub fn read_pack(path: &Path, limit: u64) -> Result<FoundPack, Text> {
    let failed = |error: &dyn std::fmt::Display| {
        Text::new("verify-unreadable").arg("path", path.display().to_string()).arg("reason", error.to_string())
    };
    let mut left = limit;
    let mut read = |path: &Path| {
        let mut bytes = Vec::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(left + 1).read_to_end(&mut bytes))
            .map_err(|error| failed(&error))?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| Text::new("verify-archive-too-large"))?;
        Ok::<_, Text>(bytes)
    };
    let data = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if data.is_file() {
        return read(path).map(FoundPack::Archive);
    }
    if !data.is_dir() {
        return Err(failed(&"-"));
    }
    let (mut files, mut strange) = (BTreeMap::new(), Vec::new());
    for found in walkdir::WalkDir::new(path).min_depth(1).follow_links(false).sort_by_file_name() {
        let found = found.map_err(|error| failed(&error))?;
        let relative = found.path().strip_prefix(path).unwrap_or(found.path());
        let name = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if found.file_type().is_file() {
            files.insert(name, read(found.path())?);
        } else if !found.file_type().is_dir() {
            strange.push(name);
        }
    }
    Ok(FoundPack::Folder(files, strange))
}

/// Why a file beside another was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// There is none.
    Missing,
    /// It is a symbolic link, or a folder above it is one.
    Link,
    /// The operating system's words, or that it is no regular file, or larger than any attachment may be.
    Failed(Text),
}

/// Reads an attachment by its path from a folder that a person names. No link below the folder is followed.
///
/// # Errors
/// Why it was not read.
pub fn read_beside(folder: &Path, path: &str) -> Result<Vec<u8>, Unread> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Unread::Missing,
        _ => Unread::Failed(Text::new("csv-io").arg("error", error.to_string())),
    };
    let mut at = folder.to_owned();
    let mut size = None;
    for part in path.split('/') {
        at.push(part);
        let data = std::fs::symlink_metadata(&at).map_err(failed)?;
        if data.is_symlink() {
            return Err(Unread::Link);
        }
        size = data.is_file().then_some(data.len());
    }
    let size = size.ok_or_else(|| Unread::Failed(Text::new("beside-no-file")))?;
    let too_large = || Unread::Failed(Text::new("beside-too-large").arg("limit", (ATTACHMENT_LIMIT >> 20) as usize));
    if size > ATTACHMENT_LIMIT {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    std::fs::File::open(&at)
        .and_then(|file| file.take(ATTACHMENT_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > ATTACHMENT_LIMIT { Err(too_large()) } else { Ok(bytes) }
}

/// Reads a text that a person names, from anywhere.
///
/// # Errors
/// The operating system's words, or that it is no text.
pub fn read_named(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > TEXT_LIMIT {
        return Err(format!("> {TEXT_LIMIT}"));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_path_has_no_way_back_in_it() {
        let normal = |named: &str| normal(Path::new("/home/book"), Path::new(named)).display().to_string();
        assert_eq!(normal("../x"), "/home/x");
        assert_eq!(normal("./a/../../demo/."), "/home/demo");
        assert_eq!(normal("/elsewhere/x/.."), "/elsewhere");
        assert_eq!(normal("../../../.."), "/");
        assert_eq!(normal(""), "/home/book");
    }

    #[cfg(unix)]
    #[test]
    fn behind_a_link_the_way_back_leads_to_where_the_link_points() {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let folder = temp.path().canonicalize().expect("the folder");
        std::fs::create_dir_all(folder.join("far/book")).expect("folders");
        std::os::unix::fs::symlink(folder.join("far/book"), folder.join("link")).expect("a link");
        assert_eq!(normal(&folder, Path::new("link/../x")), folder.join("far/x"));
    }
}
