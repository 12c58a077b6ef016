//! Blocks → parts: which line is which 章, 条, 項 or 号, told by the numbers that were typed.
//!
//! A number is taken for what it continues: the next item of the list that is open, the first item of a new list, the
//! next paragraph. What continues nothing is told and stays in the text.

use super::blocks::{Block, Unit};
use super::finding::Findings;
use super::marks::{self, ArticleHead, Head, Style};
use super::pictures;
use super::structure::{Content, Item, Kind, Part};
use super::words::Words;
use crate::locale::Text;
use crate::model::outline::Number;

/// Reads the parts of a text.
pub(super) fn parts(blocks: &[Block], findings: &mut Findings) -> Vec<Part> {
    let articles = blocks.iter().any(|block| article_of(block).is_some());
    let opening = Part::new(Kind::Opening, Words::default(), Default::default());
    let mut reader = Reader {
        findings,
        parts: vec![opening],
        articles,
        levels: Vec::new(),
        in_supplement: false,
        paragraph: 0,
        joined: false,
    };
    let mut caption: Option<Words> = None;
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks.get(at + 1);
        match block {
            Block::Heading(words, _) if caption_of(words, next) => caption = Some(words.clone()),
            Block::Heading(words, level) => reader.heading(words, *level, caption.take(), next),
            Block::Unit(unit) if titles_figure(unit, at.checked_sub(1).and_then(|before| blocks.get(before))) => {
                reader.figure_title(unit);
            }
            Block::Unit(unit) if caption_of(&unit.words, next) => caption = Some(unit.words.without("**").trimmed()),
            Block::Unit(unit) => reader.unit(unit, caption.take(), next),
            Block::Table(table) => reader.passed(Content::Table(table.clone())),
            Block::Pictures(unit) => reader.pictures(unit),
            Block::Verbatim(words) => reader.passed(Content::Verbatim(words.clone())),
            Block::Contents(span) => {
                reader.findings.note(*span, Text::new("import-contents"), "import-contents-help");
            }
        }
    }
    reader.parts
}

fn article_of(block: &Block) -> Option<ArticleHead> {
    let words = match block {
        Block::Heading(words, _) => words.clone(),
        Block::Unit(unit) => unit.words.without("**").trimmed(),
        _ => return None,
    };
    match marks::head(words.as_str())? {
        Head::Article(head) => Some(head),
        _ => None,
    }
}

/// Whether words are the caption of the article that comes next: （目的） above 第1条.
fn caption_of(words: &Words, next: Option<&Block>) -> bool {
    let plain = words.without("**").trimmed();
    let whole = marks::bracketed(plain.as_str()).is_some_and(|(_, end)| end == plain.as_str().len());
    whole && next.and_then(article_of).is_some_and(|head| head.caption.is_none())
}

/// Whether words are the title of the figure before them: they say once more what describes the picture.
fn titles_figure(unit: &Unit, before: Option<&Block>) -> bool {
    let Some(Block::Pictures(pictures)) = before else { return false };
    pictures.indent == unit.indent && pictures::described_by(pictures.words.as_str(), unit.words.as_str())
}

/// An open list: how its numbers are written, its indent, and the last of them.
#[derive(Debug, Clone, Copy)]
struct Level {
    style: Style,
    indent: usize,
    last: u32,
    /// The finding that tells that its numbers look different.
    told: Option<usize>,
}

/// What a number is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The next item of the list at this depth.
    Next(usize),
    /// The first item of a list below, or the first of all.
    First,
    /// 項.
    Paragraph,
}

struct Reader<'f> {
    findings: &'f mut Findings,
    parts: Vec<Part>,
    /// Whether the text has articles at all.
    articles: bool,
    levels: Vec<Level>,
    in_supplement: bool,
    /// The number of the last paragraph of this article.
    paragraph: u32,
    /// Whether it was told of this article that a paragraph without a number was joined.
    joined: bool,
}

