//! What citations can point at: articles with their paragraphs and items, and appendices, by the numbers that sources
//! cite them by.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::marks::APPENDIX;
use super::numeral::numeral;
use super::structure::{Content, Item, Kind, Part};
use crate::model::document::Document;
use crate::model::outline::{self, HeadingKind, Number};

/// A document that can be cited.
#[derive(Debug, Clone, Default)]
pub(super) struct Target {
    /// As the document writes it.
    pub id: String,
    pub title: String,
    pub articles: Vec<Article>,
    /// Anchors of appendices by their names, such as 別表1.
    pub appendices: BTreeMap<String, String>,
}

/// An article, its paragraphs in order.
#[derive(Debug, Clone)]
pub(super) struct Article {
    pub anchor: String,
    /// `None` for 附則 as a whole.
    pub number: Option<Number>,
    /// The number that the handbook shows.
    pub shown: Option<Number>,
    pub in_supplement: bool,
    pub deleted: bool,
    pub paragraphs: Vec<Paragraph>,
    /// The part it was made of.
    pub part: usize,
}

/// A paragraph by the number that is cited, and the numbers of its items.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub number: u32,
    pub items: Vec<u32>,
}

impl Target {
    /// A regulation under import.
    pub(super) fn of_parts(id: &str, title: &str, parts: &[Part]) -> Self {
        let mut target = Self { id: id.to_owned(), title: title.trim().to_owned(), ..Self::default() };
        for (at, part) in parts.iter().enumerate() {
            let (number, in_supplement, deleted) = match part.kind {
                Kind::Article { number, in_supplement, deleted } => (Some(number), in_supplement, deleted),
                Kind::Supplement => (None, true, false),
                Kind::Appendix => {
                    let name = appendix(part.title.as_str()).map(|(name, _)| name);
                    target.appendices.extend(name.map(|name| (name, part.id.clone())));
                    continue;
                }
                _ => continue,
            };
            let mut paragraphs: Vec<Paragraph> = Vec::new();
            for content in &part.contents {
                match content {
                    Content::Paragraph { typed, .. } => {
                        let number = typed.unwrap_or(paragraphs.last().map_or(1, |last| last.number + 1));
                        paragraphs.push(Paragraph { number, items: Vec::new() });
                    }
                    Content::Items(items) => {
                        if paragraphs.is_empty() {
                            paragraphs.push(Paragraph { number: 1, items: Vec::new() });
                        }
                        let last = paragraphs.last_mut().expect("one was pushed above");
                        last.items.extend(items.iter().map(|item: &Item| item.typed));
                    }
                    _ => {}
                }
            }
            let shown = number.map(|number| next(&target.articles, number.branch > 0));
            target.articles.push(Article {
                anchor: part.id.clone(),
                number,
                shown,
                in_supplement,
                deleted,
                paragraphs,
                part: at,
            });
        }
        target
    }

    /// A document of the handbook.
    pub(super) fn of_document(document: &Document) -> Option<Self> {
        let id = document.id()?.to_string();
        let mut target = Self { id, title: document.front.title.as_ref()?.value.trim().to_owned(), ..Self::default() };
        for heading in &document.outline.headings {
            match (heading.kind, &heading.id) {
                (HeadingKind::Article | HeadingKind::Supplement, Some(anchor)) => {
                    let items = |items: &[outline::Item]| items.iter().map(|item| item.number).collect();
                    let paragraphs = heading.paragraphs.iter();
                    target.articles.push(Article {
                        anchor: anchor.value.clone(),
                        number: heading.number,
                        shown: heading.number,
                        in_supplement: heading.in_supplement,
                        deleted: heading.deleted,
                        paragraphs: paragraphs
                            .map(|paragraph| Paragraph { number: paragraph.number, items: items(&paragraph.items) })
                            .collect(),
                        part: 0,
                    });
                }
                (HeadingKind::Plain, Some(anchor)) => {
                    let name = appendix(&heading.text).map(|(name, _)| name);
                    target.appendices.extend(name.map(|name| (name, anchor.value.clone())));
                }
                _ => {}
            }
        }
        Some(target)
    }

    /// The article of a number; `Err` where there are several.
    pub(super) fn article(&self, number: Number, in_supplement: bool) -> Result<Option<usize>, ()> {
        let is = |article: &Article| article.number == Some(number) && article.in_supplement == in_supplement;
        let mut found = self.articles.iter().enumerate().filter(|(_, article)| is(article)).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (first, None) => Ok(first),
            _ => Err(()),
        }
    }
}

impl Article {
    /// Where paragraph and item stand, from 1, as references count them.
    pub(super) fn places(&self, paragraph: Option<u32>, item: Option<u32>) -> Option<(Option<usize>, Option<usize>)> {
        let at = match (paragraph, item) {
            (None, None) => return Some((None, None)),
            (None, Some(_)) if self.paragraphs.len() > 1 => return None,
            (None, Some(_)) => 0,
            (Some(number), _) => self.paragraphs.iter().position(|paragraph| paragraph.number == number)?,
        };
        let item = match item {
            Some(number) => Some(self.paragraphs.get(at)?.items.iter().position(|known| *known == number)? + 1),
            None => None,
        };
        Some((Some(at + 1), item))
    }
}

/// The number that an article gets behind others, as [`crate::parse::outline`] counts; 附則 counts anew.
fn next(before: &[Article], branch: bool) -> Number {
    match (before.last().and_then(|last| last.shown), branch) {
        (None, _) => Number { main: 1, branch: 0 },
        (Some(last), true) => Number { main: last.main, branch: last.branch.max(1) + 1 },
        (Some(last), false) => Number { main: last.main + 1, branch: 0 },
    }
}

/// The name of an appendix that a text begins with, such as 別表1 for 別表第１号, and its length in the text.
pub(super) fn appendix(text: &str) -> Option<(String, usize)> {
    let name = APPENDIX.iter().find(|name| text.starts_with(**name))?;
    let rest = &text[name.len()..];
    let counted = rest.strip_prefix('第').unwrap_or(rest);
    match numeral(counted) {
        Some((number, length)) => {
            let behind = counted[length..].strip_prefix('号').unwrap_or(&counted[length..]);
            let behind =
                if behind.starts_with('の') || rest.len() == counted.len() { &counted[length..] } else { behind };
            Some((format!("{}{number}", name.nfkc()), text.len() - behind.len()))
        }
        None => Some((name.nfkc().collect(), name.len())),
    }
}
