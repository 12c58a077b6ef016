//! How a reference reads on a page and where it leads: the current number and title, or plain text where its target
//! is not published.

use super::Site;
use super::anchors::fragment_id;
use super::html::{address_part, identifier};
use crate::handbook::edition::{Destination, Entry};
use crate::handbook::{Broken, Link};
use crate::locale::Language;
use crate::model::outline::HeadingKind;
use crate::model::reference::{Form, Fragment, Reference, Target};
use crate::numbering::citation;
use crate::standard;

/// What becomes of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A link to a page of the site: an address relative to the site, the words where the author wrote none, and the
    /// kind of target for the style sheet.
    Page {
        /// Address relative to the root of the site.
        address: String,
        /// Words.
        words: String,
        /// `document`, `annex`, `clause`, `role`, `term`, `record` or `file`.
        kind: &'static str,
    },
    /// A picture, at an address relative to the site.
    Picture(String),
    /// A link to an address outside.
    External(String),
    /// Words without a link.
    Words(String),
    /// The source as typed: nothing safe can be made of it.
    Typed,
}

impl Site<'_, '_> {
    /// What becomes of a reference of one of the edition's documents.
    pub(super) fn show(&self, entry: &Entry<'_>, reference: &Reference) -> Shown {
        if let Some(attachment) = self.attachments.get(self.edition, entry, reference) {
            return if attachment.picture && reference.form == Form::Image {
                Shown::Picture(attachment.address.clone())
            } else {
                page(attachment.address.clone(), reference.raw.value.clone(), "file")
            };
        }
        match &reference.target {
            Target::External(address) => return Shown::External(address.clone()),
            Target::Unsafe(_) | Target::Malformed(_) => return Shown::Typed,
            _ => {}
        }
        match self.edition.destination(entry, reference) {
            Destination::Document(id, fragment) => {
                let same = entry.document.id() == Some(&id);
                let Some(target) = self.edition.entries.get(&id) else { return Shown::Typed };
                let outline = &target.document.outline;
                let mut address = format!("documents/{id}.html");
                if let Some(fragment) = &fragment {
                    address.push('#');
                    address.push_str(&address_part(&fragment_id(outline, fragment)));
                }
                page(address, self.citation(target, fragment.as_ref(), same), "document")
            }
            Destination::Unpublished(title) => Shown::Words(self.quoted(&title)),
            Destination::Other(link) => self.show_other(link, reference),
        }
    }

    fn show_other(&self, link: Link, reference: &Reference) -> Shown {
        let handbook = self.edition.handbook;
        match link {
            Link::AnnexA(number) => match standard::control(number) {
                Some(control) => page(annex_address(number), self.control_name(control), "annex"),
                None => Shown::Typed,
            },
            Link::Clause(number) => match standard::clause(number) {
                Some(clause) => page(clause_address(number), self.clause_name(clause), "clause"),
                None => Shown::Typed,
            },
            Link::Role(id) => page(role_address(&id), handbook.role_name(&id).to_owned(), "role"),
            Link::Term(term) => page(term_address(&term), term, "term"),
            Link::Record(id) => self.show_record(&id),
            Link::Broken(
                Broken::NoDocument(_)
                | Broken::NoControl(..)
                | Broken::NoClause(_)
                | Broken::NoRole(_)
                | Broken::NoTerm(_)
                | Broken::NoRecord(_)
                | Broken::Unsafe
                | Broken::Malformed,
            ) if !reference.has_text => Shown::Typed,
            // What is left are paths that lead nowhere, or nowhere that is published.
            _ => Shown::Words(reference.raw.value.clone()),
        }
    }

    fn show_record(&self, id: &str) -> Shown {
        match id {
            "roles" | "people" => page("roles.html".to_owned(), self.catalogue.get("site-roles"), "record"),
            "terms" => page("glossary.html".to_owned(), self.catalogue.get("site-glossary"), "record"),
            _ => {
                let title = self.edition.handbook.record(id).and_then(|record| record.title.clone());
                let title = title.unwrap_or_else(|| id.to_owned());
                match self.options.record_pages.get(id) {
                    Some(address) => page(address.clone(), title, "record"),
                    None => Shown::Words(title),
                }
            }
        }
    }

    /// 「情報管理規程」第8条; inside the same document 第8条.
    fn citation(&self, target: &Entry<'_>, fragment: Option<&Fragment>, same: bool) -> String {
        let language = self.options.language;
        let document = target.document;
        let place = fragment.and_then(|fragment| {
            let heading = document.outline.heading(&fragment.anchor)?;
            Some((heading, citation(heading, fragment.paragraph, &fragment.items, language)))
        });
        match (place, same) {
            (None, _) => self.quoted(document.title()),
            (Some((_, place)), true) => place,
            (Some((heading, place)), false) => {
                let title = self.quoted(document.title());
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
    pub(super) fn quoted(&self, title: &str) -> String {
        match self.options.language {
            Language::Ja => format!("「{title}」"),
            Language::En => format!("“{title}”"),
        }
    }

    /// A.5.12 情報の分類.
    pub(super) fn control_name(&self, control: &standard::Control) -> String {
        format!("A.{} {}", control.id, control.title.get(self.options.language))
    }

    /// 箇条 7.5.3 文書化した情報の管理.
    pub(super) fn clause_name(&self, clause: &standard::Clause) -> String {
        let title = clause.title.get(self.options.language);
        match self.options.language {
            Language::Ja => format!("箇条 {} {title}", clause.id),
            Language::En => format!("clause {} {title}", clause.id),
        }
    }
}

fn page(address: String, words: String, kind: &'static str) -> Shown {
    Shown::Page { address, words, kind }
}

/// The place of an Annex A control.
pub fn annex_address(number: &str) -> String {
    format!("annex-a.html#A.{number}")
}

/// The place of a clause.
pub fn clause_address(number: &str) -> String {
    format!("clauses.html#{number}")
}

/// The place of a role.
pub fn role_address(id: &str) -> String {
    format!("roles.html#{}", address_part(&identifier(id)))
}

/// The place of a term.
pub fn term_address(term: &str) -> String {
    format!("glossary.html#{}", address_part(&identifier(term)))
}
