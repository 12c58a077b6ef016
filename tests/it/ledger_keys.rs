//! A key of a ledger entry is stated where its kind of entry is declared, and in few other places: whoever adds one
//! finds them all in CONTRIBUTING.md.

use std::fs;
use std::path::{Path, PathBuf};

/// The largest number of source files that state a key.
const MOST: usize = 3;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Whether a text states a key: names it otherwise than to read the field of an entry, or as a module of that name, such
/// as a rule about it.
fn states(text: &str, key: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(key).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + key.len()..]);
        let whole = !before.ends_with(is_name) && !after.starts_with(is_name);
        let read = before.ends_with('.');
        let module = before.ends_with("mod ") || before.ends_with("::") || after.starts_with("::");
        whole && !read && !module
    })
}

#[test]
fn a_key_of_an_entry_is_stated_in_three_files_at_most() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let key = "self_approval";
    let stated: Vec<&PathBuf> = files.iter().filter(|path| states(&fs::read_to_string(path).unwrap(), key)).collect();
    assert!(stated.iter().any(|path| path.ends_with("ledger/approval.rs")), "its declaration is found: {stated:?}");
    assert!(stated.len() <= MOST, "{key} is stated in {} files: {stated:#?}", stated.len());
}

#[test]
fn reading_a_field_states_no_key_and_writing_it_does() {
    for stated in ["self_approval: None,", "(\"self_approval\", 1)", "let self_approval = 1;", "Wish { self_approval }"]
    {
        assert!(states(stated, "self_approval"), "{stated}");
    }
    for other in
        ["approval.self_approval.is_none()", "pub mod self_approval;", "&self_approval::RULE", "no_self_approval"]
    {
        assert!(!states(other, "self_approval"), "{other}");
    }
}
