//! What a reader says: words, numbers, kinds of alerts, cells. Taken from the tree, from the HTML of a page and from the
//! units of a comparison, white space left out.

use kitei::compare::unit::{LineKind, Unit, UnitKind};
use kitei::handbook::edition::Edition;
use kitei::handbook::reading::{Reading as Read, read};
use kitei::handbook::version::PublishedVersion;
use kitei::locale::Catalogue;
use kitei::model::content::{Alert, Block, Inline, Kind, Step};
use kitei::model::reference::Target;
use kitei::numbering::{caption_in_brackets, heading_number, item_mark};
use kitei::site::search::SectionText;

/// What is said, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facts {
    words: String,
    numbers: Vec<String>,
    alerts: Vec<String>,
    /// Rows of tables by their cells.
    rows: Vec<Vec<String>>,
}

impl Facts {
    fn say(&mut self, text: &str, in_cell: bool) {
        let words = text.chars().filter(|c| !c.is_whitespace());
        self.words.extend(words.clone());
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()).filter(|_| in_cell) {
            cell.extend(words);
        }
    }

    fn number(&mut self, number: &str) {
        let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        self.numbers.extend((!number.is_empty()).then_some(number));
    }

    fn cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
    }

    fn append(&mut self, other: Self) {
        self.words += &other.words;
        self.numbers.extend(other.numbers);
        self.alerts.extend(other.alerts);
        self.rows.extend(other.rows);
    }
}

/// Whose habits the tree is read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Footnotes are below the text; a picture is its words.
    Page,
    /// Footnotes are where they were written; a picture says that it is one.
    Comparison,
}

fn alert_word(alert: Alert) -> &'static str {
    match alert {
        Alert::Important => "必須",
        Alert::Caution => "禁止",
        Alert::Warning => "注意",
        Alert::Tip => "ヒント",
        Alert::Note => "参考",
    }
}

/// What a tree says.
pub fn of_tree(
    edition: &Edition<'_>,
    entry: &PublishedVersion<'_>,
    catalogue: &Catalogue,
    text: &str,
    reading: Reading,
) -> Facts {
    let document = entry.document;
    let content = &document.content;
    let language = catalogue.language();
    let mut facts = Facts::default();
    let mut outer: Vec<Facts> = Vec::new();
    let mut notes: Vec<(u32, Facts)> = Vec::new();
    let (mut items, mut in_cell) = (0, false);
    let mut walk = content.walk();
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => match node.kind {
                Kind::Block(Block::Heading { section: Some(section), .. }) => {
                    let heading = &document.outline.headings[section as usize];
                    facts.number(&heading_number(heading, language));
                    if heading.deleted {
                        facts.say("削除", false);
                        walk.skip_inside();
                    } else if caption_in_brackets(heading, language) {
                        facts.say("（", false);
                    }
                }
                Kind::Block(Block::Paragraph(Some(number))) if number > 1 => facts.number(&number.to_string()),
                Kind::Block(Block::Item(Some(number))) => {
                    facts.number(&item_mark(number, items, language));
                    items += 1;
                }
                Kind::Block(Block::Alert(alert)) => facts.alerts.push(alert_word(alert).to_owned()),
                Kind::Block(Block::Row { .. }) => facts.rows.push(Vec::new()),
                Kind::Block(Block::Cell) => {
                    facts.cell();
                    in_cell = true;
                }
                Kind::Block(Block::Note(_)) if reading == Reading::Page => outer.push(std::mem::take(&mut facts)),
                Kind::Block(_) => {}
                Kind::Inline(Inline::Text(words) | Inline::Code(words) | Inline::Typed(words)) => {
                    facts.say(content.words(node, words, text), in_cell);
                }
                Kind::Inline(Inline::Task { done }) => facts.say(if done { "☑" } else { "☐" }, in_cell),
                Kind::Inline(Inline::Mention(note)) => {
                    facts.say(&format!("(注{})", content.notes()[note as usize].number), in_cell);
                }
                Kind::Inline(Inline::Reference(index)) => {
                    let reference = &document.references[index as usize];
                    let own = match read(edition, entry, reference, catalogue) {
                        Read::Typed => Some(text[reference.span.start..reference.span.end].to_owned()),
                        Read::Document { words, .. } | Read::Entity { words, .. } | Read::Words(words) => {
                            (!reference.has_text).then_some(words)
                        }
                        Read::External(_) => None,
                    };
                    if let Some(words) = own {
                        facts.say(&words, in_cell);
                        walk.skip_inside();
                    }
                }
                Kind::Inline(Inline::Image(index)) => {
                    let reference = &document.references[index as usize];
                    let words = content.line(walk.inside(), text);
                    let typed = matches!(reference.target, Target::Unsafe(_) | Target::Malformed(_));
                    match reading {
                        Reading::Comparison => facts.say(&format!("［図{words}］"), in_cell),
                        Reading::Page if typed => facts.say(&text[reference.span.start..reference.span.end], in_cell),
                        Reading::Page => facts.say(&words, in_cell),
                    }
                    walk.skip_inside();
                }
                Kind::Inline(_) => {}
            },
            Step::Leave(node) => match node.kind {
                Kind::Block(Block::Heading { section: Some(section), .. })
                    if caption_in_brackets(&document.outline.headings[section as usize], language) =>
                {
                    facts.say("）", false);
                }
                Kind::Block(Block::Item(Some(_))) => items -= 1,
                Kind::Block(Block::Cell) => in_cell = false,
                Kind::Block(Block::Note(note)) if reading == Reading::Page => {
                    let number = content.notes()[note as usize].number;
                    notes.push((number, std::mem::replace(&mut facts, outer.pop().unwrap())));
                }
                _ => {}
            },
        }
    }
    notes.sort_by_key(|(number, _)| *number);
    notes.into_iter().for_each(|(_, note)| facts.append(note));
    facts
}

