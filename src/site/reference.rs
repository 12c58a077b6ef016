//! Where a reference leads on a page. How it reads is told by [`crate::handbook::reading`].

use super::Site;
use super::anchors::fragment_id;
use super::pages::{Named, registers};
use crate::handbook::reading::{self, Reading, read};
use crate::handbook::version::PublishedVersion;
use crate::handbook::{Link, Lookup, lookup};
use crate::markup::html::{address_part, identifier};
use crate::model::reference::Pointer;
use crate::model::reference::{Form, Reference};
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
        /// What a term means, shown without leaving the page.
        meaning: Option<String>,
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
    /// What becomes of a reference of one of the edition's documents. A page that is not published is its words.
    pub(super) fn show(&self, entry: &PublishedVersion<'_>, reference: &Reference) -> Shown {
        match self.target(entry, reference) {
            Shown::Page { address, words, .. } if !self.published.holds(&address) => Shown::Words(words),
            shown => shown,
        }
    }

    fn target(&self, entry: &PublishedVersion<'_>, reference: &Reference) -> Shown {
        if let Some(attachment) = self.attachments.get(self.edition, entry, reference) {
            return if attachment.picture && reference.form == Form::Image {
                Shown::Picture(attachment.address.clone())
            } else {
                page(attachment.address.clone(), reference.raw.value.clone(), "file")
            };
        }
        match read(self.edition, entry, reference, &self.catalogue) {
            Reading::Document { id, fragment, words } => {
                let Some(target) = self.edition.entries.get(&id) else { return Shown::Typed };
                let mut address = format!("documents/{id}.html");
                if let Some(fragment) = &fragment {
                    address.push('#');
                    address.push_str(&address_part(&fragment_id(&target.document.outline, fragment)));
                }
                page(address, words, "document")
            }
            Reading::Entity { link, words } => self.show_entity(link, words),
            Reading::External(address) => Shown::External(address),
            Reading::Words(words) => Shown::Words(words),
            Reading::Typed => Shown::Typed,
        }
    }

    fn show_entity(&self, link: Link, words: String) -> Shown {
        match link {
            Link::AnnexA(number) => page(annex_address(number), words, "annex"),
            Link::Clause(number) => page(clause_address(number), words, "clause"),
            Link::Role(id) => page(role_address(&id), words, "role"),
            Link::Term(name) => {
                let definition = self.edition.handbook.term(&name).and_then(|term| term.definition.as_ref());
                let meaning = definition.map(|definition| definition.value.clone());
                Shown::Page { address: term_address(&name), words, kind: "term", meaning }
            }
            Link::Record(id) => match id.as_str() {
                "roles" | "people" => page("roles.html".to_owned(), words, "record"),
                "terms" => page("glossary.html".to_owned(), words, "record"),
                "contacts" => page("incident.html".to_owned(), words, "record"),
                "exceptions" => page("exceptions.html".to_owned(), words, "record"),
                "ciso-practices" => page("practices.html".to_owned(), words, "record"),
                "year-plan" => page("calendar.html".to_owned(), words, "record"),
                _ => {
                    let register = id.split_once('/').map_or(id.as_str(), |(register, _)| register);
                    let library = &self.edition.handbook.register_set.library;
                    let shown = registers::shown(self.edition);
                    match library.position(register).filter(|register| shown.contains(register)) {
                        Some(_) => page(registers::address(&id), words, "record"),
                        None => Shown::Words(words),
                    }
                }
            },
            _ => Shown::Words(words),
        }
    }

    /// How a register's mention of a document reads and where it leads; `None` where nothing is published there. A
    /// place that the published wording lacks leads to the whole document.
    pub(super) fn pointer(&self, pointer: &Pointer) -> Option<Named> {
        let id = pointer.document.as_ref()?;
        let (id, entry) = self.edition.entries.get_key_value(id)?;
        let outline = &entry.document.outline;
        let fragment = pointer.fragment.as_ref().filter(|fragment| lookup(outline, fragment) == Lookup::Found);
        let anchor = fragment.map(|fragment| format!("#{}", address_part(&fragment_id(outline, fragment))));
        Some(Named {
            name: reading::cited(entry.document, fragment, false, self.options.language),
            address: format!("documents/{id}.html{}", anchor.unwrap_or_default()),
        })
    }

    /// A.5.12 情報の分類.
    pub(super) fn control_name(&self, control: &standard::Control) -> String {
        reading::control_name(control, self.options.language)
    }

    /// 箇条 7.5.3 文書化した情報の管理.
    pub(super) fn clause_name(&self, clause: &standard::Clause) -> String {
        reading::clause_name(clause, self.options.language)
    }
}

fn page(address: String, words: String, kind: &'static str) -> Shown {
    Shown::Page { address, words, kind, meaning: None }
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
