//! The search page: what its filters offer. Everything else is the work of `site/assets/search.js`.

use serde::Serialize;

use super::Page;
use crate::model::document::Tier;
use crate::site::{Site, search};

#[derive(Serialize)]
struct SearchPage {
    tiers: [&'static str; 3],
    /// Id and name.
    roles: Vec<(String, String)>,
    controls: Vec<(&'static str, String)>,
}

pub(super) fn search(site: &Site<'_, '_>) -> Page {
    let (roles, controls) = search::filters(site.edition);
    let controls = controls.into_iter().map(|control| (control.id, site.control_name(control))).collect();
    Page::new("search.html", "search", SearchPage { tiers: Tier::ALL.map(Tier::name), roles, controls })
}
