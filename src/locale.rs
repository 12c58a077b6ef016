//! Messages in Japanese and English: every string of our own that a user sees.
//!
//! A message is carried as a [`Text`] (key and arguments) through the pure part of the flow and becomes words
//! only where it leaves the program, so that findings do not depend on a language. The catalogues are
//! `site/locales/{ja,en}.ftl` in Project Fluent's syntax, embedded in the binary.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Language {
    /// Both, in the order of the catalogue tests.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// `ja` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The language of a code or of a POSIX locale name (`ja_JP.UTF-8`); `None` for any other.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.get(..2)?.to_ascii_lowercase().as_str() {
            "ja" => Some(Self::Ja),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The embedded catalogue in Fluent syntax.
    pub fn catalogue_source(self) -> &'static str {
        match self {
            Self::Ja => include_str!("../site/locales/ja.ftl"),
            Self::En => include_str!("../site/locales/en.ftl"),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text put in as it is.
    Str(String),
    /// A number, for plural rules.
    Number(i64),
    /// Another message, put into words in the same language.
    Text(Text),
    /// Words that are given in both languages outside the catalogues, such as a label of a definition.
    Words(Words),
}

/// Words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The words in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

impl From<Words> for Arg {
    fn from(value: Words) -> Self {
        Self::Words(value)
    }
}
impl From<&Words> for Arg {
    fn from(value: &Words) -> Self {
        Self::Words(value.clone())
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Str(value.to_owned())
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Str(value)
    }
}
impl From<&String> for Arg {
    fn from(value: &String) -> Self {
        Self::Str(value.clone())
    }
}
impl From<usize> for Arg {
    fn from(value: usize) -> Self {
        Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}
impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}
impl From<jiff::civil::Date> for Arg {
    fn from(value: jiff::civil::Date) -> Self {
        Self::Str(value.to_string())
    }
}
impl From<Text> for Arg {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}

/// A message before it is put into words: a key of the catalogue and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Text {
    /// The message of a catalogue key.
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The catalogue key.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Its arguments that are text.
    pub fn words(&self) -> Vec<&str> {
        let words = self.args.iter().filter_map(|(_, arg)| match arg {
            Arg::Str(text) => Some(text.as_str()),
            Arg::Number(_) | Arg::Text(_) | Arg::Words(_) => None,
        });
        words.collect()
    }

    /// The same message with long arguments cut in their middle: what a finding quotes may be a hostile file's
    /// megabyte, and nobody reads it.
    #[must_use]
    pub fn shortened(&self) -> Self {
        let shorten = |arg: &Arg| match arg {
            Arg::Str(text) => Arg::Str(shortened(text)),
            Arg::Number(number) => Arg::Number(*number),
            Arg::Text(text) => Arg::Text(text.shortened()),
            Arg::Words(words) => Arg::Words(Words { ja: shortened(&words.ja), en: shortened(&words.en) }),
        };
        Self { key: self.key, args: self.args.iter().map(|(name, arg)| (*name, shorten(arg))).collect() }
    }
}

/// Longest text that a shortened message quotes whole, in characters. Paths and lists of allowed words stay below.
const QUOTED: usize = 400;

fn shortened(text: &str) -> String {
    // No character is longer than four bytes, and few texts are long enough to be counted.
    if text.len() <= QUOTED || text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let start: String = text.chars().take(QUOTED * 3 / 4).collect();
    let mut end: Vec<char> = text.chars().rev().take(QUOTED / 4).collect();
    end.reverse();
    start + "…" + &end.into_iter().collect::<String>()
}

/// The messages of one language. Read once by each run of the program, whoever asks for them.
#[derive(Clone, Copy)]
pub struct Catalogue {
    language: Language,
    bundle: &'static FluentBundle<FluentResource>,
}

/// In the order of [`Language::ALL`].
static BUNDLES: [LazyLock<FluentBundle<FluentResource>>; 2] =
    [LazyLock::new(|| bundle(Language::Ja)), LazyLock::new(|| bundle(Language::En))];

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let id = unic_langid::LanguageIdentifier::from_bytes(language.code().as_bytes()).unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are invisible characters around every argument; file names would no longer be copyable.
    bundle.set_use_isolating(false);
    let resource = match FluentResource::try_new(language.catalogue_source().to_owned()) {
        Ok(resource) => resource,
        // The catalogue test pins that the embedded texts have no syntax error.
        Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Catalogue {
    /// The embedded messages of a language.
    pub fn new(language: Language) -> Self {
        Self { language, bundle: &BUNDLES[language as usize] }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether the catalogue has a message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A message without arguments. An unknown key is returned as it stands, so that nothing is hidden.
    pub fn get(&self, key: &str) -> String {
        self.format(key, &[])
    }

    /// Puts a message into words.
    pub fn text(&self, text: &Text) -> String {
        self.format(text.key, &text.args)
    }

    /// A message whose key and arguments are known only at run time, as templates call it.
    pub fn with_args<'a>(&self, key: &str, args: impl IntoIterator<Item = (&'a str, String)>) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            // Numbers choose plural forms; anything else is text.
            match value.parse::<i64>() {
                Ok(number) => fluent.set(name.to_owned(), FluentValue::from(number)),
                Err(_) => fluent.set(name.to_owned(), FluentValue::from(value)),
            }
        }
        self.format_fluent(key, &fluent)
    }

    fn format(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Str(text) => fluent.set(*name, FluentValue::from(text.as_str())),
                Arg::Number(number) => fluent.set(*name, FluentValue::from(*number)),
                Arg::Text(text) => fluent.set(*name, FluentValue::from(self.text(text))),
                Arg::Words(words) => fluent.set(*name, FluentValue::from(words.get(self.language))),
            }
        }
        self.format_fluent(key, &fluent)
    }

    fn format_fluent(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every message key with the variables its text uses.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let source = language.catalogue_source();
        if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
            panic!("{language}.ftl: {errors:?}");
        }
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                current = line.split(" =").next().unwrap_or_default().to_owned();
                assert!(
                    found.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{language}.ftl: {current} stands twice"
                );
            }
            for variable in line.split('$').skip(1) {
                let name: String =
                    variable.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
                found.entry(current.clone()).or_default().insert(name);
            }
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_keys_and_variables() {
        let (ja, en) = (messages(Language::Ja), messages(Language::En));
        let difference: Vec<_> = ja.keys().chain(en.keys()).filter(|key| ja.get(*key) != en.get(*key)).collect();
        assert!(difference.is_empty(), "{difference:?}");
        assert!(!ja.is_empty());
    }

    #[test]
    fn an_unknown_key_is_shown_as_it_stands() {
        assert_eq!(Catalogue::new(Language::Ja).get("no-such-key"), "no-such-key");
    }
}
