//! The handbook as one archive that opens from a file system, for the day on which the network is down.
//!
//! Its pages are those of the site. A page that was opened from a file may ask for no other file, so that its search has
//! titles and texts as one classic script.

use std::collections::BTreeMap;

use super::SiteError;
use super::offline::MANIFEST;
use super::search::{TITLES, section_texts};
use crate::handbook::edition::Edition;
use crate::locale::Catalogue;
use crate::publish::Artifacts;

/// Titles and texts for the search of the archive's pages.
pub const DATA: &str = "search/data.js";

/// The folder in the archive.
const FOLDER: &str = "handbook";

/// Files that mean something on a host only.
const HOSTED: [&str; 6] = ["404.html", "_headers", MANIFEST, "sitemap.xml", "sw.js", TITLES];

/// Packs a site, its pages as they open from a file system.
pub(super) fn pack(
    edition: &Edition<'_>,
    catalogue: &Catalogue,
    site: &Artifacts,
    mut pages: BTreeMap<String, String>,
) -> Result<Vec<u8>, SiteError> {
    let titles = site.get(TITLES).map(String::from_utf8_lossy).unwrap_or_default();
    let texts = serde_json::to_string(&section_texts(edition, catalogue)).unwrap_or_default();
    let data = format!("globalThis.kiteiSearchData = {{ titles: {}, texts: {texts} }};\n", titles.trim_end());
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (path, bytes) in site.iter().filter(|(path, _)| !HOSTED.contains(path)) {
        let bytes = pages.remove(path).map_or_else(|| bytes.to_vec(), String::into_bytes);
        files.insert(format!("{FOLDER}/{path}"), bytes);
    }
    files.insert(format!("{FOLDER}/{DATA}"), data.into_bytes());
    crate::publish::zip::pack(&files).map_err(|error| SiteError::Archive { detail: error.to_string() })
}
