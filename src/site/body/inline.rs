//! Text, emphasis, links and pictures inside a block.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Block, Body};
use crate::markup::html::{escape, escaped};
use crate::parse::markdown::written_without_spaces;
use crate::site::reference::{Shown, term_address};

/// What is open inside a block.
#[derive(Debug, Default)]
pub struct Inline {
    /// Closing tags of open links, pictures and what they hold.
    open: Vec<Open>,
    /// How many open constructs hide the text inside them.
    hidden: usize,
    /// Text for the `alt` of the picture that is open.
    alt: Option<String>,
    /// The last character printed, and whether the source broke the line behind it.
    last: Option<char>,
    broken: bool,
    pub(super) in_code: bool,
    in_deleted: bool,
}

#[derive(Debug)]
enum Open {
    /// Closed by these characters.
    Close(&'static str),
    /// A link whose text the author did not write, or a construct shown as typed: what lies inside is left out.
    Hidden,
    /// A picture at an address.
    Picture(String),
    /// A picture that cannot be shown: its words, inside a link where there is one.
    PictureWords(Option<String>),
}

impl Inline {
    pub(super) fn forget_line(&mut self) {
        self.last = None;
        self.broken = false;
        self.in_code = false;
    }

    /// Leaves out the text of the heading that is open: it says what the article was before it was deleted.
    pub(super) fn skip_heading(&mut self) {
        self.in_deleted = true;
        self.hidden += 1;
    }

    pub(super) fn end_heading(&mut self) {
        if std::mem::take(&mut self.in_deleted) {
            self.hidden -= 1;
        }
    }
}

impl Body<'_, '_, '_> {
    /// Takes an inline tag; `false` where it is none.
    pub(super) fn start_inline(&mut self, tag: &Tag<'_>, start: usize) -> bool {
        let (open, close) = match tag {
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Strikethrough => ("<del>", "</del>"),
            Tag::Link { .. } => {
                self.print_mark();
                self.start_link(start);
                return true;
            }
            Tag::Image { .. } => {
                self.print_mark();
                self.start_picture(start);
                return true;
            }
            _ => return false,
        };
        self.print_mark();
        if self.inline.hidden == 0 && self.inline.alt.is_none() {
            self.join_line(None);
            self.out.push_str(open);
        }
        self.inline.open.push(Open::Close(close));
        true
    }

