//! A document of the reference handbook as a new organisation starts with it: version 1.0, its own name, the day on
//! which it is begun, and what points at documents that are left out turned into plain text.

use std::collections::{BTreeMap, BTreeSet};

use super::template::words_of;
use super::{Settings, handbook};
use crate::handbook::{Handbook, Link};
use crate::markup::escape;
use crate::model::document::{Document, Implementation};
use crate::model::outline::{Heading, HeadingKind};
use crate::model::reference::Reference;
use crate::source::Span;

/// A reference that became plain text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Plain {
    /// The file that holds it.
    pub path: String,
    /// Id of the document it pointed at.
    pub target: String,
    /// The words that stand there now.
    pub text: String,
}

/// Which of the reference handbook is taken.
pub struct Choice<'h> {
    /// The reference handbook.
    pub handbook: &'h Handbook,
    /// Indexes of the documents taken.
    pub kept: BTreeSet<usize>,
    /// Ids of the registers taken.
    pub records: BTreeSet<String>,
}

impl Choice<'_> {
    /// Whether the document of an id is taken.
    pub fn keeps(&self, id: &str) -> bool {
        self.handbook.index_of(id).is_some_and(|index| self.kept.contains(&index))
    }
}

/// The new text of a document that is taken, and what in it became plain text.
pub fn text(choice: &Choice<'_>, index: usize, settings: &Settings) -> (String, Vec<Plain>) {
    let document = &choice.handbook.documents[index];
    let old = choice.handbook.sources.file(document.file).text();
    let mut edits = Edits::default();
    front_matter(choice, document, old, &mut edits);
    for heading in &document.outline.headings {
        implemented(choice, heading, old, &mut edits);
    }
    supplement(document, old, settings, &mut edits);
    let mut plain = Vec::new();
    for (reference, link) in document.references.iter().zip(&choice.handbook.links[index]) {
        if edits.covers(reference.span) {
            continue;
        }
        if let Some((target, text)) = plain_text(choice, index, reference, link, old) {
            edits.replace(reference.span, text.clone());
            plain.push(Plain { path: document.path.clone(), target, text });
        }
    }
    let body = document.body.start;
    let (front, rest) = edits.apply(old, body);
    let named = |text: &str, name: &str| {
        let text = text.replace(handbook::SITE, "データセンター");
        text.replace(handbook::ORGANISATION, name)
    };
    let name = settings.organisation.as_str();
    (named(&front, &escape::quoted(name)) + &named(&rest, &escape::markdown(name)), plain)
}

fn front_matter(choice: &Choice<'_>, document: &Document, old: &str, edits: &mut Edits) {
    let front = &document.front;
    if let Some(version) = &front.version {
        edits.replace(version.span, "\"1.0\"".to_owned());
    }
    // 制定日 is the other organisation's; the level has done its work.
    for span in front.established.iter().map(|at| at.span).chain(front.level.iter().map(|at| at.span)) {
        edits.replace(line_at(old, span), String::new());
    }
    if let (Some(first), Some(last)) = (front.implements.first(), front.implements.last()) {
        let kept: Vec<String> = front
            .implements
            .iter()
            .filter(|id| choice.keeps(&id.value))
            .map(|id| format!("\"{}\"", id.value))
            .collect();
        let span = Span::new(first.span.start, last.span.end);
        match kept.is_empty() {
            true => edits.replace(line_at(old, span), String::new()),
            false => edits.replace(span, kept.join(", ")),
        }
    }
    for entry in &front.soa {
        // A control that nobody has carried out yet is not carried out, whatever the example company has done.
        if let Some(state) = entry.implementation.as_ref().filter(|state| state.value != Implementation::None) {
            edits.replace(state.span, format!("\"{}\"", Implementation::Planned.name()));
        }
        // Why it is needed may hold elsewhere too; what has been done about it does not.
        if let Some(words) = entry.justification.as_ref().filter(|_| entry.applicable.value)
            && let Some((why, _)) = words.value.split_once('。')
        {
            edits.replace(words.span, format!("\"{}。\"", escape::quoted(why)));
        }
        let start = line_at(old, entry.span).start;
        edits.replace(
            Span::new(start, start),
            "# 手本の会社の判断です。自社のリスクアセスメントの結果に合わせて直します。\n".to_owned(),
        );
    }
}

