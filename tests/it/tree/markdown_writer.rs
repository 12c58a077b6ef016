//! A tree → Markdown that reads back as the same tree. For tests: documents are kept as their authors wrote them.

use kitei::model::content::{Alert, Alignment, Block, Inline, Kind, Node};
use kitei::model::document::Document;
use kitei::model::outline::{Heading, HeadingKind};
use kitei::model::reference::{Form, Target};

use super::texts::prefixed;

/// The body of a document as Markdown, behind the front matter that numbers its articles.
pub fn markdown(document: &Document, text: &str) -> String {
    let writer = Writer { document, text };
    let front = "+++\n".to_owned() + &text[document.front_span.start..document.front_span.end] + "+++\n\n";
    let front = if document.front_span.start == document.front_span.end { String::new() } else { front };
    front + &writer.blocks(document.content.nodes(), "\n\n") + "\n"
}

struct Writer<'d> {
    document: &'d Document,
    text: &'d str,
}

/// The nodes directly inside a list of nodes, each with what is inside it.
fn children(nodes: &[Node]) -> Vec<(&Node, &[Node])> {
    let mut found = Vec::new();
    let mut rest = nodes;
    while let Some((node, behind)) = rest.split_first() {
        let (inside, next) = behind.split_at(node.inside());
        found.push((node, inside));
        rest = next;
    }
    found
}

