//! Whose id it was: an id names one document for ever, so history tells whether another one bore it.
//!
//! Stands between the graph and the rules. History is asked only where the ledger does not settle the matter: reading
//! the timelines of every document is by far the longest step of a run.

use unicode_normalization::UnicodeNormalization;

use super::Handbook;
use crate::model::document::Document;
use crate::model::id::Version;
use crate::parse::front_matter::{front_matter, split};
use crate::source::FileId;

/// Another document that once bore an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Its title.
    pub title: String,
    /// The newest commit that holds it.
    pub commit: String,
}

/// What a text says it is.
struct Stated {
    title: String,
    version: Option<Version>,
}

fn stated(text: &str) -> Option<Stated> {
    let (front, _) = front_matter(FileId::DETACHED, text, split(text));
    Some(Stated { title: front.title?.value, version: front.version.map(|version| version.value) })
}

/// The same title, however it is typed.
fn same(a: &str, b: &str) -> bool {
    let plain = |title: &str| title.nfkc().filter(|c| !c.is_whitespace()).collect::<String>();
    plain(a) == plain(b)
}

impl Handbook {
    /// The document that bore the id of a document of the tree before it: of another title, and either removed before
    /// this one came, or of a higher version than this one began with. A document that was renamed keeps counting its
    /// versions, so it is no other one.
    ///
    /// Asked are documents whose text is not yet approved, and those that the ledger says were retired. For all others
    /// there is none.
    pub fn earlier_bearer(&self, index: usize) -> Option<Bearer> {
        let document: &Document = &self.documents[index];
        let id = document.id()?;
        let ledger = self.ledgers.get(id);
        let approved = ledger.is_some_and(|ledger| {
            let digest = self.digests[index];
            ledger.retirements.is_empty() && ledger.approvals.iter().any(|approval| digest == Some(approval.digest))
        });
        if approved {
            return None;
        }
        let mut newer = Stated {
            title: document.front.title.as_ref()?.value.clone(),
            version: document.front.version.as_ref().map(|version| version.value),
        };
        let mut removed = false;
        for (commit, text) in self.history().bearers(id) {
            let Some(older) = text.as_deref().map(stated) else {
                removed = true;
                continue;
            };
            let Some(older) = older else { continue };
            if !same(&older.title, &newer.title) {
                let began_anew = matches!((older.version, newer.version), (Some(older), Some(newer)) if newer < older);
                if removed || began_anew {
                    return Some(Bearer { title: older.title, commit });
                }
            }
            removed = false;
            newer = older;
        }
        None
    }
}
