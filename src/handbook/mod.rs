//! The resolved graph: documents by id and path, people, terms, registers, ledger and history, related once
//! and immutable from then on. Rules and pages only read it.

pub mod authority;
pub mod copies;
pub mod edition;
pub mod git_history;
pub mod history;
pub mod identity;
pub mod integrity;
pub mod lifecycle;
mod links;
pub mod reading;
pub mod recorded;
mod records;
mod redact;
mod registers;
mod requests;
pub mod version;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::approved_copy::{self, ApprovedCopy, Attachment, CopyDigest, FileAt, PathMeaning, Refusal};
use crate::digest::sha256_hex;
use crate::ledger::Ledger;
use crate::load::{APPROVED_FOLDER, ATTACHMENT_LIMIT, Files, Loaded};
use crate::locale::Text;
use crate::model::config::Config;
use crate::model::document::{Document, Tier};
use crate::model::exception::Exception;
use crate::model::id::{DocumentId, Interval};
use crate::model::in_effect::InEffect;
use crate::model::people::{Person, Role};
use crate::model::reference::Target;
use crate::model::register::Registers;
use crate::model::term::{Record, Term};
use crate::parse::{self, Problem};
use crate::paths;
use crate::register::{RecordFile, RegisterSet};
use crate::source::{FileId, Place, SourceDb};
use crate::standard::{self, Control};
use copies::Copies;
use history::{HandbookHistory, HistoryHandle};

pub use links::{Broken, Link, Lookup, lookup, resolve_target};
pub use records::RecordStanding;

/// Documents and registers as parsed, before they are related to each other.
#[derive(Debug)]
pub(crate) struct Parsed {
    loaded: Loaded,
    documents: Vec<Document>,
    ledgers: Vec<Ledger>,
    roles: Vec<Role>,
    people: Vec<Person>,
    terms: Vec<Term>,
    records: Vec<Record>,
    exceptions: Vec<Exception>,
    registers: Registers,
    register_set: RegisterSet,
}

/// Parses everything that was loaded, in parallel. Cannot fail: faults become problems.
pub(crate) fn parse(mut loaded: Loaded) -> Parsed {
    let sources = &loaded.sources;
    let config = &loaded.config;
    let documents: Vec<(Document, Vec<Problem>)> = loaded
        .documents
        .par_iter()
        .map(|file| {
            let text = sources.file(file.file).text();
            parse::document::document(file.file, &file.path, text, file.tier, config.tier(file.tier).numbering)
        })
        .collect();
    let ledgers: Vec<(Ledger, Vec<Problem>)> = loaded
        .ledgers
        .par_iter()
        .map(|(file, path)| Ledger::read(*file, stem(path), sources.file(*file).text()))
        .collect();
    let (mut roles, mut people, mut terms, mut records) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut problems, mut exceptions, mut registers) = (Vec::new(), Vec::new(), Registers::default());
    let below_records =
        |path| str::strip_prefix(path, &config.records_path).map_or("", |rest| rest.trim_start_matches('/'));
    let files = loaded.records.iter().map(|(file, path)| (*file, path.as_str()));
    let files =
        files.map(|(file, path)| RecordFile { file, name: below_records(path), text: sources.file(file).text() });
    let (register_set, found) = RegisterSet::read(&files.collect::<Vec<_>>());
    problems.extend(found);
    records.extend(register_set.records(sources, config.language));
    for (file, path) in loaded.records.iter().filter(|(file, _)| !register_set.holds(*file)) {
        let text = sources.file(*file).text();
        let name = below_records(path);
        let found = match name {
            "roles.toml" => {
                let (found, problems) = parse::people::roles(*file, text);
                roles = found;
                problems
            }
            "people.toml" => {
                let (found, problems) = parse::people::people(*file, text);
                people = found;
                problems
            }
            "terms.toml" => {
                let (found, problems) = parse::term::terms(*file, text);
                terms = found;
                problems
            }
            "exceptions.toml" => {
                let (title, found, problems) = parse::exception::exceptions(*file, text);
                records.push(Record { id: stem(path).to_owned(), title, path: path.clone() });
                exceptions = found;
                problems
            }
            _ => {
                let read = parse::register::register(name, *file, text, &mut registers);
                let (title, problems) = read.unwrap_or_else(|| parse::term::record_title(*file, text));
                records.push(Record { id: stem(path).to_owned(), title, path: path.clone() });
                problems
            }
        };
        problems.extend(found);
    }
    let (documents, document_problems): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
    let (ledgers, ledger_problems): (Vec<_>, Vec<_>) = ledgers.into_iter().unzip();
    problems.extend(document_problems.into_iter().flatten());
    problems.extend(ledger_problems.into_iter().flatten());
    loaded.problems.extend(problems);
    Parsed { loaded, documents, ledgers, roles, people, terms, records, exceptions, registers, register_set }
}

