//! Typed citations → references, where it is certain what they point at: 第3条, 第5条第2項第1号, 前条, 次項,
//! 本規程第4条, 情報管理規程第12条, 別表1. Articles of outside law stay text; what is open is told.

use std::ops::Range;

use super::clean::{NEAR, near};
use super::finding::Findings;
use super::numeral::{numbered, numeral};
use super::targets::{Target, appendix};
use super::words::Words;
use crate::check::outside::{is_outside, names_outside};
use crate::locale::Text;
use crate::model::outline::Number;

/// Where words stand.
#[derive(Debug, Clone, Default)]
pub(super) struct At {
    /// The article among those of its own document.
    pub article: Option<usize>,
    /// The number of the paragraph.
    pub paragraph: Option<u32>,
    /// The number of the item.
    pub item: Option<u32>,
}

/// What can be cited from a document.
pub(super) struct Citable<'t> {
    pub own: &'t Target,
    pub others: &'t [Target],
    /// What this text calls others, after 以下「…」という, by their index.
    pub aliases: Vec<(String, usize)>,
}

impl<'t> Citable<'t> {
    /// What a text can cite; its words define the short names of others.
    pub(super) fn new<'w>(own: &'t Target, others: &'t [Target], words: impl Iterator<Item = &'w str>) -> Self {
        let mut aliases = Vec::new();
        for text in words {
            for (at, opening) in text.match_indices("（以下「") {
                let rest = &text[at + opening.len()..];
                let Some((alias, behind)) = rest.split_once('」') else { continue };
                let before = text[..at].trim_end_matches(['」', '』']);
                let named =
                    others.iter().position(|target| !target.title.is_empty() && before.ends_with(&target.title));
                if let Some(at) = named.filter(|_| behind.starts_with("とい")) {
                    aliases.push((alias.to_owned(), at));
                }
            }
        }
        Self { own, others, aliases }
    }
}

/// An article as it is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cited {
    Number(Number),
    Before,
    Behind,
}

/// A paragraph or item as it is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    Number(u32),
    Before,
    Behind,
}

#[derive(Debug, Clone)]
struct Citation {
    range: Range<usize>,
    article: Option<Cited>,
    paragraph: Option<Below>,
    item: Option<Below>,
}

/// Whose article is cited.
#[derive(Debug, Clone, Copy)]
enum Whose<'t> {
    Own,
    Other(&'t Target),
    Outside,
    /// A text that nobody has here.
    Unknown,
    /// A law stands before it in the sentence, though not right before.
    Perhaps,
}

/// What a citation was found to mean; kept for those that go on from it: 第5条第1項及び第2項.
#[derive(Debug, Clone, Copy)]
struct Last<'t> {
    end: usize,
    whose: Whose<'t>,
    article: Option<usize>,
    paragraph: Option<u32>,
}

