//! The tree of a document: what its page, its comparison and the index of the search say is what the tree says, and a
//! tree that is written as Markdown reads back as the same tree. Random documents; the seed is fixed.

mod drawn;
mod facts;
mod markdown_writer;
mod texts;

use kitei::compare::text::units;
use kitei::handbook::edition::Edition;
use kitei::locale::{Catalogue, Language};
use kitei::model::document::{Document, Numbering, Tier};
use kitei::parse::document::document;
use kitei::site::search::texts as index_texts;
use kitei::source::SourceDb;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::memory::{FRONT, base, body, handbook, options, page};
use facts::Reading;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(20_261_120),
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

fn parsed(text: &str) -> Document {
    let file = SourceDb::default().add("policies/x.md", text.to_owned());
    document(file, "policies/x.md", text, Tier::Policy, Numbering::Articles).0
}

/// Every reader of these texts says what their trees say.
fn readers_agree(texts: &[String]) {
    let mut files = base();
    files.insert(
        "policies/base.md",
        format!("+++\nid = \"P-01\"\ntitle = \"方針\"\n{FRONT}+++\n\n### 目的 {{#purpose}}\n\n目的。\n"),
    );
    for (number, text) in texts.iter().enumerate() {
        let path = format!("policies/x{number}.md");
        files.insert(&path, format!("+++\nid = \"P-{}\"\ntitle = \"規程\"\n{FRONT}+++\n\n{text}", number + 10));
    }
    let handbook = handbook(&files);
    let edition = Edition::preview(&handbook);
    let catalogue = Catalogue::new(Language::Ja);
    let site = kitei::site::render(&edition, &options(Language::Ja), &files).unwrap();
    for (id, entry) in &edition.entries {
        let source = handbook.sources.file(entry.document.file).text();
        let expected = |reading| facts::of_tree(&edition, entry, &catalogue, source, reading);
        let html = body(&page(&site, &format!("documents/{id}.html")));
        assert_eq!(facts::of_html(&html), expected(Reading::Page), "the page of\n{source}\n{html}");
        let units = units(&edition, entry, &catalogue);
        assert_eq!(facts::of_units(&units), expected(Reading::Comparison), "the comparison of\n{source}");
        let index = index_texts(&edition, entry, &catalogue);
        assert_eq!(facts::of_index(&index), facts::by_section(&units, &index), "the index of\n{source}");
    }
}

/// A tree that is written down reads back as the same tree.
fn reads_back(text: &str) {
    let first = parsed(text);
    let written = markdown_writer::markdown(&first, text);
    let second = parsed(&written);
    assert_eq!(
        drawn::drawn(&second, &written),
        drawn::drawn(&first, text),
        "\n--- from\n{text}\n--- written as\n{written}"
    );
}

proptest! {
    #![proptest_config(config(8))]

    #[test]
    fn page_comparison_and_index_say_what_the_tree_says(texts in prop::collection::vec(texts::document(), 24)) {
        readers_agree(&texts);
    }

    #[test]
    fn they_do_so_for_any_mixture_of_marks(texts in prop::collection::vec(texts::noise(), 24)) {
        readers_agree(&texts);
    }
}

/// The handbook of this repository, too.
#[test]
fn real_documents_read_back_as_themselves() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = 0;
    for folder in ["policies", "controls", "procedures"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            reads_back(&text);
            read += 1;
        }
    }
    assert!(read > 50, "{read}");
}

/// Only the room that parses knows the parser of Markdown: everybody else reads the tree.
#[test]
fn nobody_else_interprets_markdown() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut inside = 0;
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        // Tests of what is written for forges read it as a forge would.
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        if entry.path().starts_with(root.join("parse")) {
            inside += code.matches("pulldown_cmark").count();
        } else {
            assert!(!code.contains("pulldown_cmark"), "{} interprets Markdown", entry.path().display());
        }
    }
    assert!(inside > 0, "the parser is used");
}