/// A path's file name without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The graph.
#[derive(Debug)]
pub struct Handbook {
    /// All texts, old wordings from history included.
    pub sources: SourceDb,
    /// Configuration.
    pub config: Config,
    /// The date on which everything is judged.
    pub today: Date,
    /// Documents of the tree, by path.
    pub documents: Vec<Document>,
    /// For each document of the tree the digest of its approved copy: of the one there is where the text still is what was
    /// approved, else of the one that an approval would make; `None` where it cannot be approved as it stands.
    pub digests: Vec<Option<CopyDigest>>,
    /// For each document of the tree what keeps it from being approved as it stands.
    pub refusals: Vec<Vec<Refusal>>,
    /// For each document, its references resolved, in the order of [`Document::references`].
    pub links: Vec<Vec<Link>>,
    /// Roles, in file order.
    pub roles: Vec<Role>,
    /// People, in file order.
    pub people: Vec<Person>,
    /// Glossary, in file order.
    pub terms: Vec<Term>,
    /// Other registers, by path.
    pub records: Vec<Record>,
    /// Exceptions to articles, in file order.
    pub exceptions: Vec<Exception>,
    /// The year plan, contacts, quizzes and the like.
    pub registers: Registers,
    /// Registers that are rows with a definition.
    pub register_set: RegisterSet,
    /// Ledgers of documents, by id.
    pub ledgers: BTreeMap<DocumentId, Ledger>,
    /// Ledgers of approved records and of names that are no document id.
    pub other_ledgers: Vec<Ledger>,
    /// Files that links may point at, with what they hold where something points at them.
    pub attachments: BTreeMap<String, Option<Attached>>,
    /// The organisation's own files under `site/`.
    pub site: BTreeMap<String, Vec<u8>>,
    /// `CODEOWNERS`, wherever a forge would find it.
    pub codeowners: Vec<FileId>,
    /// Faults of form.
    pub problems: Vec<Problem>,
    /// Approved copies of documents.
    pub copies: Copies,
    /// The edition that it was redacted for; `None` for the whole handbook.
    pub edition: Option<String>,
    by_id: BTreeMap<DocumentId, usize>,
    by_path: BTreeMap<String, usize>,
    history: HistoryHandle,
}

/// A file that something points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// SHA-256 of its bytes, as hexadecimal digits.
    pub sha256: String,
    /// What it is beside an approved copy.
    pub copied: FileAt,
}

/// What paths mean in the tree.
struct TreeMeaning<'a> {
    documents: &'a [Document],
    by_path: &'a BTreeMap<String, usize>,
    attachments: &'a BTreeMap<String, Option<Attached>>,
}

impl PathMeaning for TreeMeaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        self.documents[*self.by_path.get(path)?].id().cloned()
    }

    fn file_at(&self, path: &str) -> FileAt {
        match self.attachments.get(path) {
            Some(Some(attached)) => attached.copied.clone(),
            Some(None) => FileAt::Unreadable(Text::new("attachment-unreadable")),
            None => FileAt::Missing,
        }
    }
}

impl Handbook {
    /// Relates everything. `files` serves the attachments that something points at. Called by [`crate::workspace`] alone.
    pub(crate) fn resolve(parsed: Parsed, files: &dyn Files, today: Date, history: Arc<dyn HandbookHistory>) -> Self {
        let Parsed { loaded, documents, ledgers, roles, people, terms, records, exceptions, registers, register_set } =
            parsed;
        let Loaded { sources, config, copies, attachments, site, codeowners, problems, .. } = loaded;
        let copies = Copies::of(&copies, &documents, &sources);
        let by_path: BTreeMap<String, usize> =
            documents.iter().enumerate().map(|(index, document)| (document.path.clone(), index)).collect();
        let mut by_id = BTreeMap::new();
        for (index, document) in documents.iter().enumerate() {
            if let Some(id) = document.id() {
                // Of two documents with one id the first by path stands for it; the rule duplicate-id reports both.
                by_id.entry(id.clone()).or_insert(index);
            }
        }
        let approved = format!("{}/{APPROVED_FOLDER}/", config.records_path);
        let attachments = read_attachments(attachments, &documents, &approved, files);
        let mut document_ledgers = BTreeMap::new();
        let mut other_ledgers = Vec::new();
        for ledger in ledgers {
            match ledger.id.clone() {
                Some(id) if !document_ledgers.contains_key(&id) => {
                    document_ledgers.insert(id, ledger);
                }
                _ => other_ledgers.push(ledger),
            }
        }
        let mut handbook = Self {
            sources,
            config,
            today,
            documents,
            digests: Vec::new(),
            refusals: Vec::new(),
            links: Vec::new(),
            roles,
            people,
            terms,
            records,
            exceptions,
            registers,
            register_set,
            ledgers: document_ledgers,
            other_ledgers,
            attachments,
            site,
            codeowners,
            problems,
            copies,
            edition: None,
            by_id,
            by_path,
            history: HistoryHandle::new(history),
        };
        handbook.links = handbook
            .documents
            .par_iter()
            .map(|document| {
                document.references.iter().map(|reference| resolve_target(&handbook, document, reference)).collect()
            })
            .collect();
        (handbook.digests, handbook.refusals) =
            (0..handbook.documents.len()).into_par_iter().map(|index| handbook.copied(index)).unzip();
        handbook
    }

