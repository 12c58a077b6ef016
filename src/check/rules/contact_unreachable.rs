//! contact-unreachable: a register of contacts that helps nobody in the first minutes: nobody in it, nothing to do, or
//! somebody who cannot be reached by what it says.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{Place, Span};

rule!("ORG009", "contact-unreachable", Basis::AnnexA("6.8"), Deny);

fn check(handbook: &Handbook, sink: &mut Sink) {
    let Some(register) = &handbook.registers.contacts else { return };
    let at = |span: Span| Place { file: register.place.file, span };
    if register.contacts.is_empty() || register.first.is_empty() {
        let key = if register.contacts.is_empty() { "contacts-nobody" } else { "contacts-no-steps" };
        sink.report(register.place, Text::new(key)).help(Text::new("contacts-incomplete-help"));
    }
    for contact in &register.contacts {
        if contact.phone.is_empty() && contact.chat.is_none() && contact.mail.is_none() {
            let message = Text::new("contact-without-means").arg("name", &contact.name);
            sink.report(at(contact.span), message).help(Text::new("contact-without-means-help"));
        }
        // Digits may be of either width; a word such as 内線 may stand before them.
        for phone in contact.phone.iter().filter(|phone| !phone.value.chars().any(char::is_numeric)) {
            let message = Text::new("contact-no-number").arg("phone", &phone.value);
            sink.report(at(phone.span), message).help(Text::new("contact-no-number-help"));
        }
        if let Some(mail) = contact.mail.as_ref().filter(|mail| !is_address(&mail.value)) {
            let message = Text::new("contact-no-mail").arg("mail", &mail.value);
            sink.report(at(mail.span), message).help(Text::new("contact-no-mail-help"));
        }
    }
}

fn is_address(mail: &str) -> bool {
    let (before, after) = mail.split_once('@').unwrap_or_default();
    !before.is_empty() && !after.is_empty() && !mail.contains([' ', '\u{3000}', '?', ':'])
}
