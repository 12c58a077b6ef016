//! The glossary and the names of registers.

use super::reference::Pointer;
use crate::source::{Place, Spanned};

/// One term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The wording to use.
    pub term: Spanned<String>,
    /// Reading in hiragana.
    pub reading: Option<Spanned<String>>,
    /// What it means.
    pub definition: Option<Spanned<String>>,
    /// Wordings that are not to be used.
    pub variants: Vec<Spanned<String>>,
    /// Other words by which readers look for it.
    pub keywords: Vec<Spanned<String>>,
    /// The articles that say more, the most telling first.
    pub see: Vec<Pointer>,
    /// Where it is defined.
    pub place: Place,
}

/// A register under the records folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// File name without folder and ending: the id in `[[record:…]]`.
    pub id: String,
    /// Its `title`, where it states one.
    pub title: Option<String>,
    /// Path from the root.
    pub path: String,
}
