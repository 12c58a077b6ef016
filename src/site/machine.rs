//! Files for other programs: the list of published documents and the map of the site.
//!
//! `documents.json` is a contract, described in `docs/documents-json.md`: keys are only added.

use serde::Serialize;

use super::Site;
use super::outward::encoded;
use crate::markup::html::{address_part, escaped};
use crate::model::document::Tier;
use crate::model::id::DocumentId;
use crate::model::outline::HeadingKind;
use crate::numbering::heading_number;

#[derive(Serialize)]
struct Listing<'a> {
    schema: u8,
    generator: &'static str,
    as_of: String,
    title: &'a str,
    organisation: &'a str,
    language: &'static str,
    base_url: Option<&'a str>,
    documents: Vec<DocumentRow<'a>>,
    retired: Vec<RetiredRow<'a>>,
}

#[derive(Serialize)]
struct DocumentRow<'a> {
    id: &'a str,
    number: &'a str,
    tier: Tier,
    title: &'a str,
    version: Option<String>,
    draft: bool,
    approved_on: Option<String>,
    effective: Option<String>,
    classification: Option<&'a str>,
    owner: Option<&'a str>,
    audience: Vec<&'a str>,
    summary: Option<&'a str>,
    url: &'a str,
    annex_a: Vec<&'static str>,
    clauses: Vec<&'a str>,
    implements: Vec<&'a str>,
    articles: Vec<ArticleRow<'a>>,
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    id: &'a str,
    kind: &'static str,
    number: Option<String>,
    title: &'a str,
    url: String,
}

#[derive(Serialize)]
struct RetiredRow<'a> {
    id: &'a str,
    since: String,
    replaced_by: Vec<&'a str>,
    url: String,
}

/// `documents.json`.
pub fn documents(site: &Site<'_, '_>) -> Vec<u8> {
    let edition = site.edition;
    let config = &edition.handbook.config;
    let retired = edition.retired().filter_map(|id| {
        let retirement = edition.handbook.status_on(id, edition.date).retired?;
        Some(RetiredRow {
            id: id.as_str(),
            since: retirement.effective.to_string(),
            replaced_by: retirement.replaced_by.iter().map(|id| id.as_str()).collect(),
            url: format!("documents/{id}.html"),
        })
    });
    let listing = Listing {
        schema: 1,
        generator: "kitei",
        as_of: edition.date.to_string(),
        title: &config.title,
        organisation: &config.organisation,
        language: site.options.language.code(),
        base_url: config.base_url.as_deref(),
        documents: edition.entries.keys().filter_map(|id| row(site, id)).collect(),
        retired: retired.collect(),
    };
    let mut text = serde_json::json!(listing).to_string();
    text.push('\n');
    text.into_bytes()
}

fn row<'a>(site: &'a Site<'_, '_>, id: &'a DocumentId) -> Option<DocumentRow<'a>> {
    let handbook = site.edition.handbook;
    let entry = site.edition.entries.get(id)?;
    let document = entry.document;
    let front = &document.front;
    let url = site.index.links.get(id)?.address.as_str();
    let articles = document.outline.headings.iter().filter(|heading| !heading.deleted).map(|heading| ArticleRow {
        id: &heading.anchor,
        kind: match heading.kind {
            HeadingKind::Chapter => "chapter",
            HeadingKind::Section => "section",
            HeadingKind::Article => "article",
            HeadingKind::Supplement => "supplement",
            HeadingKind::Plain => "plain",
        },
        number: Some(heading_number(heading, site.options.language)).filter(|number| !number.is_empty()),
        title: &heading.text,
        url: format!("{url}#{}", address_part(&heading.anchor)),
    });
    let published = |id: &&str| DocumentId::parse(id).is_some_and(|id| site.edition.entries.contains_key(&id));
    let values = |list: &'a [crate::source::Spanned<String>]| list.iter().map(|text| text.value.as_str()).collect();
    Some(DocumentRow {
        id: id.as_str(),
        number: document.number(),
        tier: document.tier,
        title: document.title(),
        version: front.version.as_ref().map(|version| version.to_string()),
        draft: entry.approval.is_none(),
        approved_on: entry.approval.map(|approval| approval.approved_on.to_string()),
        effective: entry.approval.map(|approval| approval.effective.to_string()),
        classification: handbook.classification_of(document),
        owner: front.owner.as_ref().map(|owner| owner.value.as_str()),
        audience: values(&front.audience),
        summary: front.summary.as_ref().map(|summary| summary.value.as_str()),
        url,
        annex_a: handbook.annex_controls(document).into_iter().map(|control| control.id).collect(),
        clauses: values(&front.clauses),
        implements: handbook.implements(document).map(|(id, _)| id).filter(published).collect(),
        articles: articles.collect(),
    })
}

/// `sitemap.xml`, where the site has an address and anybody may read all of it: what search engines of the world are
/// not to find needs no map.
pub fn sitemap<'p>(site: &Site<'_, '_>, pages: impl Iterator<Item = &'p str>) -> Option<Vec<u8>> {
    let edition = site.edition;
    let base = edition.handbook.config.base_url.as_deref().filter(|_| site.open() && !edition.preview)?;
    let base = base.trim_end_matches('/');
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        let known = page.strip_prefix("documents/").and_then(|name| name.strip_suffix(".html"));
        let entry = known.and_then(DocumentId::parse).and_then(|id| edition.entries.get(&id));
        let day = entry.and_then(|entry| entry.approval).map(|approval| approval.effective.to_string());
        let page = if page == "index.html" { "" } else { page };
        let day = day.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        out.push_str(&format!("<url><loc>{}/{}</loc>{day}</url>\n", escaped(base), encoded(page, "/")));
    }
    out.push_str("</urlset>\n");
    Some(out.into_bytes())
}
