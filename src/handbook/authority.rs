//! By whose authority: the settings and the people that a ledger entry is judged by, and whether the ledger still says
//! what it once said.
//!
//! An entry is judged by configuration, people and front matter of the commit along first parents that brought it, so
//! that a later change of rules or offices makes no old approval wrong. What is not committed yet is judged by the tree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::Handbook;
use super::history::HandbookHistory;
use super::recorded::{RecordHistory, Recorded, Settings, out_of_order};
use crate::apart::apart;
use crate::approved_copy::CopyDigest;
use crate::clock;
use crate::history::{BlobId, CommitId, pull_request};
use crate::ledger::Ledger;
use crate::load::CONFIG_FILE;
use crate::model::config::Config;
use crate::model::document::{FrontMatter, Tier};
use crate::model::people::{Person, Role};
use crate::parse::entries::{Entry, EntryName, entries};
use crate::parse::front_matter::{front_matter, split};
use crate::source::{FileId, Place, Span};

/// How the tree's ledgers relate to those of history.
pub(super) struct Provenance {
    history: Arc<RecordHistory>,
    /// The tree's entries by file and first byte of their span.
    entries: BTreeMap<(FileId, usize), EntryName>,
    rewritten: Vec<Rewritten>,
}

/// What happened to an entry that history holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// These keys say something else now.
    Changed(Vec<String>),
    /// It is in no ledger.
    Vanished,
    /// It stands before an entry that it came behind.
    Moved,
}

/// An entry that history holds and the tree's ledger does not, or not in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// File name of the ledger without ending, in capitals.
    pub ledger: String,
    /// What the entry said.
    pub entry: Entry,
    /// The commit that brought it.
    pub recorded: Recorded,
    /// The commit that changed or removed it; `None` where only the working tree did.
    pub lost: Option<CommitId>,
    /// What happened.
    pub fate: Fate,
    /// The entry as it stands now, or the start of the ledger; `None` where the file is gone.
    pub place: Option<Place>,
}

/// Settings by which an entry is judged.
#[derive(Debug, Clone, Copy)]
pub struct Authority<'h> {
    /// Configuration.
    pub config: &'h Config,
    /// Roles.
    pub roles: &'h [Role],
    /// People.
    pub people: &'h [Person],
    /// The commit that brought the entry; `None` for an entry that is judged by the tree.
    pub recorded: Option<Recorded>,
    /// Whether these are the tree's settings, so that places in them can be shown.
    pub of_tree: bool,
}

impl<'h> Authority<'h> {
    /// A role.
    pub fn role(&self, id: &str) -> Option<&'h Role> {
        self.roles.iter().find(|role| role.id.value == id)
    }

    /// A person.
    pub fn person(&self, id: &str) -> Option<&'h Person> {
        self.people.iter().find(|person| person.id.value == id)
    }

    /// The name of a role, or its id where it is not defined.
    pub fn role_name<'a>(&self, id: &'a str) -> &'a str
    where
        'h: 'a,
    {
        self.role(id).map_or(id, |role| &role.name.value)
    }

    /// The name of a person, or the id where it is not defined.
    pub fn person_name<'a>(&self, id: &'a str) -> &'a str
    where
        'h: 'a,
    {
        self.person(id).map_or(id, |person| &person.name.value)
    }
}

/// A document's front matter as it was when an entry was recorded.
#[derive(Debug, Clone)]
pub struct Stated {
    /// The tier whose folder held it.
    pub tier: Tier,
    /// What it said it was.
    pub front: FrontMatter,
}

impl Handbook {
    /// The history behind it.
    pub fn history(&self) -> &dyn HandbookHistory {
        self.history.history.as_ref()
    }

    /// The same, to be shared with another snapshot.
    pub(crate) fn shared_history(&self) -> Arc<dyn HandbookHistory> {
        Arc::clone(&self.history.history)
    }

    fn provenance(&self) -> Option<&Provenance> {
        let read = || {
            let history = self.history().recorded()?;
            Some(Provenance::new(self, history))
        };
        self.history.provenance.get_or_init(|| apart(read)).as_ref()
    }

    /// Whether history can be asked at all, and holds everything: only then is an entry that it does not hold new.
    pub fn has_whole_history(&self) -> bool {
        self.history().incomplete().is_none() && self.provenance().is_some()
    }

    fn origin(&self, ledger: &Ledger, span: Span) -> Option<(Recorded, &Settings)> {
        let provenance = self.provenance()?;
        let entry = *provenance.entries.get(&(ledger.file, span.start))?;
        provenance.history.recorded(&ledger.name, entry)
    }