/// What the units of a comparison say, the front matter left out.
pub fn of_units(units: &[Unit]) -> Facts {
    let mut facts = Facts::default();
    for line in units.iter().filter(|unit| unit.kind != UnitKind::Facts).flat_map(|unit| &unit.lines) {
        let mut mark = line.mark.as_str();
        if let Some((word, rest)) = mark.strip_prefix('【').and_then(|mark| mark.split_once('】')) {
            facts.alerts.push(word.to_owned());
            mark = rest;
        }
        mark = mark.strip_prefix('注').map_or(mark, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        // Entries of other lists have the author's own numbers, or signs.
        if !mark.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '・')
            || mark.bytes().all(|b| b.is_ascii_digit())
        {
            facts.number(mark);
        }
        if line.text() == "――――" {
            continue;
        }
        let row = line.kind == LineKind::Row;
        if row {
            facts.rows.push(Vec::new());
        }
        for cell in &line.cells {
            if row {
                facts.cell();
            }
            cell.iter().for_each(|piece| facts.say(&piece.text, row));
        }
    }
    facts
}

/// What the HTML of a page's body says.
pub fn of_html(html: &str) -> Facts {
    let mut facts = Facts::default();
    // What is done with the text inside each open tag.
    let mut open: Vec<(String, &str)> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text(&mut facts, &rest[..start], &open);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let (opened, _) = open.pop().expect("a tag was opened");
            assert_eq!(opened, name, "tags are closed in order");
            continue;
        }
        let name = tag.split_whitespace().next().unwrap_or("");
        let class = attribute(tag, "class");
        match (name, class) {
            ("img", _) => {
                let alt = unescaped(attribute(tag, "alt"));
                let in_cell = open.iter().any(|(_, use_)| *use_ == "cell");
                facts.say(&alt, in_cell);
                continue;
            }
            ("br" | "hr", _) => continue,
            ("div", class) if class.starts_with("alert ") => {
                let word = match class.trim_start_matches("alert ") {
                    "required" => Alert::Important,
                    "forbidden" => Alert::Caution,
                    "warning" => Alert::Warning,
                    "tip" => Alert::Tip,
                    _ => Alert::Note,
                };
                facts.alerts.push(alert_word(word).to_owned());
            }
            ("tr", _) => facts.rows.push(Vec::new()),
            ("td" | "th", _) => facts.cell(),
            _ => {}
        }
        let use_ = match (name, class) {
            ("span", "mark" | "number") => "number",
            ("p", "alert-title") | ("a", "back") => "nothing",
            ("sup", _) => "mention",
            ("td" | "th", _) => "cell",
            _ => "",
        };
        open.push((name.to_owned(), use_));
    }
    text(&mut facts, rest, &open);
    assert!(open.is_empty(), "{open:?} stay open");
    facts
}

fn text(facts: &mut Facts, text: &str, open: &[(String, &str)]) {
    let inside = |name: &str| open.iter().any(|(_, use_)| *use_ == name);
    let words = unescaped(text);
    match () {
        () if inside("nothing") => {}
        () if inside("number") => facts.number(&words),
        () if words.is_empty() => {}
        () if inside("mention") => facts.say(&format!("({words})"), inside("cell")),
        () => facts.say(&words, inside("cell")),
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let start = format!(" {name}=\"");
    tag.split_once(&start).and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text of each section in the index.
pub fn of_index(index: &[SectionText]) -> Vec<String> {
    index.iter().map(|section| bare(&section.text)).collect()
}

/// The text of the same sections in a comparison: marks and words of all lines but the heading.
pub fn by_section(units: &[Unit], index: &[SectionText]) -> Vec<String> {
    let headed: Vec<&Unit> =
        units.iter().filter(|unit| !matches!(unit.kind, UnitKind::Facts | UnitKind::Preamble)).collect();
    let said = |unit: &Unit, from: usize| -> String {
        unit.lines[from..].iter().map(|line| bare(&line.mark) + &bare(&line.text())).collect()
    };
    index
        .iter()
        .map(|section| match section.heading {
            None => units.iter().filter(|unit| unit.kind == UnitKind::Preamble).map(|unit| said(unit, 0)).collect(),
            Some(heading) => said(headed[heading], 1),
        })
        .collect()
}
