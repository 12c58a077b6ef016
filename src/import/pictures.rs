//! Pictures that a text shows: each that lies beside its source goes into a folder of the document, and the text leads there.
//!
//! What cannot be taken over stays a picture with the address that was typed, and is told. Which files may be looked at is
//! decided here, before anything is read; whoever reads follows no link.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::blocks::joins_without_space;
use super::clean::near;
use super::finding::Findings;
use super::structure::{Content, Item, Part};
use super::words::Words;
use super::{Beside, Picture};
use crate::load::Unread;
use crate::locale::Text;
use crate::model::reference::Target;
use crate::parse::reference::link_target;
use crate::source::Span;
use crate::{paths, picture};

/// Characters of a description that Markdown would take for marks.
const MARKS: [char; 8] = ['\\', '`', '*', '_', '[', ']', '<', '&'];

/// A picture as it stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// How much of the text it takes.
    length: usize,
    /// Its description as Markdown, on one line.
    alt: String,
    /// Its address, without escapes.
    address: String,
    /// Where the address stands as it has to be written.
    written: String,
    /// What else is said of it, such as its size.
    attributes: String,
}

/// The picture that a text begins with.
pub(super) fn shown(text: &str) -> Option<Shown> {
    if text.starts_with("![") { marked(text) } else { tagged(text) }
}

/// The pictures that a text begins with, and what follows them.
fn leading(text: &str) -> (Vec<Shown>, &str) {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(picture) = shown(rest) {
        rest = rest[picture.length..].trim_start();
        found.push(picture);
    }
    (found, rest)
}

/// Whether a text holds pictures and nothing else.
pub(super) fn only(text: &str) -> bool {
    let (pictures, rest) = leading(text);
    !pictures.is_empty() && rest.is_empty()
}

/// Whether words say what the last of some pictures is described by, as a text processor writes the title below a figure.
pub(super) fn described_by(pictures: &str, words: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| !MARKS.contains(c) && !c.is_whitespace()).collect::<String>();
    let description = leading(pictures).0.last().map(|picture| plain(&picture.alt)).unwrap_or_default();
    !description.is_empty() && description == plain(words)
}

/// Whether a text begins as a picture does.
pub(super) fn begins(text: &str) -> bool {
    text.starts_with("![") || text.get(..4).is_some_and(|tag| tag.eq_ignore_ascii_case("<img"))
}

/// `![description](address "title"){attributes}`.
fn marked(text: &str) -> Option<Shown> {
    let text = near(text);
    let end = closing(text, 1, '[', ']')?;
    let inside = text[end + 1..].strip_prefix('(')?;
    let from = end + 2 + (inside.len() - inside.trim_start().len());
    let (address, to) = match text[from..].strip_prefix('<') {
        Some(inner) => {
            let length = inner.find('>').filter(|length| !inner[..*length].contains('\n'))?;
            (from + 1..from + 1 + length, from + length + 2)
        }
        None => {
            let mut depth = 0usize;
            let mut escaped = false;
            let end = text[from..].char_indices().find(|(_, c)| {
                let ends = !escaped && (c.is_whitespace() || (*c == ')' && depth == 0));
                match c {
                    '(' if !escaped => depth += 1,
                    ')' if !escaped => depth = depth.saturating_sub(1),
                    _ => {}
                }
                escaped = *c == '\\' && !escaped;
                ends
            });
            let to = from + end?.0;
            (from..to, to)
        }
    };
    let mut behind = text[to..].trim_start();
    if let Some(quote) = behind.chars().next().filter(|c| ['"', '\''].contains(c)) {
        behind = behind[1..].split_once(quote)?.1.trim_start();
    }
    let mut length = text.len() - behind.strip_prefix(')')?.len();
    let attributes = attributes(&text[length..]).map_or(0, |taken| {
        length += taken;
        taken
    });
    let address = &text[address];
    (!address.is_empty()).then(|| Shown {
        length,
        alt: one_line(&text[2..end]),
        address: unescaped(address),
        written: if address.contains(' ') { format!("<{address}>") } else { address.to_owned() },
        attributes: one_line(&text[length - attributes..length]),
    })
}

