//! What all kinds of ledger entry have in common. A kind is declared once, key by key, with [`entry_kind!`]: from that
//! follow its type, how it is read with the place of each key, how it is written, and the same entry as far as it is
//! known, as a command line or a row of a table gives it.

use std::ops::Deref;

use super::Ledger;
use crate::approved_copy::CopyDigest;
use crate::model::id::{DocumentId, Version};
use crate::parse::problem::Expected;
use crate::parse::toml_table::{KeyPlaces, KeyReader, TableReader, TableWriter, TomlValue};
use crate::source::Span;

/// A kind of ledger entry.
pub trait EntryKind: Sized + Clone + PartialEq {
    /// Its array of tables in a ledger file.
    const TABLE: &'static str;
    /// The keys that it may hold, in the order in which they are written.
    const KEYS: &'static [&'static str];

    /// Reads an entry. Every fault is reported; an entry that lacks what it must have is left out.
    fn read(table: &mut TableReader<'_, '_>) -> Option<Self>;

    /// Writes the keys that say something.
    fn write(&self, table: &mut TableWriter);

    /// The entries of this kind in a ledger.
    fn of(ledger: &Ledger) -> &[LedgerEntry<Self>];

    /// The entry as TOML, as it is appended to a ledger.
    fn to_toml(&self) -> String {
        let mut table = TableWriter::array_entry(Self::TABLE);
        self.write(&mut table);
        table.into_text()
    }

    /// Whether a ledger holds this very entry: a run that died after writing it is then simply repeated.
    fn is_in(&self, ledger: &Ledger) -> bool {
        Self::of(ledger).iter().any(|entry| entry.value == *self)
    }
}

/// An entry that a ledger holds: what it says, and where each key says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry<T> {
    /// What it says.
    pub value: T,
    /// The whole entry.
    pub span: Span,
    keys: KeyPlaces,
}

impl<T: EntryKind> LedgerEntry<T> {
    pub(super) fn read(table: &mut TableReader<'_, '_>) -> Option<Self> {
        let value = T::read(table)?;
        Some(Self { value, span: table.span(), keys: table.places().clone() })
    }

    /// Where the value of a key stands; the whole entry where it does not have the key.
    pub fn span_of(&self, key: &str) -> Span {
        debug_assert!(T::KEYS.contains(&key), "[[{}]] has no key {key}", T::TABLE);
        self.keys.get(key).unwrap_or(self.span)
    }

    /// The values of a key, each with its place: one, or the items of a list.
    pub fn placed<'a, V: 'a>(
        &self,
        key: &'static str,
        values: impl IntoIterator<Item = &'a V>,
    ) -> impl Iterator<Item = (&'a V, Span)> {
        debug_assert!(T::KEYS.contains(&key), "[[{}]] has no key {key}", T::TABLE);
        values.into_iter().zip(self.keys.items(key))
    }
}

impl<T> LedgerEntry<T> {
    /// Something else that is said in the place of this entry.
    pub fn with<U>(&self, value: U) -> LedgerEntry<U> {
        LedgerEntry { value, span: self.span, keys: self.keys.clone() }
    }
}

impl<T> Deref for LedgerEntry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The value of a key that may be absent: one or none, or several.
pub trait KeyValue: Sized + Default {
    /// Reads it; what is absent or faulty is the default.
    fn read(table: &mut TableReader<'_, '_>, key: &'static str) -> Self;

    /// Writes the key, unless it would say nothing.
    fn write(&self, table: &mut TableWriter, key: &'static str);

    /// The value without a text that says nothing.
    #[must_use]
    fn without_blank(self) -> Self {
        self
    }
}

impl<T: TomlValue> KeyValue for Option<T> {
    fn read(table: &mut TableReader<'_, '_>, key: &'static str) -> Self {
        table.optional(key).map(|value| value.value)
    }

    fn write(&self, table: &mut TableWriter, key: &'static str) {
        if let Some(value) = self.as_ref().filter(|value| !value.is_blank()) {
            table.value(key, value);
        }
    }

    fn without_blank(self) -> Self {
        self.filter(|value| !value.is_blank())
    }
}

impl KeyValue for Vec<String> {
    fn read(table: &mut TableReader<'_, '_>, key: &'static str) -> Self {
        table.strings(key).into_iter().map(|value| value.value).collect()
    }

    fn write(&self, table: &mut TableWriter, key: &'static str) {
        if !self.is_empty() {
            table.list(key, self);
        }
    }
}

impl TomlValue for CopyDigest {
    fn read(value: &KeyReader<'_>) -> Option<Self> {
        let text = value.string()?;
        let digest = Self::parse(text);
        if digest.is_none() {
            value.invalid(if text.trim().is_empty() { Expected::NotEmpty } else { Expected::Digest });
        }
        digest
    }

    fn to_toml(&self) -> String {
        self.to_string().to_toml()
    }
}

/// Documents and their versions in force that were read when something was decided, as their ids are written.
#[derive(Debug, Clone, Default)]
pub struct BasedOn(pub Vec<(String, Version)>);

impl BasedOn {
    /// Ids and versions, as they are written.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Version)> {
        self.0.iter().map(|(id, version)| (id.as_str(), *version))
    }

    /// The ids alone.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(id, _)| id)
    }

