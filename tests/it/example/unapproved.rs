//! Text that nobody approved, or that is not in force yet, is in nothing that is published or exported: every file that a
//! build writes is looked through, whatever it is, packed or not.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::company::{company, git, words};
use super::wordings::{WORDINGS, only, phrases, squeezed, text_at};
use crate::support::{good, kitei, scratch};

/// A file of the output with everything that can be read out of it: itself, what is packed in it, its words without marks.
struct Readable {
    path: PathBuf,
    texts: Vec<String>,
}

fn readable(path: PathBuf, bytes: &[u8]) -> Readable {
    let mut texts = Vec::new();
    unpack(bytes, &mut texts);
    // With the words of a page stand those without the spaces that it may have, as phrases are cut.
    let plain: Vec<String> = texts.iter().map(|text| squeezed(&words(text))).collect();
    texts.extend(plain);
    Readable { path, texts }
}

/// Adds the text of bytes, of what a gzip stream holds, and of every file in an archive.
fn unpack(bytes: &[u8], texts: &mut Vec<String>) {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut inside = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut inside).expect("a gzip stream");
        unpack(&inside, texts);
    } else if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        for number in 0..archive.len() {
            let mut inside = Vec::new();
            archive.by_index(number).expect("a file").read_to_end(&mut inside).expect("its bytes");
            unpack(&inside, texts);
        }
    } else {
        texts.push(String::from_utf8_lossy(bytes).into_owned());
    }
}

fn files(folder: &Path, found: &mut Vec<Readable>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match entry.is_dir() {
            true => files(&entry, found),
            false => found.push(readable(entry.clone(), &std::fs::read(&entry).unwrap())),
        }
    }
}

/// Everything that a build of a revision on a day writes.
fn built(rev: &str, day: &str) -> Vec<Readable> {
    let site = scratch();
    let out = site.path().join("site");
    good(&company(), &["build", "--quiet", "--rev", rev, "--as-of", day, "--out", out.to_str().unwrap()]);
    let mut found = Vec::new();
    files(&out, &mut found);
    assert!(found.len() > 50);
    found
}

/// Everything that the commands which tell others about the handbook write.
fn exported(rev: &str, day: &str) -> Vec<Readable> {
    let mut found = Vec::new();
    for line in [
        "list --format table",
        "list --format json",
        "list --format csv",
        "due --format table",
        "due --format json",
        "due --format ics",
        "due --format markdown",
        "log --format text",
        "log --format markdown",
        "log --format json",
        "log --format atom",
    ] {
        let mut arguments: Vec<&str> = line.split(' ').collect();
        arguments.extend(["--rev", rev, "--as-of", day]);
        let run = kitei(&company(), &arguments);
        assert_eq!(run.code, 0, "{line}: {}", run.stderr);
        found.push(readable(PathBuf::from(line), run.stdout.as_bytes()));
    }
    found
}

/// Files in which words stand.
fn holding<'r>(files: &'r [Readable], phrase: &str) -> Vec<&'r Path> {
    let holds = |file: &&Readable| file.texts.iter().any(|text| text.contains(phrase));
    files.iter().filter(holds).map(|file| file.path.as_path()).collect()
}

/// Nothing of some texts is in any of the files.
fn assert_absent(files: &[Readable], texts: &BTreeSet<String>, of: &str) {
    assert!(!texts.is_empty(), "nothing tells {of} from the rest");
    for phrase in texts {
        assert_eq!(holding(files, phrase), Vec::<&Path>::new(), "{of}: {phrase}");
    }
}

/// What only the drafts say that were refused: one in the tree of a branch, one in a commit that was taken back.
fn refused() -> BTreeSet<String> {
    let drafts =
        [("refused/p-16-direct-report", "policies/P-16.md"), ("2025-10-draft", "policies/information-management.md")];
    let refused = drafts.map(|(rev, path)| only(&text_at(rev, path), WORDINGS.texts()));
    assert!(refused.iter().all(|phrases| !phrases.is_empty()));
    refused.into_iter().flatten().collect()
}

