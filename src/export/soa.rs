//! The statement of applicability: every control of Annex A with its decision, its reasons, how far it is carried out,
//! and the sections of published documents that carry it out. The page of the site and `kitei soa` show the same rows.

mod csv;
mod json;
mod markdown;
mod sheet;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::{Catalogue, Text};
use crate::model::document::{Document, SOA_REASONS, SoaEntry, Tier};
use crate::model::id::DocumentId;
use crate::model::outline::Heading;
use crate::numbering::heading_name;
use crate::standard::{self, Control};

pub use self::csv::csv;
pub use json::json;
pub use markdown::markdown;
pub use sheet::sheet;

/// The statement as it stands on the date of an edition.
#[derive(Debug)]
pub struct Statement<'h> {
    /// The date.
    pub date: Date,
    /// The organisation that states it.
    pub organisation: &'h str,
    /// The approval in force, where there is one.
    pub approval: Option<Approved>,
    /// One row a control, in the order of Annex A.
    pub rows: Vec<Row<'h>>,
}

/// Which version was approved, when and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The version.
    pub version: String,
    /// 承認日.
    pub approved_on: Date,
    /// 施行日.
    pub effective: Date,
    /// The name of the role.
    pub role: String,
    /// The name of the person, unless the role decides as a body.
    pub person: Option<String>,
    /// Whether the statement has changed since.
    pub changed: bool,
}

/// One control.
#[derive(Debug)]
pub struct Row<'h> {
    /// The control.
    pub control: &'static Control,
    /// The decisions about it: none where nobody has decided; several contradict each other or divide the scope.
    pub decisions: Vec<Decision<'h>>,
    /// What carries it out, highest tier first.
    pub carriers: Vec<Carrier<'h>>,
}

/// A decision and the document that states it.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'h> {
    /// The document.
    pub entry: PublishedVersion<'h>,
    /// The decision.
    pub soa: &'h SoaEntry,
}

impl Decision<'_> {
    /// `implemented`, `partial`, `planned`, `none`; for a control that does not apply `excluded`; `unknown`.
    pub fn state(&self) -> &'static str {
        match (self.soa.applicable.value, &self.soa.implementation) {
            (false, _) => "excluded",
            (true, Some(state)) => state.name(),
            (true, None) => "unknown",
        }
    }
}

/// A document that carries a control out, and its sections that say so themselves.
#[derive(Debug)]
pub struct Carrier<'h> {
    /// Its id.
    pub id: DocumentId,
    /// Its published wording.
    pub document: &'h Document,
    /// The sections, in text order.
    pub sections: Vec<&'h Heading>,
}

/// The statement that the documents of an edition make.
pub fn statement<'h>(edition: &Edition<'h>) -> Statement<'h> {
    let handbook = edition.handbook;
    let standing = handbook.record_standing("SOA");
    let approval = standing.and_then(|record| {
        let approval = record.standing.in_force?;
        let person = approval.approver.as_ref().map(|person| handbook.person_name(person).to_owned());
        Some(Approved {
            version: approval.version.to_string(),
            approved_on: approval.approved_on,
            effective: approval.effective,
            role: handbook.role_name(&approval.role).to_owned(),
            person,
            changed: record.changed.iter().any(|changed| std::ptr::eq(*changed, approval)),
        })
    });
    let coverage = Coverage::new(edition);
    let rows = standard::controls().iter().map(|control| Row {
        control,
        decisions: coverage.decisions.get(control.id).cloned().unwrap_or_default(),
        carriers: coverage.carriers(edition, control),
    });
    Statement { date: edition.date, organisation: &handbook.config.organisation, approval, rows: rows.collect() }
}

/// What documents say about controls and about each other.
struct Coverage<'h> {
    decisions: BTreeMap<&'static str, Vec<Decision<'h>>>,
    /// For each control, the documents that cover it.
    documents: BTreeMap<&'static str, Vec<&'h Document>>,
    /// For each document, those that implement it, and the places of the headings that say so.
    below: BTreeMap<DocumentId, Vec<(&'h Document, Vec<usize>)>>,
}

impl<'h> Coverage<'h> {
    fn new(edition: &Edition<'h>) -> Self {
        let mut coverage = Self { decisions: BTreeMap::new(), documents: BTreeMap::new(), below: BTreeMap::new() };
        for entry in edition.entries.values() {
            let document = entry.document;
            for soa in &document.front.soa {
                if let Some(control) = standard::control(&soa.control.value) {
                    coverage.decisions.entry(control.id).or_default().push(Decision { entry: *entry, soa });
                }
            }
            for control in edition.handbook.annex_controls(document) {
                coverage.documents.entry(control.id).or_default().push(document);
            }
            let whole = document.front.implements.iter().map(|above| (&above.value, None));
            let sections = document.outline.headings.iter().enumerate();
            let sections =
                sections.flat_map(|(at, heading)| heading.implements.iter().map(move |id| (&id.value, Some(at))));
            for (above, heading) in whole.chain(sections) {
                let Some(above) = DocumentId::parse(above).filter(|id| edition.entries.contains_key(id)) else {
                    continue;
                };
                let below = coverage.below.entry(above).or_default();
                if below.last().is_none_or(|(last, _)| !std::ptr::eq(*last, document)) {
                    below.push((document, Vec::new()));
                }
                if let (Some((_, headings)), Some(heading)) = (below.last_mut(), heading) {
                    headings.push(heading);
                }
            }
        }
        coverage
    }

