//! Properties of reading: any text and any damage to a real document is read without a panic, and what is read keeps
//! to its text. The seed is fixed, so that no pull request fails for a fault it did not bring; the fuzz target under
//! `fuzz/` goes on from here.

mod fixes;
mod imports;
mod invariants;

use kitei::load::MemoryFiles;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::memory;

/// A handbook around the text in question.
const BASE: [(&str, &str); 4] = [
    crate::support::BASE[0],
    crate::support::BASE[1],
    crate::support::BASE[2],
    (
        "policies/base.md",
        "+++\nid = \"P-01\"\ntitle = \"方針\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n### 目的 {#purpose}\n\n目的。\n",
    ),
];

/// Pieces with a meaning, so that random texts are not only noise.
const TOKENS: &[&str] = &[
    "+++\n",
    "+++",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "\t",
    "    ",
    "\u{feff}",
    "\0",
    "\u{3000}",
    "\u{2028}",
    "\u{85}",
    "id = \"P-02\"\n",
    "version = \"1.0\"\n",
    "title = \"規程\"\n",
    "implements = [\"P-01\"]\n",
    "[[soa]]\n",
    "annex_a = [\"5.1\"]\n",
    "established = 2026-02-30\n",
    "numbering = \"articles\"\n",
    "[[approval]]\n",
    "[[role]]\n",
    "[[person]]\n",
    "[[term]]\n",
    "digest = \"sha256:\"\n",
    "effective = 2026-04-01\n",
    "= ",
    "\"",
    "\"\"\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "#",
    ".",
    ",",
    "# ",
    "## ",
    "### ",
    "#### ",
    "## 章\n",
    "### 条 {#a}\n",
    "{#a}",
    "{.section}",
    "{.branch}",
    "{.deleted}",
    "{.supplement}",
    "{.plain}",
    "{#b implements=C-5.1,A.5.1}",
    "本文。",
    "1. ",
    "2. ",
    "- ",
    "   1. ",
    "> ",
    "> [!IMPORTANT]\n> ",
    "- [ ] ",
    "[[",
    "]]",
    "[[P-01]]",
    "[[P-01#purpose/1/1]]",
    "[[#a]]",
    "[[A.5.1]]",
    "[[A.9.2.1]]",
    "[[clause:7.5]]",
    "[[role:ciso]]",
    "[[term:残留リスク|x]]",
    "[x](",
    "../policies/base.md#purpose",
    ")",
    "![",
    "](",
    "<",
    ">",
    "<b>",
    "<!--",
    "-->",
    "[d]: x.md \"t\"\n",
    "[d]",
    "[d][]",
    "[^1]",
    "[^1]: 注\n",
    "<https://example.com>",
    "javascript:",
    "%E3%81",
    "a\\",
    "\\",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "```\n",
    "|",
    "|---|\n",
    "| a | b |\n|---|---|\n",
    "**「重要」**",
    "か\u{3099}",
    "が",
    "𠮷",
    "e\u{301}",
    "👨‍👩‍👧",
    "é",
];

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(20_261_120),
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

/// Texts out of tokens and any characters.
fn any_text() -> impl Strategy<Value = String> {
    let token = prop_oneof![8 => prop::sample::select(TOKENS).prop_map(str::to_owned), 1 => ".{0,8}", 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
}

/// Bytes of a text, some of them changed.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    (any_text(), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3)).prop_map(
        |(text, changes)| {
            let mut bytes = text.into_bytes();
            for (at, byte) in changes {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        },
    )
}

/// The documents and records of this repository's own handbook.
fn real_texts() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["policies", "controls", "procedures", "records", "records/ledger"];
    let mut paths: Vec<_> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(root.join(folder)).ok())
        .flat_map(|entries| entries.map(|entry| entry.unwrap().path()))
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// A real text with a few pieces removed, doubled, moved or put in.
fn damaged(texts: &'static [String]) -> impl Strategy<Value = String> {
    let wound =
        (0..4, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..200, prop::sample::select(TOKENS));
    (prop::sample::select(texts), prop::collection::vec(wound, 1..6)).prop_map(|(mut text, wounds)| {
        for (kind, from, to, length, token) in wounds {
            let start = text.floor_char_boundary(from.index(text.len() + 1));
            let end = text.ceil_char_boundary(start + length);
            let to = text.floor_char_boundary(to.index(text.len() + 1));
            match kind {
                0 => text.replace_range(start..end, ""),
                1 => {
                    let piece = text[start..end].to_owned();
                    text.insert_str(to, &piece);
                }
                2 => text.insert_str(to, token),
                _ => text.replace_range(start..end, token),
            }
        }
        text
    })
}

fn texts() -> &'static [String] {
    static TEXTS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(real_texts);
    &TEXTS
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn any_text_is_read(text in any_text()) {
        invariants::document(&text);
        invariants::registers(&text);
        invariants::positions(&text);
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn any_damage_to_a_real_text_is_read(text in damaged(texts())) {
        invariants::document(&text);
        invariants::registers(&text);
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn any_bytes_in_any_file_are_checked(bytes in any_bytes()) {
        invariants::handbook(&bytes);
    }

    #[test]
    fn line_ends_and_trailing_blanks_do_not_change_a_digest(
        number in any::<prop::sample::Index>(),
        blanks in prop::collection::vec(prop::sample::select(&["", " "][..]), 1..20),
        ends in prop::collection::vec(prop::sample::select(&["\n", "\r\n"][..]), 1..20),
    ) {
        let documents: Vec<&String> = texts().iter().filter(|text| text.starts_with("+++") && digest(text).is_some()).collect();
        let text = documents[number.index(documents.len())];
        let mut changed = String::new();
        for (line, (blank, end)) in text.lines().zip(blanks.iter().cycle().zip(ends.iter().cycle())) {
            changed.push_str(line);
            // One that breaks a line has to stay as it is; those of code are part of it.
            let whole = line.ends_with(' ') || text.contains("```") || text.contains("\n    ");
            changed.push_str(if whole { "" } else { blank });
            changed.push_str(end);
        }
        prop_assert_eq!(digest(&changed), digest(text));
    }
}

/// None of a text whose links lead to what is not there.
fn digest(text: &str) -> Option<String> {
    let mut files = MemoryFiles::default();
    files.insert("kitei.toml", BASE[0].1);
    files.insert("policies/x.md", text);
    memory::handbook(&files).digests[0].map(|digest| digest.to_string())
}