    /// The commit along first parents that brought an entry of a ledger; `None` where it is not committed yet.
    pub fn recorded(&self, ledger: &Ledger, span: Span) -> Option<Recorded> {
        self.origin(ledger, span).map(|(recorded, _)| recorded)
    }

    /// The commit along first parents that brought an entry of a ledger, short as people write it, and the pull request
    /// that it says it merged.
    pub fn introduced(&self, ledger: &Ledger, span: Span) -> Option<(String, Option<String>)> {
        let recorded = self.recorded(ledger, span).filter(|recorded| recorded.certain)?;
        let message = self.history().message(recorded.commit);
        Some((recorded.name(), message.and_then(|message| pull_request(&message))))
    }

    /// The day of a moment in the organisation's time zone.
    pub fn day(&self, recorded: Recorded) -> Date {
        clock::day(recorded.time, &self.config.timezone)
    }

    /// The settings by which an entry of a ledger is judged.
    pub fn judged_by(&self, ledger: &Ledger, span: Span) -> Authority<'_> {
        let tree =
            Authority { config: &self.config, roles: &self.roles, people: &self.people, recorded: None, of_tree: true };
        let Some((recorded, settings)) = self.origin(ledger, span) else { return tree };
        let recorded = Some(recorded);
        if self.has_settings(settings) {
            return Authority { recorded, ..tree };
        }
        let then = settings.read();
        let config = then.config.as_ref().unwrap_or(&self.config);
        Authority { config, roles: &then.roles, people: &then.people, recorded, of_tree: false }
    }

    /// Whether the tree's settings are these. Most entries are judged by what still holds.
    fn has_settings(&self, settings: &Settings) -> bool {
        let records = &self.config.records_path;
        let paths = [CONFIG_FILE.to_owned(), format!("{records}/roles.toml"), format!("{records}/people.toml")];
        let same = |(path, then): (&String, &Option<String>)| {
            let now = self.sources.by_path(path).map(|file| self.sources.file(file).text());
            now == then.as_deref()
        };
        paths.iter().zip(settings.texts()).all(same)
    }

    /// The front matter of a ledger's document when an entry was recorded; the tree's for an entry that is judged by
    /// it. `None` where the document was not there.
    pub fn stated_when(&self, ledger: &Ledger, span: Span) -> Option<Stated> {
        let id = ledger.id.as_ref()?;
        let tree = self.document(id);
        let Some(recorded) = self.recorded(ledger, span) else {
            return tree.map(|document| Stated { tier: document.tier, front: document.front.clone() });
        };
        let path = tree.map(|document| document.path.as_str());
        let (path, text) = self.history().document_at(recorded.commit, id, path)?;
        let tier = self.judged_by(ledger, span).config.tier_of(&path)?;
        Some(Stated { tier, front: front_matter(FileId::DETACHED, &text, split(&text)).0 })
    }

    /// Whether a file says who may decide: configuration, roles, people.
    pub fn is_authority(&self, file: FileId) -> bool {
        let records = &self.config.records_path;
        let path = self.sources.file(file).path();
        let name = path.strip_prefix(records.as_str()).and_then(|rest| rest.strip_prefix('/'));
        path == CONFIG_FILE || matches!(name, Some("roles.toml" | "people.toml"))
    }

    /// Whether a file is part of the ledger.
    pub fn is_ledger(&self, file: FileId) -> bool {
        let below = self.sources.file(file).path().strip_prefix(self.config.records_path.as_str());
        below.is_some_and(|rest| rest.starts_with("/ledger/"))
    }

    /// Every entry that history holds and the tree's ledgers do not, by ledger and entry.
    pub fn rewritten(&self) -> &[Rewritten] {
        self.provenance().map_or(&[], |provenance| &provenance.rewritten)
    }
}

impl Provenance {
    fn new(handbook: &Handbook, history: Arc<RecordHistory>) -> Self {
        let ledgers: Vec<&Ledger> = handbook.ledgers.values().chain(&handbook.other_ledgers).collect();
        let read: Vec<(&Ledger, Vec<InTree>)> = ledgers
            .into_par_iter()
            .map(|ledger| {
                let entries = entries(handbook.sources.file(ledger.file).text()).unwrap_or_default().into_iter();
                let in_tree = |(entry, span): (Entry, Span)| InTree { name: entry.entry_name(), entry, span };
                (ledger, entries.map(in_tree).collect())
            })
            .collect();
        let mut found = BTreeMap::new();
        let mut tree: BTreeMap<String, Now> = BTreeMap::new();
        for (ledger, entries) in read {
            let now = tree.entry(ledger.name.to_ascii_uppercase()).or_default();
            now.start = now.start.or(Some(ledger.place(Span::new(0, 0))));
            for InTree { name, entry, span } in entries {
                found.insert((ledger.file, span.start), name);
                now.entries.push((name, entry, ledger.place(span)));
            }
        }
        let rewritten = rewritten(&history, &tree, &|blob| handbook.history().text(blob));
        Self { history, entries: found, rewritten }
    }
}

