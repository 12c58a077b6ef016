//! The pages of the site: for each, the values that its template shows.
//!
//! Templates see `site` ([`Shell`]), `root` (what stands before an address relative to the site), `link`
//! ([`super::links`]), `current` (the entry of the navigation the page belongs to) and `page` (the serialised struct of each page below).

mod audit;
pub(super) mod changes;
mod contents;
mod document;
mod due;
mod glossary;
pub(super) mod gone;
mod home;
mod incident;
mod lists;
pub(super) mod mine;
mod overview;
mod people;
pub(super) mod quiz;
mod records;
pub(super) mod registers;
pub(super) mod rules;
mod search;
mod soa;
mod standard;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::assets::{Assets, LOGOS, OWN_STYLE};
use super::{Medium, Site};
use crate::handbook::edition::Edition;
use crate::ledger::{Approval, LedgerEntry};
use crate::model::config::Config;
use crate::model::document::{Document, Tier};

pub(super) use document::document;

/// A page ready for its template.
pub(super) struct Page {
    pub template: &'static str,
    pub root: String,
    pub current: &'static str,
    pub value: Value,
}

impl Page {
    fn new(template: &'static str, current: &'static str, value: impl Serialize) -> Self {
        Self { template, root: String::new(), current, value: Value::from(Serde(value)) }
    }
}

/// A page that every site has, or every site that keeps what it shows.
pub(super) struct Fixed {
    pub path: &'static str,
    pub page: fn(&Site<'_, '_>) -> Page,
}

/// The pages that every site has.
pub(super) static FIXED: [Fixed; 24] = [
    Fixed { path: "404.html", page: home::not_found },
    Fixed { path: "annex-a.html", page: standard::annex_a },
    Fixed { path: "calendar.html", page: due::calendar },
    Fixed { path: "changes.html", page: changes::changes },
    Fixed { path: "clauses.html", page: standard::clauses },
    Fixed { path: "controls.html", page: |site| lists::list(site, Tier::Control) },
    Fixed { path: "documents.html", page: audit::documents },
    Fixed { path: "due.html", page: due::by_role },
    Fixed { path: "exceptions.html", page: records::exceptions },
    Fixed { path: "glossary.html", page: glossary::glossary },
    Fixed { path: "incident-card.html", page: incident::card },
    Fixed { path: "incident.html", page: incident::incident },
    Fixed { path: "index.html", page: home::home },
    Fixed { path: "my.html", page: mine::my },
    Fixed { path: "overview.html", page: overview::overview },
    Fixed { path: "policies.html", page: |site| lists::list(site, Tier::Policy) },
    Fixed { path: "practices.html", page: records::practices },
    Fixed { path: "procedures.html", page: |site| lists::list(site, Tier::Procedure) },
    Fixed { path: "quizzes.html", page: quiz::quizzes },
    Fixed { path: "registers.html", page: registers::registers },
    Fixed { path: "roles.html", page: people::roles },
    Fixed { path: "rules.html", page: rules::rules },
    Fixed { path: "search.html", page: search::search },
    Fixed { path: "soa.html", page: soa::soa_page },
];

/// Whether a page is there at all. A register that nobody keeps has none; readers who may not see everything get the pages
/// of documents, for on any other what is missing would read as if it were not there.
pub(super) fn is_kept(edition: &Edition<'_>, path: &str) -> bool {
    let handbook = edition.handbook;
    let tier = |tier| edition.entries.values().any(|entry| entry.document.tier == tier);
    if handbook.edition.is_some() {
        return match path {
            "404.html" | "changes.html" | "index.html" | "search.html" => true,
            "glossary.html" => !handbook.terms.is_empty(),
            "policies.html" => tier(Tier::Policy),
            "controls.html" => tier(Tier::Control),
            "procedures.html" => tier(Tier::Procedure),
            _ => false,
        };
    }
    match path {
        "incident.html" | "incident-card.html" => handbook.registers.contacts.is_some(),
        "practices.html" => !handbook.registers.practices.is_empty(),
        "quizzes.html" => !handbook.registers.quizzes.is_empty(),
        "registers.html" => !registers::shown(edition).is_empty(),
        _ => true,
    }
}

