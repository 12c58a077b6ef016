//! A document as sections with their blocks in order: what shape each block has, and the words in it with the marks among
//! them. Reads the one tree; compares nothing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::{At, Wording};
use crate::model::content::{Alert, Alignment, Block, Inline, Kind, List, Node, Step, Words};
use crate::model::outline::Heading;
use crate::model::reference::{Form, Target};
use crate::parse::markdown::written_without_spaces;
use crate::source::Span;

/// A heading with the blocks up to the next one, or what stands before the first.
#[derive(Debug)]
pub(super) struct Section {
    /// What makes it the same section: kind, level, id.
    pub(super) key: String,
    /// Its heading; empty for what stands before the first.
    pub(super) title: String,
    pub(super) span: Span,
    pub(super) parts: Vec<Part>,
}

/// The beginning or the end of a block, with the words that follow before another begins or ends.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) shape: Shape,
    pub(super) span: Span,
    pub(super) at: At,
    pub(super) run: Run,
}

/// What a block is, without its words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    Preamble,
    Section { branch: bool, deleted: bool, implements: Vec<String> },
    Heading(u8),
    Paragraph(Option<u32>),
    List { start: Option<u64>, tight: bool, numbered: bool, opens_paragraph: bool },
    Item(Option<u32>),
    Quotation,
    Alert(Alert),
    Code { language: String, text: String },
    Typed(String),
    Note(String),
    Table(Vec<&'static str>),
    Row { head: bool },
    Cell,
    Rule,
    End,
}

/// Words with the marks among them.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) letters: Vec<Letter>,
    pub(super) marks: Vec<Placed>,
    /// Whether a line of the text ended behind the last letter.
    broken: bool,
}

/// A character as it counts: of its usual width, white space as one blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) c: char,
    /// Where it is in its file.
    pub(super) span: Span,
}

/// A mark and the letter before which it stands.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) before: usize,
    pub(super) mark: Mark,
    /// As people see it in a message.
    pub(super) shown: String,
    pub(super) span: Span,
}

/// What is not words in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
    Break,
    Code(String),
    Typed(String),
    Reference { form: Form, target: Target, has_text: bool },
    Mention(String),
    Task(bool),
    End,
}

/// Stands in the letters where something that is no word divides words.
pub(super) const OBJECT: char = '\u{fffc}';

/// A text as it counts: width forms of letters, digits and kana as the usual ones, nothing else of compatibility: `10²`
/// is not 102.
pub(super) fn folded(text: &str) -> Vec<char> {
    let mut run = Run::default();
    run.push(text, |at| Span::new(at, at));
    run.letters.into_iter().map(|letter| letter.c).collect()
}

impl Run {
    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.c).filter(|c| *c != OBJECT).collect()
    }

    fn push(&mut self, text: &str, span: impl Fn(usize) -> Span) {
        if std::mem::take(&mut self.broken)
            && let Some((last, first)) = self.letters.last().map(|last| last.c).zip(text.chars().next())
            && !written_without_spaces(last)
            && !written_without_spaces(first)
        {
            self.letter(' ', span(0));
        }
        for (at, c) in text.char_indices() {
            match c {
                '\u{ff00}'..='\u{ffef}' => std::iter::once(c).nfkc().for_each(|c| self.letter(c, span(at))),
                c if c.is_whitespace() => self.letter(' ', span(at)),
                c => self.letter(c, span(at)),
            }
        }
    }

    fn letter(&mut self, c: char, span: Span) {
        match self.letters.last_mut() {
            Some(last) if c == ' ' && last.c == ' ' => {}
            Some(last) => match compose(last.c, c) {
                Some(composed) => *last = Letter { c: composed, span: Span::new(last.span.start, span.end) },
                None => self.letters.push(Letter { c, span }),
            },
            None => self.letters.push(Letter { c, span }),
        }
    }

    fn mark(&mut self, mark: Mark, shown: impl Into<String>, span: Span) {
        let (before, shown) = (self.letters.len(), shown.into());
        if mark.divides() {
            self.letters.push(Letter { c: OBJECT, span });
        }
        self.marks.push(Placed { before, mark, shown, span });
    }
}

