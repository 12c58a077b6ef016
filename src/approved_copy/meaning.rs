//! What the targets of a text mean, and how a copy writes them: documents by their ids, other files by their content.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::digest::CopyDigest;
use super::refusal::{Refusal, RefusalKind};
use crate::locale::Text;
use crate::model::content::{Inline, Kind};
use crate::model::document::Document;
use crate::model::id::DocumentId;
use crate::model::reference::{Form, Fragment, Reference, Target};
use crate::parse::reference::{BY_ID, parse_fragment};
use crate::paths;
use crate::picture::{self, DrawingFault};

/// What the paths in a text mean: the working tree's files, or those of the commit that holds the text. Paths count from
/// the root of the repository.
pub trait PathMeaning {
    /// The id of the document at a path.
    fn document_at(&self, path: &str) -> Option<DocumentId>;
    /// Any other file at a path.
    fn file_at(&self, path: &str) -> FileAt;
}

/// A file that a text shows or links to, as it is or is not at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAt {
    /// There is none.
    Missing,
    /// It cannot be read.
    Unreadable(Text),
    /// A drawing that cannot be read as one.
    NoDrawing(DrawingFault),
    /// There it is.
    Found(Attachment),
}

/// A file beside a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// `files/<sha256>.<ending>`, relative to the copy; without `.` where the source has no ending.
    pub name: String,
    /// Where it lies in the source.
    pub path: String,
}

impl Attachment {
    /// What a file is called beside a copy. Its bytes there are those of [`picture::reduced`]: of a drawing what draws.
    pub fn of(path: &str, bytes: &[u8]) -> FileAt {
        let bytes = match picture::reduced(path, bytes) {
            Ok(bytes) => bytes,
            Err(fault) => return FileAt::NoDrawing(fault),
        };
        let ending = picture::ending(path);
        let plain = !ending.is_empty() && ending.len() <= 16 && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        let dot = if plain { "." } else { "" };
        let ending = if plain { ending.as_str() } else { "" };
        let name = format!("{FOLDER}{}{dot}{ending}", CopyDigest::of(&bytes).hex());
        FileAt::Found(Self { name, path: path.to_owned() })
    }