#[test]
fn refused_drafts_are_in_nothing_that_is_written() {
    let refused = refused();
    for (rev, day, id, in_force) in [
        // The trees of these two hold the refused texts.
        ("2025-10-draft", "2025-11-01", "P-05", "1.2"),
        ("refused/p-16-direct-report", "2024-09-05", "P-16", "1.1"),
        // Its history does.
        ("2025-11", "2025-12-31", "P-21", "2.0"),
    ] {
        let site = built(rev, day);
        for phrase in phrases(WORDINGS.text(id, in_force)) {
            assert!(!holding(&site, &phrase).is_empty(), "{rev}: what is in force is found: {phrase}");
        }
        for files in [site, exported(rev, day)] {
            assert_absent(&files, &refused, &format!("refused, {rev} on {day}"));
        }
    }
}

#[test]
fn drafts_are_in_nothing_that_is_written() {
    for (rev, day, drafts) in [
        // First standards, merged before they were approved.
        ("2024-03-drafts", "2024-03-20", [("C-5.12", "1.0"), ("C-5.17", "1.0"), ("S-04", "1.0")]),
        // The whole overhaul on its branch, some days before the board met.
        ("2026-03~1^2~3", "2026-03-02", [("P-01", "3.0"), ("C-5.17", "2.0"), ("P-04", "2.0")]),
    ] {
        let site = built(rev, day);
        let in_force = published(&site);
        let known = known(rev, &in_force);
        for files in [site, exported(rev, day)] {
            for (id, version) in drafts {
                let texts = only(WORDINGS.text(id, version), known.iter().map(String::as_str));
                assert_absent(&files, &texts, &format!("{id} {version}, {rev} on {day}"));
            }
        }
    }
}

/// What may be shown: the texts in force, and what roles, terms and other registers say.
fn known(rev: &str, in_force: &[(String, String)]) -> Vec<String> {
    let registers = git(&company(), &["ls-tree", "-r", "--name-only", rev, "records/"]);
    let registers =
        registers.lines().filter(|path| !path.starts_with("records/ledger/") && !path.starts_with("records/approved/"));
    let texts = in_force.iter().map(|(id, version)| WORDINGS.text(id, version).to_owned());
    texts.chain(registers.map(|path| text_at(rev, path))).collect()
}

/// Documents with their versions, as the record of a site lists them.
fn published(site: &[Readable]) -> Vec<(String, String)> {
    let record = site.iter().find(|file| file.path.ends_with("build.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record.texts[0]).unwrap();
    let text = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    record["documents"].as_array().unwrap().iter().map(|entry| (text(entry, "id"), text(entry, "version"))).collect()
}

/// A document, the version that is approved, and the one that is in force.
type Pending = (&'static str, &'static str, &'static str);

#[test]
fn what_is_not_in_force_yet_stands_only_where_it_is_compared_with_what_is() {
    let days: [(&str, &str, &[Pending]); 2] = [
        ("2025-07", "2025-07-25", &[("P-21", "2.0", "1.0")]),
        ("main", "2026-11-27", &[("S-02", "2.0", "1.1"), ("S-07", "3.0", "2.0")]),
    ];
    for (rev, day, pending) in days {
        let (site, exports) = (built(rev, day), exported(rev, day));
        let in_force = published(&site);
        let known = known(rev, &in_force);
        for (id, version, before) in pending {
            assert!(in_force.contains(&((*id).to_owned(), (*before).to_owned())), "{id} on {day}");
            let texts = only(WORDINGS.text(id, version), known.iter().map(String::as_str));
            assert_absent(&exports, &texts, &format!("{id} {version} on {day}"));
            for phrase in texts {
                for path in holding(&site, &phrase) {
                    let path = path.to_string_lossy().into_owned();
                    assert!(path.contains(&format!("documents/{id}/compare-")), "{day}: {phrase} in {path}");
                }
            }
        }
        assert_absent(&site, &refused(), &format!("refused, {rev} on {day}"));
    }
}

#[test]
fn what_is_packed_is_looked_into() {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all("pagefind_dcd{\"content\":\"秘密の案\"}".as_bytes()).unwrap();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("a.pf_fragment", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&gzip.finish().unwrap()).unwrap();
    let packed = archive.finish().unwrap().into_inner();
    let files =
        [readable(PathBuf::from("bundle.zip"), &packed), readable(PathBuf::from("a"), "秘<b>密の</b>案".as_bytes())];
    assert_eq!(holding(&files, "秘密の案").len(), 2);
}
