//! What evidence is gathered from: the handbook on the date and today, and every text, entry and commit of its history.
//! Read once; the tables only ask.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::grade::Basis;
use super::signers::Signers;
use crate::approved_copy::{self, CopyDigest};
use crate::clock;
use crate::handbook::Handbook;
use crate::handbook::history::HistoricalText;
use crate::handbook::recorded::Recorded;
use crate::history::{
    BlobId, Commit, CommitId, FirstParentLog, HistoryError, Repository, Revision, Timelines, TreeEntryKind,
};
use crate::ledger::Ledger;
use crate::load::CONFIG_FILE;
use crate::locale::{Catalogue, Language};
use crate::model::document::Document;
use crate::model::id::{DocumentId, Version};
use crate::parse;
use crate::source::{FileId, Span};

/// What is asked for. Together with the commit it decides every byte of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// First day of the period; none for everything up to its last day.
    pub from: Option<Date>,
    /// Last day of the period, and the day whose state is shown.
    pub to: Date,
    /// The day taken as today.
    pub made_on: Date,
    /// Language of words.
    pub language: Language,
    /// Text of the file of allowed signers.
    pub signers: Option<String>,
}

impl Request {
    /// Whether a day lies in the period.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.to
    }
}

/// What evidence is made from.
pub struct Sources<'m> {
    /// The handbook of the commit on the last day of the period.
    pub handbook: &'m Handbook,
    /// The same today.
    pub now: &'m Handbook,
    /// The repository.
    pub repository: &'m Repository,
    /// The commit.
    pub commit: CommitId,
}

/// A text that a document had, as a commit holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The commit, path and bytes; none of the latter where the commit removed the document.
    pub revision: Revision,
    /// The version that it states.
    pub version: Option<Version>,
    /// The digest of the approved copy of its version, where it is the text of that copy in the light of that commit.
    pub digest: Option<CopyDigest>,
    /// Its title.
    pub title: Option<String>,
}

/// Everything that the tables ask for.
pub struct Material<'m> {
    /// What was asked for.
    pub request: &'m Request,
    /// The handbook on the last day of the period.
    pub handbook: &'m Handbook,
    /// The handbook today.
    pub now: &'m Handbook,
    /// The repository.
    pub repository: &'m Repository,
    /// Documents over time.
    pub timelines: &'m Timelines,
    /// The commit.
    pub commit: CommitId,
    /// Records and settings along first parents.
    pub line: FirstParentLog,
    /// Who may sign, where a file says so.
    pub signers: Option<Signers>,
    /// Words.
    pub catalogue: Catalogue,
    /// Every text of each document, newest first.
    wordings: BTreeMap<DocumentId, Vec<Wording>>,
    /// Commits of the main line by place, the newest 0.
    places: BTreeMap<CommitId, usize>,
    /// What each step of the line put at the paths that it changed.
    put: BTreeMap<(CommitId, String), BlobId>,
    /// Records and settings as the pack's commit holds them.
    head: BTreeMap<String, BlobId>,
}