    fn sorted(&self) -> Vec<(DocumentId, Version)> {
        let mut found: Vec<(DocumentId, Version)> =
            self.iter().filter_map(|(id, version)| Some((DocumentId::parse(id)?, version))).collect();
        found.sort();
        found
    }
}

/// Neither the order nor the case of ids counts.
impl PartialEq for BasedOn {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl Eq for BasedOn {}

impl FromIterator<(DocumentId, Version)> for BasedOn {
    fn from_iter<I: IntoIterator<Item = (DocumentId, Version)>>(versions: I) -> Self {
        Self(versions.into_iter().map(|(id, version)| (id.as_str().to_owned(), version)).collect())
    }
}

impl KeyValue for BasedOn {
    fn read(table: &mut TableReader<'_, '_>, key: &'static str) -> Self {
        Self(table.map::<Version>(key).into_iter().map(|(id, version)| (id.value, version.value)).collect())
    }

    fn write(&self, table: &mut TableWriter, key: &'static str) {
        if !self.0.is_empty() {
            table.inline_table(key, self.0.iter().map(|(id, version)| (id.as_str(), version)));
        }
    }
}

/// The name of a key in the file: that of its field, unless another is stated.
macro_rules! key_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

/// Declares a kind of entry. Keys stand in the order in which they are written; `required` ones have to be there, the
/// others are a [`KeyValue`]. Each says by `arg` how a command asks for it, and `arg(skip)` that none does.
macro_rules! entry_kind {
    (
        $(#[doc = $doc:literal])+
        $Entry:ident, as far as it is known $Partial:ident, $table:literal in $list:ident
        $(
            required { $( $(#[doc = $rdoc:literal])+ #[arg($($rarg:tt)*)] $required:ident: $Required:ty, )* }
            optional { $( $(#[doc = $odoc:literal])+ #[arg($($oarg:tt)*)] $optional:ident $(= $key:literal)?: $Optional:ty, )* }
        )+
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $Entry {
            $(
                $( $(#[doc = $rdoc])+ pub $required: $Required, )*
                $( $(#[doc = $odoc])+ pub $optional: $Optional, )*
            )+
        }

        #[doc = concat!("A [`", stringify!($Entry), "`] as far as it is known.")]
        #[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
        pub struct $Partial {
            $(
                $( $(#[doc = $rdoc])+ #[arg($($rarg)*)] pub $required: Option<$Required>, )*
                $( $(#[doc = $odoc])+ #[arg($($oarg)*)] pub $optional: $Optional, )*
            )+
        }

        impl $Partial {
            /// The entry, where nothing is missing that it must say.
            pub fn complete(self) -> Option<$Entry> {
                Some($Entry { $( $( $required: self.$required?, )* $( $optional: self.$optional, )* )+ })
            }

            /// The same without texts that say nothing, such as an empty argument.
            #[must_use]
            pub fn without_blanks(self) -> Self {
                use crate::ledger::entry::KeyValue;
                Self {
                    $(
                        $( $required: self.$required.without_blank(), )*
                        $( $optional: self.$optional.without_blank(), )*
                    )+
                }
            }
        }

        impl crate::ledger::entry::EntryKind for $Entry {
            const TABLE: &'static str = $table;
            const KEYS: &'static [&'static str] = &[
                $(
                    $( stringify!($required), )*
                    $( $crate::ledger::entry::key_name!($optional $($key)?), )*
                )+
            ];

            fn read(table: &mut crate::parse::toml_table::TableReader<'_, '_>) -> Option<Self> {
                use crate::ledger::entry::{KeyValue, key_name};
                let partial = $Partial {
                    $(
                        $( $required: table.required(stringify!($required)).map(|value| value.value), )*
                        $( $optional: KeyValue::read(table, key_name!($optional $($key)?)), )*
                    )+
                };
                partial.complete()
            }

            fn write(&self, table: &mut crate::parse::toml_table::TableWriter) {
                use crate::ledger::entry::{KeyValue, key_name};
                $(
                    $( table.value(stringify!($required), &self.$required); )*
                    $( self.$optional.write(table, key_name!($optional $($key)?)); )*
                )+
            }

            fn of(ledger: &crate::ledger::Ledger) -> &[crate::ledger::LedgerEntry<Self>] {
                &ledger.$list
            }
        }
    };
}

pub(crate) use {entry_kind, key_name};
