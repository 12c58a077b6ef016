//! What is wrong with a pack: against its own manifest, between its own files, and against a pack made again from the
//! repository. Decides nothing about where packs come from, and prints nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::archive::Damage;
use super::manifest::{self, Fault, Files};
use super::material::Request;
use super::table::{Plain, words};
use super::{RECORD, SIGNERS};
use crate::history::CommitId;
use crate::locale::{Language, Text};

/// More differences than these are only counted.
const TOLD: usize = 30;

/// What a pack says it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The commit.
    pub commit: CommitId,
    /// What was asked for.
    pub request: Request,
    /// The version of kitei that made it.
    pub version: String,
}

/// Reads what a pack says it is of.
///
/// # Errors
/// Where it does not say so, or says what cannot be.
pub fn stated(files: &Files) -> Result<Stated, Text> {
    let wrong = |key: &str| Text::new("verify-record").arg("file", RECORD).arg("key", key);
    let bytes = files.get(RECORD).ok_or_else(|| wrong("-"))?;
    let record: Value = serde_json::from_slice(bytes).map_err(|_| wrong("-"))?;
    let text = |key: &'static str| record.get(key).and_then(Value::as_str).ok_or_else(|| wrong(key));
    if text("generator")? != "kitei" || text("kind")? != "evidence" {
        return Err(wrong("kind"));
    }
    if record.get("schema") != Some(&Value::from(1)) {
        return Err(Text::new("verify-schema").arg("version", text("version")?));
    }
    let day = |key: &'static str| text(key)?.parse().map_err(|_| wrong(key));
    let from = match record.get("from") {
        None | Some(Value::Null) => None,
        Some(_) => Some(day("from")?),
    };
    let language = match text("language")? {
        "ja" => Language::Ja,
        "en" => Language::En,
        _ => return Err(wrong("language")),
    };
    let signers = match (record.get("signers_sha256"), files.get(SIGNERS)) {
        (None | Some(Value::Null), None) => None,
        (Some(Value::String(hash)), Some(bytes)) if *hash == crate::digest::sha256_hex(bytes) => {
            Some(String::from_utf8(bytes.clone()).map_err(|_| wrong("signers_sha256"))?)
        }
        _ => return Err(wrong("signers_sha256")),
    };
    Ok(Stated {
        commit: text("commit")?.parse().map_err(|_| wrong("commit"))?,
        request: Request { from, to: day("to")?, made_on: day("made_on")?, language, signers },
        version: text("version")?.to_owned(),
    })
}

/// A damaged archive in words.
pub fn damage(damage: &Damage) -> Text {
    match damage {
        Damage::Broken => Text::new("verify-archive-broken"),
        Damage::Name(name) => Text::new("verify-archive-name").arg("name", name),
        Damage::TooLarge => Text::new("verify-archive-too-large"),
        Damage::Content(name) => Text::new("verify-archive-content").arg("name", name),
    }
}

/// What is wrong with a pack by itself: files that are not what its manifest says, and files that say different things.
pub fn inside(files: &Files) -> Vec<Text> {
    let faults = manifest::check(files);
    let mut told: Vec<Text> = faults.iter().map(fault).collect();
    if let Err(text) = stated(files) {
        told.push(text);
    }
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("data/")) {
        let Some(plain) = Plain::parse(bytes) else {
            told.push(Text::new("verify-data").arg("file", path));
            continue;
        };
        let twin = path.replace("data/", "csv/").replace(".json", ".csv");
        let Some(csv) = files.get(&twin) else { continue };
        if let Some(line) = first_difference(csv, &plain.csv()) {
            told.push(Text::new("verify-csv").arg("file", twin).arg("line", line).arg("data", path));
        }
    }
    cut(told)
}

fn fault(fault: &Fault) -> Text {
    match fault {
        Fault::NoManifest => Text::new("verify-no-manifest").arg("file", manifest::NAME),
        Fault::BadLine(line) => Text::new("verify-manifest-line").arg("file", manifest::NAME).arg("line", *line),
        Fault::Missing(path) => Text::new("verify-missing").arg("file", path),
        Fault::Extra(path) => Text::new("verify-extra").arg("file", path),
        Fault::Altered(path) => Text::new("verify-altered").arg("file", path),
    }
}

