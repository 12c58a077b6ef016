//! `kitei.toml` spoiled in every way.

use super::Trial;

/// One text for the whole file, and the rule that must report it.
const TEXTS: &[(&str, &str)] = &[
    ("", "missing-key"),
    ("\u{feff}", "missing-key"),
    ("\u{feff}[handbook]\ntitle = \"a\"\norganisation = \"b\"\nx = 1\n", "unknown-key"),
    ("\0\0\0\0", "invalid-toml"),
    ("\r\r\r", "invalid-toml"),
    ("+++", "invalid-toml"),
    ("[", "invalid-toml"),
    ("[[[[[[[[[[", "invalid-toml"),
    ("handbook", "invalid-toml"),
    ("handbook = 1", "wrong-type"),
    ("handbook = []", "wrong-type"),
    ("[[handbook]]", "wrong-type"),
    ("handbook.title = 2026-02-30", "invalid-toml"),
    ("handbook.title = 99999999999999999999999999999999", "wrong-type"),
    ("handbook.title = 1e999999999", "wrong-type"),
    ("handbook.title = \"\\uD800\"", "invalid-toml"),
    ("[handbook]\ntitle = \"\"\norganisation = \"  \"", "invalid-value"),
    ("[handbook]\ntitle = \"a\"\n[handbook]\ntitle = \"b\"", "invalid-toml"),
    ("[handbook]\ntimezone = \"Mars/Olympus\"", "invalid-value"),
    ("[handbook]\ntimezone = \"../../../etc/passwd\"", "invalid-value"),
    ("[handbook]\nlanguage = \"fr\"\ncalendar = \"lunar\"", "invalid-value"),
    ("[handbook]\nrecords_path = \"../..\"", "invalid-value"),
    ("[handbook]\nrecords_path = 7", "wrong-type"),
    ("classification = 3", "wrong-type"),
    ("classification = [1, [2], {}]", "wrong-type"),
    ("tiers = [[]]", "wrong-type"),
    ("[tiers]\npolicy = \"policies\"", "wrong-type"),
    ("[tiers.policy]\nreview_every = \"99999 years\"", "invalid-value"),
    ("[tiers.policy]\nreview_every = \"-1 year\"", "invalid-value"),
    ("[tiers.strange]\nfolder = \"x\"", "unknown-key"),
    ("[rules]\nbroken-link = \"sometimes\"", "invalid-value"),
    ("[rules]\nbroken-link = 1979-05-27T07:32:00Z", "wrong-type"),
    ("[[waiver]]\nrule = 1\nexpires = \"tomorrow\"", "wrong-type"),
];

#[test]
fn every_fault_of_form_is_found() {
    for (text, rule) in TEXTS {
        let checked = Trial::new().write("kitei.toml", text).check();
        let findings = checked.findings();
        let wanted = format!("kitei.toml: {rule}");
        assert!(findings.contains(&wanted), "{text:?}: {findings:#?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    for bytes in [&b"\xff\xfe[\0h\0"[..], b"[handbook]\ntitle = \"\xe6\x83", b"\x80\x80\x80", b"\x7fELF\x02\x01\x01"] {
        Trial::new().write("kitei.toml", bytes).check().runs();
    }
    Trial::new().write("kitei.toml", b"[handbook]\ntitle = \"\xe6\x83").check().finds("kitei.toml", "invalid-encoding");
}

#[test]
fn folders_lie_inside_the_root() {
    for folder in
        ["..", "../x", "/etc", "/", "", ".", ".git", "a/../../b", "C:\\x", "a\\b", "policies//x", "./policies"]
    {
        let trial = Trial::new().replace("kitei.toml", "\"policies\"", &format!("'{folder}'"));
        trial.check().finds("kitei.toml", "invalid-value");
    }
    // Two tiers in one folder, and one inside the other, are strange but readable.
    Trial::new().replace("kitei.toml", "\"controls\"", "\"policies\"").check().runs();
    Trial::new().replace("kitei.toml", "\"controls\"", "\"policies/controls\"").check().runs();
    Trial::new().replace("kitei.toml", "\"controls\"", "\"records\"").check().runs();
}

#[test]
fn nesting_has_no_depth_that_hurts() {
    let deep = 10_000;
    let array = format!("x = {}{}\n", "[".repeat(deep), "]".repeat(deep));
    let table = format!("x = {}{}\n", "{a=".repeat(deep), "}".repeat(deep));
    let header = format!("[{}x]\n", "a.".repeat(deep));
    let key = format!("{}x = 1\n", "a.".repeat(deep));
    for text in [array, "[".repeat(deep), table, "x = {a=".repeat(deep), header, key] {
        Trial::new().write("kitei.toml", &text).check().runs();
        Trial::new().write("records/risks.toml", &text).check().runs();
        Trial::new().write("policies/bad.md", format!("+++\n{text}\n+++\n")).check().runs();
    }
}

#[test]
fn keys_and_values_may_be_long_and_many() {
    // The distance of every unknown key to every known one was once computed, however long the key.
    let long = format!("[handbook]\n{} = 1\n", "k".repeat(1 << 20));
    Trial::new().write("kitei.toml", long).check().finds("kitei.toml", "unknown-key");
    let many: String = (0..5000).map(|n| format!("title{n} = 1\n")).collect();
    Trial::new().write("kitei.toml", format!("[handbook]\n{many}")).check().finds("kitei.toml", "unknown-key");
    let value = format!("[handbook]\nlanguage = \"{}\"\n", "長".repeat(1 << 20));
    Trial::new().write("kitei.toml", value).check().finds("kitei.toml", "invalid-value");
}
