//! Places that others cite and that are called otherwise after a change: articles with another number, 項 and 号 in
//! another order, places that are gone. Citations by id keep pointing at the same article; what readers see, and what
//! paper outside the repository says, does not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::stated_id;
use crate::handbook::{Broken, Handbook, Link, Lookup, lookup};
use crate::locale::{Catalogue, Language};
use crate::model::document::Document;
use crate::model::id::DocumentId;
use crate::model::outline::{Heading, Item};
use crate::model::reference::Fragment;
use crate::numbering::citation;
use crate::source::{Place, Span};

/// What became of a cited place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitationKind {
    /// It is gone.
    Gone,
    /// The number is the same and names other words: 項 or 号 stand in another order.
    Reordered,
    /// It has another number.
    Renumbered,
}

/// Where a place is cited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CitedBy {
    /// Document id; none for a register.
    pub id: Option<String>,
    /// File, from the root.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
}

/// One cited place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CitationChange {
    /// The document that is cited.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Id of the cited heading.
    pub anchor: String,
    /// How the place was cited: 第5条第2項.
    pub old: String,
    /// How it is cited now, or where the same words stand now; none where they are gone.
    pub new: Option<String>,
    /// What became of it.
    pub kind: CitationKind,
    /// Who cites it.
    pub cited_by: Vec<CitedBy>,
}

/// A place as it is cited: document, heading, 項, 号.
type Cited = (DocumentId, String, Option<u32>, Vec<u32>);

/// Every cited place that is called otherwise, by document.
pub(super) fn changes(base: &Handbook, head: &Handbook, catalogue: &Catalogue) -> Vec<CitationChange> {
    let mut cited: BTreeMap<Cited, BTreeSet<CitedBy>> = BTreeMap::new();
    let mut own: BTreeMap<Cited, BTreeSet<CitedBy>> = BTreeMap::new();
    let mut add = |id: &DocumentId, fragment: &Fragment, by: Option<&Document>, place: Place| {
        let file = head.sources.file(place.file);
        let key = (id.clone(), fragment.anchor.clone(), fragment.paragraph, fragment.items.clone());
        let cites_itself = by.and_then(Document::id) == Some(id);
        let by = CitedBy {
            id: by.and_then(Document::id).map(DocumentId::to_string),
            path: file.path().to_owned(),
            line: file.position(place.span.start).line,
        };
        let all = if cites_itself { &mut own } else { &mut cited };
        all.entry(key).or_default().insert(by);
    };
    for (document, links) in head.documents.iter().zip(&head.links) {
        for (reference, link) in document.references.iter().zip(links) {
            let bare = |anchor: &String| Fragment { anchor: anchor.clone(), ..Fragment::default() };
            let (index, fragment) = match link {
                Link::Document(index, Some(fragment)) | Link::Broken(Broken::NoItem(index, fragment)) => {
                    (*index, fragment.clone())
                }
                Link::Broken(Broken::NoAnchor(index, anchor)) => (*index, bare(anchor)),
                _ => continue,
            };
            if let Some(id) = head.documents[index].id() {
                add(id, &fragment, Some(document), document.place(reference.span));
            }
        }
    }
    for exception in &head.exceptions {
        if let Some(id) = DocumentId::parse(&exception.document.value) {
            add(&id, &exception.fragment, None, exception.at(exception.article.span));
        }
    }
    let language = catalogue.language();
    let mut found: Vec<CitationChange> = Vec::new();
    for (cited, by) in cited {
        found.extend(change(base, head, cited, by, language));
    }
    // Inside its own document a number that follows its article is nobody's concern.
    let own = own.into_iter().filter_map(|(cited, by)| change(base, head, cited, by, language));
    found.extend(own.filter(|change| change.kind != CitationKind::Renumbered));
    found.sort_by_key(|change| DocumentId::parse(&change.document));
    found
}

fn change(
    base: &Handbook,
    head: &Handbook,
    (id, anchor, paragraph, items): Cited,
    by: BTreeSet<CitedBy>,
    language: Language,
) -> Option<CitationChange> {
    let (before, after) = (base.document(&id)?, head.document(&id)?);
    let fragment = Fragment { anchor, paragraph, items, malformed: None };
    // A citation that is new with the change cites what it means.
    if lookup(&before.outline, &fragment) != Lookup::Found {
        return None;
    }
    let old_heading = before.outline.heading(&fragment.anchor)?;
    let cite = |heading: &Heading, paragraph, items: &[u32]| citation(heading, paragraph, items, language);
    let old = cite(old_heading, fragment.paragraph, &fragment.items);
    let found = lookup(&after.outline, &fragment) == Lookup::Found;
    let (new, kind) = match after.outline.heading(&fragment.anchor) {
        None => (None, CitationKind::Gone),
        Some(heading) => {
            let place = fragment.paragraph.map(|paragraph| (paragraph, fragment.items.clone()));
            let moved = place.and_then(|place| moved(base, head, (before, old_heading), (after, heading), &place));
            match (moved, found) {
                (Some(now), _) => (now.map(|(p, items)| cite(heading, Some(p), &items)), CitationKind::Reordered),
                (None, false) => (None, CitationKind::Gone),
                (None, true) => {
                    let new = cite(heading, fragment.paragraph, &fragment.items);
                    if new == old {
                        return None;
                    }
                    (Some(new), CitationKind::Renumbered)
                }
            }
        }
    };
    Some(CitationChange {
        document: stated_id(head, &id),
        title: after.title().to_owned(),
        anchor: fragment.anchor,
        old,
        new,
        kind,
        cited_by: by.into_iter().collect(),
    })
}

/// 項 and 号, each from 1.
type Position = (u32, Vec<u32>);

/// Where the words of a 項 or 号 stand now, if they stand elsewhere; inside, `None` where they are nowhere although
/// others were put before them.
fn moved(
    base: &Handbook,
    head: &Handbook,
    (before, old): (&Document, &Heading),
    (after, new): (&Document, &Heading),
    place: &Position,
) -> Option<Option<Position>> {
    let was = words(base, before, old);
    let is = words(head, after, new);
    let text = was.get(place)?;
    if is.get(place) == Some(text) {
        return None;
    }
    if let Some((now, _)) = is.iter().find(|(_, other)| *other == text) {
        return Some(Some(now.clone()));
    }
    // Words that were only edited keep their neighbours; words behind which the list grew or shrank may be others.
    let siblings = |all: &BTreeMap<Position, String>| {
        all.keys().filter(|other| other.1.len() == place.1.len() && (place.1.is_empty() || other.0 == place.0)).count()
    };
    (is.contains_key(place) && siblings(&was) != siblings(&is)).then_some(None)
}

/// The words of every 項 and 号 of an article, without regard to white space.
fn words(handbook: &Handbook, document: &Document, heading: &Heading) -> BTreeMap<Position, String> {
    let text = handbook.sources.file(document.file).text();
    let read = |span: Span| {
        let text = text.get(span.start..span.end).unwrap_or("");
        // The number that a 号 has in the source is not among its words.
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let text = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < text.len()).unwrap_or(text);
        text.split_whitespace().collect::<String>()
    };
    let mut found = BTreeMap::new();
    for paragraph in &heading.paragraphs {
        found.insert((paragraph.number, Vec::new()), read(paragraph.span));
        let mut open: Vec<(Vec<u32>, &Item)> = paragraph.items.iter().map(|item| (vec![item.number], item)).collect();
        while let Some((path, item)) = open.pop() {
            for below in &item.items {
                open.push(([path.as_slice(), &[below.number]].concat(), below));
            }
            found.insert((paragraph.number, path), read(item.span));
        }
    }
    found
}
