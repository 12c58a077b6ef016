//! Links, images and short forms in a body, with the place of each target.

use pulldown_cmark::{LinkType, RefDefs};

use crate::model::reference::{Form, Fragment, Reference, Target};
use crate::source::{Span, Spanned};

/// A link or picture as the parser reports it.
pub struct LinkTag<'e> {
    /// How it was written.
    pub link_type: LinkType,
    /// Where it leads, with escapes resolved.
    pub destination: &'e str,
    /// The label of its definition, where it has one elsewhere.
    pub label: &'e str,
    /// Whether it is a picture.
    pub image: bool,
}

/// Collects references, which are stated in text order.
#[derive(Debug)]
pub struct ReferenceCollector<'t> {
    text: &'t str,
    /// Where the body starts in `text`.
    base: usize,
    found: Vec<Reference>,
}

impl<'t> ReferenceCollector<'t> {
    /// For a whole file's text whose body starts at `base`.
    pub fn new(text: &'t str, base: usize) -> Self {
        Self { text, base, found: Vec::new() }
    }

    /// A reference: its index. `definitions` are the body's link definitions.
    pub fn open(&mut self, tag: &LinkTag<'_>, span: Span, definitions: &RefDefs<'_>) -> u32 {
        let (form, raw, has_text) = match tag.link_type {
            LinkType::WikiLink { has_pothole } => {
                let start = span.start + if tag.image { 3 } else { 2 };
                let inner = self.text.get(start..span.end.saturating_sub(2)).unwrap_or("");
                let inside = inner.find('|').map_or(inner, |bar| short_without_escape(&inner[..bar]));
                (Form::Short, Span::new(start, start + inside.len()), has_pothole)
            }
            LinkType::Autolink | LinkType::Email => {
                (Form::Link, Span::new(span.start + 1, span.end.saturating_sub(1)), true)
            }
            // The place of its destination is known where its words end.
            LinkType::Inline => (Form::Link, Span::new(span.start, span.start), true),
            LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown
            | LinkType::Shortcut
            | LinkType::ShortcutUnknown => {
                let definition = definitions.get(tag.label).map(|definition| {
                    let span = Span::from(definition.span.clone()).shift(self.base);
                    self.definition_destination(span).unwrap_or(span)
                });
                (Form::Link, definition.unwrap_or(span), true)
            }
        };
        let form = if tag.image && form == Form::Link { Form::Image } else { form };
        let target = match (form, tag.link_type) {
            (Form::Short, LinkType::WikiLink { has_pothole: true }) => {
                short_target(short_without_escape(tag.destination))
            }
            (Form::Short, _) => short_target(tag.destination),
            (_, LinkType::Email) => Target::External(format!("mailto:{}", tag.destination)),
            _ => link_target(tag.destination),
        };
        let raw = self.raw(raw);
        self.found.push(Reference { form, span, raw, target, has_text });
        u32::try_from(self.found.len() - 1).unwrap_or(u32::MAX)
    }

    /// The end of a reference whose words end at `inner_end`.
    pub fn close(&mut self, index: u32, inner_end: usize) {
        let index = index as usize;
        let Some(reference) = self.found.get(index) else { return };
        let (raw, span) = (reference.raw.span, reference.span);
        if raw == Span::new(span.start, span.start) {
            self.found[index].raw = self.raw(self.destination_in(inner_end, span.end).unwrap_or(span));
        }
    }

    fn raw(&self, span: Span) -> Spanned<String> {
        Spanned::new(self.text.get(span.start..span.end).unwrap_or("").to_owned(), span)
    }

    /// The destination in `](destination "title")`, where the text ended at `from`.
    fn destination_in(&self, from: usize, end: usize) -> Option<Span> {
        let rest = self.text.get(from..end)?;
        let open = rest.find("](")? + 2;
        let start = open + (rest[open..].len() - rest[open..].trim_ascii_start().len());
        Some(destination_span(rest, start)?.shift(from))
    }

