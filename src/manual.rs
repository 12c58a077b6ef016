//! The manual inside the program: the pages of `docs/`, by topic and language, for `kitei help`. A page is shown as it is
//! written; who reads it in a terminal sees the same words as on a forge.

use crate::locale::Language;

/// A page of the manual.
#[derive(Debug)]
pub struct Topic {
    /// What it is asked for by.
    pub name: &'static str,
    english: &'static str,
    japanese: &'static str,
}

macro_rules! topics {
    ($($name:literal),* $(,)?) => {
        &[$(Topic {
            name: $name,
            english: include_str!(concat!("../docs/", $name, ".md")),
            japanese: include_str!(concat!("../docs/", $name, ".ja.md")),
        }),*]
    };
}

/// All topics, in the order in which somebody new needs them.
pub const TOPICS: &[Topic] = topics![
    "installing",
    "guide",
    "format",
    "registers",
    "sources",
    "hosting",
    "customising",
    "evidence",
    "impact",
    "documents-json",
    "approved-copy",
];

impl Topic {
    /// Its page in a language.
    pub fn page(&self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.japanese,
            Language::En => self.english,
        }
    }
}

/// The topic of a name.
pub fn topic(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_manual_is_inside_in_both_languages() {
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let mut names: Vec<String> = walkdir::WalkDir::new(docs)
            .max_depth(1)
            .into_iter()
            .filter_map(|entry| entry.expect("a readable folder").file_name().to_str().map(str::to_owned))
            .filter_map(|name| name.strip_suffix(".md").map(|name| name.trim_end_matches(".ja").to_owned()))
            .collect();
        names.sort();
        names.dedup();
        let mut known: Vec<&str> = TOPICS.iter().map(|topic| topic.name).collect();
        known.sort_unstable();
        assert_eq!(names, known);
        for topic in TOPICS {
            let kana = |text: &str| text.contains(|c: char| ('\u{3041}'..='\u{309f}').contains(&c));
            assert!(kana(topic.japanese), "{}: the Japanese page", topic.name);
            assert!(topic.english.starts_with("# ") && topic.japanese.starts_with("# "), "{}", topic.name);
        }
    }
}
