//! What the handbook says of the subjects of requests to the ledger: what a typed name means, which text would be
//! approved, who may approve it, and what it rests on. Whether a request may be recorded is [`crate::ledger::validate`]'s.

use jiff::civil::Date;

use super::Handbook;
use crate::ledger::adoption::TableContext;
use crate::ledger::validate::{
    AnnouncementRequest, ApprovableText, ApprovalBasis, ApprovalRequest, Approvers, InForce, RetirementRequest,
    ReviewRequest, Validation, ValidationContext, validate_announcement, validate_approvals, validate_retirement,
    validate_review,
};
use crate::ledger::{ApprovalKind, BasedOn, Ledger, Subject};
use crate::locale::Text;
use crate::model::config::APPROVED_RECORDS;
use crate::model::document::Document;
use crate::model::id::{DocumentId, Version};

impl Handbook {
    /// What a name means that a person typed.
    ///
    /// # Errors
    /// Where neither the tree nor the ledger knows it.
    pub fn subject(&self, written: &str) -> Result<Subject, Text> {
        if let Some(name) = APPROVED_RECORDS.iter().find(|name| name.eq_ignore_ascii_case(written)) {
            return Ok(Subject::Record(name));
        }
        let id = DocumentId::parse(written)
            .filter(|id| self.document(id).is_some() || self.ledgers.contains_key(id))
            .ok_or_else(|| Text::new("no-such-document").arg("id", written))?;
        // As its document writes it: the ledger's file name follows the document.
        let own = self.document(&id).and_then(|document| document.id()).cloned();
        Ok(Subject::Document(own.unwrap_or(id)))
    }

    /// The ledger of a subject, where there is one.
    pub fn subject_ledger(&self, subject: &Subject) -> Option<&Ledger> {
        self.validation_context().ledger(subject)
    }

    /// The role that would usually approve a subject as it is, as an id.
    pub fn usual_approver(&self, subject: &Subject, kind: ApprovalKind) -> Option<String> {
        match (subject, kind) {
            (Subject::Document(id), ApprovalKind::Provisional) => {
                let tier = self.config.tiers.get(&self.document(id)?.tier)?;
                tier.provisional_approver.as_ref().map(|role| role.value.clone())
            }
            (Subject::Document(id), ApprovalKind::Regular) => {
                let document = self.document(id)?;
                let version = document.front.version.as_ref()?.value;
                let Approvers { usual, minor, .. } = self.approvers(document, subject);
                minor.filter(|_| self.is_minor_step(id, version)).or(usual)
            }
            (Subject::Record(name), _) => self.config.record_approver(name).map(ToOwned::to_owned),
        }
    }

    /// The table of `kitei.toml` that says who approves a subject.
    fn approver_table(&self, subject: &Subject) -> String {
        match subject {
            Subject::Document(id) => match self.document(id) {
                Some(document) => format!("[tiers.{}]", document.tier.name()),
                None => "[tiers]".to_owned(),
            },
            Subject::Record(name) => format!("[records.{name}]"),
        }
    }

    /// The role that would usually decide on the retirement of a document.
    pub fn usual_retirer(&self, id: &DocumentId, on: Date) -> Option<String> {
        let copy = self.status_on(id, on).in_force.and_then(|approval| self.copies.of_approval(id, approval));
        let in_effect = copy.and_then(|copy| copy.read(&self.sources).ok()).map(|copy| &copy.in_effect);
        let approver = in_effect.and_then(|in_effect| in_effect.approver.first().cloned());
        approver.or_else(|| self.approver_of(self.document(id)?, false))
    }

    /// Whether a version that is about to be approved would only be an editorial step.
    pub fn is_minor_step(&self, id: &DocumentId, version: Version) -> bool {
        let ledger = self.ledgers.get(id);
        ledger.is_some_and(|ledger| crate::ledger::lifecycle::would_be_minor_step(ledger, version))
    }

    /// Versions in force, on a date, of what a document implements; `known` are others that come into force with it.
    pub fn based_on(&self, id: &DocumentId, date: Date, known: &[InForce]) -> BasedOn {
        self.validation_context().based_on(&self.implemented_by(id), date, known)
    }

    /// Validates approvals that are decided together, in their order. `past` are versions that are in force beside those
    /// of the ledgers.
    pub fn validate_approvals(&self, requests: Vec<ApprovalRequest>, past: &[InForce]) -> Vec<Validation> {
        let requests: Vec<(ApprovalRequest, ApprovalBasis)> = requests
            .into_iter()
            .map(|request| {
                let basis = self.approval_basis(&request);
                (request, basis)
            })
            .collect();
        validate_approvals(&self.validation_context(), &requests, past)
    }

    /// Validates a retirement, for each of its subjects in their order.
    pub fn validate_retirement(&self, request: &RetirementRequest) -> Vec<Validation> {
        let on = request.entry.effective.or(request.entry.approved_on).unwrap_or(self.today);
        let role = |subject: &Subject| self.usual_retirer(subject.id()?, on);
        let usual = |subject: &Subject| (role(subject), self.approver_table(subject));
        let usual: Vec<(Option<String>, String)> = request.subjects.iter().map(usual).collect();
        validate_retirement(&self.validation_context(), request, &usual, |written| self.named_document(written))
    }

    /// Validates a review.
    pub fn validate_review(&self, request: &ReviewRequest) -> Validation {
        let implements = request.subject.id().map(|id| self.implemented_by(id)).unwrap_or_default();
        validate_review(&self.validation_context(), request, &implements)
    }

    /// Validates an announcement.
    pub fn validate_announcement(&self, request: &AnnouncementRequest) -> Validation {
        let document = request.subject.id().and_then(|id| self.document(id));
        let audience = document.into_iter().flat_map(|document| &document.front.audience);
        let audience: Vec<String> = audience.map(|role| role.value.clone()).collect();
        validate_announcement(&self.validation_context(), request, &audience)
    }

