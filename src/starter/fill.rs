//! What stands in the place of names such as `@ORGANISATION@`, written so that the file stays what it is: a name with a
//! quotation mark must not end a TOML string, and one with brackets must not become a link.

use super::Settings;
use crate::locale::Language;

/// A text of the starter with the settings in it.
pub fn fill(path: &str, text: &str, settings: &Settings) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    // One pass, so that a name that looks like one of ours stays as it is.
    while let Some(start) = rest.find('@') {
        let (before, marked) = rest.split_at(start);
        filled.push_str(before);
        let name = marked[1..].find('@').map(|end| &marked[1..=end]);
        match name.and_then(|name| Some((name, value(name, settings)?))) {
            Some((name, value)) => {
                filled.push_str(&escaped(path, &value));
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

fn value(name: &str, settings: &Settings) -> Option<String> {
    let today = settings.today;
    Some(match name {
        "ORGANISATION" => settings.organisation.clone(),
        "TIMEZONE" => settings.timezone.clone(),
        "DATE" => today.to_string(),
        "DATE_WORDS" => match settings.language {
            Language::Ja => format!("{}年{}月{}日", today.year(), today.month(), today.day()),
            Language::En => today.to_string(),
        },
        _ => return None,
    })
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

    fn settings(organisation: &str) -> Settings {
        Settings {
            organisation: organisation.to_owned(),
            language: Language::Ja,
            timezone: "Asia/Tokyo".to_owned(),
            today: date(2026, 4, 1),
        }
    }

    #[test]
    fn names_are_filled_in_once_and_everything_else_stays() {
        let settings = settings("@DATE@社");
        let text = "@ORGANISATION@ a@example.com @ @@ @UNKNOWN@ @DATE_WORDS@ @DATE@";
        let filled = fill("x", text, &settings);
        assert_eq!(filled, "@DATE@社 a@example.com @ @@ @UNKNOWN@ 2026年4月1日 2026-04-01");
    }

    #[test]
    fn a_name_cannot_break_out_of_its_file() {
        let settings = settings(r#"A "B" \ [[P-01]] <b>社"#);
        let toml: toml::Table = fill("kitei.toml", "name = \"@ORGANISATION@\"", &settings).parse().unwrap();
        assert_eq!(toml["name"].as_str(), Some(settings.organisation.as_str()));
        let markdown = fill("README.md", "# @ORGANISATION@", &settings);
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
