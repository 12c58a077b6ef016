//! What the beginning of a line says it is: 第3章, 第3条の2（適用範囲）, 附則, 別表1, a numbered paragraph or item.
//!
//! A line that only cites (第3条に定める) is none of these. Where a beginning can be read in two ways, both are told;
//! [`super::articles`] decides by what stands before.

use std::ops::Range;

use super::numeral::{BLANKS, circled, kanji, numbered, numeral};
use crate::model::outline::Number;

/// The beginning of a part of a regulation; ranges lie in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// 章.
    Chapter(Number, Range<usize>),
    /// 節.
    Section(Number, Range<usize>),
    /// 条.
    Article(ArticleHead),
    /// 附則.
    Supplement,
    /// 別表, 様式 and the like.
    Appendix,
}

/// The beginning of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArticleHead {
    pub number: Number,
    /// The last article of 第5条から第7条まで　削除.
    pub to: Option<Number>,
    /// What stands in brackets, without them.
    pub caption: Option<Range<usize>>,
    /// What stands behind on the same line.
    pub text: Range<usize>,
    pub deleted: bool,
}

/// What 別表1 and its like are called.
pub(super) const APPENDIX: [&str; 8] = ["別表", "別紙", "別図", "別添", "別記", "付表", "様式", "付録"];

/// The part of a regulation that a line begins.
pub(super) fn head(line: &str) -> Option<Head> {
    let named = |number, from: usize, make: fn(Number, Range<usize>) -> Head| {
        let rest = &line[from..];
        let parted = rest.is_empty() || rest.starts_with(BLANKS) || rest.starts_with(['（', '(']);
        let title = parted.then(|| trimmed(line, from..line.len()))?;
        let title = match bracketed(&line[title.clone()]) {
            Some((inner, end)) if end == title.len() => title.start + inner.start..title.start + inner.end,
            _ => title,
        };
        // A sentence is no title: 第2章　に定める事項は、…とする。
        (!line[title.clone()].contains('。')).then(|| make(number, title))
    };
    if let Some((number, length)) = numbered(line, '章') {
        return named(number, length, Head::Chapter);
    }
    if let Some((number, length)) = numbered(line, '節') {
        return named(number, length, Head::Section);
    }
    if let Some((number, length)) = numbered(line, '条') {
        return article(line, number, length).map(Head::Article);
    }
    let bare: String = line.chars().filter(|c| !BLANKS.contains(c)).collect();
    if let Some(rest) = bare.strip_prefix("附則").or_else(|| bare.strip_prefix("付則")) {
        let whole = rest.is_empty() || bracketed(rest).is_some_and(|(_, end)| end == rest.len());
        return whole.then_some(Head::Supplement);
    }
    is_appendix(line).then_some(Head::Appendix)
}

fn is_appendix(line: &str) -> bool {
    let Some(rest) = APPENDIX.iter().find_map(|name| line.strip_prefix(name)) else { return false };
    if line.contains('。') || line.chars().count() > 50 {
        return false;
    }
    let counted = rest.strip_prefix('第').unwrap_or(rest);
    let length = numeral(counted).map_or(0, |(_, length)| length);
    let behind = counted[length..].trim_start_matches(['号', '表']);
    behind.is_empty() || behind.starts_with(BLANKS) || behind.starts_with(['（', '(', ':', '：'])
}

fn article(line: &str, number: Number, length: usize) -> Option<ArticleHead> {
    let mut from = length;
    let mut to = None;
    if let Some(rest) = line[from..].strip_prefix("から")
        && let Some((last, length)) = numbered(rest, '条')
        && let Some(behind) = rest[length..].strip_prefix("まで")
    {
        to = Some(last);
        from = line.len() - behind.len();
    }
    let rest = &line[from..];
    let parted = rest.starts_with(BLANKS);
    let body = trimmed(line, from..line.len());
    let plain: String = line[body.clone()].chars().filter(|c| !BLANKS.contains(c)).collect();
    let end = line.len()..line.len();
    if matches!(plain.as_str(), "削除" | "（削除）" | "(削除)") {
        return Some(ArticleHead { number, to, caption: None, text: end, deleted: true });
    }
    if to.is_some() {
        return None;
    }
    let head = |caption, text| Some(ArticleHead { number, to: None, caption, text, deleted: false });
    if let Some((inner, close)) = bracketed(&line[body.clone()]) {
        let caption = Some(body.start + inner.start..body.start + inner.end);
        let behind = &line[body.start + close..];
        let goes_on = behind.starts_with(|c| "のにはをがとでもへや及又並若第、，。・（".contains(c));
        return if behind.trim().is_empty() {
            head(caption, end)
        } else if behind.starts_with(BLANKS) || (!goes_on && behind.trim_end().ends_with('。')) {
            head(caption, trimmed(line, body.start + close..line.len()))
        } else {
            None
        };
    }
    (rest.is_empty() || parted).then(|| head(None, body)).flatten()
}

