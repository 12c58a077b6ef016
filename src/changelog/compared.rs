//! Wordings that followed each other, each two of them compared once, whatever shows what changed: the change log, the
//! feed, the page that sets them side by side.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{ChangelogItem, items, published};
use crate::compare::Comparison;
use crate::compare::table::{Layout, Subject, Table};
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Catalogue;
use crate::model::id::DocumentId;
use crate::source::Span;

/// How two wordings differ.
#[derive(Debug, Clone)]
pub struct Compared {
    /// What changed, in plain words.
    pub items: Vec<ChangelogItem>,
    /// What is compared.
    pub subject: Subject,
    /// Both side by side.
    pub table: Table,
}

impl Compared {
    fn new(
        edition: &Edition<'_>,
        old: &PublishedVersion<'_>,
        new: &PublishedVersion<'_>,
        catalogue: &Catalogue,
    ) -> Self {
        let comparison = Comparison::new(edition, old, new, catalogue);
        let subject = Subject::new(edition.handbook, old, new, catalogue);
        Self {
            items: items(&comparison, catalogue),
            table: Table::new(&comparison, &subject, Layout::default(), catalogue),
            subject,
        }
    }
}

/// The document and the approvals of the two wordings.
type Key = (DocumentId, Span, Span);

/// Every two wordings of a document that followed each other and were both found.
#[derive(Debug, Default)]
pub struct Comparisons {
    known: BTreeMap<Key, Compared>,
}

impl Comparisons {
    /// Of the documents that `asked` picks.
    pub fn new(edition: &Edition<'_>, catalogue: &Catalogue, asked: impl Fn(&DocumentId) -> bool) -> Self {
        let mut pairs = Vec::new();
        for id in edition.handbook.ledgers.keys().filter(|id| asked(id)) {
            let versions = published(edition.handbook, id, edition.date);
            pairs.extend(versions.windows(2).filter_map(|pair| {
                let (old, new) = (pair.first()?.text?, pair.last()?.text?);
                Some((key(id, &old, &new)?, old, new))
            }));
        }
        let compared =
            pairs.into_par_iter().map(|(key, old, new)| (key, Compared::new(edition, &old, &new, catalogue)));
        Self { known: compared.collect() }
    }

    /// How two wordings differ that followed each other.
    pub fn get(&self, id: &DocumentId, old: &PublishedVersion<'_>, new: &PublishedVersion<'_>) -> Option<&Compared> {
        self.known.get(&key(id, old, new)?)
    }
}

fn key(id: &DocumentId, old: &PublishedVersion<'_>, new: &PublishedVersion<'_>) -> Option<Key> {
    Some((id.clone(), old.approval?.span, new.approval?.span))
}
