//! A new row of a register: its next id, and a line for each field to fill in.

use crate::handbook::Handbook;
use crate::locale::{Catalogue, Text};
use crate::register::data::Stated;
use crate::register::definition::{Choices, Definition, Field, FieldType, IdPattern, Kind, Period};

/// The text of a new row, to be appended to a file of the register. Every field but the id is a comment: a value that
/// nobody has given must not stand in a record.
pub fn new_row(handbook: &Handbook, definition: &Definition, kind: &Kind, year: i16, catalogue: &Catalogue) -> String {
    let mut text = format!("[[{}]]\n", kind.name.value);
    for field in kind.fields.iter().filter(|field| field.computed.is_none()) {
        match &field.value {
            FieldType::Id(Some(pattern)) => {
                let id = next_id(&ids(handbook, definition), pattern, year);
                text += &format!("{} = \"{id}\"\n", field.path);
            }
            _ => text += &line(field, catalogue),
        }
    }
    text
}

/// What stands at the top of a new file of a register.
pub fn new_file(definition: &Definition, year: i16, catalogue: &Catalogue) -> String {
    let title = definition.name.get(catalogue.language());
    let mut text = format!("title = {}\n", quoted(title));
    match definition.period {
        Period::None => {}
        Period::Year => text += &format!("period = \"{year:04}\"\n"),
        Period::Month => text += &format!("# period = \"{year:04}-01\"\n"),
    }
    for field in &definition.head {
        text += &line(field, catalogue);
    }
    text
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// Every id of a register, whatever has become of its row.
fn ids(handbook: &Handbook, definition: &Definition) -> Vec<String> {
    let set = &handbook.register_set;
    let register = set.library.position(&definition.id.value);
    let rows = set.data.rows.iter().filter(|row| Some(row.kind.register) == register);
    let ids = rows.filter_map(|row| match &set.data.id(&set.library, row)?.value {
        Stated::Word(id) => Some(id.clone()),
        _ => None,
    });
    ids.collect()
}

/// The id after the highest one that looks like a pattern; four zeros before the last run of them stand for the year.
fn next_id(known: &[String], pattern: &IdPattern, year: i16) -> String {
    let end = pattern.text.rfind('0').map_or(pattern.text.len(), |at| at + 1);
    let start = pattern.text[..end].trim_end_matches('0').len();
    let (before, width, behind) = (&pattern.text[..start], end - start, &pattern.text[end..]);
    let before = before.replacen("0000", &format!("{year:04}"), 1);
    if before.is_empty() && width == 4 {
        return format!("{year:04}");
    }
    // An id of a year has no number behind it.
    if width == 4 && !before.contains(|c: char| c.is_ascii_digit()) {
        return format!("{before}{year:04}{behind}");
    }
    let numbers = known.iter().filter_map(|id| id.strip_prefix(&before)?.strip_suffix(behind)?.parse::<u64>().ok());
    let next = numbers.max().unwrap_or(0).saturating_add(1);
    format!("{before}{next:0width$}{behind}")
}

/// A field as a comment: what may be written, and what it is.
fn line(field: &Field, catalogue: &Catalogue) -> String {
    let label = field.label.get(catalogue.language());
    let needed = field.required || matches!(field.value, FieldType::Id(_));
    let needed = if needed { catalogue.get("new-row-required") } else { String::new() };
    let words = Text::new("new-row-field").arg("field", label).arg("needed", needed);
    format!("# {} = {} # {}\n", field.path, example(&field.value), catalogue.text(&words).trim_end())
}

fn example(of: &FieldType) -> String {
    match of {
        FieldType::Number { min, .. } => min.map_or_else(|| "0".to_owned(), |min| min.to_string()),
        FieldType::YesNo => "true".to_owned(),
        FieldType::Date => "2026-04-01".to_owned(),
        FieldType::Month => "\"2026-04\"".to_owned(),
        FieldType::Choice(Choices::Fixed(words)) => {
            words.iter().map(|word| format!("\"{}\"", word.value)).collect::<Vec<_>>().join(" | ")
        }
        FieldType::List(items) => format!("[{}]", items.first().map(example).unwrap_or_default()),
        FieldType::Lookup(_) => "{ 1 = 1 }".to_owned(),
        FieldType::Bands => "[{ id = \"…\", from = 0 }]".to_owned(),
        FieldType::Control => "\"5.9\"".to_owned(),
        FieldType::Clause => "\"clause:8.2\"".to_owned(),
        FieldType::Document => "\"P-01#…\"".to_owned(),
        _ => "\"…\"".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_id_is_one_above_the_highest_of_its_year() {
        let next = |pattern: &str, known: &[&str]| {
            let known: Vec<String> = known.iter().map(|id| (*id).to_owned()).collect();
            next_id(&known, &IdPattern { text: pattern.to_owned() }, 2026)
        };
        assert_eq!(next("A-000", &[]), "A-001");
        assert_eq!(next("A-000", &["A-009", "A-002", "B-100"]), "A-010");
        assert_eq!(next("A-000", &["A-999"]), "A-1000");
        assert_eq!(next("F-0000-00", &["F-2025-09", "F-2026-03"]), "F-2026-04");
        assert_eq!(next("AU-0000", &["AU-2025"]), "AU-2026");
    }
}
