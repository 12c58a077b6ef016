//! The definitions that kitei brings: free of faults, short, in both languages.

use super::found;
use crate::register::definition::reader;
use crate::register::library::{self, Library};
use crate::source::FileId;

#[test]
fn definitions_are_free_of_faults_and_short() {
    for (name, text) in library::texts() {
        let read = reader::definition(FileId::DETACHED, name, text, &[]);
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
    ("assessment.toml", include_str!("rows/assessment.toml")),
    ("communication.toml", include_str!("rows/communication.toml")),
    ("competence.toml", include_str!("rows/competence.toml")),
    ("context.toml", include_str!("rows/context.toml")),
    ("continuity.toml", include_str!("rows/continuity.toml")),
    ("education.toml", include_str!("rows/education.toml")),
    ("external-documents.toml", include_str!("rows/external-documents.toml")),
    ("investments.toml", include_str!("rows/investments.toml")),
    ("records-kept.toml", include_str!("rows/records-kept.toml")),
    ("reviews.toml", include_str!("rows/reviews.toml")),
    ("scales.toml", include_str!("rows/scales.toml")),
    ("scope.toml", include_str!("rows/scope.toml")),
    ("threats.toml", include_str!("rows/threats.toml")),
    ("treatment.toml", include_str!("rows/treatment.toml")),
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
    ("context.toml", "side = \"external\"", "side = \"outside\"", "context.toml:4:8 InvalidValue"),
    ("context.toml", "risk = \"監視の人員が減る\"\n", "", "context.toml:3:6 MissingField"),
    ("context.toml", "P-04#inventory", "P-04#inventry", "context.toml:11:11 UnknownReference"),
    ("scope.toml", "records/files/report.pdf", "records/files/map.pdf", "scope.toml:11:8 UnknownReference"),
    ("scope.toml", "of = \"SC-001\"", "of = \"DR-001\"", "scope.toml:12:6 UnknownReference"),
    ("scope.toml", "checked = 2026-04-10", "checked = \"2026-04-10\"", "scope.toml:13:11 WrongType"),
    ("communication.toml", "by = [\"isms-office\"]", "by = \"isms-office\"", "communication.toml:6:6 WrongType"),
    ("communication.toml", "[\"isms-office\"]", "[\"isms-offce\"]", "communication.toml:6:7 UnknownReference"),
    ("communication.toml", "whom = \"全従業員\"\n", "", "communication.toml:2:6 MissingField"),
    ("competence.toml", "value = 2", "value = 6", "competence.toml:10:9 InvalidValue"),
    (
        "competence.toml",
        "plan = \"研修を受ける\"\nplanned = 2026-03-31\nafterwards = 4\n",
        "",
        "competence.toml:10:9 Rule",
    ),
    ("competence.toml", "confirmed = 2026-04-02\n", "", "competence.toml:6:1 MissingField"),
    ("education.toml", "attended = 11", "attended = 13", "education.toml:16:12 Rule"),
    ("education.toml", "method = \"online\"", "method = \"on-line\"", "education.toml:7:10 InvalidValue"),
    ("education.toml", "until = 2027-01-31", "until = 2026-10-31", "education.toml:10:9 Overdue"),
    ("reviews.toml", "review = \"MR-2026-01\"", "review = \"MR-2026-02\"", "reviews.toml:14:10 UnknownReference"),
    ("reviews.toml", "by = 2027-01-31", "by = 2026-10-31", "reviews.toml:18:6 Overdue"),
    ("reviews.toml", "attendees = [\"p001\"", "attendees = [\"p009\"", "reviews.toml:4:14 UnknownReference"),
    ("continuity.toml", "target = 2", "target = 5", "continuity.toml:8:10 Rule"),
    ("continuity.toml", "on = 2026-06-30", "on = 2025-06-30", "continuity.toml:3:8 Rule"),
    ("continuity.toml", "reached = 1.5", "reached = \"1.5\"", "continuity.toml:14:11 WrongType"),
    ("treatment.toml", "planned_end = 2027-02-26", "planned_end = 2026-08-26", "treatment.toml:10:15 Rule"),
    ("treatment.toml", "risk = \"R-001\"", "risk = \"R-002\"", "treatment.toml:4:8 UnknownReference"),
    ("treatment.toml", "\"C-X.1\"", "\"C-X.9\"", "treatment.toml:5:20 UnknownReference"),
    ("threats.toml", "causes = [\"deliberate\"]", "causes = [\"wilful\"]", "threats.toml:5:11 InvalidValue"),
    ("threats.toml", "threats = [\"TH-001\"]", "threats = [\"TH-002\"]", "threats.toml:10:12 UnknownReference"),
    ("threats.toml", "done = \"更新を適用した\"\n", "", "threats.toml:12:6 MissingField"),
    ("investments.toml", "spent = 3400000", "spent = 3700000", "investments.toml:11:9 Rule"),
    ("investments.toml", "when = \"2026-09\"", "when = \"2026-9\"", "investments.toml:12:8 InvalidValue"),
    ("investments.toml", "objective = \"O-001\"", "objective = \"O-009\"", "investments.toml:9:13 UnknownReference"),
    ("external-documents.toml", "maker = ", "made_by = ", "external-documents.toml:4:1 UnknownField"),
    (
        "external-documents.toml",
        "owner = \"dept-head\"",
        "owner = \"p001\"",
        "external-documents.toml:6:9 UnknownReference",
    ),
    ("external-documents.toml", "2027-04-01", "2026-04-01", "external-documents.toml:8:14 Overdue"),
    ("records-kept.toml", "on = 2026-11-02", "on = 2026-09-02", "records-kept.toml:7:9 Rule"),
    ("records-kept.toml", "viewpoint = \"業務時間外の入室\"\n", "", "records-kept.toml:2:6 MissingField"),
    ("records-kept.toml", "personal = true", "personal = \"yes\"", "records-kept.toml:10:12 WrongType"),
    ("scales.toml", "best = 4\n", "", "scales.toml:2:6 MissingField"),
    ("scales.toml", "{ id = \"no\", from = 0 }", "{ id = \"no\", from = 2 }", "scales.toml:4:64 InvalidValue"),
    ("scales.toml", "{ id = \"3\", from = 50 }", "{ id = \"3\" }", "scales.toml:6:35 WrongType"),
    ("assessment.toml", "value = \"part\"", "value = \"prat\"", "assessment.toml:14:9 UnknownReference"),
    ("assessment.toml", "target = 70", "target = 80", "assessment.toml:9:10 Rule"),
    ("assessment.toml", "scale = \"four-steps\"", "scale = \"four\"", "assessment.toml:8:9 UnknownReference"),
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