/// Whether a path is one that pages have, of this site or of another edition.
pub(super) fn is_page(path: &str) -> bool {
    let folders = ["documents/", "quiz/", "registers/", "roles/", "rules/"];
    FIXED.iter().any(|fixed| fixed.path == path) || folders.iter().any(|folder| path.starts_with(folder))
}

/// The path of the site on its host, `/` at both ends.
pub(super) fn base_path(config: &Config) -> String {
    let base = config.base_url.as_deref().unwrap_or("/");
    let path = match base.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => base,
    };
    format!("{}/", path.split(['?', '#']).next().unwrap_or("/").trim_end_matches('/'))
}

/// The page that lists a tier.
pub(super) fn list_address(tier: Tier) -> &'static str {
    match tier {
        Tier::Policy => "policies.html",
        Tier::Control => "controls.html",
        Tier::Procedure => "procedures.html",
    }
}

/// What every page shows around its content.
#[derive(Debug, Serialize)]
pub(super) struct Shell<'a> {
    title: &'a str,
    organisation: &'a str,
    language: &'static str,
    /// The date whose state the site shows.
    date: String,
    /// Whether drafts are shown.
    preview: bool,
    /// Whether every document may be read by anybody.
    open: bool,
    version: &'a str,
    policy: &'static str,
    /// In an archive: the script that holds titles and texts.
    bundle: Option<&'static str>,
    /// The web app manifest, where browsers are to keep pages for a day without a network.
    manifest: Option<&'static str>,
    revision: Option<&'a str>,
    uncommitted: bool,
    /// Folder of the assets.
    assets: &'a str,
    /// Address of the site without a slash at its end, where it has one and readers are to use it.
    base_url: Option<&'a str>,
    /// The organisation's own style sheet, where it has one.
    own_style: Option<&'static str>,
    /// The organisation's own logo, where it has one.
    logo: Option<&'static str>,
    /// Entries of the navigation: name in `current`, key of the words, address.
    navigation: Vec<(&'static str, &'static str, &'static str)>,
    /// Whether readers see a part of the handbook only.
    narrowed: bool,
    /// Where to go when something has happened.
    incident: Option<incident::Way<'a>>,
}

impl<'a> Shell<'a> {
    pub(super) fn new(site: &'a Site<'_, '_>, assets: &'a Assets<'_>, medium: Medium) -> Self {
        let config = &site.edition.handbook.config;
        Self {
            title: &config.title,
            organisation: &config.organisation,
            language: site.options.language.code(),
            date: site.edition.date.to_string(),
            preview: site.edition.preview,
            open: site.open(),
            base_url: config.base_url.as_deref().filter(|_| !site.edition.preview).map(|url| url.trim_end_matches('/')),
            version: &site.options.version,
            policy: match medium {
                Medium::Web => super::CONTENT_SECURITY_POLICY,
                Medium::Archive => super::POLICY_OF_FILES,
            },
            bundle: (medium == Medium::Archive).then_some(super::bundle::DATA),
            manifest: (medium == Medium::Web && site.keeps_offline()).then_some(super::offline::MANIFEST),
            revision: site.options.revision.as_deref(),
            uncommitted: site.options.uncommitted,
            assets: &assets.folder,
            own_style: assets.files.contains_key(OWN_STYLE).then_some(OWN_STYLE),
            logo: LOGOS.into_iter().find(|name| assets.files.contains_key(*name)),
            navigation: [
                ("my", "site-my", "my.html"),
                ("policy", "site-policies", "policies.html"),
                ("control", "site-controls", "controls.html"),
                ("procedure", "site-procedures", "procedures.html"),
                ("roles", "site-roles", "roles.html"),
                ("glossary", "site-glossary", "glossary.html"),
                ("changes", "site-change-log", "changes.html"),
                ("overview", "site-overview", "overview.html"),
            ]
            .into_iter()
            .filter(|(_, _, address)| is_kept(site.edition, address))
            .collect(),
            narrowed: site.edition.handbook.edition.is_some(),
            incident: incident::Way::new(site),
        }
    }
}

