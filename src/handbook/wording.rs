//! Approved wordings that are no longer in the tree: found in history by digest, read in the light of the commit that
//! holds them.
//!
//! Those in force or pending are looked for when a handbook is resolved, since checks and pages rest on them. Former ones
//! are looked for document by document when something first shows them ([`Handbook::former_version`]); checking needs none.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::Handbook;
use super::history::{HandbookHistory, HistoricalText};
use super::version::{PastDocument, PublishedVersion};
use crate::digest::{Digest, LinkMeaning};
use crate::history::HistoryError;
use crate::ledger::lifecycle::DocumentStatus;
use crate::ledger::{Approval, Ledger, LedgerEntry};
use crate::model::document::{Document, Tier};
use crate::model::id::{DocumentId, Version};
use crate::model::reference::Target;
use crate::parse;
use crate::parse::front_matter::{front_matter, split};
use crate::paths;
use crate::source::{FileId, SourceFile};

/// A document and the text that it was read from.
#[derive(Debug, Clone)]
pub struct ApprovedText<'h> {
    /// The document. Places in one that was looked for in history belong to no file of the handbook.
    pub document: Cow<'h, Document>,
    /// The whole file.
    pub text: Cow<'h, str>,
}

/// Approved wordings from history.
#[derive(Debug, Default)]
pub struct Wordings {
    /// Those in force or pending on the handbook's date, and those of an edition.
    found: BTreeMap<(DocumentId, Digest), PastDocument>,
    /// The others of each ledger; none of them where a ledger has no lock here.
    former: BTreeMap<DocumentId, OnceLock<FormerWordings>>,
    incomplete: Option<&'static str>,
    failure: Option<HistoryError>,
}

/// Wordings of one document that are neither in the tree, nor in force, nor pending.
#[derive(Debug)]
pub(super) struct FormerWordings {
    found: BTreeMap<Digest, PastDocument>,
    /// Why history may be incomplete, as a catalogue key.
    incomplete: Option<&'static str>,
    /// What could not be read of history by then.
    pub(super) failure: Option<HistoryError>,
}

impl Wordings {
    /// The wording of a digest that is in force or pending.
    pub fn get(&self, id: &DocumentId, digest: Digest) -> Option<&PastDocument> {
        self.found.get(&(id.clone(), digest))
    }

    /// Why history may be incomplete, as a catalogue key.
    pub fn incomplete(&self) -> Option<&'static str> {
        self.incomplete
    }

    /// What could not be read of history while texts in force or pending were looked for.
    pub fn failure(&self) -> Option<&HistoryError> {
        self.failure.as_ref()
    }

    /// Finds the text of every approval that is in force on the handbook's date or pending then, and is not the tree's.
    /// Texts found are added to the handbook's sources.
    pub(super) fn find(handbook: &mut Handbook) -> Self {
        let history = Arc::clone(&handbook.history.history);
        let mut sources = std::mem::take(&mut handbook.sources);
        let mut found = BTreeMap::new();
        for (id, ledger) in &handbook.ledgers {
            let status = DocumentStatus::on(ledger, handbook.today);
            let wanted = handbook.wanted(id, status.in_force.into_iter().chain(status.pending));
            let texts = search(handbook, history.as_ref(), id, wanted, |file| sources.share(file));
            found.extend(texts.into_iter().map(|(digest, past)| ((id.clone(), digest), past)));
        }
        handbook.sources = sources;
        let former = handbook.ledgers.keys().map(|id| (id.clone(), OnceLock::new())).collect();
        Self { found, former, incomplete: history.incomplete(), failure: history.failure() }
    }

    /// Takes out the wordings that `keep` picks; nothing is looked for any more in what is left.
    pub(super) fn into_kept(self, keep: impl Fn(&DocumentId, Digest) -> bool) -> Self {
        let former = self.former.into_iter().filter_map(|(id, lock)| Some((id, lock.into_inner()?)));
        let former = former
            .flat_map(|(id, former)| former.found.into_iter().map(move |(digest, past)| ((id.clone(), digest), past)));
        let found = self.found.into_iter().chain(former).filter(|((id, digest), _)| keep(id, *digest)).collect();
        Self { found, former: BTreeMap::new(), incomplete: self.incomplete, failure: self.failure }
    }

    /// Changes every wording.
    pub(super) fn map(self, change: impl Fn(PastDocument) -> PastDocument) -> Self {
        Self { found: self.found.into_iter().map(|(key, past)| (key, change(past))).collect(), ..self }
    }

    /// Every wording that is in force, pending or kept for an edition.
    pub(super) fn all(&self) -> impl Iterator<Item = &PastDocument> {
        self.found.values()
    }
}

