//! What stands in the place of names such as `@ORGANISATION@`, written so that the file stays what it is: a name with a
//! quotation mark must not end a TOML string, and one with brackets must not become a link.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Settings;
use crate::locale::Language;

/// What stands in the place of names, by name.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Written as the file's form demands.
    words: BTreeMap<String, String>,
    /// Of the same form as the file already.
    parts: BTreeMap<String, String>,
}

impl Values {
    /// What the settings say.
    pub fn of(settings: &Settings) -> Self {
        let mut values = Self::default();
        values.word("ORGANISATION", &settings.organisation);
        values.word("TIMEZONE", &settings.timezone);
        values.word("DATE", settings.today.to_string());
        values.word("DATE_WORDS", words_of(settings.today, settings.language));
        values.part("FORGE", super::forge::first_page(settings));
        values
    }

    /// Adds words.
    pub fn word(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.words.insert(name.into(), value.into());
    }

    /// Adds a part.
    pub fn part(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.parts.insert(name.into(), value.into());
    }

    /// A text of the starter with the values in it.
    pub fn fill(&self, path: &str, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        // One pass, so that a name that looks like one of ours stays as it is.
        while let Some(start) = rest.find('@') {
            let (before, marked) = rest.split_at(start);
            filled.push_str(before);
            let name = marked[1..].find('@').map(|end| &marked[1..=end]);
            let value = |name: &str| {
                let word = self.words.get(name).map(|word| escaped(path, word));
                word.or_else(|| self.parts.get(name).map(|part| self.fill(path, part)))
            };
            match name.and_then(|name| Some((name, value(name)?))) {
                Some((name, value)) => {
                    filled.push_str(&value);
                    rest = &marked[name.len() + 2..];
                }
                None => {
                    filled.push('@');
                    rest = &marked[1..];
                }
            }
        }
        filled + rest
    }
}

/// A day as the documents of a language write it.
pub fn words_of(day: Date, language: Language) -> String {
    match language {
        Language::Ja => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Language::En => day.to_string(),
    }
}

/// A value as it is written in a kind of file.
pub fn escaped(path: &str, value: &str) -> String {
    let special: &[char] = match path.rsplit('.').next() {
        Some("toml") => &['\\', '"'],
        Some("md") => &['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '{', '}', '~', '&', '$', '!'],
        _ => &[],
    };
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        if special.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::starter::forge::Forges;

    fn settings(organisation: &str) -> Settings {
        Settings {
            organisation: organisation.to_owned(),
            language: Language::Ja,
            timezone: "Asia/Tokyo".to_owned(),
            today: date(2026, 4, 1),
            forges: Forges { github: false, gitlab: false },
        }
    }

    #[test]
    fn names_are_filled_in_once_and_everything_else_stays() {
        let settings = settings("@DATE@社");
        let text = "@ORGANISATION@ a@example.com @ @@ @UNKNOWN@ @DATE_WORDS@ @DATE@";
        let filled = Values::of(&settings).fill("x", text);
        assert_eq!(filled, "@DATE@社 a@example.com @ @@ @UNKNOWN@ 2026年4月1日 2026-04-01");
    }

    #[test]
    fn a_name_cannot_break_out_of_its_file() {
        let settings = settings(r#"A "B" \ [[P-01]] <b>社"#);
        let toml: toml::Table = Values::of(&settings).fill("kitei.toml", "name = \"@ORGANISATION@\"").parse().unwrap();
        assert_eq!(toml["name"].as_str(), Some(settings.organisation.as_str()));
        let markdown = Values::of(&settings).fill("README.md", "# @ORGANISATION@");
        let events: Vec<_> =
            pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::ENABLE_WIKILINKS).collect();
        let text: String = events
            .iter()
            .filter_map(|event| match event {
                pulldown_cmark::Event::Text(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        assert_eq!(text, settings.organisation);
    }
}
