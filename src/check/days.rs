//! What readers will meet: the references of the published set, today and on every later day on which it changes, so
//! that nothing breaks on a day when nobody looks.
//!
//! Stands between the editions and the rules that judge the published set. What the tree's own wording gets wrong is
//! left to the rules on the tree; here is what is right in the tree and wrong for readers. From one day to the next only
//! the documents that change are looked at, and those that refer to them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::mentions;
use crate::handbook::edition::{Edition, LeftOut};
use crate::handbook::version::PublishedVersion;
use crate::handbook::{Broken, Handbook, Link, Lookup, lookup, resolve_target};
use crate::ledger::lifecycle::State;
use crate::locale::{Arg, Text};
use crate::model::document::Document;
use crate::model::id::{DocumentId, Version};
use crate::model::reference::{Form, Fragment, Reference, Target};
use crate::paths;
use crate::source::{Place, Span};

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// The target is not published on that day: never in force, not yet, or no longer.
    Unpublished(DocumentId),
    /// The target is published in a version that lacks the place.
    NoPlace(DocumentId, Version),
    /// The target of an older wording is in the handbook no more.
    Gone,
    /// The document says that it implements one that is not published.
    Above(DocumentId),
}

/// Something that readers meet in vain.
#[derive(Debug, Clone)]
pub struct Found<'h> {
    /// The first day on which they do.
    pub day: Date,
    /// Where it is reported: the reference, or the approval of a wording that is not the tree's.
    pub place: Place,
    /// The document that holds the reference, and the approved version that is not the tree's; none for a register.
    pub wording: Option<(&'h Document, Option<Version>)>,
    /// The reference as written.
    pub written: &'h str,
    /// What is wrong.
    pub flaw: Flaw,
}

impl Found<'_> {
    /// Whether it is so today already.
    pub fn is_today(&self, handbook: &Handbook) -> bool {
        self.day == handbook.today
    }

    /// Since when, in words. Today is not named: the same finding would read differently every day.
    pub fn since(&self, handbook: &Handbook) -> Text {
        match self.is_today(handbook) {
            true => Text::new("published-today"),
            false => Text::new("published-from").arg("date", self.day),
        }
    }

    /// What holds the reference, in words.
    pub fn holder(&self) -> Text {
        match self.wording {
            Some((document, Some(version))) => Text::new("published-wording-version")
                .arg("title", document.title())
                .arg("version", Arg::from(version.to_string())),
            Some((document, None)) => Text::new("published-wording").arg("title", document.title()),
            None => Text::new("published-register"),
        }
    }
}

/// A reference from outside the documents' texts: a register, the configuration, an exception.
struct Pointed<'h> {
    id: DocumentId,
    fragment: Option<&'h Fragment>,
    written: &'h str,
    place: Place,
}

/// Whose faults are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Those of references in texts, registers and exceptions.
    References,
    /// Those of what documents implement.
    Implements,
}

/// Everything readers meet in vain, by day; each fault once, on its first day.
pub fn faults(handbook: &Handbook, asked: Asked) -> Vec<Found<'_>> {
    // Where nothing was ever approved nothing is published, and no reader meets anything.
    if handbook.ledgers.is_empty() {
        return Vec::new();
    }
    let mut walk = Walk::new(handbook, asked);
    let ids: BTreeSet<DocumentId> = walk.edition.entries.keys().cloned().collect();
    for id in &ids {
        walk.take_up(id);
        walk.document(id);
    }
    walk.pointers(|_| true);
    for (day, changed) in handbook.days_ahead() {
        walk.edition.move_to(day, changed.iter().copied());
        let mut affected: BTreeSet<DocumentId> = changed.iter().map(|id| (*id).clone()).collect();
        for id in &changed {
            walk.take_up(id);
            affected.extend(walk.referrers.get(*id).into_iter().flatten().cloned());
        }
        for id in &affected {
            walk.document(id);
        }
        walk.pointers(|id| changed.contains(id));
    }
    walk.found
}

struct Walk<'h> {
    handbook: &'h Handbook,
    asked: Asked,
    edition: Edition<'h>,
    /// Documents whose wordings refer to a document. Grows only: what an older wording referred to is looked at once more
    /// for nothing.
    referrers: BTreeMap<DocumentId, BTreeSet<DocumentId>>,
    pointed: Vec<Pointed<'h>>,
    known: BTreeSet<(Place, &'h str, Flaw)>,
    found: Vec<Found<'h>>,
}

