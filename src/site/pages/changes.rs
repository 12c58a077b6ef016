//! What changed: the change log of the whole handbook, and for each two versions that followed each other a page that
//! sets them side by side.

use minijinja::value::Value;
use serde::Serialize;

use super::Page;
use crate::changelog::{ChangelogEntry, ChangelogItem, Compared, ItemKind, render};
use crate::compare::html;
use crate::handbook::edition::LeftOut;
use crate::ledger::{Approval, LedgerEntry};
use crate::markup::date;
use crate::markup::template::TemplateError;
use crate::model::id::{DocumentId, Version};
use crate::site::Site;
use crate::site::jobs::ComparisonPage;

#[derive(Serialize)]
struct ChangesPage<'a> {
    days: Vec<Day<'a>>,
}

#[derive(Serialize)]
struct Day<'a> {
    effective: String,
    pending: bool,
    /// What changed content.
    entries: Vec<EntryView<'a>>,
    /// Editorial revisions, folded away.
    editorial: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    title: String,
    /// Address of the document relative to the site, or of the page that stays there once it was retired.
    address: Option<String>,
    /// Address of the comparison with the version before.
    compare: Option<String>,
    particulars: Vec<(String, String)>,
    changed: Vec<&'a ChangelogItem>,
    /// Editorial changes beside them, folded away.
    editorial: Option<&'a ChangelogItem>,
}

/// `changes.html`.
pub(in crate::site) fn changes(site: &Site<'_, '_>) -> Page {
    let mut days: Vec<Day<'_>> = Vec::new();
    for entry in &site.log {
        let effective = entry.effective.to_string();
        if days.last().is_none_or(|day| day.effective != effective) {
            days.push(Day { effective, pending: entry.pending, entries: Vec::new(), editorial: Vec::new() });
        }
        if let Some(day) = days.last_mut() {
            let list = if entry.editorial { &mut day.editorial } else { &mut day.entries };
            list.push(view(site, entry));
        }
    }
    Page::new("changes.html", "changes", ChangesPage { days })
}

fn view<'a>(site: &'a Site<'_, '_>, entry: &'a ChangelogEntry) -> EntryView<'a> {
    let id = DocumentId::parse(&entry.id);
    let address_of = |id: &DocumentId| match site.edition.left_out.get(id) {
        Some(LeftOut::Retired) => Some(super::gone::address(id)),
        _ => site.index.links.get(id).map(|link| link.address.clone()),
    };
    let document = id.as_ref().and_then(address_of);
    let versions = |entry: &ChangelogEntry| {
        Some((Version::parse(entry.previous.as_ref()?)?, Version::parse(entry.version.as_ref()?)?))
    };
    let compare = id.zip(versions(entry)).and_then(|(id, (old, new))| {
        let address = address(&id, old, new);
        site.comparisons.get(&id)?.iter().any(|page| page.address == address).then_some(address)
    });
    EntryView {
        title: render::heading(entry, &site.catalogue),
        address: document,
        compare,
        particulars: particulars(site, entry),
        changed: entry.items.iter().filter(|item| item.kind != ItemKind::Editorial).collect(),
        editorial: entry.items.iter().find(|item| item.kind == ItemKind::Editorial),
    }
}

/// Who decided what, with days in the words of the site.
fn particulars(site: &Site<'_, '_>, entry: &ChangelogEntry) -> Vec<(String, String)> {
    let calendar = site.edition.handbook.config.calendar;
    render::particulars_with(entry, &site.catalogue, |day| date::words(day, calendar, &site.catalogue))
}

/// Where two versions are set side by side, relative to the site.
pub(in crate::site) fn address(id: &DocumentId, old: Version, new: Version) -> String {
    format!("documents/{id}/compare-{old}-{new}.html")
}

/// Where an approved version is set beside the one before it, relative to the site.
pub(super) fn comparison(site: &Site<'_, '_>, id: &DocumentId, approval: &LedgerEntry<Approval>) -> Option<String> {
    let is_new = |page: &&ComparisonPage<'_>| page.new.approval.is_some_and(|known| std::ptr::eq(known, approval));
    site.comparisons.get(id)?.iter().find(is_new).map(|page| page.address.clone())
}

#[derive(Serialize)]
struct ComparePage<'a> {
    /// Address of the document's page, relative to the site.
    document: String,
    /// Whether the document is no longer in force.
    retired: bool,
    title: &'a str,
    old: &'a str,
    new: &'a str,
    changed: &'a [ChangelogItem],
    table: Value,
}

/// The page of two versions.
pub(in crate::site) fn compare(
    site: &Site<'_, '_>,
    id: &DocumentId,
    pair: &ComparisonPage<'_>,
) -> Result<Page, TemplateError> {
    let Compared { items, subject, table } = pair.compared;
    let retired = !site.edition.entries.contains_key(id);
    let page = ComparePage {
        document: format!("documents/{id}.html"),
        retired,
        title: &table.title,
        old: &subject.old,
        new: &subject.new,
        changed: items,
        table: Value::from_safe_string(html::element(table)?),
    };
    let current = if retired { "" } else { pair.new.document.tier.name() };
    Ok(Page { root: "../../".to_owned(), ..Page::new("compare.html", current, page) })
}