impl Mark {
    /// Whether words before and behind it are apart.
    pub(super) fn divides(&self) -> bool {
        match self {
            Self::Emphasis | Self::Strong | Self::Strikethrough | Self::End => false,
            Self::Break
            | Self::Code(_)
            | Self::Typed(_)
            | Self::Reference { .. }
            | Self::Mention(_)
            | Self::Task(_) => true,
        }
    }
}

/// The sections of a wording in order.
pub(super) fn sections(wording: Wording<'_>) -> Vec<Section> {
    let mut reader = Reader { wording, sections: Vec::new(), at: At::default() };
    let start = Span::new(wording.document.body.start, wording.document.body.start);
    reader.start("preamble".to_owned(), String::new(), Shape::Preamble, start);
    let mut walk = wording.document.content.walk();
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => match node.kind {
                Kind::Block(block) => {
                    if reader.block(block, node, walk.inside()) {
                        walk.skip_inside();
                    }
                }
                Kind::Inline(inline) => {
                    if reader.inline(inline, node) {
                        walk.skip_inside();
                    }
                }
            },
            Step::Leave(node) => reader.leave(node),
        }
    }
    reader.sections
}

struct Reader<'w> {
    wording: Wording<'w>,
    sections: Vec<Section>,
    at: At,
}

impl<'w> Reader<'w> {
    fn start(&mut self, key: String, title: String, shape: Shape, span: Span) {
        self.sections.push(Section { key, title, span, parts: Vec::new() });
        self.part(shape, span);
    }

    fn part(&mut self, shape: Shape, span: Span) {
        let section = self.sections.last_mut().expect("what stands before the first heading is a section");
        section.parts.push(Part { shape, span, at: self.at.clone(), run: Run::default() });
    }

    fn run(&mut self) -> &mut Run {
        let part = self.sections.last_mut().and_then(|section| section.parts.last_mut());
        &mut part.expect("every section begins with a part").run
    }