/// The line, from 1, in which two files first differ.
fn first_difference(one: &[u8], other: &[u8]) -> Option<usize> {
    if one == other {
        return None;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    Some(one[..same].iter().filter(|byte| **byte == b'\n').count() + 1)
}

/// What a pack says otherwise than one that was made again from the repository. Files that show data are compared only
/// where the same version of kitei made both.
pub fn against(files: &Files, made: &Files, same_version: bool) -> Vec<Text> {
    let mut told = Vec::new();
    let mut differing: BTreeSet<&str> = BTreeSet::new();
    for (path, ours) in made.iter().filter(|(path, _)| path.starts_with("data/")) {
        let Some(theirs) = files.get(path).filter(|theirs| *theirs != ours) else { continue };
        differing.insert(path);
        match (Plain::parse(theirs), Plain::parse(ours)) {
            (Some(theirs), Some(ours)) => rows(path, &theirs, &ours, same_version, &mut told),
            _ => told.push(Text::new("verify-data").arg("file", path)),
        }
    }
    let is_compared = |path: &str| same_version || path.starts_with("data/") || path.ends_with(".md");
    let paths: BTreeSet<&str> = files.keys().chain(made.keys()).map(String::as_str).collect();
    for path in paths.into_iter().filter(|path| is_compared(path) && *path != manifest::NAME) {
        match (files.get(path), made.get(path)) {
            (None, _) => told.push(Text::new("verify-repository-missing").arg("file", path)),
            (_, None) => told.push(Text::new("verify-repository-extra").arg("file", path)),
            (Some(theirs), Some(ours)) if !differing.contains(path) => {
                if let Some(line) = first_difference(theirs, ours) {
                    told.push(Text::new("verify-repository-file").arg("file", path).arg("line", line));
                }
            }
            // Told by row, unless only the layout differs.
            (Some(theirs), Some(ours)) => {
                let unsaid = !told.iter().any(|text: &Text| text.words().contains(&path));
                if let Some(line) = first_difference(theirs, ours).filter(|_| unsaid && same_version) {
                    told.push(Text::new("verify-repository-file").arg("file", path).arg("line", line));
                }
            }
        }
    }
    cut(told)
}

fn rows(path: &str, theirs: &Plain, ours: &Plain, same_version: bool, told: &mut Vec<Text>) {
    if same_version && theirs.columns != ours.columns {
        told.push(Text::new("verify-columns").arg("file", path));
        return;
    }
    let name = |row: &[Value]| row.first().map(words).unwrap_or_default();
    let index = |plain: &Plain| -> BTreeMap<String, usize> {
        plain.rows.iter().enumerate().map(|(at, row)| (name(row), at)).collect()
    };
    let (places, wanted) = (index(theirs), index(ours));
    for (row, at) in &places {
        if !wanted.contains_key(row) {
            told.push(Text::new("verify-row-extra").arg("file", path).arg("line", at + 2).arg("row", row));
        }
    }
    for (row, at) in &wanted {
        let Some(place) = places.get(row) else {
            told.push(Text::new("verify-row-missing").arg("file", path).arg("row", row));
            continue;
        };
        for (column, value) in ours.columns.iter().zip(&ours.rows[*at]) {
            let Some(theirs) = theirs.columns.iter().position(|key| key == column).map(|key| &theirs.rows[*place][key])
            else {
                continue;
            };
            if theirs != value {
                let text = Text::new("verify-value").arg("file", path).arg("line", place + 2).arg("row", row);
                told.push(
                    text.arg("column", column).arg("pack", words(theirs)).arg("repository", words(value)).shortened(),
                );
            }
        }
    }
}

/// Signatures that come out otherwise by another file of signers than the pack's.
pub fn signatures(files: &Files, made: &Files) -> Vec<Text> {
    const TABLE: &str = "data/signatures.json";
    let read = |files: &Files| Plain::parse(files.get(TABLE)?);
    let (Some(theirs), Some(ours)) = (read(files), read(made)) else { return Vec::new() };
    let verdicts = |plain: &Plain| -> BTreeMap<String, String> {
        let Some(at) = plain.columns.iter().position(|key| key == "verdict") else { return BTreeMap::new() };
        plain.rows.iter().map(|row| (row.first().map(words).unwrap_or_default(), words(&row[at]))).collect()
    };
    let wanted = verdicts(&ours);
    let differing = verdicts(&theirs).into_iter().filter_map(|(commit, theirs)| {
        let ours = wanted.get(&commit).filter(|ours| **ours != theirs)?;
        let text = Text::new("verify-signature").arg("commit", commit).arg("pack", theirs);
        Some(text.arg("own", ours))
    });
    cut(differing.collect())
}

fn cut(mut told: Vec<Text>) -> Vec<Text> {
    let more = told.len().saturating_sub(TOLD);
    if more > 0 {
        told.truncate(TOLD);
        told.push(Text::new("verify-more").arg("count", more));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(value: &str) -> Files {
        let plain = Plain {
            columns: vec!["id".into(), "effective".into()],
            rows: vec![
                vec![Value::from("P-01"), Value::from("2026-04-01")],
                vec![Value::from("P-02"), Value::from(value)],
            ],
        };
        let mut files = Files::new();
        files.insert("data/documents.json".into(), plain.json().into_bytes());
        files.insert("csv/documents.csv".into(), plain.csv());
        files
    }

    fn keys(told: &[Text]) -> Vec<&str> {
        told.iter().map(Text::key).collect()
    }

    #[test]
    fn a_value_that_differs_is_told_with_file_line_row_and_column() {
        let told = against(&data("2026-05-01"), &data("2026-04-01"), true);
        assert_eq!(keys(&told), ["verify-value", "verify-repository-file"]);
        assert_eq!(told[0].words(), ["data/documents.json", "P-02", "effective", "2026-05-01", "2026-04-01"]);
        assert!(against(&data("2026-04-01"), &data("2026-04-01"), true).is_empty());
        // Spreadsheets made by another version are not compared; data is.
        assert_eq!(keys(&against(&data("2026-05-01"), &data("2026-04-01"), false)), ["verify-value"]);
    }

    #[test]
    fn files_that_say_different_things_are_told_without_any_anchor() {
        let mut files = data("2026-04-01");
        let csv = files.get_mut("csv/documents.csv").unwrap();
        let at = csv.windows(4).rposition(|four| four == b"2026").unwrap();
        csv[at + 3] = b'7';
        files.insert(manifest::NAME.into(), manifest::manifest(&files).into_bytes());
        let told = inside(&files);
        assert_eq!(keys(&told), ["verify-record", "verify-csv"]);
        assert_eq!(told[1].words(), ["csv/documents.csv", "data/documents.json"]);
    }
}
