//! Approved records: the statement of applicability and the risk treatment plan, which are approved like documents.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Handbook;
use super::edition::{Edition, LeftOut};
use crate::approved_copy::CopyDigest;
use crate::digest::record::{soa_text, toml_text};
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, Ledger, LedgerEntry};
use crate::locale::Text;
use crate::model::config::APPROVED_RECORDS;
use crate::model::document::Document;
use crate::standard;

/// Where an approved record stands on the handbook's date.
#[derive(Debug, Clone)]
pub struct RecordStanding<'h> {
    /// By its ledger.
    pub standing: DocumentStatus<'h>,
    /// Approvals in force or pending whose text is not the one there will be on their days.
    pub changed: Vec<&'h LedgerEntry<Approval>>,
}

impl Handbook {
    /// The ledger of an approved record.
    pub fn record_ledger(&self, name: &str) -> Option<&Ledger> {
        self.other_ledgers.iter().find(|ledger| ledger.name == name && APPROVED_RECORDS.contains(&name))
    }

    /// Digest of an approved record as it is on a date, or on the handbook's where that is later: the statement of
    /// applicability of the published documents, the plan of the tree.
    ///
    /// # Errors
    /// Why there is no such text.
    pub fn record_digest(&self, name: &str, date: Date) -> Result<CopyDigest, Text> {
        if name == "SOA" { self.soa_digest(date.max(self.today)) } else { self.plan_digest() }
    }

    fn soa_digest(&self, date: Date) -> Result<CopyDigest, Text> {
        let edition = Edition::on(self, date);
        let missing = edition.left_out.iter().filter(|(_, why)| **why == LeftOut::TextMissing);
        let missing: Vec<&str> = missing.map(|(id, _)| id.as_str()).collect();
        if !missing.is_empty() {
            return Err(Text::new("soa-text-missing").arg("ids", missing.join(", ")));
        }
        let published = edition.entries.iter();
        let decisions = published.flat_map(|(id, entry)| entry.document.front.soa.iter().map(move |soa| (id, soa)));
        let mut decisions = decisions.peekable();
        if decisions.peek().is_none() {
            return Err(Text::new("soa-empty").arg("date", date));
        }
        Ok(CopyDigest::of(soa_text(decisions).as_bytes()))
    }

    /// Controls of Annex A on which nothing that is published on a date decides.
    pub fn undecided_controls(&self, date: Date) -> Vec<&'static str> {
        let edition = Edition::on(self, date.max(self.today));
        let decisions = edition.entries.values().flat_map(|entry| &entry.document.front.soa);
        let decided: BTreeSet<&str> = decisions.map(|decision| decision.control.value.as_str()).collect();
        standard::controls().iter().map(|control| control.id).filter(|id| !decided.contains(id)).collect()
    }

    /// Whether the tree says how far each control of the published documents is: of a version that the tree has replaced
    /// nobody knows it.
    fn states_are_known(&self, date: Date) -> bool {
        let edition = Edition::on(self, date.max(self.today));
        let version = |document: &Document| document.front.version.as_ref().map(|version| version.value);
        let mut deciding = edition.entries.iter().filter(|(_, entry)| !entry.document.front.soa.is_empty());
        deciding.all(|(id, entry)| self.document(id).is_some_and(|tree| version(tree) == version(entry.document)))
    }

    /// Path of the risk treatment plan.
    pub fn plan_path(&self) -> String {
        format!("{}/risk-plan.toml", self.config.records_path)
    }

    fn plan_digest(&self) -> Result<CopyDigest, Text> {
        let path = self.plan_path();
        let Some(file) = self.sources.by_path(&path) else { return Err(Text::new("plan-missing").arg("path", path)) };
        let text = toml_text("RISK-PLAN", self.sources.file(file).text());
        let good = self.problems.iter().all(|problem| problem.place.file != file);
        match text.filter(|_| good) {
            Some(text) => Ok(CopyDigest::of(text.as_bytes())),
            None => Err(Text::new("approve-has-faults")),
        }
    }

    /// Where an approved record stands; `None` where nothing was ever recorded of it.
    pub fn record_standing(&self, name: &str) -> Option<RecordStanding<'_>> {
        let standing = DocumentStatus::on(self.record_ledger(name)?, self.today);
        let judged = standing.in_force.into_iter().chain(standing.pending.iter().copied());
        // How far a control is stands in the tree alone: of a former decision that the tree has replaced nobody knows it.
        let judged = judged.filter(|approval| name != "SOA" || self.states_are_known(approval.effective));
        // A text that cannot be told is another fault, reported elsewhere.
        let changed = judged.filter(|approval| {
            let digest = self.record_digest(name, approval.effective);
            digest.is_ok_and(|digest| approval.digest != digest)
        });
        let changed = changed.collect();
        Some(RecordStanding { standing, changed })
    }
}
