//! An edition of the handbook → the files of its site. Pure and parallel: the same edition, options and program give
//! the same bytes. Reads no disk but the attachments it is handed, writes nothing, asks no clock.

mod anchors;
mod assets;
mod attachments;
mod body;
mod bundle;
mod hosting;
mod index;
mod jobs;
mod last_change;
mod links;
mod machine;
mod offline;
mod outward;
mod pages;
mod reference;
pub mod search;
mod templates;
mod terms;

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Serde, Value};
use rayon::prelude::*;

use crate::changelog::{self, ChangelogEntry, Comparisons};
use crate::handbook::edition::Edition;
use crate::load::Files;
use crate::locale::{Catalogue, Language, Text};
use crate::markup::template::{self, TemplateError};
use crate::model::id::DocumentId;
use crate::publish::{Artifacts, PublishError};
use assets::Assets;
use attachments::Attachments;
use index::Index;
use jobs::{ComparisonPages, Job};
pub use last_change::{LastChange, last_changes};
use links::Published;
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
    /// Whether files of the handbook differ from that commit and are shown as they lie in the folder.
    pub uncommitted: bool,
    /// The last change of each document; empty where history is not asked.
    pub changes: BTreeMap<DocumentId, LastChange>,
}

/// Why a site cannot be rendered.
#[derive(Debug)]
pub enum SiteError {
    /// A template is wrong.
    Template(TemplateError),
    /// A page that a template of the organisation's own had a part in links to nothing.
    DeadLink {
        /// The page.
        page: String,
        /// The address as the page writes it.
        address: String,
    },
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
            Self::DeadLink { page, address } => {
                Text::new("site-error-dead-link").arg("page", page).arg("address", address)
            }
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

/// How readers come to the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    /// From a host.
    Web,
    /// From a file system, out of an archive.
    Archive,
}

/// What every page is made from.
struct Site<'e, 'h> {
    edition: &'e Edition<'h>,
    options: &'e Options,
    catalogue: Catalogue,
    index: Index<'h>,
    attachments: Attachments,
    /// The change log of all documents.
    log: Vec<ChangelogEntry>,
    /// What pages may link to.
    published: Arc<Published>,
    /// Pages that set two versions side by side.
    comparisons: &'e ComparisonPages<'e>,
    /// The glossary, to find its terms in text.
    terms: Terms<'h>,
}

/// Files that templates may link to beside pages, attachments and assets.
const LINKED: [&str; 3] = ["build.json", "documents.json", "feed.xml"];

/// Renders all pages of an edition, with their assets and attachments.
///
/// # Errors
/// Where a template is wrong or makes a link that leads nowhere, or a file that a published document links to cannot be
/// read or published.
pub fn render(edition: &Edition<'_>, options: &Options, files: &dyn Files) -> Result<Artifacts, SiteError> {
    Ok(render_for(edition, options, files, &[Medium::Web])?.0)
}

/// The same, and the handbook as one archive whose pages open from a file system. Each page is made once and printed
/// twice.
///
/// # Errors
/// As of [`render`], and where the archive would be larger than its format allows.
pub fn render_with_bundle(
    edition: &Edition<'_>,
    options: &Options,
    files: &dyn Files,
) -> Result<(Artifacts, Vec<u8>), SiteError> {
    let (site, pages) = render_for(edition, options, files, &[Medium::Web, Medium::Archive])?;
    let bundle = bundle::pack(edition, &Catalogue::new(options.language), &site, pages)?;
    Ok((site, bundle))
}

/// The site of the first medium, and the pages of the others.
fn render_for(
    edition: &Edition<'_>,
    options: &Options,
    files: &dyn Files,
    media: &[Medium],
) -> Result<(Artifacts, BTreeMap<String, String>), SiteError> {
    let handbook = edition.handbook;
    let catalogue = Catalogue::new(options.language);
    let environment = templates::environment(&handbook.site, catalogue, handbook.config.calendar)?;
    let mut attachments = Attachments::collect(edition, files)?;
    let attached = std::mem::take(&mut attachments.files);
    let assets = Assets::new(&handbook.site);
    let compared = Comparisons::new(edition, &catalogue, |_| true);
    let comparisons = jobs::comparison_pages(edition, &compared);
    let jobs = Job::all(edition, &comparisons);
    let named = LINKED.iter().map(|path| (*path).to_owned()).chain(attached.keys().cloned()).chain(assets.paths());
    let site = Site {
        edition,
        options,
        index: Index::new(edition),
        attachments,
        published: Arc::new(Published::new(jobs.iter().map(Job::path).chain(named))),
        log: changelog::log(edition, &compared, &catalogue, |_| true),
        comparisons: &comparisons,
        terms: Terms::new(&handbook.terms),
        catalogue,
    };
    let shells: Vec<Value> =
        media.iter().map(|medium| Value::from(Serde(Shell::new(&site, &assets, *medium)))).collect();
    let print = |job: &Job<'_>| Ok((job.path(), print(&environment, &site, &shells, job)?));
    let rendered = jobs.par_iter().map(print).collect::<Result<Vec<_>, SiteError>>()?;

    let mut artifacts = Artifacts::default();
    let mut others = BTreeMap::new();
    let mapped = |path: &&str| !["404.html", "incident-card.html"].contains(path) && !path.starts_with("rules/");
    let sitemap = machine::sitemap(&site, rendered.iter().map(|(path, _)| path.as_str()).filter(mapped));
    for (path, printed) in rendered {
        let mut printed = printed.into_iter();
        artifacts.insert(path.clone(), printed.next().unwrap_or_default())?;
        others.extend(printed.map(|html| (path.clone(), html)));
    }
    for (path, content) in assets.paths().zip(assets.files.values()) {
        artifacts.insert(path, *content)?;
    }
    for (path, content) in attached {
        artifacts.insert(path, content)?;
    }
    if let Some(sitemap) = sitemap {
        artifacts.insert("sitemap.xml", sitemap)?;
    }
    artifacts.insert("documents.json", machine::documents(&site))?;
    artifacts.insert("feed.xml", changelog::feed::feed(&site.log, handbook, &site.catalogue))?;
    artifacts.insert(search::TITLES, search::titles(edition, &site.catalogue))?;
    artifacts.insert("build.json", pages::record(&site))?;
    artifacts.insert("_headers", hosting::headers())?;
    for (path, content) in offline::files(&site, &assets, &artifacts) {
        artifacts.insert(path, content)?;
    }
    if templates::are_own(&handbook.site) {
        let dead = links::first_dead_link(&artifacts, &pages::base_path(&handbook.config));
        dead.map_or(Ok(()), |(page, address)| Err(SiteError::DeadLink { page, address }))?;
    }
    Ok((artifacts, others))
}

/// A page with each of the shells around it.
fn print(
    environment: &Environment<'_>,
    site: &Site<'_, '_>,
    shells: &[Value],
    job: &Job<'_>,
) -> Result<Vec<String>, TemplateError> {
    let Page { template, root, current, value } = job.page(site)?;
    let (link, path) = (site.published.function(&root), job.path());
    let print = |shell: &Value| {
        let context = minijinja::context! {
            site => shell.clone(), page => value.clone(), root => root.as_str(), current, path => path.as_str(),
            link => link.clone(),
        };
        template::render(environment, template, context)
    };
    shells.iter().map(print).collect()
}