impl Reader<'_> {
    fn part(&mut self) -> &mut Part {
        self.parts.last_mut().expect("there is a part from the start")
    }

    fn begin(&mut self, part: Part) {
        self.levels.clear();
        self.paragraph = 0;
        self.joined = false;
        self.parts.push(part);
    }

    fn heading(&mut self, words: &Words, level: u8, caption: Option<Words>, next: Option<&Block>) {
        if self.head(words, caption, next, true) {
            return;
        }
        // A heading is never a paragraph or an item, whatever number it begins with.
        if self.articles {
            let text = Text::new("import-heading").arg("text", words.as_str());
            self.findings.undecided(words.whole(), text, "import-heading-help");
        }
        self.begin(Part::new(Kind::Plain(level.clamp(2, 6)), words.clone(), words.whole()));
    }

    /// Takes a line that begins a part.
    fn head(&mut self, words: &Words, caption: Option<Words>, next: Option<&Block>, heading: bool) -> bool {
        let plain = words.without("**").trimmed();
        let Some(head) = marks::head(plain.as_str()) else { return false };
        let span = plain.whole();
        match head {
            Head::Chapter(number, title) => self.begin(Part::new(Kind::Chapter(number), plain.slice(title), span)),
            Head::Section(number, title) => self.begin(Part::new(Kind::Section(number), plain.slice(title), span)),
            Head::Supplement => {
                self.in_supplement = true;
                let title = supplement(&plain);
                self.begin(Part::new(Kind::Supplement, title, span));
            }
            Head::Appendix => {
                self.begin(Part::new(Kind::Appendix, plain, span));
            }
            Head::Article(head) => self.article(&plain, &head, caption, next, heading),
        }
        true
    }

    fn article(
        &mut self,
        plain: &Words,
        head: &ArticleHead,
        caption: Option<Words>,
        next: Option<&Block>,
        heading: bool,
    ) {
        let span = plain.whole();
        let kind = |number| Kind::Article { number, deleted: head.deleted, in_supplement: self.in_supplement };
        if head.deleted {
            let last = head.to.map_or(head.number.main, |to| to.main);
            let deleted = || Words::at("削除", span.start);
            let numbers =
                (head.number.main + 1..=last.min(head.number.main + 200)).map(|main| Number { main, branch: 0 });
            let kinds: Vec<Kind> = std::iter::once(head.number).chain(numbers).map(kind).collect();
            if kinds.len() > 1 {
                let text = Text::new("import-deleted-range").arg("written", plain.as_str()).arg("count", kinds.len());
                self.findings.note(span, text, "import-deleted-range-help");
            }
            for kind in kinds {
                self.begin(Part::new(kind, deleted(), span));
            }
            return;
        }
        let kind = kind(head.number);
        let text = plain.slice(head.text.clone()).trimmed();
        let above = caption.map(|words| {
            let (inner, _) = marks::bracketed(words.as_str()).unwrap_or((0..words.as_str().len(), 0));
            words.slice(inner)
        });
        let inside = head.caption.clone().map(|range| plain.slice(range));
        let short =
            !text.is_blank() && text.as_str().chars().count() <= 30 && !text.as_str().contains(['。', '、', '\n']);
        // 第3条　適用範囲 on a line of its own, above a text of its own.
        let text_follows = match next {
            Some(Block::Unit(next)) => {
                let plain = next.words.without("**").trimmed();
                marks::head(plain.as_str()).is_none()
                    && marks::mark(plain.as_str())
                        .is_none_or(|mark| mark.readings.iter().all(|(_, number)| *number == 1))
            }
            _ => false,
        };
        let (title, text) = match above.or(inside) {
            Some(title) => (title, text),
            None if heading || (short && text_follows) => (text, Words::default()),
            None => (Words::default(), text),
        };
        if title.is_blank() {
            let number =
                Text::new("import-no-caption").arg("written", plain.slice(0..head.text.start).trimmed().as_str());
            self.findings.note(span, number, "import-no-caption-help");
        }
        self.begin(Part::new(kind, title, span));
        if !text.is_blank() {
            self.paragraph_text(text, None);
        }
    }

    fn unit(&mut self, unit: &Unit, caption: Option<Words>, next: Option<&Block>) {
        if !unit.bullet && unit.listed.is_none() && self.head(&unit.words, caption, next, false) {
            return;
        }
        if unit.bullet {
            return self.bullet(unit);
        }
        if !self.part().kind.holds_paragraphs() {
            let words = unit.words.clone();
            self.part().contents.push(Content::Paragraph { typed: None, words });
            return;
        }
        let plain = unit.words.without("**").trimmed();
        let Some(mark) = marks::mark(plain.as_str()) else { return self.unnumbered(unit) };
        let mut readings = mark.readings;
        if let Some(number) = unit.listed {
            readings.iter_mut().for_each(|reading| reading.1 = number);
        }
        let bold = unit.words.as_str().starts_with("**") || !plain.as_str().starts_with(unit.words.as_str());
        let text = if bold {
            plain.slice(mark.text..plain.as_str().len())
        } else {
            unit.words.slice(mark.text..unit.words.as_str().len())
        };
        for (style, number) in &readings {
            if let Some(place) = self.place(*style, *number, unit.indent) {
                self.take(place, *style, *number, unit, text.trimmed());
                return;
            }
        }
        // Out of order. What it is can still be told where lists and paragraphs are written differently.
        let (style, number) = readings[0];
        let depth = self.levels.iter().rposition(|level| level.style == style && level.indent <= unit.indent);
        match depth {
            Some(depth) => self.take(Place::Next(depth), style, number, unit, text.trimmed()),
            None if matches!(style, Style::Plain | Style::Dot) && self.paragraph > 0 => {
                self.take(Place::Paragraph, style, number, unit, text.trimmed());
            }
            None => {
                let told = Text::new("import-number").arg("written", plain.slice(0..mark.text).trimmed().as_str());
                self.findings.undecided(plain.whole(), told, "import-number-help");
                self.paragraph_text(unit.words.clone(), None);
            }
        }
    }

    /// What a number continues.
    fn place(&self, style: Style, number: u32, indent: usize) -> Option<Place> {
        // An entry that is indented by blanks of its own belongs below, even where it is written alike.
        let alike = |level: &Level| level.style == style && level.indent.abs_diff(indent) < 2;
        if let Some(depth) = self.levels.iter().rposition(|level| alike(level) && level.last + 1 == number) {
            return Some(Place::Next(depth));
        }
        let paragraph = matches!(style, Style::Plain | Style::Dot | Style::Circled | Style::Kanji);
        let listed = self.levels.iter().any(alike);
        if paragraph && number > 1 && number == self.paragraph + 1 {
            return Some(Place::Paragraph);
        }
        let nothing_yet = self.paragraph == 0 && self.levels.is_empty();
        if style == Style::Plain && number == 1 && nothing_yet {
            return Some(Place::Paragraph);
        }
        (number == 1 && !listed).then_some(Place::First)
    }

    fn take(&mut self, place: Place, style: Style, number: u32, unit: &Unit, words: Words) {
        let item = Item { typed: number, words, more: Vec::new(), items: Vec::new() };
        let depth = match place {
            Place::Paragraph => {
                if number == 1 {
                    self.findings.note(
                        unit.words.whole(),
                        Text::new("import-first-number"),
                        "import-first-number-help",
                    );
                }
                self.levels.clear();
                self.paragraph = number;
                return self.part().contents.push(Content::Paragraph { typed: Some(number), words: item.words });
            }
            Place::Next(depth) => {
                self.levels.truncate(depth + 1);
                self.levels[depth].last = number;
                if let Some(finding) = self.levels[depth].told.and_then(|told| self.findings.0.get_mut(told)) {
                    finding.span.end = unit.words.whole().end;
                }
                depth
            }
            Place::First => {
                let depth = self.levels.len();
                let told = style.is_changed_at(depth).then_some(self.findings.0.len());
                self.levels.push(Level { style, indent: unit.indent, last: number, told });
                if told.is_some() {
                    let shown = ["(1)", "ア", "(ア)", "(1)"][depth.min(3)];
                    let text = Text::new("import-mark").arg("written", written(unit)).arg("shown", shown);
                    self.findings.note(unit.words.whole(), text, "import-mark-help");
                }
                depth
            }
        };
        if self.paragraph == 0 {
            // Items without words above them belong to a first paragraph that has none.
            self.paragraph = 1;
        }
        let contents = &mut self.part().contents;
        let Some(Content::Items(items)) = contents.last_mut() else {
            // The first of its paragraph, or one behind a table, which ends the list on the page; numbers go on.
            return contents.push(Content::Items(vec![item]));
        };
        push(items, depth, item);
    }

    /// The item that was read last.
    fn last_item(&mut self) -> Option<&mut Item> {
        let depth = self.levels.len();
        let Some(Content::Items(items)) = self.part().contents.last_mut() else { return None };
        let mut item = items.last_mut()?;
        for _ in 1..depth {
            if item.items.is_empty() {
                break;
            }
            item = item.items.last_mut()?;
        }
        Some(item)
    }

    fn paragraph_text(&mut self, words: Words, typed: Option<u32>) {
        self.paragraph += 1;
        self.levels.clear();
        self.part().contents.push(Content::Paragraph { typed, words });
    }

    /// A paragraph without a number: the first of its article, or more of what stands before it.
    fn unnumbered(&mut self, unit: &Unit) {
        let words = &unit.words;
        if self.paragraph == 0 && self.levels.is_empty() {
            return self.paragraph_text(words.clone(), None);
        }
        if unit.indent >= 2
            && !self.levels.is_empty()
            && let Some(item) = self.last_item()
        {
            return item.more.push(words.clone());
        }
        let told = std::mem::replace(&mut self.joined, true);
        if let Some(Content::Paragraph { words: before, .. }) = self.part().contents.last_mut() {
            before.push_str("\n");
            before.append(words);
            if !told {
                self.findings.note(words.whole(), Text::new("import-joined"), "import-joined-help");
            }
            return;
        }
        self.findings.undecided(words.whole(), Text::new("import-unnumbered"), "import-unnumbered-help");
        self.paragraph_text(words.clone(), None);
    }

    fn bullet(&mut self, unit: &Unit) {
        if unit.indent >= 2
            && !self.levels.is_empty()
            && let Some(item) = self.last_item()
        {
            let mut words = Words::at("- ", unit.words.whole().start);
            words.append(&unit.words);
            return item.more.push(words);
        }
        let entry = (unit.indent, unit.words.clone());
        match self.part().contents.last_mut() {
            Some(Content::Bullets(entries)) => entries.push(entry),
            _ => self.part().contents.push(Content::Bullets(vec![entry])),
        }
    }

    /// Pictures that are indented below an item belong to it; others stand between paragraphs and count as none.
    fn pictures(&mut self, unit: &Unit) {
        if unit.indent >= 2
            && !self.levels.is_empty()
            && let Some(item) = self.last_item()
        {
            return item.more.push(unit.words.clone());
        }
        self.passed(Content::Verbatim(unit.words.clone()));
    }

    /// The title of a figure, as a quotation: a paragraph would get a number.
    fn figure_title(&mut self, unit: &Unit) {
        let mut words = Words::made("> ", unit.words.whole().start);
        words.append(&unit.words);
        self.findings.note(unit.words.whole(), Text::new("import-figure-title"), "import-figure-title-help");
        self.pictures(&Unit { words, ..unit.clone() });
    }

    fn passed(&mut self, content: Content) {
        self.part().contents.push(content);
    }
}

/// Adds an item below the last ones of the levels above.
fn push(items: &mut Vec<Item>, depth: usize, item: Item) {
    match items.last_mut() {
        Some(last) if depth > 0 => push(&mut last.items, depth - 1, item),
        _ => items.push(item),
    }
}

fn written(unit: &Unit) -> String {
    let plain = unit.words.without("**").trimmed();
    let end = marks::mark(plain.as_str()).map_or(0, |mark| mark.text);
    plain.slice(0..end).trimmed().as_str().to_owned()
}

/// 附則 without the blanks inside it.
fn supplement(plain: &Words) -> Words {
    let mut title = Words::at("附則", plain.whole().start);
    if let Some(at) = plain.as_str().find(['（', '(']) {
        title.append(&plain.slice(at..plain.as_str().len()));
    }
    title
}
