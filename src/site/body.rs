//! The Markdown body of a document → HTML of its page.
//!
//! Numbers come from the outline; this module only places them. Whatever the text holds, what leaves here is text
//! and the few elements below: raw HTML and unsafe addresses are shown as they were typed.

mod heading;
mod inline;
mod note;

use std::collections::BTreeSet;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::Site;
use super::anchors::{Marks, levels};
use crate::handbook::version::PublishedVersion;
use crate::markup::html::{escape, escaped};
use crate::model::outline::Heading;
use crate::numbering::citation;
use crate::parse::markdown::events;
use inline::Inline;
use note::Notes;

/// The anchor of the section whose list is the checklist of an internal audit.
const CHECK: &str = "check";

/// Renders one body.
pub(super) struct Body<'s, 'e, 'h> {
    site: &'s Site<'e, 'h>,
    entry: &'s PublishedVersion<'h>,
    /// Whole file.
    text: &'h str,
    base: usize,
    marks: Marks,
    levels: Vec<u8>,
    /// Index of the heading that the current text belongs to.
    heading: Option<usize>,
    open: Vec<Block>,
    /// A mark that waits for the block that prints it.
    pending: Option<String>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    notes: Notes,
    inline: Inline,
    /// Terms that were explained since the last heading.
    explained: BTreeSet<&'h str>,
    out: String,
}

