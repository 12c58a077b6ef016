//! The page of one document.

use jiff::civil::Date;
use minijinja::value::Value;
use serde::Serialize;

use super::contents::contents;
use super::{Approver, Label, Named, Page, RoleLink};
use crate::handbook::version::PublishedVersion;
use crate::handbook::{Lookup, lookup};
use crate::ledger::{Approval, ApprovalKind, Ledger, LedgerEntry};
use crate::markup::html::address_part;
use crate::model::document::{Document, Tier};
use crate::model::exception::Exception;
use crate::model::id::DocumentId;
use crate::numbering::{citation, heading_name};
use crate::site::anchors::fragment_id;
use crate::site::body::Body;
use crate::site::index::DocumentLink;
use crate::site::outward::{self, Subject};
use crate::site::reference::{annex_address, clause_address};
use crate::site::{LastChange, Site};
use crate::standard;

#[derive(Serialize)]
struct DocumentPage<'a> {
    id: &'a str,
    /// 文書番号.
    number: &'a str,
    title: &'a str,
    tier: Tier,
    /// The page that lists its tier.
    list: &'static str,
    version: Option<String>,
    label: Option<Label>,
    /// In a preview: what is known of a text that is approved by nothing.
    draft: Option<Draft>,
    approval: Option<ApprovalView<'a>>,
    /// Role that would approve a draft.
    approver: Option<RoleLink>,
    owner: Option<RoleLink>,
    established: Option<String>,
    next_review: Option<String>,
    review_overdue: bool,
    /// Roles that must know it; empty: everyone.
    audience: Vec<RoleLink>,
    summary: Option<&'a str>,
    implements: Vec<&'a DocumentLink>,
    implemented_by: Vec<ImplementerView<'a>>,
    controls: Vec<Named>,
    clauses: Vec<Named>,
    decisions: Vec<super::standard::DecisionView>,
    exceptions: Vec<ExceptionView<'a>>,
    change: Option<&'a LastChange>,
    /// Where a fault of the page is reported.
    report: Option<String>,
    /// Where its source lies.
    source: Option<String>,
    /// Contents list; empty where the document is short.
    contents: Value,
    body: Value,
    versions: Vec<VersionView>,
}

#[derive(Serialize)]
struct Draft {
    /// The version in force, where there is one, and since when.
    in_force: Option<(String, String)>,
}

#[derive(Serialize)]
struct ApprovalView<'a> {
    approver: Approver,
    approved_on: String,
    effective: String,
    /// Whether it takes effect only after the date of the edition (a preview shows such texts).
    pending: bool,
    /// For a provisional approval: until when it must be ratified.
    ratify_by: Option<String>,
    provisional: bool,
    changes: Option<&'a str>,
}

#[derive(Serialize)]
struct ImplementerView<'a> {
    document: &'a DocumentLink,
    sections: Vec<Named>,
}

/// An open exception to an article.
#[derive(Serialize)]
pub(super) struct ExceptionView<'a> {
    id: &'a str,
    /// The article: its words and, where it is on the page, its address.
    article: String,
    address: Option<String>,
    reason: &'a str,
    measure: &'a str,
    /// How it is brought to an end.
    plan: Option<&'a str>,
    expires: String,
    /// Whether its time is over.
    over: bool,
    approver: &'a str,
    approved_on: String,
}

/// A row of the table of versions.
#[derive(Serialize)]
struct VersionView {
    version: String,
    approved_on: Option<String>,
    effective: String,
    changes: Option<String>,
    /// `None` for versions of times before the repository.
    approver: Option<Approver>,
    /// 作成 and 審査: names of people.
    drafters: Vec<String>,
    checked_by: Vec<String>,
    /// Address of the comparison with the version before, relative to the site.
    compare: Option<String>,
    /// Whether this is the version shown.
    shown: bool,
    pending: bool,
    provisional: bool,
}

