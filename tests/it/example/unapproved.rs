//! Text that nobody approved, or that is not in force yet, is in nothing that is published or exported: every file that a
//! build writes is looked through, whatever it is, packed or not.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::company::{company, words};
use crate::support::{good, kitei, scratch};

/// A file of the output with everything that can be read out of it: itself, what is packed in it, its words without marks.
struct Readable {
    path: PathBuf,
    texts: Vec<String>,
}

fn readable(path: PathBuf, bytes: &[u8]) -> Readable {
    let mut texts = Vec::new();
    unpack(bytes, &mut texts);
    let plain: Vec<String> = texts.iter().map(|text| words(text)).collect();
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

const REFUSED: [&str; 3] = [
    "報告を受けたすべてのインシデントの軽重を自ら判定",
    "に直接報告しなければならない",
    "私用のクラウドサービスに一時的に置くことを許す",
];

#[test]
fn refused_drafts_are_in_nothing_that_is_written() {
    for (rev, day, in_force) in [
        // The trees of these two hold the refused texts.
        ("2025-10-draft", "2025-11-01", "3月にこの規程を見直す"),
        ("refused/p-16-direct-report", "2024-09-05", "直ちに部門の長と情報セキュリティ対策室に報告"),
        // Its history does.
        ("2025-11", "2025-12-31", "家族その他の者と共用する端末"),
    ] {
        let site = built(rev, day);
        assert!(!holding(&site, in_force).is_empty(), "{rev}: what is in force is found");
        for files in [site, exported(rev, day)] {
            for phrase in REFUSED {
                assert_eq!(holding(&files, phrase), Vec::<&Path>::new(), "{rev} on {day}: {phrase}");
            }
        }
    }
}

#[test]
fn drafts_are_in_nothing_that_is_written() {
    // First standards, merged before they were approved.
    let (rev, day) = ("2024-03-drafts", "2024-03-20");
    for files in [built(rev, day), exported(rev, day)] {
        for phrase in ["180日ごとに変更しなければならない", "個人情報がすべて秘に区分されているか", "紙に書き留めます"]
        {
            assert_eq!(holding(&files, phrase), Vec::<&Path>::new(), "{phrase}");
        }
    }
    // The whole overhaul on its branch, some days before the board met.
    let (rev, day) = ("2026-03~1^2~3", "2026-03-02");
    for files in [built(rev, day), exported(rev, day)] {
        for phrase in ["社会に存在する理由そのもの", "覚えやすい文でも破られにくい", "管理のもとで受け入れられる"]
        {
            assert_eq!(holding(&files, phrase), Vec::<&Path>::new(), "{phrase}");
        }
    }
}

/// A document and words of it.
type Wording = (&'static str, &'static str);

#[test]
fn what_is_not_in_force_yet_stands_only_where_it_is_compared_with_what_is() {
    let days: [(&str, &str, &[Wording]); 2] = [
        ("2025-07", "2025-07-25", &[("P-21", "家族その他の者と共用する端末から接続してはならない")]),
        (
            "main",
            "2026-11-27",
            &[
                ("S-02", "期限の3営業日前に、まだ答えのない"),
                ("S-07", "すべての文書の前回の見直しの日と次の期限を出し"),
            ],
        ),
    ];
    for (rev, day, pending) in days {
        let (site, exports) = (built(rev, day), exported(rev, day));
        for (id, phrase) in pending {
            for path in holding(&site, phrase) {
                let path = path.to_string_lossy().into_owned();
                assert!(path.contains(&format!("documents/{id}/compare-")), "{day}: {phrase} in {path}");
            }
            assert_eq!(holding(&exports, phrase), Vec::<&Path>::new(), "{day}: {phrase}");
        }
        for phrase in REFUSED {
            assert_eq!(holding(&site, phrase), Vec::<&Path>::new(), "{rev} on {day}: {phrase}");
        }
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
