//! Roles: what each answers for, who holds it on the date of the edition, and its documents.

use serde::Serialize;

use super::Page;
use crate::markup::html::identifier;
use crate::model::people::Role;
use crate::site::Site;
use crate::site::index::DocumentLink;

#[derive(Serialize)]
struct RolesPage<'a> {
    roles: Vec<RoleView<'a>>,
}

/// A role with its people and documents.
#[derive(Serialize)]
pub(super) struct RoleView<'a> {
    anchor: String,
    /// The anchor as an address.
    address: String,
    /// Its own page, relative to the site.
    page: String,
    name: &'a str,
    /// A board or committee.
    body: bool,
    responsibilities: Vec<&'a str>,
    holders: Vec<Holder<'a>>,
    owned: Vec<&'a DocumentLink>,
    approved: Vec<&'a DocumentLink>,
    addressed: Vec<&'a DocumentLink>,
}

#[derive(Serialize)]
struct Holder<'a> {
    name: &'a str,
    department: Option<&'a str>,
}

pub(super) fn roles(site: &Site<'_, '_>) -> Page {
    let roles = site.edition.handbook.roles.iter().map(|role| role_view(site, role)).collect();
    Page::new("roles.html", "roles", RolesPage { roles })
}

/// A role as pages show it.
pub(super) fn role_view<'a>(site: &'a Site<'_, '_>, role: &'a Role) -> RoleView<'a> {
    let id = &role.id.value;
    let holders = site.edition.handbook.people.iter().filter(|person| person.holds(id, site.edition.date));
    RoleView {
        anchor: identifier(id),
        address: crate::site::reference::role_address(id),
        page: super::mine::path(id),
        name: &role.name.value,
        body: role.body,
        responsibilities: role.responsibilities.iter().map(|text| text.value.as_str()).collect(),
        holders: holders
            .map(|person| Holder {
                name: &person.name.value,
                department: person.department.as_ref().map(|department| department.value.as_str()),
            })
            .collect(),
        owned: site.index.links_of(site.index.owned.get(id)),
        approved: site.index.links_of(site.index.approved.get(id)),
        addressed: site.index.links_of(site.index.addressed.get(id)),
    }
}
