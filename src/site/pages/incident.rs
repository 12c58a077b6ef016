//! What to do when something has happened: whom to tell, the first minutes, how bad it is; a page, a card to carry, and
//! the way there from every page.

use serde::Serialize;

use super::{Named, Page};
use crate::markup::html::address_part;
use crate::model::contact::{Contact, Contacts, Severity};
use crate::site::Site;

/// How every page leads there.
#[derive(Debug, Serialize)]
pub(super) struct Way<'a> {
    /// The page of contacts, or the procedure where nobody keeps such a register. Relative to the site.
    address: String,
    /// The procedure, or the title of the register.
    name: String,
    /// The numbers of the first contact.
    phones: Vec<Phone<'a>>,
}

/// A telephone number as people dial it.
#[derive(Debug, Serialize)]
struct Phone<'a> {
    text: &'a str,
    /// What a telephone dials; `None` where it is more than a number, such as an extension.
    dial: Option<String>,
}

impl<'a> Phone<'a> {
    fn new(text: &'a str) -> Self {
        let plain = text.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c));
        let dial = plain.then(|| text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect());
        Self { text, dial }
    }

    fn of(contact: &'a Contact) -> Vec<Self> {
        contact.phone.iter().map(|phone| Self::new(&phone.value)).collect()
    }
}

impl<'a> Way<'a> {
    /// `None` where there is neither a register nor a procedure.
    pub(super) fn new(site: &'a Site<'_, '_>) -> Option<Self> {
        let register = site.edition.handbook.registers.contacts.as_ref();
        let procedure = procedure(site);
        let phones = register.and_then(|register| register.contacts.first()).map(Phone::of).unwrap_or_default();
        match (register, procedure) {
            (Some(register), procedure) => {
                let name = procedure.map(|procedure| procedure.name);
                let name = name.or_else(|| register.title.clone()).unwrap_or_default();
                Some(Self { address: "incident.html".to_owned(), name, phones })
            }
            (None, Some(procedure)) => Some(Self { address: procedure.address, name: procedure.name, phones }),
            (None, None) => None,
        }
    }
}

/// The procedure, at the place to read first.
fn procedure(site: &Site<'_, '_>) -> Option<Named> {
    let (id, anchor) = site.index.incident.as_ref()?;
    let document = site.index.links.get(id)?;
    let anchor = anchor.as_ref().map(|anchor| format!("#{}", address_part(anchor)));
    Some(Named { name: document.title.clone(), address: format!("{}{}", document.address, anchor.unwrap_or_default()) })
}

#[derive(Serialize)]
struct IncidentPage<'a> {
    title: Option<&'a str>,
    first: &'a [String],
    never: &'a [String],
    contacts: Vec<ContactView<'a>>,
    severities: Vec<SeverityView<'a>>,
    procedure: Option<Named>,
}

#[derive(Serialize)]
struct ContactView<'a> {
    name: &'a str,
    purpose: Option<&'a str>,
    hours: Option<&'a str>,
    phones: Vec<Phone<'a>>,
    chat: Option<&'a str>,
    mail: Option<&'a str>,
}

#[derive(Serialize)]
struct SeverityView<'a> {
    name: &'a str,
    meaning: &'a str,
    action: Option<&'a str>,
}

/// The contacts that stand on the card: those that are marked, or else the first one.
fn on_card(register: &Contacts) -> Vec<&Contact> {
    let marked: Vec<&Contact> = register.contacts.iter().filter(|contact| contact.card).collect();
    if marked.is_empty() { register.contacts.iter().take(1).collect() } else { marked }
}

fn contact(contact: &Contact) -> ContactView<'_> {
    ContactView {
        name: &contact.name,
        purpose: contact.purpose.as_deref(),
        hours: contact.hours.as_deref(),
        phones: Phone::of(contact),
        chat: contact.chat.as_deref(),
        mail: contact.mail.as_ref().map(|mail| mail.value.as_str()),
    }
}

fn severity(severity: &Severity) -> SeverityView<'_> {
    SeverityView { name: &severity.name, meaning: &severity.meaning, action: severity.action.as_deref() }
}

fn page(site: &Site<'_, '_>, template: &'static str, of: fn(&Contacts) -> Vec<&Contact>) -> Page {
    // Both pages are made only where there is a register.
    let register = site.edition.handbook.registers.contacts.as_ref();
    let page = IncidentPage {
        title: register.and_then(|register| register.title.as_deref()),
        first: register.map(|register| register.first.as_slice()).unwrap_or_default(),
        never: register.map(|register| register.never.as_slice()).unwrap_or_default(),
        contacts: register.map(of).unwrap_or_default().into_iter().map(contact).collect(),
        severities: register.into_iter().flat_map(|register| &register.severities).map(severity).collect(),
        procedure: procedure(site),
    };
    Page::new(template, "incident", page)
}

/// `incident.html`.
pub(super) fn incident(site: &Site<'_, '_>) -> Page {
    page(site, "incident.html", |register| register.contacts.iter().collect())
}

/// `incident-card.html`.
pub(super) fn card(site: &Site<'_, '_>) -> Page {
    page(site, "incident-card.html", on_card)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_are_dialled() {
        let dial = |text| Phone::new(text).dial;
        assert_eq!(dial("03-0000-9110").as_deref(), Some("0300009110"));
        assert_eq!(dial("+81 (3) 0000 9110").as_deref(), Some("+81300009110"));
        assert_eq!(dial("119").as_deref(), Some("119"));
        assert_eq!(dial("内線9110"), None, "a mobile telephone would call somebody else");
        assert_eq!(dial("0120-XXX"), None);
    }
}