/// The inside of the brackets that a text begins with, and where they end.
pub(super) fn bracketed(text: &str) -> Option<(Range<usize>, usize)> {
    let first = text.chars().next()?;
    let (open, close) = match first {
        '（' | '(' => ("（(", "）)"),
        '【' => ("【", "】"),
        '［' => ("［", "］"),
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if open.contains(c) {
            depth += 1;
        } else if close.contains(c) {
            depth -= 1;
            if depth == 0 {
                return Some((trimmed(text, first.len_utf8()..at), at + c.len_utf8()));
            }
        }
    }
    None
}

/// A range without blanks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// How the number of a paragraph or item is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// 2
    Plain,
    /// 2.
    Dot,
    /// (2)
    Brackets,
    /// ②
    Circled,
    /// 二
    Kanji,
    /// イ of アイウ.
    Kana,
    /// ロ of イロハ.
    Iroha,
    /// (イ)
    KanaBrackets,
    /// b.
    Letter,
    /// ii.
    Roman,
}

impl Style {
    /// Whether the handbook shows the same number in other letters.
    pub(super) fn is_changed_at(self, depth: usize) -> bool {
        match self {
            Self::Plain | Self::Dot | Self::Brackets | Self::Circled | Self::Kanji => depth > 0,
            Self::Kana => depth != 1,
            Self::KanaBrackets => depth != 2,
            Self::Iroha | Self::Letter | Self::Roman => true,
        }
    }
}

const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス";
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

fn place(letters: &str, c: char) -> Option<u32> {
    letters.chars().position(|known| known == c).and_then(|at| u32::try_from(at + 1).ok())
}

/// A number at the beginning of a line: how it may be read, and where the text behind it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub readings: Vec<(Style, u32)>,
    pub text: usize,
}

/// The number that a line begins with.
pub(super) fn mark(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    let made = |readings: Vec<(Style, u32)>, length: usize| {
        let rest = &line[length..];
        let text = line.len() - rest.trim_start_matches(BLANKS).len();
        (!readings.is_empty()).then_some(Mark { readings, text })
    };
    if let Some((inner, end)) = bracketed(line).filter(|_| matches!(first, '（' | '(')) {
        return made(in_brackets(&line[inner]), end);
    }
    if let Some(number) = circled(first) {
        return made(vec![(Style::Circled, number)], first.len_utf8());
    }
    if let Some((number, length)) = numeral(line).filter(|(number, _)| (1..100).contains(number)) {
        let rest = &line[length..];
        let style = if kanji(line).is_some() { Style::Kanji } else { Style::Plain };
        let behind = rest.trim_start_matches(['.', '．', ')', '）']);
        let marks = rest.len() - behind.len();
        if marks > 0 && !behind.starts_with(|c: char| numeral(&c.to_string()).is_some()) {
            let style = if style == Style::Kanji { style } else { Style::Dot };
            return made(vec![(style, number)], length + marks);
        }
        if marks == 0 && rest.starts_with(BLANKS) && !rest.trim().is_empty() {
            return made(vec![(style, number)], length);
        }
        return None;
    }
    let rest = &line[first.len_utf8()..];
    let parted = rest.starts_with(BLANKS) && !rest.trim().is_empty();
    let pointed = rest.starts_with(['.', '．', ')', '）']);
    if let (Some(kana), true) = (place(KANA, first), parted || pointed) {
        let mut readings = vec![(Style::Kana, kana)];
        readings.extend(place(IROHA, first).map(|number| (Style::Iroha, number)));
        return made(readings, first.len_utf8() + rest.chars().next().filter(|_| pointed).map_or(0, char::len_utf8));
    }
    let word: String = line.chars().take_while(char::is_ascii_lowercase).collect();
    let behind = line[word.len()..].strip_prefix(['.', ')']).filter(|behind| behind.starts_with(BLANKS));
    behind.and_then(|_| made(lettered(&word), word.len() + 1))
}