    /// Takes the end of an inline tag; `false` where it is none.
    pub(super) fn end_inline(&mut self, tag: &TagEnd, range: std::ops::Range<usize>) -> bool {
        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) {
            return false;
        }
        match self.inline.open.pop() {
            Some(Open::Close(close)) if self.inline.hidden == 0 && self.inline.alt.is_none() => {
                self.out.push_str(close)
            }
            Some(Open::Hidden) => {
                self.inline.hidden -= 1;
                // What follows on the same line joins what was printed for the whole construct.
                self.inline.last = self.text.get(range).and_then(|text| text.chars().next_back());
            }
            Some(Open::Picture(address)) => {
                let alt = escaped(&self.inline.alt.take().unwrap_or_default());
                self.out.push_str(&format!("<img src=\"../{}\" alt=\"{alt}\" loading=\"lazy\">", escaped(&address)));
            }
            Some(Open::PictureWords(link)) => {
                let alt = self.inline.alt.take().unwrap_or_default();
                let words = escaped(if alt.is_empty() { link.as_deref().unwrap_or("") } else { &alt });
                match link {
                    Some(link) => {
                        self.out.push_str(&format!("<a class=\"file\" href=\"{}\">{words}</a>", escaped(&link)));
                    }
                    None => self.out.push_str(&words),
                }
            }
            Some(Open::Close(_)) | None => {}
        }
        true
    }

    /// Any other event inside a block.
    pub(super) fn inline_event(&mut self, event: Event<'_>) {
        if let Some(alt) = &mut self.inline.alt {
            match event {
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
            return;
        }
        if self.inline.hidden > 0 {
            return;
        }
        match event {
            Event::Text(text) | Event::InlineHtml(text) => self.print_text(&text),
            Event::Code(code) => {
                self.join_line(code.chars().next());
                self.out.push_str("<code>");
                escape(&mut self.out, &code);
                self.out.push_str("</code>");
                self.inline.last = code.chars().next_back();
            }
            Event::FootnoteReference(label) => {
                self.join_line(None);
                self.print_mention(&label);
            }
            Event::SoftBreak => self.inline.broken = true,
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.inline.last = None;
            }
            Event::TaskListMarker(done) => {
                let key = if done { "site-task-done" } else { "site-task-open" };
                let label = escaped(&self.site.catalogue.get(key));
                let sign = if done { "☑" } else { "☐" };
                self.out.push_str(&format!("<span class=\"task\" role=\"img\" aria-label=\"{label}\">{sign}</span> "));
            }
            _ => {}
        }
    }

    fn print_text(&mut self, text: &str) {
        if self.inline.in_code {
            escape(&mut self.out, text);
            return;
        }
        self.join_line(text.chars().next());
        if self.explains() {
            self.print_with_terms(text);
        } else {
            escape(&mut self.out, text);
        }
        self.inline.last = text.chars().next_back().or(self.inline.last);
    }

    /// Whether terms are explained here: not in headings, nor inside a link.
    fn explains(&self) -> bool {
        let heading = self.open.iter().any(|block| matches!(block, Block::Heading(_)));
        !heading && !self.in_head && !self.inline.open.iter().any(|open| matches!(open, Open::Close("</a>")))
    }

    /// Each term of the glossary leads to its meaning where it stands first below a heading.
    fn print_with_terms(&mut self, text: &str) {
        let mut done = 0;
        for (range, term) in self.site.terms.find(text, self.inline.last, None) {
            let name = term.term.value.as_str();
            if !self.explained.insert(name) {
                continue;
            }
            escape(&mut self.out, &text[done..range.start]);
            let address = escaped(&term_address(name));
            let meaning = term.definition.as_ref().map(|definition| escaped(&definition.value)).unwrap_or_default();
            self.out.push_str(&format!("<a class=\"term\" href=\"../{address}\" title=\"{meaning}\">"));
            escape(&mut self.out, &text[range.clone()]);
            self.out.push_str("</a>");
            done = range.end;
        }
        escape(&mut self.out, &text[done..]);
    }

    /// Writes the line break that the source has here. Beside a character of a script without spaces it would show as
    /// a space that nobody meant.
    fn join_line(&mut self, next: Option<char>) {
        if std::mem::take(&mut self.inline.broken) {
            let tight = |c: Option<char>| c.is_some_and(written_without_spaces);
            if !tight(self.inline.last) && !tight(next) {
                self.out.push('\n');
            }
        }
    }

    fn start_link(&mut self, start: usize) {
        let shown = self.shown(start);
        if self.inline.hidden > 0 || self.inline.alt.is_some() {
            self.inline.open.push(Open::Close(""));
            return;
        }
        self.join_line(None);
        let open = match shown {
            Some((Shown::Page { address, words, kind, meaning }, has_text, _)) => {
                // Documents link to each other inside their folder.
                let address = match address.strip_prefix("documents/") {
                    Some(sibling) => sibling.to_owned(),
                    None => format!("../{address}"),
                };
                self.out.push_str(&format!("<a class=\"{kind}\" href=\"{}\"", escaped(&address)));
                if let Some(meaning) = meaning {
                    self.out.push_str(&format!(" title=\"{}\"", escaped(&meaning)));
                }
                self.out.push('>');
                if has_text {
                    Open::Close("</a>")
                } else {
                    escape(&mut self.out, &words);
                    self.out.push_str("</a>");
                    self.inline.hidden += 1;
                    Open::Hidden
                }
            }
            Some((Shown::External(address), ..)) => {
                self.out.push_str("<a class=\"external\" rel=\"noopener noreferrer\" href=\"");
                escape(&mut self.out, &address);
                self.out.push_str("\">");
                Open::Close("</a>")
            }
            Some((Shown::Words(words), false, _)) => {
                escape(&mut self.out, &words);
                self.inline.hidden += 1;
                Open::Hidden
            }
            Some((Shown::Typed, _, range)) => {
                let typed = self.text.get(range).unwrap_or("");
                escape(&mut self.out, typed);
                self.inline.hidden += 1;
                Open::Hidden
            }
            Some((Shown::Words(_) | Shown::Picture(_), ..)) | None => Open::Close(""),
        };
        self.inline.open.push(open);
    }

    fn start_picture(&mut self, start: usize) {
        let shown = self.shown(start);
        if self.inline.hidden > 0 || self.inline.alt.is_some() {
            self.inline.open.push(Open::Close(""));
            return;
        }
        self.join_line(None);
        // A link inside a link is no HTML.
        let link =
            |address| (!self.inline.open.iter().any(|open| matches!(open, Open::Close("</a>")))).then_some(address);
        let open = match shown {
            Some((Shown::Picture(address), ..)) => Open::Picture(address),
            Some((Shown::Page { address, .. }, ..)) => Open::PictureWords(link(format!("../{address}"))),
            Some((Shown::External(address), ..)) => Open::PictureWords(link(address)),
            Some((Shown::Typed, _, range)) => {
                escape(&mut self.out, self.text.get(range).unwrap_or(""));
                self.inline.hidden += 1;
                Open::Hidden
            }
            _ => Open::PictureWords(None),
        };
        if !matches!(open, Open::Hidden) {
            self.inline.alt = Some(String::new());
        }
        self.inline.open.push(open);
    }

    /// What becomes of the reference that starts at a byte, whether it has text of its own, and its extent.
    fn shown(&self, start: usize) -> Option<(Shown, bool, std::ops::Range<usize>)> {
        let references = &self.entry.document.references;
        let index = references.binary_search_by_key(&start, |reference| reference.span.start).ok()?;
        let reference = &references[index];
        Some((self.site.show(self.entry, reference), reference.has_text, reference.span.into()))
    }
}