pub(in crate::site) fn document(site: &Site<'_, '_>, id: &DocumentId) -> Page {
    // Every id comes from the edition itself.
    let entry = &site.edition.entries[id];
    let document = entry.document;
    let handbook = site.edition.handbook;
    let front = &document.front;
    let review = handbook.review_dates(id, document).and_then(|dates| dates.next);
    let tier = document.tier;
    let version = front.version.as_ref().map(|version| version.to_string());
    let subject = Subject {
        id: id.as_str(),
        title: document.title(),
        version: version.as_deref().unwrap_or_default(),
        path: handbook.source_path(id, entry),
        commit: site.options.revision.as_deref(),
    };
    let (report, source) = (outward::report(&handbook.config, subject), outward::source(&handbook.config, subject));
    let page = DocumentPage {
        id: id.as_str(),
        number: document.number(),
        title: document.title(),
        tier,
        list: super::list_address(tier),
        version,
        label: Label::of(site, document),
        draft: entry.approval.is_none().then(|| Draft {
            in_force: handbook
                .status(id)
                .in_force
                .map(|approval| (approval.version.to_string(), approval.effective.to_string())),
        }),
        approval: entry.approval.map(|approval| approval_view(site, approval)),
        approver: handbook.approver_of(document, false).map(|role| RoleLink::new(site, &role)),
        owner: front.owner.as_ref().map(|role| RoleLink::new(site, &role.value)),
        established: front.established.as_ref().map(|day| day.to_string()),
        next_review: review.map(|day| day.to_string()),
        review_overdue: review.is_some_and(|day| day < site.edition.date),
        audience: front.audience.iter().map(|role| RoleLink::new(site, &role.value)).collect(),
        summary: front.summary.as_ref().map(|summary| summary.value.as_str()),
        implements: implements(site, entry),
        implemented_by: implemented_by(site, id),
        controls: handbook
            .annex_controls(document)
            .into_iter()
            .map(|control| Named { name: site.control_name(control), address: annex_address(control.id) })
            .collect(),
        clauses: front
            .clauses
            .iter()
            .filter_map(|clause| standard::clause(&clause.value))
            .map(|clause| Named { name: site.clause_name(clause), address: clause_address(clause.id) })
            .collect(),
        decisions: front.soa.iter().filter_map(|soa| super::standard::decision(site, entry, soa)).collect(),
        exceptions: exceptions(site, id, document),
        change: site.options.changes.get(id),
        report,
        source,
        contents: html(contents(&document.outline, &site.catalogue.get("site-deleted"), site.options.language)),
        body: html(Body::new(site, entry).render()),
        versions: handbook.ledgers.get(id).map(|ledger| versions(site, ledger, entry)).unwrap_or_default(),
    };
    Page { root: "../".to_owned(), ..Page::new("document.html", tier.name(), page) }
}

fn html(text: String) -> Value {
    Value::from_safe_string(text)
}

fn approval_view<'a>(site: &Site<'_, '_>, approval: &'a LedgerEntry<Approval>) -> ApprovalView<'a> {
    ApprovalView {
        approver: Approver::of(site, approval),
        approved_on: approval.approved_on.to_string(),
        effective: approval.effective.to_string(),
        pending: approval.effective > site.edition.date,
        ratify_by: approval.ratify_by.as_ref().map(|day| day.to_string()),
        provisional: approval.kind == ApprovalKind::Provisional,
        changes: approval.changes.as_deref(),
    }
}

fn exceptions<'a>(site: &'a Site<'_, '_>, id: &DocumentId, document: &Document) -> Vec<ExceptionView<'a>> {
    let open = site.edition.handbook.exceptions_of(id, site.edition.date);
    open.map(|found| exception(site, document, found)).collect()
}

