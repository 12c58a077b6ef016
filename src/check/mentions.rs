//! Where ids and numbers are written: every mention of a role, a person, a document or a number of the standard
//! outside the document's text, with its place. Several rules judge the same mentions by different measures.

use unicode_normalization::UnicodeNormalization;

use crate::handbook::{Broken, Handbook, Link};
use crate::ledger::Ledger;
use crate::model::document::Document;
use crate::model::reference::Pointer;
use crate::model::reference::{Reference, Target};
use crate::source::{FileId, Place, Span, Spanned};

/// An id or number as it is written somewhere.
#[derive(Debug, Clone, Copy)]
pub struct Mention<'a> {
    /// As written, without quotation marks.
    pub written: &'a str,
    /// Where; a TOML string with its quotation marks.
    pub place: Place,
}

impl<'a> Mention<'a> {
    fn new(file: FileId, id: &'a Spanned<String>) -> Self {
        Self { written: &id.value, place: Place { file, span: id.span } }
    }

    fn recorded(ledger: &Ledger, (written, span): (&'a String, Span)) -> Self {
        Self { written, place: ledger.place(span) }
    }
}

/// A number of Annex A as it is written somewhere.
#[derive(Debug, Clone, Copy)]
pub struct AnnexMention<'a> {
    /// As written, without quotation marks.
    pub written: &'a str,
    /// The number in it: what stands behind `A.` where the letter has to be written.
    pub number: &'a str,
    /// Whether the letter has to be written: at headings and in double brackets, not in front matter.
    pub letter: bool,
    /// Whether the statement of applicability decides on it.
    pub decided: bool,
    /// Where; a TOML string with its quotation marks.
    pub place: Place,
}

impl AnnexMention<'_> {
    /// The number without what people write around it: `5.12` of `A.5.12`, `Ａ５．１２` or ` 5.12 `.
    pub fn bare(&self) -> String {
        let number: String = self.number.nfkc().filter(|c| !c.is_whitespace()).collect();
        let number = number.strip_prefix("附属書").unwrap_or(&number);
        number.trim_start_matches(['A', 'a']).trim_matches('.').to_owned()
    }

    /// Another number written the way this one has to be.
    pub fn with(&self, number: &str) -> String {
        format!("{}{number}", if self.letter { "A." } else { "" })
    }
}

/// Every reference that points at nothing, with its document and the reason.
pub fn broken(handbook: &Handbook) -> impl Iterator<Item = (&Document, &Reference, &Broken)> {
    handbook.documents.iter().zip(&handbook.links).flat_map(|(document, links)| {
        document.references.iter().zip(links).filter_map(move |(reference, link)| match link {
            Link::Broken(broken) => Some((document, reference, broken)),
            _ => None,
        })
    })
}

/// Every ledger, those of documents first.
pub fn ledgers(handbook: &Handbook) -> impl Iterator<Item = &Ledger> {
    handbook.ledgers.values().chain(&handbook.other_ledgers)
}

/// Every role id in front matter, tiers, appointments, ledgers and registers. References in the text are links.
pub fn roles(handbook: &Handbook) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    for document in &handbook.documents {
        let front = &document.front;
        let ids = front.owner.iter().chain(&front.approver).chain(&front.audience);
        found.extend(ids.map(|id| Mention::new(document.file, id)));
    }
    for tier in handbook.config.tiers.values() {
        let ids = tier.approver.iter().chain(&tier.minor_approver).chain(&tier.provisional_approver);
        found.extend(ids.map(|id| Mention::new(handbook.config.file, id)));
    }
    let records = handbook.config.record_approvers.values();
    found.extend(records.map(|id| Mention::new(handbook.config.file, id)));
    for person in &handbook.people {
        found.extend(person.roles.iter().map(|appointment| Mention::new(person.place.file, &appointment.role)));
    }
    for ledger in ledgers(handbook) {
        let approvals = ledger.approvals.iter().flat_map(|entry| entry.placed("role", [&entry.role]));
        let retirements = ledger.retirements.iter().flat_map(|entry| entry.placed("role", [&entry.role]));
        let announcements = ledger.announcements.iter().flat_map(|entry| entry.placed("to", &entry.to));
        found.extend(approvals.chain(retirements).chain(announcements).map(|id| Mention::recorded(ledger, id)));
    }
    found.extend(handbook.registers.roles().map(|(place, id)| Mention::new(place.file, id)));
    found
}