/// Words with references in place of citations.
pub(super) fn cite(words: &Words, at: &At, citable: &Citable<'_>, findings: &mut Findings) -> String {
    let text = words.as_str();
    let mut out = String::new();
    let mut from = 0;
    let mut last: Option<Last<'_>> = None;
    let linked = linked(text);
    let (mut next, mut passed) = (0, 0);
    while let Some(c) = text[next..].chars().next() {
        let here = next;
        next += c.len_utf8();
        while linked.get(passed).is_some_and(|range| range.end <= here) {
            passed += 1;
        }
        if let Some(inside) = linked.get(passed).filter(|range| range.contains(&here)) {
            next = inside.end;
            continue;
        }
        if let Some((name, length)) = appendix(&text[here..]) {
            let written = &text[here..here + length];
            next = here + length;
            let own = !matches!(context(text, here, citable, None).whose, Whose::Other(_) | Whose::Unknown);
            match citable.own.appendices.get(&name).filter(|_| own) {
                Some(anchor) => {
                    out.push_str(&text[from..here]);
                    out.push_str(&format!("[{written}](#{anchor})"));
                    from = next;
                }
                None if name.chars().any(|c| c.is_ascii_digit()) => {
                    let told = Text::new("import-citation-appendix").arg("written", written);
                    findings.undecided(words.span(here..next), told, "import-citation-appendix-help");
                }
                None => {}
            }
            continue;
        }
        if let Some(length) = open_citation(&text[here..]) {
            next = here + length;
            let told = Text::new("import-citation-open").arg("written", &text[here..next]);
            findings.note(words.span(here..next), told, "import-citation-open-help");
            last = None;
            continue;
        }
        let Some(citation) = citation(text, here) else { continue };
        next = citation.range.end;
        let mut resolver = Resolver { words, at, citable, findings };
        let (reference, found) = resolver.resolve(&citation, last);
        last = Some(found);
        if let Some((start, reference)) = reference {
            out.push_str(&text[from..start.max(from)]);
            out.push_str(&reference);
            from = next;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// Links and code, which hold no citations.
fn linked(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['`', '[']).map(|start| at + start) {
        let rest = near(&text[start + 1..]);
        let end = if text[start..].starts_with('`') {
            rest.find('`').map(|end| start + end + 2)
        } else {
            rest.find("](").and_then(|middle| Some(start + 1 + middle + rest[middle..].find(')')? + 1))
        };
        if let Some(end) = end {
            found.push(start..end);
        }
        at = end.unwrap_or(start + 1);
    }
    found
}

/// The length of a citation that points at what was cited before or at several things at once.
fn open_citation(text: &str) -> Option<usize> {
    const SAME: [&str; 4] = ["同条", "同項", "同号", "同規程"];
    if let Some(word) = SAME.iter().find(|word| text.starts_with(**word)) {
        let mut end = word.len();
        while let Some((_, length)) = ['条', '項', '号'].iter().find_map(|unit| numbered(&text[end..], *unit)) {
            end += length;
        }
        return Some(end);
    }
    let rest = text.strip_prefix('前')?;
    let rest = rest.strip_prefix('各').or_else(|| numeral(rest).map(|(_, length)| &rest[length..]))?;
    let behind = rest.strip_prefix(['条', '項', '号'])?;
    Some(text.len() - behind.len())
}

/// The citation that begins at a place.
fn citation(text: &str, from: usize) -> Option<Citation> {
    let mut at = from;
    let article = if let Some((number, length)) = numbered(&text[at..], '条') {
        at += length;
        Some(Cited::Number(number))
    } else {
        let found = [("前条", Cited::Before), ("次条", Cited::Behind)]
            .into_iter()
            .find(|(word, _)| text[at..].starts_with(word));
        at += found.map_or(0, |(word, _)| word.len());
        found.map(|(_, cited)| cited)
    };
    let mut below = |unit: char, words: [&str; 2]| {
        let rest = &text[at..];
        if let Some((number, length)) = numbered(rest, unit).filter(|(number, _)| number.branch == 0) {
            at += length;
            return Some(Below::Number(number.main));
        }
        let found = words.into_iter().zip([Below::Before, Below::Behind]).find(|(word, _)| rest.starts_with(word));
        at += found.map_or(0, |(word, _)| word.len());
        found.map(|(_, below)| below)
    };
    let paragraph = below('項', ["前項", "次項"]);
    let item = below('号', ["前号", "次号"]);
    let known = article.is_some() || paragraph.is_some() || matches!(item, Some(Below::Before | Below::Behind));
    known.then_some(Citation { range: from..at, article, paragraph, item })
}

/// What a text may be called; an article behind such a name is not one of this document.
const KINDS: [&str; 16] = [
    "規程",
    "規則",
    "細則",
    "基準",
    "要領",
    "要綱",
    "手順書",
    "手順",
    "マニュアル",
    "方針",
    "計画書",
    "約款",
    "契約書",
    "内規",
    "指針",
    "規格",
];

const OWN: [&str; 3] = ["本", "この", "当"];

/// Words that join a citation to the one before it.
const JOINTS: [&str; 12] =
    ["及び", "および", "又は", "または", "並びに", "若しくは", "から", "、", "と", "ないし", "・", "まで及び"];

/// Whose article stands at a place, and the name before it, which a reference takes the place of.
struct Context<'t> {
    whose: Whose<'t>,
    /// Where the name begins.
    start: usize,
    /// Words in brackets stand between the name and the article, and have to stay.
    parted: bool,
}

fn context<'t>(text: &str, at: usize, citable: &Citable<'t>, last: Option<Last<'t>>) -> Context<'t> {
    // A name stands near; looking through all that was written before would take quadratic time.
    let base = text.floor_char_boundary(at.saturating_sub(NEAR));
    let last = last.filter(|last| last.end >= base).map(|last| Last { end: last.end - base, ..last });
    let found = context_in(&text[base..], at - base, citable, last);
    Context { start: found.start + base, ..found }
}

fn context_in<'t>(text: &str, at: usize, citable: &Citable<'t>, last: Option<Last<'t>>) -> Context<'t> {
    let of = |whose, start| Context { whose, start, parted: false };
    let blanks = [' ', '　', 'の'];
    let before = text[..at].trim_end_matches(blanks);
    let supplement = before.strip_suffix("附則").or_else(|| before.strip_suffix("付則"));
    let start = supplement.map_or(at, str::len);
    if let Some(last) = last.filter(|last| JOINTS.contains(&text[last.end..start].trim())) {
        return of(last.whose, start);
    }
    let mut before = supplement.unwrap_or(before).trim_end_matches(blanks);
    let whole = before;
    if before.ends_with(['）', ')'])
        && let Some(open) = opening(before)
    {
        before = &before[..open];
    }
    let parted = before.len() < whole.len();
    let quoted = before.ends_with(['」', '』']);
    let before = before.trim_end_matches(['」', '』', '*', '】']);
    let name_start = |name: &str| {
        let from = before.len() - name.len();
        let opened = text[..from].ends_with(['「', '『']) && quoted;
        if opened { from - '「'.len_utf8() } else { from }
    };
    let targets = std::iter::once(citable.own).chain(citable.others);
    let titles = targets.map(|target| (target.title.as_str(), target));
    let aliases = citable.aliases.iter().map(|(alias, at)| (alias.as_str(), &citable.others[*at]));
    let known = titles.chain(aliases).filter(|(name, _)| !name.is_empty() && before.ends_with(name));
    if let Some((name, target)) = known.max_by_key(|(name, _)| name.len()) {
        if std::ptr::eq(target, citable.own) {
            return of(Whose::Own, start);
        }
        let start = if parted { start } else { name_start(name) };
        return Context { whose: Whose::Other(target), start, parted };
    }
    let sentence = before.rfind('。').map_or(0, |stop| stop + '。'.len_utf8());
    let before = &before[sentence..];
    let whose = if let Some(kind) = KINDS.iter().find(|kind| before.ends_with(**kind)) {
        let name = &before[..before.len() - kind.len()];
        if OWN.iter().any(|own| name.ends_with(own)) {
            Whose::Own
        } else if name.ends_with("施行") || name.ends_with('法') {
            Whose::Outside
        } else {
            Whose::Unknown
        }
    } else if names_outside(before) {
        Whose::Outside
    } else if is_outside(before) {
        Whose::Perhaps
    } else {
        Whose::Own
    };
    of(whose, start)
}

/// Where the brackets open that a text ends with.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

struct Resolver<'a, 't> {
    words: &'a Words,
    at: &'a At,
    citable: &'a Citable<'t>,
    findings: &'a mut Findings,
}

impl<'t> Resolver<'_, 't> {
    fn resolve(&mut self, citation: &Citation, last: Option<Last<'t>>) -> (Option<(usize, String)>, Last<'t>) {
        let text = self.words.as_str();
        let written = &text[citation.range.clone()];
        let place = self.words.span(citation.range.clone());
        let joined = last.filter(|last| JOINTS.contains(&text[last.end..citation.range.start].trim()));
        let relative = matches!(citation.article, Some(Cited::Before | Cited::Behind))
            || citation.article.is_none() && matches!(citation.paragraph, None | Some(Below::Before | Below::Behind));
        let start = citation.range.start;
        let Context { whose, start, parted } = match relative {
            true => Context { whose: Whose::Own, start, parted: false },
            false => context(text, start, self.citable, last),
        };
        let mut found = Last { end: citation.range.end, whose, article: None, paragraph: None };
        let target = match whose {
            Whose::Own => self.citable.own,
            Whose::Other(target) => target,
            Whose::Outside => return (None, found),
            Whose::Perhaps => {
                let told = Text::new("import-citation-law").arg("written", written);
                self.findings.note(place, told, "import-citation-law-help");
                return (None, found);
            }
            Whose::Unknown => {
                if joined.is_none() {
                    let told = Text::new("import-citation-unknown").arg("written", named(text, &citation.range));
                    self.findings.undecided(place, told, "import-citation-unknown-help");
                }
                return (None, found);
            }
        };
        let resolved = self.place(citation, target, joined);
        let Some((article, paragraph, item)) = resolved else {
            let told = Text::new("import-citation-nowhere").arg("written", written).arg("title", &target.title);
            self.findings.undecided(place, told, "import-citation-nowhere-help");
            return (None, found);
        };
        (found.article, found.paragraph) = (Some(article), paragraph);
        let article = &target.articles[article];
        let Some((paragraph_at, item_at)) = article.places(paragraph, item) else {
            let told = Text::new("import-citation-nowhere").arg("written", written).arg("title", &target.title);
            self.findings.undecided(place, told, "import-citation-nowhere-help");
            return (None, found);
        };
        let id = if std::ptr::eq(target, self.citable.own) { "" } else { &target.id };
        let below = paragraph_at.into_iter().chain(item_at).map(|number| format!("/{number}")).collect::<String>();
        // Words in brackets stand behind the document's name, which the reference would say again.
        let words = if parted { format!("|{written}") } else { String::new() };
        let reference = format!("[[{id}#{}{below}{words}]]", article.anchor);
        let short = matches!(whose, Whose::Other(target) if start < citation.range.start && !text[start..].trim_start_matches(['「', '『']).starts_with(&target.title));
        if parted {
            let told = Text::new("import-citation-fixed").arg("written", written).arg("reference", &reference);
            self.findings.note(place, told, "import-citation-fixed-help");
        } else if relative || short {
            let written = &text[start..citation.range.end];
            let told = Text::new("import-citation-relative").arg("written", written).arg("reference", &reference);
            self.findings.note(place, told, "import-citation-relative-help");
        } else if article.number != article.shown || !same(paragraph, paragraph_at) || !same(item, item_at) {
            // The numbers of its target are told to be shown otherwise; so are those of the citation.
            let told = Text::new("import-citation-shown").arg("written", written).arg("reference", &reference);
            self.findings.note(place, told, "import-citation-shown-help");
        } else if citation.paragraph == Some(Below::Number(1)) && article.paragraphs.len() == 1 {
            self.findings.note(
                place,
                Text::new("import-citation-first").arg("written", written),
                "import-citation-first-help",
            );
        }
        (Some((start, reference)), found)
    }

    /// The article and the numbers of paragraph and item that a citation means.
    fn place(
        &self,
        citation: &Citation,
        target: &'t Target,
        joined: Option<Last<'t>>,
    ) -> Option<(usize, Option<u32>, Option<u32>)> {
        let text = self.words.as_str();
        let article = match citation.article {
            Some(Cited::Number(number)) => {
                let in_supplement = text[..citation.range.start].trim_end_matches([' ', '　']).ends_with("附則");
                target.article(number, in_supplement).ok()??
            }
            // A deleted article may or may not be meant.
            Some(Cited::Before) => self.neighbour(self.at.article?.checked_sub(1)?)?,
            Some(Cited::Behind) => self.neighbour(self.at.article? + 1)?,
            None => match joined.filter(|_| matches!(citation.paragraph, Some(Below::Number(_)))) {
                Some(last) => last.article?,
                None => self.at.article?,
            },
        };
        let step = |number: Option<u32>, below: Below| match below {
            Below::Number(number) => Some(number),
            Below::Before => number?.checked_sub(1).filter(|number| *number > 0),
            Below::Behind => Some(number? + 1),
        };
        let paragraph = match citation.paragraph {
            Some(below) => Some(step(self.at.paragraph, below)?),
            None if citation.article.is_none() => self.at.paragraph,
            None => None,
        };
        let item = match citation.item {
            Some(below) => Some(step(self.at.item, below)?),
            None => None,
        };
        Some((article, paragraph, item))
    }

    fn neighbour(&self, at: usize) -> Option<usize> {
        let own = &self.citable.own.articles;
        let (here, there) = (own.get(self.at.article?)?, own.get(at)?);
        (!there.deleted && there.number.is_some() && here.in_supplement == there.in_supplement).then_some(at)
    }
}

/// Whether a number that is cited is the one that is shown.
fn same(cited: Option<u32>, shown: Option<usize>) -> bool {
    cited.is_none_or(|cited| shown.is_some_and(|shown| shown == cited as usize))
}

/// A citation with the name before it.
fn named<'w>(text: &'w str, range: &Range<usize>) -> &'w str {
    let is_name = |c: char| c.is_alphanumeric() && !('ぁ'..='ん').contains(&c) || "「」『』ー・".contains(c);
    let start = text[..range.start]
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_name(*c))
        .last()
        .map_or(range.start, |(at, _)| at);
    &text[start..range.end]
}
