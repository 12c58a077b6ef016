//! The definitions that kitei brings: free of faults, short, in both languages.

use super::found;
use crate::register::definition::reader;
use crate::register::library::{self, Library};
use crate::source::FileId;

#[test]
fn definitions_are_free_of_faults_and_short() {
    for (name, text) in library::texts() {
        let read = reader::definition(FileId::DETACHED, name, text);
        assert!(
            read.problems.is_empty() && read.findings.is_empty(),
            "{name}: {:?} {:?}",
            read.problems,
            read.findings
        );
        assert!(text.lines().count() < 60, "{name} has {} lines", text.lines().count());
    }
    let built = Library::build(&[]);
    assert!(built.findings.is_empty(), "{:?}", built.findings);
    assert_eq!(built.library.definitions.len(), library::texts().count());
}

#[test]
fn every_label_is_in_both_languages() {
    let kana = |text: &str| {
        text.chars().any(|c| ('\u{3041}'..='\u{30ff}').contains(&c) || ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    for definition in &Library::build(&[]).library.definitions {
        let id = &definition.id.value;
        assert!(kana(&definition.name.ja) && !kana(&definition.name.en), "{id}");
        for field in definition.head.iter().chain(definition.kinds.iter().flat_map(|kind| &kind.fields)) {
            assert!(!kana(&field.label.en), "{id}.{}: {}", field.path, field.label.en);
            assert!(field.label.ja != field.path && field.label.en != field.path, "{id}.{}", field.path);
        }
        for rule in &definition.rules {
            assert!(kana(&rule.message.ja) && !kana(&rule.message.en), "{id}: {}", rule.name.value);
        }
    }
}

/// Rows of one small organisation: valid as a whole.
const ROWS: &[(&str, &str)] = &[
    ("departments.toml", include_str!("rows/departments.toml")),
    ("assets.toml", include_str!("rows/assets.toml")),
    ("criteria.toml", include_str!("rows/criteria.toml")),
    ("risks.toml", include_str!("rows/risks.toml")),
    ("actions.toml", include_str!("rows/actions.toml")),
    ("audits.toml", include_str!("rows/audits.toml")),
    ("incidents.toml", include_str!("rows/incidents.toml")),
    ("legal.toml", include_str!("rows/legal.toml")),
    ("objectives.toml", include_str!("rows/objectives.toml")),
    ("suppliers.toml", include_str!("rows/suppliers.toml")),
];

#[test]
fn the_rows_of_a_small_organisation_have_no_fault() {
    assert_eq!(found(ROWS), Vec::<String>::new());
    let built = Library::build(&[]).library;
    let tried =
        ROWS.iter().filter_map(|(name, _)| name.strip_suffix(".toml")).collect::<std::collections::BTreeSet<_>>();
    let known = built.definitions.iter().map(|definition| definition.id.value.as_str()).collect();
    assert_eq!(tried, known, "every definition has rows that try it");
}

/// A change of one text of those rows, and what is then found: `file:line:column fault`.
const BAD: &[(&str, &str, &str, &str)] = &[
    ("departments.toml", "name = \"データセンター事業部\"\n", "", "departments.toml:2:6 MissingField"),
    ("departments.toml", "became = [\"sales\"]", "became = [\"slaes\"]", "departments.toml:14:11 UnknownReference"),
    ("departments.toml", "until = 2025-03-31", "until = 2019-03-31", "departments.toml:13:9 Rule"),
    ("assets.toml", "class = \"restricted\"", "class = \"secret\"", "assets.toml:3:9 UnknownReference"),
    ("assets.toml", "integrity = 2", "integrity = 4", "assets.toml:11:13 InvalidValue"),
    ("assets.toml", "importance = 3", "importance = 2", "assets.toml:13:14 StatedOtherwise"),
    ("criteria.toml", "2 = { 3 = 2, 2 = 1, 1 = 1 }", "2 = { 3 = \"2\", 2 = 1, 1 = 1 }", "criteria.toml:5:55 WrongType"),
    ("criteria.toml", "from = 4, acceptable = true", "from = 6, acceptable = true", "criteria.toml:6:57 InvalidValue"),
    ("criteria.toml", "aspect = \"threat\"", "aspect = \"threads\"", "criteria.toml:11:10 InvalidValue"),
    ("risks.toml", "assets = [\"A-001\"]", "assets = [\"A-009\"]", "risks.toml:6:11 UnknownReference"),
    ("risks.toml", "options = [\"reduce\"]", "options = [\"retain\"]", "risks.toml:14:11 Rule"),
    ("risks.toml", "controls = [\"7.4\"]\n", "", "risks.toml:5:6 MissingField"),
    ("actions.toml", "rank = \"minor\"\n", "", "actions.toml:2:6 MissingField"),
    ("actions.toml", "from = \"audits/F-2026-03\"", "from = \"audits/F-2026-30\"", "actions.toml:6:8 UnknownReference"),
    ("actions.toml", "effect.by = \"p003\"", "effect.by = \"p002\"", "actions.toml:18:13 Rule"),
    ("audits.toml", "auditor = [\"p003\"]", "auditor = [\"p002\"]", "audits.toml:14:11 Rule"),
    ("audits.toml", "result = \"finding\"", "result = \"fining\"", "audits.toml:21:10 InvalidValue"),
    ("audits.toml", "period = \"2026\"\n", "", "audits.toml:1:1 MissingField"),
    ("incidents.toml", "first_told = 2026-06-02\n", "", "incidents.toml:2:6 MissingField"),
    ("incidents.toml", "recovered = 2026-06-04", "recovered = 2026-07-04", "incidents.toml:13:9 Rule"),
    ("incidents.toml", "assets = [\"A-001\"]", "assets = \"A-001\"", "incidents.toml:7:10 WrongType"),
    ("legal.toml", "met_by = [\"P-05\"]", "met_by = [\"P-06\"]", "legal.toml:6:11 UnknownReference"),
    ("legal.toml", "next_check = 2027-05-31", "next_check = 2026-05-31", "legal.toml:9:14 Overdue"),
    ("legal.toml", "source = \"https://", "source = \"ftp://", "legal.toml:7:10 InvalidValue"),
    ("objectives.toml", "better = \"less\"", "better = \"fewer\"", "objectives.toml:10:10 InvalidValue"),
    ("objectives.toml", "value = 0", "value = \"0\"", "objectives.toml:17:9 WrongType"),
    ("objectives.toml", "objective = \"O-001\"", "objective = \"O-002\"", "objectives.toml:15:13 UnknownReference"),
    ("suppliers.toml", "conditions = \"復元を年一回試す\"\n", "", "suppliers.toml:11:1 MissingField"),
    ("suppliers.toml", "by = \"isms-office\"", "by = \"office\"", "suppliers.toml:17:6 UnknownReference"),
    (
        "suppliers.toml",
        "supplier = \"SP-001\"\non = 2026-09-30",
        "supplier = \"SP-001\"\non = 2026-09-31",
        "suppliers.toml:13:6 Toml",
    ),
];

#[test]
fn three_bad_rows_of_each_register_are_found_at_line_and_column() {
    let mut wrong = Vec::new();
    for (file, old, new, expected) in BAD {
        let changed: Vec<(&str, String)> = ROWS
            .iter()
            .map(|(name, text)| {
                assert!(name != file || text.contains(old), "{file}: {old} stands there");
                (*name, if name == file { text.replacen(old, new, 1) } else { (*text).to_owned() })
            })
            .collect();
        let changed: Vec<(&str, &str)> = changed.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let lines = found(&changed);
        if !lines.first().is_some_and(|line| line.starts_with(expected)) {
            wrong.push(format!("{expected}: {old} → {new}:\n    {}", lines.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for definition in &Library::build(&[]).library.definitions {
        let file = format!("{}.toml", definition.id.value);
        assert!(BAD.iter().filter(|(name, ..)| *name == file).count() >= 3, "{file}");
    }
}