/// An entry of the tree.
struct InTree {
    name: EntryName,
    entry: Entry,
    span: Span,
}

/// The tree's entries of one ledger.
#[derive(Default)]
struct Now {
    start: Option<Place>,
    entries: Vec<(EntryName, Entry, Place)>,
}

fn rewritten(
    history: &RecordHistory,
    tree: &BTreeMap<String, Now>,
    text: &dyn Fn(BlobId) -> Option<String>,
) -> Vec<Rewritten> {
    let everywhere: BTreeSet<EntryName> =
        tree.values().flat_map(|now| now.entries.iter().map(|(name, _, _)| *name)).collect();
    let nothing = Now::default();
    let mut found = Vec::new();
    for ledger in history.ledgers() {
        let now = tree.get(ledger).unwrap_or(&nothing);
        let held: BTreeSet<EntryName> = now.entries.iter().map(|(name, _, _)| *name).collect();
        let standing: Vec<_> = history.standing(ledger).collect();
        let recorded: BTreeSet<EntryName> = standing.iter().map(|standing| standing.name).collect();
        for lost in &standing {
            // A ledger under another name is the same record; that its name fits is for another rule to say.
            if held.contains(&lost.name) || (now.start.is_none() && everywhere.contains(&lost.name)) {
                continue;
            }
            let entry = said(lost.name, lost.table, text(lost.file));
            if decided_nothing(&entry) {
                continue;
            }
            let new = now.entries.iter().filter(|(name, _, _)| !recorded.contains(name));
            let instead = new.filter(|(_, other, _)| alike(other, &entry));
            let (fate, place) = match instead.max_by_key(|(_, other, _)| equal(other, &entry)) {
                Some((_, other, place)) => (Fate::Changed(different(other, &entry)), Some(*place)),
                None => (Fate::Vanished, now.start),
            };
            let ledger = ledger.to_owned();
            found.push(Rewritten { ledger, entry, recorded: lost.recorded, lost: lost.lost, fate, place });
        }
        let order: Vec<(EntryName, &str)> = standing.iter().map(|standing| (standing.name, standing.table)).collect();
        let entries: Vec<(EntryName, &str)> =
            now.entries.iter().map(|(name, entry, _)| (*name, &*entry.table)).collect();
        if let Some(moved) = out_of_order(&order, &entries)
            && let Some(moved) = standing.iter().find(|standing| standing.name == moved)
            && let Some((_, entry, place)) = now.entries.iter().find(|(name, _, _)| *name == moved.name)
        {
            found.push(Rewritten {
                ledger: ledger.to_owned(),
                entry: entry.clone(),
                recorded: moved.recorded,
                lost: moved.lost,
                fate: Fate::Moved,
                place: Some(*place),
            });
        }
    }
    found
}

/// The entry of a name in the text that holds it. Should that text have gone since it was read, the entry is still told,
/// though not what it said.
fn said(name: EntryName, table: &str, text: Option<String>) -> Entry {
    let found = text.and_then(|text| entries(&text)).into_iter().flatten().map(|(entry, _)| entry);
    let mut found = found.filter(|entry| entry.entry_name() == name);
    found.next().unwrap_or_else(|| Entry { table: table.to_owned(), fields: BTreeMap::new(), repeated: 0 })
}

/// Whether an entry was an error from its first day: an approval bound to no text, by a digest of a form that is none.
fn decided_nothing(entry: &Entry) -> bool {
    let digest = entry.fields.get("digest").map(|digest| digest.trim_matches('"'));
    entry.table == "approval" && digest.is_some_and(|digest| CopyDigest::parse(digest).is_none())
}

/// Whether one entry may be another one, changed: of the same table, and of the same version or date, or of mostly
/// the same keys.
fn alike(entry: &Entry, other: &Entry) -> bool {
    entry.table == other.table && (entry.label() == other.label() || 2 * equal(entry, other) >= other.fields.len())
}

fn equal(entry: &Entry, other: &Entry) -> usize {
    other.fields.iter().filter(|(key, value)| entry.fields.get(*key) == Some(value)).count()
}

fn different(entry: &Entry, other: &Entry) -> Vec<String> {
    let keys: BTreeSet<&String> = entry.fields.keys().chain(other.fields.keys()).collect();
    keys.into_iter().filter(|key| entry.fields.get(*key) != other.fields.get(*key)).cloned().collect()
}
