//! What people type on the command line: dates as they write them, and faults of usage in their own language. What is
//! typed into a document or a table is read by `parse`.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use jiff::civil::Date;

use crate::locale::{Catalogue, Language, Text};
use crate::parse::date::dates;

/// The command line with every argument that takes a date reading it as people write dates.
pub fn with_dates(mut command: clap::Command, catalogue: &Catalogue, today: Date) -> clap::Command {
    let dated: Vec<clap::Id> = command
        .get_arguments()
        .filter(|argument| argument.get_value_names().is_some_and(|names| matches!(names, [name] if name == "DATE")))
        .map(|argument| argument.get_id().clone())
        .collect();
    for id in dated {
        let example = catalogue.get("typed-not-a-date");
        let read = move |text: &str| date(text, today).ok_or_else(|| example.clone());
        command = command.mut_arg(id, |argument| argument.value_parser(read));
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |sub| with_dates(sub, catalogue, today));
    }
    command
}

/// A date: `2026-12-01`, `2026/12/1`, `2026.12.1`, 2026年12月1日, 令和8年12月1日, in digits of any width, or the word for
/// today. `None` where it is none or no calendar has it.
fn date(text: &str, today: Date) -> Option<Date> {
    let text = text.trim();
    if matches!(text.to_lowercase().as_str(), "today" | "今日" | "本日") {
        return Some(today);
    }
    if let [(date, span)] = dates(text)[..]
        && span.start == 0
        && span.end == text.len()
    {
        return Some(date);
    }
    let plain: String = text.chars().map(narrow).collect();
    let parts: Vec<&str> = plain.split(['-', '/', '.']).collect();
    let [year, month, day] = parts[..] else { return None };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A digit or separator of full width as the usual one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '－' | '／' | '．' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A fault of usage in the language of the catalogue; `None` where the library's own words are meant: help, the version,
/// and everything in English.
pub fn complaint(error: &clap::Error, catalogue: &Catalogue) -> Option<String> {
    if catalogue.language() == Language::En {
        return None;
    }
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let of = |key: &'static str, pairs: &[(&'static str, ContextKind)]| {
        pairs.iter().fold(Text::new(key), |text, (name, kind)| text.arg(name, word(*kind)))
    };
    use ContextKind::{
        InvalidArg, InvalidSubcommand, InvalidValue, PriorArg, SuggestedArg, SuggestedSubcommand, ValidSubcommand,
        ValidValue,
    };
    let mut reason = catalogue.text(&match error.kind() {
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            of("typed-value", &[("argument", InvalidArg), ("value", InvalidValue)]).arg("reason", why)
        }
        ErrorKind::InvalidValue if word(InvalidValue).is_empty() => {
            of("typed-no-value", &[("argument", InvalidArg), ("values", ValidValue)])
        }
        ErrorKind::InvalidValue => {
            of("typed-choice", &[("argument", InvalidArg), ("value", InvalidValue), ("values", ValidValue)])
        }
        ErrorKind::UnknownArgument => of("typed-unknown", &[("argument", InvalidArg)]),
        ErrorKind::InvalidSubcommand => of("typed-no-command", &[("name", InvalidSubcommand)]),
        ErrorKind::MissingRequiredArgument => of("typed-missing", &[("arguments", InvalidArg)]),
        ErrorKind::MissingSubcommand => of("typed-missing-command", &[("names", ValidSubcommand)]),
        ErrorKind::ArgumentConflict => of("typed-conflict", &[("argument", InvalidArg), ("other", PriorArg)]),
        _ => return None,
    });
    let near = [word(SuggestedArg), word(SuggestedSubcommand)].into_iter().find(|near| !near.is_empty());
    if let Some(near) = near {
        reason += &catalogue.text(&Text::new("typed-near").arg("near", near));
    }
    let framed = catalogue.text(&Text::new("failure").arg("reason", reason));
    Some(format!("{framed}\n{}", catalogue.get("typed-help")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_taken_as_people_write_them() {
        let today = jiff::civil::date(2026, 11, 30);
        let day = jiff::civil::date(2026, 12, 1);
        for written in [
            "2026-12-01",
            "2026-12-1",
            "2026/12/1",
            "2026.12.1",
            "２０２６／１２／１",
            "2026年12月1日",
            "令和8年12月1日",
            " 2026-12-01 ",
        ] {
            assert_eq!(date(written, today), Some(day), "{written}");
        }
        for written in ["today", "今日", "Today"] {
            assert_eq!(date(written, today), Some(today), "{written}");
        }
        for written in
            ["2026-02-30", "1/12/2026", "26-12-01", "2026-12", "2026-12-01x", "2026年12月1日まで", "", "+2026-1-1"]
        {
            assert_eq!(date(written, today), None, "{written}");
        }
    }
}
