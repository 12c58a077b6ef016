//! One Markdown file → one [`Document`] and the problems of its form.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::front_matter::{front_matter, split};
use super::markdown::events;
use super::outline::OutlineBuilder;
use super::problem::Problem;
use super::prose::ProseCollector;
use super::reference::ReferenceCollector;
use crate::model::document::{Document, Numbering, Tier};
use crate::source::{FileId, Span};

/// Reads a document. `numbering` is its tier's default.
pub fn document(file: FileId, path: &str, text: &str, tier: Tier, numbering: Numbering) -> (Document, Vec<Problem>) {
    let parts = split(text);
    let (front, problems) = front_matter(file, text, parts);
    let numbering = front.numbering.as_ref().map_or(numbering, |own| own.value);
    let base = parts.body.start;
    let mut outline = OutlineBuilder::new(text, numbering);
    let mut references = ReferenceCollector::new(text, base);
    let mut emphasis = LiteralEmphasis::new(text);
    let mut prose = ProseCollector::default();
    let mut raw_html = Vec::new();
    let mut stream = events(&text[base..parts.body.end]);
    while let Some((event, range)) = stream.next() {
        let span = Span::from(range).shift(base);
        outline.event(&event, span);
        references.event(&event, span, stream.reference_definitions());
        emphasis.event(&event, span);
        prose.event(&event, span);
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            raw_html.push(span);
        }
    }
    let document = Document {
        file,
        path: path.to_owned(),
        tier,
        front,
        front_span: parts.front.unwrap_or_default(),
        body: parts.body,
        outline: outline.finish(),
        references: references.finish(),
        literal_emphasis: emphasis.found,
        raw_html: merge_adjacent(raw_html),
        prose: prose.finish(),
    };
    (document, problems)
}

fn merge_adjacent(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => merged.push(span),
        }
    }
    merged
}

/// Finds `**…**` that CommonMark leaves as asterisks, as it does beside full-width punctuation.
struct LiteralEmphasis<'t> {
    text: &'t str,
    /// Asterisks that were rendered as such; an escaped one has its backslash before it.
    stars: Vec<usize>,
    in_code: bool,
    found: Vec<Span>,
}

impl<'t> LiteralEmphasis<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, stars: Vec::new(), in_code: false, found: Vec::new() }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(_) if !self.in_code => {
                let text = self.text.get(span.start..span.end).unwrap_or("");
                self.stars.extend(text.match_indices('*').map(|(at, _)| span.start + at));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => self.close(),
            _ => {}
        }
    }

    /// Pairs the marks of one block. Marks between spaces are no emphasis anybody meant.
    fn close(&mut self) {
        let stars = std::mem::take(&mut self.stars);
        let mut marks = Vec::new();
        let mut at = 0;
        while let (Some(first), Some(second)) = (stars.get(at), stars.get(at + 1)) {
            let pair = second - first == 1;
            if pair {
                marks.push(*first);
            }
            at += if pair { 2 } else { 1 };
        }
        let mut rest = marks.as_slice();
        while let [open, close, tail @ ..] = rest {
            let inner = self.text.get(open + 2..*close).unwrap_or("");
            let meant = !inner.is_empty() && inner.trim() == inner && !inner.contains("\n\n");
            if meant {
                self.found.push(Span::new(*open, close + 2));
                rest = tail;
            } else {
                rest = &rest[1..];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outline::{HeadingKind, Number};
    use crate::model::reference::Target;
    use crate::source::SourceDb;

    fn parse(text: &str) -> Document {
        let mut db = SourceDb::default();
        let file = db.add("policies/x.md", text.to_owned());
        document(file, "policies/x.md", text, Tier::Policy, Numbering::Articles).0
    }

    const ARTICLES: &str = "\
+++
id = \"P-01\"
+++

前文。

## 総則 {#general}

### 目的 {#purpose}

目的を定める。

第二の項。

1. 一
2. 二
   1. ア
   2. イ

> [!IMPORTANT]
> 数えない。

第三の項。

### 追加 {#added .branch}

枝の条。

## 細則 {#detail .section}

### 旧条 {#old .deleted}

### 次 {#next}

![図](a.png)

本文。

## 附則 {#supplement .supplement}

### 施行期日 {#effective}

2026年4月1日から施行する。
";

    #[test]
    fn articles_paragraphs_and_items_are_numbered() {
        let document = parse(ARTICLES);
        let number = |anchor| document.outline.heading(anchor).unwrap().number;
        let plain = |main| Some(Number { main, branch: 0 });
        assert_eq!(number("general"), plain(1));
        assert_eq!(number("purpose"), plain(1));
        assert_eq!(number("added"), Some(Number { main: 1, branch: 2 }));
        assert_eq!(number("old"), plain(2));
        assert_eq!(number("next"), plain(3));
        assert_eq!(number("effective"), plain(1));
        assert!(document.outline.heading("effective").unwrap().in_supplement);
        assert!(document.outline.heading("old").unwrap().deleted);
        assert_eq!(document.outline.heading("detail").unwrap().kind, HeadingKind::Section);
        let purpose = document.outline.heading("purpose").unwrap();
        assert_eq!(purpose.paragraphs.len(), 3);
        assert!(purpose.item(2, &[2, 1]).is_some());
        assert!(purpose.item(2, &[3]).is_none());
        assert!(purpose.item(3, &[1]).is_none());
        assert_eq!(document.outline.heading("next").unwrap().paragraphs.len(), 1, "a picture alone is no 項");
    }

    #[test]
    fn a_heading_ends_where_the_next_of_its_rank_starts() {
        let document = parse(ARTICLES);
        let heading = |anchor: &str| document.outline.heading(anchor).unwrap();
        assert_eq!(heading("purpose").end, heading("added").span.start);
        assert_eq!(heading("general").end, heading("supplement").span.start);
        assert_eq!(heading("effective").end, ARTICLES.len());
    }

    #[test]
    fn targets_have_their_places() {
        let text =
            "[a](b.md#c \"t\") ![p](<q r.png>) [[P-02#x|見出し]] [d][e] <https://example.com>\n\n[e]: ../f.md#g\n";
        let document = parse(text);
        let raw: Vec<&str> = document.references.iter().map(|r| r.raw.value.as_str()).collect();
        assert_eq!(raw, ["b.md#c", "q r.png", "P-02#x", "../f.md#g", "https://example.com"]);
        for reference in &document.references {
            assert_eq!(&text[reference.raw.span.start..reference.raw.span.end], reference.raw.value);
        }
        assert!(matches!(&document.references[3].target, Target::Path { path, .. } if path == "../f.md"));
    }

    #[test]
    fn emphasis_beside_full_width_punctuation_is_found() {
        let text = "これは**「重要」**です。**注意：**次。**よい** 。2 ** 3 ** 4\n";
        let document = parse(text);
        let found: Vec<&str> = document.literal_emphasis.iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(found, ["**「重要」**", "**注意：**"]);
    }

    #[test]
    fn code_holds_neither_references_nor_emphasis() {
        let document = parse("`[[P-01]] **「x」**です`\n\n```\n[[P-02]] **「y」**です\n```\n");
        assert!(document.references.is_empty() && document.literal_emphasis.is_empty());
    }
}