/// Every person id in ledgers, exceptions and waivers.
pub fn people(handbook: &Handbook) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    for ledger in ledgers(handbook) {
        let approvals = ledger.approvals.iter().flat_map(|entry| {
            let decided = entry.placed("approver", &entry.approver).chain(entry.placed("chair", &entry.chair));
            let recorded = entry.placed("recorded_by", &entry.recorded_by);
            let drafted =
                entry.placed("drafters", &entry.drafters).chain(entry.placed("checked_by", &entry.checked_by));
            decided.chain(recorded).chain(drafted)
        });
        let reviews = ledger.reviews.iter().flat_map(|entry| entry.placed("reviewer", [&entry.reviewer]));
        let retirements = ledger.retirements.iter().flat_map(|entry| entry.placed("approver", &entry.approver));
        found.extend(approvals.chain(reviews).chain(retirements).map(|id| Mention::recorded(ledger, id)));
    }
    let exceptions = handbook.exceptions.iter().flat_map(|e| [(e, &e.applicant), (e, &e.approver)]);
    found.extend(exceptions.map(|(exception, id)| Mention::new(exception.place.file, id)));
    let waivers = handbook.config.waivers.iter().flat_map(|waiver| &waiver.approved_by);
    found.extend(waivers.map(|id| Mention::new(handbook.config.file, id)));
    found
}

/// Every document id in `implements`, of a document or of a heading; numbers of Annex A at headings are none.
pub fn implemented(document: &Document) -> impl Iterator<Item = Mention<'_>> {
    let sections = document.outline.headings.iter().flat_map(|heading| &heading.implements);
    let sections = sections.filter(|id| !id.value.starts_with("A."));
    document.front.implements.iter().chain(sections).map(|id| Mention::new(document.file, id))
}

/// Every document id in ledgers and exceptions.
pub fn recorded_documents(handbook: &Handbook) -> impl Iterator<Item = Mention<'_>> {
    let exceptions = handbook.exceptions.iter().map(|e| Mention::new(e.place.file, &e.document));
    let recorded = ledgers(handbook).flat_map(|ledger| {
        let approvals = ledger.approvals.iter().flat_map(|entry| entry.placed("against", entry.based_on.ids()));
        let reviews = ledger.reviews.iter().flat_map(|entry| entry.placed("against", entry.based_on.ids()));
        let retirements = ledger.retirements.iter();
        let replaced_by = retirements.flat_map(|entry| entry.placed("replaced_by", &entry.replaced_by));
        approvals.chain(reviews).chain(replaced_by).map(|id| Mention::recorded(ledger, id))
    });
    recorded.chain(exceptions)
}

/// Every document, or place in one, that a register or the configuration names.
pub fn pointers(handbook: &Handbook) -> impl Iterator<Item = &Pointer> {
    handbook.registers.pointers().chain(&handbook.config.incident)
}

/// Every number of Annex A, in front matter, at headings and in double brackets.
pub fn annex_numbers(document: &Document) -> impl Iterator<Item = AnnexMention<'_>> {
    let front = &document.front;
    let stated = front.annex_a.iter().map(|number| (number, false));
    let decided = front.soa.iter().map(|entry| (&entry.control, true));
    let front = stated.chain(decided).map(|(number, decided)| AnnexMention {
        written: &number.value,
        number: &number.value,
        letter: false,
        decided,
        place: document.place(number.span),
    });
    let sections = document.outline.headings.iter().flat_map(|heading| &heading.implements).filter_map(|id| {
        let number = id.value.strip_prefix("A.")?;
        let place = document.place(id.span);
        Some(AnnexMention { written: &id.value, number, letter: true, decided: false, place })
    });
    let references = document.references.iter().filter_map(|reference| match &reference.target {
        Target::AnnexA(number) => Some(AnnexMention {
            written: reference.raw.value.trim(),
            number,
            letter: true,
            decided: false,
            place: document.place(reference.raw.span),
        }),
        _ => None,
    });
    front.chain(sections).chain(references)
}