impl Handbook {
    /// Version and digest of some approvals whose text is not the tree's, each text once.
    fn wanted<'a>(
        &self,
        id: &DocumentId,
        approvals: impl IntoIterator<Item = &'a LedgerEntry<Approval>>,
    ) -> Vec<(Version, Digest)> {
        let in_tree = self.index(id).and_then(|index| self.digests[index]);
        let mut wanted: Vec<(Version, Digest)> = Vec::new();
        for approval in approvals {
            let digest = approval.digest;
            if in_tree != Some(digest) && wanted.iter().all(|(_, known)| *known != digest) {
                wanted.push((approval.version, digest));
            }
        }
        wanted
    }

    /// Texts of a document's approvals that are not in force any more, looked for in history at the first call. A text
    /// that is nowhere stays unknown: nothing that is published depends on it.
    pub(super) fn former(&self, id: &DocumentId) -> Option<&FormerWordings> {
        let (lock, ledger) = (self.wordings.former.get(id)?, self.ledgers.get(id)?);
        // The search itself runs on one thread, so that pages waiting for it cannot wait for each other.
        Some(lock.get_or_init(|| self.search_former(id, ledger)))
    }

    fn search_former(&self, id: &DocumentId, ledger: &Ledger) -> FormerWordings {
        let mut wanted = self.wanted(id, &ledger.approvals);
        wanted.retain(|(_, digest)| self.wordings.get(id, *digest).is_none());
        let found = search(self, self.history(), id, wanted, |file| (FileId::DETACHED, Arc::new(file)));
        FormerWordings { found, incomplete: self.history().incomplete(), failure: self.history().failure() }
    }

    /// Why the former texts of a document may not all be found, as a catalogue key.
    pub fn former_texts_incomplete(&self, id: &DocumentId) -> Option<&'static str> {
        self.former(id).map_or(self.wordings.incomplete, |former| former.incomplete)
    }

    /// The text of an approval: the tree's, one in force or pending, or a former one from history; `None` where it is
    /// nowhere.
    pub fn former_version<'h>(
        &'h self,
        id: &DocumentId,
        approval: &'h LedgerEntry<Approval>,
    ) -> Option<PublishedVersion<'h>> {
        self.approved_entry(id, approval).or_else(|| {
            let past = self.former(id)?.found.get(&approval.digest)?;
            Some(PublishedVersion { document: &past.document, approval: Some(approval), past: Some(past) })
        })
    }

    /// Document and text of any approval: the tree's, one in force or pending, or else looked for in history and
    /// forgotten again; `None` where it is nowhere.
    pub fn approved_text<'h>(
        &'h self,
        id: &DocumentId,
        approval: &'h LedgerEntry<Approval>,
    ) -> Option<ApprovedText<'h>> {
        if let Some(entry) = self.approved_entry(id, approval) {
            return Some(ApprovedText {
                document: Cow::Borrowed(entry.document),
                text: Cow::Borrowed(entry.text(self)),
            });
        }
        let wanted = [(approval.version, approval.digest)];
        self.history().texts(id).find_map(|past| {
            let (document, _) = match_text(self, id, &past, &wanted)?;
            Some(ApprovedText { document: Cow::Owned(document), text: Cow::Owned(past.text) })
        })
    }

    /// The text of an approval that is the tree's, in force or pending; `None` where it is nowhere, or a former one.
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

/// Looks through the texts that a document had for some versions and digests. Each text found is given to `place`.
fn search(
    handbook: &Handbook,
    history: &dyn HandbookHistory,
    id: &DocumentId,
    mut wanted: Vec<(Version, Digest)>,
    mut place: impl FnMut(SourceFile) -> (FileId, Arc<SourceFile>),
) -> BTreeMap<Digest, PastDocument> {
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return found;
    }
    for mut past in history.texts(id) {
        if let Some((_, digest)) = match_text(handbook, id, &past, &wanted) {
            wanted.retain(|(_, other)| *other != digest);
            let commit = past.commit.get(..12).unwrap_or(&past.commit);
            let path = format!("{}@{commit}", past.path);
            let (file, source) = place(SourceFile::new(path, std::mem::take(&mut past.text)));
            found.insert(digest, past_document(handbook, past, file, source));
        }
        if wanted.is_empty() {
            break;
        }
    }
    found
}

fn read(handbook: &Handbook, file: FileId, path: &str, text: &str) -> Document {
    let tier = handbook.config.tier_of(path).unwrap_or(Tier::Policy);
    let numbering = handbook.config.tier(tier).numbering;
    parse::document::document(file, path, text, tier, numbering).0
}

/// The document and the wanted digest that a text has, if any. Texts of other versions are not even read further.
fn match_text(
    handbook: &Handbook,
    id: &DocumentId,
    past: &HistoricalText<'_>,
    open: &[(Version, Digest)],
) -> Option<(Document, Digest)> {
    // Its version alone tells most texts apart, and is read in no time.
    let (front, _) = front_matter(FileId::DETACHED, &past.text, split(&past.text));
    let version = front.version.as_ref()?.value;
    if front.id.as_ref().map(|id| &id.value) != Some(id) || open.iter().all(|(wanted, _)| *wanted != version) {
        return None;
    }
    let document = read(handbook, FileId::DETACHED, &past.path, &past.text);
    let digest = crate::digest::digest(&document, &past.text, past.meaning.as_ref() as &dyn LinkMeaning);
    open.iter().any(|(_, wanted)| *wanted == digest).then_some((document, digest))
}

fn past_document(handbook: &Handbook, past: HistoricalText<'_>, file: FileId, source: Arc<SourceFile>) -> PastDocument {
    let document = read(handbook, file, &past.path, source.text());
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
    PastDocument { document, source, commit: past.commit, meant, files }
}
