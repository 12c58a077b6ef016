//! What can be wrong with a file's form, before any rule judges its content.

use crate::source::Place;

/// One fault of form and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where.
    pub place: Place,
}

/// Types of values in TOML, as named in messages (catalogue keys `type-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// `"text"`.
    String,
    /// `1`.
    Integer,
    /// `1.0`.
    Float,
    /// `true`.
    Boolean,
    /// `2026-04-01`.
    Date,
    /// Date with time.
    DateTime,
    /// `[…]`.
    Array,
    /// `{…}` or `[table]`.
    Table,
    /// `["text", …]`.
    Strings,
    /// `[[table]]`.
    Tables,
}

impl ValueType {
    /// Catalogue key of the type's name.
    pub fn key(self) -> &'static str {
        match self {
            Self::String => "type-string",
            Self::Integer => "type-integer",
            Self::Float => "type-float",
            Self::Boolean => "type-boolean",
            Self::Date => "type-date",
            Self::DateTime => "type-datetime",
            Self::Array => "type-array",
            Self::Table => "type-table",
            Self::Strings => "type-strings",
            Self::Tables => "type-tables",
        }
    }
}

/// What a value should have looked like (catalogue keys `expected-…`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A document id.
    DocumentId,
    /// `"1 year"` and the like.
    Interval,
    /// One of a list of words.
    OneOf(Vec<String>),
    /// A path inside the root.
    InnerPath,
    /// An IANA time zone.
    TimeZone,
    /// A digest of an approved copy.
    Digest,
    /// A web address or a mail address.
    ReportAddress,
    /// A web address with a place for a path.
    SourceAddress,
    /// Anything but nothing.
    NotEmpty,
    /// The name of an edition.
    EditionName,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file could not be read; the operating system's reason.
    Unreadable(String),
    /// A symbolic link, which is never followed.
    SymbolicLink,
    /// A pipe, a socket or a device, which is never opened.
    Special,
    /// Anything but a folder where a folder is configured.
    NotAFolder,
    /// Larger than what is read.
    TooLarge {
        /// Size in bytes.
        bytes: u64,
        /// Largest size read, in bytes.
        limit: u64,
    },
    /// Not valid UTF-8; how many bytes were valid.
    NotUtf8(usize),
    /// Not valid TOML; the parser's words.
    Toml(String),
    /// No `+++` in the first line.
    NoFrontMatter,
    /// The first `+++` is never closed.
    UnclosedFrontMatter,
    /// A required key is absent.
    MissingKey {
        /// The key.
        key: &'static str,
        /// The table, e.g. `[[approval]]`; empty for the file's top level.
        table: String,
    },
    /// A key that means nothing here.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The table.
        table: String,
        /// A known key that looks much like it.
        suggestion: Option<&'static str>,
    },
    /// A value of the wrong type.
    WrongType {
        /// The key.
        key: String,
        /// The type that is read.
        expected: ValueType,
        /// The type that stands there.
        found: ValueType,
    },
    /// A value of the right type that is not allowed.
    InvalidValue {
        /// The key.
        key: String,
        /// The value as written.
        found: String,
        /// What is allowed.
        expected: Expected,
    },
    /// A document outside every tier's folder.
    Misplaced {
        /// Its id.
        id: String,
    },
    /// `version` is not `MAJOR.MINOR`.
    InvalidVersion(String),
}
