//! The example company's documents: each has a copy, and both implementations agree on it.

use std::path::Path;

use super::{Files, Given, copied, places, second};

#[test]
fn every_document_of_the_example_has_one_copy_in_both_implementations() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Files::default();
    let mut texts = Vec::new();
    for (folder, tier) in [("policies", "policy"), ("controls", "control"), ("procedures", "procedure")] {
        for entry in walkdir::WalkDir::new(root.join(folder)).sort_by_file_name() {
            let entry = entry.expect("a file of the example");
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(entry.path()).expect("a file of the example");
            match kitei::parse::front_matter::id_in(&bytes) {
                Some(id) => {
                    files.documents.insert(path.clone(), id);
                    texts.push((path, tier, String::from_utf8(bytes).expect("UTF-8")));
                }
                None => drop(files.others.insert(path, bytes)),
            }
        }
    }
    assert!(texts.len() > 100);
    for (path, tier, text) in &texts {
        let given = Given { tier: (*tier).to_owned(), ..Given::usual() };
        let copy = copied(path, text, &given, &files)
            .unwrap_or_else(|refusals| panic!("{path}: {:?}", places(text, &refusals)));
        assert_eq!(second::copy(path, text, &given, &files), copy.text, "{path}");
        assert_eq!(second::events(path, text, &files), second::events(path, &copy.text, &Files::default()), "{path}");
    }
}
