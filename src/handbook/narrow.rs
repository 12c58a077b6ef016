//! A handbook for readers who may not see everything: documents up to a label, and of everything else only what those
//! documents cite. What is left out is not hidden but taken away, so that no page, feed or index can show it.
//!
//! Comes last, before an edition is made: a narrowed handbook can be published, not checked.

use std::collections::BTreeSet;

use super::links::resolve_target;
use super::{Handbook, authority};
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, Ledger, LedgerEntry, PastVersion};
use crate::model::config::EditionSetting;
use crate::model::id::DocumentId;
use crate::model::reference::Target;
use crate::model::register::Registers;

impl Handbook {
    /// Takes away what readers of an edition may not see. A document is theirs if the label of its wording in force is
    /// at most the edition's; of its other versions they get the text where its label is, and else number and dates.
    /// Decisions, reasons, people and registers are nobody's business outside.
    pub fn narrow(&mut self, edition: &EditionSetting) {
        let ledgers = std::mem::take(&mut self.ledgers);
        let kept: Vec<(DocumentId, Ledger)> = ledgers
            .into_iter()
            .filter_map(|(id, ledger)| {
                let ledger = self.narrowed(&id, ledger, edition)?;
                Some((id, ledger))
            })
            .collect();
        let cited = self.cited(&kept);
        self.ledgers = kept.into_iter().collect();
        self.keep_documents();
        self.terms.retain(|term| cited.terms.contains(&term.term.value));
        self.roles.retain(|role| cited.roles.contains(&role.id.value));
        self.roles.iter_mut().for_each(|role| role.responsibilities.clear());
        self.people = Vec::new();
        self.records = Vec::new();
        self.exceptions = Vec::new();
        self.registers = Registers::default();
        self.other_ledgers = Vec::new();
        self.problems = Vec::new();
        self.wordings.missing = Vec::new();
        self.memory = authority::Memory::default();
        self.config.waivers = Vec::new();
        self.config.rules.clear();
        self.config.record_approvers.clear();
        self.config.incident = None;
        self.config.report_url = None;
        self.config.source_url = None;
        self.config.base_url.clone_from(&edition.base_url);
        if let Some(title) = &edition.title {
            self.config.title.clone_from(title);
        }
        for tier in self.config.tiers.values_mut() {
            tier.review_every = None;
        }
        self.edition = Some(edition.name.value.clone());
        self.links = self
            .documents
            .iter()
            .map(|document| document.references.iter().map(|target| resolve_target(self, document, target)).collect())
            .collect();
    }

    /// Whether a label is at most another one. What has no label, or an unknown one, is for nobody outside.
    fn is_at_most(&self, label: Option<&str>, highest: &str) -> bool {
        let rank = |id: &str| self.config.classifications.iter().position(|label| label.id.value == id);
        match (label.and_then(rank), rank(highest)) {
            (Some(label), Some(highest)) => label <= highest,
            _ => false,
        }
    }

    /// A document's ledger as readers of an edition may know it; `None` for a document that is not theirs.
    fn narrowed(&self, id: &DocumentId, ledger: Ledger, edition: &EditionSetting) -> Option<Ledger> {
        let is_theirs = |approval: &LedgerEntry<Approval>| {
            let text = self.approved_entry(id, approval);
            text.is_some_and(|text| self.is_at_most(self.classification_of(text.document), &edition.highest.value))
        };
        is_theirs(DocumentStatus::on(&ledger, self.today).in_force?).then_some(())?;
        let (theirs, others): (Vec<&LedgerEntry<Approval>>, Vec<&LedgerEntry<Approval>>) =
            ledger.approvals.iter().partition(|approval| is_theirs(approval));
        let numbers = others.into_iter().filter(|approval| approval.effective <= self.today).map(|approval| {
            approval.with(PastVersion {
                version: approval.version,
                approved_on: Some(approval.approved_on),
                effective: approval.effective,
                changes: None,
            })
        });
        let past = ledger.past.iter().map(|past| past.with(PastVersion { changes: None, ..past.value.clone() }));
        let past = past.chain(numbers).collect();
        let approvals = theirs.into_iter().map(|approval| approval.with(approval.without_people())).collect();
        let retirements = ledger.retirements.iter().filter(|retirement| retirement.effective <= self.today);
        let retirements = retirements.map(|retirement| retirement.with(retirement.without_people())).collect();
        Some(Ledger { approvals, past, retirements, reviews: Vec::new(), announcements: Vec::new(), ..ledger })
    }

    /// Keeps the texts of the tree that are in force; a newer draft of a document is not published, whatever its label.
    fn keep_documents(&mut self) {
        let in_force: BTreeSet<usize> = self
            .ledgers
            .iter()
            .filter_map(|(id, ledger)| {
                let index = self.index(id)?;
                let entry = self.approved_entry(id, DocumentStatus::on(ledger, self.today).in_force?)?;
                entry.past.is_none().then_some(index)
            })
            .collect();
        let mut index = 0..;
        self.digests.retain(|_| index.next().is_some_and(|index| in_force.contains(&index)));
        let mut index = 0..;
        self.documents.retain(|_| index.next().is_some_and(|index| in_force.contains(&index)));
        for document in &mut self.documents {
            document.front.review_every = None;
        }
        self.by_path = self.documents.iter().map(|document| document.path.clone()).zip(0..).collect();
        self.by_id =
            self.documents.iter().zip(0..).filter_map(|(document, at)| Some((document.id()?.clone(), at))).collect();
        let ledgers = &self.ledgers;
        self.wordings.retain(|id, digest, past| {
            past.document.front.review_every = None;
            let known = ledgers.get(id).map_or(&[][..], |ledger| &ledger.approvals);
            known.iter().any(|approval| approval.digest == digest)
        });
    }

    /// What the wordings of some ledgers cite.
    fn cited(&self, ledgers: &[(DocumentId, Ledger)]) -> Cited {
        let mut cited = Cited::default();
        for (id, ledger) in ledgers {
            for approval in &ledger.approvals {
                cited.roles.insert(approval.role.clone());
                let Some(text) = self.approved_entry(id, approval) else { continue };
                let front = &text.document.front;
                let named = front.owner.iter().chain(&front.approver).chain(&front.audience);
                cited.roles.extend(named.map(|role| role.value.clone()));
                cited.roles.extend(self.approver_of(text.document, false));
                for reference in &text.document.references {
                    match &reference.target {
                        Target::Role(role) => drop(cited.roles.insert(role.clone())),
                        Target::Term(name) => cited.terms.extend(self.term(name).map(|term| term.term.value.clone())),
                        _ => {}
                    }
                }
            }
            cited.roles.extend(ledger.retirements.iter().map(|retirement| retirement.role.clone()));
        }
        cited
    }
}

/// Roles and terms that documents cite.
#[derive(Default)]
struct Cited {
    roles: BTreeSet<String>,
    terms: BTreeSet<String>,
}