    /// The destination in `[label]: destination "title"`.
    fn definition_destination(&self, span: Span) -> Option<Span> {
        let text = self.text.get(span.start..span.end)?;
        let colon = text.find("]:")? + 2;
        let start = colon + (text[colon..].len() - text[colon..].trim_ascii_start().len());
        Some(destination_span(text, start)?.shift(span.start))
    }

    /// All references in text order.
    pub fn finish(self) -> Vec<Reference> {
        self.found
    }
}

/// The extent of a link destination that starts at `start`: up to `>` in brackets, else up to white space or
/// an unbalanced closing parenthesis.
fn destination_span(text: &str, start: usize) -> Option<Span> {
    let rest = text.get(start..)?;
    if let Some(inner) = rest.strip_prefix('<') {
        return Some(Span::new(start + 1, start + 1 + inner.find('>')?));
    }
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(Span::new(start, start + at)),
            ')' => depth -= 1,
            c if c.is_ascii_whitespace() => return Some(Span::new(start, start + at)),
            _ => {}
        }
    }
    Some(Span::new(start, text.len()))
}

/// The target of a short form before its words: in a table the bar between them is escaped, `[[P-02#x\|words]]`.
fn short_without_escape(inside: &str) -> &str {
    inside.strip_suffix('\\').unwrap_or(inside)
}

/// The scheme of a document by its id, `[words](kitei:P-02#classify)`: a short form whose words hold any markup. Approved
/// copies have it in the place of every path that leads to a document.
pub const BY_ID: &str = "kitei:";

/// What stands behind [`BY_ID`].
fn target_by_id(destination: &str, inside: &str) -> Target {
    let (id, fragment) = match inside.split_once('#') {
        Some((id, fragment)) => (id, Some(percent_decode(fragment))),
        None => (inside, None),
    };
    if id.is_empty() || fragment.as_ref().is_some_and(String::is_empty) {
        return Target::Malformed(destination.to_owned());
    }
    Target::Document { id: Some(id.to_owned()), fragment: fragment.as_deref().map(parse_fragment) }
}

/// Schemes that a link of the handbook may have.
const SAFE_SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What a link's destination points at. Anything that a browser might take for a scheme other than the safe
/// ones is [`Target::Unsafe`].
pub fn link_target(destination: &str) -> Target {
    if let Some(inside) = destination.strip_prefix(BY_ID) {
        return target_by_id(destination, inside);
    }
    let visible: String = destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let before = visible.split(['/', '?', '#']).next().unwrap_or("");
    if let Some((scheme, _)) = before.split_once(':') {
        let scheme = scheme.to_ascii_lowercase();
        let safe = SAFE_SCHEMES.contains(&scheme.as_str()) && destination.get(..scheme.len()).is_some();
        return if safe { Target::External(visible) } else { Target::Unsafe(destination.to_owned()) };
    }
    if visible.starts_with("//") || visible.starts_with('\\') {
        return Target::Unsafe(destination.to_owned());
    }
    match destination.split_once('#') {
        Some(("", fragment)) => {
            Target::Document { id: None, fragment: Some(parse_fragment(&percent_decode(fragment))) }
        }
        Some((path, fragment)) => Target::Path { path: percent_decode(path), fragment: Some(percent_decode(fragment)) },
        None => Target::Path { path: percent_decode(destination), fragment: None },
    }
}

