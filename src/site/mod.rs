//! An edition of the handbook → the files of its site. Pure and parallel: the same edition, options and program give
//! the same bytes. Reads no disk but the attachments it is handed, writes nothing, asks no clock.

mod anchors;
mod assets;
mod attachments;
mod body;
pub mod bundle;
mod hosting;
mod index;
mod last_change;
mod machine;
mod offline;
mod outward;
mod pages;
mod reference;
pub mod search;
mod templates;
mod terms;
mod unlink;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Serde, Value};
use rayon::prelude::*;

use crate::changelog::{self, ChangelogEntry};
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::load::Files;
use crate::locale::{Catalogue, Language, Text};
use crate::markup::template::{self, TemplateError};
use crate::model::id::DocumentId;
use crate::model::people::Role;
use crate::model::quiz::Quiz;
use crate::publish::{Artifacts, PublishError};
use assets::Assets;
use attachments::Attachments;
use index::Index;
pub use last_change::{LastChange, last_changes};
use pages::{Page, Shell};
use terms::Terms;

/// What pages may load and where from: nothing from elsewhere, nothing written into the page itself. Every page
/// carries it, for hosts that send no header.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; base-uri 'none'; form-action 'none'";

/// The same for pages that were opened from a file: whatever stands beside them, and nothing else.
const POLICY_OF_FILES: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; \
    img-src 'self' file: data:; font-src 'self' file:; base-uri 'none'; form-action 'none'";

/// What a site is rendered with, beside the edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Language of the interface.
    pub language: Language,
    /// Version of this program.
    pub version: String,
    /// Hexadecimal id of the commit that the handbook was read from, where it was read from one.
    pub revision: Option<String>,
    /// The last change of each document; empty where history is not asked.
    pub changes: BTreeMap<DocumentId, LastChange>,
    /// Pages made elsewhere for registers: address relative to the site by register id.
    pub record_pages: BTreeMap<String, String>,
    /// Whether pages are made for an archive that is opened from a file system.
    pub bundle: bool,
}

/// Why a site cannot be rendered.
#[derive(Debug)]
pub enum SiteError {
    /// A template is wrong.
    Template(TemplateError),
    /// A file that a published document links to cannot be read.
    Attachment {
        /// The document.
        document: DocumentId,
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// A file that a published document links to has changed since the handbook was read.
    AttachmentChanged {
        /// The document.
        document: DocumentId,
        /// The file.
        path: String,
    },
    /// The index for searching cannot be made.
    Index {
        /// What the library says.
        detail: String,
    },
    /// The archive cannot be made.
    Archive {
        /// What the library says.
        detail: String,
    },
    /// A file cannot be published under its name.
    Publish(PublishError),
}

impl SiteError {
    /// The error in words.
    pub fn text(&self) -> Text {
        match self {
            Self::Template(error) => error.text(),
            Self::Attachment { document, path, reason } => Text::new("site-error-attachment")
                .arg("document", document.as_str())
                .arg("path", path)
                .arg("reason", reason),
            Self::AttachmentChanged { document, path } => {
                Text::new("site-error-attachment-changed").arg("document", document.as_str()).arg("path", path)
            }
            Self::Index { detail } => Text::new("site-error-index").arg("detail", detail),
            Self::Archive { detail } => Text::new("site-error-archive").arg("detail", detail),
            Self::Publish(error) => error.text(),
        }
    }
}

impl From<TemplateError> for SiteError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<PublishError> for SiteError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}

/// What every page is made from.
struct Site<'e, 'h> {
    edition: &'e Edition<'h>,
    options: &'e Options,
    catalogue: Arc<Catalogue>,
    index: Index<'h>,
    attachments: Attachments,
    /// The change log of all documents.
    log: Vec<ChangelogEntry>,
    /// Pages that set two versions side by side: document and wordings by address.
    comparisons: BTreeMap<String, (DocumentId, PublishedVersion<'h>, PublishedVersion<'h>)>,
    /// The glossary, to find its terms in text.
    terms: Terms<'h>,
}