/// `implements=C-5.12` at a heading, where that document is left out.
fn implemented(choice: &Choice<'_>, heading: &Heading, old: &str, edits: &mut Edits) {
    let documents = heading.implements.iter().filter(|id| !id.value.starts_with("A."));
    if documents.clone().all(|id| choice.keeps(&id.value)) {
        return;
    }
    let Some(line) = old.get(heading.span.start..heading.span.end) else { return };
    let kept: Vec<&str> = heading
        .implements
        .iter()
        .map(|id| id.value.as_str())
        .filter(|id| id.starts_with("A.") || choice.keeps(id))
        .collect();
    let Some((words, attributes)) = line.rsplit_once('{') else { return };
    let Some((attributes, end)) = attributes.split_once('}') else { return };
    let others = attributes.split_whitespace().filter(|part| !part.starts_with("implements="));
    let mut attributes: Vec<String> = others.map(str::to_owned).collect();
    attributes.extend((!kept.is_empty()).then(|| format!("implements={}", kept.join(","))));
    edits.replace(heading.span, format!("{words}{{{}}}{end}", attributes.join(" ")));
}

/// One 附則 that says from when the first version applies; what the others arrange is the example company's past.
fn supplement(document: &Document, old: &str, settings: &Settings, edits: &mut Edits) {
    let mut supplements = document.outline.headings.iter().filter(|heading| heading.kind == HeadingKind::Supplement);
    let Some(first) = supplements.next() else { return };
    let end = supplements.next_back().unwrap_or(first).end;
    let span = Span::new(first.span.start, end);
    let words = old.get(span.start..span.end).unwrap_or("");
    let subject = if words.contains("この方針") { "この方針" } else { "この規程" };
    let day = words_of(settings.today, crate::locale::Language::Ja);
    let text = format!(
        "## 附則 {{#supplement .supplement}}\n\n### 施行期日 {{#effective}}\n\n{subject}は、{day}から施行する。\n"
    );
    edits.replace(span, text);
}

/// What stands in the place of a reference whose target is not taken: its id and its words.
fn plain_text(
    choice: &Choice<'_>,
    index: usize,
    reference: &Reference,
    link: &Link,
    old: &str,
) -> Option<(String, String)> {
    let (target, generated) = match link {
        Link::Document(target, fragment) => {
            let document = &choice.handbook.documents[*target];
            let heading = fragment.as_ref().and_then(|fragment| document.outline.heading(&fragment.anchor));
            let gone = heading.is_some_and(|h| h.in_supplement || h.kind == HeadingKind::Supplement);
            if choice.kept.contains(target) && !gone {
                return None;
            }
            let title = if *target == index { "" } else { document.title() };
            let section = heading.map(|heading| format!("「{}」", heading.text)).unwrap_or_default();
            (document.id().map_or("", |id| id.as_str()).to_owned(), format!("{title}{section}"))
        }
        Link::Record(id) if !choice.records.contains(id) => {
            let record = choice.handbook.records.iter().find(|record| record.id == *id);
            let title = record.and_then(|record| record.title.clone()).unwrap_or_else(|| id.clone());
            (id.clone(), title)
        }
        _ => return None,
    };
    let written = reference.has_text.then(|| own_words(reference, old)).flatten();
    Some((target, written.unwrap_or(generated)))
}

/// The words that an author gave a link: `[words](target)` or `[[target|words]]`.
fn own_words(reference: &Reference, old: &str) -> Option<String> {
    let whole = old.get(reference.span.start..reference.span.end)?;
    if let Some(short) = whole.strip_prefix("[[") {
        return Some(short.strip_suffix("]]")?.split_once('|')?.1.to_owned());
    }
    Some(whole.strip_prefix('[')?.rsplit_once("](")?.0.to_owned())
}

/// The whole line around a span, its end included.
fn line_at(text: &str, span: Span) -> Span {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    Span::new(start, end)
}

/// Changes of a text, by place.
#[derive(Default)]
struct Edits(BTreeMap<Span, String>);

impl Edits {
    fn replace(&mut self, span: Span, text: String) {
        self.0.insert(span, text);
    }

    fn covers(&self, span: Span) -> bool {
        self.0.keys().any(|edit| edit.start <= span.start && span.end <= edit.end)
    }

    /// The new text in two parts, divided at a place of the old one.
    fn apply(&self, old: &str, divide: usize) -> (String, String) {
        let (mut parts, mut at) = ([String::new(), String::new()], 0);
        for (span, text) in self.0.iter().filter(|(span, _)| span.start < divide) {
            parts[0].push_str(&old[at..span.start]);
            parts[0].push_str(text);
            at = span.end;
        }
        parts[0].push_str(&old[at..divide]);
        at = divide;
        for (span, text) in self.0.iter().filter(|(span, _)| span.start >= divide) {
            parts[1].push_str(&old[at..span.start]);
            parts[1].push_str(text);
            at = span.end;
        }
        parts[1].push_str(&old[at..]);
        let [front, rest] = parts;
        (front, rest)
    }
}
