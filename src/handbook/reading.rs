//! How a reference reads: the current number and title of what it points at. Pages turn this into links, comparisons
//! into plain text; neither finds words of its own.

use super::edition::{Destination, Edition};
use super::version::PublishedVersion;
use super::{Broken, Link};
use crate::locale::{Catalogue, Language};
use crate::model::document::Document;
use crate::model::id::DocumentId;
use crate::model::outline::HeadingKind;
use crate::model::reference::{Fragment, Reference, Target};
use crate::numbering::citation;
use crate::standard::{self, Clause, Control};

/// What a reference says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A published document, a place in it, and how it is cited.
    Document {
        /// The document.
        id: DocumentId,
        /// The place in it.
        fragment: Option<Fragment>,
        /// The citation.
        words: String,
    },
    /// Anything else that the handbook has, and its name.
    Entity {
        /// What it is.
        link: Link,
        /// Its name.
        words: String,
    },
    /// An address outside.
    External(String),
    /// Words that lead nowhere.
    Words(String),
    /// The source as typed: nothing safe can be made of it.
    Typed,
}

/// Reads a reference of one of an edition's documents, or of another wording of one of them.
pub fn read(
    edition: &Edition<'_>,
    entry: &PublishedVersion<'_>,
    reference: &Reference,
    catalogue: &Catalogue,
) -> Reading {
    let language = catalogue.language();
    match &reference.target {
        Target::External(address) => return Reading::External(address.clone()),
        Target::Unsafe(_) | Target::Malformed(_) => return Reading::Typed,
        _ => {}
    }
    match edition.destination(entry, reference) {
        Destination::Document(id, fragment) => {
            let same = entry.document.id() == Some(&id);
            let target = if same { Some(entry.document) } else { edition.entries.get(&id).map(|entry| entry.document) };
            match target {
                Some(target) => {
                    let words = cited(target, fragment.as_ref(), same, language);
                    Reading::Document { id, fragment, words }
                }
                None => Reading::Typed,
            }
        }
        Destination::Unpublished(title) => Reading::Words(quoted(&title, language)),
        Destination::Other(link) => read_other(edition, link, reference, catalogue),
    }
}

fn read_other(edition: &Edition<'_>, link: Link, reference: &Reference, catalogue: &Catalogue) -> Reading {
    let handbook = edition.handbook;
    let language = catalogue.language();
    let words = match &link {
        Link::AnnexA(number) => match standard::control(number) {
            Some(control) => control_name(control, language),
            None => return Reading::Typed,
        },
        Link::Clause(number) => match standard::clause(number) {
            Some(clause) => clause_name(clause, language),
            None => return Reading::Typed,
        },
        Link::Role(id) => handbook.role_name(id).to_owned(),
        Link::Term(term) => term.clone(),
        Link::Record(id) => match id.as_str() {
            "roles" | "people" => catalogue.get("site-roles"),
            "terms" => catalogue.get("site-glossary"),
            _ => {
                let (register, row) = id.split_once('/').map_or((id.as_str(), None), |(id, row)| (id, Some(row)));
                let title = handbook.record(register).and_then(|record| record.title.clone());
                let title = title.unwrap_or_else(|| register.to_owned());
                row.map_or_else(|| title.clone(), |row| format!("{title} {row}"))
            }
        },
        Link::Broken(
            Broken::NoDocument(_)
            | Broken::NoControl(..)
            | Broken::NoClause(_)
            | Broken::NoRole(_)
            | Broken::NoTerm(_)
            | Broken::NoRecord(_)
            | Broken::Unsafe
            | Broken::Malformed,
        ) if !reference.has_text => return Reading::Typed,
        // What is left are paths that lead nowhere, or nowhere that is published.
        _ => return Reading::Words(reference.raw.value.clone()),
    };
    Reading::Entity { link, words }
}

/// 「情報管理規程」第8条; inside the same document 第8条.
pub fn cited(document: &Document, fragment: Option<&Fragment>, same: bool, language: Language) -> String {
    let place = fragment.and_then(|fragment| {
        let heading = document.outline.heading(&fragment.anchor)?;
        Some((heading, citation(heading, fragment.paragraph, &fragment.items, language)))
    });
    match (place, same) {
        (None, _) => quoted(document.title(), language),
        (Some((_, place)), true) => place,
        (Some((heading, place)), false) => {
            let title = quoted(document.title(), language);
            let numbered = heading.number.is_some() || heading.kind == HeadingKind::Supplement;
            match language {
                Language::Ja if numbered => format!("{title}{place}"),
                Language::Ja => format!("{title}の{place}"),
                Language::En => format!("{title}, {place}"),
            }
        }
    }
}

/// A title in running text.
pub fn quoted(title: &str, language: Language) -> String {
    match language {
        Language::Ja => format!("「{title}」"),
        Language::En => format!("“{title}”"),
    }
}

/// A.5.12 情報の分類.
pub fn control_name(control: &Control, language: Language) -> String {
    format!("A.{} {}", control.id, control.title.get(language))
}

/// 箇条 7.5.3 文書化した情報の管理.
pub fn clause_name(clause: &Clause, language: Language) -> String {
    let title = clause.title.get(language);
    match language {
        Language::Ja => format!("箇条 {} {title}", clause.id),
        Language::En => format!("clause {} {title}", clause.id),
    }
}