    fn words(&self, node: &Node, words: Words) -> &'w str {
        self.wording.document.content.words(node, words, self.wording.text)
    }

    /// Begins a block; answers whether what is inside is already in its shape.
    fn block(&mut self, block: Block, node: &Node, inside: &[Node]) -> bool {
        let content = &self.wording.document.content;
        let (shape, done) = match block {
            Block::Section(index) => {
                match self.wording.document.outline.headings.get(index as usize) {
                    Some(heading) => self.section(heading),
                    None => self.part(Shape::Rule, node.span),
                }
                return false;
            }
            Block::Heading { level, section: _ } => (Shape::Heading(level), false),
            Block::Paragraph(number) => {
                if number.is_some() {
                    self.at.paragraph = number;
                }
                (Shape::Paragraph(number), false)
            }
            Block::List(List { start, tight, numbered, opens_paragraph }) => {
                if opens_paragraph {
                    self.at.paragraph = Some(1);
                }
                (Shape::List { start, tight, numbered, opens_paragraph }, false)
            }
            Block::Item(number) => {
                self.at.items.extend(number);
                (Shape::Item(number), false)
            }
            Block::Quotation => (Shape::Quotation, false),
            Block::Alert(alert) => (Shape::Alert(alert), false),
            Block::Code(language) => {
                let language = self.words(node, language).to_owned();
                (Shape::Code { language, text: content.line(inside, self.wording.text) }, true)
            }
            Block::Typed => (Shape::Typed(content.line(inside, self.wording.text)), true),
            Block::Note(note) => (Shape::Note(self.note(note)), false),
            Block::Table(table) => {
                let columns = content.alignments(table).iter().map(|alignment| match alignment {
                    Alignment::Default => "",
                    Alignment::Left => "left",
                    Alignment::Center => "center",
                    Alignment::Right => "right",
                });
                (Shape::Table(columns.collect()), false)
            }
            Block::Row { head } => (Shape::Row { head }, false),
            Block::Cell => (Shape::Cell, false),
            Block::Rule => (Shape::Rule, false),
        };
        self.part(shape, node.span);
        done
    }

    /// Numbers that follow from the order of headings count by what they follow from.
    fn section(&mut self, heading: &Heading) {
        let Heading {
            level,
            text,
            span,
            id,
            anchor,
            kind,
            number,
            deleted,
            in_supplement,
            implements,
            paragraphs: _,
            end: _,
        } = heading;
        let written = id.as_ref().map_or("", |id| &id.value);
        self.at = At { section: Some(anchor.clone()), paragraph: None, items: Vec::new() };
        let shape = Shape::Section {
            branch: number.is_some_and(|number| number.branch > 0),
            deleted: *deleted,
            implements: implements.iter().map(|target| target.value.clone()).collect(),
        };
        let key = format!("{kind:?}/{level}/{in_supplement}/{written}");
        self.start(key, text.clone(), shape, *span);
    }

    fn note(&self, note: u32) -> String {
        let notes = self.wording.document.content.notes();
        notes.get(note as usize).map_or_else(String::new, |note| note.label.to_lowercase())
    }

    /// Takes up a part of a line; answers whether what is inside follows from it.
    fn inline(&mut self, inline: Inline, node: &Node) -> bool {
        let span = node.span;
        match inline {
            Inline::Text(words) => {
                let text = self.words(node, words);
                let typed = words == Words::AsTyped;
                let place = |at: usize| match typed {
                    true => Span::new(
                        span.start + at,
                        span.start + at + text[at..].chars().next().map_or(0, char::len_utf8),
                    ),
                    false => span,
                };
                self.run().push(text, place);
            }
            Inline::Code(words) => {
                let code = self.words(node, words).to_owned();
                self.run().mark(Mark::Code(code.clone()), code, span);
            }
            Inline::Typed(words) => {
                let typed = self.words(node, words).to_owned();
                self.run().mark(Mark::Typed(typed.clone()), typed, span);
            }
            Inline::SoftBreak => self.run().broken = true,
            Inline::HardBreak => self.run().mark(Mark::Break, "", span),
            Inline::Emphasis => self.run().mark(Mark::Emphasis, "*", span),
            Inline::Strong => self.run().mark(Mark::Strong, "**", span),
            Inline::Strikethrough => self.run().mark(Mark::Strikethrough, "~~", span),
            Inline::Reference(index) | Inline::Image(index) => return self.reference(index, span),
            Inline::Mention(note) => {
                let label = self.note(note);
                self.run().mark(Mark::Mention(label.clone()), format!("[^{label}]"), span);
            }
            Inline::Task { done } => self.run().mark(Mark::Task(done), if done { "☑" } else { "☐" }, span),
        }
        false
    }

    fn reference(&mut self, index: u32, span: Span) -> bool {
        let document = self.wording.document;
        let reference =
            document.references.get(index as usize).expect("the tree numbers the references of its document");
        let target = match &reference.target {
            Target::Path { path, fragment } => {
                let path = crate::paths::resolve(&document.path, path).unwrap_or_else(|| path.clone());
                Target::Path { path, fragment: fragment.clone() }
            }
            other => other.clone(),
        };
        let has_text = reference.has_text;
        self.run().mark(Mark::Reference { form: reference.form, target, has_text }, &reference.raw.value, span);
        !has_text
    }

    fn leave(&mut self, node: &Node) {
        let end = Span::new(node.span.end, node.span.end);
        match node.kind {
            Kind::Block(Block::Section(_)) => {}
            Kind::Block(block) => {
                if let Block::Item(Some(_)) = block {
                    self.at.items.pop();
                }
                self.part(Shape::End, end);
            }
            Kind::Inline(_) => self.run().mark(Mark::End, "", end),
        }
    }
}
