//! Escapes by the kind of file that a text enters, HTML apart ([`super::html`]). What is escaped here means itself there.

use std::borrow::Cow;

/// A text inside a double-quoted string of TOML or YAML, or in a comment of either.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '"' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// A text inside a line of Markdown.
pub fn markdown(text: &str) -> String {
    const SPECIAL: &str = "\\`*_[]<>#|{}~&$!";
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if SPECIAL.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A spreadsheet computes what begins with one of these, and reads wide forms like narrow ones.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// A text in a cell of a table that a spreadsheet may open.
pub fn spreadsheet_cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_computes_nothing() {
        for formula in ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(spreadsheet_cell(formula), format!("'{formula}"));
        }
        assert_eq!(spreadsheet_cell("A=1"), "A=1");
    }

    const NAME: &str = r#"A "B" \ [[P-01]] <b>社"#;

    #[test]
    fn a_text_cannot_break_out_of_its_string() {
        let text = format!("{NAME}\n\u{7f}x");
        let toml: toml::Table = format!("# {}\nname = \"{0}\"", quoted(&text)).parse().unwrap();
        assert_eq!(toml["name"].as_str(), Some(text.as_str()));
        let yaml = yaml_rust2::YamlLoader::load_from_str(&format!("# {}\nname: \"{0}\"", quoted(&text))).unwrap();
        assert_eq!(yaml[0]["name"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn a_text_is_no_markup() {
        let markdown = format!("# {}", markdown(NAME));
        let events = pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::ENABLE_WIKILINKS);
        let text: String = events
            .filter_map(|event| match event {
                pulldown_cmark::Event::Text(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(text, NAME);
    }
}
