//! Parts → the text of a document, with references in place of citations.

use super::citations::{At, Citable, cite};
use super::finding::Findings;
use super::structure::{Content, Item, Kind, Part};
use super::tables;
use super::words::Words;

/// The body of a document.
pub(super) fn body(parts: &[Part], citable: &Citable<'_>, findings: &mut Findings) -> String {
    let mut writer = Writer { out: String::new(), citable, findings, at: At::default() };
    for (index, part) in parts.iter().enumerate() {
        writer.at =
            At { article: citable.own.articles.iter().position(|article| article.part == index), ..At::default() };
        writer.part(part);
    }
    writer.out.trim_start().to_owned()
}

struct Writer<'a, 't> {
    out: String,
    citable: &'a Citable<'t>,
    findings: &'a mut Findings,
    at: At,
}

impl Writer<'_, '_> {
    fn part(&mut self, part: &Part) {
        let title = part.title.as_str().split_whitespace().collect::<Vec<_>>().join("　");
        let title = if part.title.as_str().is_ascii() { part.title.as_str().trim().to_owned() } else { title };
        let heading = match part.kind {
            Kind::Opening => None,
            Kind::Chapter(number) => Some(("##", if number.branch > 0 { " .branch" } else { "" })),
            Kind::Section(number) => Some(("##", if number.branch > 0 { " .section .branch" } else { " .section" })),
            Kind::Article { deleted: true, number, .. } => {
                Some(("###", if number.branch > 0 { " .branch .deleted" } else { " .deleted" }))
            }
            Kind::Article { number, .. } => Some(("###", if number.branch > 0 { " .branch" } else { "" })),
            Kind::Supplement => Some(("##", " .supplement")),
            Kind::Appendix => Some(("##", " .plain")),
            Kind::Plain(level) => Some((&"######"[..usize::from(level)], if level <= 3 { " .plain" } else { "" })),
        };
        if let Some((marks, classes)) = heading {
            let blank = if title.is_empty() { "" } else { " " };
            self.out.push_str(&format!("\n{marks} {title}{blank}{{#{}{classes}}}\n", part.id));
        }
        let mut paragraph = 0;
        for content in &part.contents {
            self.out.push('\n');
            match content {
                Content::Paragraph { typed, words } => {
                    paragraph = typed.unwrap_or(paragraph + 1);
                    self.at.paragraph = part.kind.holds_paragraphs().then_some(paragraph);
                    self.at.item = None;
                    let text = self.words(words);
                    self.out.push_str(&lines(&text, ""));
                }
                Content::Items(items) => {
                    self.at.paragraph = part.kind.holds_paragraphs().then_some(paragraph.max(1));
                    paragraph = paragraph.max(1);
                    self.items(items, "");
                    self.at.item = None;
                }
                Content::Bullets(entries) => self.bullets(entries),
                Content::Table(table) => {
                    let (citable, findings, at) = (self.citable, &mut *self.findings, &self.at);
                    self.out.push_str(&tables::write(table, |words| cite(words, at, citable, findings)));
                }
                Content::Verbatim(words) => {
                    self.out.push_str(words.as_str());
                    self.out.push('\n');
                }
            }
        }
    }

    fn words(&mut self, words: &Words) -> String {
        cite(words, &self.at, self.citable, self.findings)
    }

    fn items(&mut self, items: &[Item], indent: &str) {
        for (index, item) in items.iter().enumerate() {
            let mark = format!("{}. ", index + 1);
            let inner = format!("{indent}{}", " ".repeat(mark.len()));
            if indent.is_empty() {
                self.at.item = Some(item.typed);
            }
            let text = self.words(&item.words);
            self.out.push_str(&format!("{indent}{mark}{}", lines(&text, &inner).trim_start()));
            for more in &item.more {
                let entry = more.as_str().starts_with("- ");
                let text = self.words(more);
                let text = if entry { text + "\n" } else { lines(&text, &inner).trim_start().to_owned() };
                self.out.push_str(&format!("{}{inner}{text}", if entry { "" } else { "\n" }));
            }
            if !item.items.is_empty() {
                self.items(&item.items, &inner);
            }
        }
    }

    fn bullets(&mut self, entries: &[(usize, Words)]) {
        let mut indents: Vec<usize> = Vec::new();
        for (indent, words) in entries {
            while indents.last().is_some_and(|last| last > indent) {
                indents.pop();
            }
            if indents.last().is_none_or(|last| indent >= &(last + 2)) {
                indents.push(*indent);
            }
            let before = "  ".repeat(indents.len() - 1);
            let inner = format!("{before}  ");
            let text = self.words(words);
            self.out.push_str(&format!("{before}- {}", lines(&text, &inner).trim_start()));
        }
    }
}

/// A text whose forced line breaks stay and whose lines begin nothing in Markdown, ended by a line break.
fn lines(text: &str, indent: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(plain_start).collect();
    format!("{indent}{}\n", lines.join(&format!("\\\n{indent}")))
}

/// A line that Markdown reads as text, whatever it begins with.
fn plain_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    if (1..10).contains(&digits) && rest.starts_with(['.', ')']) {
        return format!("{}\\{rest}", &line[..digits]);
    }
    let begins = line.starts_with(['#', '>', '=', '|', '+', ':']) || line.starts_with("- ") || line.starts_with("* ");
    let fence = line.starts_with("```") || line.starts_with("~~~") || line.starts_with("---");
    if begins || fence { format!("\\{line}") } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_text_stays_one() {
        for (line, written) in [
            ("1. 文", "1\\. 文"),
            ("# 文", "\\# 文"),
            ("2026年", "2026年"),
            ("- 文", "\\- 文"),
            ("**太字**の文", "**太字**の文"),
        ] {
            assert_eq!(plain_start(line), written);
        }
        assert_eq!(lines("一\n二\n", "   "), "   一\\\n   二\n");
    }
}