    /// The digest that a copy's name of a file states; `None` for what is no such name.
    pub fn named_digest(name: &str) -> Option<CopyDigest> {
        let rest = name.strip_prefix(FOLDER)?;
        let (hex, ending) = rest.split_once('.').map_or((rest, None), |(hex, ending)| (hex, Some(ending)));
        let plain = ending.is_none_or(|ending| {
            (1..=16).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        CopyDigest::parse(&format!("sha256:{hex}")).filter(|_| plain)
    }
}

const FOLDER: &str = "files/";

/// Whose paths a text holds.
#[derive(Clone, Copy)]
pub enum Meaning<'m> {
    /// Those of a repository.
    OfPaths(&'m dyn PathMeaning),
    /// Those of a copy: names of files beside it, and nothing else.
    OfCopy,
}

/// What a target is, whatever it was written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// A document, or a place in one; the own document where there is no id.
    Document(Option<String>, Option<Fragment>),
    /// A file beside the copy and what stands behind `#`.
    File(String, Option<String>),
    /// Anything else, which a copy writes as it stands: its kind and its text.
    Named(&'static str, String),
}

/// The targets of a document's references, in their order.
pub struct Targets(Vec<Meant>);

impl Targets {
    /// What every reference means, and the files meant. A target that means nothing is refused.
    pub fn of(
        document: &Document,
        meaning: Meaning<'_>,
        refusals: &mut Vec<Refusal>,
    ) -> (Self, BTreeMap<String, Attachment>) {
        let mut attachments = BTreeMap::new();
        let nodes = document.content.nodes().iter();
        let pictures: BTreeSet<u32> = nodes
            .filter_map(|node| match node.kind {
                Kind::Inline(Inline::Image(index)) => Some(index),
                Kind::Inline(_) | Kind::Block(_) => None,
            })
            .collect();
        let targets = document.references.iter().zip(0..).map(|(reference, index)| {
            let is_file = matches!(reference.target, Target::Path { .. } | Target::External(_) | Target::Unsafe(_));
            // No short form goes over two lines.
            let is_torn = reference.form == Form::Short && reference.raw.value.contains('\n');
            let found = if pictures.contains(&index) && !is_file || is_torn {
                Err(RefusalKind::TargetMalformed(reference.raw.value.clone()))
            } else {
                meant(document, reference, meaning, &mut attachments)
            };
            found.unwrap_or_else(|kind| {
                refusals.push(Refusal { span: reference.raw.span, kind });
                Meant::Named("refused", String::new())
            })
        });
        let targets = Self(targets.collect());
        (targets, attachments)
    }

    /// What a reference means.
    pub fn get(&self, index: usize) -> Option<&Meant> {
        self.0.get(index)
    }
}

fn meant(
    document: &Document,
    reference: &Reference,
    meaning: Meaning<'_>,
    attachments: &mut BTreeMap<String, Attachment>,
) -> Result<Meant, RefusalKind> {
    let written = || reference.raw.value.clone();
    let malformed = || RefusalKind::TargetMalformed(written());
    let named = |kind, name: &str| Ok(Meant::Named(kind, name.to_owned()));
    match &reference.target {
        Target::Path { path, fragment } => match meaning {
            Meaning::OfCopy => {
                Attachment::named_digest(path).ok_or_else(malformed)?;
                Ok(Meant::File(path.clone(), fragment.clone()))
            }
            Meaning::OfPaths(meaning) => path_meant(document, reference, meaning, path, fragment, attachments),
        },
        Target::Document { id, fragment } => {
            // An id of any document: letters of either case name the same one.
            let is_id = |id: &str| DocumentId::parse(&id.to_ascii_uppercase()).is_some();
            if id.as_deref().is_some_and(|id| !is_id(id)) {
                return Err(malformed());
            }
            if fragment.as_ref().is_some_and(|f| f.malformed.is_some() || f.anchor.is_empty()) {
                return Err(malformed());
            }
            Ok(Meant::Document(id.clone(), fragment.clone()))
        }
        Target::AnnexA(name) => named("annex", name),
        Target::Clause(name) => named("clause", name),
        Target::Role(name) => named("role", name),
        Target::Term(name) => named("term", name),
        Target::Record(name) => named("record", name),
        Target::External(address) => named("outside", address),
        Target::Unsafe(_) => Err(RefusalKind::TargetUnsafe(written())),
        Target::Malformed(_) => Err(malformed()),
    }
}

fn path_meant(
    document: &Document,
    reference: &Reference,
    meaning: &dyn PathMeaning,
    path: &str,
    fragment: &Option<String>,
    attachments: &mut BTreeMap<String, Attachment>,
) -> Result<Meant, RefusalKind> {
    let missing = || RefusalKind::TargetMissing(reference.raw.value.clone());
    let path = paths::resolve(&document.path, path).ok_or_else(missing)?;
    if let Some(id) = meaning.document_at(&path).filter(|_| reference.form != Form::Image) {
        // A path leads to headings alone; 項 and 号 are cited by short forms.
        if fragment.as_ref().is_some_and(|fragment| fragment.is_empty() || fragment.contains('/')) {
            return Err(RefusalKind::TargetMalformed(reference.raw.value.clone()));
        }
        let fragment = fragment.as_deref().map(parse_fragment);
        return Ok(Meant::Document(Some(id.as_str().to_ascii_uppercase()), fragment));
    }
    match meaning.file_at(&path) {
        FileAt::Missing => Err(missing()),
        FileAt::Unreadable(reason) => Err(RefusalKind::FileUnreadable { path, reason }),
        FileAt::NoDrawing(fault) => Err(RefusalKind::Drawing { path, fault }),
        FileAt::Found(file) => {
            let name = file.name.clone();
            attachments.entry(name.clone()).or_insert(file);
            Ok(Meant::File(name, fragment.clone()))
        }
    }
}

impl Meant {
    /// The target as a copy writes it in the place of a path; `None` where it stays as it was written.
    pub fn written(&self) -> Option<String> {
        let (mut out, fragment) = match self {
            Self::Document(Some(id), fragment) => {
                (format!("{BY_ID}{id}"), fragment.as_ref().map(|fragment| fragment.anchor.as_str()))
            }
            Self::File(name, fragment) => (name.clone(), fragment.as_deref()),
            Self::Document(None, _) | Self::Named(..) => return None,
        };
        if let Some(fragment) = fragment {
            out.push('#');
            push_encoded(&mut out, fragment);
        }
        Some(out)
    }
}

/// Letters and digits of any script, `-._~=` as they are, everything else as percent-encoded UTF-8.
fn push_encoded(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_alphanumeric() || "-._~=".contains(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing into a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}
