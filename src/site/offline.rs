//! What a reader's browser keeps for a day without a network: the pages for an emergency, by a service worker at the
//! root of the site (`site/offline/sw.js`).
//!
//! Only documents with one of the two least restricted labels are kept, and never one with the most restricted: what is
//! kept stays on the device. Where nothing may be kept the script removes what an earlier one has kept, and itself.

use serde_json::json;

use super::Site;
use super::assets::Assets;
use super::pages::{is_kept, label_rank};
use crate::digest::sha256_hex;
use crate::model::id::DocumentId;
use crate::publish::Artifacts;

/// The script.
pub(super) const SCRIPT: &str = "sw.js";
/// The web app manifest.
pub(super) const MANIFEST: &str = "manifest.webmanifest";

const SOURCE: &str = include_str!("../../site/offline/sw.js");

/// Annex A: reporting an event, responding to an incident.
const EMERGENCY: [&str; 2] = ["6.8", "5.26"];

impl Site<'_, '_> {
    /// Whether browsers are to keep anything of the site: not of a preview, nor where the organisation wants none of it.
    pub(super) fn keeps_offline(&self) -> bool {
        self.edition.handbook.config.offline && !self.edition.preview
    }

    /// The pages to be kept, with their names.
    fn kept_pages(&self) -> Vec<(String, String)> {
        if !self.keeps_offline() {
            return Vec::new();
        }
        let contacts = ["incident.html", "incident-card.html"].into_iter().zip(["site-incident", "site-incident-card"]);
        let contacts = contacts.filter(|(path, _)| is_kept(self.edition, path));
        let contacts = contacts.map(|(path, key)| (path.to_owned(), self.catalogue.get(key)));
        let documents = self.index.links.iter().filter(|(id, _)| self.is_for_an_emergency(id) && self.may_be_kept(id));
        contacts.chain(documents.map(|(_, link)| (link.address.clone(), link.title.clone()))).collect()
    }

    fn is_for_an_emergency(&self, id: &DocumentId) -> bool {
        let named = self.index.incident.as_ref().is_some_and(|(incident, _)| incident == id);
        let covers = |number: &str| self.index.controls.get(number).is_some_and(|ids| ids.contains(id));
        named || EMERGENCY.into_iter().any(covers)
    }

    /// By the label: one of the two least restricted, but never the most restricted of several.
    fn may_be_kept(&self, id: &DocumentId) -> bool {
        let labels = self.edition.handbook.config.classifications.len();
        let rank = self.edition.entries.get(id).and_then(|entry| label_rank(self, entry.document));
        rank.is_some_and(|rank| rank < 2 && (rank == 0 || rank + 1 < labels))
    }
}

/// The script and the manifest.
pub(super) fn files(site: &Site<'_, '_>, assets: &Assets<'_>, made: &Artifacts) -> Vec<(&'static str, String)> {
    let pages = site.kept_pages();
    let mut kept: Vec<String> = pages.iter().map(|(path, _)| path.clone()).collect();
    if !kept.is_empty() {
        let shown = assets.files.keys().filter(|name| !name.contains('/'));
        kept.extend(shown.map(|name| format!("{}/{name}", assets.folder)));
    }
    let hash = |path: &String| made.get(path).map(sha256_hex).unwrap_or_default();
    let state: String = kept.iter().map(|path| format!("{path}:{}\n", hash(path))).collect();
    let words = json!({
        "name": format!("kitei-{}", &sha256_hex(state.as_bytes())[..12]),
        "language": site.options.language.code(),
        "saved": site.catalogue.with_args("site-saved", [("date", "{date}".to_owned())]),
        "absent": site.catalogue.get("site-absent"),
        "pages": pages,
        "kept": kept,
    });
    let script = SOURCE.replacen("const SITE = {};", &format!("const SITE = {words};"), 1);
    let mut files = vec![(SCRIPT, script)];
    if site.keeps_offline() {
        files.push((MANIFEST, manifest(site, assets)));
    }
    files
}

fn manifest(site: &Site<'_, '_>, assets: &Assets<'_>) -> String {
    let config = &site.edition.handbook.config;
    let manifest = json!({
        "name": config.title,
        "short_name": config.title,
        "description": config.organisation,
        "lang": site.options.language.code(),
        "start_url": "index.html",
        "scope": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#17407f",
        "icons": [{"src": format!("{}/icon.svg", assets.folder), "sizes": "any", "type": "image/svg+xml"}],
    });
    format!("{manifest}\n")
}
