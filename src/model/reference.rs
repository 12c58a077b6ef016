//! References as written: links, images and the short forms in double brackets of a document's text, and how a register
//! names a document.

use super::id::DocumentId;
use crate::source::{Place, Span, Spanned};

/// A place inside a document: a heading and perhaps a 項 and 号 below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment {
    /// Heading id.
    pub anchor: String,
    /// 項, from 1.
    pub paragraph: Option<u32>,
    /// 号 and what lies below it, from 1.
    pub items: Vec<u32>,
    /// What stood behind the anchor where it is not a list of numbers.
    pub malformed: Option<String>,
}

/// A document, or a place in one, as a register names it: `S-04#first-minutes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// As written.
    pub written: String,
    /// The document; `None` where what is written is no document id.
    pub document: Option<DocumentId>,
    /// The place in it.
    pub fragment: Option<Fragment>,
    /// Where it is written.
    pub place: Place,
}

/// What a reference points at, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A relative link to a file of the repository, percent-decoded.
    Path {
        /// The path as written.
        path: String,
        /// What stands behind `#`.
        fragment: Option<String>,
    },
    /// `[[P-02#classify/2/1]]`, or `[[#id]]` where `id` is `None`.
    Document {
        /// Document id as written.
        id: Option<String>,
        /// Heading, 項, 号.
        fragment: Option<Fragment>,
    },
    /// `[[A.5.12]]`: the number behind `A.`.
    AnnexA(String),
    /// `[[clause:7.5.3]]`.
    Clause(String),
    /// `[[role:ciso]]`.
    Role(String),
    /// `[[term:残留リスク]]`.
    Term(String),
    /// `[[record:assets]]`.
    Record(String),
    /// An address with a scheme that is safe to follow.
    External(String),
    /// An address with any other scheme; rendered as text.
    Unsafe(String),
    /// A short form that fits none of the above.
    Malformed(String),
}

/// How a reference was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[text](target)`, `<target>` or a reference-style link.
    Link,
    /// `![text](target)`.
    Image,
    /// `[[target]]` or `[[target|text]]`.
    Short,
}

/// One reference of a document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// How it was written.
    pub form: Form,
    /// The whole construct.
    pub span: Span,
    /// The target as written, with its place in the text (of a definition, where it is defined elsewhere).
    pub raw: Spanned<String>,
    /// What it points at.
    pub target: Target,
    /// Whether its text was written by the author (otherwise it is generated).
    pub has_text: bool,
}
