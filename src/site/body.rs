//! The tree of a document → HTML of its page.
//!
//! Numbers are the tree's; this module only places them. Whatever the text holds, what leaves here is text
//! and the few elements below: raw HTML and unsafe addresses are shown as they were typed.

mod heading;
mod inline;
mod note;

use std::collections::BTreeSet;

use super::Site;
use super::anchors::{child_id, levels};
use crate::handbook::version::PublishedVersion;
use crate::markup::html::{escape, escaped};
use crate::model::content::{Alert, Alignment, Block, Content, Kind, List, Step, Words};
use crate::model::outline::Heading;
use crate::numbering::{citation, item_mark};
use inline::Inlines;
use note::NoteText;

/// The anchor of the section whose list is the checklist of an internal audit.
const CHECK: &str = "check";

/// Renders one body.
pub(super) struct Body<'s, 'e, 'h> {
    site: &'s Site<'e, 'h>,
    entry: &'s PublishedVersion<'h>,
    /// Whole file.
    text: &'h str,
    content: &'h Content,
    levels: Vec<u8>,
    /// The heading that the current text belongs to.
    heading: Option<&'h Heading>,
    place: Place,
    /// How many blocks are open, sections apart.
    depth: usize,
    in_heading: bool,
    /// A mark that waits for the block that prints it.
    pending: Option<String>,
    alignments: &'h [Alignment],
    column: usize,
    in_head: bool,
    /// Text is shown as typed.
    typed: bool,
    /// Whether what is inside the node that was entered is left out.
    skip: bool,
    notes: Vec<NoteText>,
    /// What was being written when the text of a note began.
    outer: Vec<(String, Inlines)>,
    inlines: Inlines,
    /// Terms that were explained since the last heading.
    explained: BTreeSet<&'h str>,
    out: String,
}

/// The `id`s of the numbered places around; none where another heading has the anchor.
#[derive(Debug, Default)]
struct Place {
    heading: Option<String>,
    paragraph: Option<String>,
    items: Vec<Option<String>>,
}

impl<'s, 'e, 'h> Body<'s, 'e, 'h> {
    pub(super) fn new(site: &'s Site<'e, 'h>, entry: &'s PublishedVersion<'h>) -> Self {
        let document = entry.document;
        let text = entry.text(site.edition.handbook);
        let mut notes = Vec::new();
        notes.resize_with(document.content.notes().len(), NoteText::default);
        Self {
            site,
            entry,
            text,
            content: &document.content,
            levels: levels(&document.outline),
            heading: None,
            place: Place::default(),
            depth: 0,
            in_heading: false,
            pending: None,
            alignments: &[],
            column: 0,
            in_head: false,
            typed: false,
            skip: false,
            notes,
            outer: Vec::new(),
            inlines: Inlines::default(),
            explained: BTreeSet::new(),
            out: String::with_capacity(text.len() * 2),
        }
    }