    /// The digest of the approved copy of a document of the tree, and what keeps it from having one.
    fn copied(&self, index: usize) -> (Option<CopyDigest>, Vec<Refusal>) {
        let document = &self.documents[index];
        let text = self.sources.file(document.file).text();
        self.digest_of(document, text).map_or_else(|refusals| (None, refusals), |digest| (digest, Vec::new()))
    }

    /// The digest of the approved copy that a text of the tree has: of the one there is where it still is what was approved,
    /// else of the one that an approval would make now; `None` without an id.
    fn digest_of(&self, document: &Document, text: &str) -> Result<Option<CopyDigest>, Vec<Refusal>> {
        let Some(id) = document.id() else { return Ok(None) };
        let version = document.front.version.as_ref().map(|version| version.value);
        if let Some(copy) = version.and_then(|version| self.copies.get(id, version))
            && let Ok(copied) = copy.read(&self.sources)
            && approved_copy::is_copied(document, text, (copied, copy.text(&self.sources)), &self.tree_meaning())?
        {
            return Ok(Some(copy.digest));
        }
        let made =
            approved_copy::canonical(document, text, &self.config.in_effect(document.tier), &self.tree_meaning())?;
        Ok(Some(made.digest()))
    }

    /// The digest that a document of the tree (index) would have with another text in its file; `None` where that
    /// text has no id, or cannot be approved.
    pub fn digest_with(&self, index: usize, text: &str) -> Option<CopyDigest> {
        let Document { file, path, tier, .. } = &self.documents[index];
        let numbering = self.config.tier(*tier).numbering;
        let (document, _) = parse::document::document(*file, path, text, *tier, numbering);
        self.digest_of(&document, text).ok().flatten()
    }

    /// The digest of the approved copy that a document of the tree (index) would have under some settings.
    pub fn digest_under(&self, index: usize, in_effect: &InEffect) -> Option<CopyDigest> {
        let document = &self.documents[index];
        let text = self.sources.file(document.file).text();
        Some(approved_copy::canonical(document, text, in_effect, &self.tree_meaning()).ok()?.digest())
    }

    /// The approved copy that an approval of a document of the tree would make now.
    ///
    /// # Errors
    /// With every place that cannot stand in a copy.
    pub fn copy_of_tree(&self, document: &Document) -> Result<ApprovedCopy, Vec<Refusal>> {
        let text = self.sources.file(document.file).text();
        approved_copy::canonical(document, text, &self.config.in_effect(document.tier), &self.tree_meaning())
    }