/// An exception as pages show it; its address is a place on the document's page.
pub(super) fn exception<'a>(site: &'a Site<'_, '_>, document: &Document, found: &'a Exception) -> ExceptionView<'a> {
    let fragment = &found.fragment;
    let present = lookup(&document.outline, fragment) == Lookup::Found;
    let heading = document.outline.heading(&fragment.anchor).filter(|_| present);
    let language = site.options.language;
    let words = |heading| match fragment.paragraph {
        None => heading_name(heading, site.options.language),
        Some(_) => citation(heading, fragment.paragraph, &fragment.items, language),
    };
    ExceptionView {
        id: &found.id.value,
        article: heading.map_or_else(|| found.article.value.clone(), words),
        address: heading.map(|_| format!("#{}", address_part(&fragment_id(&document.outline, fragment)))),
        reason: &found.reason.value,
        measure: &found.measure.value,
        plan: found.plan.as_ref().map(|plan| plan.value.as_str()),
        expires: found.expires.value.to_string(),
        over: found.is_expired(site.edition.date),
        approver: site.edition.handbook.person_name(&found.approver.value),
        approved_on: found.approved_on.to_string(),
    }
}

fn implements<'a>(site: &'a Site<'_, '_>, entry: &PublishedVersion<'_>) -> Vec<&'a DocumentLink> {
    let mut above: Vec<DocumentId> =
        site.edition.handbook.implements(entry.document).filter_map(|(id, _)| DocumentId::parse(id)).collect();
    above.sort();
    above.dedup();
    above.iter().filter_map(|id| site.index.links.get(id)).collect()
}

fn implemented_by<'a>(site: &'a Site<'_, '_>, id: &DocumentId) -> Vec<ImplementerView<'a>> {
    let below = site.index.implemented_by.get(id).into_iter().flatten();
    below
        .filter_map(|below| {
            let document = site.index.links.get(&below.id)?;
            let outline = &site.edition.entries.get(&below.id)?.document.outline;
            let sections = below.headings.iter().filter_map(|at| outline.headings.get(*at)).map(|heading| Named {
                name: heading_name(heading, site.options.language),
                address: format!("{}#{}", document.address, address_part(&heading.anchor)),
            });
            Some(ImplementerView { document, sections: sections.collect() })
        })
        .collect()
}

/// All versions that were decided by the date of the edition, newest first.
fn versions(site: &Site<'_, '_>, ledger: &Ledger, entry: &PublishedVersion<'_>) -> Vec<VersionView> {
    let date = site.edition.date;
    let handbook = site.edition.handbook;
    let names =
        |people: &[String]| people.iter().map(|person| handbook.person_name(person).to_owned()).collect::<Vec<_>>();
    let compared = |approval: &LedgerEntry<Approval>| {
        entry.document.id().and_then(|id| super::changes::comparison(site, id, approval))
    };
    let mut rows: Vec<((Date, bool, usize), VersionView)> = Vec::new();
    for (at, approval) in ledger.approvals.iter().enumerate().filter(|(_, approval)| approval.approved_on <= date) {
        let row = VersionView {
            version: approval.version.to_string(),
            approved_on: Some(approval.approved_on.to_string()),
            effective: approval.effective.to_string(),
            changes: approval.changes.clone(),
            approver: Some(Approver::of(site, approval)),
            drafters: names(&approval.drafters),
            checked_by: names(&approval.checked_by),
            compare: compared(approval),
            shown: entry.approval == Some(approval),
            pending: approval.effective > date,
            provisional: approval.kind == ApprovalKind::Provisional,
        };
        rows.push(((approval.effective, true, at), row));
    }
    for (at, past) in ledger.past.iter().enumerate() {
        let row = VersionView {
            version: past.version.to_string(),
            approved_on: past.approved_on.as_ref().map(|day| day.to_string()),
            effective: past.effective.to_string(),
            changes: past.changes.clone(),
            approver: None,
            drafters: Vec::new(),
            checked_by: Vec::new(),
            compare: None,
            shown: false,
            pending: false,
            provisional: false,
        };
        rows.push(((past.effective, false, at), row));
    }
    rows.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
    rows.into_iter().map(|(_, row)| row).collect()
}
