//! Markdown text → blocks: headings, lines of text, tables, and what passes through as it stands.
//!
//! Not CommonMark: a regulation that came out of a word processor means its lines, not what their first characters happen
//! to say in Markdown. Headings lost into bold paragraphs, paragraphs indented into quotations and lines joined by a
//! forced break are lines here. What they mean is decided by [`super::marks`] and [`super::articles`].

use super::clean::{clean, without_attributes};
use super::marks;
use super::pictures;
use super::tables::{Table, table};
use super::words::Words;
use crate::parse::markdown::written_without_spaces;
use crate::source::Span;

/// A line of the source without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub text: &'t str,
    pub at: usize,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading with its level.
    Heading(Words, u8),
    /// A paragraph, or a line of one that begins something.
    Unit(Unit),
    Table(Table),
    /// Lines that hold pictures and nothing else.
    Pictures(Unit),
    /// Code, alerts, footnotes: as they stand.
    Verbatim(Words),
    /// Entries of a table of contents.
    Contents(Span),
}

/// A paragraph or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// `\n` is a forced line break.
    pub words: Words,
    /// Blanks before it.
    pub indent: usize,
    /// An entry of a list without numbers.
    pub bullet: bool,
    /// The number that Markdown gives an entry of a numbered list.
    pub listed: Option<u32>,
}

/// Lines of the pictures that stand together, at most: their end is looked for from each.
const LONGEST_PICTURE: usize = 40;

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let found = Line { text: line.trim_end_matches(['\n', '\r']), at };
        at += line.len();
        found
    });
    lines.collect()
}

/// Whether two texts are joined without a space between them.
pub(super) fn joins_without_space(before: &str, after: &str) -> bool {
    before.chars().next_back().is_some_and(written_without_spaces)
        || after.chars().next().is_some_and(written_without_spaces)
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let mut reader = Reader { found: Vec::new(), open: None, lists: Vec::new() };
    let mut at = reader.metadata(&lines);
    while at < lines.len() {
        at += reader.read(&lines[at..]);
    }
    reader.close();
    reader.found
}

struct Reader {
    found: Vec<Block>,
    /// The paragraph that further lines may belong to.
    open: Option<Unit>,
    /// Numbered lists around, by indent: the last number that Markdown gave.
    lists: Vec<(usize, u32)>,
}

