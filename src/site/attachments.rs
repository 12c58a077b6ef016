//! Images and other files that published documents link to: where they are published, and their bytes.
//!
//! A file is published under the hash of its content, so that an old wording keeps the picture it was approved with.
//! A browser must not run what somebody attached: files of kinds that it would run are published as plain text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::SiteError;
use crate::digest::sha256_hex;
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::load::Files;
use crate::markup::html::address_part;
use crate::model::id::DocumentId;
use crate::model::reference::{Form, Reference, Target};
use crate::paths;
use crate::picture;

/// Kinds of files that a browser would run when they are opened.
const ACTIVE: [&str; 16] = [
    "htm", "html", "xhtml", "xht", "shtml", "svg", "svgz", "xml", "xsl", "xslt", "js", "mjs", "css", "mht", "mhtml",
    "swf",
];

/// One published attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its address relative to the site.
    pub address: String,
    /// Whether a page can show it.
    pub picture: bool,
}

/// Every attachment of an edition.
#[derive(Debug, Default)]
pub struct Attachments {
    /// By path in the repository.
    known: BTreeMap<String, Attachment>,
    /// Bytes by published path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Attachments {
    /// Reads every file that a document of the edition links to.
    ///
    /// # Errors
    /// Where a file cannot be read, or is no longer the one that was hashed when the handbook was read.
    pub fn collect(edition: &Edition<'_>, files: &dyn Files) -> Result<Self, SiteError> {
        let mut wanted: BTreeMap<String, &DocumentId> = BTreeMap::new();
        for (id, entry) in &edition.entries {
            for reference in &entry.document.references {
                if let Some(path) = path(edition, entry, reference) {
                    wanted.entry(path).or_insert(id);
                }
            }
        }
        let read = wanted
            .into_par_iter()
            .map(|(path, id)| {
                let failed = |reason| SiteError::Attachment { document: id.clone(), path: path.clone(), reason };
                let bytes = files.read(&path).map_err(failed)?;
                let hash = sha256_hex(&bytes);
                let known = edition.handbook.attachments.get(&path).and_then(Option::as_ref);
                if known.is_none_or(|known| known.sha256 != hash) {
                    return Err(SiteError::AttachmentChanged { document: id.clone(), path });
                }
                Ok((path, hash, bytes))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut attachments = Self::default();
        for (source, hash, bytes) in read {
            let (path, attachment, bytes) = publish(&source, &hash, bytes);
            attachments.files.entry(path).or_insert(bytes);
            attachments.known.insert(source, attachment);
        }
        Ok(attachments)
    }

    /// The attachment that a reference means.
    pub fn get(
        &self,
        edition: &Edition<'_>,
        entry: &PublishedVersion<'_>,
        reference: &Reference,
    ) -> Option<&Attachment> {
        self.known.get(&path(edition, entry, reference)?)
    }
}

/// Where the attachment that a reference means lies in the repository; `None` where it means none.
fn path(edition: &Edition<'_>, entry: &PublishedVersion<'_>, reference: &Reference) -> Option<String> {
    let Target::Path { path, .. } = &reference.target else { return None };
    let path = paths::resolve(&entry.document.path, path)?;
    let is_document = reference.form != Form::Image && edition.handbook.index_at(&path).is_some();
    (!is_document && edition.handbook.attachments.contains_key(&path)).then_some(path)
}

/// Where a file is published, how, and what of it: of a drawing what draws.
fn publish(path: &str, hash: &str, bytes: Vec<u8>) -> (String, Attachment, Vec<u8>) {
    // Names that differ only in case or composition are the same file on some systems.
    let name = path.rsplit('/').next().unwrap_or(path).nfc().flat_map(char::to_lowercase).nfc();
    let mut name: String = name.map(|c| if c.is_control() || "\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
    if name.ends_with(['.', ' ']) {
        name.push('_');
    }
    let shown = picture::shown(&name, &bytes).map(Cow::into_owned);
    let picture = shown.is_some();
    if ACTIVE.contains(&picture::ending(&name).as_str()) && !picture {
        name.push_str(".txt");
    }
    let folder = format!("files/{}", &hash[..16]);
    let attachment = Attachment { address: format!("{folder}/{}", address_part(&name)), picture };
    (format!("{folder}/{name}"), attachment, shown.unwrap_or(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_run_is_published_as_text() {
        let hash = sha256_hex(b"");
        let address = |path: &str, bytes: &str| publish(path, &hash, bytes.as_bytes().to_vec()).1;
        assert!(address("a/図.PNG", "").picture);
        assert!(address("a/図.PNG", "").address.ends_with("/図.png"));
        assert!(address("x.svg", "<svg><path d='M0 0'/></svg>").picture);
        for bad in ["<svg><script>", "<svg onload = 'x'>", "<svg\nONCLICK=x>", "<html/>", "&#106;"] {
            let attachment = address("x.svg", bad);
            assert!(!attachment.picture && attachment.address.ends_with("x.svg.txt"), "{bad}");
        }
        assert!(address("x.HTML", "").address.ends_with("x.html.txt"));
        assert!(address("a b?.pdf", "").address.ends_with("/a%20b_.pdf"));
        assert!(publish("x.", &hash, Vec::new()).0.ends_with("/x._"));
    }
}
