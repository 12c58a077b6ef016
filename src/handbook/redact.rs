//! A handbook for readers who may not see everything: documents up to a label, and of everything else only what those
//! documents cite. What is left out is not hidden but taken away, so that no page, feed or index can show it.
//!
//! Every structure is taken apart field by field, without `..`: whoever adds a field has to say here whether it is
//! published. Comes last, before an edition is made: a redacted handbook can be published, not checked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Handbook;
use super::copies::StoredCopy;
use super::history::{HistoryHandle, NoHistory};
use crate::approved_copy::{CopiedDocument, CopyDigest};
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, Ledger, LedgerEntry, PastVersion};
use crate::model::config::{Config, EditionSetting, Limits, TierConfig};
use crate::model::document::{Document, FrontMatter};
use crate::model::id::DocumentId;
use crate::model::people::Role;
use crate::model::reference::Target;
use crate::model::register::Registers;
use crate::paths;
use crate::register::RegisterSet;
use crate::source::FileId;

impl Handbook {
    /// Takes away what readers of an edition may not see. A document is theirs if the label of its wording in force is
    /// at most the edition's; of its other versions they get the text where its label is, and else number and dates.
    /// Decisions, reasons, people and registers are nobody's business outside.
    pub(crate) fn redacted(self, edition: &EditionSetting) -> Self {
        let ledgers: BTreeMap<DocumentId, Ledger> = self
            .ledgers
            .iter()
            .filter_map(|(id, ledger)| Some((id.clone(), self.redacted_ledger(id, ledger, edition)?)))
            .collect();
        let cited = self.cited(&ledgers);
        let Self {
            sources,
            config,
            today,
            // Texts are published from their approved copies alone.
            documents: _,
            digests: _,
            refusals: _,
            links: _,
            roles,
            people: _,
            terms,
            records: _,
            exceptions: _,
            registers: _,
            register_set: _,
            ledgers: _,
            other_ledgers: _,
            attachments,
            // The organisation's own templates, styles and scripts make the pages.
            site,
            codeowners: _,
            problems: _,
            copies,
            edition: _,
            by_id: _,
            by_path: _,
            history: _,
        } = self;
        let is_approved = |id: &DocumentId, digest: CopyDigest| {
            let known = ledgers.get(id).map_or(&[][..], |ledger| &ledger.approvals);
            known.iter().any(|approval| approval.digest == digest)
        };
        let copies = copies.redacted(&sources, is_approved, redacted_copy);
        let read = |(_, _, copy): (_, _, &StoredCopy)| {
            Some(linked_paths(&copy.read(&sources).ok()?.document).collect::<Vec<_>>())
        };
        let files: BTreeSet<FileId> = copies.all().map(|(_, _, copy)| copy.file).collect();
        let linked: BTreeSet<String> = copies.all().filter_map(read).flatten().collect();
        Self {
            sources: sources.only(|file| files.contains(&file)),
            config: redacted_config(config, edition),
            today,
            links: Vec::new(),
            roles: roles.into_iter().filter(|role| cited.roles.contains(&role.id.value)).map(redacted_role).collect(),
            people: Vec::new(),
            terms: terms.into_iter().filter(|term| cited.terms.contains(&term.term.value)).collect(),
            records: Vec::new(),
            exceptions: Vec::new(),
            registers: Registers::default(),
            register_set: RegisterSet::default(),
            other_ledgers: Vec::new(),
            attachments: attachments.into_iter().filter(|(path, _)| linked.contains(path)).collect(),
            site,
            codeowners: Vec::new(),
            problems: Vec::new(),
            edition: Some(edition.name.value.clone()),
            by_id: BTreeMap::new(),
            by_path: BTreeMap::new(),
            history: HistoryHandle::new(Arc::new(NoHistory)),
            documents: Vec::new(),
            digests: Vec::new(),
            refusals: Vec::new(),
            ledgers,
            copies,
        }
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
    fn redacted_ledger(&self, id: &DocumentId, ledger: &Ledger, edition: &EditionSetting) -> Option<Ledger> {
        let is_theirs = |approval: &LedgerEntry<Approval>| {
            let text = self.approved_version(id, approval);
            text.is_some_and(|text| self.is_at_most(self.classification_of(text.document), &edition.highest.value))
        };
        is_theirs(DocumentStatus::on(ledger, self.today).in_force?).then_some(())?;
        let Ledger { id, name, file, approvals, reviews: _, retirements, announcements: _, past } = ledger;
        let (theirs, others): (Vec<&LedgerEntry<Approval>>, Vec<&LedgerEntry<Approval>>) =
            approvals.iter().partition(|approval| is_theirs(approval));
        let others = others.into_iter().filter(|approval| approval.effective <= self.today);
        Some(Ledger {
            id: id.clone(),
            name: name.clone(),
            file: *file,
            approvals: theirs.into_iter().map(|approval| approval.with(approval.without_people())).collect(),
            reviews: Vec::new(),
            retirements: retirements
                .iter()
                .filter(|retirement| retirement.effective <= self.today)
                .map(|retirement| retirement.with(retirement.without_people()))
                .collect(),
            announcements: Vec::new(),
            past: past.iter().map(without_changes).chain(others.map(number_and_dates)).collect(),
        })
    }

    /// What the wordings of some ledgers cite.
    fn cited(&self, ledgers: &BTreeMap<DocumentId, Ledger>) -> Cited {
        let mut cited = Cited::default();
        for (id, ledger) in ledgers {
            for approval in &ledger.approvals {
                cited.roles.insert(approval.role.clone());
                let Some(text) = self.approved_version(id, approval) else { continue };
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

/// Paths of files that a document links to.
fn linked_paths(document: &Document) -> impl Iterator<Item = String> {
    document.references.iter().filter_map(|reference| match &reference.target {
        Target::Path { path, .. } => paths::resolve(&document.path, path),
        _ => None,
    })
}

/// Settings that pages show, with the edition's own title and address.
fn redacted_config(config: Config, edition: &EditionSetting) -> Config {
    let Config {
        file,
        title,
        organisation,
        language,
        timezone,
        base_url: _,
        incident: _,
        report_url: _,
        source_url: _,
        offline,
        calendar,
        records_path,
        classifications,
        tiers,
        record_approvers: _,
        limits: _,
        editions: _,
        rules: _,
        waivers: _,
    } = config;
    Config {
        file,
        title: edition.title.clone().unwrap_or(title),
        organisation,
        language,
        timezone,
        base_url: edition.base_url.clone(),
        incident: None,
        report_url: None,
        source_url: None,
        offline,
        calendar,
        records_path,
        classifications,
        tiers: tiers.into_iter().map(|(tier, settings)| (tier, redacted_tier(settings))).collect(),
        record_approvers: BTreeMap::new(),
        limits: Limits::default(),
        editions: BTreeMap::new(),
        rules: BTreeMap::new(),
        waivers: Vec::new(),
    }
}

fn redacted_tier(settings: TierConfig) -> TierConfig {
    let TierConfig {
        folder,
        prefix,
        approver,
        minor_approver,
        provisional_approver,
        review_every: _,
        classification,
        numbering,
        adjacent,
        required_sections,
        style,
        sentence_limit,
        span,
    } = settings;
    TierConfig {
        folder,
        prefix,
        approver,
        minor_approver,
        provisional_approver,
        review_every: None,
        classification,
        numbering,
        adjacent,
        required_sections,
        style,
        sentence_limit,
        span,
    }
}

fn redacted_role(role: Role) -> Role {
    let Role { id, name, body, responsibilities: _, place } = role;
    Role { id, name, body, responsibilities: Vec::new(), place }
}

/// A document without what says when it is looked at again.
fn redacted_document(document: Document) -> Document {
    let Document {
        file,
        path,
        tier,
        front,
        front_span,
        body,
        outline,
        references,
        literal_emphasis,
        raw_html,
        prose,
        content,
    } = document;
    let front = redacted_front(front);
    Document {
        file,
        path,
        tier,
        front,
        front_span,
        body,
        outline,
        references,
        literal_emphasis,
        raw_html,
        prose,
        content,
    }
}

fn redacted_front(front: FrontMatter) -> FrontMatter {
    let FrontMatter {
        id,
        number,
        title,
        version,
        owner,
        approver,
        classification,
        review_every: _,
        established,
        audience,
        summary,
        implements,
        annex_a,
        clauses,
        soa,
        numbering,
        level,
    } = front;
    FrontMatter {
        id,
        number,
        title,
        version,
        owner,
        approver,
        classification,
        review_every: None,
        established,
        audience,
        summary,
        implements,
        annex_a,
        clauses,
        soa,
        numbering,
        level,
    }
}

fn redacted_copy(copy: CopiedDocument) -> CopiedDocument {
    let CopiedDocument { document, in_effect, reading } = copy;
    CopiedDocument { document: redacted_document(document), in_effect, reading }
}

/// Of a version whose text readers may not see: that it was in force, and from when on.
fn number_and_dates(approval: &LedgerEntry<Approval>) -> LedgerEntry<PastVersion> {
    approval.with(PastVersion {
        version: approval.version,
        approved_on: Some(approval.approved_on),
        effective: approval.effective,
        changes: None,
    })
}

fn without_changes(past: &LedgerEntry<PastVersion>) -> LedgerEntry<PastVersion> {
    let PastVersion { version, approved_on, effective, changes: _ } = past.value.clone();
    past.with(PastVersion { version, approved_on, effective, changes: None })
}
