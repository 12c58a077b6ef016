//! Text, emphasis, links and pictures inside a block.

use super::Body;
use crate::markup::html::{escape, escaped};
use crate::model::content::{Inline, Kind, Node};
use crate::parse::markdown::written_without_spaces;
use crate::site::reference::{Shown, term_address};

/// What is open inside a block.
#[derive(Debug, Default)]
pub struct Inlines {
    /// Closing tags of open references; empty where the words stand without a link.
    references: Vec<&'static str>,
    /// The last character printed, and whether the source broke the line behind it.
    last: Option<char>,
    broken: bool,
    /// The character that a word may go on from; none behind words that the author did not write.
    word: Option<char>,
}

const END_OF_LINK: &str = "</a>";

impl Inlines {
    pub(super) fn forget_line(&mut self) {
        self.last = None;
        self.broken = false;
        self.word = None;
    }

    /// Words were printed.
    fn print_end(&mut self, words: &str) {
        self.last = words.chars().next_back().or(self.last);
        self.word = self.last;
    }

    fn in_link(&self) -> bool {
        self.references.contains(&END_OF_LINK)
    }
}

impl Body<'_, '_, '_> {
    pub(super) fn enter_inline(&mut self, inline: Inline, node: &Node, inside: &[Node]) {
        self.print_mark();
        match inline {
            Inline::Text(words) | Inline::Typed(words) => self.print_text(self.content.words(node, words, self.text)),
            Inline::Code(words) => {
                let code = self.content.words(node, words, self.text);
                self.join_line(code.chars().next());
                self.out.push_str("<code>");
                escape(&mut self.out, code);
                self.out.push_str("</code>");
                self.inlines.print_end(code);
            }
            Inline::SoftBreak => self.inlines.broken = true,
            Inline::HardBreak => {
                self.out.push_str("<br>\n");
                self.inlines.last = None;
                self.inlines.word = None;
            }
            Inline::Emphasis => self.start_emphasis("<em>", inside),
            Inline::Strong => self.start_emphasis("<strong>", inside),
            Inline::Strikethrough => self.start_emphasis("<del>", inside),
            Inline::Reference(index) => self.start_reference(index, inside),
            Inline::Image(index) => self.print_picture(index, inside),
            Inline::Mention(note) => {
                self.join_line(None);
                self.print_mention(note);
            }
            Inline::Task { done } => {
                let key = if done { "site-task-done" } else { "site-task-open" };
                let label = escaped(&self.site.catalogue.get(key));
                let sign = if done { "☑" } else { "☐" };
                self.out.push_str(&format!("<span class=\"task\" role=\"img\" aria-label=\"{label}\">{sign}</span> "));
            }
        }
    }

    pub(super) fn leave_inline(&mut self, inline: Inline) {
        let close = match inline {
            Inline::Emphasis => "</em>",
            Inline::Strong => "</strong>",
            Inline::Strikethrough => "</del>",
            Inline::Reference(_) => self.inlines.references.pop().unwrap_or_default(),
            Inline::Image(_)
            | Inline::Text(_)
            | Inline::Code(_)
            | Inline::Typed(_)
            | Inline::SoftBreak
            | Inline::HardBreak
            | Inline::Mention(_)
            | Inline::Task { .. } => "",
        };
        self.out.push_str(close);
    }

    fn start_emphasis(&mut self, tag: &str, inside: &[Node]) {
        self.join_line_before(inside);
        self.out.push_str(tag);
    }

    fn print_text(&mut self, text: &str) {
        if self.typed {
            escape(&mut self.out, text);
            return;
        }
        self.join_line(text.chars().next());
        if self.explains() {
            self.print_with_terms(text);
        } else {
            escape(&mut self.out, text);
        }
        self.inlines.print_end(text);
    }

    /// Whether terms are explained here: not in headings, nor inside a link.
    fn explains(&self) -> bool {
        !self.in_heading && !self.in_head && !self.inlines.in_link()
    }

    /// Each term of the glossary leads to its meaning where it is first used below a heading.
    fn print_with_terms(&mut self, text: &str) {
        let mut done = 0;
        for (range, term) in self.site.terms.find(text, self.inlines.word, None) {
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
        if std::mem::take(&mut self.inlines.broken) {
            let tight = |c: Option<char>| c.is_some_and(written_without_spaces);
            if !tight(self.inlines.last) && !tight(next) {
                self.out.push('\n');
            }
        }
    }

    /// The same before nodes.
    fn join_line_before(&mut self, nodes: &[Node]) {
        if self.inlines.broken {
            self.join_line(self.first_shown(nodes));
        }
    }

    /// The first character that nodes show.
    fn first_shown(&self, nodes: &[Node]) -> Option<char> {
        nodes.iter().find_map(|node| match node.kind {
            Kind::Inline(Inline::Text(words) | Inline::Code(words) | Inline::Typed(words)) => {
                self.content.words(node, words, self.text).chars().next()
            }
            Kind::Inline(Inline::Reference(index)) => self.own_words(index)?.chars().next(),
            Kind::Inline(_) | Kind::Block(_) => None,
        })
    }

    /// The words of a reference that are not those inside it: generated ones, or the source as typed.
    fn own_words(&self, index: u32) -> Option<String> {
        let reference = self.entry.document.references.get(index as usize)?;
        match self.site.show(self.entry, reference) {
            Shown::Page { words, .. } | Shown::Words(words) if !reference.has_text => Some(words),
            Shown::Typed => Some(self.text.get(reference.span.start..reference.span.end)?.to_owned()),
            Shown::Page { .. } | Shown::Words(_) | Shown::Picture(_) | Shown::External(_) => None,
        }
    }

    fn start_reference(&mut self, index: u32, inside: &[Node]) {
        let Some(reference) = self.entry.document.references.get(index as usize) else {
            self.inlines.references.push("");
            return;
        };
        let shown = self.site.show(self.entry, reference);
        let (tag, words) = match shown {
            Shown::Page { address, words, kind, meaning } => {
                // Documents link to each other inside their folder.
                let address = match address.strip_prefix("documents/") {
                    Some(sibling) => sibling.to_owned(),
                    None => format!("../{address}"),
                };
                let mut tag = format!("<a class=\"{kind}\" href=\"{}\"", escaped(&address));
                if let Some(meaning) = meaning {
                    tag.push_str(&format!(" title=\"{}\"", escaped(&meaning)));
                }
                tag.push('>');
                (Some(tag), (!reference.has_text).then_some(words))
            }
            Shown::External(address) => {
                let tag = format!("<a class=\"external\" rel=\"noopener noreferrer\" href=\"{}\">", escaped(&address));
                (Some(tag), None)
            }
            Shown::Words(words) => (None, (!reference.has_text).then_some(words)),
            Shown::Typed => {
                let typed = self.text.get(reference.span.start..reference.span.end).unwrap_or("");
                (None, Some(typed.to_owned()))
            }
            Shown::Picture(_) => (None, None),
        };
        match &words {
            Some(words) => self.join_line(words.chars().next()),
            None => self.join_line_before(inside),
        }
        self.inlines.references.push(if tag.is_some() { END_OF_LINK } else { "" });
        self.out.push_str(&tag.unwrap_or_default());
        if let Some(words) = words {
            escape(&mut self.out, &words);
            self.inlines.print_end(&words);
            self.inlines.word = None;
            self.skip = true;
        }
    }

    fn print_picture(&mut self, index: u32, inside: &[Node]) {
        self.skip = true;
        let alt = self.content.line(inside, self.text);
        let Some(reference) = self.entry.document.references.get(index as usize) else { return };
        let link = match self.site.show(self.entry, reference) {
            Shown::Picture(address) => {
                self.join_line(None);
                let (address, alt) = (escaped(&address), escaped(&alt));
                self.out.push_str(&format!("<img src=\"../{address}\" alt=\"{alt}\" loading=\"lazy\">"));
                return;
            }
            Shown::Typed => {
                let typed = self.text.get(reference.span.start..reference.span.end).unwrap_or("");
                self.print_picture_words(typed, None);
                return;
            }
            Shown::Page { address, .. } => Some(format!("../{address}")),
            Shown::External(address) => Some(address),
            Shown::Words(_) => None,
        };
        // A link inside a link is no HTML.
        let link = link.filter(|_| !self.inlines.in_link());
        let words = if alt.is_empty() { link.as_deref().unwrap_or("") } else { &alt };
        self.print_picture_words(words, link.as_deref());
    }

    /// The words of a picture that cannot be shown, inside a link where there is one.
    fn print_picture_words(&mut self, words: &str, link: Option<&str>) {
        self.join_line(words.chars().next());
        if let Some(link) = link {
            self.out.push_str(&format!("<a class=\"file\" href=\"{}\">", escaped(link)));
        }
        escape(&mut self.out, words);
        self.out.push_str(if link.is_some() { END_OF_LINK } else { "" });
        self.inlines.print_end(words);
        self.inlines.word = None;
    }
}
