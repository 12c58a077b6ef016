//! Bytes of documents, registers and ledgers.

use super::Trial;

/// Every file that is read, each by a reader of its own.
const PATHS: [&str; 8] = [
    "kitei.toml",
    "policies/bad.md",
    "controls/deep/er/bad.md",
    "records/roles.toml",
    "records/people.toml",
    "records/terms.toml",
    "records/risks.toml",
    "records/ledger/P-01.toml",
];

/// Numbers that look like chance and are the same in every run (SplitMix64).
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    (0..length).map(|_| next() as u8).collect()
}

#[test]
fn any_bytes_may_stand_in_any_file() {
    let kinds: [(&str, Vec<u8>); 10] = [
        ("nothing", Vec::new()),
        ("noise", noise(7, 4096)),
        ("NUL bytes", vec![0; 4096]),
        ("truncated UTF-8", "+++\nid = \"P-02\"\ntitle = \"規".as_bytes()[..26].to_vec()),
        ("UTF-16", "+++\n本文".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a byte order mark", "\u{feff}".into()),
        ("line ends of all kinds", "+++\r\nid = \"P-02\"\r+++\n\r\r\n本文\u{2028}\u{85}".into()),
        ("one long line", "あ".repeat(1 << 16).into()),
        ("blanks", " \t".repeat(1 << 16).into()),
        ("a fence alone", "+++\n".into()),
    ];
    for (kind, bytes) in kinds {
        let trial = PATHS.into_iter().fold(Trial::new(), |trial, path| trial.write(path, &bytes));
        let findings = trial.check().findings();
        // An empty register or ledger has no fault; an empty document and an empty configuration have.
        let named =
            if bytes.is_empty() || kind == "blanks" || kind == "a byte order mark" { &PATHS[..3] } else { &PATHS[..] };
        for path in named {
            assert!(findings.iter().any(|finding| finding.starts_with(path)), "{kind} in {path}: {findings:#?}");
        }
    }
}

#[test]
fn noise_is_only_noise() {
    for seed in 0..16 {
        let mut bytes = b"+++\nid = \"P-02\"\n+++\n".to_vec();
        bytes.extend(noise(seed, 2000).into_iter().map(|byte| b" \n#*_[]()<>|`~-+=:!{}\\\"1aA."[byte as usize % 27]));
        Trial::new().write("policies/bad.md", &bytes).write("records/bad.toml", &bytes).check().runs();
    }
}

#[test]
fn registers_and_ledgers_may_hold_anything() {
    let cases = [
        ("records/roles.toml", "role = 1", "wrong-type"),
        ("records/roles.toml", "[[role]]\nid = \"\"\nname = []", "invalid-value"),
        ("records/roles.toml", "[role]\nid = \"x\"", "wrong-type"),
        (
            "records/people.toml",
            "[[person]]\nid = \"x\"\nname = \"x\"\nroles = [1, {}, { role = \"x\", from = 2026-02-30 }]",
            "invalid-toml",
        ),
        ("records/people.toml", "[[person]]\nid = \"x\"\nname = \"x\"\nroles = [1, {}]", "wrong-type"),
        ("records/terms.toml", "[[term]]\nterm = 1.5", "wrong-type"),
        ("records/ledger/P-01.toml", "approval = {}", "wrong-type"),
        ("records/ledger/P-01.toml", "[[approval]]", "missing-key"),
        ("records/ledger/P-01.toml", "[[approval]]\nversion = \"9999999999.0\"\ndigest = \"x\"", "invalid-version"),
        ("records/ledger/P-01.toml", "[[approval]]\napproved_on = 2026-13-01", "invalid-toml"),
        ("records/ledger/P-01.toml", "[[approval]]\napproved_on = 2026-02-29\neffective = 0000-00-00", "invalid-toml"),
        ("records/ledger/P-01.toml", "[[approval]]\nagainst = { \"\" = \"\", \"P-01\" = 1 }", "invalid-version"),
        ("records/ledger/P-01.toml", "[[review]]\noutcome = \"\"", "invalid-value"),
        ("records/ledger/P-01.toml", "[[retirement]]\nreplaced_by = [[]]", "wrong-type"),
    ];
    for (path, text, rule) in cases {
        let findings = Trial::new().write(path, text).check().findings();
        assert!(findings.contains(&format!("{path}: {rule}")), "{text:?}: {findings:#?}");
    }
    for name in ["", "x", "..", "P-01.toml", "規程", "p-01", "P-01 ", "SOA"] {
        Trial::new().write(format!("records/ledger/{name}.toml"), "[[approval]]\n").check().runs();
    }
}

#[test]
fn dates_reach_to_both_ends_of_the_calendar() {
    let digest = format!("sha256:{}", "0".repeat(64));
    let ledger: String = ["0000-01-01", "0001-01-01", "9999-12-31"]
        .iter()
        .enumerate()
        .map(|(n, day)| {
            format!(
                "[[approval]]\nversion = \"{n}.4294967295\"\ndigest = \"{digest}\"\napproved_on = {day}\neffective = {day}\nrole = \"board\"\n\
                 [[review]]\nreviewed_on = {day}\nreviewer = \"sato\"\noutcome = \"no-change\"\n"
            )
        })
        .collect();
    let trial = Trial::new().write("records/ledger/P-01.toml", ledger).replace("kitei.toml", "1 year", "9999 years");
    trial.check().runs();
}

#[test]
fn a_ledger_may_be_long() {
    let digest = format!("sha256:{}", "0".repeat(64));
    let entries: String = (0..1000)
        .map(|n| {
            format!(
                "[[approval]]\nversion = \"{n}.0\"\ndigest = \"{digest}\"\napproved_on = 2020-01-01\neffective = 2020-01-01\nrole = \"nobody\"\n"
            )
        })
        .collect();
    Trial::new().write("records/ledger/P-01.toml", entries).check().runs();
}

#[test]
fn documents_may_implement_each_other_in_circles() {
    let mut trial = Trial::new();
    for n in 0..1000 {
        let text = format!(
            "+++\nid = \"S-{n:04}\"\ntitle = \"{n}\"\nversion = \"1.0\"\nowner = \"office\"\nimplements = [\"S-{:04}\"]\n+++\n",
            (n + 1) % 1000
        );
        trial = trial.write(format!("procedures/{n:04}.md"), text);
    }
    trial.check().runs();
    Trial::new().replace("policies/basic.md", "owner", "implements = [\"P-01\", \"p-01\", \"\"]\nowner").check().runs();
}

#[test]
fn a_thousand_documents_may_share_one_id() {
    let mut trial = Trial::new();
    for n in 0..1000 {
        trial = trial.write(
            format!("policies/{n:04}.md"),
            "+++\nid = \"P-99\"\ntitle = \"同じ\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n",
        );
    }
    trial.check().finds("policies/0000.md", "duplicate-id");
}

#[test]
fn front_matter_values_may_be_long() {
    let long = "長".repeat(1 << 16);
    let id = format!("P-{}", "9".repeat(1 << 16));
    for (from, to) in [("\"基本方針\"", &long), ("\"P-01\"", &id), ("\"office\"", &long), ("\"1.0\"", &long)] {
        Trial::new().replace("policies/basic.md", from, &format!("\"{to}\"")).check().runs();
    }
    let many = format!("[{}]", "\"X-1\",".repeat(5000));
    Trial::new().replace("controls/5.1.md", "[\"P-01\"]", &many).check().finds("controls/5.1.md", "unknown-document");
    Trial::new()
        .replace("controls/5.1.md", "[\"5.1\"]", &many)
        .check()
        .finds("controls/5.1.md", "unknown-annex-control");
    let decisions = "\n[[soa]]\ncontrol = \"9.9\"\napplicable = false\nreasons = [\"whim\"]\n".repeat(1000);
    Trial::new().replace("controls/5.1.md", "[\"5.1\"]", &format!("[]\n{decisions}")).check().runs();
}
