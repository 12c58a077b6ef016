//! The manifest of a pack: the SHA-256 of every file, as `sha256sum` writes and checks it. Its own hash is the pack's
//! root: whoever keeps that one line elsewhere can tell for ever whether anything in the pack was altered.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::sha256_hex;

/// The manifest's file name.
pub const NAME: &str = "SHA256SUMS";

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The manifest of some files, the manifest itself apart.
pub fn manifest(files: &Files) -> String {
    let others = files.iter().filter(|(path, _)| path.as_str() != NAME);
    others.map(|(path, bytes)| format!("{}  {path}\n", sha256_hex(bytes))).collect()
}

/// The root hash of a manifest.
pub fn root(manifest: &[u8]) -> String {
    sha256_hex(manifest)
}

/// What is wrong with a file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// There is no manifest.
    NoManifest,
    /// A line of the manifest, counted from 1, is none that kitei writes.
    BadLine(usize),
    /// The manifest names a file that is not there.
    Missing(String),
    /// A file is there that the manifest does not name.
    Extra(String),
    /// A file is not what the manifest says.
    Altered(String),
}

/// Holds files against their manifest.
pub fn check(files: &Files) -> Vec<Fault> {
    let Some(manifest) = files.get(NAME) else { return vec![Fault::NoManifest] };
    let mut faults = Vec::new();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut last = "";
    let text = String::from_utf8_lossy(manifest);
    // Line by line as kitei writes it: a second spelling of the same manifest would have another root hash.
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let read = line.strip_suffix('\n').and_then(|line| line.split_once("  "));
        let hash =
            |hash: &str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let Some((hash, path)) = read.filter(|(found, path)| hash(found) && *path > last) else {
            faults.push(Fault::BadLine(at + 1));
            continue;
        };
        last = path;
        named.insert(path);
        match files.get(path) {
            None => faults.push(Fault::Missing(path.to_owned())),
            Some(bytes) if sha256_hex(bytes) != hash => faults.push(Fault::Altered(path.to_owned())),
            Some(_) => {}
        }
    }
    let extra = files.keys().filter(|path| path.as_str() != NAME && !named.contains(path.as_str()));
    faults.extend(extra.map(|path| Fault::Extra(path.clone())));
    faults.sort();
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack() -> Files {
        let mut files = Files::new();
        files.insert("a.json".into(), b"1".to_vec());
        files.insert("csv/b.csv".into(), b"2".to_vec());
        files.insert(NAME.into(), manifest(&files).into_bytes());
        files
    }

    #[test]
    fn every_alteration_is_found_with_its_place() {
        assert!(check(&pack()).is_empty());
        let altered = |change: &dyn Fn(&mut Files)| {
            let mut files = pack();
            change(&mut files);
            check(&files)
        };
        let with = |path: &str, bytes: &[u8]| {
            let (path, bytes) = (path.to_owned(), bytes.to_vec());
            move |files: &mut Files| {
                files.insert(path.clone(), bytes.clone());
            }
        };
        assert_eq!(altered(&with("a.json", b"2")), [Fault::Altered("a.json".into())]);
        assert_eq!(altered(&with("c", b"")), [Fault::Extra("c".into())]);
        assert_eq!(altered(&|files| drop(files.remove("a.json"))), [Fault::Missing("a.json".into())]);
        assert_eq!(altered(&|files| drop(files.remove(NAME))), [Fault::NoManifest]);
        let renamed = altered(&|files| {
            let bytes = files.remove("a.json").unwrap();
            files.insert("b.json".into(), bytes);
        });
        assert_eq!(renamed, [Fault::Missing("a.json".into()), Fault::Extra("b.json".into())]);
        let line = altered(&|files| files.get_mut(NAME).unwrap().extend(b"x\n"));
        assert_eq!(line, [Fault::BadLine(3)]);
        let twice = altered(&|files| {
            let manifest = files.get_mut(NAME).unwrap();
            let line = manifest.clone();
            manifest.extend(line);
        });
        assert_eq!(twice, [Fault::BadLine(3), Fault::BadLine(4)]);
        assert_eq!(altered(&with(NAME, &[0xff, 0xfe])).first(), Some(&Fault::BadLine(1)));
    }
}
