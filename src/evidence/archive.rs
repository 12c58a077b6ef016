//! Reads a pack that comes as a zip archive. Any bytes are read without harm: nothing is unpacked to the disk, sizes are
//! bounded, and names are only names. [`crate::publish::zip`] makes such archives.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::manifest::Files;
use crate::publish::zip::pack;

/// Most files in a pack: a handbook of ten thousand documents has two for each.
const MOST_FILES: usize = 100_000;
/// Most bytes of a pack, unpacked.
pub const MOST_BYTES: u64 = 2 << 30;

/// Why an archive cannot be read. Codes with words under `verify-archive-…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// It is no zip archive, or a damaged one.
    Broken,
    /// A name that no pack has: one that leads elsewhere, or is taken already.
    Name(String),
    /// More files or bytes than any pack has.
    TooLarge,
    /// What one file holds cannot be read, or is not what its checksum says.
    Content(String),
}

/// Reads an archive.
///
/// # Errors
/// What is wrong with it.
pub fn unpack(bytes: &[u8]) -> Result<Files, Damage> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damage::Broken)?;
    if archive.len() > MOST_FILES {
        return Err(Damage::TooLarge);
    }
    let mut files = Files::new();
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| Damage::Broken)?;
        let raw = String::from_utf8_lossy(file.entry().name_raw()).into_owned();
        let is_file = file.entry().is_file();
        // Some programs add folders when they pack a folder again.
        if raw.ends_with('/') {
            continue;
        }
        if !is_file || !is_plain(&raw) {
            return Err(Damage::Name(raw));
        }
        let mut content = Vec::new();
        // One byte more than may be left tells a file that goes on, whatever size it states.
        let read = file.take(left + 1).read_to_end(&mut content);
        read.map_err(|_| Damage::Content(raw.clone()))?;
        left = left.checked_sub(content.len() as u64).ok_or(Damage::TooLarge)?;
        if files.insert(raw.clone(), content).is_some() {
            return Err(Damage::Name(raw));
        }
    }
    if archive.has_duplicate_names() {
        return Err(Damage::Name(String::new()));
    }
    Ok(files)
}

/// Whether an archive is, byte for byte, the one that these files give. One that another program packed is not, and
/// may still hold the same files.
pub fn is_original(bytes: &[u8], files: &Files) -> bool {
    pack(files).is_ok_and(|ours| ours == bytes)
}

/// Whether a name is a path that stays where it is.
pub fn is_plain(path: &str) -> bool {
    !path.contains(['\\', ':'])
        && !path.contains(char::is_control)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn files() -> Files {
        let text = "規程 ".repeat(200);
        [("a.json", "1"), ("csv/b.csv", text.as_str()), ("README.txt", "")]
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    /// An archive with a name as it stands.
    fn named(names: &[&str]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(b"x").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn the_same_files_give_the_same_bytes_and_come_back() {
        let packed = pack(&files()).unwrap();
        assert_eq!(packed, pack(&files()).unwrap());
        assert_eq!(unpack(&packed), Ok(files()));
        assert!(is_original(&packed, &files()));
        assert!(!is_original(&[&packed[..], b"x"].concat(), &files()));
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["../a", "/etc/passwd", "a/../../b", "C:/a", "a\\b", "./a", "a//b"] {
            assert!(matches!(unpack(&named(&[name])), Err(Damage::Name(_))), "{name}");
        }
        assert!(unpack(&named(&["a/", "b"])).is_ok_and(|files| files.len() == 1));
        assert_eq!(unpack(b""), Err(Damage::Broken));
        assert_eq!(unpack(b"PK\x03\x04 nothing"), Err(Damage::Broken));
    }

    #[test]
    fn a_shortened_or_altered_archive_is_an_error_or_other_files_and_never_a_panic() {
        let packed = pack(&files()).unwrap();
        for end in 0..packed.len() {
            assert!(unpack(&packed[..end]).is_err(), "cut at {end}");
        }
        for at in 0..packed.len() {
            for flip in [1, 0x80, 0xff] {
                let mut altered = packed.clone();
                altered[at] ^= flip;
                // What is no part of any file, such as a date, may differ; then the bytes are not the original.
                let same = unpack(&altered).is_ok_and(|found| found == files());
                assert!(!same || !is_original(&altered, &files()), "byte {at}");
            }
        }
    }
}
