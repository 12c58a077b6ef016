//! What a register asks for, as a page: its kinds of rows, each field with its type, its rules. For `kitei help`.

use crate::locale::{Catalogue, Text};
use crate::register::definition::{Choices, Definition, Field, FieldType, Period, TextFormat};

/// The page, as Markdown.
pub fn page(definition: &Definition, catalogue: &Catalogue) -> String {
    let language = catalogue.language();
    let id = &definition.id.value;
    let mut text = format!("# {} (`{id}`)\n\n", definition.name.get(language));
    let place = Text::new("definition-page-place").arg("id", id);
    text += &format!("{}\n", catalogue.text(&place));
    if definition.period != Period::None {
        let period = Text::new("definition-page-period").arg("example", definition.period.example());
        text += &format!("{}\n", catalogue.text(&period));
    }
    if !definition.head.is_empty() {
        text += &format!("\n## {}\n\n{}", catalogue.get("definition-page-head"), table(&definition.head, catalogue));
    }
    for kind in &definition.kinds {
        let name = &kind.name.value;
        text += &format!("\n## `[[{name}]]` {}\n\n", definition.word(name, language));
        text += &table(&kind.fields, catalogue);
        if !kind.key.is_empty() {
            let key: Vec<&str> = kind.key.iter().map(|field| kind.fields[*field].path.as_str()).collect();
            let key = Text::new("definition-page-key").arg("fields", key.join(", "));
            text += &format!("\n{}\n", catalogue.text(&key));
        }
    }
    if !definition.rules.is_empty() {
        text += &format!("\n## {}\n\n", catalogue.get("definition-page-rules"));
        for rule in &definition.rules {
            text += &format!("- {} (`{}`)\n", rule.message.get(language), rule.name.value);
        }
    }
    text
}

fn table(fields: &[Field], catalogue: &Catalogue) -> String {
    let headings = ["definition-page-key-name", "definition-page-label", "definition-page-value", "list-note"];
    let mut text = format!("| {} |\n|---|---|---|---|\n", headings.map(|key| catalogue.get(key)).join(" | "));
    for field in fields {
        let note = note(field, catalogue);
        let label = field.label.get(catalogue.language());
        text += &format!("| `{}` | {label} | {} | {note} |\n", field.path, form(&field.value, catalogue));
    }
    text
}

fn note(field: &Field, catalogue: &Catalogue) -> String {
    let mut notes = Vec::new();
    if field.required || matches!(field.value, FieldType::Id(_)) {
        notes.push(catalogue.get(if field.group_optional {
            "definition-page-in-group"
        } else {
            "definition-page-required"
        }));
    }
    if let Some(condition) = &field.required_if {
        let text = Text::new("definition-page-required-if").arg("condition", &condition.text.value);
        notes.push(catalogue.text(&text));
    }
    if let Some(computed) = &field.computed {
        let key = if field.or_stated { "definition-page-or-stated" } else { "definition-page-computed" };
        notes.push(catalogue.text(&Text::new(key).arg("expression", &computed.text.value)));
    }
    notes.join("; ")
}

/// How a value is written.
fn form(of: &FieldType, catalogue: &Catalogue) -> String {
    let code = |text: &str| format!("`{text}`");
    match of {
        FieldType::Id(Some(pattern)) => code(&format!("\"{}\"", pattern.text)),
        FieldType::Id(None) => catalogue.get("definition-page-id"),
        FieldType::Text(TextFormat::Any) => catalogue.get("register-type-text"),
        FieldType::Text(TextFormat::Mail) => code("\"isms@example.com\""),
        FieldType::Text(TextFormat::Url) => code("\"https://…\""),
        FieldType::Text(TextFormat::Phone) => code("\"03-0000-0000\""),
        FieldType::Number { min, max, unit } => {
            let range = match (min, max) {
                (Some(min), Some(max)) => format!(" {min}–{max}"),
                (Some(min), None) => format!(" {min}–"),
                (None, Some(max)) => format!(" –{max}"),
                (None, None) => String::new(),
            };
            let unit = unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
            catalogue.get("register-type-number") + &range + &unit
        }
        FieldType::YesNo => code("true") + " / " + &code("false"),
        FieldType::Date => code("2026-04-01"),
        FieldType::Month => code("\"2026-04\""),
        FieldType::Choice(Choices::Fixed(words)) => {
            words.iter().map(|word| code(&format!("\"{}\"", word.value))).collect::<Vec<_>>().join(" / ")
        }
        FieldType::Choice(Choices::Bands(path)) => {
            catalogue.text(&Text::new("definition-page-band").arg("path", &path.text.value))
        }
        FieldType::List(items) => {
            let items: Vec<String> = items.iter().map(|item| form(item, catalogue)).collect();
            catalogue.text(&Text::new("register-type-list").arg("of", items.join(" / ")))
        }
        FieldType::Row(target) => catalogue.text(&Text::new("definition-page-row").arg("of", &target.written.value)),
        FieldType::Person(Some(role)) => catalogue.text(&Text::new("definition-page-person-of").arg("role", role)),
        FieldType::Person(None) => catalogue.get("definition-page-person"),
        FieldType::Role => catalogue.get("definition-page-role"),
        FieldType::Department => catalogue.get("definition-page-department"),
        FieldType::Document => code("\"P-05#inventory\""),
        FieldType::Control => code("\"5.9\""),
        FieldType::Clause => code("\"clause:8.2\""),
        FieldType::Classification => catalogue.get("definition-page-label-id"),
        FieldType::Term => catalogue.get("definition-page-term"),
        FieldType::Link => catalogue.get("definition-page-link"),
        FieldType::Lookup(by) => catalogue.text(&Text::new("definition-page-lookup").arg("by", by.join(", "))),
        FieldType::Bands => code("[{ id = \"low\", from = 0, acceptable = true }]"),
    }
}