/// What the inside of double brackets points at.
pub fn short_target(inside: &str) -> Target {
    let inside = inside.trim();
    if let Some((kind, name)) = inside.split_once(':') {
        let name = name.trim().to_owned();
        return match kind.trim() {
            _ if name.is_empty() => Target::Malformed(inside.to_owned()),
            "clause" => Target::Clause(name),
            "role" => Target::Role(name),
            "term" => Target::Term(name),
            "record" => Target::Record(name),
            _ => Target::Malformed(inside.to_owned()),
        };
    }
    if let Some(number) = inside.strip_prefix("A.").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Target::AnnexA(number.to_owned());
    }
    match inside.split_once('#') {
        Some((id, fragment)) if !fragment.is_empty() => {
            Target::Document { id: (!id.is_empty()).then(|| id.to_owned()), fragment: Some(parse_fragment(fragment)) }
        }
        None if !inside.is_empty() => Target::Document { id: Some(inside.to_owned()), fragment: None },
        _ => Target::Malformed(inside.to_owned()),
    }
}

/// `classify/2/1`: a heading id, then 項, then 号 and below.
pub fn parse_fragment(text: &str) -> Fragment {
    let (anchor, rest) = text.split_once('/').map_or((text, None), |(anchor, rest)| (anchor, Some(rest)));
    let mut fragment = Fragment { anchor: anchor.to_owned(), ..Fragment::default() };
    let Some(rest) = rest else { return fragment };
    let numbers: Option<Vec<u32>> = rest.split('/').map(|part| part.parse().ok().filter(|n| *n > 0)).collect();
    match numbers {
        Some(numbers) => {
            fragment.paragraph = numbers.first().copied();
            fragment.items = numbers.into_iter().skip(1).collect();
        }
        None => fragment.malformed = Some(rest.to_owned()),
    }
    fragment
}

/// Decodes `%E3%81%82`; what is not a valid escape or not UTF-8 stays as written.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match hex {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_hidden_behind_control_characters_are_unsafe() {
        for bad in [
            "javascript:alert(1)",
            "java\tscript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example/x",
        ] {
            assert!(matches!(link_target(bad), Target::Unsafe(_)), "{bad:?}");
        }
        for good in ["https://example.com/a:b", "HTTP://example.com", "mailto:a@example.com", "tel:0300000000"] {
            assert!(matches!(link_target(good), Target::External(_)), "{good:?}");
        }
        assert_eq!(link_target("a.md#x:y"), Target::Path { path: "a.md".into(), fragment: Some("x:y".into()) });
    }

    #[test]
    fn short_forms() {
        assert_eq!(short_target("A.5.12"), Target::AnnexA("5.12".into()));
        assert_eq!(short_target("clause:7.5.3"), Target::Clause("7.5.3".into()));
        assert_eq!(
            short_target("P-02#classify/2/1"),
            Target::Document {
                id: Some("P-02".into()),
                fragment: Some(Fragment {
                    anchor: "classify".into(),
                    paragraph: Some(2),
                    items: vec![1],
                    malformed: None
                })
            }
        );
        assert!(matches!(short_target("#x"), Target::Document { id: None, .. }));
        for bad in ["", "#", "P-02#", "foo:bar", "role:"] {
            assert!(matches!(short_target(bad), Target::Malformed(_)), "{bad:?}");
        }
        assert!(matches!(
            short_target("P-1#a/b"),
            Target::Document { fragment: Some(Fragment { malformed: Some(_), .. }), .. }
        ));
    }

    #[test]
    fn a_document_by_its_id_is_what_the_short_form_is() {
        assert_eq!(link_target("kitei:P-02#classify/2/1"), short_target("P-02#classify/2/1"));
        assert_eq!(link_target("kitei:P-02"), short_target("P-02"));
        assert_eq!(link_target("kitei:P-02#a%20b"), short_target("P-02#a b"));
        for bad in ["kitei:", "kitei:#x", "kitei:P-02#"] {
            assert!(matches!(link_target(bad), Target::Malformed(_)), "{bad}");
        }
        assert!(matches!(link_target("KITEI:P-02"), Target::Unsafe(_)));
    }

    #[test]
    fn percent_escapes_that_are_none_stay() {
        assert_eq!(percent_decode("%E3%81%82%2"), "あ%2");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%FF"), "%FF");
    }
}