impl Site<'_, '_> {
    /// Whether anybody may read every wording that is shown, former ones among them.
    pub(super) fn open(&self) -> bool {
        let compared = self.comparisons.values().flatten().flat_map(|page| [&page.old, &page.new]);
        let mut shown = self.edition.entries.values().chain(compared);
        shown.all(|entry| Label::of(self, entry.document).is_none_or(|label| label.open))
    }
}

/// How restricted a document is, from 0; `None` where its label is not one of the organisation's.
pub(super) fn label_rank(site: &Site<'_, '_>, document: &Document) -> Option<usize> {
    let handbook = site.edition.handbook;
    let id = handbook.classification_of(document)?;
    handbook.config.classifications.iter().position(|label| label.id.value == id)
}

/// A classification as a badge.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Label {
    name: String,
    /// `open`, `inner` or `closed`: the least restricted, the most restricted, and what lies between.
    rank: &'static str,
    #[serde(skip)]
    open: bool,
}

impl Label {
    fn of(site: &Site<'_, '_>, document: &Document) -> Option<Self> {
        Some(Self::named(site, site.edition.handbook.classification_of(document)?))
    }

    /// A label by its id.
    fn named(site: &Site<'_, '_>, id: &str) -> Self {
        let handbook = site.edition.handbook;
        let known = &handbook.config.classifications;
        let at = known.iter().position(|label| label.id.value == id);
        let rank = match at {
            Some(0) if known.len() > 1 => "open",
            Some(at) if at + 1 == known.len() && at > 1 => "closed",
            _ => "inner",
        };
        Self { name: handbook.classification_name(id).to_owned(), rank, open: rank == "open" }
    }
}

/// Something with a name and an address relative to the site.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Named {
    pub name: String,
    pub address: String,
}

/// A role as other pages name it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RoleLink {
    name: String,
    /// `None` where the role is not defined.
    address: Option<String>,
}

impl RoleLink {
    fn new(site: &Site<'_, '_>, id: &str) -> Self {
        let handbook = site.edition.handbook;
        let address = handbook.role(id).map(|_| super::reference::role_address(id));
        Self { name: handbook.role_name(id).to_owned(), address }
    }
}

/// Who approved: a body, or a person and the capacity in which they did.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Approver {
    role: String,
    person: Option<String>,
}

impl Approver {
    fn of(site: &Site<'_, '_>, approval: &LedgerEntry<Approval>) -> Self {
        let handbook = site.edition.handbook;
        Self {
            role: handbook.role_name(&approval.role).to_owned(),
            person: approval.approver.as_ref().map(|person| handbook.person_name(person).to_owned()),
        }
    }
}

/// `build.json`: which program made the site of which commit, for which date, with which wordings.
pub(super) fn record(site: &Site<'_, '_>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Wording<'a> {
        id: &'a str,
        version: Option<String>,
        digest: Option<String>,
    }
    let documents: Vec<Wording<'_>> = site
        .edition
        .entries
        .iter()
        .map(|(id, entry)| Wording {
            id: id.as_str(),
            version: entry.document.front.version.as_ref().map(|version| version.to_string()),
            digest: entry.approval.map(|approval| approval.digest.to_string()),
        })
        .collect();
    let record = serde_json::json!({
        "generator": "kitei",
        "schema": 1,
        "version": site.options.version,
        "commit": site.options.revision,
        "uncommitted": site.options.uncommitted,
        "date": site.edition.date.to_string(),
        "edition": match &site.edition.handbook.edition {
            Some(name) => name,
            None if site.edition.preview => "preview",
            None => "in-force",
        },
        "documents": documents,
    });
    let mut text = record.to_string();
    text.push('\n');
    text.into_bytes()
}