    /// The HTML.
    pub(super) fn render(mut self) -> String {
        let mut walk = self.content.walk();
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) => {
                    match node.kind {
                        Kind::Block(block) => self.enter(block, self.content.words(node, info(block), self.text)),
                        Kind::Inline(inline) => self.enter_inline(inline, node, walk.inside()),
                    }
                    if std::mem::take(&mut self.skip) {
                        walk.skip_inside();
                    }
                }
                Step::Leave(node) => match node.kind {
                    Kind::Block(block) => self.leave(block),
                    Kind::Inline(inline) => self.leave_inline(inline),
                },
            }
        }
        self.print_notes();
        self.out
    }

    fn enter(&mut self, block: Block, info: &str) {
        if matches!(block, Block::Section(_)) {
            return;
        }
        // A paragraph prints the mark of its item inside itself.
        if !matches!(block, Block::Paragraph(_)) {
            self.print_mark();
        }
        self.inlines.forget_line();
        match block {
            Block::Section(_) => {}
            Block::Heading { section, .. } => self.start_heading(section),
            Block::Paragraph(number) => self.start_paragraph(number),
            Block::Quotation => self.out.push_str("<blockquote>\n"),
            Block::Alert(alert) => self.start_alert(alert),
            Block::Code(_) => self.start_code(info),
            Block::Typed => {
                self.typed = true;
                self.out.push_str("<pre class=\"typed\">");
            }
            Block::List(list) => self.start_list(list),
            Block::Item(number) => self.start_item(number),
            Block::Note(_) => self.start_note(),
            Block::Table(table) => self.start_table(table),
            Block::Row { head } => {
                self.in_head = head;
                self.column = 0;
                self.out.push_str(if head { "<thead><tr>" } else { "<tr>" });
            }
            Block::Cell => self.start_cell(),
            // The only block that holds nothing and so has no end.
            Block::Rule => return self.out.push_str("<hr>\n"),
        }
        self.depth += 1;
    }

    fn leave(&mut self, block: Block) {
        if matches!(block, Block::Section(_)) {
            return;
        }
        self.print_mark();
        self.inlines.forget_line();
        self.depth -= 1;
        let close = match block {
            Block::Section(_) | Block::Rule => "",
            Block::Heading { section: Some(section), .. } => return self.end_heading(section),
            Block::Heading { section: None, .. } => "</strong></p>\n",
            Block::Paragraph(_) => "</p>\n",
            Block::Quotation => "</blockquote>\n",
            Block::Alert(_) => "</div>\n",
            Block::Code(_) => {
                self.typed = false;
                "</code></pre>\n"
            }
            Block::Typed => {
                self.typed = false;
                "</pre>\n"
            }
            Block::List(list) if list.start.is_some() && !list.numbered => "</ol>\n",
            Block::List(_) => "</ul>\n",
            Block::Item(number) => {
                if number.is_some() {
                    self.place.items.pop();
                }
                "</li>\n"
            }
            Block::Note(note) => return self.end_note(note),
            Block::Table(_) => "</tbody>\n</table>\n</div>\n",
            Block::Row { head: true } => {
                self.in_head = false;
                "</tr></thead>\n<tbody>\n"
            }
            Block::Row { head: false } => "</tr>\n",
            Block::Cell if self.in_head => "</th>",
            Block::Cell => "</td>",
        };
        self.out.push_str(close);
    }

    fn start_paragraph(&mut self, number: Option<u32>) {
        match number {
            Some(number) => {
                self.place.paragraph = self.child(self.place.heading.as_deref(), number);
                self.out.push_str("<p class=\"paragraph\"");
                self.print_id(self.place.paragraph.clone());
                self.out.push('>');
                if number > 1 {
                    push_mark(&mut self.out, &number.to_string());
                }
            }
            None => self.out.push_str("<p>"),
        }
        self.print_mark();
    }

    /// The `id` of a numbered place below another.
    fn child(&self, parent: Option<&str>, number: u32) -> Option<String> {
        Some(child_id(&self.entry.document.outline, parent?, number))
    }

    fn print_id(&mut self, id: Option<String>) {
        if let Some(id) = id {
            self.out.push_str(" id=\"");
            escape(&mut self.out, &id);
            self.out.push('"');
        }
    }

    fn start_alert(&mut self, alert: Alert) {
        let (class, key, sign) = match alert {
            Alert::Important => ("required", "site-alert-required", "○"),
            Alert::Caution => ("forbidden", "site-alert-forbidden", "×"),
            Alert::Warning => ("warning", "site-alert-warning", "!"),
            Alert::Tip => ("tip", "site-alert-tip", "✓"),
            Alert::Note => ("reference", "site-alert-reference", "i"),
        };
        let word = escaped(&self.site.catalogue.get(key));
        self.out.push_str(&format!(
            "<div class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>{word}</p>\n"
        ));
    }

    fn start_code(&mut self, info: &str) {
        self.typed = true;
        let label = escaped(&self.site.catalogue.get("site-code"));
        self.out.push_str(&format!("<pre tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><code"));
        if let Some(language) = info.split_whitespace().next() {
            self.out.push_str(&format!(" data-language=\"{}\"", escaped(language)));
        }
        self.out.push('>');
    }

    fn start_list(&mut self, list: List) {
        let Some(first) = list.start else {
            let check = self.depth == 0 && self.heading.is_some_and(|heading| heading.anchor == CHECK);
            self.out.push_str(if check { "<ul class=\"check\">\n" } else { "<ul>\n" });
            return;
        };
        if !list.numbered {
            self.out.push_str(&if first == 1 { "<ol>\n".to_owned() } else { format!("<ol start=\"{first}\">\n") });
            return;
        }
        // The numbers are text, so that they are copied and cited as they stand.
        self.out.push_str("<ul class=\"items\" role=\"list\"");
        if list.opens_paragraph {
            self.place.paragraph = self.child(self.place.heading.as_deref(), 1);
            self.print_id(self.place.paragraph.clone());
        }
        self.out.push_str(">\n");
    }

    fn start_item(&mut self, number: Option<u32>) {
        let Some(number) = number else { return self.out.push_str("<li>") };
        let depth = self.place.items.len();
        let parent = self.place.items.last().unwrap_or(&self.place.paragraph);
        let id = self.child(parent.as_deref(), number);
        self.out.push_str("<li");
        self.print_id(id.clone());
        self.out.push('>');
        self.place.items.push(id);
        self.pending = Some(item_mark(number, depth, self.site.options.language));
    }

    fn start_table(&mut self, table: u32) {
        let language = self.site.options.language;
        let label = match self.heading {
            Some(heading) => {
                let place = citation(heading, None, &[], language);
                self.site.catalogue.with_args("site-table-in", [("place", place)])
            }
            None => self.site.catalogue.get("site-table"),
        };
        self.alignments = self.content.alignments(table);
        // A table that is wider than the screen scrolls by itself; the keyboard reaches it.
        self.out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        escape(&mut self.out, &label);
        self.out.push_str("\">\n<table>\n");
    }

    fn start_cell(&mut self) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Default | Alignment::Left) | None => "",
        };
        self.column += 1;
        self.out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(class);
        self.out.push('>');
    }

    fn print_mark(&mut self) {
        if let Some(mark) = self.pending.take() {
            push_mark(&mut self.out, &mark);
        }
    }
}

/// The words behind the fence of code.
fn info(block: Block) -> Words {
    match block {
        Block::Code(info) => info,
        _ => Words::AsTyped,
    }
}

fn push_mark(out: &mut String, mark: &str) {
    out.push_str("<span class=\"mark\">");
    escape(out, mark);
    // The space is inside, where it takes no width of its own.
    out.push_str(" </span>");
}
