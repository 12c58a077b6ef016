//! Registers as pages: open exceptions to articles, and the practices of the CISO.

use serde::Serialize;

use super::document::ExceptionView;
use super::{Named, Page, RoleLink};
use crate::model::exception::Exception;
use crate::model::id::DocumentId;
use crate::site::Site;
use crate::site::index::DocumentLink;

#[derive(Serialize)]
struct ExceptionsPage<'a> {
    title: Option<&'a str>,
    exceptions: Vec<(&'a DocumentLink, ExceptionView<'a>)>,
}

/// Open exceptions that readers of this edition may know: those to documents that are published in it.
pub(super) fn shown<'a>(site: &'a Site<'_, '_>) -> impl Iterator<Item = (DocumentId, &'a Exception)> {
    let handbook = site.edition.handbook;
    handbook.exceptions.iter().filter(|exception| exception.is_open(site.edition.date)).filter_map(|exception| {
        let id = DocumentId::parse(&exception.document.value)?;
        site.edition.entries.contains_key(&id).then_some((id, exception))
    })
}

/// `exceptions.html`.
pub(super) fn exceptions(site: &Site<'_, '_>) -> Page {
    let handbook = site.edition.handbook;
    let exceptions = shown(site).filter_map(|(id, exception)| {
        let view = super::document::exception(site, site.edition.entries[&id].document, exception);
        Some((site.index.links.get(&id)?, view))
    });
    let page = ExceptionsPage {
        title: handbook.record("exceptions").and_then(|record| record.title.as_deref()),
        exceptions: exceptions.collect(),
    };
    Page::new("exceptions.html", "overview", page)
}

#[derive(Serialize)]
struct PracticesPage<'a> {
    title: Option<&'a str>,
    practices: Vec<PracticeView<'a>>,
}

#[derive(Serialize)]
struct PracticeView<'a> {
    id: &'a str,
    name: &'a str,
    roles: Vec<RoleLink>,
    activities: &'a [String],
    inputs: &'a [String],
    outputs: &'a [String],
    documents: Vec<Named>,
}

/// `practices.html`.
pub(super) fn practices(site: &Site<'_, '_>) -> Page {
    let handbook = site.edition.handbook;
    let practices = handbook.registers.practices.iter().map(|practice| PracticeView {
        id: &practice.id.value,
        name: &practice.name.value,
        roles: practice.roles.iter().map(|role| RoleLink::new(site, &role.value)).collect(),
        activities: &practice.activities,
        inputs: &practice.inputs,
        outputs: &practice.outputs,
        documents: practice.documents.iter().filter_map(|pointer| site.pointer(pointer)).collect(),
    });
    let page = PracticesPage {
        title: handbook.record("ciso-practices").and_then(|record| record.title.as_deref()),
        practices: practices.collect(),
    };
    Page::new("practices.html", "overview", page)
}