/// A block that is open and how it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Paragraph,
    Heading(u8),
    List(&'static str),
    Item,
    Container(&'static str),
    Nothing,
}

impl<'s, 'e, 'h> Body<'s, 'e, 'h> {
    pub(super) fn new(site: &'s Site<'e, 'h>, entry: &'s PublishedVersion<'h>) -> Self {
        let document = entry.document;
        let text = site.edition.handbook.sources.file(document.file).text();
        Self {
            site,
            entry,
            text,
            base: document.body.start,
            marks: Marks::new(&document.outline, site.options.language),
            levels: levels(&document.outline),
            heading: None,
            open: Vec::new(),
            pending: None,
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            notes: Notes::default(),
            inline: Inline::default(),
            explained: BTreeSet::new(),
            out: String::with_capacity(text.len() * 2),
        }
    }

    /// The HTML.
    pub(super) fn render(mut self) -> String {
        for (event, range) in events(self.text.get(self.base..self.entry.document.body.end).unwrap_or("")) {
            let start = range.start + self.base;
            let end = range.end + self.base;
            match event {
                Event::Start(tag) if !self.start_inline(&tag, start) => self.start(tag, start, end),
                Event::End(tag) if !self.end_inline(&tag, start..end) => self.end(tag),
                Event::Start(_) | Event::End(_) => {}
                Event::Rule => self.out.push_str("<hr>\n"),
                Event::Html(html) => escape(&mut self.out, &html),
                event => {
                    self.print_mark();
                    self.inline_event(event);
                }
            }
        }
        self.print_notes();
        self.out
    }

    fn heading(&self) -> Option<&'h Heading> {
        self.entry.document.outline.headings.get(self.heading?)
    }

    fn start(&mut self, tag: Tag<'_>, start: usize, end: usize) {
        if !matches!(tag, Tag::Paragraph) {
            self.print_mark();
        }
        self.inline.forget_line();
        let block = match tag {
            Tag::Paragraph => self.start_paragraph(start),
            Tag::Heading { .. } => self.start_heading(start),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => {
                self.out.push_str("<pre class=\"typed\">");
                Block::Container("</pre>\n")
            }
            Tag::List(first) => self.start_list(first, start, end),
            Tag::Item => self.start_item(start),
            Tag::FootnoteDefinition(label) => {
                self.start_note(&label);
                Block::Nothing
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead><tr>");
                Block::Container("</tr></thead>\n<tbody>\n")
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
                Block::Container("</tr>\n")
            }
            Tag::TableCell => self.start_cell(),
            _ => Block::Nothing,
        };
        self.open.push(block);
    }

    fn end(&mut self, tag: TagEnd) {
        self.print_mark();
        self.inline.forget_line();
        match tag {
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::TableHead => self.in_head = false,
            _ => {}
        }
        match self.open.pop() {
            Some(Block::Paragraph) => self.out.push_str("</p>\n"),
            Some(Block::Heading(level)) => self.end_heading(level),
            Some(Block::List(close) | Block::Container(close)) => self.out.push_str(close),
            Some(Block::Item) => self.out.push_str("</li>\n"),
            Some(Block::Nothing) | None => {}
        }
    }

    fn start_paragraph(&mut self, start: usize) -> Block {
        match self.marks.paragraphs.get(&start).filter(|_| self.open.is_empty()) {
            Some(mark) => {
                self.out.push_str("<p class=\"paragraph\" id=\"");
                escape(&mut self.out, &mark.id);
                self.out.push_str("\">");
                if !mark.text.is_empty() {
                    push_mark(&mut self.out, &mark.text);
                }
            }
            None => self.out.push_str("<p>"),
        }
        self.print_mark();
        Block::Paragraph
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) -> Block {
        let (class, key, sign) = match kind {
            None => {
                self.out.push_str("<blockquote>\n");
                return Block::Container("</blockquote>\n");
            }
            Some(BlockQuoteKind::Important) => ("required", "site-alert-required", "○"),
            Some(BlockQuoteKind::Caution) => ("forbidden", "site-alert-forbidden", "×"),
            Some(BlockQuoteKind::Warning) => ("warning", "site-alert-warning", "!"),
            Some(BlockQuoteKind::Tip) => ("tip", "site-alert-tip", "✓"),
            Some(BlockQuoteKind::Note) => ("reference", "site-alert-reference", "i"),
        };
        let word = escaped(&self.site.catalogue.get(key));
        self.out.push_str(&format!(
            "<div class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>{word}</p>\n"
        ));
        Block::Container("</div>\n")
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) -> Block {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        let label = escaped(&self.site.catalogue.get("site-code"));
        self.out.push_str(&format!("<pre tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><code"));
        if !language.is_empty() {
            self.out.push_str(&format!(" data-language=\"{}\"", escaped(language)));
        }
        self.out.push('>');
        self.inline.in_code = true;
        Block::Container("</code></pre>\n")
    }

    fn start_list(&mut self, first: Option<u64>, start: usize, end: usize) -> Block {
        let Some(first) = first else {
            let check = self.open.is_empty() && self.heading().is_some_and(|heading| heading.anchor == CHECK);
            self.out.push_str(if check { "<ul class=\"check\">\n" } else { "<ul>\n" });
            return Block::List("</ul>\n");
        };
        if !self.marks.numbers_list(start..end) {
            self.out.push_str(&if first == 1 { "<ol>\n".to_owned() } else { format!("<ol start=\"{first}\">\n") });
            return Block::List("</ol>\n");
        }
        // The numbers are text, so that they are copied and cited as they stand.
        self.out.push_str("<ul class=\"items\" role=\"list\"");
        if let Some(mark) = self.marks.paragraphs.get(&start).filter(|_| self.open.is_empty()) {
            self.out.push_str(" id=\"");
            escape(&mut self.out, &mark.id);
            self.out.push('"');
        }
        self.out.push_str(">\n");
        Block::List("</ul>\n")
    }

    fn start_item(&mut self, start: usize) -> Block {
        match self.marks.items.get(&start) {
            Some(mark) => {
                self.out.push_str("<li id=\"");
                escape(&mut self.out, &mark.id);
                self.out.push_str("\">");
                self.pending = Some(mark.text.clone());
            }
            None => self.out.push_str("<li>"),
        }
        Block::Item
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) -> Block {
        let language = self.site.options.language;
        let label = match self.heading() {
            Some(heading) => {
                let place = citation(heading, None, &[], language);
                self.site.catalogue.with_args("site-table-in", [("place", place)])
            }
            None => self.site.catalogue.get("site-table"),
        };
        self.alignments = alignments;
        // A table that is wider than the screen scrolls by itself; the keyboard reaches it.
        self.out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        escape(&mut self.out, &label);
        self.out.push_str("\">\n<table>\n");
        Block::Container("</tbody>\n</table>\n</div>\n")
    }

    fn start_cell(&mut self) -> Block {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.column += 1;
        if self.in_head {
            self.out.push_str(&format!("<th scope=\"col\"{class}>"));
            Block::Container("</th>")
        } else {
            self.out.push_str(&format!("<td{class}>"));
            Block::Container("</td>")
        }
    }

    fn print_mark(&mut self) {
        if let Some(mark) = self.pending.take() {
            push_mark(&mut self.out, &mark);
        }
    }
}

fn push_mark(out: &mut String, mark: &str) {
    out.push_str("<span class=\"mark\">");
    escape(out, mark);
    // The space stands inside, where it takes no width of its own.
    out.push_str(" </span>");
}
