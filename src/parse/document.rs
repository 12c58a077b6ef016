//! One Markdown file → one [`Document`] and the problems of its form.

use super::content::{self, Body};
use super::emphasis::literal_emphasis;
use super::front_matter::{Split, copied_front_matter, front_matter, split};
use super::problem::Problem;
use super::prose::prose;
use crate::model::content::{Block, Content, Inline, Kind};
use crate::model::document::{Document, FrontMatter, Numbering, Tier};
use crate::model::in_effect::InEffect;
use crate::source::{FileId, Span};

/// Reads a document. `numbering` is its tier's default.
pub fn document(file: FileId, path: &str, text: &str, tier: Tier, numbering: Numbering) -> (Document, Vec<Problem>) {
    let parts = split(text);
    let (front, problems) = front_matter(file, text, parts);
    let numbering = front.numbering.as_ref().map_or(numbering, |own| own.value);
    (with_body(file, path, text, parts, front, tier, numbering), problems)
}

/// Reads an approved copy: the document, and what was in effect when it was approved, its own settings included. `None`
/// where the copy does not say under which tier it was approved; how it numbers is then unknown.
pub fn copied(file: FileId, path: &str, text: &str) -> (Option<(Document, InEffect)>, Vec<Problem>) {
    let parts = split(text);
    let ((front, in_effect), problems) = copied_front_matter(file, text, parts);
    let document = in_effect.map(|in_effect| {
        let in_effect = in_effect.with_stated(&front);
        (with_body(file, path, text, parts, front, in_effect.tier, in_effect.numbering), in_effect)
    });
    (document, problems)
}

fn with_body(
    file: FileId,
    path: &str,
    text: &str,
    parts: Split,
    front: FrontMatter,
    tier: Tier,
    numbering: Numbering,
) -> Document {
    let Body { content, outline, references } = content::read(text, parts.body, numbering);
    Document {
        file,
        path: path.to_owned(),
        tier,
        front,
        front_span: parts.front.unwrap_or_default(),
        body: parts.body,
        outline,
        references,
        literal_emphasis: literal_emphasis(&content, text),
        raw_html: raw_html(&content),
        prose: prose(&content),
        content,
    }
}

/// Raw HTML of a tree; neighbours are one.
fn raw_html(content: &Content) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    let mut block = Span::default();
    for node in content.nodes() {
        match node.kind {
            Kind::Block(Block::Typed) => block = node.span,
            Kind::Inline(Inline::Text(_)) if block.contains(node.span.start) => add(&mut merged, node.span),
            Kind::Inline(Inline::Typed(_)) => add(&mut merged, node.span),
            Kind::Block(_) | Kind::Inline(_) => {}
        }
    }
    merged
}

fn add(merged: &mut Vec<Span>, span: Span) {
    match merged.last_mut() {
        Some(last) if last.end == span.start => last.end = span.end,
        _ => merged.push(span),
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
    fn the_bar_of_a_short_form_is_escaped_in_a_table() {
        let text = "| a | b |\n|---|---|\n| [[P-01#purpose\\|別名]] | b |\n";
        let document = parse(text);
        let [reference] = document.references.as_slice() else { panic!("{:?}", document.references) };
        assert_eq!(reference.raw.value, "P-01#purpose");
        assert_eq!(reference.target, crate::parse::reference::short_target("P-01#purpose"));
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