/// `<img src="address" alt="description" />`.
fn tagged(text: &str) -> Option<Shown> {
    let text = near(text);
    let mut rest = begins(text).then(|| &text[4..]).filter(|rest| rest.starts_with([' ', '\t', '\n', '/', '>']))?;
    let (mut address, mut alt, mut attributes) = (None, String::new(), Vec::new());
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            rest = behind;
            break;
        }
        let start = rest;
        let name = &rest[..rest.find(|c: char| c.is_whitespace() || ['=', '>', '/'].contains(&c))?];
        rest = rest[name.len()..].trim_start();
        let mut value = "";
        if let Some(behind) = rest.strip_prefix('=') {
            let behind = behind.trim_start();
            (value, rest) = match behind.chars().next()? {
                quote @ ('"' | '\'') => behind[1..].split_once(quote)?,
                _ => behind.split_at(behind.find(|c: char| c.is_whitespace() || c == '>')?),
            };
        } else if name.is_empty() {
            return None;
        }
        match name.to_ascii_lowercase().as_str() {
            "src" => address = Some(plain(value)),
            "alt" => alt = one_line(&plain(value)),
            _ => attributes.push(one_line(start[..start.len() - rest.len()].trim())),
        }
    }
    let address = address.filter(|address| !address.trim().is_empty())?;
    let mut described = String::new();
    for c in alt.chars() {
        if MARKS.contains(&c) {
            described.push('\\');
        }
        described.push(c);
    }
    let bare = address.chars().all(|c| !c.is_whitespace() && !['(', ')', '<', '>'].contains(&c));
    let written = if bare { address.clone() } else { format!("<{}>", address.replace(['<', '>', '\n'], "")) };
    let length = text.len() - rest.len();
    Some(Shown { length, alt: described, address, written, attributes: attributes.join(" ") })
}

