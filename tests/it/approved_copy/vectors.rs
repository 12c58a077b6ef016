//! `tests/approved-copy.json`: texts, what surrounds them, and their copies, digests and readings, for other
//! implementations. What is expected is made again by `SNAPSHOTS=overwrite`; the second implementation holds it true.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Files, Given, copied, places, second};

#[derive(Serialize, Deserialize)]
struct Vector {
    name: String,
    /// Where the text lies.
    path: String,
    text: String,
    in_effect: Given,
    /// Ids of documents by path.
    documents: BTreeMap<String, String>,
    /// Other files, which are text, by path.
    files: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<String>,
    /// Lines, from 1, that are refused, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    refused: Vec<(usize, String)>,
}

#[test]
fn both_implementations_give_every_vector() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/approved-copy.json");
    let mut vectors: Vec<Vector> =
        serde_json::from_str(&std::fs::read_to_string(&path).expect("the vectors")).expect("the vectors are JSON");
    assert!(vectors.len() > 10);
    for vector in &mut vectors {
        let others = vector.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        let files = Files { documents: vector.documents.clone(), others };
        (vector.copy, vector.digest, vector.reading, vector.refused) = (None, None, None, Vec::new());
        match copied(&vector.path, &vector.text, &vector.in_effect, &files) {
            Ok(copy) => {
                let again = second::copy(&vector.path, &vector.text, &vector.in_effect, &files);
                assert_eq!(again, copy.text, "{}", vector.name);
                assert_eq!(format!("sha256:{}", second::hex(again.as_bytes())), copy.digest().to_string());
                vector.digest = Some(copy.digest().to_string());
                vector.reading = Some(copy.reading.to_string());
                vector.copy = Some(copy.text);
            }
            Err(refusals) => vector.refused = places(&vector.text, &refusals),
        }
    }
    let made = serde_json::to_string_pretty(&vectors).expect("JSON") + "\n";
    crate::support::snapshot(&path, &made);
}
