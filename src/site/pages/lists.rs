//! The lists of the three tiers.

use serde::Serialize;

use super::{Label, Page, RoleLink};
use crate::model::document::Tier;
use crate::site::Site;
use crate::site::index::DocumentLink;
use crate::standard::Theme;

#[derive(Serialize)]
struct ListPage<'a> {
    tier: Tier,
    total: usize,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    /// Of controls: their theme, `None` for the organisation's own.
    name: Option<&'static str>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    document: &'a DocumentLink,
    version: Option<String>,
    summary: Option<&'a str>,
    label: Option<Label>,
    owner: Option<RoleLink>,
    effective: Option<String>,
}

pub(super) fn list(site: &Site<'_, '_>, tier: Tier) -> Page {
    let mut groups: Vec<(Option<Theme>, Vec<Row<'_>>)> = Vec::new();
    if tier == Tier::Control {
        groups.extend(Theme::ALL.map(|theme| (Some(theme), Vec::new())));
    }
    groups.push((None, Vec::new()));
    for (id, entry) in site.edition.entries.iter().filter(|(_, entry)| entry.document.tier == tier) {
        let front = &entry.document.front;
        let theme = site.edition.handbook.annex_controls(entry.document).first().map(|control| control.theme);
        let theme = theme.filter(|_| tier == Tier::Control);
        let Some(document) = site.index.links.get(id) else { continue };
        let row = Row {
            document,
            version: front.version.as_ref().map(|version| version.to_string()),
            summary: front.summary.as_ref().map(|summary| summary.value.as_str()),
            label: Label::of(site, entry.document),
            owner: front.owner.as_ref().map(|role| RoleLink::new(site, &role.value)),
            effective: entry.approval.map(|approval| approval.effective.to_string()),
        };
        if let Some((_, rows)) = groups.iter_mut().find(|(known, _)| *known == theme) {
            rows.push(row);
        }
    }
    let language = site.options.language;
    let groups: Vec<Group<'_>> = groups
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(theme, rows)| Group { name: theme.map(|theme| theme.title().get(language)), rows })
        .collect();
    let total = groups.iter().map(|group| group.rows.len()).sum();
    Page::new("list.html", tier.name(), ListPage { tier, total, groups })
}