impl Reader {
    /// A block of `key: value` lines between `---`, as converters put it first: its title as a heading, the rest as lines.
    fn metadata(&mut self, lines: &[Line<'_>]) -> usize {
        let fence = |line: &Line<'_>| line.text.trim_end() == "---";
        if !lines.first().is_some_and(fence) {
            return 0;
        }
        let Some(end) = lines.iter().skip(1).position(|line| fence(line) || line.text.trim_end() == "...") else {
            return 0;
        };
        for line in &lines[1..=end] {
            let (key, value) = line.text.split_once(':').unwrap_or(("", line.text));
            let unquoted = value.trim().trim_matches(['"', '\'']);
            if key.trim() == "title" && !unquoted.is_empty() {
                let start = line.at + line.text.find(unquoted).unwrap_or(0);
                self.found.push(Block::Heading(Words::at(unquoted, start), 1));
            } else if !line.text.trim().is_empty() {
                self.found.push(Block::Unit(unit(Words::at(line.text, line.at).trimmed(), 0)));
            }
        }
        end + 2
    }

    /// Reads one block and tells how many lines it takes.
    fn read(&mut self, lines: &[Line<'_>]) -> usize {
        let line = lines[0];
        let plain = line.text.trim_start_matches([' ', '\t']);
        if plain.trim().is_empty() {
            self.close();
            return 1;
        }
        if let Some(taken) = self.fenced(lines, plain) {
            return taken;
        }
        if self.open.is_none()
            && let Some((table, taken)) = table(lines)
        {
            self.lists.clear();
            self.found.push(Block::Table(table));
            return taken;
        }
        if let Some(taken) = self.heading(lines, plain) {
            return taken;
        }
        if plain.trim_end().len() >= 3
            && ["-", "*", "_", "="].iter().any(|mark| plain.replace([' ', '\t'], "").replace(mark, "").is_empty())
        {
            self.close();
            return 1;
        }
        if let Some(taken) = self.quotation(lines, plain) {
            return taken;
        }
        if is_contents(plain) {
            self.close();
            let span = Span::new(line.at, line.at + line.text.len());
            match self.found.last_mut() {
                Some(Block::Contents(known)) => known.end = span.end,
                _ => self.found.push(Block::Contents(span)),
            }
            return 1;
        }
        self.text(line, lines.get(1).copied());
        1
    }

    fn verbatim(&mut self, lines: &[Line<'_>], taken: usize) -> usize {
        self.close();
        self.lists.clear();
        let mut words = Words::default();
        for (index, line) in lines[..taken].iter().enumerate() {
            if index > 0 {
                words.push_str("\n");
            }
            words.append(&Words::at(line.text, line.at));
        }
        self.found.push(Block::Verbatim(words));
        taken
    }

    /// Code between fences, a footnote, pictures.
    fn fenced(&mut self, lines: &[Line<'_>], plain: &str) -> Option<usize> {
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| plain.starts_with(fence)) {
            let end = lines.iter().skip(1).position(|line| line.text.trim_start().starts_with(fence));
            let taken = end.map_or(lines.len(), |end| end + 2);
            // Pandoc parts lists that follow each other so.
            if plain.trim_end() == "```{=html}" && taken == 3 && lines[1].text.trim() == "<!-- -->" {
                self.close();
                return Some(taken);
            }
            return Some(self.verbatim(lines, taken));
        }
        if self.open.is_none() && pictures::begins(plain) {
            return self.pictures(lines.iter().copied());
        }
        let footnote = plain.starts_with("[^") && plain.contains("]:");
        footnote.then(|| {
            let end = lines.iter().position(|line| line.text.trim().is_empty());
            self.verbatim(lines, end.unwrap_or(lines.len()))
        })
    }

    /// Lines that hold pictures and nothing else. The attributes of one may go on in the next line.
    fn pictures<'t>(&mut self, lines: impl Iterator<Item = Line<'t>>) -> Option<usize> {
        let mut found = None;
        let mut words = Words::default();
        let mut indent = 0;
        for (index, line) in lines.take(LONGEST_PICTURE).enumerate() {
            let plain = line.text.trim();
            // A picture is complete; more of them may follow.
            if plain.is_empty() || (found.is_some() && !pictures::begins(plain)) {
                break;
            }
            let start = line.text.len() - line.text.trim_start().len();
            if index == 0 {
                indent = start;
            } else {
                words.push_str("\n");
            }
            words.append(&Words::at(plain, line.at + start));
            if pictures::only(words.as_str()) {
                found = Some((words.clone(), index + 1));
            } else if found.is_some() {
                break;
            }
        }
        let (words, taken) = found?;
        self.found.push(Block::Pictures(unit(words, indent)));
        Some(taken)
    }

    fn heading(&mut self, lines: &[Line<'_>], plain: &str) -> Option<usize> {
        let line = lines[0];
        let at = line.at + (line.text.len() - plain.len());
        let level = plain.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&level) && plain[level..].starts_with([' ', '\t', '　']) {
            self.close();
            self.lists.clear();
            let text = plain[level..].trim_end().trim_end_matches('#');
            let text = &text[..without_attributes(text)];
            let words = clean(text, at + level).without("**").trimmed();
            if !words.is_blank() {
                self.found.push(Block::Heading(words, level as u8));
            }
            return Some(1);
        }
        let under = lines.get(1).map(|next| next.text.trim_end()).filter(|_| self.open.is_none())?;
        let level = match under.as_bytes() {
            [b'=', b'=', ..] if under.bytes().all(|byte| byte == b'=') => 1,
            [b'-', b'-', ..] if under.bytes().all(|byte| byte == b'-') => 2,
            _ => return None,
        };
        let words = clean(&plain[..without_attributes(plain)], at).without("**").trimmed();
        self.found.push(Block::Heading(words, level));
        Some(2)
    }

    /// A quotation: an alert stays one; anything else is a paragraph that the word processor had indented.
    fn quotation(&mut self, lines: &[Line<'_>], plain: &str) -> Option<usize> {
        if !plain.starts_with('>') {
            return None;
        }
        let is_quoted = |line: &Line<'_>| line.text.trim_start().starts_with('>');
        if plain[1..].trim_start().starts_with("[!") {
            let end = lines.iter().position(|line| !is_quoted(line)).unwrap_or(lines.len());
            return Some(self.verbatim(lines, end));
        }
        let first = unquoted(lines[0]);
        let mut taken = 1;
        if first.text.trim().is_empty() {
            self.close();
        } else if self.open.is_none() && pictures::begins(first.text.trim_start()) {
            let quoted = lines.iter().take_while(|line| is_quoted(line)).map(|line| unquoted(*line));
            match self.pictures(quoted) {
                Some(lines) => taken = lines,
                None => self.text(first, None),
            }
        } else {
            self.read(&[first]);
        }
        // What follows the quotation does not belong to it.
        if !lines.get(taken).is_some_and(is_quoted) {
            self.close();
        }
        Some(taken)
    }

    /// A line of text: the beginning of something, or more of the paragraph before.
    fn text(&mut self, line: Line<'_>, next: Option<Line<'_>>) {
        let plain = line.text.trim_start_matches([' ', '\t']);
        let indent = line.text.len() - plain.len();
        let broken = line.text.ends_with("  ");
        // Blanks of full width begin a paragraph; before a bullet they say that it belongs below.
        let wide = plain.trim_start_matches('　');
        let far = indent + (plain.len() - wide.len()) / '　'.len_utf8() * 2;
        let (bullet, skipped) = match bullet(wide) {
            (true, skipped) => (true, plain.len() - wide.len() + skipped),
            (false, _) => (false, 0),
        };
        // A line that is not indented is no more of an entry that is.
        if far == 0 && self.open.as_ref().is_some_and(|open| open.bullet && open.indent > 0) {
            self.close();
        }
        let listed = listed(plain).filter(|_| !bullet);
        let text = plain[skipped..].trim_end();
        let at = line.at + indent + skipped;
        let mut words = clean(text, at).trimmed_blanks();
        if broken {
            words.push_str("\n");
        }
        if words.is_blank() {
            return;
        }
        let before_article =
            || next.is_some_and(|next| starts(clean(next.text, 0).without("**").as_str().trim(), true));
        let mut first = true;
        for part in parts(&words) {
            let plain = part.without("**").trimmed();
            let begins = (first && (bullet || listed.is_some()))
                || starts(plain.as_str(), false)
                || (marks::bracketed(plain.as_str()).is_some_and(|(_, end)| end == plain.as_str().len())
                    && before_article());
            match &mut self.open {
                Some(open) if !begins => {
                    if !open.words.as_str().ends_with('\n') && !joins_without_space(open.words.as_str(), part.as_str())
                    {
                        open.words.push_str(" ");
                    }
                    open.words.append(&part);
                }
                _ => {
                    self.close();
                    let mut unit = unit(part, if bullet { far } else { indent });
                    if first {
                        unit.bullet = bullet;
                        unit.listed = listed.map(|number| self.list_number(indent, number));
                    }
                    if unit.listed.is_none() && indent == 0 {
                        self.lists.clear();
                    }
                    self.open = Some(unit);
                    // A heading is complete with its line.
                    if stands_alone(plain.as_str()) {
                        self.close();
                    }
                }
            }
            first = false;
        }
    }

    /// Markdown counts on from the first number of a list, whatever the others are.
    fn list_number(&mut self, indent: usize, written: u32) -> u32 {
        self.lists.retain(|(known, _)| *known <= indent);
        match self.lists.last_mut().filter(|(known, _)| *known == indent) {
            Some((_, last)) => {
                *last += 1;
                *last
            }
            None => {
                self.lists.push((indent, written));
                written
            }
        }
    }

    fn close(&mut self) {
        if let Some(mut unit) = self.open.take() {
            unit.words = unit.words.trimmed();
            if !unit.words.is_blank() {
                self.found.push(Block::Unit(unit));
            }
        }
    }
}

/// A line without the marks of quotations, however deep: quotations inside quotations are only further indented.
fn unquoted(line: Line<'_>) -> Line<'_> {
    let mut inner = line.text.trim_start_matches([' ', '\t']);
    while let Some(behind) = inner.trim_start_matches([' ', '\t']).strip_prefix('>') {
        inner = behind.strip_prefix(' ').unwrap_or(behind);
    }
    Line { text: inner, at: line.at + (line.text.len() - inner.len()) }
}

fn unit(words: Words, indent: usize) -> Unit {
    Unit { words, indent, bullet: false, listed: None }
}

/// A text cut behind every forced line break, which stays at the end of its part.
fn parts(words: &Words) -> Vec<Words> {
    let mut from = 0;
    let mut found = Vec::new();
    for (at, _) in words.as_str().match_indices('\n') {
        found.push(words.slice(from..at + 1));
        from = at + 1;
    }
    found.push(words.slice(from..words.as_str().len()));
    found.retain(|part| !part.is_blank());
    found
}

/// Whether a line begins something of its own, even within a paragraph.
fn starts(line: &str, article: bool) -> bool {
    match marks::head(line) {
        Some(marks::Head::Article(_)) => true,
        Some(_) => !article,
        None => !article && (marks::mark(line).is_some() || bullet(line).0),
    }
}

/// Whether a line that begins a part of a regulation holds nothing of its text.
fn stands_alone(line: &str) -> bool {
    marks::head(line).is_some_and(|head| match head {
        marks::Head::Article(head) => head.text.is_empty(),
        _ => true,
    })
}

/// Whether a line is an entry of a list without numbers, and how much of it says so.
fn bullet(line: &str) -> (bool, usize) {
    let mut characters = line.chars();
    let Some(first) = characters.next() else { return (false, 0) };
    let length = first.len_utf8();
    let rest = characters.as_str();
    let is = match first {
        '-' | '+' | '*' => rest.starts_with([' ', '\t']),
        '・' | '●' | '■' | '◆' | '•' => !rest.trim().is_empty() && !rest.starts_with(first),
        _ => false,
    };
    if is { (true, length + (rest.len() - rest.trim_start().len())) } else { (false, 0) }
}

/// The number of an entry of a numbered list of Markdown.
fn listed(line: &str) -> Option<u32> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = line[digits..].strip_prefix(['.', ')'])?;
    (1..=4).contains(&digits).then_some(())?;
    behind.starts_with([' ', '\t']).then(|| line[..digits].parse().ok()).flatten()
}

/// Whether a line is an entry of a table of contents: a link into the text, or dots up to the number of a page.
fn is_contents(line: &str) -> bool {
    let line = line.trim();
    if line.contains("](#_Toc") || (line.starts_with('[') && line.contains("](#") && line.ends_with(')')) {
        return true;
    }
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let led = before.trim_end();
    let leaders = led.chars().rev().take_while(|c| "…．.・‥".contains(*c)).count();
    before.len() < line.len() && (leaders >= 3 || (leaders >= 1 && led.ends_with('…')) || before.ends_with('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let told = |block: &Block| match block {
            Block::Heading(words, level) => format!("H{level} {}", words.as_str()),
            Block::Unit(unit) => {
                let bullet = if unit.bullet { "- " } else { "" };
                let listed = unit.listed.map_or(String::new(), |number| format!("[{number}] "));
                format!("{}{bullet}{listed}{}", ">".repeat(unit.indent), unit.words.as_str())
            }
            Block::Table(table) => format!("T{}", table.rows.len()),
            Block::Pictures(unit) => format!("{}P {}", ">".repeat(unit.indent), unit.words.as_str()),
            Block::Verbatim(words) => format!("V {}", words.as_str()),
            Block::Contents(_) => "C".to_owned(),
        };
        blocks(text).iter().map(told).collect()
    }

    #[test]
    fn lines_that_begin_something_stand_alone() {
        let text = "第1条（目的）\nこの規程は、\n第3条に定める。\n2　次のとおり。\n(1) 一つ\n・箇条\n\n文\\\n（１）二つ\\\n続き\n";
        let found = read(text);
        assert_eq!(
            found,
            [
                "第1条（目的）",
                "この規程は、第3条に定める。",
                "2　次のとおり。",
                "(1) 一つ",
                "- 箇条",
                "文",
                "（１）二つ\n続き"
            ]
        );
    }

    #[test]
    fn what_a_converter_made_of_the_page_is_undone() {
        let text = "---\ntitle: \"規程\"\nauthor: 佐藤\n---\n\n[第1条 [1](#_Toc1)](#_Toc1)\n\n第2条（範囲）........ 3\n\n> （１）字下げの\n> 文\n\n次の文\n\n題\n==\n\n## **第1章　総則** {#x .unnumbered}\n\n1.  一\n1.  二\n    1.  下\n1.  三\n\n> [!NOTE]\n> 注\n\n![図](a.png)\n\n```\n第1条\n```\n\n----\n";
        let found = read(text);
        assert_eq!(
            found,
            [
                "H1 規程",
                "author: 佐藤",
                "C",
                "（１）字下げの文",
                "次の文",
                "H1 題",
                "H2 第1章　総則",
                "[1] 1.  一",
                "[2] 1.  二",
                ">>>>[1] 1.  下",
                "[3] 1.  三",
                "V > [!NOTE]\n> 注",
                "P ![図](a.png)",
                "V ```\n第1条\n```",
            ]
        );
    }
}
