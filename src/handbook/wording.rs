//! Approved wordings that are no longer in the tree: found in history by digest, read in the light of the
//! commit that holds them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Handbook;
use super::version::{PastDocument, PublishedVersion};
use crate::digest::{Digest, LinkMeaning};
use crate::history::HistoryError;
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, LedgerEntry};
use crate::model::document::Document;
use crate::model::id::{DocumentId, Version};
use crate::model::reference::Target;
use crate::parse;
use crate::parse::front_matter::{front_matter, split};
use crate::paths;
use crate::source::SourceDb;

/// A text of a document as some commit holds it.
pub struct PastText<'p> {
    /// Hexadecimal id of the commit.
    pub commit: String,
    /// Path in that commit.
    pub path: String,
    /// The whole file.
    pub text: String,
    /// What paths mean in that commit.
    pub meaning: Box<dyn PastMeaning + 'p>,
}

/// What paths mean in a commit, and the files they lead to.
pub trait PastMeaning: LinkMeaning {
    /// Bytes of a file of the commit.
    fn file(&self, path: &str) -> Option<Vec<u8>>;
}

/// Where old wordings come from.
pub trait PastWordings {
    /// Every text that the document had in reachable history, newest first.
    fn texts(&self, id: &DocumentId) -> Box<dyn Iterator<Item = PastText<'_>> + '_>;
    /// Why history may not hold everything, as a catalogue key; `None` where it is complete.
    fn incomplete(&self) -> Option<&'static str>;
    /// What could not be read of it while texts were looked for; `None` where everything could.
    fn failure(&self) -> Option<HistoryError> {
        None
    }
}

/// No history at all: a folder outside git.
#[derive(Debug, Clone, Copy)]
pub struct NoHistory;

impl PastWordings for NoHistory {
    fn texts(&self, _: &DocumentId) -> Box<dyn Iterator<Item = PastText<'_>> + '_> {
        Box::new(std::iter::empty())
    }
    fn incomplete(&self) -> Option<&'static str> {
        Some("history-none")
    }
}

/// A document and the text that it was read from.
#[derive(Debug, Clone)]
pub struct ApprovedText<'h> {
    /// The document. Places in one that was looked for in history belong to no file of the handbook.
    pub document: Cow<'h, Document>,
    /// The whole file.
    pub text: Cow<'h, str>,
}

/// Approved wordings from history, and what could not be found.
#[derive(Debug, Default)]
pub struct Wordings {
    found: BTreeMap<(DocumentId, Digest), PastDocument>,
    /// Approvals in force or pending whose text is nowhere: document and version.
    pub missing: Vec<(DocumentId, Version)>,
    /// Why history may be incomplete, as a catalogue key.
    pub incomplete: Option<&'static str>,
    /// What could not be read of history while they were looked for.
    pub failure: Option<HistoryError>,
}

impl Wordings {
    /// The wording of a digest.
    pub fn get(&self, id: &DocumentId, digest: Digest) -> Option<&PastDocument> {
        self.found.get(&(id.clone(), digest))
    }

    /// Keeps some wordings.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&DocumentId, Digest, &mut PastDocument) -> bool) {
        self.found.retain(|(id, digest), past| keep(id, *digest, past));
    }

    /// Finds the text of every approval that is in force on the handbook's date or pending then, and is not
    /// the tree's. Texts found are added to the handbook's sources.
    pub(super) fn find(handbook: &mut Handbook, past: &dyn PastWordings) -> Self {
        let mut wordings = Self::default();
        let mut wanted: Vec<(DocumentId, Version, Digest)> = Vec::new();
        for (id, ledger) in &handbook.ledgers {
            let standing = DocumentStatus::on(ledger, handbook.today);
            let in_tree = handbook.index(id).and_then(|index| handbook.digests[index]);
            for approval in standing.in_force.into_iter().chain(standing.pending) {
                let digest = approval.digest;
                if in_tree != Some(digest) {
                    wanted.push((id.clone(), approval.version, digest));
                }
            }
        }
        wordings.search(handbook, past, wanted);
        wordings.incomplete = past.incomplete();
        wordings
    }

    /// Looks for texts, given document by document; adds what is found, and what is not to `missing`.
    fn search(&mut self, handbook: &mut Handbook, past: &dyn PastWordings, wanted: Vec<(DocumentId, Version, Digest)>) {
        let mut at = 0;
        while at < wanted.len() {
            let id = wanted[at].0.clone();
            let end = at + wanted[at..].iter().take_while(|(other, _, _)| *other == id).count();
            let mut open: Vec<(Version, Digest)> = wanted[at..end].iter().map(|(_, v, d)| (*v, *d)).collect();
            for past in past.texts(&id) {
                if open.is_empty() {
                    break;
                }
                if let Some((_, digest)) = match_text(handbook, &id, &past, &open) {
                    open.retain(|(_, other)| *other != digest);
                    let document = add(handbook, past);
                    self.found.insert((id.clone(), digest), document);
                }
            }
            self.missing.extend(open.into_iter().map(|(version, _)| (id.clone(), version)));
            at = end;
        }
        self.failure = past.failure();
    }
}

