//! The normative text of a document and its digest: what an approval is bound to.
//!
//! `docs/normative-text.md` specifies form 1 for other implementations, and `tests/normative-text.json` holds
//! test vectors. A form that was once published stays verifiable: a new form gets a new number and function.

pub mod record;

use std::fmt;

use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::model::document::Document;
use crate::model::id::DocumentId;
use crate::model::reference::Target;
use crate::paths;
use crate::source::{Span, Spanned};

/// A SHA-256 digest of normative text in form 1, written `kitei1-sha256:` and 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

const PREFIX: &str = "kitei1-sha256:";

impl Digest {
    /// Accepts the written form.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix(PREFIX)?;
        if hex.len() != 64 || !hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The digest of a normative text.
    pub fn of(normative: &str) -> Self {
        Self(Sha256::digest(normative.as_bytes()).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", hex(&self.0))
    }
}

/// Lower-case hexadecimal digits of bytes.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// SHA-256 of a file's bytes, as hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// What the paths in a text mean: the working tree's files, or those of the commit that holds the text.
pub trait LinkMeaning {
    /// The id of the document at a path.
    fn document_at(&self, path: &str) -> Option<DocumentId>;
    /// SHA-256 (hexadecimal) of any other file at a path.
    fn file_hash(&self, path: &str) -> Option<String>;
}

/// Digest of a document's normative text, form 1. `text` is the whole file.
pub fn digest(document: &Document, text: &str, meaning: &dyn LinkMeaning) -> Digest {
    Digest::of(&normative_text(document, text, meaning))
}

/// The normative text in form 1: a line for the form, a line `key: JSON value` for each stated key, an empty
/// line, and the body with link targets by meaning. `text` is the whole file.
pub fn normative_text(document: &Document, text: &str, meaning: &dyn LinkMeaning) -> String {
    let front = &document.front;
    let mut out = String::with_capacity(text.len() + 64);
    out.push_str("kitei normative text, form 1\n");
    line(&mut out, "id", front.id.as_ref().map(|id| id.as_str()));
    line(&mut out, "number", string(&front.number));
    line(&mut out, "title", string(&front.title));
    line(&mut out, "version", front.version.as_ref().map(|v| v.to_string()).as_deref());
    line(&mut out, "classification", string(&front.classification));
    list(&mut out, "audience", &front.audience);
    line(&mut out, "summary", string(&front.summary));
    list(&mut out, "annex_a", &front.annex_a);
    list(&mut out, "clauses", &front.clauses);
    list(&mut out, "implements", &front.implements);
    line(&mut out, "review_every", front.review_every.as_ref().map(|i| i.to_string()).as_deref());
    let mut decisions: Vec<_> = front.soa.iter().collect();
    decisions.sort_by(|a, b| a.control.value.cmp(&b.control.value));
    for decision in decisions {
        line(&mut out, "soa", Some(&decision.control.value));
        out.push_str(if decision.applicable.value { "applicable: true\n" } else { "applicable: false\n" });
        list(&mut out, "reasons", &decision.reasons);
        line(&mut out, "justification", string(&decision.justification));
    }
    out.push('\n');
    push_body(&mut out, &with_meant_targets(document, text, meaning));
    out
}

fn string(value: &Option<Spanned<String>>) -> Option<&str> {
    value.as_ref().map(|text| text.value.as_str())
}

fn json(text: &str) -> String {
    let clean: String = text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    serde_json::Value::String(clean).to_string()
}

fn line(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        out.push_str(key);
        out.push_str(": ");
        out.push_str(&json(value));
        out.push('\n');
    }
}

/// Lists say which, not in what order: sorted by code point, each value once.
fn list(out: &mut String, key: &str, values: &[Spanned<String>]) {
    if values.is_empty() {
        return;
    }
    let mut sorted: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
    sorted.sort_unstable();
    sorted.dedup();
    out.push_str(key);
    out.push_str(": [");
    out.push_str(&sorted.into_iter().map(json).collect::<Vec<_>>().join(","));
    out.push_str("]\n");
}

/// The body with every local target replaced by `ID`, `ID#anchor` or `sha256:…`; a target that means nothing
/// stays as written.
fn with_meant_targets(document: &Document, text: &str, meaning: &dyn LinkMeaning) -> String {
    let mut edits: Vec<(Span, String)> = Vec::new();
    for reference in &document.references {
        let Target::Path { path, fragment } = &reference.target else { continue };
        let Some(path) = paths::resolve(&document.path, path) else { continue };
        let meant = match meaning.document_at(&path).map(|id| id.as_str().to_ascii_uppercase()) {
            Some(id) => match fragment {
                Some(fragment) => format!("{id}#{fragment}"),
                None => id,
            },
            None => match meaning.file_hash(&path) {
                Some(hash) => format!("sha256:{hash}"),
                None => continue,
            },
        };
        edits.push((reference.raw.span, meant));
    }
    edits.sort();
    // Several links may share one definition.
    edits.dedup_by_key(|(span, _)| *span);
    let mut out = String::with_capacity(document.body.end - document.body.start);
    let mut at = document.body.start;
    for (span, meant) in edits {
        if span.start < at {
            continue;
        }
        out.push_str(&text[at..span.start]);
        out.push_str(&meant);
        at = span.end;
    }
    out.push_str(&text[at..document.body.end]);
    out
}

/// Appends a body in NFC with LF line ends, no trailing blanks, no blank lines at either end.
fn push_body(out: &mut String, body: &str) {
    let unified = if body.contains('\r') { body.replace("\r\n", "\n").replace('\r', "\n") } else { body.to_owned() };
    let normal: String = if unified.is_ascii() { unified } else { unified.nfc().collect() };
    let mut blank = 0;
    let mut begun = false;
    for text in normal.split('\n') {
        let text = text.trim_end();
        if text.is_empty() {
            blank += 1;
            continue;
        }
        if begun {
            out.extend(std::iter::repeat_n('\n', blank));
        }
        (blank, begun) = (0, true);
        out.push_str(text);
        out.push('\n');
    }
}