impl Writer<'_> {
    /// Blocks one below the other; words between them are lines of their own.
    fn blocks(&self, nodes: &[Node], between: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut words = String::new();
        // Lists of one kind that follow each other are told from each other by their marks.
        let mut last: Option<(bool, bool)> = None;
        for (node, inside) in children(nodes) {
            match node.kind {
                Kind::Inline(inline) => {
                    words.push_str(&self.inline(inline, node, inside));
                    continue;
                }
                Kind::Block(block) => {
                    parts.extend((!words.is_empty()).then(|| std::mem::take(&mut words)));
                    let other = match block {
                        Block::List(list) => {
                            let ordered = list.start.is_some();
                            let other = last.is_some_and(|(kind, other)| kind == ordered && !other);
                            last = Some((ordered, other));
                            other
                        }
                        _ => {
                            last = None;
                            false
                        }
                    };
                    parts.push(self.block(block, node, inside, other));
                }
            }
        }
        parts.extend((!words.is_empty()).then_some(words));
        let mut written = String::new();
        for (index, part) in parts.iter().enumerate() {
            // Without an empty line what follows a quotation would be its lazy continuation.
            let quoted = index > 0 && parts[index - 1].starts_with('>');
            written.push_str(if index == 0 {
                ""
            } else if quoted {
                "\n\n"
            } else {
                between
            });
            written.push_str(part);
        }
        written
    }

    fn block(&self, block: Block, node: &Node, inside: &[Node], other: bool) -> String {
        match block {
            Block::Section(_) => self.blocks(inside, "\n\n"),
            Block::Heading { level, section } => {
                let marks = "#".repeat(usize::from(level));
                let heading = section.map(|index| &self.document.outline.headings[index as usize]);
                let attributes = heading.map(attributes).unwrap_or_default();
                format!("{marks} {}{attributes}", self.inlines(inside))
            }
            Block::Paragraph(_) => self.inlines(inside),
            Block::Quotation => prefixed(&self.blocks(inside, "\n\n"), "> ", "> "),
            Block::Alert(alert) => {
                let name = match alert {
                    Alert::Note => "NOTE",
                    Alert::Tip => "TIP",
                    Alert::Important => "IMPORTANT",
                    Alert::Warning => "WARNING",
                    Alert::Caution => "CAUTION",
                };
                prefixed(&format!("[!{name}]\n{}", self.blocks(inside, "\n\n")), "> ", "> ")
            }
            Block::Code(info) => {
                let info = self.document.content.words(node, info, self.text);
                format!("~~~~ {info}\n{}~~~~", ended(self.verbatim(inside)))
            }
            Block::Typed => self.verbatim(inside).trim_end_matches('\n').to_owned(),
            Block::List(list) => {
                let mut number = list.start;
                let items = children(inside).into_iter().map(|(_, item)| {
                    let mark = match (&mut number, other) {
                        (Some(number), other) => {
                            let mark = format!("{number}{} ", if other { ")" } else { "." });
                            *number += 1;
                            mark
                        }
                        (None, true) => "* ".to_owned(),
                        (None, false) => "- ".to_owned(),
                    };
                    let between = if list.tight { "\n" } else { "\n\n" };
                    prefixed(&self.blocks(item, between), &mark, &" ".repeat(mark.len()))
                });
                items.collect::<Vec<_>>().join(if list.tight { "\n" } else { "\n\n" })
            }
            Block::Note(note) => {
                let label = &self.document.content.notes()[note as usize].label;
                prefixed(&self.blocks(inside, "\n\n"), &format!("[^{label}]: "), "    ")
            }
            Block::Table(table) => {
                let mut rows = children(inside).into_iter().map(|(_, row)| {
                    let cells = children(row);
                    let cells =
                        cells.iter().map(|(_, cell)| self.inlines(cell).replace('|', "\\|").replace("\\\\|", "\\|"));
                    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
                });
                let head = rows.next().unwrap_or_default();
                let set: String = self
                    .document
                    .content
                    .alignments(table)
                    .iter()
                    .map(|alignment| match alignment {
                        Alignment::Default => "---|",
                        Alignment::Left => ":--|",
                        Alignment::Center => ":-:|",
                        Alignment::Right => "--:|",
                    })
                    .collect();
                let rows: String = rows.map(|row| format!("\n{row}")).collect();
                format!("{head}\n|{set}{rows}")
            }
            Block::Rule => "***".to_owned(),
            Block::Item(_) | Block::Row { .. } | Block::Cell => unreachable!("written by what holds it"),
        }
    }

    fn verbatim(&self, inside: &[Node]) -> String {
        inside
            .iter()
            .map(|node| match node.kind {
                Kind::Inline(Inline::Text(words)) => self.document.content.words(node, words, self.text),
                kind => unreachable!("{kind:?} in text as typed"),
            })
            .collect()
    }

    fn inlines(&self, nodes: &[Node]) -> String {
        let inline = |(node, inside): (&Node, &[Node])| match node.kind {
            Kind::Inline(inline) => self.inline(inline, node, inside),
            Kind::Block(block) => unreachable!("{block:?} in a line"),
        };
        children(nodes).into_iter().map(inline).collect()
    }

    fn inline(&self, inline: Inline, node: &Node, inside: &[Node]) -> String {
        let words = |words| self.document.content.words(node, words, self.text);
        match inline {
            Inline::Text(text) => escaped(words(text)),
            Inline::Code(code) => {
                let code = words(code);
                let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest + 1);
                let pad = if longest > 0 { " " } else { "" };
                format!("{fence}{pad}{code}{pad}{fence}")
            }
            Inline::Typed(html) => words(html).to_owned(),
            Inline::SoftBreak => "\n".to_owned(),
            Inline::HardBreak => "\\\n".to_owned(),
            Inline::Emphasis => format!("*{}*", self.inlines(inside)),
            Inline::Strong => format!("**{}**", self.inlines(inside)),
            Inline::Strikethrough => format!("~~{}~~", self.inlines(inside)),
            Inline::Mention(note) => format!("[^{}]", self.document.content.notes()[note as usize].label),
            Inline::Task { done } => if done { "[x] " } else { "[ ] " }.to_owned(),
            Inline::Reference(index) | Inline::Image(index) => {
                let reference = &self.document.references[index as usize];
                let raw = &reference.raw.value;
                let sign = if matches!(inline, Inline::Image(_)) { "!" } else { "" };
                match (reference.form, &reference.target) {
                    (Form::Short, _) if reference.has_text => format!("{sign}[[{raw}|{}]]", self.inlines(inside)),
                    (Form::Short, _) => format!("{sign}[[{raw}]]"),
                    (_, Target::External(address)) => format!("{sign}[{}](<{address}>)", self.inlines(inside)),
                    _ => format!("{sign}[{}](<{raw}>)", self.inlines(inside)),
                }
            }
        }
    }
}

fn ended(text: String) -> String {
    if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" }
}

/// Words that mean themselves.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn attributes(heading: &Heading) -> String {
    let mut parts: Vec<String> = heading.id.iter().map(|id| format!("#{}", id.value)).collect();
    let branch = heading.number.is_some_and(|number| number.branch > 0);
    let plain = heading.kind == HeadingKind::Plain
        && (heading.level == 2 || heading.level == 3)
        && !(heading.level == 2 && heading.in_supplement);
    for (class, given) in [
        (".section", heading.kind == HeadingKind::Section),
        (".supplement", heading.kind == HeadingKind::Supplement),
        (".plain", plain),
        (".branch", branch),
        (".deleted", heading.deleted),
    ] {
        parts.extend(given.then(|| class.to_owned()));
    }
    let implements: Vec<&str> = heading.implements.iter().map(|id| id.value.as_str()).collect();
    parts.extend((!implements.is_empty()).then(|| format!("implements={}", implements.join(","))));
    if parts.is_empty() { String::new() } else { format!(" {{{}}}", parts.join(" ")) }
}