impl<'h> Walk<'h> {
    fn new(handbook: &'h Handbook, asked: Asked) -> Self {
        Self {
            handbook,
            asked,
            edition: Edition::judged(handbook),
            referrers: BTreeMap::new(),
            pointed: if asked == Asked::References { pointed(handbook) } else { Vec::new() },
            known: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    /// Notes what the wording of a document refers to.
    fn take_up(&mut self, id: &DocumentId) {
        let Some(entry) = self.edition.entries.get(id).copied() else { return };
        let targets: Vec<DocumentId> = match self.asked {
            Asked::References => {
                let linked = entry.document.references.iter().filter_map(|reference| self.target(&entry, reference));
                linked.map(|(target, _)| target).collect()
            }
            Asked::Implements => {
                let above = self.handbook.implements(entry.document);
                above.filter_map(|(written, _)| DocumentId::parse(written)).collect()
            }
        };
        for target in targets {
            self.referrers.entry(target).or_default().insert(id.clone());
        }
    }

    /// The document, and the place in it, that a reference of a wording means.
    fn target(&self, entry: &PublishedVersion<'h>, reference: &Reference) -> Option<(DocumentId, Option<Fragment>)> {
        match &reference.target {
            Target::Path { path, fragment } if reference.form != Form::Image => {
                let path = paths::resolve(&entry.document.path, path)?;
                let id = self.handbook.documents[self.handbook.index_at(&path)?].id()?.clone();
                let fragment = fragment.as_ref().map(|id| Fragment { anchor: id.clone(), ..Fragment::default() });
                Some((id, fragment))
            }
            Target::Document { id: Some(id), fragment } => Some((DocumentId::parse(id)?, fragment.clone())),
            Target::Document { id: None, fragment } => Some((entry.document.id()?.clone(), fragment.clone())),
            _ => None,
        }
    }

    /// Judges a document as published on the edition's day.
    fn document(&mut self, id: &DocumentId) {
        let Some(entry) = self.edition.entries.get(id).copied() else { return };
        match self.asked {
            Asked::References => self.references(id, &entry),
            Asked::Implements => self.implements(id, &entry),
        }
    }

    fn references(&mut self, id: &DocumentId, entry: &PublishedVersion<'h>) {
        let tree = self.handbook.index(id).filter(|_| entry.copy.is_none());
        let links = tree.map(|index| self.handbook.links[index].as_slice());
        for (nth, reference) in entry.document.references.iter().enumerate() {
            // What is broken in the tree's own wording is told there.
            if links.and_then(|links| links.get(nth)).is_some_and(|link| matches!(link, Link::Broken(_))) {
                continue;
            }
            if let Some(flaw) = self.flaw(id, entry, reference) {
                self.report(id, entry, reference.raw.span, reference.raw.value.as_str(), flaw);
            }
        }
    }

    fn implements(&mut self, id: &DocumentId, entry: &PublishedVersion<'h>) {
        for (written, place) in self.handbook.implements(entry.document) {
            let Some(above) = DocumentId::parse(written) else { continue };
            let known = self.handbook.index(&above).is_some() || self.handbook.ledgers.contains_key(&above);
            if known && matches!(self.edition.left_out.get(&above), Some(LeftOut::NotInForce | LeftOut::Retired)) {
                self.report(id, entry, place.span, written, Flaw::Above(above));
            }
        }
    }

    fn flaw(&self, id: &DocumentId, entry: &PublishedVersion<'h>, reference: &'h Reference) -> Option<Flaw> {
        let Some((target, fragment)) = self.target(entry, reference) else {
            return (entry.copy.is_some() && self.is_gone(entry, reference)).then_some(Flaw::Gone);
        };
        let document = match self.edition.entries.get(&target) {
            _ if target == *id => entry.document,
            Some(published) => published.document,
            None => return self.unpublished(entry, &target),
        };
        if lookup(&document.outline, &fragment?) == Lookup::Found {
            return None;
        }
        let version = document.front.version.as_ref()?.value;
        Some(Flaw::NoPlace(target, version))
    }

    /// A target that is not published. A missing text is told at its approval; a retired document that the text names
    /// beside its successor is history, and one that the tree's wording names today has a rule of its own.
    fn unpublished(&self, entry: &PublishedVersion<'h>, target: &DocumentId) -> Option<Flaw> {
        match self.edition.left_out.get(target) {
            Some(LeftOut::TextMissing) => return None,
            Some(LeftOut::Retired) => {
                let now = self.handbook.status(target);
                if entry.copy.is_none() && now.state() == State::Retired && self.handbook.index(target).is_some() {
                    return None;
                }
                let retirement = self.handbook.status_on(target, self.edition.date).retired;
                let successors = retirement.into_iter().flat_map(|retirement| &retirement.replaced_by);
                let successors: BTreeSet<DocumentId> = successors.filter_map(|id| DocumentId::parse(id)).collect();
                let mut linked = entry.document.references.iter().filter_map(|other| self.target(entry, other));
                if linked.any(|(id, _)| successors.contains(&id) && self.edition.entries.contains_key(&id)) {
                    return None;
                }
            }
            Some(LeftOut::NotInForce) | None => {}
        }
        Some(Flaw::Unpublished(target.clone()))
    }

    /// Whether what an older wording names is nowhere in the handbook now.
    fn is_gone(&self, entry: &PublishedVersion<'h>, reference: &Reference) -> bool {
        match resolve_target(self.handbook, entry.document, reference) {
            Link::Broken(Broken::Unsafe | Broken::Malformed | Broken::OutsideRoot) => false,
            Link::Broken(_) => true,
            _ => false,
        }
    }

    fn report(&mut self, id: &DocumentId, entry: &PublishedVersion<'h>, span: Span, written: &'h str, flaw: Flaw) {
        let (place, version) = match (entry.copy, entry.approval, self.handbook.ledgers.get(id)) {
            (Some(_), Some(approval), Some(ledger)) => {
                (ledger.place(approval.span_of("version")), Some(approval.version))
            }
            _ => (entry.document.place(span), None),
        };
        self.note(place, Some((entry.document, version)), written, flaw);
    }

    fn note(&mut self, place: Place, wording: Option<(&'h Document, Option<Version>)>, written: &'h str, flaw: Flaw) {
        if self.known.insert((place, written, flaw.clone())) {
            self.found.push(Found { day: self.edition.date, place, wording, written, flaw });
        }
    }

    /// Judges what registers, the configuration and exceptions name, where `asked` picks the document.
    fn pointers(&mut self, asked: impl Fn(&DocumentId) -> bool) {
        for index in 0..self.pointed.len() {
            let Pointed { id, fragment, written, place } = &self.pointed[index];
            if !asked(id) {
                continue;
            }
            let flaw = match (self.edition.entries.get(id), fragment) {
                (Some(entry), Some(fragment)) if lookup(&entry.document.outline, fragment) != Lookup::Found => {
                    entry.approval.map(|approval| Flaw::NoPlace(id.clone(), approval.version))
                }
                (Some(_), _) => None,
                (None, _) if self.edition.left_out.get(id) == Some(&LeftOut::TextMissing) => None,
                // A document that nobody has approved yet is told of by the rule on that.
                (None, _) => self.was_approved(id).then(|| Flaw::Unpublished(id.clone())),
            };
            let (place, written) = (*place, *written);
            if let Some(flaw) = flaw {
                self.note(place, None, written, flaw);
            }
        }
    }

    fn was_approved(&self, id: &DocumentId) -> bool {
        self.handbook.ledgers.get(id).is_some_and(|ledger| !ledger.approvals.is_empty())
    }
}

/// What is named outside the documents' texts and stands in the tree.
fn pointed(handbook: &Handbook) -> Vec<Pointed<'_>> {
    let stands = |id: &DocumentId, fragment: Option<&Fragment>| {
        let document = handbook.document(id);
        document.is_some_and(|d| fragment.is_none_or(|fragment| lookup(&d.outline, fragment) == Lookup::Found))
    };
    let pointers = mentions::pointers(handbook).filter_map(|pointer| {
        let (id, fragment) = (pointer.document.clone()?, pointer.fragment.as_ref());
        Some(Pointed { id, fragment, written: pointer.written.as_str(), place: pointer.place })
    });
    let open = handbook.exceptions.iter().filter(|exception| exception.is_open(handbook.today));
    let exceptions = open.filter_map(|exception| {
        let id = DocumentId::parse(&exception.document.value)?;
        let (fragment, place) = (Some(&exception.fragment), exception.at(exception.article.span));
        Some(Pointed { id, fragment, written: exception.article.value.as_str(), place })
    });
    pointers.chain(exceptions).filter(|pointed| stands(&pointed.id, pointed.fragment)).collect()
}
