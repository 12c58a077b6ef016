//! What pages need to know about all documents at once, computed a single time: names, links back, coverage of the
//! standard, roles.

use std::collections::BTreeMap;

use serde::Serialize;

use super::anchors::fragment_id;
use crate::export::soa::Decision;
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::handbook::{Lookup, lookup};
use crate::model::document::{Document, Tier};
use crate::model::id::DocumentId;
use crate::model::reference::Pointer;
use crate::standard;

/// A document as other pages name it.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentLink {
    /// 文書番号.
    pub number: String,
    /// Title.
    pub title: String,
    /// Address relative to the root of the site.
    pub address: String,
    /// `policy`, `control`, `procedure`.
    pub tier: Tier,
    /// Whether its text is approved by nothing.
    pub draft: bool,
}

/// Which places of a document implement another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implementer {
    /// The document below.
    pub id: DocumentId,
    /// Indices of its headings that say so themselves.
    pub headings: Vec<usize>,
}

/// What the documents of an edition say about each other and about everything else.
#[derive(Debug)]
pub struct Index<'h> {
    /// How each document is named.
    pub links: BTreeMap<DocumentId, DocumentLink>,
    /// For each document, those that implement it.
    pub implemented_by: BTreeMap<DocumentId, Vec<Implementer>>,
    /// For each Annex A control, the documents that cover it.
    pub controls: BTreeMap<&'static str, Vec<DocumentId>>,
    /// For each Annex A control, the decisions about it.
    pub decisions: BTreeMap<&'static str, Vec<Decision<'h>>>,
    /// For each clause, the documents that name it.
    pub clauses: BTreeMap<&'static str, Vec<DocumentId>>,
    /// For each role, the documents it keeps.
    pub owned: BTreeMap<String, Vec<DocumentId>>,
    /// For each role, the documents it approves.
    pub approved: BTreeMap<String, Vec<DocumentId>>,
    /// For each role, the documents addressed to it.
    pub addressed: BTreeMap<String, Vec<DocumentId>>,
    /// The document to open when something has happened, and the anchor of its first section.
    pub incident: Option<(DocumentId, Option<String>)>,
}

impl<'h> Index<'h> {
    /// Of an edition.
    pub fn new(edition: &Edition<'h>) -> Self {
        let mut index = Self {
            links: BTreeMap::new(),
            implemented_by: BTreeMap::new(),
            controls: BTreeMap::new(),
            decisions: BTreeMap::new(),
            clauses: BTreeMap::new(),
            owned: BTreeMap::new(),
            approved: BTreeMap::new(),
            addressed: BTreeMap::new(),
            incident: incident(edition),
        };
        for (id, entry) in &edition.entries {
            index.add(edition, id, *entry);
        }
        index
    }

    fn add(&mut self, edition: &Edition<'h>, id: &DocumentId, entry: PublishedVersion<'h>) {
        let handbook = edition.handbook;
        let document = entry.document;
        self.links.insert(
            id.clone(),
            DocumentLink {
                number: document.number().to_owned(),
                title: document.title().to_owned(),
                address: format!("documents/{id}.html"),
                tier: document.tier,
                draft: entry.approval.is_none(),
            },
        );
        let whole = document.front.implements.iter().map(|above| (&above.value, None));
        let sections = document.outline.headings.iter().enumerate();
        let sections =
            sections.flat_map(|(at, heading)| heading.implements.iter().map(move |above| (&above.value, Some(at))));
        for (above, heading) in whole.chain(sections) {
            let Some(above) = DocumentId::parse(above).filter(|above| edition.entries.contains_key(above)) else {
                continue;
            };
            let below = self.implemented_by.entry(above).or_default();
            if below.last().is_none_or(|last| last.id != *id) {
                below.push(Implementer { id: id.clone(), headings: Vec::new() });
            }
            if let (Some(last), Some(heading)) = (below.last_mut(), heading) {
                last.headings.push(heading);
            }
        }
        for control in handbook.annex_controls(document) {
            self.controls.entry(control.id).or_default().push(id.clone());
        }
        for soa in &document.front.soa {
            if let Some(control) = standard::control(&soa.control.value) {
                self.decisions.entry(control.id).or_default().push(Decision { entry, soa });
            }
        }
        for clause in document.front.clauses.iter().filter_map(|number| standard::clause(&number.value)) {
            let documents = self.clauses.entry(clause.id).or_default();
            if documents.last() != Some(id) {
                documents.push(id.clone());
            }
        }
        if let Some(owner) = &document.front.owner {
            self.owned.entry(owner.value.clone()).or_default().push(id.clone());
        }
        if let Some(approver) = handbook.approver_of(document, false) {
            self.approved.entry(approver).or_default().push(id.clone());
        }
        for role in &document.front.audience {
            let documents = self.addressed.entry(role.value.clone()).or_default();
            if documents.last() != Some(id) {
                documents.push(id.clone());
            }
        }
    }

    /// The links of some documents, highest tier first.
    pub fn links_of<'a>(&'a self, ids: Option<&'a Vec<DocumentId>>) -> Vec<&'a DocumentLink> {
        let mut links: Vec<_> = ids.into_iter().flatten().filter_map(|id| self.links.get(id)).collect();
        links.sort_by_key(|link| link.tier);
        links
    }
}

/// The document to open when something has happened, and the place in it: what the configuration names, or else the
/// register of contacts. Where neither names a published one, it is the document nearest to practice that covers
/// reporting (A.6.8) or responding (A.5.26), of several the one that covers most about incidents.
fn incident(edition: &Edition<'_>) -> Option<(DocumentId, Option<String>)> {
    let handbook = edition.handbook;
    let register = handbook.registers.contacts.as_ref().and_then(|contacts| contacts.procedure.as_ref());
    handbook.config.incident.iter().chain(register).find_map(|named| stated(edition, named)).or_else(|| guess(edition))
}

/// A published document that somebody named; without a place in it, or with one that its wording lacks, its start.
fn stated(edition: &Edition<'_>, named: &Pointer) -> Option<(DocumentId, Option<String>)> {
    let (id, entry) = edition.entries.get_key_value(named.document.as_ref()?)?;
    let outline = &entry.document.outline;
    let place = named.fragment.as_ref().filter(|fragment| lookup(outline, fragment) == Lookup::Found);
    Some((id.clone(), place.map(|fragment| fragment_id(outline, fragment))))
}

fn guess(edition: &Edition<'_>) -> Option<(DocumentId, Option<String>)> {
    const ABOUT: [&str; 6] = ["6.8", "5.26", "5.24", "5.25", "5.27", "5.28"];
    let score = |document: &Document| {
        let covers = |number: &&&str| document.front.annex_a.iter().any(|stated| stated.value == ***number);
        let found = ABOUT.iter().filter(covers).count();
        ABOUT[..2].iter().any(|number| covers(&number)).then_some((document.tier, found))
    };
    edition
        .entries
        .iter()
        .filter_map(|(id, entry)| Some((score(entry.document)?, id, entry)))
        // Of equal ones the first by id.
        .rev()
        .max_by_key(|(score, ..)| *score)
        .map(|(_, id, entry)| (id.clone(), entry.document.outline.headings.first().map(|h| h.anchor.clone())))
}