    /// Documents that cover a control, then the sections below them that implement a standard of this control alone.
    fn carriers(&self, edition: &Edition<'h>, control: &Control) -> Vec<Carrier<'h>> {
        let named = format!("A.{}", control.id);
        let covering = self.documents.get(control.id).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<(&'h Document, Vec<usize>)> = Vec::new();
        for document in covering {
            let headings = document.outline.headings.iter().enumerate();
            let own = headings.filter(|(_, heading)| heading.implements.iter().any(|above| above.value == named));
            found.push((document, own.map(|(at, _)| at).collect()));
        }
        for standard in covering.iter().filter(|document| document.tier == Tier::Control) {
            for (document, headings) in standard.id().and_then(|id| self.below.get(id)).into_iter().flatten() {
                let known = found.iter().position(|(known, _)| std::ptr::eq(*known, *document));
                let at = known.unwrap_or_else(|| {
                    found.push((document, Vec::new()));
                    found.len() - 1
                });
                found[at].1.extend(headings);
            }
        }
        let mut carriers: Vec<Carrier<'h>> = found
            .into_iter()
            .filter_map(|(document, mut headings)| {
                headings.sort_unstable();
                headings.dedup();
                let (id, _) = edition.entries.get_key_value(document.id()?)?;
                let sections = headings.into_iter().filter_map(|at| document.outline.headings.get(at)).collect();
                Some(Carrier { id: id.clone(), document, sections })
            })
            .collect();
        carriers.sort_by(|a, b| (a.document.tier, &a.id).cmp(&(b.document.tier, &b.id)));
        carriers
    }
}

/// A row's words in a language, one line of a table: a control with one of its decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `A.5.12`.
    pub number: String,
    /// The control's title.
    pub title: String,
    /// Whether it applies, in words.
    pub applicable: String,
    /// How far it is carried out, in words.
    pub state: String,
    /// Kinds of reasons, in words.
    pub reasons: String,
    /// In the organisation's words.
    pub justification: String,
    /// The document that decides.
    pub stated_in: String,
    /// Documents and sections that carry it out.
    pub carriers: Vec<String>,
}

/// All rows in words.
pub fn lines(statement: &Statement<'_>, catalogue: &Catalogue) -> Vec<Line> {
    statement.rows.iter().flat_map(|row| in_words(row, catalogue)).collect()
}

fn in_words(row: &Row<'_>, catalogue: &Catalogue) -> Vec<Line> {
    let language = catalogue.language();
    let carriers: Vec<String> = row
        .carriers
        .iter()
        .map(|carrier| {
            let mut words = format!("{} {}", carrier.id, carrier.document.title());
            let sections: Vec<String> =
                carrier.sections.iter().map(|heading| heading_name(heading, language)).collect();
            if !sections.is_empty() {
                let joint = catalogue.get("soa-joint");
                words += &catalogue.text(&Text::new("soa-sections").arg("sections", sections.join(&joint)));
            }
            words
        })
        .collect();
    let line = |decision: Option<&Decision<'_>>| Line {
        number: format!("A.{}", row.control.id),
        title: row.control.title.get(language).to_owned(),
        applicable: catalogue.get(match decision.map(|decision| decision.soa.applicable.value) {
            Some(true) => "soa-applies",
            Some(false) => "site-soa-excluded",
            None => "site-soa-undecided",
        }),
        state: match decision {
            Some(decision) if decision.soa.applicable.value => catalogue.get(&format!("site-soa-{}", decision.state())),
            _ => String::new(),
        },
        reasons: decision.map_or(String::new(), |decision| reasons(decision.soa, catalogue)),
        justification: decision
            .and_then(|decision| decision.soa.justification.as_ref())
            .map_or(String::new(), |text| text.value.clone()),
        stated_in: decision.and_then(|d| d.entry.document.id()).map_or(String::new(), ToString::to_string),
        carriers: carriers.clone(),
    };
    if row.decisions.is_empty() { vec![line(None)] } else { row.decisions.iter().map(|d| line(Some(d))).collect() }
}

fn reasons(soa: &SoaEntry, catalogue: &Catalogue) -> String {
    let named = soa.reasons.iter().map(|reason| match SOA_REASONS.contains(&reason.value.as_str()) {
        true => catalogue.get(&format!("site-soa-reason-{}", reason.value)),
        false => reason.value.clone(),
    });
    named.collect::<Vec<_>>().join(&catalogue.get("soa-joint"))
}

/// Which version was approved when and by whom, or that none was, in words.
pub fn approval_line(statement: &Statement<'_>, catalogue: &Catalogue) -> String {
    let Some(approved) = &statement.approval else {
        return catalogue.text(&Text::new("soa-not-approved").arg("date", statement.date));
    };
    let by = match &approved.person {
        Some(person) => catalogue.text(&Text::new("soa-by").arg("role", &approved.role).arg("person", person)),
        None => approved.role.clone(),
    };
    let text = Text::new(if approved.changed { "soa-changed" } else { "soa-approved" });
    let text = text.arg("version", &approved.version).arg("approved", approved.approved_on);
    catalogue.text(&text.arg("effective", approved.effective).arg("by", by).arg("date", statement.date))
}

/// The names of the columns of [`Line`], in order.
pub const COLUMNS: [&str; 8] = [
    "soa-column-number",
    "soa-column-title",
    "site-column-applicable",
    "site-column-state",
    "site-soa-reasons",
    "soa-column-justification",
    "soa-column-stated-in",
    "site-column-carried",
];
