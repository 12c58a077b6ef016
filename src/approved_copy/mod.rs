//! Approved copies: the canonical text of a document, which is what was decided, and a copy read back.
//!
//! `docs/approved-copy.md` specifies the text for other implementations; `tests/approved-copy.json` holds vectors. Everything
//! here is pure: what paths mean comes from the caller ([`PathMeaning`]), and nobody is asked who decided. A copy is made
//! only where it reads as its source does, node by node ([`reading`]), so that one digest is one page.

mod body;
mod characters;
mod digest;
mod front;
mod hidden;
mod meaning;
pub mod reading;
mod refusal;
mod unfinished;

use std::collections::BTreeMap;

use crate::model::document::Document;
use crate::model::in_effect::InEffect;
use crate::parse;
use crate::parse::front_matter::front_matter;
use crate::source::{FileId, Span};

pub use digest::CopyDigest;
pub use meaning::{Attachment, FileAt, PathMeaning};
pub use refusal::{Refusal, RefusalKind};

use body::Body;
use meaning::{Meaning, Targets};
use reading::Reading;

/// What an approval decides: the text, and the files that it shows or links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedCopy {
    /// The canonical text; see `docs/approved-copy.md`.
    pub text: String,
    /// The files that lie beside it, sorted by name, each once.
    pub attachments: Vec<Attachment>,
    /// The digest of the tree as this version of the program reads it.
    pub reading: CopyDigest,
}

impl ApprovedCopy {
    /// The digest of the text, which an entry of the ledger keeps.
    pub fn digest(&self) -> CopyDigest {
        CopyDigest::of(self.text.as_bytes())
    }
}

/// An approved copy that was read back.
#[derive(Debug, Clone)]
pub struct CopiedDocument {
    /// The document; its places lie in the copy.
    pub document: Document,
    /// What was in effect when it was approved, its own settings included.
    pub in_effect: InEffect,
    /// The digest of the tree as this version of the program reads it.
    pub reading: CopyDigest,
}

/// The approved copy of a document. `text` is its whole file, `in_effect` what its tier and the configuration give.
///
/// # Errors
/// With every place that cannot stand in a copy, in text order: what readers do not see, what Markdown reads otherwise than
/// people do, targets that mean nothing, and text that would read otherwise once it is canonical.
pub fn canonical(
    document: &Document,
    text: &str,
    in_effect: &InEffect,
    meaning: &dyn PathMeaning,
) -> Result<ApprovedCopy, Vec<Refusal>> {
    let (_, problems) = front_matter(document.file, text, parse::front_matter::split(text));
    let mut refusals: Vec<Refusal> = problems.into_iter().map(Refusal::of_form).collect();
    let in_effect = in_effect.clone().with_stated(&document.front);
    let made = canonical_text(document, text, &in_effect, Meaning::OfPaths(meaning), &mut refusals);
    if let Some(refusals) = sorted(refusals) {
        return Err(refusals);
    }
    let source = Reading::of(document, text, &made.targets);
    let reading = verified(&made.text, &source).map_err(|place| {
        let span = place.unwrap_or_else(|| document.head_place().span);
        vec![Refusal { span, kind: RefusalKind::ReadsOtherwise }]
    })?;
    Ok(ApprovedCopy { text: made.text, attachments: made.attachments.into_values().collect(), reading })
}

/// Whether a document still is what its approved copy says, under the settings that the copy keeps: whatever tier and
/// configuration give by now, the text that was decided is the same. `text` is the document's whole file.
///
/// # Errors
/// With every place that cannot stand in a copy.
pub fn is_copied(
    document: &Document,
    text: &str,
    copy: (&CopiedDocument, &str),
    meaning: &dyn PathMeaning,
) -> Result<bool, Vec<Refusal>> {
    let (copied, copy_text) = copy;
    let mut refusals = Vec::new();
    let in_effect = copied.in_effect.clone().with_stated(&document.front);
    let made = canonical_text(document, text, &in_effect, Meaning::OfPaths(meaning), &mut refusals);
    if let Some(refusals) = sorted(refusals) {
        return Err(refusals);
    }
    Ok(made.text == copy_text && Reading::of(document, text, &made.targets).digest() == copied.reading)
}

/// Reads an approved copy. `path` is where it lies in the repository.
///
/// # Errors
/// Where the text is not letter by letter what [`canonical`] writes.
pub fn read(file: FileId, path: &str, text: &str) -> Result<CopiedDocument, Vec<Refusal>> {
    let (found, problems) = parse::document::copied(file, path, text);
    let mut refusals: Vec<Refusal> = problems.into_iter().map(Refusal::of_form).collect();
    let Some((document, in_effect)) = found else {
        let missing = Refusal { span: Span::new(0, 0), kind: RefusalKind::NotCanonical };
        return Err(sorted(refusals).unwrap_or_else(|| vec![missing]));
    };
    let made = canonical_text(&document, text, &in_effect, Meaning::OfCopy, &mut refusals);
    if refusals.is_empty() && made.text != text {
        refusals.push(Refusal { span: first_difference(text, &made.text), kind: RefusalKind::NotCanonical });
    }
    if let Some(refusals) = sorted(refusals) {
        return Err(refusals);
    }
    let reading = Reading::of(&document, text, &made.targets).digest();
    Ok(CopiedDocument { document, in_effect, reading })
}

/// A canonical text that was not held against its source yet.
struct Made {
    text: String,
    targets: Targets,
    attachments: BTreeMap<String, Attachment>,
}

fn canonical_text(
    document: &Document,
    text: &str,
    in_effect: &InEffect,
    meaning: Meaning<'_>,
    refusals: &mut Vec<Refusal>,
) -> Made {
    characters::check(text, document.body, refusals);
    unfinished::check(text, document.body, refusals);
    hidden::check(document, text, refusals);
    let (targets, attachments) = Targets::of(document, meaning, refusals);
    let mut out = front::text(&document.front, in_effect, refusals);
    let Body { text: body, places } = Body::of(document, text, &targets);
    characters::check_composed(text, &body, &places, refusals);
    if !body.is_empty() {
        out.push('\n');
        out.push_str(&body);
    }
    Made { text: out, targets, attachments }
}

/// The digest of a canonical text's tree, where that is the tree of its source and the text is canonical itself;
/// otherwise the place in the source of the first node that differs, where there is one.
fn verified(copy: &str, source: &Reading) -> Result<CopyDigest, Option<Span>> {
    let (found, problems) = parse::document::copied(FileId::DETACHED, "", copy);
    let Some((document, in_effect)) = found.filter(|_| problems.is_empty()) else { return Err(None) };
    let mut refusals = Vec::new();
    let again = canonical_text(&document, copy, &in_effect, Meaning::OfCopy, &mut refusals);
    let reading = Reading::of(&document, copy, &again.targets);
    if let Some(place) = source.first_difference(&reading) {
        return Err(place);
    }
    if !refusals.is_empty() || again.text != copy {
        return Err(None);
    }
    Ok(reading.digest())
}

/// Where two texts that differ begin to.
fn first_difference(text: &str, other: &str) -> Span {
    let mut at = text.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    Span::new(at, end)
}

/// Refusals in text order, each once; `None` where there are none.
fn sorted(mut refusals: Vec<Refusal>) -> Option<Vec<Refusal>> {
    refusals.sort_by_key(|refusal| refusal.span);
    refusals.dedup();
    (!refusals.is_empty()).then_some(refusals)
}

#[cfg(test)]
mod tests;