fn in_brackets(inner: &str) -> Vec<(Style, u32)> {
    if let Some((number, _)) = numeral(inner).filter(|(number, length)| *length == inner.len() && *number < 100) {
        return vec![(Style::Brackets, number)];
    }
    let mut letters = inner.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if place(KANA, letter).is_some() => {
            place(KANA, letter).map(|number| (Style::KanaBrackets, number)).into_iter().collect()
        }
        _ => lettered(inner),
    }
}

fn lettered(word: &str) -> Vec<(Style, u32)> {
    let mut readings = Vec::new();
    if let [letter @ b'a'..=b'z'] = word.as_bytes() {
        readings.push((Style::Letter, u32::from(letter - b'a') + 1));
    }
    let roman = ROMAN.iter().position(|roman| *roman == word).and_then(|at| u32::try_from(at + 1).ok());
    readings.extend(roman.map(|number| (Style::Roman, number)));
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(u32, u32, Option<&str>, &str)> {
        match head(line)? {
            Head::Article(head) => Some((
                head.number.main,
                head.number.branch,
                head.caption.map(|range| &line[range]),
                if head.deleted { "削除" } else { &line[head.text] },
            )),
            _ => None,
        }
    }

    #[test]
    fn articles_are_told_from_citations() {
        assert_eq!(parts("第1条（目的）"), Some((1, 0, Some("目的"), "")));
        assert_eq!(parts("第１条　（目的 (概要) ）　この規程は"), Some((1, 0, Some("目的 (概要)"), "この規程は")));
        assert_eq!(parts("第三条の二　次の文。"), Some((3, 2, None, "次の文。")));
        assert_eq!(parts("第3条(用語)この規程において。"), Some((3, 0, Some("用語"), "この規程において。")));
        assert_eq!(parts("第5条　削　除"), Some((5, 0, None, "削除")));
        assert_eq!(parts("第5条から第7条まで　削除"), Some((5, 0, None, "削除")));
        for cited in
            ["第3条に定める", "第3条（目的）に定める事項。", "第3条及び第4条", "第3条第2項　文", "第5条から第7条まで"]
        {
            assert_eq!(parts(cited), None, "{cited}");
        }
    }

    #[test]
    fn parts_of_a_regulation_begin_a_line() {
        for (line, title) in [("第1章　総則", "総則"), ("第２章（体制）", "体制"), ("第3章", "")] {
            let Some(Head::Chapter(_, range)) = head(line) else { panic!("{line}") };
            assert_eq!(&line[range], title);
        }
        for line in ["附則", "附　則", "付則（2022年4月1日）"] {
            assert_eq!(head(line), Some(Head::Supplement), "{line}");
        }
        for line in ["別表1　区分", "別表", "様式第1号（第5条関係）", "別紙２"] {
            assert_eq!(head(line), Some(Head::Appendix), "{line}");
        }
        for line in ["別表1のとおり", "附則に定める", "第2章に定める", "様式を用いる。"] {
            assert_eq!(head(line), None, "{line}");
        }
    }

    #[test]
    fn numbers_of_paragraphs_and_items_are_read() {
        let read = |line: &'static str| mark(line).map(|mark| (mark.readings[0], &line[mark.text..]));
        for (line, style, number, text) in [
            ("2　文", Style::Plain, 2, "文"),
            ("２ 文", Style::Plain, 2, "文"),
            ("2. 文", Style::Dot, 2, "文"),
            ("３．文", Style::Dot, 3, "文"),
            ("（１）　文", Style::Brackets, 1, "文"),
            ("(12)文", Style::Brackets, 12, "文"),
            ("①文", Style::Circled, 1, "文"),
            ("十一　文", Style::Kanji, 11, "文"),
            ("ア　文", Style::Kana, 1, "文"),
            ("（イ）文", Style::KanaBrackets, 2, "文"),
            ("b. 文", Style::Letter, 2, "文"),
        ] {
            assert_eq!(read(line), Some(((style, number), text)), "{line}");
        }
        assert_eq!(mark("ロ　文").unwrap().readings[1], (Style::Iroha, 2));
        assert_eq!(mark("i. 文").unwrap().readings, [(Style::Letter, 9), (Style::Roman, 1)]);
        for line in ["2026年", "2.1 適用", "一般に", "アクセス", "（以下「甲」という。）", "3", "第2項", "2段階"]
        {
            assert_eq!(mark(line), None, "{line}");
        }
    }
}