/// Where the bracket closes that opens at `from`.
fn closing(text: &str, from: usize, opens: char, closes: char) -> Option<usize> {
    let (mut depth, mut escaped) = (0usize, false);
    for (at, c) in text[from..].char_indices() {
        if !escaped && c == opens {
            depth += 1;
        } else if !escaped && c == closes {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(from + at);
            }
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// The length of `{width="8cm" .class}`.
fn attributes(text: &str) -> Option<usize> {
    let mut quoted = false;
    let end = text.strip_prefix('{')?.find(|c: char| {
        quoted ^= c == '"';
        c == '}' && !quoted
    })?;
    let inner = text[1..=end].trim();
    (inner.starts_with(['.', '#']) || inner.contains('=')).then_some(end + 2)
}

/// A text whose lines are joined as those of a paragraph are.
fn one_line(text: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() && !joins_without_space(&out, line) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// An address of Markdown without its escapes.
fn unescaped(address: &str) -> String {
    let mut out = String::new();
    let mut characters = address.chars().peekable();
    while let Some(c) = characters.next() {
        match characters.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(characters.next()),
            _ => out.push(c),
        }
    }
    out
}

/// A value of HTML without the entities that writers of HTML put into values.
fn plain(value: &str) -> String {
    let known = [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    known.iter().fold(value.to_owned(), |text, (entity, meant)| text.replace(entity, meant))
}

/// Puts pictures where a document keeps them.
pub(super) struct Settler<'a> {
    beside: &'a Beside<'a>,
    findings: &'a mut Findings,
    /// The folder of the document's pictures, beside the document.
    folder: &'a str,
    /// Names that are taken in that folder, in small letters.
    taken: BTreeSet<String>,
    /// By path from the source: where the document finds it.
    copied: BTreeMap<String, String>,
    attributes: Vec<(Span, String)>,
    pictures: Vec<Picture>,
}

impl<'a> Settler<'a> {
    pub(super) fn new(
        beside: &'a Beside<'a>,
        folder: &'a str,
        taken: BTreeSet<String>,
        findings: &'a mut Findings,
    ) -> Self {
        let (copied, attributes, pictures) = Default::default();
        Self { beside, findings, folder, taken, copied, attributes, pictures }
    }

    /// Settles the pictures of all parts, and tells which files they are.
    pub(super) fn parts(mut self, parts: &mut [Part]) -> Vec<Picture> {
        for part in parts {
            self.words(&mut part.title);
            for content in &mut part.contents {
                match content {
                    Content::Paragraph { words, .. } => self.words(words),
                    Content::Items(items) => self.items(items),
                    Content::Bullets(entries) => entries.iter_mut().for_each(|(_, words)| self.words(words)),
                    Content::Table(table) => table.rows.iter_mut().flatten().for_each(|words| self.words(words)),
                    Content::Verbatim(words) if words.as_str().trim_start().starts_with(['`', '~']) => {}
                    Content::Verbatim(words) => self.words(words),
                }
            }
        }
        if let Some((span, written)) = self.attributes.first() {
            let text = Text::new("import-picture-attributes")
                .arg("count", self.attributes.len())
                .arg("written", written.as_str());
            self.findings.note(*span, text, "import-picture-attributes-help");
        }
        self.pictures
    }

    fn items(&mut self, items: &mut [Item]) {
        for item in items {
            self.words(&mut item.words);
            item.more.iter_mut().for_each(|words| self.words(words));
            self.items(&mut item.items);
        }
    }

    fn words(&mut self, words: &mut Words) {
        let mut out = Words::default();
        let mut from = 0;
        let mut at = 0;
        let text = words.as_str();
        while let Some(next) = text[at..].find(['`', '!', '<', '\\']).map(|next| at + next) {
            let rest = &text[next..];
            at = next + 1;
            if rest.starts_with('\\') {
                at += rest.chars().nth(1).map_or(0, char::len_utf8);
            } else if let Some(code) = rest.strip_prefix('`') {
                at += near(code).find('`').map_or(0, |end| end + 1);
            } else if begins(rest) {
                let Some(picture) = shown(rest) else {
                    let mark = words.span(next..next + 2);
                    self.findings.undecided(mark, Text::new("import-picture"), "import-picture-help");
                    continue;
                };
                at = next + picture.length;
                let range = next..at;
                out.append(&words.slice(from..next));
                out.append(&Words::made(&self.settled(words, range, &picture), words.span(next..at).start));
                from = at;
            }
        }
        if from > 0 {
            out.append(&words.slice(from..text.len()));
            *words = out;
        }
    }

    /// A picture as the document shows it.
    fn settled(&mut self, words: &Words, range: Range<usize>, picture: &Shown) -> String {
        let span = words.span(range);
        if !picture.attributes.is_empty() {
            self.attributes.push((span, picture.attributes.clone()));
        }
        let address = match self.copied(span, &picture.address) {
            Ok(address) => address,
            Err((key, help)) => {
                self.findings.undecided(span, key.arg("written", &picture.address), help);
                picture.written.clone()
            }
        };
        format!("![{}]({address})", picture.alt)
    }

    /// Where the document finds a picture, or why it is not taken over.
    fn copied(&mut self, span: Span, address: &str) -> Result<String, (Text, &'static str)> {
        let outside = (Text::new("import-picture-outside"), "import-picture-outside-help");
        let Target::Path { path, .. } = link_target(address) else {
            return Err((Text::new("import-picture-address"), "import-picture-address-help"));
        };
        let path = path.replace('\\', "/");
        if path.starts_with('/') {
            return Err(outside);
        }
        let Some(path) = paths::resolve("source.md", &path) else { return Err(outside) };
        if let Some(known) = self.copied.get(&path) {
            return Ok(known.clone());
        }
        if !picture::KINDS.contains(&picture::ending(&path).as_str()) {
            return Err((Text::new("import-picture-kind"), "import-picture-kind-help"));
        }
        let bytes = (self.beside)(&path).map_err(|unread| match unread {
            Unread::Missing => (Text::new("import-picture-missing"), "import-picture-missing-help"),
            Unread::Link => (Text::new("import-picture-link"), "import-picture-link-help"),
            Unread::Failed(reason) => {
                (Text::new("import-picture-unreadable").arg("reason", reason), "import-picture-unreadable-help")
            }
        })?;
        let bytes = match picture::reduced(&path, &bytes) {
            Ok(shown) => shown.into_owned(),
            Err(fault) => {
                let text = Text::new("import-picture-no-drawing").arg("fault", fault.text());
                return Err((text, "import-picture-no-drawing-help"));
            }
        };
        let name = self.name(&path);
        let file = format!("{}/{name}", self.folder);
        let told = Text::new("import-picture-copied").arg("written", &path).arg("file", &file);
        self.findings.note(span, told, "import-picture-copied-help");
        self.copied.insert(path.clone(), file.clone());
        self.pictures.push(Picture { file: file.clone(), source: path, bytes });
        Ok(file)
    }

    /// A name that no other file of the folder has, and that an address can hold as it is.
    fn name(&mut self, path: &str) -> String {
        let name: String = path.rsplit('/').next().unwrap_or(path).nfc().collect();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let kept = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let stem: String = stem.chars().map(kept).collect();
        let stem = stem.trim_start_matches('.');
        let stem = if stem.is_empty() { "picture" } else { stem };
        let mut found = format!("{stem}.{ending}");
        let mut count = 1;
        while !self.taken.insert(found.to_lowercase()) {
            count += 1;
            found = format!("{stem}-{count}.{ending}");
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String, String, &str)> {
        let found = shown(text)?;
        Some((found.alt, found.address, found.attributes, &text[found.length..]))
    }

    #[test]
    fn a_picture_is_read_as_converters_write_it() {
        for (text, alt, address, attributes) in [
            (
                "![流れ](./media/a.png){width=\"3.1in\"\nheight=\"1.5in\"}|",
                "流れ",
                "./media/a.png",
                "{width=\"3.1in\" height=\"1.5in\"}",
            ),
            (
                "<img src=\"media/a.png\" style=\"width:3in;height:1in\"\nalt=\"印 &amp; *章*\" />|",
                "印 \\& \\*章\\*",
                "media/a.png",
                "style=\"width:3in;height:1in\"",
            ),
            ("![a \\[b\\] [c] d](a%20b%20(1)\\_x.png \"題\")|", "a \\[b\\] [c] d", "a%20b%20(1)_x.png", ""),
            ("![長い説明の\n文](<a b.png>){1, 2}", "長い説明の文", "a b.png", ""),
            ("<IMG alt=x SRC='a b.png'>|", "x", "a b.png", ""),
        ] {
            let (found, to, more, rest) = read(text).expect(text);
            assert_eq!((found.as_str(), to.as_str(), more.as_str()), (alt, address, attributes), "{text}");
            assert!(rest == "|" || rest == "{1, 2}", "{text}: {rest}");
        }
        for text in [
            "![図",
            "![図]",
            "![図](",
            "![図]()",
            "![図](a b.png)",
            "<img>",
            "<img src=\"a",
            "<imgx src=\"a\">",
            "<img =",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn pictures_alone_are_told_from_text_with_pictures() {
        assert!(only("![](a.png){width=\"1in\"}\n<img src=\"b.png\" />  "));
        for text in ["", "![](a.png) 図", "図 ![](a.png)", "![](a.png"] {
            assert!(!only(text), "{text}");
        }
    }
}