    fn tree_meaning(&self) -> TreeMeaning<'_> {
        let Self { documents, by_path, attachments, .. } = self;
        TreeMeaning { documents, by_path, attachments }
    }

    /// The document with an id.
    pub fn document(&self, id: &DocumentId) -> Option<&Document> {
        self.index(id).map(|index| &self.documents[index])
    }

    /// Index of the document with an id.
    pub fn index(&self, id: &DocumentId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Index of the document with an id as written in a reference or `implements`.
    pub fn index_of(&self, written: &str) -> Option<usize> {
        self.index(&DocumentId::parse(written)?)
    }

    /// Index of the document at a path.
    pub fn index_at(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Documents that stand for their id, by id.
    pub fn by_id(&self) -> impl Iterator<Item = (&DocumentId, &Document)> {
        self.by_id.iter().map(|(id, index)| (id, &self.documents[*index]))
    }

    /// A role.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id.value == id)
    }

    /// A person.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id.value == id)
    }

    /// A term by its wording or a variant of it.
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.term.value == name || term.variants.iter().any(|v| v.value == name))
    }

    /// A register.
    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    /// Exceptions to articles of a document that are open on a date, those whose time is over among them.
    pub fn exceptions_of(&self, id: &DocumentId, date: Date) -> impl Iterator<Item = &Exception> {
        let of = move |exception: &&Exception| DocumentId::parse(&exception.document.value).as_ref() == Some(id);
        self.exceptions.iter().filter(of).filter(move |exception| exception.is_open(date))
    }

    /// The name of a role, or its id where it is not defined.
    pub fn role_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.role(id).map_or(id, |role| &role.name.value)
    }

    /// The name of a person, or the id where it is not defined.
    pub fn person_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.person(id).map_or(id, |person| &person.name.value)
    }

    /// Role that approves a version of a document: its own approver or the tier's; for a minor version the
    /// tier's delegated approver where there is one.
    pub fn approver_of(&self, document: &Document, minor: bool) -> Option<String> {
        self.config.approver_of(document.tier, &document.front, minor).map(|role| role.value.clone())
    }

    /// Classification id of a document: its own or the tier's.
    pub fn classification_of<'a>(&'a self, document: &'a Document) -> Option<&'a str> {
        let own = document.front.classification.as_ref().map(|label| label.value.as_str());
        own.or_else(|| self.config.tiers.get(&document.tier)?.classification.as_ref().map(|label| label.value.as_str()))
    }

    /// The printed name of a classification, or its id where it is not defined.
    pub fn classification_name<'a>(&'a self, id: &'a str) -> &'a str {
        let known = self.config.classifications.iter().find(|label| label.id.value == id);
        known.map_or(id, |label| &label.name.value)
    }

    /// Review interval of a document: its own or the tier's.
    pub fn review_every(&self, document: &Document) -> Option<Interval> {
        let own = document.front.review_every.as_ref().map(|interval| interval.value);
        own.or_else(|| self.config.tiers.get(&document.tier)?.review_every.as_ref().map(|interval| interval.value))
    }

    /// Every id that a document says it implements, in its front matter or at a heading, with its place.
    pub fn implements<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = (&'a str, Place)> {
        let sections = document.outline.headings.iter().flat_map(|heading| &heading.implements);
        document.front.implements.iter().chain(sections).map(|id| (id.value.as_str(), document.place(id.span)))
    }

    /// Annex A controls that a document covers: its `annex_a`, its `soa` entries, and `implements=A.…` at headings.
    pub fn annex_controls(&self, document: &Document) -> Vec<&'static Control> {
        let stated = document.front.annex_a.iter().map(|number| number.value.as_str());
        let decided = document.front.soa.iter().map(|entry| entry.control.value.as_str());
        let sections = document.outline.headings.iter().flat_map(|heading| &heading.implements);
        let sections = sections.filter_map(|id| id.value.strip_prefix("A."));
        let mut found: Vec<_> = stated.chain(decided).chain(sections).filter_map(standard::control).collect();
        found.sort_by_key(|control| control.number);
        found.dedup_by_key(|control| control.number);
        found
    }

    /// Documents of a tier, by id.
    pub fn tier(&self, tier: Tier) -> impl Iterator<Item = (&DocumentId, &Document)> {
        self.by_id().filter(move |(_, document)| document.tier == tier)
    }
}

/// Reads each attachment that a link points at, and each file beside an approved copy, in parallel. One that cannot be read
/// holds nothing.
fn read_attachments(
    attachments: Vec<String>,
    documents: &[Document],
    copies: &str,
    files: &dyn Files,
) -> BTreeMap<String, Option<Attached>> {
    let linked = documents.iter().flat_map(|document| {
        document.references.iter().filter_map(|reference| match &reference.target {
            Target::Path { path, .. } => paths::resolve(&document.path, path),
            _ => None,
        })
    });
    let mut wanted: Vec<String> = linked.collect();
    wanted.extend(attachments.iter().filter(|path| path.starts_with(copies)).cloned());
    wanted.sort();
    wanted.dedup();
    let mut known: BTreeMap<String, Option<Attached>> = attachments.into_iter().map(|path| (path, None)).collect();
    wanted.retain(|path| known.contains_key(path));
    let read: Vec<(String, Option<Attached>)> = wanted
        .into_par_iter()
        .map(|path| {
            let bytes = files.read(&path).ok().filter(|bytes| bytes.len() as u64 <= ATTACHMENT_LIMIT);
            let attached =
                |bytes: Vec<u8>| Attached { sha256: sha256_hex(&bytes), copied: Attachment::of(&path, &bytes) };
            let attached = bytes.map(attached);
            (path, attached)
        })
        .collect();
    known.extend(read);
    known
}