/// Renders all pages of an edition, with their assets and attachments.
///
/// # Errors
/// Where a template is wrong, or a file that a published document links to cannot be read or published.
pub fn render(edition: &Edition<'_>, options: &Options, files: &dyn Files) -> Result<Artifacts, SiteError> {
    let handbook = edition.handbook;
    let catalogue = Arc::new(Catalogue::new(options.language));
    let environment = templates::environment(&handbook.site, &catalogue, handbook.config.calendar)?;
    let mut attachments = Attachments::collect(edition, files)?;
    let attached = std::mem::take(&mut attachments.files);
    let assets = Assets::new(&handbook.site);
    let log = changelog::log(edition, &catalogue, |_| true);
    let comparisons = comparisons(edition);
    let feed = changelog::render::feed(&log, handbook, &catalogue);
    let (index, terms) = (Index::new(edition), Terms::new(&handbook.terms));
    let site = Site { edition, options, catalogue, index, attachments, log, comparisons, terms };
    let shell = Value::from(Serde(Shell::new(&site, &assets)));

    let mut pages: Vec<Job<'_>> = edition.entries.keys().map(Job::Document).collect();
    pages.extend(pages::FIXED.iter().filter(|fixed| pages::is_kept(&site, fixed.path)).map(Job::Fixed));
    let rules = handbook.edition.is_none().then_some(crate::check::RULES);
    pages.extend(rules.into_iter().flatten().map(|rule| Job::Rule(rule)));
    pages.extend(site.comparisons.iter().map(|(address, (id, old, new))| Job::Compare(address, id, old, new)));
    pages.extend(edition.retired().map(Job::Gone));
    let roles = pages::mine::roles(&site).filter(|_| handbook.edition.is_none());
    pages.extend(roles.map(Job::Role));
    pages.extend(handbook.registers.quizzes.iter().map(|(name, quiz)| Job::Quiz(name, quiz)));
    let rendered = pages
        .into_par_iter()
        .map(|job| {
            let (path, page) = match job {
                Job::Document(id) => (format!("documents/{id}.html"), pages::document(&site, id)),
                Job::Compare(address, id, old, new) => (address.clone(), pages::changes::compare(&site, id, old, new)?),
                Job::Rule(rule) => (pages::rules::address(rule), pages::rules::rule(&site, rule)),
                Job::Gone(id) => (pages::gone::address(id), pages::gone::gone(&site, id)),
                Job::Role(role) => (pages::mine::path(&role.id.value), pages::mine::role(&site, role)),
                Job::Quiz(name, quiz) => (pages::quiz::path(name), pages::quiz::quiz(&site, quiz)),
                Job::Fixed(fixed) => (fixed.path.to_owned(), (fixed.page)(&site)),
            };
            let html = print(&environment, &shell, &path, page)?;
            Ok((path, html))
        })
        .collect::<Result<Vec<_>, SiteError>>()?;

    let rendered = match handbook.edition {
        Some(_) => without_links_to_nothing(rendered, &attached),
        None => rendered,
    };
    let mut artifacts = Artifacts::default();
    let mapped = |path: &&str| !["404.html", "incident-card.html"].contains(path) && !path.starts_with("rules/");
    let sitemap = machine::sitemap(&site, rendered.iter().map(|(path, _)| path.as_str()).filter(mapped));
    for (path, html) in rendered {
        artifacts.insert(path, html)?;
    }
    for (name, content) in &assets.files {
        artifacts.insert(format!("{}/{name}", assets.folder), *content)?;
    }
    for (path, content) in attached {
        artifacts.insert(path, content)?;
    }
    if let Some(sitemap) = sitemap {
        artifacts.insert("sitemap.xml", sitemap)?;
    }
    artifacts.insert("documents.json", machine::documents(&site))?;
    artifacts.insert("feed.xml", feed)?;
    artifacts.insert(search::TITLES, search::titles(edition, &site.catalogue))?;
    artifacts.insert("build.json", pages::record(&site))?;
    artifacts.insert("_headers", hosting::headers())?;
    for (path, content) in offline::files(&site, &assets, &artifacts) {
        artifacts.insert(path, content)?;
    }
    Ok(artifacts)
}

/// Pages of an edition that leaves others out.
fn without_links_to_nothing(
    pages: Vec<(String, String)>,
    attached: &BTreeMap<String, Vec<u8>>,
) -> Vec<(String, String)> {
    let paths: BTreeSet<&str> = pages.iter().map(|(path, _)| path).chain(attached.keys()).map(String::as_str).collect();
    let is_there = |path: &str| paths.contains(path);
    pages.par_iter().map(|(path, html)| (path.clone(), unlink::unlinked(html, path, &is_there))).collect()
}

/// Every two wordings of a document that followed each other and were both found: of what is published, and of what was
/// until it was retired.
fn comparisons<'h>(
    edition: &Edition<'h>,
) -> BTreeMap<String, (DocumentId, PublishedVersion<'h>, PublishedVersion<'h>)> {
    let mut found = BTreeMap::new();
    for id in edition.entries.keys().chain(edition.retired()) {
        for (old, new) in changelog::pairs(edition.handbook, id, edition.date) {
            if let (Some(before), Some(after)) = (old.approval, new.approval) {
                let address = pages::changes::address(id, before.version, after.version);
                found.insert(address, (id.clone(), old, new));
            }
        }
    }
    found
}

enum Job<'a> {
    Document(&'a DocumentId),
    Compare(&'a String, &'a DocumentId, &'a PublishedVersion<'a>, &'a PublishedVersion<'a>),
    Rule(&'static crate::check::Rule),
    Gone(&'a DocumentId),
    Role(&'a Role),
    Quiz(&'a str, &'a Quiz),
    Fixed(&'a pages::Fixed),
}

fn print(environment: &Environment<'_>, shell: &Value, path: &str, page: Page) -> Result<String, SiteError> {
    let (root, current) = (page.root, page.current);
    let context = minijinja::context! { site => shell, page => page.value, root, current, path };
    Ok(template::render(environment, page.template, context)?)
}