impl<'m> Material<'m> {
    /// Reads everything.
    ///
    /// # Errors
    /// Where an object that evidence would rest on is missing or cannot be read.
    pub fn read(sources: &Sources<'m>, request: &'m Request) -> Result<Self, HistoryError> {
        let Sources { handbook, now, repository, commit } = *sources;
        let timelines = match handbook.history().timelines() {
            Ok(Some(timelines)) => timelines,
            Ok(None) => return Err(HistoryError::NotInHistory { commit }),
            Err(error) => return Err(error.clone()),
        };
        let records = [handbook.config.records_path.clone()];
        let line = repository.line(commit, &records, &[CONFIG_FILE.to_owned()], &())?;
        let zone = jiff::tz::TimeZone::get(&handbook.config.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
        let ids: Vec<DocumentId> = timelines.documents().filter_map(DocumentId::parse).collect();
        let wordings: Vec<_> = ids.into_par_iter().map(|id| wordings(handbook, timelines, id)).collect();
        let put = line.steps.iter().flat_map(|step| {
            let put = step.changed.iter().filter_map(|(path, blob)| Some((path, (*blob)?)));
            put.map(|(path, blob)| ((step.commit, path.clone()), blob))
        });
        let put = put.collect();
        let listed = repository.list_folders(commit, &records)?;
        let mut head: BTreeMap<String, BlobId> = listed
            .into_iter()
            .filter(|file| file.kind == TreeEntryKind::File)
            .map(|file| (file.path, file.blob))
            .collect();
        head.extend(repository.blob_at(commit, CONFIG_FILE)?.map(|blob| (CONFIG_FILE.to_owned(), blob)));
        Ok(Self {
            put,
            head,
            request,
            handbook,
            now,
            repository,
            timelines,
            commit,
            line,
            signers: request.signers.as_deref().map(|text| Signers::parse(text, &zone)),
            catalogue: Catalogue::new(request.language),
            wordings: wordings.into_iter().collect(),
            places: timelines.main_line().enumerate().map(|(at, commit)| (commit.id, at)).collect(),
        })
    }

    /// Every document that history knows.
    pub fn documents(&self) -> impl Iterator<Item = (&DocumentId, &[Wording])> {
        self.wordings.iter().map(|(id, texts)| (id, texts.as_slice()))
    }

    /// Every text of a document, newest first.
    pub fn wordings(&self, id: &DocumentId) -> &[Wording] {
        self.wordings.get(id).map_or(&[], Vec::as_slice)
    }

    /// The commit that first held a text of a digest, as far as commits can be told apart by it: the oldest in the
    /// order of the walk.
    pub fn first_holder(&self, id: &DocumentId, wanted: CopyDigest) -> Option<&Wording> {
        self.wordings(id).iter().rev().find(|wording| wording.digest == Some(wanted))
    }

    /// The day of a commit in the organisation's time zone, by its committer's clock.
    pub fn day(&self, commit: &Commit) -> Date {
        clock::day(commit.committer.time, &self.handbook.config.timezone)
    }

    /// The commit of the main line that brought a commit in.
    pub fn arrival(&self, id: CommitId) -> Option<&Commit> {
        self.timelines.arrival(id)
    }

    /// The place of a commit on the main line, the newest 0.
    pub fn place(&self, id: CommitId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// Whether a commit became part of the main line in the period, by the clock of the commit that brought it in.
    pub fn is_within(&self, id: CommitId) -> bool {
        self.arrival(id).is_some_and(|arrival| self.request.covers(self.day(arrival)))
    }

    /// Every ledger: of documents by id, then of approved records.
    pub fn ledgers(&self) -> impl Iterator<Item = &'m Ledger> {
        self.handbook.ledgers.values().chain(&self.handbook.other_ledgers)
    }

    /// Path of a ledger at the pack's commit.
    pub fn ledger_path(&self, ledger: &Ledger) -> &str {
        self.handbook.sources.file(ledger.file).path()
    }

    /// The commit that brought an entry of a ledger.
    pub fn recorded(&self, ledger: &Ledger, span: Span) -> Option<Recorded> {
        self.handbook.recorded(ledger, span)
    }

    /// What the claim that an entry was recorded rests on.
    pub fn entry_basis(&self, ledger: &Ledger, recorded: Recorded, label: String) -> Basis {
        let path = self.ledger_path(ledger).to_owned();
        Basis { record: Some(label), ..self.file_basis(recorded.commit, path) }
    }

    /// A file as it stands in a commit.
    pub fn file_basis(&self, commit: CommitId, path: String) -> Basis {
        let known = match commit == self.commit {
            true => self.head.get(&path).copied(),
            false => self.put.get(&(commit, path.clone())).copied(),
        };
        let object = known.or_else(|| self.repository.blob_at(commit, &path).ok().flatten());
        let object = object.map(|blob| blob.to_string());
        // Records lay elsewhere once: the commit alone is what can be named then.
        let path = object.is_some().then_some(path);
        Basis { commit: Some(commit.to_string()), path, object, record: None }
    }

    /// A text as it stands in a commit.
    pub fn text_basis(&self, wording: &Wording) -> Basis {
        Basis {
            commit: Some(wording.revision.commit.to_string()),
            path: wording.revision.path.as_ref().map(ToString::to_string),
            object: wording.revision.blob.map(|blob| blob.to_string()),
            record: None,
        }
    }

    /// A register as the pack's commit holds it, and the entry in it.
    pub fn register_basis(&self, path: &str, record: String) -> Basis {
        Basis { record: Some(record), ..self.file_basis(self.commit, path.to_owned()) }
    }
}

fn wordings(handbook: &Handbook, timelines: &Timelines, id: DocumentId) -> (DocumentId, Vec<Wording>) {
    let mut texts = handbook.history().texts(&id).peekable();
    let read = |revision: &Revision| {
        let nothing = Wording { revision: revision.clone(), version: None, digest: None, title: None };
        // Texts come in the order of revisions; those that are no text are left out.
        let Some(text) = texts.next_if(|text| text.commit == revision.commit.to_string()) else { return nothing };
        let Some(tier) = handbook.config.tier_of(&text.path) else { return nothing };
        let numbering = handbook.config.tier(tier).numbering;
        let (document, _) = parse::document::document(FileId::DETACHED, &text.path, &text.text, tier, numbering);
        Wording {
            version: document.front.version.as_ref().map(|version| version.value),
            digest: copied_digest(handbook, &id, &document, &text),
            title: document.front.title.as_ref().map(|title| title.value.clone()),
            ..nothing
        }
    };
    let found = timelines.revisions(id.as_str()).iter().map(read).collect();
    (id, found)
}

/// The digest of the approved copy that a text of history is of, whatever its folder and its links' paths were then.
fn copied_digest(
    handbook: &Handbook,
    id: &DocumentId,
    document: &Document,
    text: &HistoricalText<'_>,
) -> Option<CopyDigest> {
    let stored = handbook.copies.get(id, document.front.version.as_ref()?.value)?;
    let copy = (stored.read(&handbook.sources).ok()?, stored.text(&handbook.sources));
    let is_copied = approved_copy::is_copied(document, &text.text, copy, text.meaning.as_ref());
    is_copied.is_ok_and(|is_copied| is_copied).then_some(stored.digest)
}

/// A blob's name, where a text has one.
pub fn blob(wording: &Wording) -> Option<BlobId> {
    wording.revision.blob
}
