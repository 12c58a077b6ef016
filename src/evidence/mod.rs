//! Evidence: handbook and history of a commit → a pack that an auditor can read, keep and check.
//!
//! A pack is a set of tables whose every row is graded ([`grade`]), the texts in force, and pages that show them. All of
//! it follows from the commit, the period, the day taken as today, the language and the file of allowed signers: the
//! same request gives the same bytes, so that [`verify`] can make the pack again from the repository and compare.
//! Nothing is written here, and nothing is read but objects of the history.
//!
//! | file | holds |
//! |---|---|
//! | `material` | the facts, read once |
//! | `tables` | what the pack says |
//! | `grade`, `table` | claims and their grades; tables as JSON and CSV |
//! | `signature`, `signers` | SSH signatures of commits |
//! | `page`, `index`, `text` | what people read |
//! | `manifest`, `archive` | hashes of files, their root, the zip |
//! | `verify` | what is wrong with a pack |

pub mod archive;
pub mod grade;
pub mod index;
pub mod manifest;
pub mod material;
pub mod page;
pub mod signature;
pub mod signers;
pub mod table;
pub mod tables;
pub mod text;
pub mod verify;

use serde_json::{Value, json};

use crate::history::{BlobId, CommitId, HistoryError};
use crate::locale::Text;
use crate::markup::template::TemplateError;
use grade::Grade;
use manifest::Files;
use material::{Material, Request, Sources};
use page::Pages;
use table::Table;

/// The file that says what a pack is of.
pub const RECORD: &str = "evidence.json";
/// The file of allowed signers in a pack.
pub const SIGNERS: &str = "allowed-signers";

/// A pack in memory.
pub struct Pack {
    /// Its files, the manifest among them.
    pub files: Files,
    /// Its root hash.
    pub root: String,
    /// What there is, and what to look at.
    pub tallies: Vec<index::Tally>,
}

/// Why there is no pack.
#[derive(Debug)]
pub enum EvidenceError {
    /// An object that the evidence rests on is missing, or is not what its name says.
    History(HistoryError),
    /// A template is wrong: a fault of the program's own files, which its tests find.
    Template(TemplateError),
}

impl EvidenceError {
    /// The error in words.
    pub fn text(&self) -> Text {
        match self {
            Self::History(error) => error.text(),
            Self::Template(error) => error.text(),
        }
    }
}

impl From<HistoryError> for EvidenceError {
    fn from(error: HistoryError) -> Self {
        Self::History(error)
    }
}

impl From<TemplateError> for EvidenceError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

/// Makes a pack. `progress` is called with the number of objects whose content was compared with their names.
///
/// # Errors
/// Where an object that the evidence rests on is missing, or is not what its name says: then there is no evidence.
pub fn pack(
    sources: &Sources<'_>,
    request: &Request,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Pack, EvidenceError> {
    let material = Material::read(sources, request)?;
    let tables = tables::tables(&material);
    vouch(&material, &tables, progress)?;
    let documents = &tables[0];
    let pages = Pages::new(&material, documents)?;
    let mut files = Files::new();
    for table in &tables {
        let plain = table.plain();
        files.insert(format!("data/{}.json", table.name), plain.json().into_bytes());
        files.insert(format!("csv/{}.csv", table.name), plain.csv());
    }
    for text in text::texts(&material, &pages, documents)? {
        files.insert(format!("texts/{}.md", text.id), text.source);
        files.insert(format!("texts/{}.html", text.id), text.page.into_bytes());
    }
    for (path, page) in index::table_pages(&pages, &tables)? {
        files.insert(path, page.into_bytes());
    }
    files.insert("index.html".into(), index::index(&pages, &tables, request.signers.is_some())?.into_bytes());
    files.insert("style.css".into(), page::STYLE.as_bytes().to_vec());
    files.insert("README.txt".into(), index::readme(&pages).into_bytes());
    files.insert(RECORD.into(), record(&material, request, &tables));
    if let Some(signers) = &request.signers {
        files.insert(SIGNERS.into(), signers.clone().into_bytes());
    }
    let manifest = manifest::manifest(&files);
    let root = manifest::root(manifest.as_bytes());
    files.insert(manifest::NAME.into(), manifest.into_bytes());
    Ok(Pack { files, root, tallies: index::tallies(&tables) })
}

/// Holds every object that a proof rests on against its name, and every commit of history.
fn vouch(material: &Material<'_>, tables: &[Table], progress: &(dyn Fn(usize) + Sync)) -> Result<(), HistoryError> {
    let commits: Vec<CommitId> = material.timelines.commits().iter().map(|commit| commit.id).collect();
    let claims = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.claims);
    let rest = claims.filter(|claim| claim.grade == Grade::Proved).map(|claim| &claim.basis);
    let mut files: Vec<(CommitId, String, BlobId)> = rest
        .filter_map(|basis| {
            let (commit, path) = (basis.commit.as_ref()?, basis.path.as_ref()?);
            Some((commit.parse().ok()?, path.clone(), basis.object.as_ref()?.parse().ok()?))
        })
        .collect();
    files.sort();
    files.dedup();
    material.repository.vouch(&commits, &files, progress)
}

/// What the pack is of: everything that is needed to make it again.
fn record(material: &Material<'_>, request: &Request, tables: &[Table]) -> Vec<u8> {
    let rows: serde_json::Map<String, Value> =
        tables.iter().map(|table| (table.name.to_owned(), Value::from(table.rows.len()))).collect();
    let signers = request.signers.as_ref().map(|text| crate::digest::sha256_hex(text.as_bytes()));
    let record = json!({
        "generator": "kitei",
        "kind": "evidence",
        "schema": 1,
        "version": env!("CARGO_PKG_VERSION"),
        "commit": material.commit.to_string(),
        "from": request.from.map(|day| day.to_string()),
        "to": request.to.to_string(),
        "made_on": request.made_on.to_string(),
        "language": request.language.code(),
        "organisation": material.handbook.config.organisation,
        "handbook": material.handbook.config.title,
        "timezone": material.handbook.config.timezone,
        "signers_sha256": signers,
        "rows": rows,
    });
    let mut text = serde_json::to_string_pretty(&record).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}
