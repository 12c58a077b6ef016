//! Every page of a site: where it lies and what makes it. Known before the first page is made, so that no page links to
//! one that there is not.

use std::collections::BTreeMap;

use super::Site;
use super::pages::{self, Fixed, Page};
use crate::changelog::{self, Compared, Comparisons};
use crate::check::{RULES, Rule};
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::markup::template::TemplateError;
use crate::model::id::DocumentId;
use crate::model::people::Role;
use crate::model::quiz::Quiz;

/// A page that sets two versions of a document side by side.
#[derive(Debug)]
pub struct ComparisonPage<'a> {
    /// Where it lies, relative to the site.
    pub address: String,
    /// The older wording.
    pub old: PublishedVersion<'a>,
    /// The newer one.
    pub new: PublishedVersion<'a>,
    /// How they differ.
    pub compared: &'a Compared,
}

/// Such pages by document, oldest first.
pub type ComparisonPages<'a> = BTreeMap<DocumentId, Vec<ComparisonPage<'a>>>;

/// Every two wordings of a document that followed each other and were both found: of what is published, and of what was
/// until it was retired.
pub fn comparison_pages<'a>(edition: &Edition<'a>, comparisons: &'a Comparisons) -> ComparisonPages<'a> {
    let page = |id: &DocumentId, old: PublishedVersion<'a>, new: PublishedVersion<'a>| {
        let compared = comparisons.get(id, &old, &new)?;
        let versions = (old.approval?.version, new.approval?.version);
        let address = pages::changes::address(id, versions.0, versions.1);
        Some(ComparisonPage { address, old, new, compared })
    };
    let pages = |id: &DocumentId| {
        let pairs = changelog::pairs(edition.handbook, id, edition.date).into_iter();
        (id.clone(), pairs.filter_map(|(old, new)| page(id, old, new)).collect())
    };
    edition.entries.keys().chain(edition.retired()).map(pages).collect()
}

/// A page to be made.
pub enum Job<'a> {
    /// A document.
    Document(&'a DocumentId),
    /// Two versions of a document.
    Compare(&'a DocumentId, &'a ComparisonPage<'a>),
    /// A rule of `kitei check`.
    Rule(&'static Rule),
    /// A document that is no longer in force.
    Gone(&'a DocumentId),
    /// A role.
    Role(&'a Role),
    /// A self-check.
    Quiz(&'a str, &'a Quiz),
    /// A register, by position in the library.
    Register(usize, &'a str),
    /// A page of which there is one.
    Fixed(&'static Fixed),
}

impl<'a> Job<'a> {
    /// All pages of an edition.
    pub fn all(edition: &'a Edition<'_>, comparisons: &'a ComparisonPages<'a>) -> Vec<Self> {
        let handbook = edition.handbook;
        let mut jobs: Vec<Self> = edition.entries.keys().map(Job::Document).collect();
        jobs.extend(pages::FIXED.iter().filter(|fixed| pages::is_kept(edition, fixed.path)).map(Job::Fixed));
        let rules = handbook.edition.is_none().then_some(RULES);
        jobs.extend(rules.into_iter().flatten().map(|rule| Job::Rule(rule)));
        let mut compared: Vec<_> =
            comparisons.iter().flat_map(|(id, pages)| pages.iter().map(move |page| (id, page))).collect();
        compared.sort_by_key(|(_, page)| page.address.as_str());
        jobs.extend(compared.into_iter().map(|(id, page)| Job::Compare(id, page)));
        jobs.extend(edition.retired().map(Job::Gone));
        let roles = pages::mine::roles(handbook).filter(|_| handbook.edition.is_none());
        jobs.extend(roles.map(Job::Role));
        jobs.extend(handbook.registers.quizzes.iter().map(|(name, quiz)| Job::Quiz(name, quiz)));
        let definitions = &handbook.register_set.library.definitions;
        let registers = pages::registers::shown(edition).into_iter();
        jobs.extend(registers.map(|register| Job::Register(register, &definitions[register].id.value)));
        jobs
    }

    /// Where the page lies, relative to the site.
    pub fn path(&self) -> String {
        match self {
            Job::Document(id) => format!("documents/{id}.html"),
            Job::Compare(_, page) => page.address.clone(),
            Job::Rule(rule) => pages::rules::address(rule),
            Job::Gone(id) => pages::gone::address(id),
            Job::Role(role) => pages::mine::path(&role.id.value),
            Job::Quiz(name, _) => pages::quiz::path(name),
            Job::Register(_, id) => pages::registers::path(id),
            Job::Fixed(fixed) => fixed.path.to_owned(),
        }
    }

    /// What its template shows.
    pub fn page(&self, site: &Site<'_, '_>) -> Result<Page, TemplateError> {
        Ok(match self {
            Job::Document(id) => pages::document(site, id),
            Job::Compare(id, page) => pages::changes::compare(site, id, page)?,
            Job::Rule(rule) => pages::rules::rule(site, rule),
            Job::Gone(id) => pages::gone::gone(site, id),
            Job::Role(role) => pages::mine::role(site, role),
            Job::Quiz(_, quiz) => pages::quiz::quiz(site, quiz),
            Job::Register(register, _) => pages::registers::register(site, *register),
            Job::Fixed(fixed) => (fixed.page)(site),
        })
    }
}
