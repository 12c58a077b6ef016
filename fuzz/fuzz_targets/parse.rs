//! Any bytes as any file of a handbook: nothing panics, and what is read keeps to its text.
//!
//! `cargo +nightly fuzz run parse -- -max_len=4096`

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/properties/invariants.rs"]
mod invariants;

/// A handbook around the bytes in question.
const BASE: [(&str, &str); 4] = [
    ("kitei.toml", include_str!("../../tests/base/kitei.toml")),
    ("records/roles.toml", include_str!("../../tests/base/records/roles.toml")),
    ("records/people.toml", include_str!("../../tests/base/records/people.toml")),
    ("policies/base.md", "+++\nid = \"P-01\"\ntitle = \"x\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n### 目的 {#purpose}\n"),
];

fuzz_target!(|bytes: &[u8]| invariants::all(bytes));
