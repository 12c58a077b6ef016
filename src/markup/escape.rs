//! Escapes by the kind of file that a text enters, HTML apart ([`super::html`]). What is escaped here means itself there.

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

#[cfg(test)]
mod tests {
    use super::*;

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