    /// Documents in force that were not read again since a document above them changed.
    pub fn suspects_of(&self, above: &DocumentId) -> Vec<Subject> {
        let suspect = |id: &&DocumentId| self.suspects(id).iter().any(|suspect| suspect.id == *above);
        self.ledgers.keys().filter(suspect).cloned().map(Subject::Document).collect()
    }

    /// The document that a typed id means, as the document writes it.
    pub fn named_document(&self, written: &str) -> Option<DocumentId> {
        self.subject(written).ok()?.id().cloned()
    }

    /// What ids in a table of approvals or earlier versions mean; `document` is [`Handbook::named_document`].
    pub fn table_context<'h>(&'h self, document: &'h dyn Fn(&str) -> Option<DocumentId>) -> TableContext<'h> {
        TableContext { known: self.validation_context(), document }
    }

    fn validation_context(&self) -> ValidationContext<'_> {
        ValidationContext {
            today: self.today,
            roles: &self.roles,
            people: &self.people,
            ledgers: &self.ledgers,
            other_ledgers: &self.other_ledgers,
        }
    }

    /// Documents of the tree that a document implements, as they write their ids.
    fn implemented_by(&self, id: &DocumentId) -> Vec<DocumentId> {
        let Some(document) = self.document(id) else { return Vec::new() };
        let above = self.implements(document).filter_map(|(above, _)| self.document(&DocumentId::parse(above)?)?.id());
        above.cloned().collect()
    }

    fn approval_basis(&self, request: &ApprovalRequest) -> ApprovalBasis {
        match &request.subject {
            Subject::Document(id) => ApprovalBasis {
                text: self.approvable_text(id),
                approvers: self.document(id).map_or_else(nobody, |document| self.approvers(document, &request.subject)),
                implements: self.implemented_by(id),
            },
            Subject::Record(name) => ApprovalBasis {
                text: self.approvable_record(name, request.effective().unwrap_or(self.today)),
                approvers: Approvers {
                    usual: self.config.record_approver(name).map(ToOwned::to_owned),
                    table: self.approver_table(&request.subject),
                    minor: None,
                    provisional: Err(Text::new("approve-provisional-record")),
                },
                implements: Vec::new(),
            },
        }
    }

    fn approvable_text(&self, id: &DocumentId) -> Result<ApprovableText, Text> {
        let faults = || Text::new("approve-has-faults");
        let index = self.index(id).ok_or_else(|| Text::new("approve-not-in-tree"))?;
        let document = &self.documents[index];
        if self.problems.iter().any(|problem| problem.place.file == document.file) {
            return Err(faults());
        }
        let version = document.front.version.as_ref().ok_or_else(faults)?.value;
        if !self.refusals[index].is_empty() {
            return Err(faults());
        }
        let digest = self.digests[index].ok_or_else(faults)?;
        let reading = match self.copies.get(id, version) {
            // The text is what an earlier approval of this version decided: its copy is there.
            Some(copy) if copy.digest == digest => copy.read(&self.sources).map_err(|_| faults())?.reading,
            // The ledger says so where that copy was approved.
            Some(copy) if !self.is_approved(id, version) => {
                return Err(Text::new("approve-copy-differs").arg("path", &copy.path));
            }
            _ => self.copy_of_tree(document).map_err(|_| faults())?.reading,
        };
        Ok(ApprovableText { version: Some(version), digest, reading: Some(reading) })
    }

    /// An approved record as it would be approved: a statement decides on every control.
    fn approvable_record(&self, name: &str, date: Date) -> Result<ApprovableText, Text> {
        let digest = self.record_digest(name, date)?;
        let undecided = if name == "SOA" { self.undecided_controls(date) } else { Vec::new() };
        if undecided.is_empty() {
            return Ok(ApprovableText { version: None, digest, reading: None });
        }
        Err(Text::new("soa-undecided").arg("count", undecided.len()).arg("controls", undecided.join(", ")))
    }

    fn is_approved(&self, id: &DocumentId, version: Version) -> bool {
        self.ledgers.get(id).is_some_and(|ledger| ledger.approvals.iter().any(|approval| approval.version == version))
    }

    fn approvers(&self, document: &Document, subject: &Subject) -> Approvers {
        let tier = self.config.tiers.get(&document.tier);
        let provisional = tier.and_then(|tier| tier.provisional_approver.as_ref());
        let not_allowed = || Text::new("approve-provisional-not-allowed").arg("tier", document.tier.name());
        // Who approves what takes the place of an approved wording, that wording says.
        let newest = subject.id().and_then(|id| Some((id, self.ledgers.get(id)?.approvals.last()?)));
        let copy = newest.and_then(|(id, approval)| self.copies.of_approval(id, approval)?.read(&self.sources).ok());
        let in_effect = copy.map(|copy| &copy.in_effect).filter(|in_effect| !in_effect.approver.is_empty());
        let (usual, minor) = match in_effect {
            Some(in_effect) => (in_effect.approver.first().cloned(), in_effect.minor_approver.first().cloned()),
            None => (self.approver_of(document, false), self.approver_of(document, true)),
        };
        Approvers {
            usual,
            table: self.approver_table(subject),
            minor,
            provisional: provisional.map(|role| role.value.clone()).ok_or_else(not_allowed),
        }
    }
}

/// Of a document that is not in the tree nobody is set; its text is missing all the same.
fn nobody() -> Approvers {
    Approvers {
        usual: None,
        table: "[tiers]".to_owned(),
        minor: None,
        provisional: Err(Text::new("approve-not-in-tree")),
    }
}
