//! Style sheet, script and icon, embedded in the binary, with the organisation's own beside or in place of them.
//!
//! All of them are published in one folder named by their content, so that they may be cached for ever and yet refer
//! to each other by relative addresses.

use std::collections::BTreeMap;

use crate::digest::sha256_hex;

/// What is embedded, by name.
const EMBEDDED: [(&str, &str); 7] = [
    ("card.css", include_str!("../../site/assets/card.css")),
    ("compare.css", include_str!("../../site/assets/compare.css")),
    ("find.js", include_str!("../../site/assets/find.js")),
    ("handbook.css", include_str!("../../site/assets/handbook.css")),
    ("handbook.js", include_str!("../../site/assets/handbook.js")),
    ("icon.svg", include_str!("../../site/assets/icon.svg")),
    ("search.js", include_str!("../../site/assets/search.js")),
];

/// The organisation's own style sheet, which every page loads after ours where it exists.
pub const OWN_STYLE: &str = "organisation.css";

/// The organisation's own logo, which the head of every page shows: the first that exists.
pub const LOGOS: [&str; 3] = ["logo.svg", "logo.png", "logo.webp"];

/// The assets of a site.
#[derive(Debug)]
pub struct Assets<'h> {
    /// The folder they are published in, without a slash at its end.
    pub folder: String,
    /// Content by name.
    pub files: BTreeMap<String, &'h [u8]>,
}

impl<'h> Assets<'h> {
    /// The embedded ones and those below `assets/` of the organisation's own files.
    pub fn new(own: &'h BTreeMap<String, Vec<u8>>) -> Self {
        let mut files: BTreeMap<String, &[u8]> =
            EMBEDDED.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes())).collect();
        for (path, content) in own {
            if let Some(name) = path.strip_prefix("assets/") {
                files.insert(name.to_owned(), content);
            }
        }
        let listing: String =
            files.iter().map(|(name, content)| format!("{}:{name}:{}\n", name.len(), sha256_hex(content))).collect();
        let hash = sha256_hex(listing.as_bytes());
        Self { folder: format!("assets/{}", &hash[..12]), files }
    }

    /// Where each of the files is published.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.files.keys().map(|name| format!("{}/{name}", self.folder))
    }
}
