//! A tree without its places, so that trees of different texts can be compared.

use kitei::model::content::{Block, Inline, Kind, Step};
use kitei::model::document::Document;

/// What a tree says, a line for each node. Words that neighbour each other are one, however they were escaped.
pub fn drawn(document: &Document, text: &str) -> Vec<String> {
    let content = &document.content;
    let mut lines: Vec<String> = Vec::new();
    // Whether the last line is words that may go on.
    let mut open = false;
    for step in content.walk() {
        let Step::Enter(node) = step else {
            open = false;
            lines.push(")".to_owned());
            continue;
        };
        if let Kind::Inline(Inline::Text(words)) = node.kind {
            let words = content.words(node, words, text);
            match lines.last_mut() {
                Some(line) if open => line.push_str(words),
                _ => lines.push(format!("Text {words}")),
            }
            open = true;
            continue;
        }
        open = false;
        lines.push(match node.kind {
            Kind::Inline(Inline::Code(words)) => format!("Code {}", content.words(node, words, text)),
            Kind::Inline(Inline::Typed(words)) => format!("Typed {}", content.words(node, words, text)),
            Kind::Inline(Inline::Reference(index) | Inline::Image(index)) => {
                let reference = &document.references[index as usize];
                format!("{:?} {:?} {}", reference.form, reference.target, reference.has_text)
            }
            Kind::Block(Block::Code(info)) => format!("Code {}", content.words(node, info, text)),
            Kind::Block(Block::Table(table)) => format!("Table {:?}", content.alignments(table)),
            Kind::Inline(Inline::Mention(note)) | Kind::Block(Block::Note(note)) => {
                format!("{:?} {:?}", node.kind, content.notes()[note as usize])
            }
            Kind::Block(Block::Section(index)) => {
                let heading = &document.outline.headings[index as usize];
                let implements: Vec<&str> = heading.implements.iter().map(|id| id.value.as_str()).collect();
                format!(
                    "{:?} {:?} {} {:?} deleted {} in supplement {} {} {implements:?}",
                    heading.kind,
                    heading.number,
                    heading.text,
                    heading.id.as_ref().map(|id| &id.value),
                    heading.deleted,
                    heading.in_supplement,
                    heading.paragraphs.len()
                )
            }
            kind => format!("{kind:?}"),
        });
    }
    lines
}
