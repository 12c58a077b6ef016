//! The front matter of a document: TOML between two lines `+++`.

use super::config::{NUMBERING_NAMES, numbering};
use super::problem::{Expected, Problem, ProblemKind};
use super::toml_table::{Context, TableReader, read_toml};
use crate::model::document::{FrontMatter, Implementation, SOA_REASONS, SoaEntry, StartLevel, Tier};
use crate::model::id::DocumentId;
use crate::model::in_effect::InEffect;
use crate::source::{FileId, Place, Span, Spanned};

/// Where the front matter and the body of a file lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Between the `+++` lines; `None` where there is no (closed) front matter.
    pub front: Option<Span>,
    /// The Markdown text.
    pub body: Span,
    /// A first `+++` without a second.
    pub unclosed: bool,
}

/// Splits a text. A byte order mark before the first `+++` is passed over.
pub fn split(text: &str) -> Split {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let is_fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text[bom..].split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if !is_fence(first) {
        return Split { front: None, body: Span::new(bom, text.len()), unclosed: false };
    }
    let start = bom + first.len();
    let mut at = start;
    for line in lines {
        if is_fence(line) {
            return Split {
                front: Some(Span::new(start, at)),
                body: Span::new(at + line.len(), text.len()),
                unclosed: false,
            };
        }
        at += line.len();
    }
    Split { front: None, body: Span::new(start, text.len()), unclosed: true }
}

/// The id that a file's first bytes state, in whole lines: for history, which asks this of every text there ever was.
/// Agrees with [`front_matter`]: a plain `id = "…"` line is read as it stands, anything less plain is parsed.
pub fn id_in(bytes: &[u8]) -> Option<String> {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
    };
    let text = valid.trim_start_matches('\u{feff}');
    let (fence, rest) = text.split_once('\n')?;
    if fence.trim_end() != "+++" {
        return None;
    }
    for line in rest.lines() {
        let plain = line.strip_prefix("id").and_then(|rest| rest.trim_start().strip_prefix('='));
        if let Some((id, after)) =
            plain.and_then(|value| value.trim().strip_prefix('"')).and_then(|v| v.split_once('"'))
        {
            if after.is_empty() && !id.contains('\\') {
                return DocumentId::parse(id).map(|id| id.as_str().to_owned());
            }
            break;
        }
        // A table, a text over several lines or the end: the quick reading ends here.
        if line.starts_with('[') || line.contains("\"\"\"") || line.contains("'''") || line.trim_end() == "+++" {
            break;
        }
    }
    let parts = split(valid);
    let span = parts.front?;
    let (table, _) = toml::de::DeTable::parse_recoverable(&valid[span.start..span.end]);
    let id = DocumentId::parse(table.get_ref().get("id")?.get_ref().as_str()?)?;
    Some(id.as_str().to_owned())
}

/// Reads the front matter of a split text.
pub fn front_matter(file: FileId, text: &str, split: Split) -> (FrontMatter, Vec<Problem>) {
    read_front(file, text, split, read)
}

/// Reads the front matter of an approved copy: that of its document and, under `[in_effect]`, what else was in effect;
/// `None` where that is missing or not whole.
pub fn copied_front_matter(file: FileId, text: &str, split: Split) -> ((FrontMatter, Option<InEffect>), Vec<Problem>) {
    read_front(file, text, split, |top| {
        let front = read(top);
        top.require(IN_EFFECT);
        let in_effect = top.table(IN_EFFECT, in_effect).flatten();
        (front, in_effect)
    })
}

fn read_front<T: Default>(
    file: FileId,
    text: &str,
    split: Split,
    read: impl FnOnce(&mut TableReader<'_, '_>) -> T,
) -> (T, Vec<Problem>) {
    let Some(span) = split.front else {
        let kind = if split.unclosed { ProblemKind::UnclosedFrontMatter } else { ProblemKind::NoFrontMatter };
        let first_line = text.lines().next().map_or(0, str::len);
        let place = Place { file, span: Span::new(0, first_line) };
        return (T::default(), vec![Problem { kind, place }]);
    };
    let context = Context::new(file, span.start);
    let front = read_toml(&context, &text[span.start..span.end], read);
    (front, context.into_problems())
}

/// The table of an approved copy that says what tier and configuration gave.
const IN_EFFECT: &str = "in_effect";

