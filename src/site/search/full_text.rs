//! The index of all the text, by pagefind: one record for each section, so that a result leads to the article.
//!
//! This takes longer than rendering; it is called beside it. pagefind promises no particular bytes for its own files.

use std::collections::{BTreeMap, BTreeSet};

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::text::{SectionText, texts};
use super::{document_controls, document_roles, id_of, section_roles};
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::{Catalogue, Language};
use crate::markup::html::address_part;
use crate::publish::Artifacts;
use crate::site::SiteError;

/// The folder of its files.
pub const FOLDER: &str = "pagefind/";

/// Files by which the parts that a search shows are kept together.
const FRAGMENTS: u32 = 128;

/// Parts of pagefind that the handbook has no use for: it has a front end of its own.
const UNUSED: [&str; 4] = ["pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight"];

/// What stands between a text and the words added for searching only; shown nowhere.
const ADDED: char = '\u{2063}';

struct Record {
    address: String,
    content: String,
    meta: BTreeMap<String, String>,
    filters: BTreeMap<String, Vec<String>>,
}

/// Indexes an edition; `None` where `go_on` has said no meanwhile.
///
/// # Errors
/// Where the library fails.
pub fn full_text(
    edition: &Edition<'_>,
    language: Language,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Artifacts>, SiteError> {
    let failed = |detail: String| SiteError::Index { detail };
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| failed(error.to_string()))?;
    let options = PagefindServiceConfig::builder()
        .force_language(language.code().to_owned())
        .keep_index_url(true)
        .max_fragments(FRAGMENTS)
        .build();
    let mut index = PagefindIndex::new(Some(options)).map_err(|error| failed(error.to_string()))?;
    for record in records(edition, &Catalogue::new(language)) {
        if !go_on() {
            return Ok(None);
        }
        let language = language.code().to_owned();
        let (meta, filters) = (Some(record.meta), Some(record.filters));
        let added = index.add_custom_record(record.address, record.content, language, meta, filters, None);
        runtime.block_on(added).map_err(|error| failed(error.to_string()))?;
    }
    let files = runtime.block_on(index.get_files()).map_err(|error| failed(error.to_string()))?;
    let mut artifacts = Artifacts::default();
    for file in files {
        let Some(name) = file.filename.to_str() else { continue };
        if !UNUSED.iter().any(|unused| name.starts_with(unused)) {
            artifacts.insert(format!("{FOLDER}{}", name.replace('\\', "/")), file.contents)?;
        }
    }
    Ok(Some(artifacts))
}

fn records(edition: &Edition<'_>, catalogue: &Catalogue) -> Vec<Record> {
    let of_document = |entry: &PublishedVersion<'_>| {
        let document = entry.document;
        let owned = |ids: &mut dyn Iterator<Item = &str>| ids.map(str::to_owned).collect::<Vec<_>>();
        let roles = owned(&mut document_roles(edition.handbook, document).into_iter());
        let controls = owned(&mut document_controls(edition.handbook, document).into_iter());
        let id = address_part(id_of(entry));
        let record = |section: SectionText| {
            let named =
                section.heading.map(|index| owned(&mut section_roles(edition.handbook, document, index).into_iter()));
            let anchor = section.anchor.map(|anchor| format!("#{}", address_part(&anchor))).unwrap_or_default();
            let mut content = format!("{}\n{}", section.label, section.text);
            let added = folded_words(&content);
            if !added.is_empty() {
                content.extend(['\n', ADDED, '\n']);
                content.push_str(&added);
            }
            let of = |name: &str, values: Vec<String>| (name.to_owned(), values);
            Record {
                address: format!("documents/{id}.html{anchor}"),
                content,
                meta: BTreeMap::from([("title".to_owned(), document.title().to_owned())]),
                filters: BTreeMap::from([
                    of("tier", vec![document.tier.name().to_owned()]),
                    of("role", roles.iter().cloned().chain(named.into_iter().flatten()).collect()),
                    of("control", controls.clone()),
                ]),
            }
        };
        texts(edition, entry, catalogue).into_iter().map(record).collect::<Vec<_>>()
    };
    let entries: Vec<_> = edition.entries.values().collect();
    entries.into_par_iter().flat_map_iter(of_document).collect()
}

/// Words whose usual form differs from how they are written: full-width letters, half-width kana, ㈱. They are found in
/// either form; the text stays as it is.
fn folded_words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{ff70}' | '\u{ff9e}' | '\u{ff9f}'));
    let folded = words.filter_map(|word| {
        let usual: String = word.nfkc().collect();
        (usual != word).then_some(usual)
    });
    folded.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_their_usual_form_too() {
        assert_eq!(folded_words("ｱｸｾｽ権（ＵＳＢ）、ガイド・①"), "1 USB アクセス権");
        assert_eq!(folded_words("アクセス権（USB）を持つ。"), "");
    }
}