impl Handbook {
    /// Finds the texts of all approvals, also of those that are no longer in force, for the documents that `asked`
    /// picks. Checking needs none of them, so that they are looked for only where old wordings are shown. A text of
    /// former times that is nowhere stays unknown: nothing that is published depends on it.
    pub fn find_former_wordings(&mut self, past: &dyn PastWordings, asked: impl Fn(&DocumentId) -> bool) {
        let mut wanted: Vec<(DocumentId, Version, Digest)> = Vec::new();
        for (id, ledger) in self.ledgers.iter().filter(|(id, _)| asked(id)) {
            let in_tree = self.index(id).and_then(|index| self.digests[index]);
            for approval in &ledger.approvals {
                let digest = approval.digest;
                let known = in_tree == Some(digest) || self.wordings.get(id, digest).is_some();
                if !known && !wanted.iter().any(|(other, _, same)| other == id && *same == digest) {
                    wanted.push((id.clone(), approval.version, digest));
                }
            }
        }
        let mut former = Wordings::default();
        former.search(self, past, wanted);
        self.wordings.found.extend(former.found);
        self.wordings.failure = former.failure;
        self.wordings.incomplete = past.incomplete();
    }

    /// Document and text of any approval: the tree's, one that is known already, or else looked for in history and
    /// forgotten again; `None` where it is nowhere.
    pub fn approved_text<'h>(
        &'h self,
        id: &DocumentId,
        approval: &'h LedgerEntry<Approval>,
    ) -> Option<ApprovedText<'h>> {
        if let Some(entry) = self.approved_entry(id, approval) {
            let text = self.sources.file(entry.document.file).text();
            return Some(ApprovedText { document: Cow::Borrowed(entry.document), text: Cow::Borrowed(text) });
        }
        let wanted = [(approval.version, approval.digest)];
        self.past()?.texts(id).find_map(|past| {
            let (document, _) = match_text(self, id, &past, &wanted)?;
            Some(ApprovedText { document: Cow::Owned(document), text: Cow::Owned(past.text) })
        })
    }

    /// The text of an approval, from the tree or from history; `None` where it is nowhere, or was not looked for.
    pub fn approved_entry<'h>(
        &'h self,
        id: &DocumentId,
        approval: &'h LedgerEntry<Approval>,
    ) -> Option<PublishedVersion<'h>> {
        let digest = approval.digest;
        if let Some(index) = self.index(id)
            && self.digests[index] == Some(digest)
        {
            return Some(PublishedVersion { document: &self.documents[index], approval: Some(approval), past: None });
        }
        let past = self.wordings.get(id, digest)?;
        Some(PublishedVersion { document: &past.document, approval: Some(approval), past: Some(past) })
    }
}

fn read(handbook: &Handbook, past: &PastText<'_>, sources: &mut SourceDb) -> Document {
    let tier = handbook.config.tier_of(&past.path).unwrap_or(crate::model::document::Tier::Policy);
    let file =
        sources.add(format!("{}@{}", past.path, past.commit.get(..12).unwrap_or(&past.commit)), past.text.clone());
    let numbering = handbook.config.tier(tier).numbering;
    parse::document::document(file, &past.path, &past.text, tier, numbering).0
}

/// The document and the wanted digest that a text has, if any. Texts of other versions are not even read further.
fn match_text(
    handbook: &Handbook,
    id: &DocumentId,
    past: &PastText<'_>,
    open: &[(Version, Digest)],
) -> Option<(Document, Digest)> {
    // Its version alone tells most texts apart, and is read in no time.
    let file = SourceDb::default().add(String::new(), String::new());
    let (front, _) = front_matter(file, &past.text, split(&past.text));
    let version = front.version.as_ref()?.value;
    if front.id.as_ref().map(|id| &id.value) != Some(id) || open.iter().all(|(wanted, _)| *wanted != version) {
        return None;
    }
    let document = read(handbook, past, &mut SourceDb::default());
    let digest = crate::digest::digest(&document, &past.text, past.meaning.as_ref() as &dyn LinkMeaning);
    open.iter().any(|(_, wanted)| *wanted == digest).then_some((document, digest))
}

fn add(handbook: &mut Handbook, past: PastText<'_>) -> PastDocument {
    let mut sources = std::mem::take(&mut handbook.sources);
    let document = read(handbook, &past, &mut sources);
    handbook.sources = sources;
    let paths: Vec<String> = document
        .references
        .iter()
        .filter_map(|reference| match &reference.target {
            Target::Path { path, .. } => paths::resolve(&document.path, path),
            _ => None,
        })
        .collect();
    let mut meant = BTreeMap::new();
    let mut files = BTreeMap::new();
    for path in paths {
        if let Some(id) = past.meaning.document_at(&path) {
            meant.insert(path, id);
        } else if let Some(bytes) = past.meaning.file(&path) {
            files.insert(path, bytes);
        }
    }
    PastDocument { document, commit: past.commit, meant, files }
}