fn in_effect(table: &mut TableReader<'_, '_>) -> Option<InEffect> {
    let form = table.required::<std::num::NonZeroUsize>("form");
    if let Some(form) = form.filter(|form| form.value.get() != 1) {
        let written = Spanned::new(form.value.to_string(), form.span);
        table.invalid("form", &written, Expected::OneOf(vec!["1".to_owned()]));
    }
    let names: Vec<&str> = Tier::ALL.iter().map(|tier| tier.name()).collect();
    table.require("tier");
    let tier = table.choice("tier", &names, Tier::from_name);
    Some(InEffect {
        tier: tier?.value,
        classification: table.string("classification").map(|label| label.value),
        approver: table.strings("approver").into_iter().map(|role| role.value).collect(),
        minor_approver: table.strings("minor_approver").into_iter().map(|role| role.value).collect(),
        review_every: table.interval("review_every").map(|interval| interval.value),
        numbering: table.choice("numbering", &NUMBERING_NAMES, numbering).map(|n| n.value).unwrap_or_default(),
    })
}

fn read(top: &mut TableReader<'_, '_>) -> FrontMatter {
    let id = top.required::<String>("id").and_then(|text| {
        let id = DocumentId::parse(&text.value);
        if id.is_none() {
            top.invalid("id", &text, Expected::DocumentId);
        }
        id.map(|id| Spanned::new(id, text.span))
    });
    FrontMatter {
        id,
        number: top.string("number"),
        title: top.required("title"),
        version: top.required("version"),
        owner: top.required("owner"),
        approver: top.string("approver"),
        classification: top.string("classification"),
        review_every: top.interval("review_every"),
        established: top.date("established"),
        audience: top.strings("audience"),
        summary: top.string("summary"),
        implements: top.strings("implements"),
        annex_a: top.strings("annex_a"),
        clauses: top.strings("clauses"),
        soa: top.tables("soa", soa_entry),
        numbering: top.choice("numbering", &NUMBERING_NAMES, numbering),
        level: top.choice("level", &StartLevel::NAMES, StartLevel::from_name),
    }
}

fn soa_entry(entry: &mut TableReader<'_, '_>) -> Option<SoaEntry> {
    let control = entry.required("control");
    let applicable = entry.required("applicable");
    let implementation = entry.choice("implementation", &Implementation::NAMES, Implementation::from_name);
    let mut reasons = entry.strings("reasons");
    reasons.retain(|reason| {
        let known = SOA_REASONS.contains(&reason.value.as_str());
        if !known {
            entry.invalid("reasons", reason, Expected::OneOf(SOA_REASONS.iter().map(|s| (*s).to_owned()).collect()));
        }
        known
    });
    let justification = entry.string("justification");
    Some(SoaEntry {
        control: control?,
        applicable: applicable?,
        implementation,
        reasons,
        justification,
        span: entry.span(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_the_fences() {
        let text = "\u{feff}+++\r\nid = \"P-01\"\r\n+++\r\n本文\r\n";
        let split = split(text);
        let front = split.front.unwrap();
        assert_eq!(&text[front.start..front.end], "id = \"P-01\"\r\n");
        assert_eq!(&text[split.body.start..], "本文\r\n");
    }

    #[test]
    fn the_quick_reading_of_an_id_agrees_with_the_full_one() {
        let cases = [
            "+++\nid = \"P-01\"\n+++\n",
            "\u{feff}+++\r\nid=\"P-01\"\r\n+++\r\n",
            "+++\n  id = 'P-01'\n+++\n",
            "+++\ntitle = \"x\"\nid = \"P-01\" # c\n+++\n",
            "+++\ntitle = \"\"\"\nid = \"P-02\"\n\"\"\"\nid = \"P-01\"\n+++\n",
            "+++\n[soa]\nid = \"P-02\"\n+++\n",
            "+++\nid = \"bad\"\n+++\n",
            "+++\nid = \"P-01\"\n",
            "id = \"P-01\"\n",
            "",
        ];
        let file = crate::source::SourceDb::default().add("x", String::new());
        for text in cases {
            let full = front_matter(file, text, split(text)).0.id.map(|id| id.value.as_str().to_owned());
            if split(text).unclosed {
                continue;
            }
            assert_eq!(id_in(text.as_bytes()), full, "{text:?}");
        }
    }

    #[test]
    fn an_unclosed_or_absent_front_matter_is_told_apart() {
        assert!(split("+++\nid = 1\n").unclosed);
        assert!(!split("本文").unclosed);
        assert!(split("").front.is_none());
    }
}
